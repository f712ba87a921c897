"""Dated examples, each worked out by hand on a calendar of 2026."""

from datetime import date

import pytest

from mediation_desktop.domain.confirmation import confirmation_window
from mediation_desktop.domain.workdays import WorkCalendar
from mediation_desktop.services.codes import load_codes

CALENDAR = load_codes().holidays

EXAMPLES = [
    ("2026-01-05", "2026-02-04"),  # a Wednesday
    ("2026-01-15", "2026-02-14"),  # a Saturday that is worked
    ("2026-01-16", "2026-02-24"),  # 15 Feb, Spring Festival until the 23rd
    ("2026-01-23", "2026-02-24"),  # 22 Feb, in the festival
    ("2026-01-24", "2026-02-24"),  # 23 Feb, its last day
    ("2026-01-25", "2026-02-24"),
    ("2026-01-29", "2026-02-28"),  # a Saturday that is worked
    ("2026-01-30", "2026-03-02"),  # 1 Mar is a Sunday
    ("2026-03-03", "2026-04-02"),
    ("2026-03-05", "2026-04-07"),  # 4 Apr, Qingming until the 6th
    ("2026-03-07", "2026-04-07"),
    ("2026-03-31", "2026-04-30"),
    ("2026-04-01", "2026-05-06"),  # 1 May, until the 5th
    ("2026-04-05", "2026-05-06"),
    ("2026-04-06", "2026-05-06"),
    ("2026-04-09", "2026-05-09"),  # a Saturday that is worked
    ("2026-04-10", "2026-05-11"),  # a Sunday
    ("2026-05-19", "2026-06-18"),
    ("2026-05-20", "2026-06-22"),  # 19 June, Dragon Boat until the 21st
    ("2026-05-22", "2026-06-22"),
    ("2026-06-22", "2026-07-22"),
    ("2026-06-30", "2026-07-30"),
    ("2026-08-21", "2026-09-20"),  # a Sunday that is worked
    ("2026-08-26", "2026-09-28"),  # 25 Sept, Mid-Autumn until the 27th
    ("2026-08-31", "2026-09-30"),
    ("2026-09-01", "2026-10-08"),  # 1 Oct, until the 7th
    ("2026-09-03", "2026-10-08"),
    ("2026-09-07", "2026-10-08"),
    ("2026-09-10", "2026-10-10"),  # a Saturday that is worked
    ("2026-09-11", "2026-10-12"),  # a Sunday
    ("2026-11-24", "2026-12-24"),
]


@pytest.mark.parametrize(("effective", "last"), EXAMPLES)
def test_the_last_day_of_the_joint_application(effective, last):
    window = confirmation_window(date.fromisoformat(effective), CALENDAR)
    assert window.last_day == date.fromisoformat(last)
    assert window.certain


def test_where_a_years_holidays_are_unknown_that_is_said():
    assert not confirmation_window(date(2026, 12, 10), CALENDAR).certain


def test_without_any_table_only_weekends_move_the_day():
    bare = WorkCalendar(frozenset(), frozenset(), frozenset())
    assert confirmation_window(date(2025, 3, 3), bare).last_day == date(2025, 4, 2)
    assert confirmation_window(date(2025, 3, 6), bare).last_day == date(2025, 4, 7)
