from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from mediation_desktop.domain.effect import agreement_effective_on, effective_on
from mediation_desktop.domain.records import (
    Agreement,
    AgreementForm,
    IssuedPaper,
    Party,
    PartyKind,
    Signature,
)
from mediation_desktop.system.ids import new_id

DISPUTE = new_id()
PERSON = Party(id=new_id(), dispute_id=DISPUTE, position=0, side="甲方", name="甲")
FIRM = Party(
    id=new_id(), dispute_id=DISPUTE, position=1, side="乙方", name="乙公司", kind=PartyKind.ORGANISATION
)
PARTIES = (PERSON, FIRM)
AGREEMENT = Agreement(id=new_id(), dispute_id=DISPUTE, number="1", agreed_on=date(2026, 6, 19))
PAPER = IssuedPaper(
    id=new_id(),
    dispute_id=DISPUTE,
    subject_id=AGREEMENT.id,
    form="agreement",
    form_version="1",
    printed_at=datetime(2026, 6, 19, tzinfo=UTC),
    copies=3,
    pages=2,
    pdf_sha256="",
    docx_sha256="",
    signatures=(
        Signature(party_id=PERSON.id, on=date(2026, 6, 19)),
        Signature(party_id=FIRM.id, on=date(2026, 6, 20)),
        Signature(party_id=None, on=date(2026, 6, 19)),
    ),
    party_seals=(Signature(party_id=FIRM.id, on=date(2026, 6, 22)),),
    sealed_on=date(2026, 6, 21),
)


def test_effect_begins_on_the_latest_of_signatures_and_seals():
    assert effective_on(PAPER, PARTIES) == date(2026, 6, 22)
    assert effective_on(PAPER, (PERSON,)) == date(2026, 6, 21)


@pytest.mark.parametrize(
    "unfinished",
    [
        None,
        replace(PAPER, sealed_on=None),
        replace(PAPER, party_seals=()),
        *(
            replace(PAPER, signatures=PAPER.signatures[:missing] + PAPER.signatures[missing + 1 :])
            for missing in range(3)
        ),
    ],
)
def test_no_effect_while_any_signature_or_seal_is_missing(unfinished):
    assert agreement_effective_on(AGREEMENT, PARTIES, unfinished) is None


def test_an_oral_agreement_takes_effect_the_day_it_is_reached():
    oral = replace(AGREEMENT, form=AgreementForm.ORAL)
    assert agreement_effective_on(oral, PARTIES, None) == date(2026, 6, 19)
