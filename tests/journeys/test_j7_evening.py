"""J7: settled in the lane before lunch, entered in the evening; the handwritten record is the record."""

from datetime import date, datetime

from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.records import (
    Agreement,
    AgreementForm,
    DisputeState,
    Obligation,
    SessionState,
    Term,
)
from mediation_desktop.services import agreements, disputes, queries
from mediation_desktop.system.clock import wall_time
from mediation_desktop.ui.widgets.rows import RowButton

EVENING = datetime(2026, 6, 19, 19, 30)
BEFORE_LUNCH = datetime(2026, 6, 19, 11, 15)


def _desk(hand):
    return hand.program.at_desk.desk


def _dossier(hand):
    return queries.dossier(_desk(hand), queries.dispute_lines(_desk(hand))[0].id)


def _timeline(hand):
    return [each.accessibleName() for each in hand.window.current.findChildren(RowButton) if each.isVisible()]


def test_settled_before_lunch_and_entered_in_the_evening(hand, clock):
    clock.set(EVENING)
    _register(hand)

    hand.fill("时间", "10:50")
    hand.press("保存告知记录")

    hand.press("直接补记调解")
    hand.fill("时间", "11:15")
    hand.fill("用了多少分钟", "40")
    hand.fill("地点", "石塔巷口")
    hand.fill("手写记录共几页", "3")
    hand.fill("调解结果", "达成协议")
    hand.press("保存调解记录")
    assert hand.says() == "完成：已保存调解记录。"

    dossier = _dossier(hand)
    (session,) = dossier.sessions
    assert dossier.dispute.state is DisputeState.MEDIATING
    assert (session.state, session.starts_at, session.minutes) == (SessionState.HELD, BEFORE_LUNCH, 40)
    assert (session.sheets, session.lines) == (3, ())
    assert wall_time(session.created_at) == EVENING
    assert dossier.notices[0].told_at == datetime(2026, 6, 19, 10, 50)
    told = _timeline(hand)
    notice = next(row for row in told if "口头告知权利义务" in row)
    assert notice.startswith("2026年6月19日 10:50")
    assert "当天19:30录入" in notice
    lane = next(row for row in told if "石塔巷口" in row)
    assert lane.startswith("2026年6月19日 11:15")
    assert "手写记录 3 页，原件在卷" in lane
    assert "当天19:30录入" in lane
    assert "没有告知" not in lane

    _agree_orally(hand, dossier)
    dossier = _dossier(hand)
    assert dossier.dispute.state is DisputeState.PERFORMING
    assert dossier.dispute.finished_on == date(2026, 6, 19)
    hand.go("日程")
    hand.open_row("张福根与李木水")
    assert any("达成口头协议，当日生效" in row for row in _timeline(hand))


def _register(hand):
    hand.register()
    hand.fill("纠纷类型", "邻里")
    hand.fill("案件来源", "主动调解")
    hand.fill("纠纷简要情况", "两家为巷口排水沟争吵，当场说好。")
    hand.fill("发生日期", "今天")
    hand.fill("地位", "甲方")
    hand.fill("姓名或名称", "张福根")
    hand.fill("地位", "乙方", nth=1)
    hand.fill("姓名或名称", "李木水", nth=1)
    hand.press("保存登记")


def _agree_orally(hand, dossier):
    """Enter the oral agreement that was reached in the lane (人民调解法 第28、30条)."""
    desk, (a, b) = _desk(hand), dossier.parties
    agreement = Agreement(
        id=desk.new_id(),
        dispute_id=dossier.dispute.id,
        number="",
        form=AgreementForm.ORAL,
        terms=(Term(text="李木水三天内把沟掏通。"),),
        agreed_on=BEFORE_LUNCH.date(),
    )
    owed = Obligation(
        id=desk.new_id(),
        dispute_id=dossier.dispute.id,
        agreement_id=agreement.id,
        position=0,
        debtor_id=b.id,
        creditor_id=a.id,
        what="掏通排水沟",
        due_on=date(2026, 6, 22),
    )
    agreements.save_agreement(desk, agreement, (owed,))
    for action in (Action.AGREE, Action.TAKE_EFFECT):
        change = disputes.take_step(desk, dossier.dispute.id, action, BEFORE_LUNCH.date())
    hand.program.workspace.broadcast(change)
    hand.settle()
