"""Alembic's files: how older office files become newer ones. Run by ``storage.migrate`` alone."""
