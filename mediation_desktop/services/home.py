"""What is to be done today and this week: the first screen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import limits, records
from mediation_desktop.domain.papers import sealed_into_effect
from mediation_desktop.domain.performance import Due, outstanding
from mediation_desktop.domain.standing import owed
from mediation_desktop.services.aftercare import Aftercare, aftercare
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.outbox import OutboxLine, outbox
from mediation_desktop.services.queries import (
    DisputeLine,
    SessionLine,
    deadline_of,
    line_of,
    session_lines,
    title,
)
from mediation_desktop.services.reminders import OfficeReminder, office_reminders
from mediation_desktop.storage.lists import DisputeRow
from mediation_desktop.storage.reader import Draft, Reader
from mediation_desktop.system.clock import today

_DUE_DAYS = 7
_NEAR_DAYS = 1
_WAITING = (records.PaperState.PRINTED, records.PaperState.SIGNED, records.PaperState.SEALED)
_FORGOTTEN_DAYS = 28
"""A session planned so long ago and never recorded is still offered."""


class PaperLine(Struct, frozen=True):
    """One issued paper with the dispute it belongs to."""

    paper: records.IssuedPaper
    title: str
    number: str


class DueLine(Struct, frozen=True):
    """One thing that a party is still to do, and by when."""

    due: Due
    title: str
    debtor: str


class Home(Struct, frozen=True):
    """What the first screen shows.

    Attributes:
        day: the day for which all this is said.
        overdue: disputes past their time limit, the longest first.
        near: disputes due on this day or the next.
        unaccepted: disputes registered and not decided upon, the oldest first.
        sessions: sessions planned for this week, and earlier ones whose record is missing.
        unsigned: agreements printed and not signed by everybody.
        unsealed: agreements waiting for the committee's seal.
        undelivered: agreements in effect whose copies are not receipted by every party.
        due: what is owed within seven days, or was and is not done.
        outbox: what waits for each recipient.
        office: what the office itself is to see to: its term, its archive, its subsidy.
        after: visits, judicial confirmation, risks, and what the police are to be told.
        after_titles: the titles of the disputes that ``after`` names.
        drafts: what was typed and not saved, the newest first.
        empty: whether the office has no dispute at all.
    """

    day: date
    overdue: tuple[DisputeLine, ...]
    near: tuple[DisputeLine, ...]
    unaccepted: tuple[DisputeLine, ...]
    sessions: tuple[SessionLine, ...]
    unsigned: tuple[PaperLine, ...]
    unsealed: tuple[PaperLine, ...]
    undelivered: tuple[PaperLine, ...]
    due: tuple[DueLine, ...]
    outbox: tuple[OutboxLine, ...]
    office: tuple[OfficeReminder, ...]
    after: Aftercare
    after_titles: Mapping[UUID, str]
    drafts: tuple[Draft, ...]
    empty: bool


def home(desk: Desk) -> Home:
    """Return what is due today and this week."""
    day = today(desk.clock)
    until = day + timedelta(days=_DUE_DAYS)
    with desk.office_file.read() as reader:
        late, soon = _pressing(desk, reader)
        undecided = reader.dispute_ids(states=(records.DisputeState.REGISTERED,))[::-1]
        sessions = _planned(reader, day)
        papers = reader.papers_in_state(*_WAITING)
        obligations = reader.open_obligations(until)
        after = aftercare(desk, reader, day)
        owing = {obligation.dispute_id for obligation in obligations}
        obligations = owed(
            obligations,
            reader.of_disputes(records.Agreement, owing),
            reader.of_disputes(records.IssuedPaper, owing),
        )
        meant = (*sessions, *papers, *obligations)
        named = {*late, *soon, *undecided, *after.dispute_ids, *(record.dispute_id for record in meant)}
        rows = reader.dispute_rows_of(named)
        unsigned, unsealed, undelivered = (_papers(papers, state, rows) for state in _WAITING)
        return Home(
            day=day,
            overdue=tuple(line_of(desk, rows[one]) for one in late),
            near=tuple(line_of(desk, rows[one]) for one in soon),
            unaccepted=tuple(line_of(desk, rows[one]) for one in undecided),
            sessions=session_lines(reader, sessions, rows),
            unsigned=unsigned,
            unsealed=unsealed,
            undelivered=undelivered,
            due=tuple(
                _due_line(due, rows[due.obligation.dispute_id])
                for due in outstanding(obligations, reader.of_disputes(records.Payment, owing), until)
            ),
            outbox=outbox(desk),
            office=office_reminders(desk, reader, day),
            after=after,
            after_titles={one: title(rows[one]) for one in after.dispute_ids},
            drafts=reader.drafts(),
            empty=not reader.dispute_rows(limit=1),
        )


def _pressing(desk: Desk, reader: Reader) -> tuple[list[UUID], list[UUID]]:
    """Return the disputes that are late and those due soon, the most pressing first."""
    late: list[tuple[int, UUID]] = []
    soon: list[tuple[int, UUID]] = []
    for dispute_id, clock in reader.running_clocks().items():
        limit = deadline_of(desk, clock)
        if limit and limit.urgency is limits.Urgency.OVERDUE:
            late.append((limit.days_left, dispute_id))
        elif limit and limit.days_left <= _NEAR_DAYS:
            soon.append((limit.days_left, dispute_id))
    return [one for _left, one in sorted(late)], [one for _left, one in sorted(soon)]


def _planned(reader: Reader, day: date) -> tuple[records.Session, ...]:
    next_monday = day + timedelta(days=7 - day.weekday())
    return reader.sessions_between(
        datetime.combine(day - timedelta(days=_FORGOTTEN_DAYS), time.min),
        datetime.combine(next_monday, time.min),
        states=(records.SessionState.PLANNED,),
    )


def _papers(
    papers: Sequence[records.IssuedPaper], state: records.PaperState, rows: Mapping[UUID, DisputeRow]
) -> tuple[PaperLine, ...]:
    waiting = (paper for paper in papers if paper.state is state and sealed_into_effect(paper))
    mine = ((paper, rows[paper.dispute_id]) for paper in waiting)
    return tuple(PaperLine(paper, title(row), row.number) for paper, row in mine)


def _due_line(due: Due, row: DisputeRow) -> DueLine:
    debtor = next(party.name for party in row.parties if party.id == due.obligation.debtor_id)
    return DueLine(due, title(row), debtor)
