"""Fresh record ids: UUID version 7 (RFC 9562), so that ids sort by time of entry."""

from datetime import datetime
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Return a new id."""
    return uuid_utils.compat.uuid7()


def id_of_day(made: UUID, moment: datetime, place: int | None = None) -> UUID:
    """Return the id ``made`` with ``moment`` in place of the time that its first 48 bits tell.

    ``place`` (0 to 4095) orders ids of the same moment; without it their order means nothing.
    """
    number = int(moment.timestamp() * 1000) << 80 | made.int & ((1 << 80) - 1)
    if place is not None:
        number = number & ~(0xFFF << 64) | place << 64
    return UUID(int=number)
