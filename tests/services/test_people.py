"""The register of people: kept by itself, never merged by itself, and telling what somebody was before."""

from datetime import date

import pytest
from msgspec.structs import replace
from village import Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.people import Likeness, Sought
from mediation_desktop.domain.records import Person, PersonKind
from mediation_desktop.services import disputes, people, queries

NUMBER = "330825196205140010"


@pytest.fixture
def village(desk):
    """Give the office people who quarrel."""
    return Village(desk)


def _entries(desk):
    with desk.office_file.read() as reader:
        return reader.find(Person)


def _parties(desk, dispute_id):
    return queries.dossier(desk, dispute_id).parties


def _named(desk, name):
    return next(person for person in _entries(desk) if person.name == name)


def test_a_new_party_is_in_the_register_in_the_same_transaction(desk, village):
    dispute_id = village.dispute("张福根", "李木水", phone="13900000001")
    entries = {person.id: person.name for person in _entries(desk)}
    linked = {party.person_id: party.name for party in _parties(desk, dispute_id)}
    assert entries == linked
    assert {person.phone for person in _entries(desk)} == {"13900000001"}


def test_the_same_name_or_number_is_never_merged_by_itself(desk, village):
    village.dispute("张福根", id_number=NUMBER)
    village.dispute("张福根", id_number=NUMBER)
    assert len(_entries(desk)) == 2
    found = people.likely(desk, Sought("张福根", NUMBER))
    assert [match.likeness for match in found] == [Likeness.NUMBER] * 2


def test_a_new_phone_goes_into_the_register_and_into_no_other_dispute(desk, village):
    first = village.dispute("张福根", phone="13900000001")
    known = _entries(desk)[0]
    second = village.dispute("张福根", phone="13900000001", person_id=known.id)
    assert len(_entries(desk)) == 1
    party = _parties(desk, second)[0]
    change = disputes.save_party(desk, replace(party, phone="13900000002"))
    assert "person" in change.kinds
    assert _entries(desk)[0].phone == "13900000002"
    assert _parties(desk, first)[0].phone == "13900000001"
    again = disputes.save_party(desk, replace(_parties(desk, second)[0], note="改"))
    assert "person" not in again.kinds


def test_every_role_in_every_earlier_dispute_is_listed(desk, village, new_id):
    as_party = village.dispute("张福根", id_number=NUMBER)
    known = _entries(desk)[0]
    as_guardian = village.dispute("方子睿", guardian=records.Guardian(name="张福根", id_number=NUMBER))
    as_agent = village.dispute("李木水", agents=(records.Agent(name="张福根", id_number=NUMBER),))
    as_head = village.dispute(
        "鸡鸣村合作社", representative=records.Representative(name="张福根", title="理事长")
    )
    as_guest = village.dispute("周大")
    guest = records.InvitedParticipant(id=new_id(), dispute_id=as_guest, name="张福根")
    disputes.save_records(desk, "登记参加人", guest)
    village.dispute("张福根", id_number="330825197003020015")  # somebody else
    found = {one.dispute_id: (one.role, one.sure) for one in people.person_view(desk, known.id).activities}
    assert found == {
        as_party: ("申请人", True),
        as_guardian: ("法定代理人", True),
        as_agent: ("委托代理人", True),
        as_head: ("理事长", False),
        as_guest: ("参加人", False),
    }


def test_merging_by_hand_keeps_both_names_and_takes_the_disputes_along(desk, village):
    first, second = village.dispute("张福根"), village.dispute("张富根", id_number=NUMBER)
    kept, gone = _named(desk, "张福根"), _named(desk, "张富根")
    village_mediator = village.view.mediators[0]
    people.save_tie(
        desk, records.Tie(id=desk.new_id(), mediator_id=village_mediator.id, person_id=gone.id, kind="kin")
    )
    people.merge(desk, kept.id, gone.id)
    (one,) = _entries(desk)
    assert (one.id, one.other_names, one.id_number) == (kept.id, ("张富根",), NUMBER)
    assert {_parties(desk, each)[0].person_id for each in (first, second)} == {kept.id}
    assert people.person_view(desk, kept.id).ties[0].kind == "亲属"
    assert "合并人员" in {line.action for line in queries.history(desk, second)}


def test_two_of_different_kinds_are_not_merged(desk, new_id):
    human = Person(id=new_id(), name="张福根")
    firm = Person(id=new_id(), name="张福根", kind=PersonKind.ORGANISATION)
    for one in (human, firm):
        people.save_person(desk, one)
    with pytest.raises(UserError, match="同一类"):
        people.merge(desk, human.id, firm.id)
    assert len(_entries(desk)) == 2


def test_an_entry_merged_meanwhile_does_not_bar_saving(desk, village):
    dispute_id = village.dispute("张福根", person_id=desk.new_id())
    assert _parties(desk, dispute_id)[0].person_id == _entries(desk)[0].id


def test_a_household_shows_its_members_their_disputes_and_its_head_stands_for_it(desk, village):
    village.dispute("张福根", id_number=NUMBER)
    quarrel = village.dispute("王秀英")
    head, wife = _named(desk, "张福根"), _named(desk, "王秀英")
    home = people.found_household(desk, head).record_id
    people.join_household(desk, wife.id, home)
    view = people.person_view(desk, home)
    assert [member.name for member in view.members] == ["张福根", "王秀英"]
    assert quarrel in {one.dispute_id for name, one in view.kin if name == "王秀英"}
    taken = people.take(desk, home)
    assert (taken.person.id, taken.household) == (head.id, True)
    with pytest.raises(UserError, match="户主"):
        people.leave_household(desk, head.id)
    people.name_head(desk, wife.id)
    people.leave_household(desk, head.id)
    assert people.take(desk, home).person.id == wife.id


def test_a_household_without_a_head_is_not_taken(desk, new_id):
    home = Person(id=new_id(), name="张家", kind=PersonKind.HOUSEHOLD)
    people.save_person(desk, home)
    with pytest.raises(UserError, match="户主"):
        people.take(desk, home.id)


def test_people_are_found_by_any_word_and_shown_masked(desk, village):
    village.dispute("张福根", id_number=NUMBER, phone="13912345678", address="鸡鸣村石塔巷1号")
    village.dispute("李木水")
    for text in ("福根", "19620514", "12345", "张 鸡鸣"):
        (found,) = people.find_people(desk, text=text)
        (line,) = people.people_lines(desk, (found,))
        assert line.name == "张福根"
        assert NUMBER not in repr(line)
        assert "13912345678" not in repr(line)
    assert len(people.find_people(desk, kinds=(PersonKind.HOUSEHOLD,))) == 0
    assert [line.name for line in people.suggestions(desk, "张福")] == ["张福根"]
    assert [line.name for line in people.suggestions(desk, NUMBER[:8])] == ["张福根"]


def test_the_register_stays_in_the_office(desk, village):
    with desk.office_file.change("汪承平", "登记收件单位") as work:
        work.add_recipient("county", "县里", "age1county")
    village.dispute("张福根")
    with desk.office_file.read() as reader:
        kinds = {revision.kind for _number, revision in reader.pending("county")}
    assert "party" in kinds
    assert "person" not in kinds


def test_a_nameless_entry_is_refused(desk, new_id):
    with pytest.raises(UserError, match="姓名"):
        people.save_person(desk, Person(id=new_id(), name=" ", birth_date=date(1990, 1, 1)))
