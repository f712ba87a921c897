"""Ids that tell the day and nothing finer."""

from datetime import UTC, datetime

from helpers import FakeClock

from mediation_desktop.system.clock import WholeDays
from mediation_desktop.system.ids import id_of_day, new_id

MOMENT = datetime(2026, 6, 18, 16, tzinfo=UTC)


def told_by(made):
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)


def test_an_id_tells_the_moment_it_is_given_and_stays_an_id():
    made = [id_of_day(new_id(), MOMENT) for _ in range(100)]
    assert {told_by(one) for one in made} == {MOMENT}
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {new_id().variant}
    assert len(set(made)) == 100


def test_ids_of_one_moment_sort_by_their_place():
    made = [id_of_day(new_id(), MOMENT, place) for place in range(50)]
    assert sorted(made) == made
    assert {one.version for one in made} == {7}


def test_a_clock_of_whole_days_tells_when_the_offices_day_began():
    for hour in (0, 9, 23):
        assert WholeDays(FakeClock(datetime(2026, 6, 18, 16 + hour % 8, tzinfo=UTC))).now() == MOMENT
    assert WholeDays(FakeClock()).now() == MOMENT
