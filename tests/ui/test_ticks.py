"""Boxes to tick: their value, their draft, and room for them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.access import unnamed_controls
from ui.shown import show

from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.ticks import Ticks

WORDS = ["扬言报复", "纠集亲友", "酗酒闹事"]


@pytest.fixture
def form(qtbot):
    made = Form(columns=1)
    made.add("ticks", "理由", Ticks(WORDS), wide=True)
    made.add("more", "其他", LineEdit())
    made.resize(600, 200)
    return show(qtbot, made)


def test_what_is_ticked_is_its_value_in_the_lists_order(form):
    ticks = form.fields["ticks"].editor
    heard = []
    form.edited.connect(lambda: heard.append(1))
    for word in (WORDS[2], WORDS[0]):
        ticks.boxes[word].click()
    assert form.values()["ticks"] == (WORDS[0], WORDS[2])
    assert len(heard) == 2


def test_a_draft_brings_the_ticks_back_and_an_empty_one_clears_them(form):
    form.set_values({"ticks": WORDS[:2]})
    texts = form.draft()
    form.clear()
    assert form.values()["ticks"] == ()
    form.set_draft(texts)
    assert form.values()["ticks"] == tuple(WORDS[:2])


def test_a_kept_word_that_left_the_list_stays_ticked(form):
    form.set_values({"ticks": ["旧的说法", WORDS[1]]})
    assert set(form.values()["ticks"]) == {"旧的说法", WORDS[1]}
    form.fields["ticks"].editor.offer(WORDS)
    assert set(form.values()["ticks"]) == {"旧的说法", WORDS[1]}


def test_it_is_ticked_and_left_by_keyboard_and_every_box_is_named(form):
    form.begin()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert form.values()["ticks"] == (WORDS[0],)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.fields["more"].editor
    assert unnamed_controls(form) == []


def test_a_narrow_place_has_one_column(form, qtbot):
    ticks = form.fields["ticks"].editor
    first, second = ticks.boxes[WORDS[0]], ticks.boxes[WORDS[1]]
    assert first.y() == second.y()
    alone = Ticks(WORDS)
    qtbot.addWidget(alone)
    alone.resize(120, 200)
    alone.show()
    qtbot.waitUntil(lambda: len({box.x() for box in alone.boxes.values()}) == 1)
