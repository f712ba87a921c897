"""工作台: everything to be done is there and one click away."""

from datetime import datetime, timedelta

import pytest
from desks import sample
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.access import cut_off, unnamed_controls
from ui.shown import show
from village import TODAY

from mediation_desktop.domain.records import Risk
from mediation_desktop.services import queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.desk import Change
from mediation_desktop.services.drafts import keep_draft
from mediation_desktop.services.safety import judge_risk
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.home import HomePage
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def page(qtbot, workspace, desk):
    made = HomePage(workspace, AtDesk(desk))
    made.resize(1200, 640)
    show(qtbot, made)
    yield made
    made.go_away()


def come(page):
    page.come(None)
    page.workspace.operations.drain()


def rows(work_list):
    return [row.accessibleName() for row in work_list.findChildren(RowButton)]


def test_an_empty_office_is_taught_the_first_step(page, gone):
    come(page)
    step = next(one for one in page.findChildren(type(page.register_button)) if one.isVisible())
    assert step.text() == "登记第一件纠纷"
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    assert gone == [("register", None)]


def test_the_day_is_named(page):
    come(page)
    assert page.heading.text() == "工作台　2026年6月19日 周五"


def test_the_next_day_comes_by_itself(page, clock, operations):
    come(page)
    clock.advance(hours=20)
    page._look_at_clock()
    operations.drain()
    assert "6月20日 周六" in page.heading.text()


def test_each_thing_stands_in_its_place_with_its_count(page, village):
    village.dispute("王大山", "王小河", accepted_on=TODAY - timedelta(days=5))
    near = village.dispute("赵铁柱", "钱有财", accepted_on=TODAY - timedelta(days=3))
    village.session(near, datetime(2026, 6, 19, 14))
    village.session(near, datetime(2026, 6, 18, 14))
    come(page)
    assert rows(page.overdue) == ["王大山与王小河，（2026）龙东人调字第001号　邻里　简易，超期 2 天"]
    assert page.overdue.count.text() == "1 件"
    assert rows(page.near)[0].endswith("今天到期")
    assert rows(page.sessions) == [
        "6月18日 周四 14:00　赵铁柱与钱有财，村委会调解室　汪承平，待补记录",
        "6月19日 周五 14:00　赵铁柱与钱有财，村委会调解室　汪承平，今天",
    ]
    assert page.unsealed.count.text() == "没有"
    assert page.unsealed.accessibleName() == "待盖章，没有"


@pytest.mark.parametrize("way", ["mouse", Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_whole_row_leads_to_its_dispute(page, village, gone, way):
    late = village.dispute("王大山", "王小河", accepted_on=TODAY - timedelta(days=5))
    come(page)
    row = page.overdue.row_at(0)
    if way == "mouse":
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().bottomRight() / 2)
    else:
        row.setFocus()
        QTest.keyClick(QApplication.focusWidget(), way)
    assert gone == [("dispute", late)]


def test_a_change_elsewhere_is_seen_at_once(page, village, workspace, operations):
    come(page)
    village.dispute("王大山", "王小河", accepted_on=TODAY - timedelta(days=5))
    workspace.broadcast(Change(frozenset({"dispute"})))
    operations.drain()
    assert len(rows(page.overdue)) == 1
    assert page.register_button.isVisible()


def test_what_did_not_change_keeps_the_focus(page, village, workspace, operations):
    village.dispute("王大山", "王小河", accepted_on=TODAY - timedelta(days=5))
    come(page)
    row = page.overdue.row_at(0)
    row.setFocus()
    workspace.broadcast(Change(frozenset({"dispute"})))
    operations.drain()
    assert QApplication.focusWidget() is row


def test_unfinished_writing_is_offered_back(page, desk, village, gone):
    dispute_id = village.dispute("王大山", "王小河")
    come(page)
    assert not page.unfinished.isVisible()
    keep_draft(desk, "register", {"a": "b"})
    keep_draft(desk, f"dispute/{dispute_id}/record/x", {"a": "b"})
    keep_draft(desk, f"dispute/{dispute_id}/facts", {"a": "b"})
    come(page)
    assert page.unfinished.isVisible()
    assert rows(page.unfinished) == [
        "有一份没写完的登记，继续写，6月19日 09:00 留存",
        "王大山与王小河，有没保存的内容，继续写，6月19日 09:00 留存",
    ]
    for at in (0, 1):
        page.unfinished.row_at(at).click()
    assert gone == [("register", None), ("dispute", dispute_id)]


def test_unfinished_enquiries_are_offered_back_too(page, desk, gone, new_id):
    come(page)
    asked = new_id()
    keep_draft(desk, "enquiry/", {"a": "b"})
    keep_draft(desk, f"enquiry/{asked}", {"a": "b"})
    keep_draft(desk, f"register/{asked}", {"a": "b"})
    come(page)
    assert [name.partition("，继续写")[0] for name in rows(page.unfinished)] == [
        "有一条没写完的来访来电",
        "有一条没写完的来访来电",
        "有一份没写完的登记（来自来访来电）",
    ]
    for at in range(3):
        page.unfinished.row_at(at).click()
    assert gone == [("enquiries", None), ("enquiries", asked), ("register", asked)]


def test_who_comes_to_ask_is_one_click_away(page, gone):
    come(page)
    QTest.mouseClick(page.enquiry_button, Qt.MouseButton.LeftButton)
    assert gone == [("enquiries", None)]


def test_a_long_list_shows_a_few_first_and_more_on_wish(page, village):
    for number in range(8):
        village.dispute(f"甲{number}", "乙", accepted_on=TODAY - timedelta(days=9))
    come(page)
    assert len(rows(page.overdue)) == 5
    assert page.overdue.count.text() == "8 件"
    more = next(
        one for one in page.overdue.findChildren(type(page.register_button)) if "还有 3 件" in one.text()
    )
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(rows(page.overdue)) == 8
    assert QApplication.focusWidget() is page.overdue.row_at(5)


@pytest.mark.parametrize("large", [False, True])
def test_every_control_is_named_and_no_word_is_cut_off(page, village, theme, qtbot, large):
    theme.apply(dark=False, large=large)
    late = village.dispute(
        "龙游县东华街道鸡鸣村村民委员会", "诸葛明亮", "欧阳文秀", accepted_on=TODAY - timedelta(days=5)
    )
    village.session(late, datetime(2026, 6, 19, 14), place="龙游县东华街道社会治理中心二楼第三调解室")
    keep_draft(village.desk, "register", {"a": "b"})
    come(page)
    assert not unnamed_controls(page)
    qtbot.waitUntil(lambda: not cut_off(page))


def test_danger_stands_first_and_only_when_there_is_any(page, village, desk):
    dispute_id = village.dispute("王大山", "王小河", accepted_on=TODAY)
    come(page)
    assert not page.unreported.isVisible()
    assert not page.rejudge.isVisible()
    assert not page.confirmations.isVisible()
    judge_risk(
        desk,
        Risk(
            id=desk.new_id(),
            dispute_id=dispute_id,
            on=TODAY,
            level="一级",
            signal="可能引发治安案件",
        ),
    )
    come(page)
    assert rows(page.unreported) == ["王大山与王小河，尚未报告公安机关：可能引发治安案件，尚未报告"]
    assert page.unreported.y() < page.overdue.y()


def test_a_visit_and_the_last_day_for_the_court_are_named(page, desk, new_id, clock):
    clock.set(datetime(2026, 10, 3, 9))
    case = sample(7, new_id)
    enter(desk, replace(case, dossier=replace(case.dossier, confirmations=())))
    come(page)
    assert rows(page.confirmations) == ["姜利民与傅晓丽，共同申请司法确认　2026年10月8日，还剩 5 天"]
    assert rows(page.visits) == ["姜利民与傅晓丽，协议生效后回访（一般）　2026年9月18日，超期 15 天"]


def test_what_is_owed_leads_to_where_it_is_written_down(page, desk, new_id, clock, gone):
    clock.set(datetime(2026, 7, 14, 9))
    wages = enter(desk, sample(2, new_id))
    come(page)
    owed = [item.id for item in queries.dossier(desk, wages).obligations]
    for at in range(len(owed)):
        page.due.row_at(at).click()
    page.visits.row_at(0).click()
    assert {target for _place, target in gone[:-1]} == {(wages, "payment", one) for one in owed}
    assert gone[-1] == ("dispute", (wages, "visit", None))


def test_an_act_that_is_owed_leads_to_where_it_is_written_down(page, desk, new_id, clock, gone):
    clock.set(datetime(2026, 6, 28, 9))
    case = sample(1, new_id)
    tree = enter(desk, replace(case, dossier=replace(case.dossier, payments=(), followups=())))
    come(page)
    acts = [item for item in queries.dossier(desk, tree).obligations if item.amount_fen is None]
    next(row for row in page.due.findChildren(RowButton) if acts[0].what in row.accessibleName()).click()
    assert gone == [("dispute", (tree, "act", acts[0].id))]
