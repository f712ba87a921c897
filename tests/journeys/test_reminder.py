"""While the program is open, its window says that a session is about to begin; never over the lock."""

from datetime import datetime

from PySide6.QtWidgets import QWidget
from village import TODAY, Village


def test_the_open_window_says_that_a_session_is_about_to_begin(program, clock):
    village = Village(program.at_desk.desk)
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY)
    village.session(dispute_id, datetime(2026, 6, 19, 10))
    assert program.reminder.isActive()
    assert program.window.notice.message == ""
    clock.set(datetime(2026, 6, 19, 9, 46))
    program.reminder.timeout.emit()
    program.operations.drain()
    assert "10:00 的调解还有 14 分钟：张福根与李木水" in program.window.notice.message
    program.window.go("calendar")
    program.operations.drain()
    assert program.window.notice.isVisible()
    program.window.cover(QWidget())
    assert not program.window.notice.isVisible()
    program.window.uncover()
    assert program.window.notice.isVisible()
