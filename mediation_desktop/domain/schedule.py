"""When two mediation sessions stand in each other's way."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from mediation_desktop.domain.records import Session, SessionState


class Clash(Struct, frozen=True):
    """Another planned session at the same time, and what both want: the room, a mediator, or both."""

    other: Session
    same_place: bool
    same_mediator: bool


def clashes(session: Session, others: Iterable[Session]) -> tuple[Clash, ...]:
    """Return the planned sessions that overlap with ``session`` in time and in place or mediator.

    A session without a place takes nobody's room; one ending when the next begins is no clash.
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
        )
        if clash.same_place or clash.same_mediator:
            found.append(clash)
    return tuple(found)


def _end(session: Session) -> datetime:
    return session.starts_at + timedelta(minutes=session.minutes)
