"""Who is sent records, and what of their stream has left and was acknowledged.

Every recipient has a stream of its own, numbered from 1 without gaps: exports are cumulative, so what a
lost stick carried leaves again with the next one.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Select, Text, bindparam, func, insert, literal, select, update

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import STAYS_HERE
from mediation_desktop.storage.tables import EXPORT_LOG, RECIPIENT, REVISION, STREAM_ENTRY, plain_rows

_NEXT_NUMBER = (
    select(func.coalesce(func.max(STREAM_ENTRY.c.number), 0) + 1)
    .where(STREAM_ENTRY.c.recipient_id == RECIPIENT.c.id)
    .scalar_subquery()
)
_APPEND = insert(STREAM_ENTRY).from_select(
    ["recipient_id", "number", "revision_id"],
    select(RECIPIENT.c.id, _NEXT_NUMBER, bindparam("new_id", type_=Text)),
)
"""Made once: building a statement takes longer than running it."""


class Recipient(Struct, frozen=True, kw_only=True):
    """Someone who is sent records.

    ``streamed`` is the highest number in its stream, ``acknowledged`` the one its newest receipt names;
    what lies between has not been received for certain.
    """

    id: str
    name: str
    public_key: str
    streamed: int
    acknowledged: int
    acknowledged_at: datetime | None


class Export(Struct, frozen=True, kw_only=True):
    """A bundle that was written: its place in its recipient's stream and the SHA-256 of its file.

    ``actor`` sent it; ``purpose`` says why papers went along, if any did.
    """

    serial: int
    bundle_id: UUID
    recipient_id: str
    first_number: int
    last_number: int
    file_name: str
    digest: str
    actor: str
    purpose: str
    exported_at: datetime


class Sending(Struct, frozen=True, kw_only=True):
    """What became of one revision of a record on its way to one recipient; ``None`` means not yet."""

    recipient_id: str
    number: int
    revision_id: UUID
    bundle_id: UUID | None
    exported_at: datetime | None
    acknowledged_at: datetime | None


def sendings(connection: Connection, record_id: UUID) -> tuple[Sending, ...]:
    """Return the way of every revision of a record to every recipient, in stream order."""
    statement = (
        select(STREAM_ENTRY)
        .join(REVISION, REVISION.c.id == STREAM_ENTRY.c.revision_id)
        .where(REVISION.c.record_id == str(record_id))
        .order_by(STREAM_ENTRY.c.recipient_id, STREAM_ENTRY.c.number)
    )
    return tuple(msgspec.convert(row, Sending) for row in plain_rows(connection.execute(statement)))


def recipients(connection: Connection) -> tuple[Recipient, ...]:
    """Return every recipient."""
    last = (
        select(func.coalesce(func.max(STREAM_ENTRY.c.number), 0))
        .where(STREAM_ENTRY.c.recipient_id == RECIPIENT.c.id)
        .scalar_subquery()
    )
    statement = select(RECIPIENT, last.label("streamed")).order_by(RECIPIENT.c.id)
    return tuple(msgspec.convert(row, Recipient) for row in plain_rows(connection.execute(statement)))


def exports(connection: Connection) -> tuple[Export, ...]:
    """Return every bundle that was written, newest first."""
    statement = select(EXPORT_LOG).order_by(EXPORT_LOG.c.serial.desc())
    return tuple(msgspec.convert(row, Export) for row in plain_rows(connection.execute(statement)))


def next_serial(connection: Connection) -> int:
    """Return the number after the last bundle's."""
    return connection.execute(select(func.coalesce(func.max(EXPORT_LOG.c.serial), 0) + 1)).scalar_one()


def pending(recipient_id: str) -> Select[Any]:
    """Select the stream's numbers and revisions above what the recipient acknowledged."""
    return (
        select(STREAM_ENTRY.c.number, REVISION)
        .join(REVISION, REVISION.c.id == STREAM_ENTRY.c.revision_id)
        .join(RECIPIENT, RECIPIENT.c.id == STREAM_ENTRY.c.recipient_id)
        .where(STREAM_ENTRY.c.recipient_id == recipient_id, STREAM_ENTRY.c.number > RECIPIENT.c.acknowledged)
        .order_by(STREAM_ENTRY.c.number)
    )


def add_recipient(connection: Connection, recipient_id: str, name: str, public_key: str) -> None:
    """Start a stream that begins with everything kept so far, in the order it was kept."""
    connection.execute(
        insert(RECIPIENT).values(id=recipient_id, name=name, public_key=public_key, acknowledged=0)
    )
    number = func.row_number().over(order_by=REVISION.c.position)
    connection.execute(
        insert(STREAM_ENTRY).from_select(
            ["recipient_id", "number", "revision_id"],
            select(literal(recipient_id), number, REVISION.c.id).where(REVISION.c.kind.not_in(STAYS_HERE)),
        )
    )


def append(connection: Connection, revision_id: UUID) -> None:
    """Put a new revision at the end of every recipient's stream."""
    connection.execute(_APPEND, {"new_id": str(revision_id)})


def mark_exported(
    connection: Connection,
    recipient_id: str,
    up_to: int,
    *,
    bundle_id: UUID,
    file_name: str,
    digest: str,
    actor: str,
    purpose: str,
    now: datetime,
) -> Export:
    """Note that everything unacknowledged up to the number ``up_to`` left in one bundle."""
    acknowledged = select(RECIPIENT.c.acknowledged).where(RECIPIENT.c.id == recipient_id)
    export = Export(
        serial=next_serial(connection),
        bundle_id=bundle_id,
        recipient_id=recipient_id,
        first_number=connection.execute(acknowledged).scalar_one() + 1,
        last_number=up_to,
        file_name=file_name,
        digest=digest,
        actor=actor,
        purpose=purpose,
        exported_at=now,
    )
    connection.execute(insert(EXPORT_LOG).values(msgspec.to_builtins(export)))
    entries = STREAM_ENTRY.c
    connection.execute(
        update(STREAM_ENTRY)
        .where(
            entries.recipient_id == recipient_id,
            entries.number.between(export.first_number, export.last_number),
        )
        .values(bundle_id=str(bundle_id), exported_at=now.isoformat())
    )
    return export


def acknowledge(connection: Connection, recipient_id: str, number: int, now: datetime) -> None:
    """Take over the number that the newest receipt names, even when it is lower than the last one.

    Raises:
        UserError: the receipt names a number that was never given, as after a restore of a backup.
        LookupError: there is no such recipient.
    """
    last = select(func.coalesce(func.max(STREAM_ENTRY.c.number), 0)).where(
        STREAM_ENTRY.c.recipient_id == recipient_id
    )
    if not 0 <= number <= connection.execute(last).scalar_one():
        raise UserError(
            "回执里的编号与本机发出的数据对不上。",
            "如果这台电脑恢复过备份，请先在设置中说明；否则请核对回执是不是给本单位的。",
        )
    moment = now.isoformat()
    recipient = update(RECIPIENT).where(RECIPIENT.c.id == recipient_id)
    if connection.execute(recipient.values(acknowledged=number, acknowledged_at=moment)).rowcount != 1:
        raise LookupError("no such recipient")
    entries = STREAM_ENTRY.c
    mine = update(STREAM_ENTRY).where(entries.recipient_id == recipient_id)
    connection.execute(mine.where(entries.number > number).values(acknowledged_at=None))
    connection.execute(
        mine.where(entries.number <= number, entries.acknowledged_at.is_(None)).values(acknowledged_at=moment)
    )
