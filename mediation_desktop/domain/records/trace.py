"""What is remembered about changes: the history a person reads and the revisions that travel."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

EXPORTED = "exported"
"""Stands where a line of history names a field: a readable copy left the program, and no record changed."""


class FieldChange(Struct, frozen=True, kw_only=True):
    """One field that went from ``old`` to ``new``, each as the JSON value it had."""

    field: str
    old: object
    new: object


class HistoryLine(Struct, frozen=True, kw_only=True):
    """One line of history: who did what to which record, when, and which fields changed how.

    ``id`` is that of the revision it tells of.  ``change_id`` is shared by all lines of one change: the id of
    its first line.
    """

    id: UUID
    change_id: UUID
    at: datetime
    actor: str
    action: str
    kind: str
    record_id: UUID
    dispute_id: UUID | None
    changes: tuple[FieldChange, ...]


class Revision(Struct, frozen=True, kw_only=True):
    """One immutable version of one record, as it is kept and as it travels.

    ``sequence`` has no gaps within a device ``epoch``.  ``clock`` is a hybrid logical clock for display
    order only.  ``snapshot`` is the whole record as JSON values; a tombstone has an empty snapshot and
    the reason in ``removed_because``.
    """

    id: UUID
    kind: str
    record_id: UUID
    parents: tuple[UUID, ...]
    epoch: UUID
    sequence: int
    clock: str
    actor: str
    schema_version: int
    snapshot: dict[str, object]
    changed_fields: tuple[str, ...]
    removed_because: str | None = None
