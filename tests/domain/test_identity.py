from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain import identity

GOOD = ["11010519491231002X", "440524188001010014", "330825196205140010"]


@pytest.mark.parametrize("number", GOOD)
def test_a_sound_number_has_no_fault(number):
    assert identity.id_number_fault(number) == ""


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("110105194912310021", "校验位"),
        ("330825196202300010", "出生日期"),
        ("33082519620514001", "18位"),
        ("", "18位"),
        ("３３０８２５１９６２０５１４００１０", "18位"),
    ],
)
def test_a_faulty_number_says_what_is_wrong(number, word):
    assert word in identity.id_number_fault(number)


def test_the_area_digits_are_never_judged():
    """A card of someone born before the county had its code is real (GB/T 2260 changes)."""
    assert identity.id_number_fault("440524188001010014") == ""


@given(st.sampled_from(GOOD), st.integers(0, 16), st.integers(1, 9))
def test_any_changed_digit_is_noticed(number, place, step):
    digit = (int(number[place]) + step) % 10
    assert identity.id_number_fault(number[:place] + str(digit) + number[place + 1 :])


def test_number_tells_sex_birth_and_age():
    assert identity.sex("330825196205140010") == "男"
    assert identity.sex("11010519491231002X") == "女"
    assert identity.birth_date("330825196205140010") == date(1962, 5, 14)
    assert identity.age_on(date(1962, 5, 14), date(2026, 5, 13)) == 63
    assert identity.age_on(date(1962, 5, 14), date(2026, 5, 14)) == 64


def test_minor_until_the_eighteenth_birthday():
    born = date(2013, 4, 5)
    assert identity.is_minor(born, date(2031, 4, 4))
    assert not identity.is_minor(born, date(2031, 4, 5))
    assert not identity.is_minor(None, date(2026, 1, 1))


@pytest.mark.parametrize("code", ["91350100M000100Y43", "54330825000000000F", "N23308250000000004"])
def test_a_sound_credit_code_has_no_fault(code):
    assert identity.uscc_fault(code) == ""


@pytest.mark.parametrize("code", ["91350100M000100Y44", "91350100I000100Y43", "91350100M000100Y4"])
def test_a_faulty_credit_code_is_noticed(code):
    assert identity.uscc_fault(code)


def test_typed_numbers_are_cleaned():
    assert identity.clean_number(" 110105 19491231 002x ") == "11010519491231002X"
