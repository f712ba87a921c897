from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from builders import DISPUTE_ID, party, uid
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain.records import Session, SessionState
from mediation_desktop.domain.schedule import clashes, coming, same_person

NINE = datetime(2026, 6, 19, 9)
OTHER_DISPUTE = uid(101)


def session(
    number,
    *,
    after=0,
    minutes=60,
    place="村委会",
    mediators=(),
    state=SessionState.PLANNED,
    dispute_id=DISPUTE_ID,
):
    return Session(
        id=uid(number),
        dispute_id=dispute_id,
        starts_at=NINE + timedelta(minutes=after),
        minutes=minutes,
        place=place,
        mediator_ids=tuple(uid(one) for one in mediators),
        state=state,
    )


@pytest.mark.parametrize(
    ("other", "place", "mediator", "about"),
    [
        ({"after": 30}, True, False, "地点"),
        ({"after": -30}, True, False, "地点"),
        ({"after": 15, "minutes": 5}, True, False, "地点"),
        ({"after": -60, "minutes": 240}, True, False, "地点"),
        ({"after": 30, "place": "田头", "mediators": (11, 12)}, False, True, "调解员"),
        ({"after": 30, "mediators": (12, 11)}, True, True, "地点、调解员"),
    ],
)
def test_overlapping_sessions_clash_over_a_room_or_a_mediator(other, place, mediator, about):
    mine, other = session(1, mediators=(11,)), session(2, **other)
    (found,) = clashes(mine, [mine, other])
    assert (found.other, found.same_place, found.same_mediator) == (other, place, mediator)
    assert found.about == about
    assert [clash.other for clash in clashes(other, [mine, other])] == [mine]


@pytest.mark.parametrize(
    "other",
    [
        {"after": 60},
        {"after": -60},
        {"after": 30, "place": "田头", "mediators": (12,)},
        {"after": 30, "state": SessionState.CANCELLED},
        {"after": 30, "state": SessionState.HELD},
    ],
)
def test_what_is_no_clash(other):
    assert clashes(session(1, mediators=(11,)), [session(2, **other)]) == ()


def test_two_sessions_without_a_place_want_no_room():
    assert clashes(session(1, place=""), [session(2, place="")]) == ()


KNOWN = {"person_id": uid(7), "id_number": "330825196205140010", "phone": "13900000001"}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"person_id": uid(7), "name": "老张", "id_number": ""}, True),
        ({"id_number": "330825196205140010", "name": "张富根"}, True),
        ({"name": "张福根", "phone": "13900000001", "id_number": ""}, True),
        ({"name": "张福根", "phone": "", "id_number": ""}, False),
        ({"name": "李木水", "phone": "13900000001", "id_number": ""}, False),
        ({"name": "张福根", "phone": "13900000002", "id_number": "330825197003020015"}, False),
    ],
)
def test_who_is_the_same_person(other, same):
    mine, theirs = party(0, **KNOWN), party(1, **other)
    assert same_person(mine, theirs) is same
    assert same_person(theirs, mine) is same


def test_people_of_whom_nothing_is_known_are_not_one():
    blank = {"name": "张福根", "id_number": "", "phone": "", "person_id": None}
    assert not same_person(party(0, **blank), party(1, **blank))


def test_a_party_of_two_disputes_cannot_be_at_two_sessions():
    mine = session(1, mediators=(11,))
    other = session(2, after=30, place="田头", mediators=(12,), dispute_id=OTHER_DISPUTE)
    parties = {
        DISPUTE_ID: (party(0), party(1)),
        OTHER_DISPUTE: (party(2), party(0, dispute_id=OTHER_DISPUTE, id=uid(299))),
    }
    (found,) = clashes(mine, [other], parties)
    assert (found.people, found.about) == (("张福根",), "当事人张福根")
    assert [clash.people for clash in clashes(other, [mine], parties)] == [("张福根",)]
    assert clashes(mine, [session(2, after=60, place="田头", dispute_id=OTHER_DISPUTE)], parties) == ()


def test_two_sessions_of_one_dispute_share_their_parties_without_a_clash():
    parties = {DISPUTE_ID: (party(0), party(1))}
    assert clashes(session(1), [session(2, after=30, place="田头")], parties) == ()


def at(minutes):
    return NINE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("since", "now", "left"),
    [
        (-20, -16, None),
        (-16, -15, 15),
        (-15, -14.5, None),
        (-14.5, -0.5, None),
        (-0.5, 0, 0),
        (0, 0.5, None),
        (-30, -9.5, 10),
        (-30, 15, 0),
        (-30, 15.5, None),
    ],
)
def test_a_session_is_reminded_of_before_and_at_its_start(since, now, left):
    found = coming([session(1)], at(since), at(now), (15, 0))
    assert [one.minutes for one in found] == ([] if left is None else [left])


@pytest.mark.parametrize("state", [SessionState.HELD, SessionState.CANCELLED])
def test_only_what_is_still_to_come_is_reminded_of(state):
    assert coming([session(1, state=state)], at(-20), at(-10), (15, 0)) == ()


@given(st.lists(st.floats(min_value=0.1, max_value=4), min_size=30, max_size=60))
def test_whenever_one_looks_each_reminder_comes_once(steps):
    """The first look is long before, the last after the start; nothing is said twice or left out."""
    moments = [at(-40)]
    for step in steps:
        moments.append(moments[-1] + timedelta(minutes=step))
    moments = [moment for moment in moments if moment < at(0)] + [at(0), at(1)]
    told = [one for since, now in pairwise(moments) for one in coming([session(1)], since, now, (15, 0))]
    assert len(told) == (2 if any(at(-15) <= moment < at(0) for moment in moments) else 1)
