"""当事人 and the people who stand beside them."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from mediation_desktop.domain.records.base import DisputeRecord, Value


class PartyKind(StrEnum):
    """Whether a party is a human being or an organisation."""

    PERSON = "person"
    ORGANISATION = "organisation"


class AgentPower(StrEnum):
    """代理权限. Only a special power lets an agent admit, waive or settle."""

    GENERAL = "general"
    SPECIAL = "special"


class Capacity(StrEnum):
    """民事行为能力 of an adult (民法典 第18–22条); who is under 18 needs a guardian anyway."""

    FULL = "full"
    LIMITED = "limited"
    NONE = "none"


class Guardian(Value, frozen=True, kw_only=True):
    """法定代理人 of a minor or of a person without capacity (民法典 第18–24条)."""

    name: str
    relation: str = ""
    id_number: str = ""
    phone: str = ""
    proof: str = ""
    other_parent: str = ""


class Agent(Value, frozen=True, kw_only=True):
    """委托代理人 with the scope of the power given."""

    name: str
    relation: str = ""
    id_number: str = ""
    phone: str = ""
    power: AgentPower = AgentPower.GENERAL
    scope: tuple[str, ...] = ()
    proof: str = ""


class Representative(Value, frozen=True, kw_only=True):
    """法定代表人 or 负责人 of an organisation."""

    name: str
    title: str = ""
    certificate: bool = False


class Party(DisputeRecord, frozen=True, kw_only=True):
    """当事人: one of any number on any side.

    ``position`` orders the parties on paper, from 0.  ``person_id`` is the entry of the register this was
    taken from.  ``id_warning_accepted`` is the clerk's word that a number whose check digit fails was copied
    right from the card.
    """

    position: int
    person_id: UUID | None = None
    side: str
    kind: PartyKind = PartyKind.PERSON
    name: str
    sex: str = ""
    birth_date: date | None = None
    nation: str = ""
    occupation: str = ""
    phone: str = ""
    address: str = ""
    household: bool = False
    id_number: str = ""
    id_warning_accepted: bool = False
    document_missing: str = ""
    uscc: str = ""
    representative: Representative | None = None
    capacity: Capacity = Capacity.FULL
    guardian: Guardian | None = None
    agents: tuple[Agent, ...] = ()
    note: str = ""


class InvitedParticipant(DisputeRecord, frozen=True, kw_only=True):
    """参加人, invited with the parties' consent (人民调解法 第20条)."""

    name: str
    role: str = ""
    consent: bool = False


class Refusal(DisputeRecord, frozen=True, kw_only=True):
    """A party's clear refusal; it bars sessions until that party consents anew (人民调解法 第17条)."""

    party_id: UUID
    on: date
    how: str = ""
    consented_again_on: date | None = None
