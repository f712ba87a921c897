"""Several of a list: by mouse, by key, kept as a draft, and who left the list is not forgotten."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.access import unnamed_controls
from ui.shown import show

from mediation_desktop.ui.widgets.choice import Option
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.ticks import TickList

OPTIONS = [Option("a", "汪承平"), Option("b", "周正明"), Option("c", "余小雯")]


@pytest.fixture
def form(qtbot):
    made = Form(columns=1)
    made.add("who", "调解员", TickList(OPTIONS, needed="请勾选调解员。"), required=True)
    made.add("place", "地点", LineEdit())
    return show(qtbot, made)


def ticks(form):
    return form.fields["who"].editor


def test_its_value_is_what_is_ticked_in_the_order_of_the_list(form):
    form.set_values({"who": ["c", "a"]})
    assert form.values()["who"] == ("a", "c")
    heard = []
    form.edited.connect(lambda: heard.append(form.values()["who"]))
    QTest.mouseClick(ticks(form).boxes["c"], Qt.MouseButton.LeftButton)
    assert heard == [("a",)]


def test_somebody_who_left_the_list_stays_in_the_value(form):
    form.set_values({"who": ["gone", "b"]})
    assert form.values()["who"] == ("gone", "b")


def test_a_draft_comes_back(form):
    form.set_values({"who": ["b", "c"]})
    draft = form.draft()
    form.clear()
    assert form.values()["who"] == ()
    form.set_draft(draft)
    assert form.values()["who"] == ("b", "c")


def test_nothing_ticked_is_told_and_mended_by_one_tick(form):
    assert not form.ready()
    assert "请勾选调解员" in form.fields["who"].finding
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert form.values()["who"] == ("a",)
    assert form.fields["who"].finding == ""


def test_tab_goes_from_tick_to_tick_and_enter_moves_on(form):
    form.begin()
    assert ticks(form).boxes["a"].hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert ticks(form).boxes["b"].hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert form.fields["place"].editor.hasFocus()


def test_every_tick_has_a_name_that_says_what_it_is_for(form):
    assert unnamed_controls(form) == []
    assert ticks(form).boxes["a"].accessibleName() == "调解员：汪承平"
