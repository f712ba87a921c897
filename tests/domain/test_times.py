from datetime import time

import pytest

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.times import parse_time, printed_time, spoken_time


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
