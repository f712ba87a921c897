from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.times import (
    parse_moment,
    parse_time,
    printed_moment,
    printed_time,
    spoken_time,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", time(9, 30)),
        ("９：３０", time(9, 30)),
        ("930", time(9, 30)),
        ("1530", time(15, 30)),
        ("9点", time(9)),
        ("9点半", time(9, 30)),
        ("9点整", time(9)),
        ("15时20分", time(15, 20)),
        ("下午3点", time(15)),
        ("下午 3:15", time(15, 15)),
        ("下午15点", time(15)),
        ("上午8点", time(8)),
        ("中午12点", time(12)),
        ("中午1点", time(13)),
        ("晚7点半", time(19, 30)),
        ("9", time(9)),
        ("0:00", time(0)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed, meant):
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "9:75", "上午", "很早", "9:3:1", "12345", "下午"])
def test_what_is_no_time_is_refused_with_advice(typed):
    with pytest.raises(UserError) as caught:
        parse_time(typed)
    assert caught.value.advice


def test_a_time_is_printed_with_two_digits():
    assert printed_time(time(9, 5)) == "09:05"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", datetime(2026, 6, 19, 9, 30)),
        ("930", datetime(2026, 6, 19, 9, 30)),
        ("下午3点", datetime(2026, 6, 19, 15)),
        ("6.18 9:30", datetime(2026, 6, 18, 9, 30)),
        ("6-18　９点半", datetime(2026, 6, 18, 9, 30)),
        ("6月18日下午3点", datetime(2026, 6, 18, 15)),
        ("2026年6月18日 09:30", datetime(2026, 6, 18, 9, 30)),
        ("20260618 930", datetime(2026, 6, 18, 9, 30)),
        ("昨天下午3点", datetime(2026, 6, 18, 15)),
        ("前天 10点", datetime(2026, 6, 17, 10)),
    ],
)
def test_a_day_and_a_time_are_read_in_one_line(typed, meant):
    assert parse_moment(typed, date(2026, 6, 19)) == meant


@pytest.mark.parametrize("typed", ["", "昨天", "6月18日", "明年 9:30", "6.31 9:30"])
def test_what_is_no_moment_is_refused_in_plain_words(typed):
    with pytest.raises(UserError):
        parse_moment(typed, date(2026, 6, 19))


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_a_moment_is_read_as_it_is_printed(moment):
    whole = moment.replace(second=0, microsecond=0)
    assert parse_moment(printed_moment(whole), date(2026, 6, 19)) == whole


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(0, 30), "凌晨0时30分"),
        (time(9), "上午9时"),
        (time(12, 5), "中午12时5分"),
        (time(15, 30), "下午3时30分"),
        (time(19), "晚上7时"),
    ],
)
def test_a_time_is_told_as_people_say_it(moment, said):
    assert spoken_time(moment) == said
    assert parse_time(said) == moment or moment.hour == 0
