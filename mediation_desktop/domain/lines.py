"""A dispute in words, as lists, registers and sheets name it."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.limits import Deadline
from mediation_desktop.domain.records import DisputeState


class DisputeLine(Struct, frozen=True):
    """One dispute as lists show it: ``title`` is 甲与乙, ``parties`` names everyone."""

    id: UUID
    number: str
    title: str
    parties: str
    type_name: str
    grade_name: str
    state: DisputeState
    village: str
    registered_on: date
    deadline: Deadline | None = None
