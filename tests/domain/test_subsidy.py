from datetime import date, datetime

import pytest
from builders import COMMITTEE, DISPUTE_ID, agreement, dispute, dossier, uid
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.subsidy import RECORDS, shares, verdict
from mediation_desktop.services.codes import load_codes

CLOSED = date(2026, 6, 30)
TABLE = load_codes().subsidy


def rates(**changed):
    """The shipped rates, with an amount for all of them."""
    entries = tuple(replace(rate, **({"amount_fen": 3000} | changed)) for rate in TABLE.entries)
    return replace(TABLE, entries=entries)


def settled(**changed):
    """An oral agreement, performed and closed, with a session record."""
    session = records.Session(
        id=uid(600),
        dispute_id=DISPUTE_ID,
        starts_at=datetime(2026, 6, 19, 15),
        state=records.SessionState.HELD,
    )
    close = records.StepTaken(
        id=uid(700),
        dispute_id=DISPUTE_ID,
        action="close",
        before=records.DisputeState.PERFORMED,
        after=records.DisputeState.CLOSED,
        on=CLOSED,
        by="汪承平",
    )
    values = {
        "dispute": dispute(state=records.DisputeState.CLOSED, closed_on=CLOSED),
        "sessions": (session,),
        "steps": (close,),
        "agreements": (agreement(form=records.AgreementForm.ORAL, agreed_on=date(2026, 6, 19)),),
    }
    return dossier(**(values | changed))


def test_a_complete_performed_dossier_counts():
    found = verdict(settled(), rates())
    assert found.counts
    assert [(one.mediator_id, one.amount_fen) for one in found.shares] == [(uid(30), 3000)]
    assert found.rate.code == "simple_oral"


def test_shipped_amounts_are_not_set_and_count_nothing():
    assert all(rate.amount_fen is None for rate in TABLE.entries)
    assert verdict(settled(), TABLE).lacks == ("补贴金额未设定",)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"dispute": dispute()}, "还没有结案"),
        ({"agreements": ()}, "没有生效的协议"),
        ({"agreements": (agreement(),)}, "没有生效的协议"),
        ({"sessions": ()}, "卷宗缺调解记录"),
        ({"steps": ()}, "没有履行完毕"),
        ({"mediators": ()}, "结案时没有名册上的调解员"),
        (
            {"dispute": dispute(state=records.DisputeState.CLOSED, closed_on=date(2025, 12, 31))},
            "没有适用的补贴标准",
        ),
    ],
)
def test_what_does_not_count_says_why(changed, reason):
    found = verdict(settled(**changed), rates())
    assert found.lacks == (reason,)
    assert found.shares == ()


def test_a_dispute_counts_once_for_life():
    paid = records.Subsidy(
        id=uid(800),
        dispute_id=DISPUTE_ID,
        mediator_id=uid(30),
        month="2026-05",
        rule="simple_oral",
        amount_fen=3000,
        on=CLOSED,
    )
    assert verdict(settled(subsidies=(paid,)), rates()).lacks == ("已计入2026-05的补贴",)


def test_performance_is_a_switch_of_the_rate():
    unperformed = settled(steps=())
    assert not verdict(unperformed, rates()).counts
    assert verdict(unperformed, rates(performed=False)).counts


def test_the_rate_in_force_on_the_day_of_closing_decides():
    old = rates().entries
    new = tuple(
        replace(rate, code=f"new_{rate.code}", effective_from=date(2026, 7, 1), amount_fen=5000)
        for rate in old
    )
    table = replace(TABLE, entries=(*new, *old))
    assert verdict(settled(), table).shares[0].amount_fen == 3000
    later = settled(dispute=dispute(state=records.DisputeState.CLOSED, closed_on=date(2026, 7, 1)))
    assert verdict(later, table).shares[0].amount_fen == 5000


def test_several_mediators_share_by_the_rule_and_strangers_get_nothing():
    people = tuple(
        records.Mediator(id=uid(30 + number), committee_id=COMMITTEE.id, name=f"人{number}")
        for number in range(3)
    )
    gone = replace(people[0], active=False, until_on=date(2026, 1, 1))
    case = settled(mediators=(gone, *people[1:]))
    assert [one.mediator_id for one in verdict(case, rates()).shares] == [uid(31)]
    equal = verdict(settled(mediators=people), rates(amount_fen=1000, split="equal")).shares
    assert [one.amount_fen for one in equal] == [334, 333, 333]


@given(st.integers(0, 10**9), st.integers(1, 9))
def test_equal_parts_add_up_to_the_fen(amount, count):
    parts = [one.amount_fen for one in shares(amount, [uid(at) for at in range(count)], "equal")]
    assert sum(parts) == amount
    assert len(parts) == count
    assert max(parts) - min(parts) <= 1


def test_every_record_a_rate_may_require_has_a_word_and_is_looked_for():
    assert all(code in RECORDS for rate in TABLE.entries for code in rate.requires)
    bare = dossier(notices=())
    assert not any(has(bare) for _word, has in RECORDS.values())
