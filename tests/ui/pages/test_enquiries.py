"""来访来电: kept in under a minute by keys alone, answered, or taken over into a dispute."""

from datetime import datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.access import cut_off, unnamed_controls
from ui.shown import show
from ui.typing_in import type_in

from mediation_desktop.domain.enquiries import EnquiryState
from mediation_desktop.domain.records import Enquiry
from mediation_desktop.services import disputes, queries
from mediation_desktop.services.drafts import draft
from mediation_desktop.services.enquiries import enquiries, enquiry_ids, save_enquiry
from mediation_desktop.services.office import switch_actor
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.enquiries import DRAFT_KEY, EnquiriesPage


@pytest.fixture
def at_desk(desk):
    return AtDesk(desk)


@pytest.fixture
def page(qtbot, workspace, at_desk, operations):
    made = EnquiriesPage(workspace, at_desk)
    made.resize(1166, 700)
    show(qtbot, made)
    made.come(None)
    operations.drain()
    return made


def ask(desk, name, **values):
    made = Enquiry(
        id=desk.new_id(), name=name, **({"at": datetime(2026, 6, 19, 8), "said": "问界址。"} | values)
    )
    save_enquiry(desk, made)
    return made.id


def kept(desk):
    return enquiries(desk, enquiry_ids(desk))


def names(page):
    model = page.table.model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def key(what, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), what, modifier)


def test_keys_alone_keep_an_enquiry_and_the_next_may_begin(page, desk, operations):
    """Name, Enter, phone, Enter, way, Enter, village, Enter, words, Ctrl+Enter, Enter."""
    assert page.form.fields["name"].editor.hasFocus()
    type_in(QApplication.focusWidget(), "张福根")
    key(Qt.Key.Key_Return)
    type_in(QApplication.focusWidget(), "13800001234")
    for _ in range(3):
        key(Qt.Key.Key_Return)
        QApplication.processEvents()
    type_in(QApplication.focusWidget(), "邻居的树倒在我屋上。")
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.save_button.hasFocus()
    key(Qt.Key.Key_Return)
    operations.drain()
    (one,) = kept(desk)
    assert (one.at, one.name, one.phone) == (datetime(2026, 6, 19, 9), "张福根", "13800001234")
    assert (one.how, one.village, one.said, one.taken_by) == (
        "visit",
        "鸡鸣村",
        "邻居的树倒在我屋上。",
        "汪承平",
    )
    assert page.banner.offer == "撤销：登记来访来电"
    assert page.form.fields["name"].editor.hasFocus()
    assert page.form.values()["name"] == ""
    assert names(page) == ["张福根"]


def test_there_are_six_fields_at_most_and_time_is_there_already(page):
    shown = [name for name, field in page.form.fields.items() if field.isVisible()]
    assert shown == ["at", "name", "phone", "how", "village", "said"]
    assert page.form.values()["at"] == datetime(2026, 6, 19, 9)


def test_what_is_missing_is_said_beside_its_field(page, desk, operations):
    page.save()
    operations.drain()
    assert kept(desk) == ()
    assert "还没有填写" in page.form.fields["name"].finding


def test_newest_first_by_word_and_by_state(page, desk, operations):
    ask(desk, "李木水", at=datetime(2026, 6, 18, 8), answer="到镇里问。")
    ask(desk, "张福根", phone="13800001234")
    page.refresh(None)
    operations.drain()
    assert names(page) == ["张福根", "李木水"]
    page.filters.setCurrentIndex(2)
    operations.drain()
    assert names(page) == ["李木水"]
    page.filters.setCurrentIndex(0)
    page.focus_find()
    type_in(page.search, "1380000")
    key(Qt.Key.Key_Return)
    operations.drain()
    assert names(page) == ["张福根"]
    model = page.table.model()
    assert not any("13800001234" in str(model.index(0, at).data()) for at in range(model.columnCount()))


def test_an_answer_is_written_into_the_opened_entry(page, desk, operations):
    asked = ask(desk, "张福根")
    page.refresh(None)
    operations.drain()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    operations.drain()
    assert page.form.fields["answer"].editor.hasFocus()
    type_in(QApplication.focusWidget(), "先找组长看老界桩。")
    page.save()
    operations.drain()
    assert enquiries(desk, [asked])[0].answer == "先找组长看老界桩。"
    assert enquiry_ids(desk, state=EnquiryState.ANSWERED) == (asked,)


def test_one_click_leads_to_the_registration_and_keeps_what_was_added(page, desk, operations, gone):
    asked = ask(desk, "张福根")
    page.come(asked)
    operations.drain()
    page.register_button.click()
    operations.drain()
    assert gone == [("register", asked)]
    page.come(asked)
    operations.drain()
    page.form.fields["phone"].editor.set_draft("13800001234")
    page.register_button.click()
    operations.drain()
    assert gone == [("register", asked)] * 2
    assert enquiries(desk, [asked])[0].phone == "13800001234"


def test_one_that_became_a_dispute_leads_there(page, desk, village, operations, gone):
    asked = ask(desk, "张福根")
    dispute = queries.dossier(desk, village.dispute("赵铁柱", "钱有财")).dispute
    fresh = replace(dispute, id=desk.new_id(), revision=None)
    disputes.register_dispute(desk, fresh, enquiry=enquiries(desk, [asked])[0])
    page.come(asked)
    operations.drain()
    assert not page.register_button.isVisible()
    page.open_button.click()
    assert gone == [("dispute", fresh.id)]


def test_what_was_typed_is_there_again_and_not_in_another_entry(page, desk, operations):
    asked = ask(desk, "李木水")
    type_in(page.form.fields["name"].editor, "张福根")
    page.come(asked)
    operations.drain()
    assert page.form.values()["name"] == "李木水"
    page.new_button.click()
    operations.drain()
    assert page.form.values()["name"] == "张福根"
    assert draft(desk, DRAFT_KEY)


def test_whoever_sits_at_the_desk_is_named(page, at_desk, desk):
    at_desk.switch(switch_actor(desk, "周正明"))
    assert page._who.text() == "接待人：周正明"


@pytest.mark.parametrize("large", [False, True])
def test_every_control_is_named_and_no_word_is_cut_off(page, desk, theme, qtbot, large):
    theme.apply(dark=False, large=large)
    asked = ask(desk, "张福根", how="met")
    page.come(asked)
    page.refresh(None)
    page.workspace.operations.drain()
    assert not unnamed_controls(page)
    qtbot.waitUntil(lambda: not cut_off(page))
    header = page.table.horizontalHeader()
    assert not [at for at in range(header.count()) if header.sectionSize(at) < header.sectionSizeHint(at)]
