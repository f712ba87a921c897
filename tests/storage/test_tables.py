"""Every field of every record has its column, and comes back from it as it was."""

from datetime import UTC, date, datetime
from enum import Enum
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from builders import DISPUTE_ID, dispute
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields
from sqlalchemy import inspect

from mediation_desktop.domain.records import KINDS, Dispute
from mediation_desktop.storage import migrate, tables
from mediation_desktop.storage.database import Database, connect
from mediation_desktop.storage.office_file import DATABASE_NAME

SIMPLE = {
    str: st.text(max_size=20),
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    UUID: st.uuids(),
    date: st.dates(),
    datetime: st.datetimes(),
    type(None): st.none(),
}


def values(annotation):
    """Return a strategy for everything a field of this type may hold."""
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    if get_origin(annotation) in (Union, UnionType):
        return st.one_of(*map(values, get_args(annotation)))
    if get_origin(annotation) is tuple:
        return st.lists(values(get_args(annotation)[0]), max_size=3).map(tuple)
    if issubclass(annotation, Struct):
        return struct_values(annotation)
    assert issubclass(annotation, Enum)
    return st.sampled_from(annotation)


def struct_values(cls, **fixed):
    hints = get_type_hints(cls)
    chosen = {field.name: values(hints[field.name]) for field in fields(cls) if field.name not in fixed}
    return st.builds(cls, **chosen, **fixed)


class RollBack(Exception):
    """Ends an example without keeping it."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_its_column(kind):
    assert [column.name for column in tables.RECORDS[kind].columns] == [
        field.name for field in fields(KINDS[kind])
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_comes_back_as_it_was_kept(kind, office):
    fixed = {"created_at": st.none(), "updated_at": st.none(), "revision": st.none()}
    if "dispute_id" in tables.RECORDS[kind].c:
        fixed["dispute_id"] = st.just(DISPUTE_ID)

    def keep(record):
        with office.change("王", "登记") as work:
            if KINDS[kind] is not Dispute:
                work.add(dispute())
            kept = work.add(record)
            assert work.get(KINDS[kind], record.id) == kept
            assert kept.updated_at.tzinfo == UTC
            raise RollBack

    @settings(max_examples=20)
    @given(struct_values(KINDS[kind], **fixed))
    def check(record):
        with pytest.raises(RollBack):
            keep(record)

    check()


@pytest.fixture
def migrated(tmp_path, key):
    """A database that the migrations made from nothing."""
    path = tmp_path / "migrated.db"
    connect(path, key, options="mode=rwc").close()
    migrate._migrate(path, key, tables.SCHEMA_HEAD, [migrate.MIGRATIONS / "versions"])
    database = Database(path, key)
    yield database
    database.close()


def test_the_migrations_make_the_tables_that_the_records_want(migrated):
    """A difference here wants a new migration, or before the first release a change in ``v0001``."""
    with migrated.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.whole_schema()) == []


def test_a_new_office_file_equals_a_migrated_one(migrated, office, folder, key):
    office.close()
    fresh = Database(folder / DATABASE_NAME, key)
    try:
        with migrated.reading() as one, fresh.reading() as other:
            assert shape(one) == shape(other)
    finally:
        fresh.close()


def shape(connection):
    """Return all that SQLAlchemy can tell of a database's tables, without the order of their parts."""
    inspector = inspect(connection)
    return {
        table: (
            [
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspector.get_columns(table)
            ],
            inspector.get_pk_constraint(table),
            sorted(inspector.get_foreign_keys(table), key=str),
            sorted(inspector.get_unique_constraints(table), key=str),
            sorted(inspector.get_indexes(table), key=str),
        )
        for table in inspector.get_table_names()
    }
