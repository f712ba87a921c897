"""The office file: an encrypted database of records, revisions and history, and its key slots.

SQLAlchemy, Alembic and SQLCipher live here and nowhere else; callers see records only.
"""
