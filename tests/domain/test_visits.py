"""When a visit is due: after effect, after the last day, after an end without agreement, and as agreed."""

from datetime import date

import pytest
from builders import DISPUTE_ID, dispute, uid

from mediation_desktop.domain.codes import VisitRule
from mediation_desktop.domain.records import DisputeState, FollowUp
from mediation_desktop.domain.visits import visit_due

RULES = (
    VisitRule(code="a", name="生效后", after="effect", days=15, grades=("simple",)),
    VisitRule(code="b", name="到期后", after="last_due", days=3),
    VisitRule(code="c", name="跟踪结果", after="ended", days=30),
)
EFFECT, OVER = date(2026, 6, 20), date(2026, 9, 1)


def visit(day, **more):
    return FollowUp(id=uid(700), dispute_id=DISPUTE_ID, on=day, **more)


def due(*visits, effective_on=EFFECT, over_on=OVER, rules=RULES, **changed):
    found = visit_due(
        dispute(**changed), effective_on=effective_on, over_on=over_on, visits=visits, rules=rules
    )
    return found and (found.on, found.why)


def test_first_after_effect_then_after_the_last_day_then_no_more():
    assert due() == (date(2026, 7, 5), "生效后")
    assert due(visit(date(2026, 7, 4))) == (date(2026, 9, 4), "到期后")
    assert due(visit(date(2026, 9, 1))) is None


def test_a_visit_before_the_day_it_counts_from_is_none():
    assert due(visit(date(2026, 6, 19))) == (date(2026, 7, 5), "生效后")


def test_a_rule_is_for_its_grades_only():
    assert due(grade_code="complex") == (date(2026, 9, 4), "到期后")


@pytest.mark.parametrize("state", ["terminated", "withdrawn", "referred", "not_accepted"])
def test_what_ended_without_agreement_is_followed_too(state):
    ended = {"state": DisputeState(state), "finished_on": date(2026, 6, 30)}
    assert due(effective_on=None, over_on=None, **ended) == (date(2026, 7, 30), "跟踪结果")
    assert due(visit(date(2026, 7, 1)), effective_on=None, over_on=None, **ended) is None


def test_the_day_agreed_at_the_last_visit_counts_until_the_next():
    first = visit(date(2026, 9, 2), next_on=date(2026, 10, 1))
    assert due(first) == (date(2026, 10, 1), "上次回访约定")
    assert due(first, visit(date(2026, 9, 20))) is None


def test_before_effect_and_before_the_end_nothing_is_due():
    assert due(effective_on=None) is None
