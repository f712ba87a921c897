"""Sheets of forms: Enter and Tab go on as the eye does, boxes are as high as their text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea
from ui.shown import show

from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import LineEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat, Sheet

_MOST_STOPS = 40


def _line_form():
    made = Form(columns=4, column_ems=8)
    made.add("speaker", "发言人", LineEdit())
    made.add("said", "发言内容", TextEdit(lines=2), rest=True)
    return made


@pytest.fixture
def sheet(qtbot):
    made = Sheet()
    made.frame = Form()
    made.frame.add("place", "地点", LineEdit())
    made.lines = Repeat(_line_form, noun="发言", least=1, compact=True)
    made.result = Form()
    made.result.add("result", "结果", LineEdit())
    made.add("frame", made.frame)
    made.add("lines", made.lines)
    made.add("result", made.result)
    made.resize(800, 600)
    return show(qtbot, made)


def _stops(sheet, qtbot):
    """Return the names of what Tab stops at, from the first field to the last."""
    sheet.begin()
    names = []
    for _ in range(_MOST_STOPS):
        names.append(QApplication.focusWidget().accessibleName())
        if names[-1] == "结果":
            return names
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to the end: {names}")


def test_tab_goes_as_the_eye_does_through_forms_added_later_too(sheet, qtbot):
    sheet.lines.add()
    QApplication.processEvents()
    assert _stops(sheet, qtbot) == [
        *("地点", "发言人", "发言内容", "移除发言1", "发言人", "发言内容", "移除发言2"),
        *("增加发言", "结果"),
    ]


def test_enter_goes_from_part_to_part_and_offers_one_more(sheet, qtbot):
    sheet.begin()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget().accessibleName() == "发言人"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget().accessibleName() == "增加发言"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert sheet.lines.forms[1].fields["speaker"].editor.hasFocus()
    sheet.result.begin()
    with qtbot.waitSignal(sheet.completed, timeout=1000):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_the_speaker_stands_left_of_what_was_said_where_there_is_room(qtbot, theme):
    form = _line_form()
    form.resize(theme.ems(40), 300)
    show(qtbot, form)
    speaker, said = form.fields.values()
    assert speaker.y() == said.y()
    assert said.width() > 2 * speaker.width()
    form.resize(theme.ems(12), 300)
    qtbot.waitUntil(lambda: said.y() > speaker.y())


@pytest.mark.parametrize("large", [False, True])
def test_a_text_box_is_as_high_as_its_text_and_has_no_scroll_bar(qtbot, theme, large):
    theme.apply(dark=False, large=large)
    form = Form(columns=1)
    form.add("text", "内容", TextEdit(lines=2))
    form.resize(400, 600)
    show(qtbot, form)
    box = form.fields["text"].editor
    empty = box.height()
    assert empty < 4 * box.fontMetrics().lineSpacing()
    box.setPlainText("一\n二\n三\n四\n五")
    qtbot.waitUntil(lambda: box.height() >= empty + 3 * box.fontMetrics().lineSpacing())
    assert box.verticalScrollBar().maximum() == 0


def test_the_page_follows_a_text_that_grows_out_of_sight(qtbot):
    form = Form(columns=1)
    for at in range(6):
        form.add(f"text{at}", "内容", TextEdit(lines=2))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.resize(400, 300)
    show(qtbot, area)
    box = form.fields["text2"].editor
    form.fields["text2"].take_focus()
    for _ in range(8):
        qtbot.keyClick(box, Qt.Key.Key_Return)

    def line_in_sight():
        place = box.viewport().mapTo(area.viewport(), box.cursorRect().bottomLeft())
        return area.viewport().rect().contains(place)

    qtbot.waitUntil(line_in_sight)


class _LongPage(Page):
    def __init__(self, workspace):
        super().__init__(workspace)
        self.saved = 0
        self.text = TextEdit(lines=60)
        self.save = button("保存登记", self._save, kind="primary")
        self.body.addWidget(self.text)
        self.body.addWidget(self.save)
        self.keep_in_sight(self.save)

    def _save(self):
        self.saved += 1


def _second_self(page):
    return next(each for each in page.findChildren(QPushButton) if each.text() == "保存登记（Ctrl+S）")


def test_the_main_button_has_a_second_self_while_it_is_out_of_sight(qtbot, workspace):
    page = _LongPage(workspace)
    page.resize(800, 500)
    show(qtbot, page)
    second = _second_self(page)
    qtbot.waitUntil(second.isVisible)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    page.text.setFocus()
    qtbot.keyClick(page.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.saved == 2
    bar = page.findChild(QScrollArea, "pageScroll").verticalScrollBar()

    def gone_at_the_bottom():
        bar.setValue(bar.maximum())
        return not second.isVisible()

    qtbot.waitUntil(gone_at_the_bottom)


def test_a_text_box_follows_its_width(qtbot, theme):
    box = TextEdit(lines=1)
    box.set_value("乙方负责将甲方受损窗户、墙体、屋面修复至不漏雨，由双方和调解员共同验收。")
    show(qtbot, box).resize(theme.ems(60), 40)
    wide = box.sizeHint().height()
    box.resize(theme.ems(12), 40)
    assert box.sizeHint().height() > wide
