from datetime import date

import pytest
from builders import dispute, uid

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Destruction
from mediation_desktop.domain.retention import (
    destroyed_on,
    kept_until,
    proposed_retention,
    require_two_names,
)
from mediation_desktop.services.codes import load_codes

CODES = load_codes()


@pytest.mark.parametrize(
    ("type_code", "grade", "code"),
    [
        ("forest_land", "simple", "permanent"),
        ("homestead_use", "complex", "permanent"),
        ("neighbour", "complex", "long"),
        ("neighbour", "simple", "short"),
    ],
)
def test_the_first_fitting_rule_proposes(type_code, grade, code):
    one = dispute(type_code=type_code, grade_code=grade)
    assert proposed_retention(one, CODES.retention_rules) == code


def test_every_shipped_rule_names_what_the_tables_know():
    for rule in CODES.retention_rules.entries:
        CODES.retention.entry(rule.retention)
        for code in rule.types:
            CODES.dispute_types.entry(code)
        for code in rule.grades:
            CODES.grades.entry(code)


def test_years_count_from_archiving_and_permanent_never_ends():
    day = date(2016, 2, 29)
    assert kept_until(day, "short", CODES.retention) == date(2026, 2, 28)
    assert kept_until(day, "long", CODES.retention) == date(2046, 2, 28)
    assert kept_until(day, "permanent", CODES.retention) is None
    assert kept_until(day, "", CODES.retention) is None
    assert kept_until(None, "short", CODES.retention) is None


@pytest.mark.parametrize(
    ("first", "second"), [("", "李"), ("张三", " 张 三 "), ("张三", "张三"), ("张", " ")]
)
def test_one_person_alone_confirms_nothing(first, second):
    with pytest.raises(UserError):
        require_two_names(first, second)
    require_two_names("张三", "李四")


def test_a_dossier_archived_anew_is_not_the_one_destroyed():
    done = Destruction(
        id=uid(1), on=date(2026, 5, 1), dispute_ids=(uid(2),), first_name="甲", second_name="乙"
    )
    assert destroyed_on(uid(2), date(2010, 1, 1), [done]) == date(2026, 5, 1)
    assert destroyed_on(uid(2), date(2026, 6, 1), [done]) is None
    assert destroyed_on(uid(3), date(2010, 1, 1), [done]) is None
