"""人民调解法 第8、9条."""

from datetime import date

import pytest
from builders import COMMITTEE, uid
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.committee import committee_findings, on_roster, term_end
from mediation_desktop.services.codes import load_codes

ROLES = load_codes().roles


def person(number, role, sex="男", nation="汉族", **changed):
    values = {"id": uid(30 + number), "committee_id": COMMITTEE.id, "name": f"委员{number}"}
    return records.Mediator(**values, role=role, sex=sex, nation=nation, **changed)


SOUND = (person(0, "主任"), person(1, "委员", "女"), person(2, "委员"))


def findings(*people, **changed):
    return committee_findings(replace(COMMITTEE, **changed), people, ROLES)


def test_a_sound_committee_has_no_finding():
    assert findings(*SOUND) == ()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9, 10])
def test_three_to_nine_members(count):
    people = [person(0, "主任", "女"), *(person(number, "委员") for number in range(1, count))][:count]
    told = [text for text in findings(*people) if "3至9人" in text]
    assert bool(told) == (count in {0, 1, 2, 10})


def test_hired_mediators_and_those_who_left_are_no_members():
    hired, gone = person(3, "聘任调解员"), person(4, "委员", active=False)
    assert "现在有2人" in findings(*SOUND[:2], hired, gone)[0]


@pytest.mark.parametrize("chairs", [0, 2])
def test_exactly_one_chair(chairs):
    people = [person(number, "主任" if number < chairs else "委员", "女") for number in range(4)]
    assert findings(*people) == (f"委员会设主任一人，现在有{chairs}人（人民调解法第八条）。",)


def test_a_woman_among_the_members():
    men = [replace(one, sex="男") for one in SOUND]
    assert "妇女" in findings(*men)[0]
    assert "妇女" in findings(*men, person(5, "聘任调解员", "女"))[0]


def test_a_smaller_nation_where_several_live_together():
    assert "人数较少民族" in findings(*SOUND, mixed_area=True)[0]
    assert findings(*SOUND, person(6, "委员", nation="畲族"), mixed_area=True) == ()


def test_what_is_not_filled_in_is_said():
    told = findings(*SOUND, person(7, ""), person(8, "委员", sex=""))
    assert told == ("委员7还没有填写职务。", "委员8还没有填写性别。")


def test_a_term_is_three_years_unless_another_day_is_written_down():
    elected = replace(COMMITTEE, elected_on=date(2023, 8, 1))
    assert term_end(COMMITTEE) is None
    assert term_end(elected) == date(2026, 8, 1)
    assert term_end(replace(elected, term_ends_on=date(2026, 12, 31))) == date(2026, 12, 31)
    assert term_end(replace(COMMITTEE, elected_on=date(2024, 2, 29))) == date(2027, 2, 28)


def test_who_was_on_the_roster_on_a_day():
    one = person(1, "委员", since_on=date(2024, 1, 1))
    assert not on_roster(one, date(2023, 12, 31))
    assert on_roster(one, date(2026, 1, 1))
    left = replace(one, active=False, until_on=date(2025, 6, 30))
    assert on_roster(left, date(2025, 6, 30))
    assert not on_roster(left, date(2025, 7, 1))
    assert not on_roster(replace(left, until_on=None), date(2025, 1, 1))
