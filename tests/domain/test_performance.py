from datetime import date

import pytest
from builders import DISPUTE_ID, agreement, dossier, obligation, uid
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mediation_desktop.domain.performance import open_parts, outstanding, over_on, parts
from mediation_desktop.domain.records import AgreementChange, Instalment, Payment

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


def test_acts_are_owed_until_they_are_said_to_be_done():
    act = obligation(amount_fen=None, what="修剪树枝")
    (left,) = outstanding([act], [payment(80000)], UNTIL)
    assert (left.amount_fen, left.due_on) == (None, act.due_on)
    assert outstanding([replace(act, performed_on=date(2026, 6, 24))], [], UNTIL) == ()


def test_what_is_due_later_or_without_a_day_is_not_told_yet():
    later = obligation(0, due_on=date(2026, 7, 2))
    undated = obligation(1, due_on=None)
    assert outstanding([later, undated], [], UNTIL) == ()


def test_what_is_left_is_told_by_instalment():
    owed = obligation(amount_fen=600, due_on=None, instalments=instalments((6, 100), (7, 200), (8, 300)))
    told = parts([owed], [payment(150)])
    assert [(part.place, part.paid_fen, part.left_fen, part.done) for part in told] == [
        (1, 100, 0, True),
        (2, 50, 150, False),
        (3, 0, 300, False),
    ]


def test_what_has_no_day_is_left_too_and_paid_last():
    owed = [obligation(0, amount_fen=500, due_on=None), obligation(1, amount_fen=100)]
    told = parts(owed, [payment(150)])
    assert [(part.due_on, part.left_fen) for part in told] == [(date(2026, 6, 25), 0), (None, 450)]


@given(
    agreed=st.lists(st.integers(1, 10**9), min_size=1, max_size=6),
    paid=st.lists(st.integers(1, 10**9), max_size=6),
)
def test_no_fen_is_lost_or_counted_twice(agreed, paid):
    owed = [obligation(place, amount_fen=amount) for place, amount in enumerate(agreed)]
    told = parts(owed, [payment(amount) for amount in paid])
    assert sum(part.paid_fen for part in told) == min(sum(agreed), sum(paid))
    assert all(0 <= part.left_fen <= part.agreed_fen for part in told)


def test_of_a_replaced_agreement_nothing_is_owed():
    new = agreement(id=uid(301), earlier_id=uid(300), change=AgreementChange.REPLACES)
    owed = [obligation(0), obligation(1, agreement_id=uid(301))]
    left = open_parts(dossier(agreements=(agreement(), new), obligations=owed))
    assert [part.obligation for part in left] == [owed[1]]
    amended = replace(new, change=AgreementChange.AMENDS)
    assert len(open_parts(dossier(agreements=(agreement(), amended), obligations=owed))) == 2


def test_performance_is_over_when_the_last_of_it_was_done_or_falls_due():
    owed = [obligation(0, amount_fen=500, due_on=date(2026, 12, 31))]
    assert over_on(owed, []) == date(2026, 12, 31)
    assert over_on(owed, [payment(500)]) == date(2026, 6, 20)
    assert over_on([], []) is None
