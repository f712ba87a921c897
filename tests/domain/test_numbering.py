import pytest

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.numbering import number


def test_the_pattern_makes_the_number():
    made = number(
        "（{year}）{word}人调字第{block}{serial:03d}号", year=2026, word="龙东", block="A", serial=7
    )
    assert made == "（2026）龙东人调字第A007号"


@pytest.mark.parametrize("pattern", ["{jahr}", "{", "{0}", "{serial:x?}"])
def test_a_wrong_pattern_says_what_is_allowed(pattern):
    with pytest.raises(UserError, match="编号格式"):
        number(pattern, year=2026, word="", block="", serial=1)
