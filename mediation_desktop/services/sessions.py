"""Mediation sessions: fix a day, write down what was said, note the result."""

from datetime import timedelta

from msgspec.structs import replace

from mediation_desktop.domain import records, schedule
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import IN_MEDIATION, Action
from mediation_desktop.domain.safety import harm_suspected
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import move, save
from mediation_desktop.services.queries import gather
from mediation_desktop.storage.reader import Reader


def schedule_session(desk: Desk, session: records.Session) -> Change:
    """安排调解: put a session on the calendar, or move it.

    Raises:
        UserError: the dispute is not accepted yet, or a party's refusal bars sessions (第17条).
    """
    with desk.office_file.change(desk.actor, "安排调解") as work:
        _require_open(work, session)
        save(work, replace(session, state=records.SessionState.PLANNED))
        return changed(work, record_id=session.id, dispute_id=session.dispute_id)


def record_session(desk: Desk, session: records.Session) -> Change:
    """记录调解: keep what was said and the result; the dispute is then being mediated."""
    if not session.result.strip():
        raise UserError("还没有选调解结果。", "请选择本次调解的结果再保存。")
    with desk.office_file.change(desk.actor, "记录调解") as work:
        if session.state is not records.SessionState.HELD:
            _require_open(work, session)
        save(work, replace(session, state=records.SessionState.HELD))
        if work.get(records.Dispute, session.dispute_id).state is records.DisputeState.ACCEPTED:
            move(desk, work, session.dispute_id, Action.MEDIATE, session.starts_at.date())
        return changed(work, record_id=session.id, dispute_id=session.dispute_id)


def cancel_session(desk: Desk, session: records.Session) -> Change:
    """取消调解: call a planned session off; it stays in the timeline."""
    with desk.office_file.change(desk.actor, "取消调解") as work:
        work.update(replace(session, state=records.SessionState.CANCELLED))
        return changed(work, record_id=session.id, dispute_id=session.dispute_id)


def clashes(desk: Desk, session: records.Session) -> tuple[records.Session, ...]:
    """Return the planned sessions that overlap with this one in place or mediator."""
    end = session.starts_at + timedelta(minutes=session.minutes)
    with desk.office_file.read() as reader:
        near = reader.sessions_between(session.starts_at - timedelta(days=1), end)
    return tuple(clash.other for clash in schedule.clashes(session, near))


def _require_open(reader: Reader, session: records.Session) -> None:
    dossier = gather(reader, session.dispute_id)
    if dossier.dispute.state not in IN_MEDIATION:
        raise UserError("这件纠纷现在不能安排或记录调解。", "请先受理；已经办结的纠纷不再调解。")
    if dossier.barred_since() is not None:
        raise UserError(
            "有当事人已明确拒绝调解，不得再调解（人民调解法第十七条）。",
            "请终止调解并告知其他途径；当事人重新同意的，先记下同意的日期。",
        )
    if harm_suspected(dossier.minor_checks):
        raise UserError(
            "存在或疑似存在侵害未成年人的情形，不能调解。", "先打110报警，再补登记；核对有误的，重新核对。"
        )
