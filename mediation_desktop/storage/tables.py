"""The tables of the office file: one for every kind of record, derived from its fields, and the rest.

A row holds the record's JSON values (``domain.encoding``) column by column: ids, dates and times are
ISO text, which sorts as it should; whatever is nested is JSON text.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from threading import Lock
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

import msgspec
from msgspec.structs import fields
from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Result,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from mediation_desktop.domain.records import KINDS, HistoryLine, Revision

SCHEMA_HEAD = "0001"
"""The newest migration, hence the schema of a file made today. Versions sort as text."""


def plain_rows(result: Result[Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a result as JSON values by column name."""
    names = [str(name) for name in result.keys()]  # noqa: SIM118 - not a dict; its names are no exact str
    return (dict(zip(names, row, strict=True)) for row in result)


class Json(TypeDecorator[Any]):
    """A nested value as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Return the text to keep."""
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:  # noqa: ARG002 - SQLAlchemy's
        """Return the value that was kept."""
        return None if value is None else msgspec.json.decode(value)


_INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "dispute": (("state", "id"), ("number",), ("village", "occurred_on", "id")),
    "party": (
        ("dispute_id", "position", "name", "phone", "id_number"),
        ("person_id",),
        ("id_number", "dispute_id"),
        ("name", "dispute_id"),
    ),
    "person": (("name",), ("id_number",), ("household_id",)),
    "enquiry": (("at",),),
    "attachment": (("subject_id",),),
    "subsidy": (("month",),),
    "session": (("starts_at",),),
    "obligation": (("agreement_id",),),
    "paper": (("state",), ("subject_id",)),
}
"""What lists filter and sort by, beyond ``dispute_id``. The party's index alone answers a search."""

_metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _column(name: str, annotation: object, *key: ForeignKey, primary_key: bool = False) -> Column[Any]:
    """Return the column that keeps a record's field of the type ``annotation``."""
    kinds = [kind for kind in get_args(annotation) or (annotation,) if kind is not NoneType]
    optional = NoneType in get_args(annotation)
    kind = kinds[0] if len(kinds) == 1 and (optional or not get_args(annotation)) else None
    if kind is bool:
        shape: Any = Boolean()
    elif kind is int:
        shape = Integer()
    elif isinstance(kind, type) and issubclass(kind, str | UUID | date | datetime | StrEnum):
        shape = Text()
    else:
        shape = Json()
    return Column(name, shape, *key, nullable=optional, primary_key=primary_key)


def _record_table(kind: str) -> Table:
    """Return the table of one kind of record."""
    cls = KINDS[kind]
    hints = get_type_hints(cls)
    columns: list[Column[Any]] = []
    for field in fields(cls):
        key = (ForeignKey("dispute.id"),) if field.name == "dispute_id" else ()
        columns.append(_column(field.name, hints[field.name], *key, primary_key=field.name == "id"))
    table = Table(kind, _metadata, *columns)
    wanted = _INDEXES.get(kind, ())
    if "dispute_id" in table.c and not any(names[0] == "dispute_id" for names in wanted):
        wanted = (("dispute_id",), *wanted)
    for names in wanted:
        Index(None, *(table.c[name] for name in names))
    return table


def _trace_table(name: str, cls: type) -> Table:
    """Return a table of things written once and never changed, numbered in the order of writing."""
    hints = get_type_hints(cls)
    return Table(
        name,
        _metadata,
        Column("position", Integer, primary_key=True),
        *(_column(field.name, hints[field.name]) for field in fields(cls)),
        UniqueConstraint("id"),
    )


class _RecordTables(dict[str, Table]):
    """Derives a table when it is first asked for: a start needs a third of them."""

    def __missing__(self, kind: str) -> Table:
        with _deriving:
            if kind not in self:
                self[kind] = _record_table(kind)
            return self[kind]


_deriving = Lock()
RECORDS = _RecordTables()
"""The table of every kind of record by its kind."""

REVISION = _trace_table("revision", Revision)
REVISION.append_constraint(UniqueConstraint("epoch", "sequence"))
Index(None, REVISION.c.record_id)
Index(None, REVISION.c.clock)

HISTORY = _trace_table("history", HistoryLine)
Index(None, HISTORY.c.dispute_id)
Index(None, HISTORY.c.change_id)

RECIPIENT = Table(
    "recipient",
    _metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("acknowledged", Integer, nullable=False),  # the highest stream number its newest receipt names
    Column("acknowledged_at", Text),
)

STREAM_ENTRY = Table(
    "stream_entry",
    _metadata,
    Column("recipient_id", Text, ForeignKey("recipient.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # no gaps within one recipient
    Column("revision_id", Text, ForeignKey("revision.id"), nullable=False, index=True),
    Column("bundle_id", Text),
    Column("exported_at", Text),
    Column("acknowledged_at", Text),
)

EXPORT_LOG = Table(
    "export_log",
    _metadata,
    Column("serial", Integer, primary_key=True),
    Column("bundle_id", Text, nullable=False, unique=True),
    Column("recipient_id", Text, ForeignKey("recipient.id"), nullable=False, index=True),
    Column("first_number", Integer, nullable=False),
    Column("last_number", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("digest", Text, nullable=False),  # SHA-256 of the bundle file
    Column("actor", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("exported_at", Text, nullable=False),
)

BLOB = Table(
    "blob",
    _metadata,
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

SETTING = Table("setting", _metadata, Column("key", Text, primary_key=True), Column("value", Json))

DRAFT = Table(
    "draft",
    _metadata,
    Column("key", Text, primary_key=True),
    Column("value", Json),
    Column("saved_at", Text, nullable=False),
)

SCHEMA_INFO = Table(
    "alembic_version",
    _metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""One row: the migration this file stands at. Alembic owns the table's name."""


def whole_schema() -> MetaData:
    """Return all tables, the records' too."""
    for kind in KINDS:
        RECORDS[kind]
    return _metadata
