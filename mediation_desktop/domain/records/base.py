"""What every record has in common."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class Value(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Never changes, is equal to its like, and when read takes no field it does not know."""


class Record(Value, frozen=True, kw_only=True):
    """One kept fact about the office's work.

    ``id`` is a UUID of version 7.  ``revision`` names the immutable revision this value came from and
    is ``None`` until the first save.  ``created_at`` and ``updated_at`` are entry times in UTC; the
    time a thing *happened* always has a field of its own, as local wall time.
    """

    id: UUID
    revision: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


class DisputeRecord(Record, frozen=True, kw_only=True):
    """A record that belongs to one dispute."""

    dispute_id: UUID
