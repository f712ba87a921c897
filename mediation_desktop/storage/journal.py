"""What every save leaves behind: an immutable revision, a line of history, a place in each stream."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select

from mediation_desktop.domain.records import SCHEMA_VERSION, STAYS_HERE, FieldChange, HistoryLine, Revision
from mediation_desktop.storage import outbox
from mediation_desktop.storage.tables import HISTORY, REVISION, SETTING

EPOCH_SETTING = "device_epoch"
"""Where the office file keeps its device epoch, a UUID that a restored copy must replace."""

BOOKKEEPING = frozenset({"id", "revision", "created_at", "updated_at"})
"""Fields that the storage fills in; they are no change a person made."""

_EMPTY = (None, "", [])

# Made once: building a statement takes longer than running it.
_LAST = select(
    SETTING.c.value,
    select(func.max(REVISION.c.sequence))
    .where(REVISION.c.epoch == func.json_extract(SETTING.c.value, "$"))
    .scalar_subquery(),
    select(func.max(REVISION.c.clock)).scalar_subquery(),
).where(SETTING.c.key == bindparam("epoch_setting", EPOCH_SETTING))
_ADD_REVISION, _ADD_LINE = insert(REVISION).inline(), insert(HISTORY).inline()


def field_changes(old: dict[str, object], new: dict[str, object]) -> tuple[FieldChange, ...]:
    """Return what a person changed between two snapshots; a field left empty in a new record is none."""
    return tuple(
        FieldChange(field=name, old=old.get(name), new=value)
        for name, value in new.items()
        if name not in BOOKKEEPING and (value != old[name] if name in old else value not in _EMPTY)
    )


def next_clock(last: str | None, now: datetime) -> str:
    """Return the hybrid logical clock after ``last``: ``now``, or a count further where time stood still.

    The text sorts as the clock does: UTC to the millisecond, a dash, five digits (Kulkarni et al.,
    "Logical Physical Clocks", 2014).
    """
    wall = now.astimezone(UTC).strftime("%Y%m%dT%H%M%S.") + f"{now.microsecond // 1000:03d}Z"
    time, _, count = (last or "").partition("-")
    return f"{wall}-00000" if wall > time else f"{time}-{int(count) + 1:05d}"


class Journal:
    """Writes the traces of the saves of one transaction.

    Where the traces stand is read once, at the first of them, and counted on from there: nobody else can
    write before the transaction ends.
    """

    def __init__(self, connection: Connection, *, actor: str, action: str, now: datetime) -> None:
        """Trace what ``actor`` does under the name ``action``."""
        self._connection = connection
        self._actor = actor
        self._action = action
        self._now = now
        self.change_id: UUID | None = None
        """What the lines written so far have in common; ``None`` before the first."""
        self._last: tuple[UUID, int, str] | None = None

    def write(
        self,
        *,
        revision_id: UUID,
        kind: str,
        record_id: UUID,
        parents: tuple[UUID, ...],
        snapshot: dict[str, object],
        changes: Iterable[FieldChange],
        dispute_id: UUID | None,
        removed_because: str | None = None,
    ) -> None:
        """Keep one save. ``dispute_id`` says in which dispute's history it is read."""
        changes = tuple(changes)
        self.change_id = self.change_id or revision_id
        epoch, sequence, clock = self._next_place()
        self._insert_revision(
            Revision(
                id=revision_id,
                kind=kind,
                record_id=record_id,
                parents=parents,
                epoch=epoch,
                sequence=sequence,
                clock=clock,
                actor=self._actor,
                schema_version=SCHEMA_VERSION,
                snapshot=snapshot,
                changed_fields=() if removed_because else tuple(change.field for change in changes),
                removed_because=removed_because,
            )
        )
        self._add_line(
            id=revision_id,
            change_id=self.change_id,
            kind=kind,
            record_id=record_id,
            dispute_id=dispute_id,
            changes=changes,
        )

    def note(self, line_id: UUID, kind: str, record_id: UUID, dispute_id: UUID, change: FieldChange) -> None:
        """Add a line of history about something that changed no record; it travels nowhere."""
        self._add_line(
            id=line_id,
            change_id=line_id,
            kind=kind,
            record_id=record_id,
            dispute_id=dispute_id,
            changes=(change,),
        )

    def _add_line(self, **told: Any) -> None:
        line = HistoryLine(at=self._now, actor=self._actor, action=self._action, **told)
        self._connection.execute(_ADD_LINE, msgspec.to_builtins(line))

    def _insert_revision(self, revision: Revision) -> None:
        self._connection.execute(_ADD_REVISION, msgspec.to_builtins(revision))
        if revision.kind not in STAYS_HERE:
            outbox.append(self._connection, revision.id)

    def _next_place(self) -> tuple[UUID, int, str]:
        """Return the epoch, and the sequence number and clock after the last ones."""
        epoch, sequence, clock = self._last or self._read_last()
        self._last = epoch, sequence + 1, next_clock(clock, self._now)
        return self._last

    def _read_last(self) -> tuple[UUID, int, str | None]:
        epoch, sequence, clock = self._connection.execute(_LAST).one()
        return UUID(epoch), sequence or 0, clock
