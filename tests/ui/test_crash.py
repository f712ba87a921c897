import sys

import pytest
from PySide6.QtWidgets import QApplication
from ui.access import unnamed_controls

from mediation_desktop.ui.crash import CrashReporter, CrashWindow, crash_report

ID_NUMBER = "330102196001011230"


def _error():
    try:
        int(f"王大山 {ID_NUMBER} 13800138000")
    except ValueError as error:
        return error
    return None


def test_a_crash_report_names_nobody_but_the_place_in_the_program(clock):
    report = crash_report(_error(), clock.now())
    assert "ValueError" in report
    assert "_error" in report
    for private in ("王大山", ID_NUMBER, "13800138000"):
        assert private not in report


def test_the_program_goes_on_after_a_mistake_in_the_window(clock, expect_log):
    expect_log("unexpected exception")
    reporter = CrashReporter(clock)
    reporter.install()
    try:
        error = _error()
        sys.excepthook(type(error), error, error.__traceback__)
        window = _open_window()
    finally:
        reporter.remove()
    assert "ValueError" in window.report
    window.close()


def _open_window():
    [window] = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, CrashWindow) and each.isVisible()
    ]
    return window


@pytest.fixture
def window(qtbot):
    made = CrashWindow("报告")
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_report_can_be_saved_and_copied(window, tmp_path):
    window.save(tmp_path / "报告.txt")
    assert (tmp_path / "报告.txt").read_text(encoding="utf-8") == "报告"
    window._copy()
    assert QApplication.clipboard().text() == "报告"


def test_a_report_that_cannot_be_saved_says_so(window, tmp_path):
    window.save(tmp_path / "没有这个文件夹" / "报告.txt")
    assert window._said.text()
    assert not (tmp_path / "没有这个文件夹").exists()


def test_every_control_of_the_crash_window_has_a_name(window):
    assert unnamed_controls(window) == []
