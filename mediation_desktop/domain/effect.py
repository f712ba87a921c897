"""When a settlement agreement comes into effect."""

from collections.abc import Sequence
from datetime import date

from mediation_desktop.domain.records import Agreement, AgreementForm, IssuedPaper, Party, PartyKind


def effective_on(paper: IssuedPaper, parties: Sequence[Party]) -> date | None:
    """Return the day a written agreement took effect, or ``None`` while anything is missing.

    It is the latest of every party's signature, every organisation's seal, the mediator's signature and
    the committee's seal (人民调解法 第29条; that an organisation seals too is 司发通〔2010〕239号).
    """
    signed = {signature.party_id: signature.on for signature in paper.signatures}
    sealed = {seal.party_id: seal.on for seal in paper.party_seals}
    organisations = [party for party in parties if party.kind is PartyKind.ORGANISATION]
    days = [
        *(signed.get(party.id) for party in parties),
        *(sealed.get(party.id) for party in organisations),
        signed.get(None),
        paper.sealed_on,
    ]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def agreement_effective_on(
    agreement: Agreement, parties: Sequence[Party], paper: IssuedPaper | None
) -> date | None:
    """Return the day any agreement took effect: an oral one the day it was reached (人民调解法 第30条)."""
    if agreement.form is AgreementForm.ORAL:
        return agreement.agreed_on
    return effective_on(paper, parties) if paper else None
