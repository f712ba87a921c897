"""The time limit of a dispute: pause it, let it go on, regrade, extend, take an order from above."""

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.limits import clock_of, require_pausable, require_running
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.queries import deadline_of, gather


def pause(desk: Desk, dispute_id: UUID, from_on: date, reason_code: str, note: str = "") -> Change:
    """暂停计算期限 from a day on, for one of the reasons of the table.

    Raises:
        UserError: the clock does not run, stands still already, or the last day was set from above.
    """
    desk.codes.pause_reasons.name(reason_code)
    with desk.office_file.change(desk.actor, "暂停期限") as work:
        require_pausable(gather(work, dispute_id), from_on)
        kept = work.add(
            records.Pause(
                id=desk.new_id(), dispute_id=dispute_id, from_on=from_on, reason_code=reason_code, note=note
            )
        )
        return changed(work, record_id=kept.id, dispute_id=dispute_id)


def resume(desk: Desk, dispute_id: UUID, on: date) -> Change:
    """恢复计算期限: ``on`` is the first day that counts again.

    Raises:
        UserError: the clock does not stand still, or the day lies before the pause.
    """
    with desk.office_file.change(desk.actor, "恢复计算期限") as work:
        open_pause = next((one for one in gather(work, dispute_id).pauses if one.until_on is None), None)
        if open_pause is None:
            raise UserError("期限没有暂停。", "不需要恢复。")
        if on < open_pause.from_on:
            raise UserError("恢复日期早于暂停日期。", "请核对日期。")
        work.update(replace(open_pause, until_on=on))
        return changed(work, record_id=open_pause.id, dispute_id=dispute_id)


def regrade(desk: Desk, dispute_id: UUID, grade_code: str, on: date, reason: str) -> Change:
    """调整等级: the start of the clock stays, the days of the new grade count; the reason is kept.

    Raises:
        UserError: the clock does not run, the grade is the same, or there is no reason.
    """
    desk.codes.grades.name(grade_code)
    if not reason.strip():
        raise UserError("还没有写调整等级的原因。", "请写明原因，例如“需要专业鉴定”。")
    with desk.office_file.change(desk.actor, "调整等级") as work:
        dossier = gather(work, dispute_id)
        require_running(dossier)
        dispute = dossier.dispute
        if dispute.grade_code == grade_code:
            raise UserError("这件纠纷已经是这个等级。", "请选择另一个等级。")
        work.add(
            records.Regrading(
                id=desk.new_id(),
                dispute_id=dispute_id,
                on=on,
                before_code=dispute.grade_code,
                after_code=grade_code,
                reason=reason.strip(),
                by=desk.actor,
            )
        )
        work.update(replace(dispute, grade_code=grade_code))
        return changed(work, record_id=dispute_id, dispute_id=dispute_id)


def extend(desk: Desk, dispute_id: UUID, until_on: date, agreed_on: date, note: str = "") -> Change:
    """延长期限 by agreement of all parties, which stands in a record they signed.

    Raises:
        UserError: the clock does not run, the last day is set from above, or the new one is no later.
    """
    with desk.office_file.change(desk.actor, "延长期限") as work:
        dossier = gather(work, dispute_id)
        require_running(dossier)
        now = deadline_of(desk, clock_of(dossier))
        if now and now.from_above:
            raise UserError(
                "这件纠纷的期限是上级定的，本单位不能延长。", "确需延长的，请向下达期限的单位申请。"
            )
        if now and until_on <= now.last_day:
            raise UserError("新的最后一日不比原来的晚。", "请填写各方同意的更晚的日期。")
        kept = work.add(
            records.Extension(
                id=desk.new_id(), dispute_id=dispute_id, agreed_on=agreed_on, until_on=until_on, note=note
            )
        )
        return changed(work, record_id=kept.id, dispute_id=dispute_id)


def set_from_above(desk: Desk, dispute_id: UUID, last_day: date, by: str) -> Change:
    """登记上级期限: the township or county set the last day; pauses and extensions no longer move it.

    Raises:
        UserError: the clock does not run, or nobody is named who set it.
    """
    if not by.strip():
        raise UserError("还没有写是哪个单位定的期限。", "请填写下达期限的单位。")
    with desk.office_file.change(desk.actor, "登记上级期限") as work:
        dossier = gather(work, dispute_id)
        require_running(dossier)
        work.update(replace(dossier.dispute, deadline_above=last_day, deadline_above_by=by.strip()))
        return changed(work, record_id=dispute_id, dispute_id=dispute_id)
