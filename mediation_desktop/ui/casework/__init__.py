"""The forms and panels of a dispute: what is typed at each of its stages."""
