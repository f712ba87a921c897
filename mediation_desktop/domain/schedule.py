"""When two mediation sessions stand in each other's way, and which one is about to begin."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.records import Party, Session, SessionState

PartiesOf = Mapping[UUID, Collection[Party]]
"""The parties of each dispute by its id."""


class Clash(Struct, frozen=True):
    """Another planned session at the same time, and what both want: the room, a mediator, a party.

    ``people`` are the parties of this session who are parties of the other's dispute too.
    """

    other: Session
    same_place: bool
    same_mediator: bool
    people: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What both want, in words: 地点、调解员、当事人张福根."""
        things = [
            word for word, is_so in (("地点", self.same_place), ("调解员", self.same_mediator)) if is_so
        ]
        return "、".join((*things, *(f"当事人{name}" for name in self.people)))


def clashes(
    session: Session, others: Iterable[Session], parties: PartiesOf | None = None
) -> tuple[Clash, ...]:
    """Return the planned sessions that overlap with ``session`` and want its place, mediator or party.

    A session without a place takes nobody's room; one ending when the next begins is no clash.  A clash is
    a warning: two sessions may well be held one after the other in one evening.
    """
    end = _end(session)
    found = []
    for other in others:
        if other.starts_at >= end or _end(other) <= session.starts_at:
            continue
        if other.id == session.id or other.state is not SessionState.PLANNED:
            continue
        clash = Clash(
            other,
            same_place=bool(session.place) and other.place == session.place,
            same_mediator=not set(session.mediator_ids).isdisjoint(other.mediator_ids),
            people=tuple(_shared(session, other, parties or {})),
        )
        if clash.about:
            found.append(clash)
    return tuple(found)


def same_person(one: Party, other: Party) -> bool:
    """Tell whether two parties are one: the same entry of the register, ID number, or name and phone."""
    return any(
        all(mine) and mine == theirs
        for mine, theirs in (
            ((one.person_id,), (other.person_id,)),
            ((one.id_number,), (other.id_number,)),
            ((one.name, one.phone), (other.name, other.phone)),
        )
    )


class Coming(Struct, frozen=True):
    """A session to be reminded of, and the minutes until it begins, none once it has."""

    session: Session
    minutes: int


def coming(
    sessions: Iterable[Session], after: datetime, now: datetime, leads: Collection[int]
) -> tuple[Coming, ...]:
    """Return the planned sessions that fell due for a reminder after ``after`` and up to ``now``.

    Args:
        sessions: what may be near, in order of time.
        after: when the question was asked last.
        now: the present wall time.
        leads: the minutes before the beginning at which to remind; 0 is the beginning itself.

    A session that began longer ago than the longest lead is not reminded of: the PC slept meanwhile.
    """
    oldest = now - timedelta(minutes=max(leads, default=0))
    return tuple(
        Coming(session, max(0, -((now - session.starts_at) // timedelta(minutes=1))))
        for session in sessions
        if session.state is SessionState.PLANNED
        and session.starts_at >= oldest
        and any(after < session.starts_at - timedelta(minutes=lead) <= now for lead in leads)
    )


def _shared(session: Session, other: Session, parties: PartiesOf) -> Iterator[str]:
    """Yield the names of the parties that two sessions of different disputes both need."""
    if session.dispute_id == other.dispute_id:
        return
    theirs = parties.get(other.dispute_id, ())
    for party in parties.get(session.dispute_id, ()):
        if any(same_person(party, one) for one in theirs):
            yield party.name


def _end(session: Session) -> datetime:
    return session.starts_at + timedelta(minutes=session.minutes)
