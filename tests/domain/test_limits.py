from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain.limits import Urgency, deadline

ACCEPTED = date(2026, 6, 19)


@pytest.mark.parametrize(
    ("today", "urgency", "left"),
    [
        (date(2026, 6, 19), Urgency.CALM, 3),
        (date(2026, 6, 20), Urgency.SOON, 2),
        (date(2026, 6, 22), Urgency.TODAY, 0),
        (date(2026, 6, 23), Urgency.OVERDUE, -1),
    ],
)
def test_three_days_count_from_the_day_after_acceptance(today, urgency, left):
    result = deadline(accepted_on=ACCEPTED, days=3, finished_on=None, today=today)
    assert (result.last_day, result.urgency, result.days_left) == (date(2026, 6, 22), urgency, left)


def test_the_clock_stops_when_settled():
    done = deadline(accepted_on=ACCEPTED, days=3, finished_on=ACCEPTED, today=date(2027, 1, 1))
    assert done.urgency is Urgency.DONE
    late = deadline(accepted_on=ACCEPTED, days=3, finished_on=date(2026, 6, 30), today=date(2026, 7, 1))
    assert late.urgency is Urgency.OVERDUE


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.integers(0, 90))
def test_days_left_is_the_distance_to_the_last_day(accepted, days, gone):
    today = accepted + timedelta(days=gone)
    result = deadline(accepted_on=accepted, days=days, finished_on=None, today=today)
    assert result.days_left == days - gone
    assert (result.urgency is Urgency.OVERDUE) == (gone > days)
