"""One module for every step of the schema, ``v0001`` first; a released one is never edited."""
