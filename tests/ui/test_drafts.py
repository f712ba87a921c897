import time
from datetime import date

import pytest
from ui.typing_in import type_in

from mediation_desktop.ui.drafts import SAVE_WITHIN_MS, DraftKeeper
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit
from mediation_desktop.ui.widgets.form import Form


@pytest.fixture
def form(qtbot):
    made = Form()
    qtbot.addWidget(made)
    made.add("name", "姓名", LineEdit())
    made.add("on", "日期", DateEdit(lambda: date(2026, 6, 19)))
    made.show()
    return made


@pytest.fixture
def saved():
    return []


@pytest.fixture
def keeper(form, saved):
    return DraftKeeper(form, saved.append, lambda: saved.append(None), form)


@pytest.mark.usefixtures("keeper")
def test_a_draft_is_kept_within_two_seconds_even_while_typing_goes_on(form, saved, qtbot):
    started = time.monotonic()
    while not saved and time.monotonic() - started < 3:
        type_in(form.fields["name"].editor, "王")
        qtbot.wait(100)
    assert saved
    assert time.monotonic() - started < 2
    assert SAVE_WITHIN_MS < 2000


def test_unfinished_texts_are_kept_as_typed(form, keeper, saved, qtbot):
    qtbot.keyClicks(form.fields["on"].editor, "6.")
    keeper.flush()
    assert saved == [{"name": "", "on": "6."}]


def test_nothing_changed_means_nothing_written(form, keeper, saved):
    form.set_values({"name": "王小河"})
    keeper.flush()
    assert saved == []


def test_a_draft_comes_back_without_counting_as_a_change(form, keeper):
    assert keeper.restore({"name": "王", "on": "6."})
    assert form.draft() == {"name": "王", "on": "6."}
    assert not keeper.dirty
    assert not keeper.restore(None)


def test_saving_the_record_drops_the_draft_and_what_waited(form, keeper, saved, qtbot):
    type_in(form.fields["name"].editor, "王")
    keeper.drop()
    qtbot.wait(SAVE_WITHIN_MS + 100)
    assert saved == [None]
