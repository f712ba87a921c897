"""What a check found."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Weight(StrEnum):
    """须改正, 请核对, 提示.

    A fault asks for a reason before the paper is issued as it stands; a warning asks for a second look; a
    note never counts as an alarm.
    """

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"


class Finding(Struct, frozen=True):
    """One thing to look at.

    ``record_id`` and ``field`` say where to jump; a field of a list carries the place of the item from 0, as
    ``terms.2``.  ``code`` names the check.  ``reason`` is why it matters and by which law.  ``words`` are the
    words it is about, ``offer`` is the lawful wording to put in their place.
    """

    weight: Weight
    text: str
    record_id: UUID
    field: str
    code: str
    reason: str = ""
    words: str = ""
    offer: str = ""

    @property
    def mark(self) -> str:
        """What an override keeps as its field: it outlives reordering, not other words."""
        name = self.field.partition(".")[0]
        return f"{name}:{self.words}" if self.words else name


Found = Iterator[Finding]
"""What every check returns."""


def _of(weight: Weight) -> Callable[..., Finding]:
    def make(code: str, text: str, record_id: UUID, field: str, **more: str) -> Finding:
        return Finding(weight, text, record_id, field, code, **more)

    return make


fault, warning, note = (_of(weight) for weight in Weight)
