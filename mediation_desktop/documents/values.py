"""The values a form may name, as text: those of the dispute, its people, and its agreement.

Every table names the values of one kind of thing.  An empty text means that nothing is known.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from mediation_desktop.documents.matter import Matter, Told, day, flag, joined, unstopped
from mediation_desktop.domain import money
from mediation_desktop.domain.identity import age_on
from mediation_desktop.domain.papers import applicants
from mediation_desktop.domain.records import (
    Agent,
    AgentPower,
    Agreement,
    Instalment,
    Mediator,
    Obligation,
    Party,
    PartyKind,
    Term,
)

T = TypeVar("T")
Table = Mapping[str, Callable[[T, Any], str]]
"""What may be said of one thing in one matter of its realm, by the name that forms use."""

Values = dict[str, str]
_POWERS = {AgentPower.GENERAL: "一般授权", AgentPower.SPECIAL: "特别授权"}
_NAMED_AT_MOST = 3


def values_of(table: Table[Any], item: object, matter: Told) -> Values:
    """Return everything a table says of an item."""
    return {name: say(item, matter) for name, say in table.items()}


def _of_agreement(say: Callable[[Agreement], str]) -> Callable[[None, Matter], str]:
    """Make a value of the agreement: empty while there is none."""
    return lambda _, matter: say(matter.agreement) if matter.agreement else ""


def _type(matter: Matter) -> str:
    return matter.codes.dispute_types.name(matter.dossier.dispute.type_code)


def _kind(name: str) -> str:
    """Return 邻里纠纷 for 邻里, and a name that says so itself as it is."""
    return name if name.endswith(("纠纷", "争议")) else f"{name}纠纷"


def _source(matter: Matter) -> str:
    """Return the one of the two sources that the ministry's form D knows."""
    return matter.codes.sources.entry(matter.dossier.dispute.source_code).printed


def _extra(matter: Matter) -> tuple[str, ...]:
    return matter.agreement.extra_copies if matter.agreement else ()


def _copies(matter: Matter) -> str:
    agreement = matter.agreement
    return money.number_capitals(matter.dossier.copies_of(agreement)) if agreement else ""


def _special_agent(party: Party) -> str:
    return next((agent.name for agent in party.agents if agent.power is AgentPower.SPECIAL), "")


def _signs(party: Party) -> bool:
    return party.kind is PartyKind.PERSON and not party.guardian and not _special_agent(party)


def _age(party: Party, matter: Matter) -> str:
    return f"{age_on(party.birth_date, matter.day)}岁" if party.birth_date else ""


def _heading(party: Party, matter: Matter) -> str:
    """Return 甲方, or 申请人（2） where a side has several."""
    side = [item.id for item in matter.dossier.parties if item.side == party.side]
    return party.side if len(side) == 1 else f"{party.side}（{side.index(party.id) + 1}）"


def _others(party: Party, matter: Matter) -> str:
    """Return who stands on the other sides, a crowd by its first name and its number."""
    names = [other.name for other in matter.dossier.parties if other.side != party.side]
    return joined(names) if len(names) <= _NAMED_AT_MOST else f"{names[0]}等{len(names)}方"


GENERAL: Table[None] = {
    "committee.name": lambda _, matter: matter.dossier.committee.name,
    "studio.name": lambda _, matter: matter.dossier.studio.name if matter.dossier.studio else "",
    "recorder.name": lambda _, matter: matter.dossier.dispute.recorder,
    "dispute.number": lambda _, matter: matter.dossier.dispute.number,
    "dispute.title": lambda _, matter: matter.dossier.title,
    "dispute.type": lambda _, matter: _type(matter),
    "dispute.kind": lambda _, matter: _kind(_type(matter)),
    "dispute.source": lambda _, matter: matter.codes.sources.name(matter.dossier.dispute.source_code),
    "dispute.source_printed": lambda _, matter: _source(matter),
    "dispute.applied": lambda _, matter: flag(_source(matter) == "当事人申请"),
    "dispute.requested": lambda _, matter: flag(matter.dossier.dispute.requests),
    "dispute.summary": lambda _, matter: matter.dossier.dispute.summary,
    "dispute.place": lambda _, matter: matter.dossier.dispute.place,
    "dispute.occurred": lambda _, matter: day(matter.dossier.dispute.occurred_on),
    "dispute.applied_on": lambda _, matter: day(matter.dossier.dispute.applied_on),
    "dispute.registered": lambda _, matter: day(matter.dossier.dispute.registered_on),
    "dispute.accepted": lambda _, matter: day(matter.dossier.dispute.accepted_on),
    "parties.names": lambda _, matter: joined(party.name for party in matter.dossier.parties),
    "applicants.names": lambda _, matter: joined(party.name for party in applicants(matter.dossier)),
    "respondents.names": lambda _, matter: joined(
        _others(party, matter) for party in applicants(matter.dossier)[:1]
    ),
    "mediators.names": lambda _, matter: joined(one.name for one in matter.dossier.mediators),
    "agents.names": lambda _, matter: joined(
        agent.name for party in matter.dossier.parties for agent in party.agents
    ),
    "agreement.number": _of_agreement(lambda agreement: agreement.number),
    "agreement.facts": _of_agreement(lambda agreement: agreement.facts),
    "agreement.responsibility": _of_agreement(lambda agreement: agreement.responsibility),
    "agreement.day": _of_agreement(lambda agreement: day(agreement.agreed_on)),
    "copies": lambda _, matter: _copies(matter),
    "copies.other": lambda _, matter: joined(_extra(matter)) if len(_extra(matter)) == 1 else "",
    "copies.others": lambda _, matter: joined(_extra(matter)) if len(_extra(matter)) > 1 else "",
    "copies.plain": lambda _, matter: flag(not _extra(matter)),
}
"""What holds for the whole paper."""

PARTY: Table[Party] = {
    "party.heading": _heading,
    "party.name": lambda party, _: party.name,
    "party.sex": lambda party, _: party.sex,
    "party.nation": lambda party, _: party.nation,
    "party.age": _age,
    "party.born": lambda party, _: day(party.birth_date),
    "party.occupation": lambda party, _: party.occupation,
    "party.phone": lambda party, _: party.phone,
    "party.address": lambda party, _: party.address,
    "party.id_number": lambda party, _: party.id_number,
    "party.document_missing": lambda party, _: party.document_missing,
    "party.household": lambda party, _: "户代表" if party.household else "",
    "party.uscc": lambda party, _: party.uscc,
    "party.person": lambda party, _: flag(party.kind is PartyKind.PERSON),
    "party.organisation": lambda party, _: flag(party.kind is not PartyKind.PERSON),
    "party.signs": lambda party, _: flag(_signs(party)),
    "party.others": _others,
    "representative.name": lambda party, _: party.representative.name if party.representative else "",
    "representative.title": lambda party, _: party.representative.title if party.representative else "",
    "representative.signs": lambda party, _: flag(
        party.kind is not PartyKind.PERSON and not _special_agent(party)
    ),
    "guardian.name": lambda party, _: party.guardian.name if party.guardian else "",
    "guardian.relation": lambda party, _: party.guardian.relation if party.guardian else "",
    "guardian.phone": lambda party, _: party.guardian.phone if party.guardian else "",
    "guardian.proof": lambda party, _: party.guardian.proof if party.guardian else "",
    "guardian.id_number": lambda party, _: party.guardian.id_number if party.guardian else "",
    "special_agent.name": lambda party, _: _special_agent(party),
}
"""What a party's block, slip and signature place may say; ages count on the day of the matter."""

AGENT: Table[Agent] = {
    "agent.name": lambda agent, _: agent.name,
    "agent.relation": lambda agent, _: agent.relation,
    "agent.phone": lambda agent, _: agent.phone,
    "agent.id_number": lambda agent, _: agent.id_number,
    "agent.power": lambda agent, _: _POWERS[agent.power],
    "agent.scope": lambda agent, _: joined(agent.scope),
}

MEDIATOR: Table[Mediator] = {
    "mediator.name": lambda mediator, _: mediator.name,
    "mediator.phone": lambda mediator, _: mediator.phone,
}

REQUEST: Table[str] = {"request": lambda request, _: unstopped(request)}
TERM: Table[Term] = {"term": lambda term, _: term.text}

OBLIGATION: Table[Obligation] = {
    "obligation.debtor": lambda owed, matter: matter.dossier.party(owed.debtor_id).name,
    "obligation.creditor": lambda owed, matter: matter.dossier.party(owed.creditor_id).name,
    "obligation.what": lambda owed, _: owed.what,
    "obligation.act": lambda owed, _: flag(owed.amount_fen is None),
    "obligation.at_once": lambda owed, _: flag(owed.amount_fen is not None and not owed.instalments),
    "obligation.parts": lambda owed, _: (
        str(len(owed.instalments)) if owed.amount_fen is not None and owed.instalments else ""
    ),
    "obligation.method": lambda owed, _: owed.method,
    "obligation.account": lambda owed, _: owed.account,
    "obligation.place": lambda owed, _: owed.place,
    "obligation.due": lambda owed, _: day(owed.due_on),
    "obligation.figures": lambda owed, _: "" if owed.amount_fen is None else money.figures(owed.amount_fen),
    "obligation.capitals": lambda owed, _: "" if owed.amount_fen is None else money.capitals(owed.amount_fen),
}

INSTALMENT: Table[Instalment] = {
    "instalment.due": lambda part, _: day(part.due_on),
    "instalment.figures": lambda part, _: money.figures(part.amount_fen),
    "instalment.capitals": lambda part, _: money.capitals(part.amount_fen),
}
