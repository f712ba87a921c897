"""日程: who sits where and when, and what stands in each other's way."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.access import cut_off, unnamed_controls
from ui.shown import show
from village import TODAY

from mediation_desktop.services import sessions
from mediation_desktop.services.desk import Change
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.calendar import CalendarPage
from mediation_desktop.ui.widgets.days import DayCell, DayColumn
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def page(qtbot, workspace, desk):
    made = CalendarPage(workspace, AtDesk(desk))
    made.resize(1166, 640)
    return show(qtbot, made)


def come(page):
    page.come(None)
    settle(page)


def settle(page):
    page.workspace.operations.drain()
    QApplication.processEvents()


def key(page, which):
    QTest.keyClick(QApplication.focusWidget(), which)
    settle(page)


def columns(page):
    """Return the cards of every day shown, by the day's name."""
    return {
        column.accessibleName(): [card.accessibleName() for card in column.findChildren(RowButton)]
        for column in page._sheet.findChildren(DayColumn)
    }


def test_a_week_from_monday_to_sunday_with_its_sessions(page, village):
    dispute_id = village.dispute("王大山", "王小河", accepted_on=TODAY)
    village.session(dispute_id, datetime(2026, 6, 15, 8))
    village.session(dispute_id, datetime(2026, 6, 21, 16, 30), place="田头", mediator="周正明")
    village.session(dispute_id, datetime(2026, 6, 22, 9))
    come(page)
    assert page.range.text() == "2026年6月15日至6月21日"
    shown = columns(page)
    assert list(shown) == [
        "周一\n6月15日，1 次调解",
        *(f"周{word}\n6月{day}日，0 次调解" for word, day in zip("二三四", (16, 17, 18), strict=True)),
        "周五\n6月19日，今天，0 次调解",
        "周六\n6月20日，0 次调解",
        "周日\n6月21日，1 次调解",
    ]
    assert shown["周一\n6月15日，1 次调解"] == ["08:00–09:00，王大山与王小河，村委会调解室，汪承平，已安排"]
    assert shown["周日\n6月21日，1 次调解"] == ["16:30–17:30，王大山与王小河，田头，周正明，已安排"]
    assert page.note.isHidden()


def test_sessions_in_each_others_way_say_so(page, village):
    first = village.session(village.dispute("甲", "乙", accepted_on=TODAY), datetime(2026, 6, 19, 14))
    village.session(
        village.dispute("丙", "丁", accepted_on=TODAY), datetime(2026, 6, 19, 14, 30), mediator="周正明"
    )
    village.session(village.dispute("戊", "己", accepted_on=TODAY), datetime(2026, 6, 19, 16), place="田头")
    come(page)
    cards = columns(page)["周五\n6月19日，今天，3 次调解"]
    assert [card.rpartition("，")[2] for card in cards] == [
        "与 14:30 那次的地点冲突",
        "与 14:00 那次的地点冲突",
        "已安排",
    ]
    sessions.cancel_session(village.desk, first)
    page.workspace.broadcast(Change(frozenset({"session"})))
    settle(page)
    cards = columns(page)["周五\n6月19日，今天，3 次调解"]
    assert [card.rpartition("，")[2] for card in cards] == ["已取消", "已安排", "已安排"]


@pytest.mark.parametrize("way", ["mouse", Qt.Key.Key_Return])
def test_a_card_leads_to_its_dispute(page, village, gone, way):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    village.session(dispute_id, datetime(2026, 6, 19, 14))
    come(page)
    (card,) = page._sheet.findChildren(RowButton)
    if way == "mouse":
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    else:
        card.setFocus()
        QTest.keyClick(card, way)
    assert gone == [("dispute", dispute_id)]


def test_keys_turn_the_pages(page):
    come(page)
    page.setFocus()
    for which, text in (
        (Qt.Key.Key_Right, "2026年6月22日至6月28日"),
        (Qt.Key.Key_Right, "2026年6月29日至7月5日"),
        (Qt.Key.Key_T, "2026年6月15日至6月21日"),
        (Qt.Key.Key_Left, "2026年6月8日至6月14日"),
        (Qt.Key.Key_M, "2026年6月"),
        (Qt.Key.Key_Right, "2026年7月"),
        (Qt.Key.Key_T, "2026年6月"),
        (Qt.Key.Key_D, "2026年6月19日 周五"),
        (Qt.Key.Key_Left, "2026年6月18日 周四"),
        (Qt.Key.Key_W, "2026年6月15日至6月21日"),
    ):
        key(page, which)
        assert page.range.text() == text


def test_buttons_turn_the_pages_too(page):
    come(page)
    for one in (page.after, page.after, page.now, page.before):
        QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    settle(page)
    assert page.range.text() == "2026年6月8日至6月14日"
    assert page.before.accessibleName() == "上一周"


def test_months_turn_over_the_year(page):
    come(page)
    page.choose("month")
    page.day = date(2026, 12, 31)
    page.turn(1)
    assert page.day == date(2027, 1, 1)
    page.turn(-1)
    assert page.range.text() == "2026年12月"
    settle(page)


def test_a_month_in_whole_weeks_leads_to_its_days(page, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    for hour in (9, 11, 14, 16):
        village.session(dispute_id, datetime(2026, 7, 3, hour))
    come(page)
    page.choose("month")
    settle(page)
    cells = [cell.accessibleName() for cell in page._sheet.findChildren(DayCell)]
    assert len(cells) == 35
    assert (cells[0], cells[18], cells[-1]) == (
        "6月1日，0 次调解",
        "6月19日，今天，0 次调解",
        "7月5日，0 次调解",
    )
    assert cells[-3] == "7月3日，4 次调解"
    QTest.mouseClick(page._sheet.findChildren(DayCell)[-3], Qt.MouseButton.LeftButton)
    settle(page)
    assert page.range.text() == "2026年7月3日 周五"
    assert list(columns(page)) == ["4 次调解，4 次调解"]


def test_a_week_without_sessions_says_where_they_come_from(page):
    come(page)
    assert page.note.isVisible()
    assert "安排调解" in page.note.text()


def test_quick_turning_shows_only_where_it_ended(page):
    page.come(None)
    for _ in range(5):
        page.turn(1)
    settle(page)
    assert next(iter(columns(page))).startswith("周一\n7月20日")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("span", ["day", "week", "month"])
def test_every_control_is_named_and_no_word_is_cut_off(page, village, qtbot, large, span):
    dispute_id = village.dispute("龙游县东华街道鸡鸣村村民委员会", "诸葛明亮", "欧阳文秀", accepted_on=TODAY)
    village.session(dispute_id, datetime(2026, 6, 19, 14), place="社会治理中心二楼调解室")
    village.session(dispute_id, datetime(2026, 6, 19, 14, 30), place="田头")
    come(page)
    page.choose(span)
    settle(page)
    theme().apply(dark=True, large=large)
    settle(page)
    assert not unnamed_controls(page)
    qtbot.waitUntil(lambda: not cut_off(page))
