"""Papers: forms as data, format-neutral pages, and the two writers that print them.

Knows the domain, but neither the database nor the bundle nor the screen.
"""
