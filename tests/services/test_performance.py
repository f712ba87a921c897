"""After the agreement: payments, acts, visits, judicial confirmation, closing; and what is due when."""

from datetime import date, datetime, timedelta

import pytest
from desks import sample
from msgspec.structs import replace
from village import Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import disputes, performance, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.home import home


def entered(desk, number, new_id, **without):
    """Enter a sample, leaving out some of its records."""
    case = sample(number, new_id)
    return enter(desk, replace(case, dossier=replace(case.dossier, **without)))


def payment(desk, dispute_id, amount, **more):
    owed = queries.dossier(desk, dispute_id).obligations[0]
    values = {"debtor_id": owed.debtor_id, "creditor_id": owed.creditor_id, "on": date(2026, 7, 14)}
    return records.Payment(id=desk.new_id(), dispute_id=dispute_id, amount_fen=amount, **(values | more))


def state(desk, dispute_id):
    return queries.dossier(desk, dispute_id).dispute.state


@pytest.fixture
def wages(desk, new_id, clock):
    """Give the dispute about wages in instalments, in effect, nothing paid."""
    clock.set(datetime(2026, 7, 16, 9))
    return entered(desk, 2, new_id, payments=(), followups=())


def test_a_part_payment_leaves_the_rest_on_the_first_screen(desk, wages):
    first = home(desk).due[0].due
    performance.record_payment(desk, payment(desk, wages, first.amount_fen - 100, proof="收条一张"))
    assert home(desk).due[0].due.amount_fen == 100
    performance.record_payment(desk, payment(desk, wages, 100))
    assert all(line.due.obligation.id != first.obligation.id for line in home(desk).due)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"amount_fen": 0}, "金额是零"),
        ({"on": date(2026, 7, 17)}, "今天之后"),
        ({"creditor_id": None}, "同一个人"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(desk, wages, change, told):
    made = payment(desk, wages, 100)
    if "creditor_id" in change:
        change = {"creditor_id": made.debtor_id}
    with pytest.raises(UserError, match=told):
        performance.record_payment(desk, replace(made, **change))


def test_an_act_done_is_no_longer_due(desk, new_id, clock):
    clock.set(datetime(2026, 6, 29, 9))
    dispute_id = entered(desk, 1, new_id, payments=(), followups=())
    acts = [line for line in home(desk).due if line.due.amount_fen is None]
    act = acts[0].due.obligation
    performance.record_act(desk, act.id, date(2026, 6, 28), "到场看过")
    assert act.id not in {line.due.obligation.id for line in home(desk).due}
    kept = next(one for one in queries.dossier(desk, dispute_id).obligations if one.id == act.id)
    assert (kept.performed_on, kept.performed_note) == (date(2026, 6, 28), "到场看过")
    performance.record_act(desk, act.id, None, "")
    assert act.id in {line.due.obligation.id for line in home(desk).due}
    money = next(one for one in queries.dossier(desk, dispute_id).obligations if one.amount_fen)
    with pytest.raises(UserError, match="付款"):
        performance.record_act(desk, money.id, date(2026, 6, 28), "")


def test_what_was_open_is_noted_when_performance_is_said_to_be_complete(desk, wages):
    performance.mark_performed(desk, wages, date(2026, 7, 16))
    step = queries.dossier(desk, wages).steps[-1]
    assert step.after is records.DisputeState.PERFORMED
    assert step.reason.startswith("没有登记履行的：龙游青篁竹木制品有限公司付石光贵第1期6,000.00元")


def test_after_default_payments_lead_to_performed(desk, new_id, clock):
    clock.set(datetime(2026, 7, 1, 9))
    dispute_id = entered(desk, 3, new_id, payments=())
    with pytest.raises(UserError, match="原因"):
        disputes.take_step(desk, dispute_id, Action.DEFAULT, date(2026, 6, 20))
    disputes.take_step(desk, dispute_id, Action.DEFAULT, date(2026, 6, 20), reason="到期未付")
    owed = queries.dossier(desk, dispute_id).obligations[0]
    performance.record_payment(desk, payment(desk, dispute_id, owed.amount_fen, on=date(2026, 6, 30)))
    performance.mark_performed(desk, dispute_id, date(2026, 6, 30))
    found = queries.dossier(desk, dispute_id)
    assert found.dispute.state is records.DisputeState.PERFORMED
    assert [step.reason for step in found.steps[-2:]] == ["到期未付", ""]


def test_a_visit_is_due_after_effect_and_gone_when_made(desk, new_id, clock):
    clock.set(datetime(2026, 6, 22, 9))
    dispute_id = entered(desk, 3, new_id, payments=(), followups=())
    (line,) = home(desk).after.visits
    assert (line.dispute_id, line.on) == (dispute_id, date(2026, 6, 9))
    visit = records.FollowUp(
        id=new_id(), dispute_id=dispute_id, on=date(2026, 6, 22), next_on=date(2026, 7, 10)
    )
    with pytest.raises(UserError, match="不在这次之后"):
        performance.record_visit(desk, replace(visit, next_on=date(2026, 6, 22)))
    performance.record_visit(desk, visit)
    assert home(desk).after.visits == ()
    clock.set(datetime(2026, 7, 3, 9))
    assert [line.on for line in home(desk).after.visits] == [date(2026, 7, 10)]


def test_what_ended_without_agreement_is_visited_too(desk, new_id, clock):
    clock.advance(days=150)
    dispute_id = entered(desk, 6, new_id, followups=())
    ended = queries.dossier(desk, dispute_id).dispute.finished_on
    clock.set(datetime.combine(ended + timedelta(days=24), datetime.min.time()))
    (line,) = home(desk).after.visits
    assert (line.dispute_id, line.on) == (dispute_id, ended + timedelta(days=30))


@pytest.fixture
def loan(desk, new_id, clock):
    """Give the dispute about a loan, sealed on 3 September, nothing asked of the court."""
    clock.set(datetime(2026, 9, 10, 9))
    return entered(desk, 7, new_id, confirmations=())


def asked(desk, dispute_id, sides=2, **more):
    parties = queries.dossier(desk, dispute_id).parties
    return records.Confirmation(
        id=desk.new_id(),
        dispute_id=dispute_id,
        court="龙游县人民法院",
        applicant_ids=tuple(party.id for party in parties[:sides]),
        **more,
    )


def test_the_last_week_for_judicial_confirmation_stands_on_the_first_screen(desk, loan, clock):
    assert home(desk).after.confirmations == ()
    clock.set(datetime(2026, 10, 1, 9))
    (line,) = home(desk).after.confirmations
    assert (line.dispute_id, line.on) == (loan, date(2026, 10, 8))
    ready = asked(desk, loan, materials=("司法确认申请书",))
    performance.save_confirmation(desk, ready)
    assert len(home(desk).after.confirmations) == 1
    assert queries.confirmation_of(desk, queries.dossier(desk, loan))
    (ready,) = queries.dossier(desk, loan).confirmations
    performance.save_confirmation(desk, replace(ready, applied_on=date(2026, 9, 30)))
    assert home(desk).after.confirmations == ()
    clock.set(datetime(2026, 10, 9, 9))
    assert queries.confirmation_of(desk, queries.dossier(desk, loan)) is None


RULED = {"applied_on": date(2026, 9, 5), "ruled_on": date(2026, 9, 9)}


@pytest.mark.parametrize(
    ("result", "after"),
    [
        ("确认有效", "confirmed"),
        ("驳回", "not_confirmed"),
        ("不予受理", "not_confirmed"),
        ("撤回", "performing"),
        ("超时", "performing"),
    ],
)
def test_the_courts_answer_moves_the_dispute_on(desk, loan, result, after):
    performance.save_confirmation(desk, asked(desk, loan, result=result, **RULED), "内容不明确")
    found = queries.dossier(desk, loan)
    assert found.dispute.state == after
    assert found.confirmations[0].result == result
    if after == "not_confirmed":
        assert found.steps[-1].reason == "内容不明确"


def test_one_sides_wish_is_no_application_and_a_refusal_needs_its_reason(desk, loan):
    with pytest.raises(UserError, match="共同申请"):
        performance.save_confirmation(desk, asked(desk, loan, sides=1, result="确认有效", **RULED))
    with pytest.raises(UserError, match="原因"):
        performance.save_confirmation(desk, asked(desk, loan, result="驳回", **RULED))
    found = queries.dossier(desk, loan)
    assert (found.confirmations, state(desk, loan)) == ((), records.DisputeState.PERFORMING)


def test_an_answer_that_comes_after_performance_is_only_kept(desk, loan):
    performance.mark_performed(desk, loan, date(2026, 9, 8))
    performance.save_confirmation(desk, asked(desk, loan, result="确认有效", **RULED))
    assert state(desk, loan) is records.DisputeState.PERFORMED
    assert queries.dossier(desk, loan).confirmations[0].result == "确认有效"


def closing(desk, dispute_id, day):
    return records.Closing(
        id=desk.new_id(), dispute_id=dispute_id, on=day, by="汪承平", result="调解成功，协议已履行"
    )


def test_closing_keeps_report_and_step_together(desk, wages):
    performance.mark_performed(desk, wages, date(2026, 7, 16))
    performance.close_dispute(desk, closing(desk, wages, date(2026, 7, 16)))
    found = queries.dossier(desk, wages)
    assert found.dispute.state is records.DisputeState.CLOSED
    assert found.dispute.closed_on == date(2026, 7, 16)
    assert len(found.closings) == 1
    assert home(desk).after.visits == ()


def test_a_planned_session_bars_closing_and_no_report_is_left(desk):
    village = Village(desk)
    dispute_id = village.dispute("甲", "乙", accepted_on=date(2026, 6, 18))
    village.session(dispute_id, datetime(2026, 6, 20, 14))
    end = records.Outcome(
        id=desk.new_id(), dispute_id=dispute_id, kind="withdrawn", on=date(2026, 6, 19), reason="和好了"
    )
    disputes.take_step(desk, dispute_id, Action.WITHDRAW, date(2026, 6, 19), outcome=end)
    with pytest.raises(UserError, match="没有记录的调解"):
        performance.close_dispute(desk, closing(desk, dispute_id, date(2026, 6, 19)))
    assert queries.dossier(desk, dispute_id).closings == ()
