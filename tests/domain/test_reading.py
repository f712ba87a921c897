from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.money import LARGEST_FEN, capitals, figures
from mediation_desktop.domain.soundness.reading import amounts, days, numeral, rates, sentence_at


@given(st.integers(1, LARGEST_FEN))
def test_amounts_are_read_as_they_are_printed_in_figures_and_in_capitals(fen):
    assert [money.fen for money in amounts(f"付人民币{figures(fen)}元。")] == [fen]
    if fen >= 100:
        assert [money.fen for money in amounts(f"付人民币{capitals(fen)}。")] == [fen]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1.2万元", 1200000),
        ("三万八千元", 3800000),
        ("￥36,800.00元", 3680000),
        ("八百块钱", 80000),
        ("五元五角", 550),
        ("两千元", 200000),
    ],
)
def test_amounts_are_read_as_people_write_them(text, fen):
    assert [money.fen for money in amounts(text)] == [fen]


@given(st.integers(0, 365 * 60))
def test_dates_are_read_as_they_are_printed(gone):
    day = date(2000, 1, 1) + timedelta(days=gone)
    (found,) = days(f"于{printed(day)}前付清")
    assert (found.day, found.limit) == (day, True)
    assert found.is_of(day)


def test_days_that_do_not_exist_have_no_date():
    assert [day.day for day in days("2026年6月31日前、2027年2月29日前、2028年2月29日前")] == [
        None,
        None,
        date(2028, 2, 29),
    ]


def test_a_list_of_days_is_by_then_as_its_last_one():
    assert [day.limit for day in days("于2026年3月5日、2026年4月5日、2026年5月5日前付")] == [True] * 3
    assert [day.limit for day in days("2026年3月5日借款，2026年5月5日前还")] == [False, True]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("年利率6%", 6),
        ("按月利率3%", 36),
        ("月息2分", 24),
        ("年息1分", 10),
        ("每日千分之五", 182.5),
        ("按日万分之五", 18.25),
        ("日利率1‰", 36.5),
        ("每月按未还本金的3%", 36),
    ],
)
def test_rates_are_counted_by_the_year(text, percent):
    assert [rate.percent for rate in rates(text)] == [pytest.approx(percent)]


def test_what_is_no_rate_is_none():
    assert rates("申请人承担30%，被申请人承担70%；2026年6月30日前付50%") == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [("二〇二六", 2026), ("十二", 12), ("叁万捌仟", 38000), ("一亿零三", 10**8 + 3), ("约", None)],
)
def test_numerals_are_read(text, number):
    assert numeral(text) == number


def test_a_sentence_ends_at_a_semicolon_too():
    text = "第一句；第二句，还有。第三句"
    assert [sentence_at(text, place).words for place in (0, 6, 13)] == ["第一句", "第二句，还有", "第三句"]
