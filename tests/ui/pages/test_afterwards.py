"""The dispute page after the agreement, and where somebody is in danger."""

from datetime import date, datetime

import pytest
from desks import sample
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from ui.access import cut_off, unnamed_controls
from ui.shown import show
from village import TODAY

from mediation_desktop.domain import records
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.services import papers, queries, safety, special
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.drafts import draft
from mediation_desktop.services.home import home
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.dispute import DisputePage
from mediation_desktop.ui.widgets.rows import RowButton

OWN = "zhuhai2026"


@pytest.fixture
def at_desk(desk):
    return AtDesk(desk)


@pytest.fixture
def page(qtbot, workspace, at_desk):
    made = DisputePage(workspace, at_desk)
    made.resize(1200, 700)
    return show(qtbot, made)


@pytest.fixture
def come(page, operations):
    """Show a dispute, and return a function that does it again."""

    def again(dispute_id, key="", argument=None):
        page.come(dispute_id)
        operations.drain()
        if key:
            page.open_panel(key, argument)
            operations.drain()
        QApplication.processEvents()  # only then is what was just made seen
        return page.panel

    return again


@pytest.fixture
def save(page, operations):
    """Press the panel's main button and wait."""

    def press():
        page.panel.main.click()
        operations.drain()
        QApplication.processEvents()

    return press


def told(page):
    """Return every sentence on the page, alerts and panel included."""
    return "".join(each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page))


def fill(form, **values):
    form.set_values(values)
    form.edited.emit()


def press(page, words):
    next(
        each for each in page.findChildren(QPushButton) if each.text() == words and each.isVisibleTo(page)
    ).click()


@pytest.fixture
def accident(desk, new_id, clock):
    """Give an agreement in effect with one payment to come."""
    clock.set(datetime(2026, 6, 8, 9))
    case = sample(3, new_id)
    dispute_id = enter(desk, replace(case, dossier=replace(case.dossier, payments=(), followups=())))
    found = queries.dossier(desk, dispute_id)
    handed = tuple(records.Delivery(party_id=party.id, on=date(2026, 6, 3)) for party in found.parties)
    papers.record_deliveries(desk, found.papers[-1].id, handed)
    return dispute_id


def test_from_the_first_payment_to_the_closed_dispute(page, come, save, desk, accident):
    """The panels follow each other: paid in two parts, performed, visited, closed."""
    come(accident)
    assert page.panel.key == "payment"
    assert page.panel.form.values()["amount_fen"] == 1748435
    fill(page.panel.form, amount_fen=1000000, proof="转账截图")
    save()
    assert page.panel.form.values()["amount_fen"] == 748435
    assert "已付10,000.00元，还差7,484.35元" in told(page)
    fill(page.panel.form, proof="转账截图")
    save()
    assert page.panel.key == "performed"
    assert "都已经登记履行" in told(page)
    save()
    assert page.panel.key == "closing"
    assert "没有回访记录" in told(page)
    press(page, "补记回访")
    assert page.panel.form.values()["performance"] == "已履行"
    fill(page.panel.form, how="电话", result="钢板已取，双方满意。")
    save()
    assert page.panel.key == "closing"
    assert "没有回访记录" not in told(page)
    assert page.panel.form.values()["result"] == "调解成功，协议已履行"
    save()
    found = queries.dossier(desk, accident)
    assert found.dispute.state is DisputeState.CLOSED
    assert "回访：钢板已取，双方满意。" in found.closings[0].summary
    rows = "".join(row.accessibleName() for row in page.findChildren(RowButton))
    for words in ("徐长林付款10,000.00元，转账截图", "回访（电话）", "结案：调解成功，协议已履行"):
        assert words in rows


def test_what_is_open_is_said_and_the_step_may_be_taken_all_the_same(page, come, save, desk, accident):
    panel = come(accident, "performed")
    assert "徐长林付方子睿17,484.35元" in told(page)
    save()
    assert queries.dossier(desk, accident).dispute.state is DisputeState.PERFORMING
    assert "确实已经履行的，勾上再办" in panel.form.fields["anyway"].finding
    fill(panel.form, anyway=True)
    save()
    assert queries.dossier(desk, accident).dispute.state is DisputeState.PERFORMED


def test_an_act_is_done_on_its_day_and_an_urging_is_told(page, come, save, desk, clock):
    clock.set(datetime(2026, 6, 29, 9))
    case = sample(1, desk.new_id)
    dispute_id = enter(desk, replace(case, dossier=replace(case.dossier, payments=(), followups=())))
    come(dispute_id, "urging")
    fill(page.panel.form, how="电话", reply="明天就修")
    save()
    come(dispute_id, "act")
    fill(page.panel.form, performed_on=date(2026, 6, 28), performed_note="到场看过")
    save()
    rows = "".join(row.accessibleName() for row in page.findChildren(RowButton))
    assert "履行（电话），明天就修" in rows
    assert "到场看过" in rows
    assert sum(bool(item.performed_on) for item in queries.dossier(desk, dispute_id).obligations) == 1


def test_the_courts_refusal_asks_for_its_reasons_only(page, come, save, desk, clock):
    clock.set(datetime(2026, 9, 10, 9))
    case = sample(7, desk.new_id)
    dispute_id = enter(desk, replace(case, dossier=replace(case.dossier, confirmations=())))
    panel = come(dispute_id, "confirmation")
    reasons = panel.answer.fields["reasons"]
    assert not reasons.isVisibleTo(page)
    fill(panel.answer, result="驳回", ruled_on=date(2026, 9, 9), ruling_number="（2026）浙0825民特9号")
    panel.answer.fields["result"].editor.edited.emit()
    assert reasons.isVisibleTo(page)
    assert "内容不明确" in panel.reasons.boxes
    assert "不归法院受理" not in panel.reasons.boxes
    fill(panel.application, court="龙游县人民法院", applicants=["申请人姜利民"])
    fill(panel.answer, reasons=["内容不明确"])
    save()
    assert "共同申请" in page.banner.message
    fill(panel.application, applicants=["申请人姜利民", "被申请人傅晓丽"], materials=["调解协议"])
    save()
    found = queries.dossier(desk, dispute_id)
    assert found.dispute.state is DisputeState.NOT_CONFIRMED
    assert found.confirmations[0].note == "原因：内容不明确"
    assert found.steps[-1].reason == "内容不明确"
    come(dispute_id, "confirmation")
    assert page.panel.application.values()["applicants"] == ("申请人姜利民", "被申请人傅晓丽")


# Danger.


@pytest.fixture
def quarrel(village):
    """Give an accepted dispute between two people."""
    return village.dispute("甲大山", "乙小河", accepted_on=TODAY)


def test_a_signal_stands_in_red_until_the_police_were_told(page, come, save, quarrel):
    come(quarrel, "risk")
    fill(page.panel.form, level="一级", signal="可能引发刑事案件", reasons=["扬言报复或者准备器械"])
    save()
    assert page.panel.key == "risk_report"
    assert "尚未报告公安机关（可能引发刑事案件）" in told(page)
    come(quarrel)
    assert "尚未报告公安机关" in told(page)
    press(page, "登记报告")
    fill(page.panel.form, told="东华派出所", how="110电话", reply="马上到场")
    save()
    assert "尚未报告公安机关" not in told(page)


def test_a_tick_stops_everything_at_once(page, come, save, desk, quarrel):
    panel = come(quarrel, "minor_check")
    stop = "先打110报警，再补登记"
    assert stop not in told(page)
    next(iter(panel.form.fields["hits"].editor.boxes.values())).click()
    assert stop in told(page)
    save()
    assert page.panel.key == "minor_report"
    assert "这件事不能调解" in told(page)
    grey = next(each for each in page.findChildren(QPushButton) if each.text() == "安排调解")
    assert not grey.isEnabled()
    assert queries.dossier(desk, quarrel).minor_checks[0].hits == ("private_parts",)


def test_a_child_among_the_parties_is_asked_about_first(page, come, save, village):
    dispute_id = village.dispute("甲大山", "乙小河", accepted_on=TODAY, birth_date=date(2013, 4, 5))
    assert come(dispute_id).key == "minor_check"
    assert "九项核对还没有做" in told(page)
    save()
    assert page.panel.key == "notice"
    assert "九项核对还没有做" not in told(page)


def test_a_sign_of_violence_at_home_opens_the_report(page, come, save, quarrel):
    come(quarrel, "risk")
    fill(page.panel.form, level="二级", reasons=["有家庭暴力迹象"])
    save()
    assert page.panel.key == "minor_report"
    assert "有家庭暴力迹象" in told(page)


def test_the_first_report_asks_for_a_personal_password_and_is_then_opened_with_it(
    page, come, save, desk, quarrel
):
    come(quarrel, "minor_report")
    fill(page.panel.form, new=OWN, again=OWN)
    save()
    assert "不留草稿" in told(page)
    fill(page.panel.form, unit="东华派出所", what="身上有伤", reporter="吴阿婆")
    page.panel.further.add().set_values({"to": "民政办"})
    save()
    assert "汪承平" in page.banner.message
    rows = [row for row in page.findChildren(RowButton) if "专门登记" in row.accessibleName()]
    assert [row.accessibleName() for row in rows] == ["2026年6月19日，专门登记（凭个人密码查看）"]
    assert "吴阿婆" not in told(page)
    assert "还有专门记录的变动" in told(page)
    assert "吴阿婆" not in page._changes.text
    assert "保密" not in page._changes.text
    rows[0].click()
    fill(page.panel.form, password=OWN[::-1])
    save()
    assert "个人密码不对" in page.banner.message
    fill(page.panel.form, password=OWN)
    save()
    assert page.panel.form.values()["reporter"] == "吴阿婆"
    assert [form.values()["to"] for form in page.panel.further.forms] == ["民政办"]
    fill(page.panel.form, receipt_number="警0619")
    save()
    (record,) = queries.dossier(desk, quarrel).sealed_records
    assert special.open_special(desk, record, OWN).receipt_number == "警0619"


def test_what_only_few_may_read_leaves_no_draft_and_is_gone_on_leaving(page, come, desk, at_desk, quarrel):
    special.set_personal_password(desk, OWN)
    for go in (page.go_away, page.flush_drafts, lambda: at_desk.switch(replace(desk, actor="周正明"))):
        panel = come(quarrel, "private_talk")
        fill(panel.more, note="她怕他")
        key = panel.draft_key
        go()
        page.workspace.operations.drain()
        assert page.panel is None or page.panel.key != "private_talk"
        assert draft(desk, key) is None
        at_desk.switch(desk)
    with desk.office_file.read() as reader:
        assert reader.drafts() == ()


def test_a_private_talk_is_sealed_with_the_answers_given(page, come, save, desk, quarrel):
    special.set_personal_password(desk, OWN)
    panel = come(quarrel, "private_talk")
    party = queries.dossier(desk, quarrel).parties[1]
    fill(panel.asked, party=str(party.id))
    fill(panel.questions, afraid="是", apart="否")
    save()
    (record,) = queries.dossier(desk, quarrel).sealed_records
    talk = special.open_special(desk, record, OWN)
    assert (record.kind, talk.party_id) == ("private_talk", party.id)
    assert [(one.code, one.yes) for one in talk.answers] == [("afraid", True), ("apart", False)]
    come(quarrel, "private_talk", record.id)
    QTest.keyClicks(QApplication.focusWidget(), OWN)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    page.workspace.operations.drain()
    assert page.panel.questions.values()["afraid"] == "是"


@pytest.fixture(params=[False, True])
def type_size(request, theme):
    """Have everything in normal and in large type."""
    theme.apply(dark=False, large=request.param)


@pytest.mark.usefixtures("type_size")
def test_every_panel_is_named_and_no_word_is_cut_off(page, come, desk, qtbot, accident):
    special.set_personal_password(desk, OWN)
    safety.judge_risk(
        desk,
        records.Risk(
            id=desk.new_id(),
            dispute_id=accident,
            on=date(2026, 6, 8),
            level="一级",
            signal="可能引发治安案件",
            reason="有家庭暴力迹象",
        ),
    )
    keys = ("payment", "act", "performed", "urging", "visit", "closing", "confirmation")
    for key in (*keys, "risk", "risk_report", "minor_check", "minor_report", "private_talk"):
        come(accident, key)
        assert unnamed_controls(page) == []
        qtbot.waitUntil(lambda: not cut_off(page))
    assert len(home(desk).after.unreported) == 2


def test_a_reminder_opens_the_payment_that_it_told_of(page, operations, desk, new_id, clock):
    """Copies nobody fetched would come first, and another creditor; the reminder decides."""
    clock.set(datetime(2026, 7, 14, 9))
    wages = enter(desk, sample(2, new_id))
    second = queries.dossier(desk, wages).obligations[1]
    page.come(wages)
    operations.drain()
    assert page.panel.key == "signing"
    page.come((wages, "payment", second.id))
    operations.drain()
    assert page.panel.key == "payment"
    values = page.panel.form.values()
    assert (values["creditor"], values["amount_fen"]) == (str(second.creditor_id), 500000)
    page.refresh(None)
    operations.drain()
    assert page.panel.form.values()["creditor"] == str(second.creditor_id)


def test_what_was_saved_offers_its_paper(page, come, save, accident, gone):
    come(accident, "payment")
    save()
    press(page, "打印收条")
    (paid,) = queries.dossier(page.desk, accident).payments
    assert gone[-1] == ("paper", (accident, "payment_receipt", paid.id, None))
    come(accident, "visit")
    fill(page.panel.form, how="电话", result="双方满意。")
    save()
    press(page, "打印回访记录")
    (visit,) = queries.dossier(page.desk, accident).followups
    assert gone[-1] == ("paper", (accident, "followup", visit.id, None))
    come(accident, "performed")
    save()
    save()
    press(page, "打印封面、目录和封底")
    assert (page.panel.key, page.panel.argument) == ("pack", "filing")
