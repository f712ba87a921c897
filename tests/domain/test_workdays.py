from datetime import date

import pytest

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.workdays import read_holidays
from mediation_desktop.services.codes import load_codes

CALENDAR = load_codes().holidays


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2026, 6, 19), True),  # 端午
        (date(2026, 6, 22), False),
        (date(2026, 2, 14), False),  # a Saturday that is worked
        (date(2026, 2, 16), True),
        (date(2026, 10, 7), True),
        (date(2026, 10, 8), False),
        (date(2026, 10, 10), False),  # a Saturday that is worked
        (date(2026, 11, 21), True),  # an ordinary Saturday
        (date(2027, 6, 5), True),  # of an unknown year, weekends are known
    ],
)
def test_days_off_are_weekends_and_holidays_but_not_the_days_worked_for_them(day, off):
    assert CALENDAR.is_off(day) is off


def test_a_year_without_its_notice_is_told_apart():
    assert CALENDAR.knows(date(2026, 12, 31))
    assert not CALENDAR.knows(date(2027, 1, 1))


def test_a_last_day_that_is_off_moves_to_the_first_day_that_is_not():
    assert CALENDAR.not_off(date(2026, 10, 3)) == date(2026, 10, 8)
    assert CALENDAR.not_off(date(2026, 10, 8)) == date(2026, 10, 8)


GOOD = {"title": "节假日", "status": "默认值", "entry": [{"year": 2027, "off": []}]}


@pytest.mark.parametrize(
    "entry",
    [
        {"year": 2027},
        {"year": 2027, "off": [[date(2027, 1, 3), date(2027, 1, 1)]]},
        {"year": 2027, "off": [[date(2026, 1, 1), date(2026, 1, 3)]]},
        {"year": 2027, "off": [[date(2027, 1, 1), date(2027, 1, 3)]], "worked": [date(2027, 1, 2)]},
        {"year": "2027", "off": []},
        {"year": 2027, "off": [], "offf": []},
    ],
)
def test_a_wrong_table_is_named_with_the_remedy(entry):
    assert read_holidays(GOOD, "holidays.toml").years == {2027}
    with pytest.raises(UserError, match=r"holidays\.toml") as caught:
        read_holidays({**GOOD, "entry": [entry]}, "holidays.toml")
    assert "随程序附带" in caught.value.advice
