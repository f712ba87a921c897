from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from ui.access import unnamed_controls
from ui.shown import activate
from ui.typing_in import type_in

from mediation_desktop.domain.checks import Finding, Weight
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import (
    DateEdit,
    LineEdit,
    MoneyEdit,
    NumberEdit,
    TextEdit,
    Tick,
    TimeEdit,
)
from mediation_desktop.ui.widgets.form import Form

TODAY = date(2026, 6, 18)
OPTIONS = [
    Option("01", "相邻纠纷", "xljf"),
    Option("02", "邻里纠纷", "lljf"),
    Option("03", "合同纠纷", "htjf"),
]


@pytest.fixture
def form(qtbot):
    made = Form(2)
    made.add("name", "姓名", LineEdit(), required=True)
    made.add("on", "调解日期", DateEdit(lambda: TODAY))
    made.add("at", "时间", TimeEdit())
    made.add("type", "纠纷类型", Choice(OPTIONS))
    made.add("amount", "涉及金额", MoneyEdit())
    made.add("people", "人数", NumberEdit(1, 500))
    made.add("summary", "简要情况", TextEdit(), wide=True)
    made.add("agreed", "同意", Tick("双方同意调解"), wide=True)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    activate(qtbot, made)
    return made


def _type(form, key, text):
    editor = form.fields[key].editor
    editor.setFocus()
    type_in(editor, text)


def test_typed_texts_become_the_values_of_a_record(form):
    for key, text in {
        "name": " 王小河 ",
        "on": "6.19",
        "at": "930",
        "amount": "46,850.5",
        "people": "12",
    }.items():
        _type(form, key, text)
    form.fields["summary"].editor.setPlainText("树枝伸到屋顶。")
    form.fields["type"].editor.set_value("03")
    assert form.values() == {
        "name": "王小河",
        "on": date(2026, 6, 19),
        "at": time(9, 30),
        "type": "03",
        "amount": 4685050,
        "people": 12,
        "summary": "树枝伸到屋顶。",
        "agreed": False,
    }


def test_values_shown_come_back_unchanged(form):
    values = {
        "name": "王小河",
        "on": date(2026, 1, 2),
        "at": time(15, 5),
        "type": "02",
        "amount": 100,
        "people": 3,
        "summary": "甲\n乙",
        "agreed": True,
    }
    form.set_values(values)
    assert form.values() == values
    form.set_values(dict.fromkeys(values))
    assert form.values()["type"] is form.values()["amount"] is form.values()["on"] is None


def test_showing_values_is_no_edit_but_typing_is(form):
    edits = []
    form.edited.connect(lambda: edits.append(True))
    form.set_values({"name": "王小河", "summary": "甲", "type": "01", "agreed": True})
    form.set_draft({"name": "王", "summary": "乙", "on": "6.", "type": "邻"})
    assert edits == []
    _type(form, "name", "小")
    assert edits


def test_capitals_stand_below_an_amount_while_typing(form):
    _type(form, "amount", "325.04")
    assert form.fields["amount"]._below.text() == "大写：叁佰贰拾伍元零肆分"


def test_a_date_is_shown_with_its_weekday_and_tidied_on_leaving(form):
    _type(form, "on", "6.19")
    assert form.fields["on"]._below.text() == "2026年6月19日，星期五"
    form.fields["at"].editor.setFocus()
    assert form.fields["on"].editor.text() == "2026年6月19日"


@pytest.mark.parametrize(
    ("key", "typed"),
    [("on", "2.30"), ("at", "25:00"), ("amount", "一百"), ("people", "501"), ("type", "没有")],
)
def test_what_cannot_be_read_is_told_beside_the_field_and_stays_as_typed(form, key, typed):
    field = form.fields[key]
    field.editor.set_draft(typed)
    field.editor.setFocus()
    form.fields["summary"].editor.setFocus()
    assert field.finding.startswith("须改正：")
    assert field.editor.draft() == typed
    assert field.editor.value() is None
    assert field.finding in field.editor.accessibleDescription()


def test_a_form_with_a_missing_value_says_so_and_jumps_there(form, qtbot):
    form.fields["summary"].editor.setFocus()
    assert not form.ready()
    assert form.fields["name"].finding == "须改正：还没有填写姓名。"
    qtbot.waitUntil(form.fields["name"].editor.hasFocus)
    form.fields["on"].editor.setFocus()
    assert form.fields["name"].finding, "leaving it does not make it right"
    _type(form, "name", "王小河")
    form.fields["on"].editor.setFocus()
    assert not form.fields["name"].finding
    assert form.ready()


def test_a_form_that_goes_while_one_types_in_it_goes_quietly(qtbot):
    made = Form()
    made.add("name", "姓名", LineEdit())
    made.add("on", "日期", DateEdit(lambda: TODAY))
    made.add("type", "纠纷类型", Choice(OPTIONS))
    made.show()
    activate(qtbot, made)
    for field in made.fields.values():
        field.take_focus()
    made.deleteLater()
    del made, field
    qtbot.wait(50)


def test_findings_of_the_rules_stand_beside_their_fields(form, new_id):
    form.show_findings([Finding(Weight.WARNING, "金额偏大。", new_id(), "amount", "sample")])
    assert form.fields["amount"].finding == "请核对：金额偏大。"
    form.show_findings([])
    assert form.fields["amount"].finding == ""


def test_a_check_jumps_to_its_field_and_brings_it_into_view(form, qtbot):
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    holder = QWidget()
    QVBoxLayout(holder).addWidget(form)
    area.setWidget(holder)
    area.resize(400, 150)
    area.show()
    activate(qtbot, area)
    assert form.jump("summary")
    qtbot.waitUntil(form.fields["summary"].editor.hasFocus)
    assert area.verticalScrollBar().value() > 0
    assert not form.jump("nothing")
    form.setParent(None)


def test_enter_moves_on_through_the_whole_form(form, qtbot):
    order = []
    form.fields["name"].editor.setFocus()
    for key in form.fields:
        focus = QApplication.focusWidget()
        order.append(key if form.fields[key].isAncestorOf(focus) else type(focus).__name__)
        if key == "summary":
            qtbot.keyClick(focus, Qt.Key.Key_Return)
            qtbot.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        elif key != "agreed":
            qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert order == list(form.fields)
    with qtbot.waitSignal(form.completed, timeout=1000):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_a_form_uses_fewer_columns_where_there_is_less_room(form, qtbot):
    wide = form.fields["on"].y()
    form.resize(300, 900)
    qtbot.wait(20)
    assert wide == form.fields["name"].y() < form.fields["on"].y()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
@pytest.mark.parametrize(("typed", "code"), [("合同", "03"), ("xljf", "01")])
def test_a_choice_is_found_by_part_of_its_name_or_initials(form, qtbot, typed, code, key):
    choice = form.fields["type"].editor
    _type(form, "type", typed)
    qtbot.wait(100)  # the screen hands the focus to the list and back in its own time
    qtbot.keyClick(QApplication.activePopupWidget(), key)
    assert choice.value() == code
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.fields["amount"].editor)


def test_a_choice_is_picked_from_what_was_found_by_arrow_and_enter(form, qtbot):
    choice = form.fields["type"].editor
    _type(form, "type", "纠纷")
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    assert choice.value() == "02"


def test_a_beginning_that_only_one_entry_has_is_enough_and_an_unclear_part_is_told(qtbot):
    made = Choice([Option("1", "达成协议"), Option("2", "未达成协议"), Option("3", "延期")])
    qtbot.addWidget(made)
    made.set_draft("达成")
    made.lineEdit().editingFinished.emit()
    assert made.value() == "1"
    made.set_draft("协议")
    made.lineEdit().editingFinished.emit()
    assert made.value() is None
    assert made.fault() == "有几项都含“协议”，请从列表中选一项。"


def test_a_choice_lists_what_matches_by_any_word(qtbot):
    choice = Choice(OPTIONS)
    qtbot.addWidget(choice)
    finder = choice.completer()
    finder.setCompletionPrefix("jf")
    assert finder.completionCount() == 3
    finder.setCompletionPrefix("ll")
    assert finder.pathFromIndex(finder.completionModel().index(0, 0)) == "邻里纠纷"


def test_a_new_list_keeps_what_was_chosen(qtbot):
    choice = Choice(OPTIONS)
    qtbot.addWidget(choice)
    choice.set_value("02")
    choice.set_options([*OPTIONS, Option("04", "婚姻家庭纠纷")])
    assert choice.value() == "02"


def test_a_kept_code_that_left_the_list_stays_chosen(qtbot):
    choice = Choice(OPTIONS[:1])
    qtbot.addWidget(choice)
    choice.set_value("02")
    assert choice.value() == "02"
    choice.set_options(OPTIONS)
    assert choice.currentText() == "邻里纠纷"


def test_every_control_of_a_form_has_a_name(form):
    assert unnamed_controls(form) == []
