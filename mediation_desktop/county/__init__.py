"""The other end: opens and verifies what an office sends.

Uses exchange and system only; an office's own database is none of its business.
"""
