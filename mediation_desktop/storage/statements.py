"""Statements on one record, made once for each kind: to build one anew takes longer than to run it."""

from functools import cache
from typing import Any

from sqlalchemy import Delete, Insert, Select, Update, bindparam, delete, insert, select, update

from mediation_desktop.storage.tables import RECORDS

OF_ID = "of_id"
"""The name under which a statement is handed the record's id as text."""


@cache
def read_one(kind: str) -> Select[Any]:
    """Select one record."""
    table = RECORDS[kind]
    return select(table).where(table.c.id == bindparam(OF_ID))


@cache
def add_one(kind: str) -> Insert:
    """Insert the row that it is handed."""
    return insert(RECORDS[kind]).inline()


@cache
def mend_one(kind: str) -> Update:
    """Set the columns that it is handed.

    The id is best left out: SQLite would look for whoever refers to it in every other table.
    """
    table = RECORDS[kind]
    return update(table).where(table.c.id == bindparam(OF_ID))


@cache
def drop_one(kind: str) -> Delete:
    """Delete one record."""
    table = RECORDS[kind]
    return delete(table).where(table.c.id == bindparam(OF_ID))
