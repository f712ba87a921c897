"""J1: from nothing to a working office through the real window, by keyboard and by mouse."""

import unicodedata
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.access import unnamed_controls
from ui.shown import show
from ui.typing_in import type_in

from mediation_desktop.exchange.activation import ActivationPack, Recipient, write_activation
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.services.office import office_view, open_office, recipients
from mediation_desktop.services.passwords import recovery_sheet_due
from mediation_desktop.system import sealing
from mediation_desktop.ui.entry import recovery
from mediation_desktop.ui.entry.firststart import FirstStart
from mediation_desktop.ui.papers.printing import PrintOrder

PASSWORD = "zhuhai2026"  # noqa: S105 - made up for this test


@pytest.fixture
def made():
    desks = []
    yield desks
    for desk in desks:
        desk.office_file.close()


@pytest.fixture
def screen(qtbot, operations, tmp_path, clock, made):
    shown = FirstStart(operations, tmp_path, clock)
    shown.made.connect(made.append)
    return show(qtbot, shown)


@pytest.fixture
def sheet_file(tmp_path, monkeypatch):
    """Choose a printer that prints into a file."""
    paper = tmp_path / "sheet.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(paper))
    monkeypatch.setattr(recovery, "ask_printer", lambda *_: PrintOrder(printer, (0,), 1))
    return paper


def a_pack(folder):
    pack = ActivationPack(
        county="龙游县社会治理中心",
        office_code="LY0101",
        office_name="鸡鸣村调委会",
        recipients=(Recipient(id="county", name="县社会治理中心", public_key=sealing.new_identity().public),),
        county_signers=(new_device_keys().signing_public,),
        serial=1,
        valid_until=date(2027, 12, 31),
    )
    path = folder / "county.tjkeys"
    write_activation(path, pack)
    return path


def drop(widget, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)


def answer_office(screen):
    screen.office.form.set_values({"committee": "龙游县东华街道鸡鸣村人民调解委员会", "code": "LY0101"})
    screen.next_button.click()


def answer_people(screen):
    screen.people.form.set_values({"mediators": "汪承平\n周正明"})
    screen.next_button.click()


def answer_password(screen):
    screen.secret.form.set_values({"password": PASSWORD, "again": PASSWORD})
    screen.next_button.click()


def test_by_keyboard_alone_an_office_is_ready(screen, operations, tmp_path, made, qtbot):
    def keys(*lines):
        for line in lines:
            type_in(QApplication.focusWidget(), line)
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    keys("东华街道", "鸡鸣村", "", "LY0101", "", "龙东", "")
    assert screen.people.isVisible()
    type_in(QApplication.focusWidget(), "汪承平")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    keys("余小雯", PASSWORD, PASSWORD)
    operations.drain()
    view = office_view(made[0])
    assert view.committee.name == "东华街道鸡鸣村人民调解委员会"
    assert view.office.name == view.committee.name
    assert (view.committee.town, view.committee.number_word) == ("东华街道", "龙东")
    assert view.names == ("汪承平", "余小雯")
    with qtbot.waitSignal(screen.finished):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    made.pop().office_file.close()
    open_office(tmp_path, PASSWORD).office_file.close()


def test_a_dropped_pack_fills_code_and_name_and_brings_the_recipients(screen, operations, tmp_path, made):
    drop(screen.office.pack, a_pack(tmp_path))
    operations.drain()
    assert screen.office.form.values()["code"] == "LY0101"
    answer_office(screen)
    answer_people(screen)
    answer_password(screen)
    operations.drain()
    assert office_view(made[0]).office.name == "鸡鸣村调委会"
    assert [one.name for one in recipients(made[0])] == ["县社会治理中心"]


def test_a_file_that_is_no_pack_is_refused_above_and_the_answers_stay(screen, operations, tmp_path):
    wrong = tmp_path / "照片.tjkeys"
    wrong.write_bytes(b"\xff\xd8")
    screen.office.form.set_values({"village": "鸡鸣村"})
    drop(screen.office.pack, wrong)
    operations.drain()
    assert "不是开通包" in screen.banner.message
    assert screen.office.form.values()["village"] == "鸡鸣村"


def test_what_is_missing_is_said_beside_its_field(screen):
    screen.next_button.click()
    fields = screen.office.form.fields
    assert "调解委员会全称" in fields["committee"].finding
    assert "单位代码" in fields["code"].finding
    assert fields["village"].finding == ""
    assert screen.office.isVisible()


def test_two_different_passwords_go_no_further(screen, made, operations):
    answer_office(screen)
    answer_people(screen)
    screen.secret.form.set_values({"password": PASSWORD, "again": PASSWORD + "x"})
    screen.next_button.click()
    operations.drain()
    assert "不一样" in screen.secret.form.fields["again"].finding
    assert not made


def test_a_short_password_is_said_beside_its_field(screen, made, operations):
    answer_office(screen)
    answer_people(screen)
    screen.secret.form.set_values({"password": "1234567", "again": "1234567"})
    screen.next_button.click()
    operations.drain()
    assert "太短" in screen.secret.form.fields["password"].finding
    assert not made


def test_one_can_go_back_and_nothing_typed_is_lost(screen):
    answer_office(screen)
    screen.people.form.set_values({"mediators": "汪承平"})
    screen.back_button.click()
    assert screen.office.isVisible()
    assert screen.office.form.values()["code"] == "LY0101"
    screen.next_button.click()
    assert screen.people.form.values()["mediators"] == "汪承平"


def test_a_bad_code_comes_back_from_the_service_and_can_be_mended(screen, operations, made):
    screen.office.form.set_values({"committee": "鸡鸣村调委会", "code": "东华1号"})
    screen.next_button.click()
    answer_people(screen)
    answer_password(screen)
    operations.drain()
    assert "单位代码" in screen.banner.message
    assert not made
    for _step in range(2):
        screen.back_button.click()
    screen.office.form.set_values({"code": "LY0101"})
    for _step in range(3):
        screen.next_button.click()
    operations.drain()
    assert made


def test_the_printed_recovery_sheet_says_whose_it_is_and_the_code(
    screen, operations, made, sheet_file, qtbot
):
    answer_office(screen)
    answer_people(screen)
    answer_password(screen)
    operations.drain()
    assert recovery_sheet_due(made[0])
    with qtbot.waitSignal(screen.finished):
        screen.recovery.print_button.click()
    assert not recovery_sheet_due(made[0])
    text = _text_of(sheet_file)
    for part in (screen.recovery.code.text(), "东华街道鸡鸣村", "2026年6月19日"):
        assert part in text
    assert "汪承平" not in text


def test_every_control_has_a_name(screen):
    assert unnamed_controls(screen) == []


def _text_of(path):
    from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415 - only this test reads a PDF

    document = QPdfDocument(None)
    document.load(str(path))
    text = document.getAllText(0).text()
    document.close()
    return unicodedata.normalize("NFKC", text)  # the file names some glyphs by their radicals
