"""Dates: which do not exist, which come in the wrong order, which differ between wording and list."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.soundness.draft import Draft, due_days
from mediation_desktop.domain.soundness.finding import Found, fault, warning
from mediation_desktop.domain.soundness.listed import pairs
from mediation_desktop.domain.soundness.reading import Day, days

_LAW = "期限不明确的协议，法院不予确认，也无法执行。"
_LIKE = 0.6


def timing_findings(draft: Draft) -> Found:
    """Check the order of what happened, then the dates of the wording."""
    yield from _order(draft)
    for place in ("facts", "responsibility", "terms", "obligations"):
        for record_id, field, text in draft.texts(place):
            for day in days(text):
                if day.day is None:
                    told = f"“{day.at.words}”这一天不存在。"
                    yield fault("date.impossible", told, record_id, field, reason=_LAW, words=day.at.words)
    yield from _in_terms(draft)


def _order(draft: Draft) -> Found:
    """Occurred ≤ accepted ≤ told ≤ session ≤ agreement, as far as they are known."""
    known = list(_happened(draft))
    for (one, earlier, _, _), (other, later, record_id, field) in zip(known, known[1:], strict=False):
        if later < earlier:
            told = f"{other}（{printed(later)}）早于{one}（{printed(earlier)}），请核对。"
            yield warning("date.order", told, record_id, field, reason="先后颠倒的日期，法院会问程序是否真实。")


def _happened(draft: Draft) -> Iterator[tuple[str, date, UUID, str]]:
    dispute = draft.dossier.dispute
    if dispute.occurred_on:
        yield "纠纷发生", dispute.occurred_on, dispute.id, "occurred_on"
    if dispute.accepted_on:
        yield "受理", dispute.accepted_on, dispute.id, "accepted_on"
    if draft.dossier.notices:
        first = min(draft.dossier.notices, key=lambda notice: notice.told_at)
        yield "权利义务告知", first.told_at.date(), dispute.id, "notices"
    if draft.held:
        yield "第一次调解", draft.held[0].starts_at.date(), draft.held[0].id, "starts_at"
        yield "达成协议的调解", draft.held[-1].starts_at.date(), draft.held[-1].id, "starts_at"
    if draft.agreement.agreed_on:
        yield "协议日期", draft.agreement.agreed_on, draft.agreement.id, "agreed_on"


def _in_terms(draft: Draft) -> Found:
    """Deadlines that the terms name stand in the list, and the list's in the terms."""
    written = [(at, day) for at, text in enumerate(draft.terms) for day in days(text)]
    limits = [(at, day) for at, day in written if day.limit and day.day]
    for at, day in limits:
        if day.year and day.day and draft.agreement.agreed_on and day.day < draft.agreement.agreed_on:
            told = f"第{at + 1}条的期限“{day.at.words}”早于协议日期。"
            yield from _past(draft, at, day, told)
    listed = draft.dues | {day.day for item in draft.obligations for day in days(item.what) if day.day}
    strange = [(at, day) for at, day in limits if not any(day.is_of(one) for one in listed)]
    absent = [one for one in draft.dues if not any(day.is_of(one) for _, day in written)]
    absent = [one for one in absent if one != draft.agreement.agreed_on]
    if strange and absent:
        for at, day in strange:
            told = f"第{at + 1}条写“{day.at.words}”，履行清单里没有这个期限，清单写的是{printed(min(absent))}。"
            yield fault("date.differs", told, draft.agreement.id, f"terms.{at}", reason=_LAW, words=day.at.words)
    else:
        yield from _of_acts(draft)


def _past(draft: Draft, at: int, day: Day, told: str) -> Found:
    """A past day is no fault where the term tells of what was so until then."""
    before = draft.terms[at][max(0, day.at.start - 12) : day.at.start]
    after = draft.terms[at][day.at.end : day.at.end + 14]
    if any(word in before + after for word in ("已", "截至", "截止", "利息", "工资", "期间", "至", "以前的", "之前的")):
        return
    yield fault("date.past", told, draft.agreement.id, f"terms.{at}", reason=_LAW, words=day.at.words)


def _of_acts(draft: Draft) -> Found:
    """The one term that speaks of an act names another deadline than the list."""
    for item in draft.obligations:
        sought = pairs(item.what)
        if not sought or item.amount_fen is not None:
            continue
        likeness = [len(sought & pairs(text)) / len(sought) for text in draft.terms]
        best = max(likeness, default=0.0)
        if best < _LIKE or likeness.count(best) > 1:
            continue
        at = likeness.index(best)
        named = [day for day in days(draft.terms[at]) if day.limit and day.day]
        if named and not any(day.is_of(due) for day in days(draft.terms[at]) for due in due_days(item)):
            told = f"{draft.owed_as(item)}的期限与第{at + 1}条写的“{named[0].at.words}”不同。"
            yield warning("date.of_act", told, item.id, "due_on", reason=_LAW)
