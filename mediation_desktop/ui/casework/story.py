"""What happened in a dispute, told in order of the day it happened."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import records
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.effect import agreement_effective_on
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.papers import name_of_form, told_printings
from mediation_desktop.domain.records import AgreementForm, SessionState
from mediation_desktop.services.disputes import ACTION_NAMES
from mediation_desktop.system.clock import wall_time
from mediation_desktop.ui.casework.sessiontold import session_told
from mediation_desktop.ui.pages.words import OUTCOME_WORDS, SESSION_WORDS, paper_panel, paper_word
from mediation_desktop.ui.widgets.rows import TimelineEntry

_NOON = time(12)
_A_WHILE = timedelta(hours=1)


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
    late = _entered(at, record.created_at, timed=timed)
    word, tone = state or ("", "neutral")
    told = "　".join(part for part in (detail, late) if part)
    return _Event(at, TimelineEntry(key, when, icon, sentence, told, word, tone))  # pyright: ignore[reportArgumentType] - a tone is one of the words of the table


def _entered(at: datetime, created_at: datetime | None, *, timed: bool) -> str:
    """Say when something was entered, where that was another day or a good while after it happened."""
    entered = wall_time(created_at) if created_at else at
    if entered.date() > at.date():
        return f"{printed(entered.date())}录入"
    return f"当天{entered:%H:%M}录入" if timed and entered - at >= _A_WHILE else ""


def _beginnings(dossier: Dossier) -> Iterator[_Event]:
    dispute = dossier.dispute
    yield _event(
        dispute.registered_on, "dispute", "登记纠纷", dispute.summary, record=dispute, key=("facts", None)
    )
    for step in dossier.steps:
        if step.action not in _TOLD_OTHERWISE:
            name = ACTION_NAMES[Action(step.action)]
            yield _event(step.on, "done", name, step.reason, record=step)


_TOLD_OTHERWISE = frozenset(
    {
        *(Action.DECLINE, Action.REFER, Action.TERMINATE, Action.WITHDRAW),
        *(Action.MEDIATE, Action.AGREE, Action.TAKE_EFFECT),
    }
)
"""Steps that the outcome, the session or the paper tells of."""


def _notices(dossier: Dossier) -> Iterator[_Event]:
    for notice in dossier.notices:
        told = "、".join(dossier.party(one).name for one in notice.party_ids)
        detail = f"告知人：{notice.teller}" + (f"　告知了{told}" if told else "")
        yield _event(notice.told_at, "info", f"{notice.how}告知权利义务", detail, record=notice)


def _attempts(dossier: Dossier) -> Iterator[_Event]:
    for attempt in dossier.attempts:
        sentence = f"联系{dossier.party(attempt.party_id).name}（{attempt.how}）：{attempt.result}"
        yield _event(attempt.at, "phone", sentence, f"联系人：{attempt.by}", record=attempt)


def _evidence(dossier: Dossier) -> Iterator[_Event]:
    for item in dossier.evidence:
        on = item.created_at and wall_time(item.created_at)
        if on:
            pages = f"{item.pages}页" if item.pages else ""
            detail = "　".join(part for part in (pages, _files_told(dossier, item), item.note) if part)
            yield _event(
                on.date(), "attach", f"证据：{item.name}", detail, record=item, key=("evidence", item.id)
            )


def _sessions(dossier: Dossier) -> Iterator[_Event]:
    for session in dossier.sessions:
        detail = "　".join(part for part in session_told(dossier, session) if part)
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
    for risk in dossier.risks:
        on = risk.on or (risk.created_at and wall_time(risk.created_at).date())
        if on:
            told = "　".join(part for part in (risk.signal, risk.reason, "、".join(risk.measures)) if part)
            yield _event(on, "warning", f"风险研判：{risk.level}", told, record=risk, key=("risk", risk.id))
    for report in dossier.risk_reports:
        yield _event(
            report.told_at,
            "phone",
            f"报告{report.told}",
            report.reply,
            record=report,
            key=("risk_report", report.id),
        )


def _special(dossier: Dossier) -> Iterator[_Event]:
    """Tell that there are special records, and nothing of what they say or who wrote them."""
    for check in dossier.minor_checks:
        state = ("须报告", "error") if check.hits else ("没有发现", "success")
        yield _event(check.on, "people", "未成年人九项核对", record=check, state=state)
    for record in dossier.sealed_records:
        if record.created_at:
            yield _event(
                wall_time(record.created_at).date(),
                "lock",
                "专门登记（凭个人密码查看）",
                record=record,
                key=(record.kind, record.id),
            )


def _oral_agreements(dossier: Dossier) -> Iterator[_Event]:
    for agreement in dossier.agreements:
        on = agreement_effective_on(agreement, dossier.parties, None)
        if agreement.form is AgreementForm.ORAL and on:
            terms = "".join(term.text for term in agreement.terms)
            yield _event(on, "done", "达成口头协议，当日生效", terms, record=agreement)


def _papers(dossier: Dossier) -> Iterator[_Event]:
    for paper in dossier.papers:
        panel = paper_panel(dossier, paper)
        detail = f"{paper.copies}份，每份{paper.pages}页"
        if paper.effective_on:
            detail += f"，自{printed(paper.effective_on)}起生效"
        if paper.printings:
            detail += f"；{told_printings(paper)}"
        yield _event(
            paper.printed_at,
            "print",
            f"打印{name_of_form(paper.form)}",
            detail,
            record=paper,
            key=(panel, paper.id) if panel else None,
            state=paper_word(paper),
        )


def _endings(dossier: Dossier) -> Iterator[_Event]:
    for outcome in dossier.outcomes:
        yield _event(outcome.on, "close", OUTCOME_WORDS[outcome.kind], outcome.reason, record=outcome)
    for confirmation in dossier.confirmations:
        on = confirmation.ruled_on or confirmation.applied_on
        if on:
            sentence = f"司法确认：{confirmation.result or '已申请'}"
            yield _event(
                on,
                "organisation",
                sentence,
                confirmation.court,
                record=confirmation,
                key=("confirmation", None),
            )
    for report in dossier.closings:
        yield _event(report.on, "done", f"结案：{report.result}", report.summary, record=report)


def _destructions(dossier: Dossier) -> Iterator[_Event]:
    for one in dossier.destructions:
        names = f"确认人：{one.first_name}、{one.second_name}"
        yield _event(one.on, "delete", "纸质卷宗已销毁", names, record=one)


def _performance(dossier: Dossier) -> Iterator[_Event]:
    for payment in dossier.payments:
        sentence = f"{dossier.party(payment.debtor_id).name}付款{figures(payment.amount_fen)}元"
        yield _event(
            payment.on, "money", sentence, payment.proof, record=payment, key=("payment", payment.id)
        )
    for owed in dossier.obligations:
        if owed.performed_on:
            done = f"{dossier.party(owed.debtor_id).name}做到：{owed.what}"
            yield _event(
                owed.performed_on, "done", done, owed.performed_note, record=owed, key=("act", owed.id)
            )
    for urging in dossier.urgings:
        name = dossier.party(urging.party_id).name
        yield _event(urging.on, "phone", f"催促{name}履行（{urging.how}）", urging.reply, record=urging)
    for visit in dossier.followups:
        words = (visit.performance, visit.satisfaction, visit.relapse, visit.result)
        yield _event(
            visit.on,
            "people",
            f"回访（{visit.how}）" if visit.how else "回访",
            "　".join(word for word in words if word),
            record=visit,
            key=("visit", visit.id),
        )


def _clock(dossier: Dossier) -> Iterator[_Event]:
    for pause in dossier.pauses:
        yield _event(pause.from_on, "clock", "暂停计算期限", pause.note, record=pause)
        if pause.until_on:
            yield _event(pause.until_on, "clock", "恢复计算期限", record=pause)
    for change in dossier.regradings:
        yield _event(change.on, "clock", "调整等级", change.reason, record=change)
    for extension in dossier.extensions:
        sentence = f"各方同意期限延长至{printed(extension.until_on)}"
        yield _event(extension.agreed_on, "clock", sentence, extension.note, record=extension)


def _investigations(dossier: Dossier) -> Iterator[_Event]:
    for item in dossier.investigations:
        said = "".join(f"问：{one.question}答：{one.answer}" for one in item.questions[:1])
        sheets = f"手写记录{item.sheets}张" if item.sheets else ""
        detail = "　".join(part for part in (item.place, said, sheets, _files_told(dossier, item)) if part)
        yield _event(
            item.at, "search", f"调查{item.asked}", detail, record=item, key=("investigation", item.id)
        )


def _sketches(dossier: Dossier) -> Iterator[_Event]:
    for sketch in dossier.sketches:
        if sketch.created_at:
            day, key = wall_time(sketch.created_at).date(), ("sketch", sketch.id)
            yield _event(day, "place", f"画附图：{sketch.title}", record=sketch, key=key)


def _other_files(dossier: Dossier) -> Iterator[_Event]:
    """Tell of attachments whose record does not tell of them itself, those of one record and day together."""
    told = {one.id for one in (*dossier.evidence, *dossier.investigations)}
    groups: dict[tuple[UUID, date], list[records.Attachment]] = {}
    for item in dossier.attachments:
        if item.subject_id not in told and item.created_at:
            groups.setdefault((item.subject_id, wall_time(item.created_at).date()), []).append(item)
    for (_subject, day), items in groups.items():
        names = "、".join(item.caption or item.name for item in items)
        yield _event(day, "attach", f"加入附件{len(items)}份", names, record=items[0])


def _files_told(dossier: Dossier, record: records.DisputeRecord) -> str:
    count = sum(one.subject_id == record.id for one in dossier.attachments)
    return f"附件{count}份" if count else ""


_TELLERS: tuple[Callable[[Dossier], Iterator[_Event]], ...] = (
    _beginnings,
    _notices,
    _attempts,
    _evidence,
    _sessions,
    _refusals,
    _risks,
    _oral_agreements,
    _papers,
    _endings,
    _performance,
    _clock,
    _investigations,
    _sketches,
    _other_files,
    _destructions,
    _special,
)
