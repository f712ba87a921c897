"""What the screens read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar, cast
from uuid import UUID

from mediation_desktop.domain import limits, records
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.lists import DisputeRow
from mediation_desktop.storage.reader import Reader
from mediation_desktop.system.clock import today

R = TypeVar("R", bound=records.DisputeRecord)


def gather(reader: Reader, dispute_id: UUID) -> Dossier:
    """Return one dispute with everything that belongs to it."""
    dispute = reader.get(records.Dispute, dispute_id)
    kept = reader.belonging(dispute_id)

    def part(cls: type[R]) -> tuple[R, ...]:
        return cast("tuple[R, ...]", kept[cls])

    return Dossier(
        dispute=dispute,
        committee=reader.get(records.Committee, dispute.committee_id),
        studio=reader.get(records.Studio, dispute.studio_id) if dispute.studio_id else None,
        mediators=tuple(reader.get(records.Mediator, one) for one in dispute.mediator_ids),
        parties=part(records.Party),
        invited=part(records.InvitedParticipant),
        refusals=part(records.Refusal),
        notices=part(records.Notice),
        sessions=tuple(sorted(part(records.Session), key=lambda session: session.starts_at)),
        proposals=part(records.Proposal),
        evidence=part(records.Evidence),
        minor_checks=part(records.MinorCheck),
        risks=part(records.Risk),
        risk_reports=part(records.RiskReport),
        outcomes=part(records.Outcome),
        agreements=part(records.Agreement),
        obligations=part(records.Obligation),
        payments=part(records.Payment),
        followups=part(records.FollowUp),
        confirmations=part(records.Confirmation),
        papers=part(records.IssuedPaper),
    )


def dossier(desk: Desk, dispute_id: UUID) -> Dossier:
    """Return one dispute with everything that belongs to it."""
    with desk.office_file.read() as reader:
        return gather(reader, dispute_id)


def deadline_of(
    desk: Desk, accepted_on: date | None, grade_code: str, finished_on: date | None
) -> limits.Deadline | None:
    """Return a dispute's deadline by its grade's days, or ``None`` before acceptance."""
    if accepted_on is None:
        return None
    return limits.deadline(
        accepted_on=accepted_on,
        days=desk.codes.grades.entry(grade_code).days,
        finished_on=finished_on,
        today=today(desk.clock),
    )


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One dispute as lists show it."""

    id: UUID
    number: str
    parties: str
    type_name: str
    grade_name: str
    state: records.DisputeState
    village: str
    registered_on: date
    deadline: limits.Deadline | None


def dispute_lines(
    desk: Desk,
    *,
    text: str = "",
    states: Collection[records.DisputeState] = (),
    offset: int = 0,
    limit: int = 50,
) -> tuple[DisputeLine, ...]:
    """Return one page of the dispute list, newest first."""
    with desk.office_file.read() as reader:
        rows = reader.dispute_rows(text=text, states=states, offset=offset, limit=limit)
    return tuple(_line(desk, row) for row in rows)


def count_disputes(desk: Desk, *, text: str = "", states: Collection[records.DisputeState] = ()) -> int:
    """Return how many disputes the same filter finds."""
    with desk.office_file.read() as reader:
        return reader.count_disputes(text=text, states=states)


def _line(desk: Desk, row: DisputeRow) -> DisputeLine:
    return DisputeLine(
        id=row.id,
        number=row.number,
        parties="、".join(row.party_names),
        type_name=desk.codes.dispute_types.name(row.type_code),
        grade_name=desk.codes.grades.name(row.grade_code),
        state=row.state,
        village=row.village,
        registered_on=row.registered_on,
        deadline=deadline_of(desk, row.accepted_on, row.grade_code, row.finished_on),
    )


OPEN_STATES = frozenset(
    {records.DisputeState.REGISTERED, records.DisputeState.ACCEPTED, records.DisputeState.MEDIATING}
)
"""Disputes that are not settled yet."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One planned or held session with the dispute it belongs to."""

    session: records.Session
    title: str
    number: str
    mediators: str


def sessions_between(desk: Desk, first: date, last: date) -> tuple[SessionLine, ...]:
    """Return the sessions from the start of ``first`` to the end of ``last``, in order of time."""
    start = datetime.combine(first, time.min)
    end = datetime.combine(last + timedelta(days=1), time.min)
    with desk.office_file.read() as reader:
        return tuple(_session_line(reader, session) for session in reader.sessions_between(start, end))


def _session_line(reader: Reader, session: records.Session) -> SessionLine:
    dossier = gather(reader, session.dispute_id)
    names = [reader.get(records.Mediator, one).name for one in session.mediator_ids]
    return SessionLine(session, dossier.title, dossier.dispute.number, "、".join(names))


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One issued paper with the dispute it belongs to."""

    paper: records.IssuedPaper
    title: str
    number: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing a party is to do, and by when."""

    obligation: records.Obligation
    due_on: date
    amount_fen: int | None
    title: str
    debtor: str


@dataclass(frozen=True, slots=True)
class Home:
    """What the first screen shows: late, today, this week, waiting for others."""

    overdue: tuple[DisputeLine, ...]
    near: tuple[DisputeLine, ...]
    sessions: tuple[SessionLine, ...]
    unsigned: tuple[PaperLine, ...]
    unsealed: tuple[PaperLine, ...]
    undelivered: tuple[PaperLine, ...]
    due: tuple[DueLine, ...]
    drafts: tuple[str, ...]


_HOME_ROWS = 200
_DUE_DAYS = 7


def home(desk: Desk) -> Home:
    """Return what is due today and this week."""
    day = today(desk.clock)
    lines = [
        line
        for line in dispute_lines(desk, states=OPEN_STATES, limit=_HOME_ROWS)
        if line.deadline is not None
    ]
    lines.sort(key=lambda line: line.deadline.days_left if line.deadline else 0)
    with desk.office_file.read() as reader:
        return Home(
            overdue=tuple(line for line in lines if _is(line, limits.Urgency.OVERDUE)),
            near=tuple(line for line in lines if _is(line, limits.Urgency.TODAY, limits.Urgency.SOON)),
            sessions=sessions_between(desk, day, day + timedelta(days=_DUE_DAYS)),
            unsigned=_papers(reader, records.PaperState.PRINTED),
            unsealed=_papers(reader, records.PaperState.SIGNED),
            undelivered=_papers(reader, records.PaperState.SEALED),
            due=_due(reader, day + timedelta(days=_DUE_DAYS)),
            drafts=tuple(draft.key for draft in reader.drafts()),
        )


def _is(line: DisputeLine, *urgencies: limits.Urgency) -> bool:
    return line.deadline is not None and line.deadline.urgency in urgencies


def _papers(reader: Reader, state: records.PaperState) -> tuple[PaperLine, ...]:
    lines = []
    for paper in reader.papers_in_state(state):
        dossier = gather(reader, paper.dispute_id)
        lines.append(PaperLine(paper, dossier.title, dossier.dispute.number))
    return tuple(lines)


def _due(reader: Reader, until: date) -> tuple[DueLine, ...]:
    lines = []
    for obligation in reader.open_obligations(until):
        dossier = gather(reader, obligation.dispute_id)
        debtor = dossier.party(obligation.debtor_id).name
        parts = [(part.due_on, part.amount_fen) for part in obligation.instalments]
        for due_on, amount in parts or [(obligation.due_on, obligation.amount_fen)]:
            if due_on is not None and due_on <= until and not _paid(dossier, obligation, due_on):
                lines.append(DueLine(obligation, due_on, amount, dossier.title, debtor))
    return tuple(sorted(lines, key=lambda line: line.due_on))


def _paid(dossier: Dossier, obligation: records.Obligation, due_on: date) -> bool:
    """Tell whether payments between the two cover everything due up to ``due_on``."""
    if obligation.amount_fen is None:
        return False
    owed = sum(part.amount_fen for part in obligation.instalments if part.due_on <= due_on)
    paid = sum(
        payment.amount_fen
        for payment in dossier.payments
        if (payment.debtor_id, payment.creditor_id) == (obligation.debtor_id, obligation.creditor_id)
    )
    return paid >= (owed or obligation.amount_fen)


def history(desk: Desk, dispute_id: UUID) -> tuple[records.HistoryLine, ...]:
    """Return who changed what in a dispute, oldest first."""
    with desk.office_file.read() as reader:
        return reader.history(dispute_id)
