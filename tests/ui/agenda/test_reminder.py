"""Reminders: in the window, at the right minute, once, by one timer and the one worker."""

from datetime import datetime

import pytest
from desks import make_desk
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton
from village import TODAY, Village

from mediation_desktop.services import sessions
from mediation_desktop.ui.agenda.reminder import Reminder
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.shell import Banner


@pytest.fixture
def village(tmp_path, clock, new_id):
    made = make_desk(tmp_path / "office", clock, new_id)
    yield Village(made)
    made.office_file.close()


@pytest.fixture
def notice(qtbot):
    made = Banner()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def reminder(workspace, village, notice):
    at_desk = AtDesk(village.desk)
    made = Reminder(workspace, at_desk, notice)
    yield made
    made.stop()
    del at_desk


@pytest.fixture
def gone(workspace):
    places = []
    workspace.go_to.connect(lambda key, argument: places.append((key, argument)))
    return places


def look(reminder, clock, moment=None):
    """Have the timer go off at a moment."""
    if moment:
        clock.set(moment)
    reminder.timeout.emit()
    reminder._workspace.operations.drain()


def act(notice):
    next(each for each in notice.findChildren(QPushButton) if each.text()).click()


def test_a_quarter_of_an_hour_before_and_at_the_start_the_window_says_so(
    reminder, clock, village, notice, gone
):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    village.session(dispute_id, datetime(2026, 6, 19, 10))
    look(reminder, clock)
    look(reminder, clock, datetime(2026, 6, 19, 9, 44, 30))
    assert notice.message == ""
    look(reminder, clock, datetime(2026, 6, 19, 9, 45))
    assert notice.message == "提示：10:00 的调解还有 15 分钟：甲与乙，村委会调解室"
    notice.clear()
    look(reminder, clock, datetime(2026, 6, 19, 9, 45, 30))
    assert notice.message == ""
    look(reminder, clock, datetime(2026, 6, 19, 10, 0))
    assert notice.message == "提示：10:00 的调解时间到了：甲与乙，村委会调解室"
    act(notice)
    assert gone == [("dispute", dispute_id)]


def test_old_news_goes_by_itself(reminder, clock, village, notice):
    village.session(village.dispute("甲", "乙", accepted_on=TODAY), datetime(2026, 6, 19, 10))
    look(reminder, clock, datetime(2026, 6, 19, 10))
    look(reminder, clock, datetime(2026, 6, 19, 10, 15))
    assert notice.message
    look(reminder, clock, datetime(2026, 6, 19, 10, 16))
    assert notice.message == ""


def test_whoever_opens_just_before_a_session_is_told_too(qtbot, reminder, village, notice):
    village.session(village.dispute("甲", "乙", accepted_on=TODAY), datetime(2026, 6, 19, 9, 10))
    reminder.begin()
    qtbot.waitUntil(lambda: "还有 10 分钟" in notice.message)
    assert reminder.isActive()


def test_several_at_once_are_told_together_and_lead_to_the_calendar(reminder, clock, village, notice, gone):
    for names in (("甲", "乙"), ("丙", "丁")):
        village.session(village.dispute(*names, accepted_on=TODAY), datetime(2026, 6, 19, 10))
    look(reminder, clock, datetime(2026, 6, 19, 9, 50))
    assert "甲与乙" in notice.message
    assert "丙与丁" in notice.message
    act(notice)
    assert gone == [("calendar", None)]


def test_what_was_called_off_or_slept_through_is_not_told(reminder, clock, village, notice):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    sessions.cancel_session(village.desk, village.session(dispute_id, datetime(2026, 6, 19, 10)))
    village.session(dispute_id, datetime(2026, 6, 19, 9, 30))
    look(reminder, clock, datetime(2026, 6, 19, 10))
    assert notice.message == ""


def test_there_is_one_timer_and_it_looks_twice_a_minute(reminder):
    assert isinstance(reminder, QTimer)
    assert reminder.findChildren(QTimer) == []
    reminder.begin()
    reminder.look()
    assert reminder.interval() == 30_000
