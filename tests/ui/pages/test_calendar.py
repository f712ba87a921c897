"""日程: who sits where and when, and what stands in each other's way."""

from datetime import date, datetime, time

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from ui.access import cut_off, unnamed_controls
from ui.shown import show
from village import TODAY

from mediation_desktop.services import queries, sessions
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


def seen(page, kind):
    return [each for each in page.findChildren(kind) if each.isVisible()]


def press(page, words):
    button = next(each for each in seen(page, QPushButton) if each.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(page)


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


def test_a_party_asked_to_two_places_is_told_on_both_cards_and_in_the_month(page, village):
    phone = {"phone": "13900000001"}
    village.session(village.dispute("甲", "乙", accepted_on=TODAY, **phone), datetime(2026, 6, 19, 14))
    village.session(
        village.dispute("丙", "乙", accepted_on=TODAY, **phone),
        datetime(2026, 6, 19, 14, 30),
        place="田头",
        mediator="周正明",
    )
    come(page)
    cards = columns(page)["周五\n6月19日，今天，2 次调解"]
    assert [card.rpartition("，")[2] for card in cards] == [
        "与 14:30 那次的当事人乙冲突",
        "与 14:00 那次的当事人乙冲突",
    ]
    page.choose("month")
    settle(page)
    assert page._sheet.findChildren(DayCell)[18].accessibleName() == "6月19日，今天，2 次调解，有时间冲突"


def test_a_session_is_moved_from_the_calendar_with_a_warning_that_does_not_bar(page, village, desk):
    first = village.session(village.dispute("甲", "乙", accepted_on=TODAY), datetime(2026, 6, 19, 14))
    second = village.session(village.dispute("丙", "丁", accepted_on=TODAY), datetime(2026, 6, 18, 9))
    come(page)
    move = next(each for each in seen(page, QPushButton) if each.accessibleName().endswith("丙与丁"))
    QTest.mouseClick(move, Qt.MouseButton.LeftButton)
    settle(page)
    assert page.mover.isVisible()
    assert page.mover.form.fields["day"].editor.hasFocus()
    page.mover.form.set_values({"day": date(2026, 6, 19), "time": time(14, 30)})
    page.mover.form.fields["time"].editor.left.emit()
    assert "撞了地点、调解员" in page.mover._warned.text()
    QTest.mouseClick(page.mover.main, Qt.MouseButton.LeftButton)
    settle(page)
    assert page.banner.message.startswith("请注意：已改到6月19日 14:30。")
    assert not page.mover.isVisible()
    assert len(columns(page)["周五\n6月19日，今天，2 次调解"]) == 2
    moved = queries.dossier(desk, second.dispute_id).sessions[0]
    assert (moved.id, moved.starts_at) == (second.id, datetime(2026, 6, 19, 14, 30))
    assert queries.dossier(desk, first.dispute_id).sessions[0].starts_at == first.starts_at


def test_only_what_is_still_planned_can_be_moved(page, village, desk):
    held = village.session(village.dispute("甲", "乙", accepted_on=TODAY), datetime(2026, 6, 18, 9))
    sessions.record_session(desk, replace(held, result="未达成"))
    come(page)
    assert not [each for each in seen(page, QPushButton) if each.text() == "改时间"]


def test_the_phone_list_of_tomorrow_is_shown_and_copied(page, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY, phone="13900000001")
    village.session(dispute_id, datetime(2026, 6, 20, 14))
    come(page)
    assert "13900000001" not in " ".join(each.text() for each in seen(page, QLabel))
    press(page, "电话单")
    assert page.calls.text.splitlines() == [
        "14:00　甲与乙　村委会调解室",
        "　　甲（申请人）　13900000001",
        "　　乙（被申请人）　13900000001",
    ]
    press(page, "复制电话单")
    assert "乙（被申请人）　13900000001" in QApplication.clipboard().text()
    press(page, "收起")
    assert not page.calls.isVisible()
    press(page, "电话单")
    page.go_away()
    come(page)
    assert not page.calls.isVisible()


def test_a_day_without_sessions_has_nobody_to_call(page):
    come(page)
    press(page, "电话单")
    assert page.calls.text == "这一天没有安排调解。"


@pytest.mark.parametrize("named", [False, True])
def test_the_span_shown_is_written_as_a_calendar_file(page, village, tmp_path, named):
    dispute_id = village.dispute("甲大山", "乙小河", accepted_on=TODAY)
    for day in (1, 30):
        village.session(dispute_id, datetime(2026, 6, day, 14))
    village.session(dispute_id, datetime(2026, 7, 1, 14))
    come(page)
    page.choose("month")
    settle(page)
    offered = []
    page.exporter.chooser = lambda _parent, name: offered.append(name) or str(tmp_path / "六月")
    press(page, "导出日历文件")
    page.exporter.named.setChecked(named)
    press(page, "选择保存位置")
    assert offered == ["调解日程20260601-20260630.ics"]
    assert "已把 2 次调解写进“六月.ics”" in page.banner.message
    text = (tmp_path / "六月.ics").read_text("utf-8")
    assert text.count("BEGIN:VEVENT") == 2
    assert ("甲大山" in text) is named


def test_turning_the_page_puts_the_export_of_the_other_span_away(page):
    come(page)
    press(page, "导出日历文件")
    page.turn(1)
    settle(page)
    assert not page.exporter.isVisible()


def test_choosing_no_file_writes_none(page, tmp_path):
    come(page)
    page.exporter.chooser = lambda _parent, _name: ""
    press(page, "导出日历文件")
    press(page, "选择保存位置")
    assert list(tmp_path.glob("*.ics")) == []
    assert page.exporter.isVisible()


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
    page.ask_export()
    page.show_calls()
    settle(page)
    theme().apply(dark=True, large=large)
    settle(page)
    assert not unnamed_controls(page)
    qtbot.waitUntil(lambda: not cut_off(page))
