"""The calendar beyond the screen: whom to call, what is about to begin, and a file for other calendars."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from msgspec import Struct

from mediation_desktop.documents.ics import Event, calendar_file
from mediation_desktop.domain import records
from mediation_desktop.domain.schedule import Coming, coming
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.queries import SessionLine, sessions_between, title
from mediation_desktop.system.clock import OFFICE_ZONE, wall_time
from mediation_desktop.system.files import write_file


class Call(Struct, frozen=True):
    """Somebody to call about a session: who it is in the dispute, and the number if one is known."""

    starts_at: datetime
    dispute: str
    place: str
    name: str
    role: str
    phone: str


def calls(desk: Desk, day: date) -> tuple[Call, ...]:
    """Return everybody to be called about the sessions planned for ``day``, in order of time.

    Beside each party stand the guardian and the agents, who may be the ones to talk to.
    """
    start = datetime.combine(day, time.min)
    planned = (records.SessionState.PLANNED,)
    with desk.office_file.read() as reader:
        sessions = reader.sessions_between(start, start + timedelta(days=1), states=planned)
        disputes = {session.dispute_id for session in sessions}
        rows, parties = reader.dispute_rows_of(disputes), reader.parties_of(disputes)
    return tuple(
        Call(session.starts_at, title(rows[session.dispute_id]), session.place, *person)
        for session in sessions
        for party in parties[session.dispute_id]
        for person in _reachable(party)
    )


class ComingLine(Struct, frozen=True):
    """A session to be reminded of, with the dispute it belongs to."""

    coming: Coming
    title: str


def reminders(desk: Desk, after: datetime) -> tuple[ComingLine, ...]:
    """Return the sessions that fell due for a reminder since ``after`` (wall time), in order of time."""
    now = wall_time(desk.clock.now())
    leads = reminder_leads(desk)
    span = timedelta(minutes=max(leads))
    planned = (records.SessionState.PLANNED,)
    with desk.office_file.read() as reader:
        near = reader.sessions_between(now - span, now + span + timedelta(minutes=1), states=planned)
        found = coming(near, after, now, leads)
        rows = reader.dispute_rows_of({one.session.dispute_id for one in found})
    return tuple(ComingLine(one, title(rows[one.session.dispute_id])) for one in found)


def reminder_leads(desk: Desk) -> tuple[int, ...]:
    """Return how many minutes before a session this office is reminded of it."""
    return tuple(entry.minutes for entry in desk.codes.reminders.entries)


def export_calendar(desk: Desk, first: date, last: date, target: Path, *, named: bool = False) -> int:
    """Write the sessions from ``first`` to ``last`` as an .ics file; return how many there are.

    Without ``named`` the file says 调解, the number and the place, and no party's name, not even where
    the place is somebody's home: such a file ends up on telephones.

    Raises:
        EnvironmentProblem: the file could not be written; an older one is as it was.
    """
    lines = sessions_between(desk, first, last)
    with desk.office_file.read() as reader:
        parties = reader.parties_of({line.session.dispute_id for line in lines})
    events = [_event(line, parties[line.session.dispute_id], named=named) for line in lines]
    write_file(target, calendar_file(events, desk.clock.now()))
    return len(events)


def _event(line: SessionLine, parties: tuple[records.Party, ...], *, named: bool) -> Event:
    session, place = line.session, line.session.place
    if not named:
        for name in sorted((party.name for party in parties), key=len, reverse=True):
            place = place.replace(name, "当事人")
    words = ("调解", line.title if named else "", line.number, place)
    return Event(
        uid=str(session.id),
        starts_at=session.starts_at.replace(tzinfo=OFFICE_ZONE),
        minutes=session.minutes,
        title=" ".join(word for word in words if word),
        place=place,
        cancelled=session.state is records.SessionState.CANCELLED,
    )


def _reachable(party: records.Party) -> Iterator[tuple[str, str, str]]:
    """Yield name, role and phone of everybody through whom a party is reached."""
    yield party.name, party.side, party.phone
    if party.guardian:
        yield party.guardian.name, f"{party.name}的法定代理人", party.guardian.phone
    for agent in party.agents:
        yield agent.name, f"{party.name}的委托代理人", agent.phone
