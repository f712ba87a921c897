"""人员: the list, one entry with all that hangs on it, and the register's help while a party is typed."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from ui.access import unnamed_controls
from ui.shown import show
from ui.typing_in import type_in

from mediation_desktop.domain import records
from mediation_desktop.domain.people import as_party
from mediation_desktop.domain.records import Person, PersonKind
from mediation_desktop.services import people, queries
from mediation_desktop.services.drafts import draft
from mediation_desktop.services.mediators import kept_reasons
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages import person as person_page
from mediation_desktop.ui.pages.dispute import DisputePage
from mediation_desktop.ui.pages.people import PeoplePage
from mediation_desktop.ui.pages.person import PersonPage
from mediation_desktop.ui.pages.register import RegisterPage
from mediation_desktop.ui.widgets.rows import RowButton

NUMBER = "330825196205140010"


@pytest.fixture
def made(qtbot, workspace, desk, operations):
    """Make a page, shown and read."""

    def make(kind, argument=None):
        page = kind(workspace, AtDesk(desk))
        page.resize(1200, 700)
        show(qtbot, page)
        page.come(argument)
        operations.drain()
        return page

    return make


@pytest.fixture
def known(desk, new_id):
    """Give the register one man with everything about him."""
    man = Person(
        id=new_id(),
        name="张福根",
        sex="男",
        nation="畲族",
        id_number=NUMBER,
        phone="13912345678",
        village="鸡鸣村",
        address="龙游县东华街道鸡鸣村石塔巷12号",
    )
    people.save_person(desk, man)
    return man


def _entry(desk, person_id):
    return people.person_view(desk, person_id).person


def _fill(form, **texts):
    for key, text in texts.items():
        form.fields[key].editor.set_draft(text)
        form.fields[key].editor.edited.emit()


def _press(page, name):
    next(
        each
        for each in page.findChildren(QPushButton)
        if name in each.accessibleName() and each.isVisibleTo(page)
    ).click()


def _row(page, words):
    return next(
        each
        for each in page.findChildren(RowButton)
        if words in each.accessibleName() and each.isVisibleTo(page)
    )


# The list.


def test_an_empty_register_teaches_the_first_step(made, gone):
    page = made(PeoplePage)
    page.empty.step.click()
    assert gone == [("person", PersonKind.PERSON)]


def test_the_list_finds_by_number_and_shows_it_masked(made, known, operations, gone):
    page = made(PeoplePage)
    page.search.setText("12345678")
    page.search.searched.emit("12345678")
    operations.drain()
    model = page.table.model()
    shown = [model.index(0, at).data() for at in range(model.columnCount())]
    assert model.rowCount() == 1
    assert "330****0010" in shown
    assert NUMBER not in "".join(shown)
    assert "13912345678" not in "".join(shown)
    page.table.opened.emit(model.row(0))
    assert gone == [("person", known.id)]
    assert unnamed_controls(page) == []


# One entry.


def test_a_new_entry_is_kept_and_its_draft_goes(made, desk, operations):
    page = made(PersonPage, PersonKind.PERSON)
    _fill(page.form, name="李木水", id_number="330825197003020015", other_names="阿水、水根")
    page.flush_drafts()
    operations.drain()
    assert draft(desk, "person/new")
    page.save()
    operations.drain()
    (found,) = people.find_people(desk)
    assert _entry(desk, found).other_names == ("阿水", "水根")
    assert draft(desk, "person/new") is None
    assert unnamed_controls(page) == []


def test_what_was_typed_into_an_entry_is_there_again(made, known, operations):
    page = made(PersonPage, known.id)
    _fill(page.form, occupation="木匠")
    page.go_away()
    operations.drain()
    page.enter(known.id)
    operations.drain()
    assert page.form.values()["occupation"] == "木匠"


def test_an_entry_lists_every_dispute_and_one_click_opens_it(made, known, village, gone):
    dispute_id = village.dispute("李木水", guardian=records.Guardian(name="张福根", id_number=NUMBER))
    page = made(PersonPage, known.id)
    _row(page, "法定代理人").click()
    assert gone == [("dispute", dispute_id)]


def test_a_household_is_founded_and_filled(made, desk, known, operations, new_id):
    people.save_person(desk, Person(id=(wife := new_id()), name="王秀英"))
    page = made(PersonPage, known.id)
    _press(page, "以此人为户主建户")
    operations.drain()
    home = _entry(desk, known.id).household_id
    page.enter(home)
    operations.drain()
    page.household.joined.emit(wife)
    operations.drain()
    assert _entry(desk, wife).household_id == home
    _press(page, "把王秀英设为户主")
    operations.drain()
    assert people.take(desk, home).person.id == wife
    assert unnamed_controls(page) == []


def test_two_entries_of_one_person_are_merged_only_when_somebody_says_so(
    made, desk, known, operations, monkeypatch
):
    people.save_person(desk, Person(id=desk.new_id(), name="张富根", id_number=NUMBER))
    page = made(PersonPage, known.id)
    monkeypatch.setattr(person_page, "confirm", lambda *_words: False)
    _press(page, "是同一个，合并")
    operations.drain()
    assert len(people.find_people(desk)) == 2
    monkeypatch.setattr(person_page, "confirm", lambda *_words: True)
    _press(page, "是同一个，合并")
    operations.drain()
    assert tuple(people.find_people(desk)) == (known.id,)
    assert page.form.values()["other_names"] == "张富根"


def test_a_tie_is_noted_and_taken_back(made, desk, known, operations):
    page = made(PersonPage, known.id)
    _fill(page.ties.form, mediator="汪承平", kind="亲属", note="表弟")
    _press(page, "登记关系")
    operations.drain()
    assert people.person_view(desk, known.id).ties[0].tie.note == "表弟"
    _press(page, "取消与汪承平的关系")
    operations.drain()
    assert people.person_view(desk, known.id).ties == ()


# While a party is typed.


def test_suggestions_appear_while_typing_and_a_choice_by_keys_fills_everything(
    made, desk, known, operations, qtbot
):
    page = made(RegisterPage)
    form = page.parties.forms[0]
    name = form.fields["name"].editor
    name.setFocus()
    type_in(name, "张福")
    found = next(each for each in name.children() if hasattr(each, "found")).found
    qtbot.waitUntil(found.isVisible)
    QTest.keyClick(found, Qt.Key.Key_Down)
    QTest.keyClick(found, Qt.Key.Key_Return)
    operations.drain()
    values = form.values()
    assert (values["id_number"], values["nation"], values["phone"]) == (NUMBER, "畲族", "13912345678")
    assert values["person_id"] == known.id
    _fill(page.dispute_form, type_code="邻里", summary="树倒在邻居屋上。")
    _fill(page.parties.forms[1], name="李木水")
    page.save()
    operations.drain()
    assert len(people.find_people(desk)) == 2


def test_who_it_is_the_user_says_and_a_draft_remembers(made, known, operations, qtbot):
    page = made(RegisterPage)
    form = page.parties.forms[0]
    _fill(form, name="张福根")
    qtbot.waitUntil(lambda: form.known.says_something)
    assert form.values()["person_id"] is None
    _press(form, "就是张福根")
    operations.drain()
    assert form.values()["person_id"] == known.id
    page.go_away()
    operations.drain()
    again = made(RegisterPage)
    assert again.parties.forms[0].values()["person_id"] == known.id


@pytest.mark.usefixtures("known")
def test_another_person_of_the_same_name_gets_an_entry_of_its_own(made, desk, operations, qtbot):
    page = made(RegisterPage)
    form = page.parties.forms[0]
    _fill(form, name="张福根")
    qtbot.waitUntil(lambda: form.known.says_something)
    _press(form, "另一个人")
    assert not form.known.says_something
    _fill(page.dispute_form, type_code="邻里", summary="树倒在邻居屋上。")
    _fill(page.parties.forms[1], name="李木水")
    page.save()
    operations.drain()
    assert len(people.find_people(desk, text="张福根")) == 2


def test_somebody_else_typed_over_a_choice_is_somebody_else(made, known, operations):
    form = made(RegisterPage).parties.forms[0]
    form.take(known.id)
    operations.drain()
    _fill(form, name="李木水", id_number="330825197003020015")
    assert form.values()["person_id"] is None


def test_other_disputes_of_a_party_are_told_and_one_click_opens_them(made, known, village, gone, operations):
    earlier = village.dispute("李木水", agents=(records.Agent(name="张福根", id_number=NUMBER),))
    form = made(RegisterPage).parties.forms[0]
    form.take(known.id)
    operations.drain()
    row = _row(form, "委托代理人")
    row.click()
    assert gone == [("dispute", earlier)]


def test_capacity_is_asked_of_adults_only(made):
    form = made(RegisterPage).parties.forms[0]
    form.fields["has_guardian"].editor.click()
    assert form.fields["capacity"].isVisible()
    _fill(form, id_number="330825201304050014")
    assert not form.fields["capacity"].isVisible()
    assert form.fields["guardian_proof"].isVisible()


def test_what_was_typed_stays_where_the_register_knows_nothing_and_goes_with_a_wrong_choice(
    made, desk, known, operations, new_id
):
    people.save_person(desk, Person(id=(other := new_id()), name="李木水"))
    form = made(RegisterPage).parties.forms[0]
    _fill(form, name="张福根", occupation="木匠")
    form.take(known.id)
    operations.drain()
    assert form.values()["occupation"] == "木匠"
    form.known.let_go()
    form.take(other)
    operations.drain()
    assert (form.values()["name"], form.values()["phone"], form.values()["id_number"]) == ("李木水", "", "")


# Mediators.


@pytest.fixture
def near(desk, village, known):
    """Give a dispute of a man with whom the mediator 汪承平 is tied."""
    tie = records.Tie(
        id=desk.new_id(), mediator_id=village.mediators["汪承平"], person_id=known.id, kind="kin"
    )
    people.save_tie(desk, tie)
    dispute_id = village.dispute("张福根", "李木水")
    party = queries.dossier(desk, dispute_id).parties[0]
    with desk.office_file.change("汪承平", "认人") as work:
        work.update(replace(party, **as_party(known)))
    return dispute_id


@pytest.mark.usefixtures("near")
def test_a_conflict_is_told_before_the_mediator_is_named(made, known, operations, qtbot):
    page = made(RegisterPage)
    page.parties.forms[0].take(known.id)
    operations.drain()
    qtbot.waitUntil(lambda: "亲属" in page.against.text())


def test_a_mediator_near_a_party_stays_only_with_a_reason_or_another_is_chosen(
    made, near, desk, village, operations
):
    page = made(DisputePage, near)
    assert "亲属" in _row(page, "调解员汪承平").accessibleName()
    page.open_panel("mediators")
    mine, other = page.panel.forms
    page.panel.save()
    assert "还没有填写" in mine.fields["reason"].finding
    _fill(mine, reason="双方都同意")
    other.fields["mediates"].editor.click()
    next(iter(other.fields["chosen_by"].editor.boxes.values())).click()
    page.panel.save()
    operations.drain()
    dossier = queries.dossier(desk, near)
    assert [mediator.name for mediator in dossier.mediators] == ["汪承平", "周正明"]
    assert dossier.dispute.mediator_choices[0].mediator_id == village.mediators["周正明"]
    assert kept_reasons(dossier.overrides) == {village.mediators["汪承平"]: "双方都同意"}
    words = [part.text() for part in _row(page, "调解员周正明").findChildren(QLabel)]
    assert "周正明　张福根选定" in words


def test_a_changed_phone_is_said_to_be_in_the_register_too(made, near, desk, known, operations):
    page = made(DisputePage, near)
    page.open_panel("party", queries.dossier(desk, near).parties[0].id)
    operations.drain()
    _fill(page.panel.form, phone="13900000000")
    page.panel.save()
    operations.drain()
    assert "人员库" in page.banner.message
    assert _entry(desk, known.id).phone == "13900000000"
