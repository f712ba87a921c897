from datetime import date, datetime

import pytest
from builders import DISPUTE_ID, agreement, dispute, dossier, party, uid

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import STEPS, Action, after, offers
from mediation_desktop.domain.records import DisputeState

REFUSAL = records.Refusal(id=uid(600), dispute_id=DISPUTE_ID, party_id=uid(201), on=date(2026, 8, 13))
HELD = records.Session(
    id=uid(610),
    dispute_id=DISPUTE_ID,
    starts_at=datetime(2026, 8, 12, 19, 30),
    state=records.SessionState.HELD,
    result="达成协议",
)


def _in(state, **parts):
    return dossier(dispute=dispute(state=state), **parts)


def test_acceptance_needs_two_parties():
    alone = _in(DisputeState.REGISTERED, parties=(party(0),))
    with pytest.raises(UserError, match="当事人"):
        after(alone, Action.ACCEPT)
    assert after(_in(DisputeState.REGISTERED), Action.ACCEPT) is DisputeState.ACCEPTED


@pytest.mark.parametrize("state", [DisputeState.ACCEPTED, DisputeState.MEDIATING])
@pytest.mark.parametrize("action", [Action.MEDIATE, Action.AGREE])
def test_a_refusal_bars_mediation_and_agreement(state, action):
    barred = _in(state, refusals=(REFUSAL,), sessions=(HELD,))
    with pytest.raises(UserError):
        after(barred, action)


def test_a_new_dated_consent_lifts_the_refusal():
    consented = records.Refusal(
        id=uid(600),
        dispute_id=DISPUTE_ID,
        party_id=uid(201),
        on=date(2026, 8, 13),
        consented_again_on=date(2026, 8, 20),
    )
    assert after(_in(DisputeState.ACCEPTED, refusals=(consented,)), Action.MEDIATE) is DisputeState.MEDIATING


def test_a_barred_dispute_can_still_be_terminated():
    assert (
        after(_in(DisputeState.MEDIATING, refusals=(REFUSAL,)), Action.TERMINATE) is DisputeState.TERMINATED
    )


def test_an_agreement_takes_effect_only_with_a_sealed_paper():
    def paper(state):
        return records.IssuedPaper(
            id=uid(700),
            dispute_id=DISPUTE_ID,
            subject_id=uid(300),
            form="agreement",
            form_version="1",
            printed_at=datetime(2026, 6, 19, 16),
            copies=3,
            pages=2,
            pdf_sha256="",
            docx_sha256="",
            state=state,
        )

    for state in (records.PaperState.PRINTED, records.PaperState.SIGNED):
        with pytest.raises(UserError, match=r"盖章|不能"):
            after(
                _in(DisputeState.AGREED, agreements=(agreement(),), papers=(paper(state),)),
                Action.TAKE_EFFECT,
            )
    sealed = _in(DisputeState.AGREED, agreements=(agreement(),), papers=(paper(records.PaperState.SEALED),))
    assert after(sealed, Action.TAKE_EFFECT) is DisputeState.PERFORMING


def test_an_oral_agreement_takes_effect_the_day_it_is_reached():
    oral = agreement(form=records.AgreementForm.ORAL)
    with pytest.raises(UserError, match=r"日期|不能"):
        after(_in(DisputeState.AGREED, agreements=(oral,)), Action.TAKE_EFFECT)
    dated = agreement(form=records.AgreementForm.ORAL, agreed_on=date(2026, 9, 9))
    assert after(_in(DisputeState.AGREED, agreements=(dated,)), Action.TAKE_EFFECT) is DisputeState.PERFORMING


@pytest.mark.parametrize("state", list(DisputeState))
def test_only_steps_of_the_table_are_offered_and_allowed(state):
    case = _in(state)
    allowed = {step.action for step in STEPS if step.before is state}
    assert {offer.action for offer in offers(case)} == allowed
    for action in set(Action) - allowed:
        with pytest.raises(UserError):
            after(case, action)


def test_every_closed_step_says_why():
    offer = next(o for o in offers(_in(DisputeState.REGISTERED, parties=())) if o.action is Action.ACCEPT)
    assert "当事人" in offer.closed_because
