"""Who is who: likely entries in order, copies both ways, and when two are the same."""

import pytest
from builders import party, uid
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mediation_desktop.domain import people, records
from mediation_desktop.domain.identity import masked
from mediation_desktop.domain.people import Likeness, Place, Sameness, Sought
from mediation_desktop.domain.records import Person

NUMBER, OTHER = "330825196205140010", "330825197003020015"


def person(number, name="张福根", **changed):
    return Person(id=uid(number), name=name, **changed)


def test_the_same_number_comes_first_then_name_and_village_then_the_name():
    namesake = person(1, village="夏金村")
    neighbour = person(2, village="鸡鸣村")
    same = person(3, name="张富根", id_number=NUMBER)
    found = people.matches(Sought("张福根", NUMBER, "鸡鸣村"), (namesake, neighbour, same))
    assert [match.person for match in found] == [same, neighbour, namesake]
    assert [match.likeness for match in found] == list(Likeness)


def test_the_same_name_with_another_number_is_somebody_else():
    assert people.matches(Sought("张福根", OTHER, ""), (person(1, id_number=NUMBER),)) == ()


def test_a_former_name_is_a_name():
    assert people.matches(Sought("小根"), (person(1, other_names=("小根",)),))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("龙游县东华街道鸡鸣村石塔巷12号", Place("鸡鸣村", "石塔巷", "12")),
        ("詹家镇夏金村３组７号", Place("夏金村", "3组", "7")),
        ("鸡鸣村12-1号", Place("鸡鸣村", "", "12-1")),
        ("龙洲街道兴龙社区阳光小区2幢", Place("兴龙社区", "", "")),
        ("", Place("", "", "")),
    ],
)
def test_an_address_is_read_as_villagers_write_it(address, place):
    assert people.place_of(address) == place


def test_a_party_from_the_register_has_everything_the_register_knows():
    known = person(
        1,
        id_number=NUMBER,
        phone="13900000001",
        address="鸡鸣村1号",
        guardian=records.Guardian(name="祝彩芬"),
    )
    taken = replace(party(0), **people.as_party(known))
    assert (taken.person_id, taken.guardian, taken.phone) == (known.id, known.guardian, known.phone)
    back = people.as_person(known.id, taken)
    assert replace(back, village="") == known


def test_only_what_was_changed_or_missing_goes_back_into_the_register():
    known = person(1, phone="1", address="鸡鸣村1号", occupation="务农", village="鸡鸣村")
    before = party(0, phone="1", address="鸡鸣村1号", occupation="做工", id_number=NUMBER)
    now = replace(before, phone="2")
    fresh = people.renewed(known, now, before)
    assert (fresh.phone, fresh.occupation, fresh.id_number) == ("2", "务农", NUMBER)
    stale = people.renewed(replace(known, phone="3"), before, before)
    assert stale.phone == "3"
    moved = people.renewed(known, replace(before, address="詹家镇夏金村2号"), before)
    assert moved.village == "夏金村"


def test_merging_keeps_both_names_and_fills_gaps():
    kept = person(1, phone="1", other_names=("阿根",))
    gone = person(2, name="张富根", phone="2", id_number=NUMBER)
    one = people.merged(kept, gone)
    assert (one.name, one.other_names) == ("张福根", ("阿根", "张富根"))
    assert (one.phone, one.id_number, one.id) == ("1", NUMBER, kept.id)


def test_link_and_number_are_sure_a_bare_name_is_only_asked_about():
    known = person(1, id_number=NUMBER)
    guardian = records.Guardian(name="张福根")
    agent = records.Agent(name="别名", id_number=NUMBER)
    child = party(1, guardian=guardian, agents=(agent,))
    roles = {one.role: people.sameness(known, one) for one in people.standings(child)}
    assert roles == {"乙方": None, "法定代理人": Sameness.NAMESAKE, "委托代理人": Sameness.SURE}
    linked = people.standings(party(0, person_id=known.id, name="改名", id_number=""))[0]
    assert people.sameness(known, linked) is Sameness.SURE
    other = people.standings(party(0, person_id=uid(9), id_number=""))[0]
    assert people.sameness(known, other) is None


@given(st.text("0123456789X", min_size=3, max_size=20))
def test_a_masked_number_never_shows_the_middle(number):
    shown = masked(number)
    assert "*" in shown
    assert number not in shown
    assert sum(character != "*" for character in shown) <= 7
