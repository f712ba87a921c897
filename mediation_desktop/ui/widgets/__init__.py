"""Small parts that pages are made of.  Each has an accessible name and follows the theme."""
