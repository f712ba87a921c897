"""What happened in a dispute, told in order of the day it happened."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import records
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.effect import agreement_effective_on
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import AgreementForm, SessionState
from mediation_desktop.system.clock import wall_time
from mediation_desktop.ui.pages.words import OUTCOME_WORDS, PAPER_WORDS, SESSION_WORDS
from mediation_desktop.ui.widgets.rows import TimelineEntry

_NOON = time(12)


class _Event(Struct, frozen=True):
    at: datetime
    entry: TimelineEntry


def story(dossier: Dossier) -> list[TimelineEntry]:
    """Return the timeline, oldest first; ``key`` is the panel to open and its argument, or ``None``."""
    events = [event for teller in _TELLERS for event in teller(dossier)]
    events.sort(key=lambda event: event.at)
    return [event.entry for event in events]


def _event(
    on: date | datetime,
    icon: str,
    sentence: str,
    detail: str = "",
    *,
    record: records.Record,
    key: object = None,
    state: tuple[str, str] | None = None,
) -> _Event:
    """Make one event; where it was entered on another day than it happened, that is said."""
    timed = isinstance(on, datetime)
    at = on if timed else datetime.combine(on, _NOON)
    when = f"{printed(at.date())}{f' {at:%H:%M}' if timed else ''}"
    entered = wall_time(record.created_at).date() if record.created_at else at.date()
    late = f"{printed(entered)}录入" if entered != at.date() else ""
    word, tone = state or ("", "neutral")
    told = "　".join(part for part in (detail, late) if part)
    return _Event(at, TimelineEntry(key, when, icon, sentence, told, word, tone))  # pyright: ignore[reportArgumentType] - a tone is one of the words of the table


def _beginnings(dossier: Dossier) -> Iterator[_Event]:
    dispute = dossier.dispute
    yield _event(
        dispute.registered_on, "dispute", "登记纠纷", dispute.summary, record=dispute, key=("facts", None)
    )
    if dispute.accepted_on:
        yield _event(dispute.accepted_on, "done", "受理", record=dispute)


def _notices(dossier: Dossier) -> Iterator[_Event]:
    for notice in dossier.notices:
        yield _event(
            notice.told_at, "info", f"{notice.how}告知权利义务", f"告知人：{notice.teller}", record=notice
        )


def _evidence(dossier: Dossier) -> Iterator[_Event]:
    for item in dossier.evidence:
        on = item.created_at and wall_time(item.created_at)
        if on:
            pages = f"{item.pages}页" if item.pages else ""
            yield _event(on.date(), "attach", f"证据：{item.name}", pages, record=item)


def _sessions(dossier: Dossier) -> Iterator[_Event]:
    names: dict[UUID | None, str] = {party.id: party.name for party in dossier.parties}
    for session in dossier.sessions:
        said = "".join(f"{names.get(line.speaker_id, '调解员')}：{line.said}" for line in session.lines[:2])
        detail = "　".join(part for part in (session.place, session.result, said) if part)
        word = SESSION_WORDS[session.state]
        panel = "schedule" if session.state is SessionState.CANCELLED else "record"
        yield _event(
            session.starts_at, "session", "调解", detail, record=session, key=(panel, session.id), state=word
        )


def _refusals(dossier: Dossier) -> Iterator[_Event]:
    for refusal in dossier.refusals:
        name = dossier.party(refusal.party_id).name
        yield _event(refusal.on, "warning", f"{name}拒绝调解", refusal.how, record=refusal)
        if refusal.consented_again_on:
            yield _event(refusal.consented_again_on, "done", f"{name}重新同意调解", record=refusal)


def _risks(dossier: Dossier) -> Iterator[_Event]:
    for report in dossier.risk_reports:
        yield _event(report.told_at, "phone", f"报告{report.told}", report.reply, record=report)


def _oral_agreements(dossier: Dossier) -> Iterator[_Event]:
    for agreement in dossier.agreements:
        on = agreement_effective_on(agreement, dossier.parties, None)
        if agreement.form is AgreementForm.ORAL and on:
            terms = "".join(term.text for term in agreement.terms)
            yield _event(on, "done", "达成口头协议，当日生效", terms, record=agreement)


def _papers(dossier: Dossier) -> Iterator[_Event]:
    for paper in dossier.papers:
        detail = f"{paper.copies}份，每份{paper.pages}页"
        if paper.effective_on:
            detail += f"，自{printed(paper.effective_on)}起生效"
        yield _event(
            paper.printed_at,
            "print",
            "打印调解协议书",
            detail,
            record=paper,
            key=("signing", paper.id),
            state=PAPER_WORDS[paper.state],
        )


def _endings(dossier: Dossier) -> Iterator[_Event]:
    for outcome in dossier.outcomes:
        yield _event(outcome.on, "close", OUTCOME_WORDS[outcome.kind], outcome.reason, record=outcome)
    for confirmation in dossier.confirmations:
        on = confirmation.ruled_on or confirmation.applied_on
        if on:
            sentence = f"司法确认：{confirmation.result or '已申请'}"
            yield _event(on, "organisation", sentence, confirmation.court, record=confirmation)


def _performance(dossier: Dossier) -> Iterator[_Event]:
    for payment in dossier.payments:
        sentence = f"{dossier.party(payment.debtor_id).name}付款{figures(payment.amount_fen)}元"
        yield _event(payment.on, "money", sentence, payment.proof, record=payment)
    for visit in dossier.followups:
        yield _event(visit.on, "people", f"回访（{visit.how}）", visit.result, record=visit)


_TELLERS: tuple[Callable[[Dossier], Iterator[_Event]], ...] = (
    _beginnings,
    _notices,
    _evidence,
    _sessions,
    _refusals,
    _risks,
    _oral_agreements,
    _papers,
    _endings,
    _performance,
)
