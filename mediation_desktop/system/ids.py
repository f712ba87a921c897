"""Fresh record ids: UUID version 7 (RFC 9562), so that ids sort by time of entry."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Return a new id."""
    return uuid_utils.compat.uuid7()
