from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain.dates import parse_date, printed, years_later
from mediation_desktop.domain.errors import UserError

TODAY = date(2026, 6, 19)


def test_a_date_prints_without_leading_zeros():
    assert printed(TODAY) == "2026年6月19日"
    assert printed(date(2025, 3, 8)) == "2025年3月8日"


@pytest.mark.parametrize(
    "typed",
    [
        "6.18",
        "6-18",
        "6/18",
        "6月18日",
        "2026-6-18",
        "2026.06.18",
        "2026/6/18",
        "20260618",
        "2026年6月18日",
        "昨天",
    ],
)
def test_a_date_is_read_as_people_type_it(typed):
    assert parse_date(typed, TODAY) == date(2026, 6, 18)


def test_near_days_count_from_the_given_day():
    assert parse_date("明天", date(2026, 12, 31)) == date(2027, 1, 1)
    assert parse_date("大后天", TODAY) == date(2026, 6, 22)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_printed_dates_read_back(day):
    assert parse_date(printed(day), TODAY) == day
    assert parse_date(day.isoformat(), TODAY) == day


@pytest.mark.parametrize("typed", ["", "下周", "2026-13-1", "2.30", "2026-6", "99"])
def test_what_is_no_date_is_refused_with_advice(typed):
    with pytest.raises(UserError) as caught:
        parse_date(typed, TODAY)
    assert caught.value.advice


def test_years_later_is_the_same_day_or_the_months_last():
    assert years_later(TODAY, 3) == date(2029, 6, 19)
    assert years_later(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)
