"""What is done with an agreement: linked terms, oral agreements, changes, reasons for findings."""

from datetime import date

import pytest
from desks import sample
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import overridden
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import AgreementChange, DisputeState, PaperState, Term
from mediation_desktop.domain.terms import with_accepted
from mediation_desktop.services import agreements, disputes, home, papers, queries
from mediation_desktop.services.casefiles.entering import adopt, enter


@pytest.fixture
def heard(desk, clock, new_id):
    """Give a dispute that was heard, with its proposals, before any agreement."""
    clock.advance(days=150)
    case = sample(1, new_id)
    return enter(desk, replace(case, dossier=replace(case.dossier, agreements=(), payments=(), followups=())))


@pytest.fixture
def settled(desk, clock, new_id):
    """Give a dispute whose agreement is signed and sealed."""
    clock.advance(days=150)
    case = sample(1, new_id)
    return enter(desk, replace(case, dossier=replace(case.dossier, payments=(), followups=())))


def _accepted(desk, dispute_id):
    return [one for one in queries.dossier(desk, dispute_id).proposals if one.state == "双方接受"]


def _draft(desk, dispute_id, **changed):
    values = {
        "id": desk.new_id(),
        "dispute_id": dispute_id,
        "number": "",
        "facts": "树倒在屋上。",
        "responsibility": "乙方担责。",
        "agreed_on": date(2026, 6, 19),
        "terms": with_accepted((), _accepted(desk, dispute_id)),
    }
    return records.Agreement(**(values | changed))


def _seal_newest(desk, dispute_id):
    """Print, sign and seal the newest agreement on 1 November."""
    papers.issue_agreement(desk, dispute_id, despite="当事人坚持")
    dossier = queries.dossier(desk, dispute_id)
    on = date(2026, 11, 1)
    signers = (*(party.id for party in dossier.parties), None)
    paper = dossier.papers[-1]
    papers.record_signatures(desk, paper.id, tuple(records.Signature(party_id=one, on=on) for one in signers))
    papers.record_seal(desk, paper.id, on)


def test_a_term_follows_the_proposal_it_came_from_until_somebody_signs(desk, heard):
    agreements.save_agreement(desk, _draft(desk, heard), ())
    (accepted,) = _accepted(desk, heard)
    disputes.save_records(desk, "改方案", replace(accepted, text="衣柜补九百元。"))
    (term,) = queries.dossier(desk, heard).agreement.terms
    assert (term.text, term.proposal_id) == ("衣柜补九百元。", accepted.id)
    _seal_newest(desk, heard)
    (accepted,) = [one for one in queries.dossier(desk, heard).proposals if one.id == accepted.id]
    disputes.save_records(desk, "改方案", replace(accepted, text="不算数了。"))
    assert queries.dossier(desk, heard).agreement.terms[0].text == "衣柜补九百元。"


def test_rewording_a_term_rewords_its_proposal(desk, heard):
    draft = _draft(desk, heard)
    agreements.save_agreement(desk, draft, ())
    kept = queries.dossier(desk, heard).agreement
    (term,) = kept.terms
    agreements.save_agreement(desk, replace(kept, terms=(replace(term, text="乙方补偿甲方800元。"),)), ())
    dossier = queries.dossier(desk, heard)
    assert next(one for one in dossier.proposals if one.id == term.proposal_id).text == "乙方补偿甲方800元。"
    assert dossier.agreement.terms[0].proposal_id == term.proposal_id


def test_an_oral_agreement_is_in_force_from_its_day_and_needs_no_paper(desk, heard):
    oral = _draft(desk, heard, terms=(Term(text="乙方当面赔礼道歉。"),))
    agreements.reach_orally(desk, oral, ())
    dossier = queries.dossier(desk, heard)
    assert dossier.dispute.state is DisputeState.PERFORMING
    assert dossier.dispute.finished_on == date(2026, 6, 19)
    assert dossier.agreement.form is records.AgreementForm.ORAL
    assert dossier.agreement.number
    assert dossier.papers == ()
    assert [step.on for step in dossier.steps[-2:]] == [date(2026, 6, 19)] * 2


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"agreed_on": None}, "日期"), ({"terms": ()}, "内容"), ({"agreed_on": date(2027, 1, 1)}, "今天之后")],
)
def test_an_oral_agreement_says_what_and_when(desk, heard, changed, words):
    with pytest.raises(UserError, match=words):
        agreements.reach_orally(desk, _draft(desk, heard, **changed), ())
    assert queries.dossier(desk, heard).agreements == ()


def test_a_change_keeps_the_old_agreement_in_force_until_it_is_sealed_itself(desk, settled):
    before = queries.dossier(desk, settled)
    agreements.begin_change(desk, settled, AgreementChange.REPLACES)
    drafted = queries.dossier(desk, settled)
    old, new = drafted.agreements
    assert drafted.standing == old == before.agreement
    assert (new.earlier_id, new.change) == (old.id, AgreementChange.REPLACES)
    assert new.number not in {"", old.number}
    assert len(drafted.obligations_of(new)) == len(drafted.obligations_of(old)) == 3
    assert [paper.state for paper in drafted.papers] == [PaperState.SEALED]
    _seal_newest(desk, settled)
    changed = queries.dossier(desk, settled)
    assert changed.standing == changed.agreement
    assert changed.dispute.state is before.dispute.state
    assert changed.dispute.number == before.dispute.number
    assert changed.dispute.finished_on == before.dispute.finished_on
    assert len(changed.agreements) == len([one for one in changed.papers if one.sealed_on]) == 2


def test_what_is_due_is_that_of_the_agreement_in_force(desk, settled):
    def due():
        return {line.due.obligation.agreement_id for line in home.home(desk).due}

    old = queries.dossier(desk, settled).agreement
    assert due() == {old.id}
    agreements.begin_change(desk, settled, AgreementChange.AMENDS)
    assert due() == {old.id}
    _seal_newest(desk, settled)
    assert due() == {queries.dossier(desk, settled).agreement.id}


def test_a_change_may_be_given_up_and_only_one_is_drafted_at_a_time(desk, settled):
    before = queries.dossier(desk, settled)
    agreements.begin_change(desk, settled, AgreementChange.AMENDS)
    with pytest.raises(UserError, match="已经在起草"):
        agreements.begin_change(desk, settled, AgreementChange.AMENDS)
    agreements.drop_change(desk, settled)
    after = queries.dossier(desk, settled)
    assert (after.agreements, after.obligations) == (before.agreements, before.obligations)
    with pytest.raises(UserError, match="没有正在起草"):
        agreements.drop_change(desk, settled)


def test_only_what_is_in_force_is_changed(desk, heard):
    agreements.save_agreement(desk, _draft(desk, heard), ())
    with pytest.raises(UserError, match="没有生效"):
        agreements.begin_change(desk, heard, AgreementChange.AMENDS)


def test_a_finding_is_left_as_it_is_with_a_reason_that_stays_in_sight(desk, heard):
    draft = _draft(desk, heard, terms=(Term(text="乙方尽快修好。"),))
    agreements.save_agreement(desk, draft, ())
    dossier = queries.dossier(desk, heard)
    finding = next(one for one in agreements.findings(desk.codes, dossier) if one.code == "vague.soon")
    with pytest.raises(UserError, match="理由"):
        agreements.explain(desk, heard, finding, " ")
    agreements.explain(desk, heard, finding, "当事人坚持")
    dossier = queries.dossier(desk, heard)
    assert finding in agreements.findings(desk.codes, dossier)
    kept = overridden(finding, dossier.overrides)
    assert (kept.reason, kept.by) == ("当事人坚持", "汪承平")


def test_an_explained_fault_no_longer_asks_for_a_reason_when_printing(desk, heard):
    own = adopt(desk, queries.dossier(desk, heard))
    draft = _draft(desk, heard, terms=(Term(text="双方不得再向人民法院起诉。"),))
    agreements.save_agreement(desk, draft, ())
    with pytest.raises(UserError, match="起诉"):
        papers.issue_agreement(desk, heard)
    for finding in agreements.open_faults(desk.codes, queries.dossier(desk, heard)):
        agreements.explain(desk, heard, finding, "当事人坚持")
    papers.issue_agreement(desk, heard)
    assert queries.dossier(desk, own.dispute.id).papers
