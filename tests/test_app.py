"""The pieces put together: what is seen first, the lock, and a smoke test that hears everything."""

import json
import logging
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
from desks import KEY, make_desk
from msgspec.structs import replace

pytest.importorskip("PySide6")

from PySide6.QtCore import QtMsgType
from PySide6.QtWidgets import QApplication

from mediation_desktop import app
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.services import office
from mediation_desktop.services.office import DEVICE_KEYS, PASSWORD_SLOT
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.office_file import KEYS_NAME
from mediation_desktop.ui.crash import CrashWindow
from mediation_desktop.ui.entry.firststart import FirstStart
from mediation_desktop.ui.entry.person import PersonButton
from mediation_desktop.ui.entry.unlock import UnlockScreen

PASSWORD = "zhuhai2026"  # noqa: S105 - made up for this test
SLOW_TO_IMPORT = {
    "PIL",
    "PySide6.QtPdf",
    "PySide6.QtPrintSupport",
    "alembic",
    "docx",
    "fontTools",
    "jsonschema_rs",
    "pikepdf",
    "pypinyin",
    "reportlab",
}


@pytest.fixture
def folder(tmp_path, clock, new_id):
    """Make an office with a password and leave it closed."""
    desk = make_desk(tmp_path, clock, new_id)
    with desk.office_file.change("汪承平", "开通本单位") as work:
        work.put_setting(DEVICE_KEYS, new_device_keys().to_text())
    desk.office_file.close()
    keyslots.add_password_slot(tmp_path / KEYS_NAME, PASSWORD_SLOT, KEY, PASSWORD)
    return tmp_path


@contextmanager
def program_on(folder):
    program = app.Program(folder)
    try:
        program.come_in()
        program.window.show()
        yield program
    finally:
        program.window.close()
        program.end()
        QApplication.processEvents()


def cover_of(program, kind):
    return program.window.findChild(kind)


def give_password(program, password):
    screen = cover_of(program, UnlockScreen)
    screen.form.set_values({"password": password})
    screen.enter_button.click()
    program.operations.drain()
    program.operations.drain()


@pytest.mark.usefixtures("qapp")
def test_an_empty_folder_is_met_with_the_first_questions(tmp_path):
    with program_on(tmp_path / "new") as program:
        assert cover_of(program, FirstStart).isVisible()


@pytest.mark.usefixtures("qapp")
def test_an_office_is_met_with_the_lock_and_opened_by_its_password(folder):
    with program_on(folder) as program:
        assert program.window.covered
        give_password(program, "wrong-one")
        assert program.window.covered
        give_password(program, PASSWORD)
        assert not program.window.covered
        assert program.window.current.title == "工作台"
        assert "鸡鸣村调委会" in program.window.windowTitle()
    office.open_with_key(folder, KEY).office_file.close()


@pytest.mark.usefixtures("qapp")
def test_who_holds_the_office_is_named_before_anything_is_typed(folder):
    with office.open_with_key(folder, KEY).office_file, program_on(folder) as program:
        assert "打开着办公数据" in cover_of(program, UnlockScreen).banner.message


@pytest.mark.usefixtures("qapp")
def test_the_lock_covers_the_window_until_the_password_is_given(folder):
    with program_on(folder) as program:
        give_password(program, PASSWORD)
        program.window.go("settings")
        program.window.lock_wanted.emit()
        assert program.window.covered
        assert not program.window.current.isVisible()
        give_password(program, "wrong-one")
        assert program.window.covered
        give_password(program, PASSWORD)
        assert program.window.current.isVisible()
        assert program.window.current.title == "设置"


@pytest.mark.usefixtures("qapp")
def test_somebody_else_sits_down_and_is_offered_first_next_time(folder):
    with program_on(folder) as program:
        give_password(program, PASSWORD)
        person = program.window.findChild(PersonButton)
        assert person.text() == "汪承平"
        person.menu().aboutToShow.emit()
        next(one for one in person.menu().actions() if one.text() == "周正明").trigger()
        program.operations.drain()
        assert person.text() == "周正明"
    with program_on(folder) as program:
        give_password(program, PASSWORD)
        assert program.window.findChild(PersonButton).text() == "周正明"


@pytest.mark.usefixtures("qapp")
def test_the_rail_follows_the_offices_name(folder):
    with program_on(folder) as program:
        give_password(program, PASSWORD)
        desk = program.at_desk.desk
        view = office.office_view(desk)
        program.workspace.broadcast(office.save_office(desk, replace(view.office, name="新名调委会")))
        assert "新名调委会" in program.window.windowTitle()


@pytest.mark.usefixtures("qapp")
def test_a_mistake_in_any_thread_reaches_the_crash_window_and_the_log(tmp_path, expect_log, qtbot):
    expect_log("unexpected exception")

    def fail():
        raise RuntimeError("made up")

    with program_on(tmp_path) as program:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: program.window.findChild(CrashWindow) is not None)
        program.window.findChild(CrashWindow).accept()
    assert "made up" in (tmp_path / "mediation-desktop.log").read_text(encoding="utf-8")


def test_qt_is_heard_in_the_log(caplog):
    with caplog.at_level(logging.DEBUG):
        app._hear_qt(QtMsgType.QtInfoMsg, None, "something about a font")
    assert "something about a font" in caplog.text


def test_nothing_slow_is_imported_before_the_window():
    code = (
        "import json, sys, mediation_desktop.app, mediation_desktop.ui.pages.home;"
        "print(json.dumps(sorted(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not SLOW_TO_IMPORT & set(json.loads(ran.stdout))


def test_the_smoke_test_opens_everything_quietly_and_leaves_the_folder_alone(tmp_path):
    ran = _smoke(tmp_path, "")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "trouble",
    [
        "import warnings; warnings.warn('a Python warning')",
        "from PySide6.QtCore import qWarning; qWarning('a warning of Qt')",
        "import logging; logging.getLogger('x').warning('a log record')",
    ],
)
def test_the_smoke_test_hears_every_kind_of_warning(tmp_path, trouble):
    ran = _smoke(tmp_path, trouble)
    assert ran.returncode != 0
    assert "a " in ran.stderr


def _smoke(folder, trouble):
    """Run the smoke test in a process of its own, with ``trouble`` made while it listens."""
    code = f"""
import sys
from pathlib import Path
from mediation_desktop import app
visit = app._visit_everything
def visit_with_trouble(folder):
    {trouble or "pass"}
    visit(folder)
app._visit_everything = visit_with_trouble
sys.exit(app.run_window(Path({str(folder)!r}), smoke_test=True))
"""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_what_a_crash_left_of_attachments_goes_at_the_next_start(folder):
    shelf, working = folder / "attachments" / "ab", folder / "working"
    for place in (shelf, working):
        place.mkdir(parents=True)
    (shelf / f"ab{'0' * 62}.age").write_bytes(b"sealed for a record that was never saved")
    (shelf / "half.~new").write_bytes(b"half")
    (working / "1.mp3").write_bytes(b"a readable copy")
    with program_on(folder) as program:
        assert list(working.iterdir()) == []
        give_password(program, PASSWORD)
        assert list(shelf.iterdir()) == []
        (working / "2.mp3").write_bytes(b"a readable copy")
    assert list(working.iterdir()) == []
