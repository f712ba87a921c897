"""What every record has in common."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One kept fact about the office's work.

    ``id`` is a UUID of version 7.  ``revision`` names the immutable revision this value came from and
    is ``None`` until the first save.  ``created_at`` and ``updated_at`` are entry times in UTC; the
    time a thing *happened* always has a field of its own, as local wall time.
    """

    id: UUID
    revision: UUID | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRecord(Record):
    """A record that belongs to one dispute."""

    dispute_id: UUID
