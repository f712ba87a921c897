from datetime import date

import pytest
from builders import DISPUTE_ID, obligation, uid

from mediation_desktop.domain.performance import outstanding
from mediation_desktop.domain.records import Instalment, Payment

UNTIL = date(2026, 7, 1)


def instalments(*parts):
    return tuple(Instalment(due_on=date(2026, month, 1), amount_fen=amount) for month, amount in parts)


def payment(amount, debtor=201, creditor=200):
    return Payment(
        id=uid(900),
        dispute_id=DISPUTE_ID,
        debtor_id=uid(debtor),
        creditor_id=uid(creditor),
        amount_fen=amount,
        on=date(2026, 6, 20),
    )


@pytest.mark.parametrize(
    ("paid", "left"),
    [
        ((), [(6, 100), (7, 200)]),
        ((100,), [(7, 200)]),
        ((50,), [(6, 50), (7, 200)]),
        ((100, 150), [(7, 50)]),
        ((300,), []),
        ((1000,), []),
    ],
)
def test_payments_settle_the_earliest_instalments_first(paid, left):
    owed = obligation(amount_fen=600, due_on=None, instalments=instalments((8, 300), (6, 100), (7, 200)))
    found = outstanding([owed], [payment(amount) for amount in paid], UNTIL)
    assert [(due.due_on.month, due.amount_fen) for due in found] == left


def test_one_payment_is_not_counted_for_two_obligations():
    owed = [obligation(0, amount_fen=500), obligation(1, amount_fen=500, due_on=date(2026, 6, 30))]
    (left,) = outstanding(owed, [payment(500)], UNTIL)
    assert left.obligation is owed[1]


def test_only_payments_between_the_same_two_count():
    owed = obligation(amount_fen=500)
    paid = [payment(500, debtor=202), payment(500, debtor=200, creditor=201)]
    assert [due.amount_fen for due in outstanding([owed], paid, UNTIL)] == [500]


def test_acts_are_owed_until_the_dispute_is_performed():
    act = obligation(amount_fen=None, what="修剪树枝")
    (left,) = outstanding([act], [payment(80000)], UNTIL)
    assert (left.amount_fen, left.due_on) == (None, act.due_on)


def test_what_is_due_later_or_without_a_day_is_not_told_yet():
    later = obligation(0, due_on=date(2026, 7, 2))
    undated = obligation(1, due_on=None)
    assert outstanding([later, undated], [], UNTIL) == ()
