"""Mediation sessions: fix a day, write down what was said, note the result."""

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from mediation_desktop.domain import meeting, records, schedule
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import IN_MEDIATION, Action, closed_to_mediation
from mediation_desktop.services.attachments import Stored, add_to
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import let_terms_follow, move, save
from mediation_desktop.services.queries import gather, title
from mediation_desktop.storage.reader import Reader
from mediation_desktop.storage.unit_of_work import UnitOfWork

_NOT_YET = frozenset({records.DisputeState.ACCEPTED, records.DisputeState.INVESTIGATING})


def schedule_session(desk: Desk, session: records.Session) -> Change:
    """安排调解: put a session on the calendar, or move it.

    Raises:
        UserError: the dispute is not accepted yet, or a party's refusal bars sessions (第17条).
    """
    with desk.office_file.change(desk.actor, "安排调解") as work:
        _require_open(work, session)
        save(work, replace(session, state=records.SessionState.PLANNED))
        return changed(work, record_id=session.id, dispute_id=session.dispute_id)


def record_session(
    desk: Desk,
    session: records.Session,
    proposals: Sequence[records.Proposal] | None = None,
    stored: Sequence[Stored] = (),
) -> Change:
    """记录调解: keep what was said and the result; the dispute is then being mediated.

    Args:
        desk: the open office.
        session: the session as it was held; with ``sheets`` the handwritten record is the record.
        proposals: exactly the proposals made in it, and earlier ones whose state changed in it; ``None``
            leaves all proposals as they are.
        stored: files that were taken in for it, such as photos of a handwritten record.

    Raises:
        UserError: no result was chosen, the next day lies before this one, the dispute is not open to
            sessions, or a proposal left out is quoted by an agreement.
    """
    if not session.result.strip():
        raise UserError("还没有选调解结果。", "请选择本次调解的结果再保存。")
    if session.next_on and session.next_on < session.starts_at.date():
        raise UserError("约定下次调解的日期早于这一次。", "请核对两个日期后再保存。")
    with desk.office_file.change(desk.actor, "记录调解") as work:
        if session.state is not records.SessionState.HELD:
            _require_open(work, session)
        save(work, replace(session, state=records.SessionState.HELD))
        if proposals is not None:
            _keep_proposals(desk, work, session, proposals)
        add_to(desk, work, session.dispute_id, session.id, stored)
        if work.get(records.Dispute, session.dispute_id).state in _NOT_YET:
            move(desk, work, session.dispute_id, Action.MEDIATE, session.starts_at.date())
        return changed(work, record_id=session.id, dispute_id=session.dispute_id)


def cancel_session(desk: Desk, session: records.Session) -> Change:
    """取消调解: call a planned session off; it stays in the timeline."""
    with desk.office_file.change(desk.actor, "取消调解") as work:
        work.update(replace(session, state=records.SessionState.CANCELLED))
        return changed(work, record_id=session.id, dispute_id=session.dispute_id)


def clashes(desk: Desk, session: records.Session) -> tuple[schedule.Clash, ...]:
    """Return the planned sessions that overlap with this one and want its place, mediator or party."""
    with desk.office_file.read() as reader:
        return _clashes(reader, session)


def warnings(desk: Desk, dossier: Dossier, session: records.Session) -> tuple[str, ...]:
    """Return what to look at twice before keeping a session, in Chinese; nothing of it bars keeping it."""
    found = list(meeting.session_warnings(dossier, session))
    if session.state is records.SessionState.PLANNED:
        found = [*clash_warnings(desk, session), *found]
    return tuple(found)


def clash_warnings(desk: Desk, session: records.Session) -> tuple[str, ...]:
    """Return one sentence for each other planned session that stands in the way of this one."""
    with desk.office_file.read() as reader:
        found = _clashes(reader, session)
        rows = reader.dispute_rows_of({clash.other.dispute_id for clash in found})
    return tuple(
        f"{printed(clash.other.starts_at.date())} {clash.other.starts_at:%H:%M}"
        f"还有一次调解（{title(rows[clash.other.dispute_id])}），撞了{clash.about}，请核对。"
        for clash in found
    )


def _clashes(reader: Reader, session: records.Session) -> tuple[schedule.Clash, ...]:
    end = session.starts_at + timedelta(minutes=session.minutes)
    near = reader.sessions_between(session.starts_at - timedelta(days=1), end)
    disputes = {session.dispute_id, *(other.dispute_id for other in near)}
    return schedule.clashes(session, near, reader.parties_of(disputes))


def _keep_proposals(
    desk: Desk, work: UnitOfWork, session: records.Session, proposals: Sequence[records.Proposal]
) -> None:
    kept = {item.id for item in proposals}
    for old in work.find(records.Proposal, session_id=session.id):
        if old.id not in kept:
            _require_unquoted(work, old)
            work.remove(old, "记录时删去")
    for item in proposals:
        save(work, item)
        let_terms_follow(desk, work, item)


def _require_unquoted(work: UnitOfWork, proposal: records.Proposal) -> None:
    """Refuse to take out a proposal that a term of an agreement came from."""
    for agreement in work.find(records.Agreement, dispute_id=proposal.dispute_id):
        if any(term.proposal_id == proposal.id for term in agreement.terms):
            raise UserError(
                "有一个方案已经写进协议，不能从调解记录里删去。",
                "请先在协议里去掉这一条；方案不作数的，把状态改为撤回。",
            )


def _require_open(reader: Reader, session: records.Session) -> None:
    dossier = gather(reader, session.dispute_id)
    if dossier.dispute.state not in IN_MEDIATION:
        raise UserError("这件纠纷现在不能安排或记录调解。", "请先受理；已经办结的纠纷不再调解。")
    closed = closed_to_mediation(dossier)
    if closed:
        raise UserError(closed, "请终止调解并告知其他途径；当事人重新同意的，先记下同意的日期。")
