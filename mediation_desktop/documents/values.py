"""The values a form may name, as text.  An empty text means that nothing is known."""

from collections.abc import Callable, Mapping
from datetime import date

from mediation_desktop.domain import dates, money
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.identity import age_on
from mediation_desktop.domain.records import (
    Agent,
    AgentPower,
    Agreement,
    Instalment,
    Obligation,
    Party,
    PartyKind,
)

Values = dict[str, str]
_YES = "是"
_POWERS = {AgentPower.GENERAL: "一般授权", AgentPower.SPECIAL: "特别授权"}


def paper_values(dossier: Dossier, agreement: Agreement, switches: Mapping[str, bool]) -> Values:
    """Return what holds for the whole paper."""
    others = agreement.extra_copies
    return {
        "committee.name": dossier.committee.name,
        "studio.name": dossier.studio.name if dossier.studio else "",
        "recorder.name": dossier.dispute.recorder,
        "agreement.number": agreement.number,
        "agreement.facts": agreement.facts,
        "agreement.responsibility": agreement.responsibility,
        "agreement.day": _day(agreement.agreed_on),
        "copies": money.number_capitals(dossier.copies_of(agreement)),
        "copies.other": others[0] if len(others) == 1 else "",
        "copies.others": "、".join(others) if len(others) > 1 else "",
        "copies.plain": _flag(not others),
        **{f"switch.{name}": _flag(on) for name, on in switches.items()},
    }


def party_values(party: Party, dossier: Dossier, agreement: Agreement) -> Values:
    """Return what a party's block and signature place may say; ages count on the day of the agreement."""
    day = agreement.agreed_on or dossier.dispute.accepted_on or dossier.dispute.registered_on
    person = party.kind is PartyKind.PERSON
    guardian, special, head = party.guardian, _special_agent(party), party.representative
    return {
        "party.heading": _heading(party, dossier),
        "party.name": party.name,
        "party.sex": party.sex,
        "party.nation": party.nation,
        "party.age": f"{age_on(party.birth_date, day)}岁" if party.birth_date else "",
        "party.occupation": party.occupation,
        "party.phone": party.phone,
        "party.address": party.address,
        "party.id_number": party.id_number,
        "party.document_missing": party.document_missing,
        "party.household": "户代表" if party.household else "",
        "party.uscc": party.uscc,
        "party.person": _flag(person),
        "party.organisation": _flag(not person),
        "party.signs": _flag(person and not guardian and not special),
        "representative.name": head.name if head else "",
        "representative.title": head.title if head else "",
        "representative.signs": _flag(not person and not special),
        "guardian.name": guardian.name if guardian else "",
        "guardian.relation": guardian.relation if guardian else "",
        "guardian.phone": guardian.phone if guardian else "",
        "guardian.id_number": guardian.id_number if guardian else "",
        "special_agent.name": special.name if special else "",
    }


def agent_values(agent: Agent) -> Values:
    """Return what the line of a 委托代理人 may say."""
    return {
        "agent.name": agent.name,
        "agent.relation": agent.relation,
        "agent.phone": agent.phone,
        "agent.id_number": agent.id_number,
        "agent.power": _POWERS[agent.power],
        "agent.scope": "、".join(agent.scope),
    }


def obligation_values(place: int, obligation: Obligation, dossier: Dossier) -> Values:
    """Return what the rows of one obligation may say; ``place`` counts from 1."""
    fen, parts = obligation.amount_fen, obligation.instalments
    return {
        "obligation.number": str(place),
        "obligation.debtor": dossier.party(obligation.debtor_id).name,
        "obligation.creditor": dossier.party(obligation.creditor_id).name,
        "obligation.what": obligation.what,
        "obligation.act": _flag(fen is None),
        "obligation.at_once": _flag(fen is not None and not parts),
        "obligation.parts": str(len(parts)) if fen is not None and parts else "",
        "obligation.method": obligation.method,
        "obligation.account": obligation.account,
        "obligation.place": obligation.place,
        "obligation.due": _day(obligation.due_on),
        **_amount("obligation", fen),
    }


def instalment_values(place: int, part: Instalment) -> Values:
    """Return what the row of one instalment may say; ``place`` counts from 1."""
    return {
        "instalment.number": str(place),
        "instalment.due": _day(part.due_on),
        **_amount("instalment", part.amount_fen),
    }


def _parties(dossier: Dossier, agreement: Agreement, _: object) -> list[tuple[Values, object]]:
    return [(party_values(party, dossier, agreement), party) for party in dossier.parties]


def _mediators(dossier: Dossier, _: Agreement, __: object) -> list[tuple[Values, object]]:
    return [({"mediator.name": mediator.name}, mediator) for mediator in dossier.mediators]


def _agents(_: Dossier, __: Agreement, party: object) -> list[tuple[Values, object]]:
    return [(agent_values(agent), agent) for agent in party.agents] if isinstance(party, Party) else []


def _terms(_: Dossier, agreement: Agreement, __: object) -> list[tuple[Values, object]]:
    return [({"term.number": str(n), "term": term.text}, term) for n, term in enumerate(agreement.terms, 1)]


def _obligations(dossier: Dossier, agreement: Agreement, _: object) -> list[tuple[Values, object]]:
    owed = dossier.obligations_of(agreement)
    return [(obligation_values(n, item, dossier), item) for n, item in enumerate(owed, 1)]


def _instalments(_: Dossier, __: Agreement, obligation: object) -> list[tuple[Values, object]]:
    parts = obligation.instalments if isinstance(obligation, Obligation) else ()
    return [(instalment_values(n, part), part) for n, part in enumerate(parts, 1)]


Lister = Callable[[Dossier, Agreement, object], list[tuple[Values, object]]]

LISTS: dict[str, Lister] = {
    "parties": _parties,
    "mediators": _mediators,
    "agents": _agents,
    "terms": _terms,
    "obligations": _obligations,
    "instalments": _instalments,
}
"""What ``each`` may name: the values of every item and the item, for lists within it."""


def _special_agent(party: Party) -> Agent | None:
    return next((agent for agent in party.agents if agent.power is AgentPower.SPECIAL), None)


def _heading(party: Party, dossier: Dossier) -> str:
    """Return 甲方, or 申请人（2） where a side has several."""
    side = [item.id for item in dossier.parties if item.side == party.side]
    return party.side if len(side) == 1 else f"{party.side}（{side.index(party.id) + 1}）"


def _amount(prefix: str, fen: int | None) -> Values:
    known = fen is not None
    return {
        f"{prefix}.figures": money.figures(fen) if known else "",
        f"{prefix}.capitals": money.capitals(fen) if known else "",
    }


def _day(day: date | None) -> str:
    return dates.printed(day) if day else ""


def _flag(holds: object) -> str:
    return _YES if holds else ""
