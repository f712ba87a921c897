import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.money import LARGEST_FEN, capitals, figures, number_capitals, parse_fen

amounts = st.integers(min_value=0, max_value=LARGEST_FEN)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (1000, "壹拾元整"),
        (1050, "壹拾元零伍角"),
        (32504, "叁佰贰拾伍元零肆分"),
        (140950, "壹仟肆佰零玖元伍角"),
        (168032, "壹仟陆佰捌拾元零叁角贰分"),
        (600714, "陆仟零柒元壹角肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10700053, "壹拾万零柒仟元零伍角叁分"),
        (4685050, "肆万陆仟捌佰伍拾元零伍角"),
        (80000, "捌佰元整"),
        (1000500, "壹万零伍元整"),
        (10000000000, "壹亿元整"),
        (10001000000, "壹亿零壹万元整"),
        (10000000100, "壹亿零壹元整"),
    ],
)
def test_capitals_follow_the_bill_rules(fen, text):
    assert capitals(fen) == text


@given(amounts)
def test_capitals_say_the_same_number_to_an_outside_reader(fen):
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    text = capitals(fen)
    head = text.split("元")[0] if "元" in text else "零"
    assert not yuan or cn2an.cn2an(head, "smart") == yuan
    assert ("角" in text) == (jiao > 0)
    assert ("分" in text) == (cent > 0)
    assert text.endswith("整") == (jiao == cent == 0)
    assert "零零" not in text


def test_numbers_of_copies_are_written_in_capitals():
    assert [number_capitals(n) for n in (1, 2, 3, 10, 11, 20)] == ["壹", "贰", "叁", "壹拾", "壹拾壹", "贰拾"]


@given(amounts)
def test_printed_figures_read_back(fen):
    assert parse_fen(figures(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("800", 80000), ("1,200.5", 120050), ("４６,８５０.５０", 4685050), ("￥800元", 80000), (" 0.05 ", 5)],
)
def test_typed_amounts_are_read(typed, fen):
    assert parse_fen(typed) == fen


@pytest.mark.parametrize("typed", ["", "三千", "1,20", "1.234", "-5", "8百", "1e3", "9" * 20])
def test_what_is_no_amount_is_refused_with_advice(typed):
    with pytest.raises(UserError) as caught:
        parse_fen(typed)
    assert caught.value.advice


def test_impossible_amounts_are_our_bug():
    with pytest.raises(ValueError, match="range"):
        capitals(-1)
