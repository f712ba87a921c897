from datetime import datetime, timedelta

import pytest
from builders import DISPUTE_ID, uid

from mediation_desktop.domain.records import Session, SessionState
from mediation_desktop.domain.schedule import clashes

NINE = datetime(2026, 6, 19, 9)


def session(number, *, after=0, minutes=60, place="村委会", mediators=(), state=SessionState.PLANNED):
    return Session(
        id=uid(number),
        dispute_id=DISPUTE_ID,
        starts_at=NINE + timedelta(minutes=after),
        minutes=minutes,
        place=place,
        mediator_ids=tuple(uid(one) for one in mediators),
        state=state,
    )


@pytest.mark.parametrize(
    ("other", "place", "mediator"),
    [
        ({"after": 30}, True, False),
        ({"after": -30}, True, False),
        ({"after": 15, "minutes": 5}, True, False),
        ({"after": -60, "minutes": 240}, True, False),
        ({"after": 30, "place": "田头", "mediators": (11, 12)}, False, True),
        ({"after": 30, "mediators": (12, 11)}, True, True),
    ],
)
def test_overlapping_sessions_clash_over_a_room_or_a_mediator(other, place, mediator):
    mine, other = session(1, mediators=(11,)), session(2, **other)
    (found,) = clashes(mine, [mine, other])
    assert (found.other, found.same_place, found.same_mediator) == (other, place, mediator)
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
