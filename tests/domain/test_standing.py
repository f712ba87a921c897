from datetime import date, datetime

import pytest
from builders import DISPUTE_ID, agreement, dossier, obligation, uid

from mediation_desktop.domain import lifecycle
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import AgreementChange, AgreementForm, IssuedPaper, PaperState
from mediation_desktop.domain.standing import begun, is_effective, owed


def paper(number, subject, state):
    return IssuedPaper(
        id=uid(800 + number),
        dispute_id=DISPUTE_ID,
        subject_id=subject,
        form="agreement",
        form_version="1",
        printed_at=datetime(2026, 6, 19),
        copies=3,
        pages=1,
        pdf_sha256="",
        docx_sha256="",
        state=state,
    )


OLD = agreement(number="（2026）第001号")
NEW = agreement(id=uid(301), earlier_id=OLD.id, change=AgreementChange.AMENDS)
SEALED = paper(0, OLD.id, PaperState.DELIVERED)
OWED = (obligation(), obligation(1, agreement_id=NEW.id))


def test_a_change_that_is_only_drafted_takes_nothing_from_what_is_in_force():
    case = dossier(agreements=(OLD, NEW), papers=(SEALED, paper(1, NEW.id, PaperState.PRINTED)))
    assert lifecycle.in_force(case)
    assert case.standing == OLD
    assert case.agreement == NEW
    assert owed(OWED, case.agreements, case.papers) == OWED[:1]


def test_once_sealed_the_change_counts_and_its_list_alone_is_owed():
    papers = (SEALED, paper(1, NEW.id, PaperState.SEALED))
    assert dossier(agreements=(OLD, NEW), papers=papers).standing == NEW
    assert owed(OWED, (OLD, NEW), papers) == OWED[1:]


def test_before_anything_took_effect_the_newest_counts():
    assert dossier(agreements=(OLD,)).standing == OLD
    assert not lifecycle.in_force(dossier(agreements=(OLD,)))
    assert dossier().standing is None


def test_an_oral_agreement_is_in_force_from_its_day():
    assert not is_effective(agreement(form=AgreementForm.ORAL), ())
    assert is_effective(agreement(form=AgreementForm.ORAL, agreed_on=date(2026, 6, 19)), ())


def test_a_replacement_begins_with_the_old_terms_and_says_that_the_old_ones_end():
    fresh = agreement(id=uid(301), terms=(), facts="")
    made = begun(OLD, AgreementChange.REPLACES, fresh)
    assert [term.text for term in made.terms][:-1] == [term.text for term in OLD.terms]
    assert OLD.number in made.terms[-1].text
    assert (made.earlier_id, made.change, made.facts) == (OLD.id, AgreementChange.REPLACES, OLD.facts)
    amended = begun(OLD, AgreementChange.AMENDS, fresh)
    assert "其余各条不变" in amended.terms[-1].text


def test_nothing_can_refer_to_an_agreement_without_a_number():
    with pytest.raises(UserError, match="编号"):
        begun(agreement(), AgreementChange.AMENDS, NEW)
