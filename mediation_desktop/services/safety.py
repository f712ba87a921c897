"""Keeping people from harm: judge the risk, report to the police, ask about minors."""

from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.safety import CONFIDENTIAL, MINOR_GROUP
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save_records
from mediation_desktop.services.special import special_id
from mediation_desktop.system.clock import today, wall_time


def judge_risk(desk: Desk, risk: records.Risk) -> Change:
    """登记风险: keep how dangerous a dispute is and what is done about it.

    Raises:
        UserError: judged on a day after today, or to be looked at again on no later day.
    """
    if risk.on and risk.on > today(desk.clock):
        raise UserError("日期在今天之后。", "请填写实际研判的日期。")
    if risk.on and risk.next_on and risk.next_on <= risk.on:
        raise UserError("下次再看的日期不在这次之后。", "请核对两个日期。")
    return save_records(desk, "登记风险", risk)


def report_to_police(desk: Desk, report: records.RiskReport) -> Change:
    """登记报告: the police or another organ were told (人民调解法 第25条); nothing else counts as a report.

    Raises:
        UserError: a moment that is still to come.
    """
    if report.told_at > wall_time(desk.clock.now()):
        raise UserError("报告的时间还没有到。", "请填写实际报告的时间。")
    return save_records(desk, "登记报告", report)


def check_minors(desk: Desk, dispute_id: UUID, hits: tuple[str, ...], by: str) -> Change:
    """未成年人核对: keep the answers about the nine situations.

    Whoever asks says that a minor is involved; without a hit the dispute notes it.

    With a hit nobody is named anywhere, and the trace tells the day only: who noticed is who reports.
    """
    actor = CONFIDENTIAL if hits else desk.actor
    with desk.office_file.change(actor, "未成年人核对", day_only=bool(hits)) as work:
        check = records.MinorCheck(
            id=special_id(desk, work.count(records.MinorCheck, dispute_id=dispute_id)),
            dispute_id=dispute_id,
            on=today(desk.clock),
            by="" if hits else by,
            result="存在或疑似存在" if hits else "逐项核对，没有发现",
            hits=hits,
        )
        dispute = work.get(records.Dispute, dispute_id)
        work.add(check)
        if MINOR_GROUP not in dispute.special_groups and not hits:
            work.update(replace(dispute, special_groups=(*dispute.special_groups, MINOR_GROUP)))
        return changed(work, record_id=check.id, dispute_id=dispute_id)
