"""What the screens read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar, cast
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import limits, records
from mediation_desktop.domain.confirmation import ConfirmationWindow, confirmation_window
from mediation_desktop.domain.dossier import Dossier, title_of
from mediation_desktop.domain.effect import agreement_effective_on
from mediation_desktop.domain.lines import DisputeLine
from mediation_desktop.domain.schedule import Clash, clashes
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.idlist import IdList
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
        steps=part(records.StepTaken),
        acceptance_checks=part(records.AcceptanceCheck),
        pauses=part(records.Pause),
        extensions=part(records.Extension),
        regradings=part(records.Regrading),
        overrides=part(records.Override),
        parties=part(records.Party),
        invited=part(records.InvitedParticipant),
        refusals=part(records.Refusal),
        attempts=part(records.Attempt),
        notices=part(records.Notice),
        sessions=tuple(sorted(part(records.Session), key=lambda session: session.starts_at)),
        private_notes=part(records.PrivateNote),
        proposals=part(records.Proposal),
        investigations=part(records.Investigation),
        evidence=part(records.Evidence),
        attachments=part(records.Attachment),
        sketches=part(records.Sketch),
        minor_checks=part(records.MinorCheck),
        risks=part(records.Risk),
        risk_reports=part(records.RiskReport),
        sealed_records=part(records.SealedRecord),
        outcomes=part(records.Outcome),
        agreements=part(records.Agreement),
        obligations=part(records.Obligation),
        payments=part(records.Payment),
        urgings=part(records.Urging),
        followups=part(records.FollowUp),
        closings=part(records.Closing),
        subsidies=part(records.Subsidy),
        confirmations=part(records.Confirmation),
        papers=part(records.IssuedPaper),
        filed_items=part(records.FiledItem),
        destructions=tuple(one for one in reader.find(records.Destruction) if dispute_id in one.dispute_ids),
    )


def dossier(desk: Desk, dispute_id: UUID) -> Dossier:
    """Return one dispute with everything that belongs to it."""
    with desk.office_file.read() as reader:
        return gather(reader, dispute_id)


def deadline_of(desk: Desk, clock: limits.CaseClock) -> limits.Deadline | None:
    """Return a dispute's deadline as it stands today, or ``None`` before acceptance."""
    grade = desk.codes.grades.entry(clock.grade_code)
    return limits.deadline(clock, grade, desk.codes.holidays, today(desk.clock))


def is_there(desk: Desk, dispute_id: UUID) -> bool:
    """Tell whether a dispute is kept; one whose registration was undone is not."""
    with desk.office_file.read() as reader:
        return reader.count(records.Dispute, id=dispute_id) > 0


def confirmation_of(desk: Desk, dossier: Dossier) -> ConfirmationWindow | None:
    """Return until when both parties may ask for judicial confirmation.

    ``None`` before the day of effect, and once they asked.
    """
    agreement = dossier.standing
    if agreement is None or any(asked.applied_on for asked in dossier.confirmations):
        return None
    sealed = [paper for paper in dossier.papers if paper.subject_id == agreement.id and paper.effective_on]
    effective = agreement_effective_on(agreement, dossier.parties, sealed[-1] if sealed else None)
    return effective and confirmation_window(effective, desk.codes.holidays)


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
    return tuple(line_of(desk, row) for row in rows)


def count_disputes(desk: Desk, *, text: str = "", states: Collection[records.DisputeState] = ()) -> int:
    """Return how many disputes the same filter finds."""
    with desk.office_file.read() as reader:
        return reader.count_disputes(text=text, states=states)


def find_disputes(desk: Desk, *, text: str = "", states: Collection[records.DisputeState] = ()) -> IdList:
    """Return the ids of everything the same filter finds, newest first.

    A list that is scrolled through keeps these and asks ``lines_of`` for what is seen: it searches once,
    and no row moves while another dispute is registered.
    """
    with desk.office_file.read() as reader:
        return reader.dispute_ids(text=text, states=states)


def lines_of(desk: Desk, dispute_ids: Sequence[UUID]) -> tuple[DisputeLine, ...]:
    """Return these disputes in the order given, at most a few thousand; one that is gone is left out."""
    with desk.office_file.read() as reader:
        rows = reader.dispute_rows_of(dispute_ids)
    return tuple(line_of(desk, rows[one]) for one in dispute_ids if one in rows)


def line_of(desk: Desk, row: DisputeRow) -> DisputeLine:
    """Return a dispute's row in words."""
    return DisputeLine(
        id=row.id,
        number=row.number,
        title=title(row),
        parties="、".join(row.party_names),
        type_name=desk.codes.dispute_types.name(row.type_code),
        grade_name=desk.codes.grades.name(row.clock.grade_code),
        state=row.state,
        village=row.village,
        registered_on=row.registered_on,
        deadline=deadline_of(desk, row.clock),
    )


def title(row: DisputeRow) -> str:
    """Return 甲与乙 as on the dossier, or the number while no party is entered."""
    return title_of((party.side, party.name) for party in row.parties) or row.number


class SessionLine(Struct, frozen=True):
    """One planned or held session with the dispute it belongs to, and what it clashes with."""

    session: records.Session
    title: str
    number: str
    mediators: str
    clashes: tuple[Clash, ...]


def sessions_between(desk: Desk, first: date, last: date) -> tuple[SessionLine, ...]:
    """Return the sessions from the start of ``first`` to the end of ``last``, in order of time."""
    start = datetime.combine(first, time.min)
    end = datetime.combine(last + timedelta(days=1), time.min)
    with desk.office_file.read() as reader:
        sessions = reader.sessions_between(start, end)
        rows = reader.dispute_rows_of({session.dispute_id for session in sessions})
        return session_lines(reader, sessions, rows)


def session_lines(
    reader: Reader, sessions: Sequence[records.Session], rows: Mapping[UUID, DisputeRow]
) -> tuple[SessionLine, ...]:
    """Return sessions with the words beside them; only those still planned can clash."""
    names = {mediator.id: mediator.name for mediator in reader.find(records.Mediator)}
    parties = reader.parties_of({session.dispute_id for session in sessions})
    return tuple(
        SessionLine(
            session=session,
            title=title(rows[session.dispute_id]),
            number=rows[session.dispute_id].number,
            mediators="、".join(names[one] for one in session.mediator_ids),
            clashes=clashes(session, sessions, parties)
            if session.state is records.SessionState.PLANNED
            else (),
        )
        for session in sessions
    )


def history(desk: Desk, dispute_id: UUID) -> tuple[records.HistoryLine, ...]:
    """Return who changed what in a dispute, oldest first."""
    with desk.office_file.read() as reader:
        return reader.history(dispute_id)
