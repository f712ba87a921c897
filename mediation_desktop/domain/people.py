"""Who is who: entries of the register, the people who stand in a dispute, and when they are the same."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain.records import (
    InvitedParticipant,
    Party,
    PartyKind,
    Person,
    PersonKind,
    Representative,
)

HEAD = "户主"
_SHARED = (
    *("name", "sex", "birth_date", "nation", "occupation", "phone", "address", "id_number"),
    *("id_warning_accepted", "document_missing", "uscc", "representative", "capacity", "guardian"),
)
"""What an entry of the register and a party say in the same words."""

_MOVING = ("phone", "address")
"""What changes in a life: the newest word is the right one."""

_VILLAGE = re.compile(r"(?:.*?(?:街道|[乡镇]))?([^\d]{1,10}?(?:村|社区))")
_HOUSE = re.compile(r"(.*?)(\d[\d\-之]*)号")


# Places


class Place(Struct, frozen=True):
    """Where somebody lives: village, lane or group, and house number, each empty when not known."""

    village: str
    lane: str
    house: str


def place_of(address: str, village: str = "") -> Place:
    """Read an address as villagers write it (龙游县东华街道鸡鸣村石塔巷12号); ``village`` wins if given."""
    text = "".join(unicodedata.normalize("NFKC", address).split())
    found = _VILLAGE.match(text)
    rest = text[found.end() :] if found else text
    if village and village in text:
        rest = text.split(village, 1)[1]
    house = _HOUSE.match(rest)
    lane, number = house.groups() if house else ("", "")
    return Place(village or (found[1] if found else ""), lane, number)


# Matching


class Likeness(StrEnum):
    """How much an entry is like the person sought, the surest first."""

    NUMBER = "number"
    NAME_AND_VILLAGE = "name_and_village"
    NAME = "name"


class Sought(Struct, frozen=True):
    """What is known of somebody before the register is asked. ``number`` is an ID number or credit code."""

    name: str = ""
    number: str = ""
    village: str = ""


class Match(Struct, frozen=True):
    """An entry that may be the person sought. Whether it is, somebody decides by hand."""

    person: Person
    likeness: Likeness


def matches(sought: Sought, people: Iterable[Person]) -> tuple[Match, ...]:
    """Return the likely entries: same number, then same name and village, then same name."""
    found = [Match(person, how) for person in people if (how := _likeness(sought, person))]
    order = list(Likeness)
    return tuple(sorted(found, key=lambda match: (order.index(match.likeness), match.person.id)))


def _likeness(sought: Sought, person: Person) -> Likeness | None:
    if sought.number and sought.number == number_of(person):
        return Likeness.NUMBER
    if not is_called(person, sought.name) or _differ(sought.number, number_of(person)):
        return None
    near = sought.village and sought.village == place_of(person.address, person.village).village
    return Likeness.NAME_AND_VILLAGE if near else Likeness.NAME


def number_of(who: Person | Party) -> str:
    """Return the number that tells this person or organisation from all others, or nothing."""
    return who.id_number or who.uscc


def is_called(person: Person, name: str) -> bool:
    """Tell whether this is the person's name, or one it also goes by."""
    return bool(name) and name in (person.name, *person.other_names)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


# Copies between the register and a dispute


def as_party(person: Person) -> dict[str, Any]:
    """Return the fields of a party that is taken from the register."""
    kind = PartyKind.ORGANISATION if person.kind is PersonKind.ORGANISATION else PartyKind.PERSON
    return {"person_id": person.id, "kind": kind} | {name: getattr(person, name) for name in _SHARED}


def as_person(person_id: UUID, party: Party) -> Person:
    """Return a new entry of the register for a party who was not there yet."""
    kind = PersonKind.ORGANISATION if party.kind is PartyKind.ORGANISATION else PersonKind.PERSON
    values = {name: getattr(party, name) for name in _SHARED}
    return Person(id=person_id, kind=kind, village=place_of(party.address).village, **values)


def renewed(person: Person, party: Party, before: Party | None) -> Person:
    """Return the entry with what the party now says anew.

    A phone number or address that was changed in the party (``before`` is the party as it stood, ``None``
    for one just taken from the register) is taken over; of all else only what the entry does not have yet.
    """
    fresh = {
        name: getattr(party, name)
        for name in _SHARED
        if getattr(party, name) and not getattr(person, name) and name != "id_warning_accepted"
    }
    if "id_number" in fresh:
        fresh["id_warning_accepted"] = party.id_warning_accepted
    for name in _MOVING:
        said = getattr(party, name)
        if said and (before is None or said != getattr(before, name)):
            fresh[name] = said
    if "address" in fresh:
        fresh["village"] = place_of(fresh["address"]).village or person.village
    return replace(person, **fresh)


def merged(kept: Person, gone: Person) -> Person:
    """Return one entry for two known to be the same; both names stay, gaps are filled from ``gone``."""
    empty = {name for name in (*_SHARED, "village", "household_id") if not getattr(kept, name)}
    filled = {name: getattr(gone, name) for name in empty}
    names = dict.fromkeys((*kept.other_names, gone.name, *gone.other_names))
    names.pop(kept.name, None)
    note = "；".join(part for part in (kept.note, gone.note) if part)
    return replace(kept, **filled, other_names=tuple(names), note=note)


# Households


def head_of(household: Person, members: Iterable[Person]) -> Person | None:
    """Return the head (户主) among a household's members, if one is named."""
    named = household.representative
    return next((one for one in members if named and one.name == named.name), None)


def headed_by(household: Person, head: Person) -> Person:
    """Return the household with this member as its head."""
    return replace(household, representative=Representative(name=head.name, title=HEAD))


# Standing in a dispute


class Standing(Struct, frozen=True, kw_only=True):
    """Somebody who stands in a dispute, and as what. ``party_id`` is the party beside whom it is.

    ``main`` is the party itself; a guest has no party.
    """

    dispute_id: UUID
    role: str
    name: str
    number: str = ""
    person_id: UUID | None = None
    party_id: UUID | None = None
    main: bool = False


class Sameness(StrEnum):
    """Whether somebody in a dispute is an entry of the register: known, or of the same name only."""

    SURE = "sure"
    NAMESAKE = "namesake"


def standings(party: Party) -> tuple[Standing, ...]:
    """Return a party and everyone who stands beside it."""

    def beside(role: str, name: str, number: str = "") -> Standing:
        return Standing(dispute_id=party.dispute_id, role=role, name=name, number=number, party_id=party.id)

    found = [
        Standing(
            dispute_id=party.dispute_id,
            role=party.side,
            name=party.name,
            number=number_of(party),
            person_id=party.person_id,
            party_id=party.id,
            main=True,
        )
    ]
    if party.guardian:
        found.append(beside("法定代理人", party.guardian.name, party.guardian.id_number))
    if party.representative:
        found.append(beside(party.representative.title or "负责人", party.representative.name))
    found += [beside("委托代理人", agent.name, agent.id_number) for agent in party.agents]
    return tuple(found)


def guest_standing(guest: InvitedParticipant) -> Standing:
    """Return an invited participant (参加人) as one who stands in the dispute."""
    return Standing(dispute_id=guest.dispute_id, role="参加人", name=guest.name)


def sameness(person: Person, standing: Standing) -> Sameness | None:
    """Tell whether ``standing`` is this person.

    The link to the register says so, or the number; where neither can be compared, the same name is no
    more than a reason to ask.
    """
    number = number_of(person)
    if standing.person_id == person.id or (number and number == standing.number):
        return Sameness.SURE
    if standing.person_id is not None or _differ(number, standing.number):
        return None
    return Sameness.NAMESAKE if is_called(person, standing.name) else None
