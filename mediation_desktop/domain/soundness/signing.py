"""Who signed: only what is on a paper that is sealed already can be wrong."""

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.records import AgentPower, PartyKind
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, warning
from mediation_desktop.domain.soundness.people import SIGNS_FOR

_LAW = (
    "协议书自各方当事人签名、盖章或者按指印，调解员签名并加盖调委会印章之日起生效（人民调解法第二十九条）。"
)


def signing_findings(draft: Draft) -> Found:
    """Check signatures and seals against parties, mediators and the day of the session."""
    yield from _signed_for(draft)
    paper = draft.paper
    if paper is None:
        return
    signed = {item.party_id: item.on for item in paper.signatures}
    sealed = {item.party_id for item in paper.party_seals}
    last = draft.held[-1].starts_at.date() if draft.held else None
    for on in sorted({*signed.values()}):
        if last and on < last:
            told = f"签字日期{printed(on)}早于调解日期{printed(last)}。"
            yield fault("signing.before_session", told, paper.id, "signatures", reason="先调解，后签字。")
    if paper.sealed_on is None:
        return
    for party in draft.dossier.parties:
        if party.id not in signed:
            told = f"协议书已经盖章，{party.name}却没有签字。"
            yield fault("signing.party", told, paper.id, "signatures", reason=_LAW)
        elif party.kind is PartyKind.ORGANISATION and party.id not in sealed:
            told = f"{party.name}只有代表人签字，没有盖公章。"
            yield fault("signing.party_seal", told, paper.id, "party_seals", reason=_LAW)
    if None not in signed:
        yield fault(
            "signing.mediator", "协议书已经盖章，调解员却没有签字。", paper.id, "signatures", reason=_LAW
        )
    if signed and paper.sealed_on < max(signed.values()):
        told = "盖章日期早于最后一个签字日期，请核对：不应在空白协议书上先盖章。"
        yield warning("signing.seal_first", told, paper.id, "sealed_on", reason=_LAW)


def _signed_for(draft: Draft) -> Found:
    """Somebody signs for a party that has no special agent."""
    for at, text in enumerate(draft.terms):
        match = SIGNS_FOR.search(text)
        entitled = any(
            party.guardian or any(agent.power is AgentPower.SPECIAL for agent in party.agents)
            for party in draft.dossier.parties
        )
        if match and not entitled:
            told = f"第{at + 1}条说由别人代签（“{match[0]}”），要有特别授权，或由本人签名、按指印。"
            yield fault("signing.for_another", told, draft.agreement.id, f"terms.{at}", reason=_LAW)
