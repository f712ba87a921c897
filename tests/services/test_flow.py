"""The main job through the services, on a real office file: register, mediate, agree."""

from datetime import date, datetime

import pytest
from builders import uid
from desks import sample
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import agreements, disputes, queries, sessions
from mediation_desktop.services.casefiles.entering import adopt
from mediation_desktop.services.office import office_view


def _register(desk, new_id, **changed):
    case = adopt(desk, sample(1, new_id).dossier)
    dispute = replace(case.dispute, **changed)
    change = disputes.register_dispute(desk, dispute, case.parties, case.invited)
    return change.dispute_id


def _session(dispute_id, **changed):
    values = {
        "id": uid(9000),
        "dispute_id": dispute_id,
        "starts_at": datetime(2026, 6, 19, 15, 30),
        "place": "石塔巷张福根家中",
    }
    return records.Session(**(values | changed))


def test_a_registered_dispute_has_a_number_a_history_and_a_revision_for_each_record(desk, new_id):
    dispute_id = _register(desk, new_id)
    dossier = queries.dossier(desk, dispute_id)
    assert dossier.dispute.number == "（2026）龙东人调字第001号"
    assert [party.name for party in dossier.parties] == ["张福根", "李木水"]
    lines = queries.history(desk, dispute_id)
    assert {line.action for line in lines} == {"登记纠纷"}
    assert {line.kind for line in lines} == {"dispute", "party", "invited"}
    assert all(line.actor == "汪承平" for line in lines)


def test_numbers_have_no_gap_and_start_anew_each_year(desk, new_id):
    ids = [_register(desk, new_id) for _ in range(2)]
    ids.append(_register(desk, new_id, registered_on=date(2027, 1, 4)))
    numbers = [queries.dossier(desk, one).dispute.number for one in ids]
    assert numbers == ["（2026）龙东人调字第001号", "（2026）龙东人调字第002号", "（2027）龙东人调字第001号"]


def test_a_number_of_a_failed_save_is_given_again(desk, new_id):
    case = adopt(desk, sample(1, new_id).dossier)
    twice = (case.parties[0], case.parties[0])
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        disputes.register_dispute(desk, case.dispute, twice)
    assert queries.count_disputes(desk) == 0
    assert queries.dossier(desk, _register(desk, new_id)).dispute.number.endswith("001号")


def test_an_unknown_type_is_refused_with_advice(desk, new_id):
    with pytest.raises(UserError, match="代码表") as caught:
        _register(desk, new_id, type_code="nonsense")
    assert caught.value.advice
    assert queries.count_disputes(desk) == 0


def test_sessions_wait_for_acceptance_and_start_the_mediation(desk, new_id):
    dispute_id = _register(desk, new_id)
    with pytest.raises(UserError, match="受理"):
        sessions.schedule_session(desk, _session(dispute_id))
    disputes.take_step(desk, dispute_id, Action.ACCEPT, date(2026, 6, 19))
    sessions.schedule_session(desk, _session(dispute_id))
    kept = queries.dossier(desk, dispute_id).sessions[0]
    sessions.record_session(desk, replace(kept, result="达成协议"))
    dossier = queries.dossier(desk, dispute_id)
    assert dossier.dispute.state is records.DisputeState.MEDIATING
    assert dossier.sessions[0].state is records.SessionState.HELD


def test_a_refusal_bars_sessions(desk, new_id):
    dispute_id = _register(desk, new_id)
    disputes.take_step(desk, dispute_id, Action.ACCEPT, date(2026, 6, 19))
    party = queries.dossier(desk, dispute_id).parties[1]
    refusal = records.Refusal(
        id=new_id(), dispute_id=dispute_id, party_id=party.id, on=date(2026, 6, 19), how="当面"
    )
    disputes.save_records(desk, "登记拒绝调解", refusal)
    for do in (sessions.schedule_session, sessions.record_session):
        with pytest.raises(UserError, match="拒绝"):
            do(desk, _session(dispute_id, result="达成协议"))


def test_two_sessions_at_one_place_clash(desk, new_id):
    dispute_id = _register(desk, new_id)
    disputes.take_step(desk, dispute_id, Action.ACCEPT, date(2026, 6, 19))
    sessions.schedule_session(desk, _session(dispute_id))
    overlapping = _session(dispute_id, id=uid(9001), starts_at=datetime(2026, 6, 19, 16))
    later = _session(dispute_id, id=uid(9002), starts_at=datetime(2026, 6, 19, 16, 30))
    assert [clash.other.id for clash in sessions.clashes(desk, overlapping)] == [uid(9000)]
    assert sessions.clashes(desk, later) == ()


def test_ending_without_agreement_needs_a_reason_and_stops_the_clock(desk, new_id):
    dispute_id = _register(desk, new_id)
    disputes.take_step(desk, dispute_id, Action.ACCEPT, date(2026, 6, 19))
    with pytest.raises(UserError, match="原因"):
        disputes.take_step(desk, dispute_id, Action.TERMINATE, date(2026, 6, 20))
    outcome = records.Outcome(
        id=new_id(),
        dispute_id=dispute_id,
        kind="terminated",
        on=date(2026, 6, 20),
        reason="当事人一方明确拒绝继续调解",
        routes_told=("向人民法院起诉",),
    )
    disputes.take_step(desk, dispute_id, Action.TERMINATE, date(2026, 6, 20), outcome=outcome)
    dossier = queries.dossier(desk, dispute_id)
    assert dossier.dispute.finished_on == date(2026, 6, 20)
    assert dossier.outcomes[0].routes_told == ("向人民法院起诉",)


def test_saving_an_agreement_keeps_exactly_its_obligations(desk, new_id):
    dispute_id = _register(desk, new_id)
    a, b = queries.dossier(desk, dispute_id).parties
    text = records.Agreement(
        id=new_id(), dispute_id=dispute_id, number="", facts="事实", terms=(records.Term(text="赔800元。"),)
    )
    owed = [
        records.Obligation(
            id=new_id(),
            dispute_id=dispute_id,
            agreement_id=text.id,
            position=place,
            debtor_id=b.id,
            creditor_id=a.id,
            amount_fen=80000,
        )
        for place in range(2)
    ]
    agreements.save_agreement(desk, text, owed)
    dossier = queries.dossier(desk, dispute_id)
    assert dossier.agreement.number == "（2026）龙东人调协字第001号"
    agreements.save_agreement(desk, dossier.agreement, dossier.obligations[1:])
    assert [item.id for item in queries.dossier(desk, dispute_id).obligations] == [owed[1].id]


def test_a_party_of_an_obligation_cannot_be_removed(desk, new_id):
    dispute_id = _register(desk, new_id)
    a, b = queries.dossier(desk, dispute_id).parties
    text = records.Agreement(
        id=new_id(), dispute_id=dispute_id, number="", terms=(records.Term(text="赔。"),)
    )
    owed = records.Obligation(
        id=new_id(),
        dispute_id=dispute_id,
        agreement_id=text.id,
        position=0,
        debtor_id=b.id,
        creditor_id=a.id,
        amount_fen=80000,
    )
    agreements.save_agreement(desk, text, [owed])
    with pytest.raises(UserError, match="不能移除"):
        disputes.remove_party(desk, b, "重复")


def test_whoever_spoke_or_refused_stays_in_the_dispute(desk, new_id):
    dispute_id = _register(desk, new_id)
    disputes.take_step(desk, dispute_id, Action.ACCEPT, date(2026, 6, 19))
    a, b = queries.dossier(desk, dispute_id).parties
    said = (records.RecordLine(speaker_id=a.id, said="要三千二百元。"),)
    sessions.record_session(desk, _session(dispute_id, lines=said, result="未达成"))
    refusal = records.Refusal(id=new_id(), dispute_id=dispute_id, party_id=b.id, on=date(2026, 6, 19))
    disputes.save_records(desk, "登记拒绝调解", refusal)
    for party in (a, b):
        with pytest.raises(UserError, match="不能移除"):
            disputes.remove_party(desk, party, "重复")


def test_a_party_entered_by_mistake_is_removed_and_stays_in_the_history(desk, new_id):
    dispute_id = _register(desk, new_id)
    party = queries.dossier(desk, dispute_id).parties[1]
    disputes.remove_party(desk, party, "登记有误")
    assert party.id not in {one.id for one in queries.dossier(desk, dispute_id).parties}
    assert any(line.action == "移除当事人" for line in queries.history(desk, dispute_id))


def test_an_edit_based_on_an_old_state_is_refused_and_loses_nothing(desk, new_id):
    dispute_id = _register(desk, new_id)
    seen = queries.dossier(desk, dispute_id).dispute
    disputes.save_dispute(desk, replace(seen, place="石塔巷东头"))
    with pytest.raises(UserError):
        disputes.save_dispute(desk, replace(seen, place="石塔巷西头"))
    assert queries.dossier(desk, dispute_id).dispute.place == "石塔巷东头"


def test_the_office_says_who_it_is(desk):
    view = office_view(desk)
    assert view.committee.name == "龙游县东华街道鸡鸣村人民调解委员会"
    assert [mediator.name for mediator in view.mediators] == ["汪承平", "周正明"]
