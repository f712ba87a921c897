"""The values of what a paper is about: a session, how a dispute ended, an investigation, a visit."""

from mediation_desktop.documents.matter import Matter, day, flag, joined, unstopped
from mediation_desktop.documents.values import Table
from mediation_desktop.domain.papers import present
from mediation_desktop.domain.records import (
    Absence,
    FollowUp,
    Investigation,
    Outcome,
    Party,
    Question,
    RecordLine,
    Session,
)
from mediation_desktop.domain.times import printed_time, spoken_time

_WEEKDAYS = "一二三四五六日"
_PUBLIC = {True: "公开", False: "不公开", None: ""}


def _with_helpers(party: Party) -> str:
    """Return a party's name and who stands in for it or beside it."""
    beside = [f"法定代理人{party.guardian.name}"] if party.guardian else []
    if party.representative:
        beside.append(f"{party.representative.title or '负责人'}{party.representative.name}")
    beside += [f"委托代理人{agent.name}" for agent in party.agents]
    return f"{party.name}（{joined(beside)}）" if beside else party.name


def _absent(absence: Absence, matter: Matter) -> str:
    name = matter.dossier.party(absence.party_id).name
    return f"{name}（{absence.reason}）" if absence.reason else name


def _told(session: Session, matter: Matter) -> str:
    """Return how rights and duties were told by the day of the session (司法部令第75号 第30条)."""
    told = [one for one in matter.dossier.notices if one.told_at.date() <= session.starts_at.date()]
    if not told:
        return ""
    last = told[-1]
    when = f"{day(last.told_at.date())} {printed_time(last.told_at.time())}"
    return f"{when}，{last.how}告知，告知人：{last.teller}"


def _agreed(session: Session, matter: Matter) -> bool:
    """Tell whether the result is the one that the table of results calls ``agreed``."""
    return any(
        entry.code == "agreed" and session.result in {entry.name, *entry.aliases}
        for entry in matter.codes.session_results.entries
    )


SESSION: Table[Session] = {
    "session.day": lambda session, _: day(session.starts_at.date()),
    "session.weekday": lambda session, _: f"星期{_WEEKDAYS[session.starts_at.weekday()]}",
    "session.time": lambda session, _: printed_time(session.starts_at.time()),
    "session.spoken_time": lambda session, _: spoken_time(session.starts_at.time()),
    "session.place": lambda session, _: session.place,
    "session.recorder": lambda session, _: session.recorder,
    "session.public": lambda session, _: _PUBLIC[session.public],
    "session.closed_because": lambda session, _: session.closed_because,
    "session.mediators": lambda session, matter: joined(
        one.name for one in matter.mediators_of(session.mediator_ids)
    ),
    "session.contact": lambda session, matter: joined(
        one.name for one in matter.mediators_of(session.mediator_ids[:1])
    ),
    "session.contact_phone": lambda session, matter: joined(
        one.phone for one in matter.mediators_of(session.mediator_ids[:1])
    ),
    "session.parties": lambda session, matter: joined(
        _with_helpers(party) for party in present(matter.dossier, session)
    ),
    "session.absent": lambda session, matter: joined(_absent(one, matter) for one in session.absences),
    "session.invited": lambda session, matter: joined(
        f"{guest.name}（{guest.role}）" if guest.role else guest.name
        for guest in matter.dossier.invited
        if guest.id in session.invited_ids
    ),
    "session.told": _told,
    "session.extended": lambda session, matter: joined(
        day(longer.until_on)
        for longer in matter.dossier.extensions
        if longer.agreed_on == session.starts_at.date()
    ),
    "session.spoken": lambda session, _: flag(session.lines),
    "session.sheets": lambda session, _: str(session.sheets) if session.sheets else "",
    "session.result": lambda session, _: session.result,
    "session.agreed": lambda session, matter: flag(_agreed(session, matter)),
    "session.next": lambda session, _: day(session.next_on),
}

LINE: Table[RecordLine] = {
    "line.speaker": lambda line, matter: (
        matter.dossier.party(line.speaker_id).name if line.speaker_id else "调解员"
    ),
    "line.said": lambda line, _: line.said,
}

OUTCOME: Table[Outcome] = {
    "outcome.day": lambda outcome, _: day(outcome.on),
    "outcome.reason": lambda outcome, _: unstopped(outcome.reason),
    "outcome.to": lambda outcome, _: outcome.to,
}

ROUTE: Table[str] = {"route": lambda route, _: unstopped(route)}

INVESTIGATION: Table[Investigation] = {
    "investigation.day": lambda asked, _: day(asked.at.date()),
    "investigation.time": lambda asked, _: printed_time(asked.at.time()),
    "investigation.place": lambda asked, _: asked.place,
    "investigation.asked": lambda asked, _: asked.asked,
    "investigation.present": lambda asked, _: joined(asked.present),
    "investigation.investigator": lambda asked, _: asked.investigator,
    "investigation.recorder": lambda asked, _: asked.recorder,
    "investigation.spoken": lambda asked, _: flag(asked.questions),
    "investigation.sheets": lambda asked, _: str(asked.sheets) if asked.sheets else "",
}

QUESTION: Table[Question] = {
    "question": lambda one, _: one.question,
    "question.answer": lambda one, _: one.answer,
}

FOLLOWUP: Table[FollowUp] = {
    "followup.day": lambda visit, _: day(visit.on),
    "followup.how": lambda visit, _: visit.how,
    "followup.by": lambda visit, _: visit.by,
    "followup.visited": lambda visit, matter: (
        matter.dossier.party(visit.party_id).name
        if visit.party_id
        else joined(party.name for party in matter.dossier.parties)
    ),
    "followup.performance": lambda visit, _: visit.performance,
    "followup.satisfaction": lambda visit, _: visit.satisfaction,
    "followup.relapse": lambda visit, _: visit.relapse,
    "followup.result": lambda visit, _: visit.result,
    "followup.next": lambda visit, _: day(visit.next_on),
}
