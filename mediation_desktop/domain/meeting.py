"""What is to be looked at around a session: who was told, who was reached, what is still on the table.

Nothing here ever bars a session: these are warnings and reminders (司法部令第75号 第29、30条).
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mediation_desktop.domain.codes import E, ProposalState, ReachResult, Table
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.records import Attempt, Notice, Party, Proposal, Session, SessionState


def told(notice: Notice, party: Party) -> bool:
    """Tell whether a notice of rights and duties was given to a party; one without names was for all."""
    return not notice.party_ids or party.id in notice.party_ids


def untold(dossier: Dossier, before: datetime | None = None) -> tuple[Party, ...]:
    """Return the parties who were not told their rights and duties, at all or up to ``before``."""
    notices = [notice for notice in dossier.notices if before is None or notice.told_at <= before]
    return tuple(party for party in dossier.parties if not any(told(notice, party) for notice in notices))


def notice_warning(dossier: Dossier, session: Session) -> str:
    """Say that a session has no notice of rights and duties before it, or nothing (令75 第30条)."""
    missing = untold(dossier, session.starts_at)
    if not missing:
        return ""
    whom = "" if len(missing) == len(dossier.parties) else f"{_names(missing)}："
    return f"{whom}这次调解之前没有告知权利义务的记录，口头告知也算数，请补记告知的时间。"


def session_warnings(dossier: Dossier, session: Session) -> tuple[str, ...]:
    """Return what to look at twice before a session is planned or recorded, apart from clashes."""
    guests = [
        guest.name for guest in dossier.invited if guest.id in session.invited_ids and not guest.consent
    ]
    found = [
        notice_warning(dossier, session),
        f"{'、'.join(guests)}：请人参加要经当事人同意，还没有同意的记录（人民调解法第二十条）。"
        if guests
        else "",
        "不公开调解的原因还没有写。" if session.public is False and not session.closed_because else "",
    ]
    if session.state is SessionState.HELD and not session.lines and session.sheets is None:
        found.append("没有写谁说了什么；有手写记录的，填上页数就不必重写。")
    return tuple(text for text in found if text)


def appointed(dossier: Dossier) -> Session | None:
    """Return the last session held, where its end named a day for the next and none is planned yet."""
    if any(session.state is SessionState.PLANNED for session in dossier.sessions):
        return None
    held = [session for session in dossier.sessions if session.state is SessionState.HELD]
    return held[-1] if held and held[-1].next_on else None


def open_proposals(dossier: Dossier, states: Table[ProposalState], session_id: UUID) -> tuple[Proposal, ...]:
    """Return the proposals made before a session that nobody accepted in full or took back."""
    return tuple(
        item
        for item in dossier.proposals
        if item.session_id != session_id and _flag(states, item.state, "open", unknown=True)
    )


def accepted(states: Table[ProposalState], proposal: Proposal) -> bool:
    """Tell whether both sides accepted a proposal as it stands."""
    return _flag(states, proposal.state, "accepted", unknown=False)


def contact(dossier: Dossier, party: Party, results: Table[ReachResult]) -> str:
    """Say how often a party was tried to be reached and with what result, or nothing.

    That nobody answered is no refusal: only a ``Refusal`` is (人民调解法 第17条 wants a clear one).
    """
    tries = sorted((item for item in dossier.attempts if item.party_id == party.id), key=_when)
    if not tries:
        return ""
    reached = [item for item in tries if _flag(results, item.result, "reached", unknown=False)]
    if not reached:
        return f"{party.name}：已联系 {len(tries)} 次，未联系上；没有回应不等于拒绝。"
    return f"{party.name}：已联系 {len(tries)} 次，{printed(reached[-1].at.date())}联系上。"


def _when(attempt: Attempt) -> datetime:
    return attempt.at


def _flag(table: Table[E], word: str, flag: str, *, unknown: bool) -> bool:
    """Return a flag of the entry that is called so; records keep the word."""
    for entry in table.entries:
        if word == entry.name or word in entry.aliases:
            return getattr(entry, flag)
    return unknown


def _names(parties: Iterable[Party]) -> str:
    return "、".join(party.name for party in parties)
