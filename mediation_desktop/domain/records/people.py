"""The register of people: who came, who is known, and who stands near a mediator."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from mediation_desktop.domain.records.base import Record
from mediation_desktop.domain.records.party import Capacity, Guardian, Representative


class Enquiry(Record, frozen=True, kw_only=True):
    """来访来电: somebody who came or called at ``at``; no dispute until it became one (``became_id``).

    ``answer`` is what the person was told where nothing more was to be done.
    """

    at: datetime
    name: str
    phone: str = ""
    how: str = ""
    village: str = ""
    said: str = ""
    taken_by: str = ""
    answer: str = ""
    became_id: UUID | None = None


class PersonKind(StrEnum):
    """What an entry of the register is: a human being, an organisation, or a household."""

    PERSON = "person"
    ORGANISATION = "organisation"
    HOUSEHOLD = "household"


class Person(Record, frozen=True, kw_only=True):
    """One entry of the register (人员库), shared by all disputes; a ``Party`` is a copy for one of them.

    ``household_id`` names the household a person belongs to.  ``other_names`` are 曾用名 and 小名.
    """

    kind: PersonKind = PersonKind.PERSON
    name: str
    other_names: tuple[str, ...] = ()
    sex: str = ""
    birth_date: date | None = None
    nation: str = ""
    occupation: str = ""
    phone: str = ""
    village: str = ""
    address: str = ""
    id_number: str = ""
    id_warning_accepted: bool = False
    document_missing: str = ""
    uscc: str = ""
    representative: Representative | None = None
    capacity: Capacity = Capacity.FULL
    guardian: Guardian | None = None
    household_id: UUID | None = None
    note: str = ""


class Tie(Record, frozen=True, kw_only=True):
    """Why a mediator should not mediate for somebody: kin, neighbour, debtor, earlier dealings."""

    mediator_id: UUID
    person_id: UUID
    kind: str
    note: str = ""
