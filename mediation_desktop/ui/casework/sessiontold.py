"""One session in the timeline: where, how it ended, what was said and offered, who did not come."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from mediation_desktop.domain import meeting, records
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.records import SessionState
from mediation_desktop.system.clock import wall_time

_FIRST_LINES = 2
_A_WHILE = timedelta(hours=1)


def session_told(dossier: Dossier, session: records.Session) -> Iterator[str]:
    """Yield what the timeline says of a session; parts that do not apply are empty."""
    yield session.place
    yield _publicity(session)
    if session.state is not SessionState.HELD:
        return
    yield session.result
    if session.next_on:
        yield f"约定{printed(session.next_on)}再调解"
    if session.sheets:
        yield f"手写记录 {session.sheets} 页，原件在卷"
    names: dict[UUID | None, str] = {party.id: party.name for party in dossier.parties}
    yield "".join(
        f"{names.get(line.speaker_id, '调解员')}：{line.said}" for line in session.lines[:_FIRST_LINES]
    )
    yield _proposals(dossier, session)
    for absence in session.absences:
        yield f"{names.get(absence.party_id, '')}没有来（{absence.reason or '原因不明'}）"
    yield _written_late(session)
    yield meeting.notice_warning(dossier, session)


def _publicity(session: records.Session) -> str:
    if session.public is None:
        return ""
    because = f"（{session.closed_because}）" if session.closed_because else ""
    return "公开" if session.public else f"不公开{because}"


def _proposals(dossier: Dossier, session: records.Session) -> str:
    """Count what was offered in a session, by what became of it."""
    states = [item.state or "未定" for item in dossier.proposals if item.session_id == session.id]
    counts = "、".join(f"{state} {states.count(state)} 个" for state in dict.fromkeys(states))
    return f"提出方案 {len(states)} 个（{counts}）" if states else ""


def _written_late(session: records.Session) -> str:
    """Say when the record of a session that was planned before was written, if not right after it."""
    if not (session.created_at and session.updated_at) or wall_time(session.created_at) > session.starts_at:
        return ""
    written = wall_time(session.updated_at)
    ended = session.starts_at + timedelta(minutes=session.minutes)
    if written - ended < _A_WHILE:
        return ""
    same_day = written.date() == session.starts_at.date()
    return f"记录写于{'当天' if same_day else printed(written.date())} {written:%H:%M}"
