"""Dates: which do not exist, which come in the wrong order, which differ between wording and list."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from uuid import UUID

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.records import Obligation
from mediation_desktop.domain.soundness.draft import Draft, due_days
from mediation_desktop.domain.soundness.finding import Finding, Found, fault, note, warning
from mediation_desktop.domain.soundness.listed import like, pairs
from mediation_desktop.domain.soundness.reading import (
    NUMERAL,
    Day,
    Money,
    amounts,
    clauses,
    days,
    sentence_at,
)
from mediation_desktop.domain.soundness.sums_known import payments_of

_LAW = "期限不明确的协议，法院不予确认，也无法执行。"
_LIKE = 0.6
_HALF = 0.5
_EVENT = re.compile("[时后][^，。；]{0,8}[付给退还交转]|签字|签名|签订|首期|首次")
_RELATIVE = re.compile(
    rf"(?:\d|{NUMERAL})\s*个?(?:日|天|工作日|月|周|星期)(?:之?内|以内)|[当同即]日|当天|当场|每[年月季周]|[上中下]旬|[月年]底|按月|按季|按年"
)


def timing_findings(draft: Draft) -> Found:
    """Check the order of what happened, then the dates of the wording."""
    yield from _order(draft)
    for place in ("facts", "responsibility", "terms", "obligations"):
        for record_id, field, text in draft.texts(place):
            for day in days(text):
                if day.day is None:
                    told = f"“{day.at.words}”这一天不存在。"
                    yield fault("date.impossible", told, record_id, field, reason=_LAW, words=day.at.words)
                elif weekday := _other_weekday(text, day):
                    told = f"{day.at.words}不是{weekday}，请核对日期。"
                    yield warning("date.weekday", told, record_id, field, reason=_LAW, words=day.at.words)
    yield from _in_terms(draft)


_WEEKDAY = re.compile("[\\s（(，,]*(?:即|是|为)?(?:星期|周|礼拜)([一二三四五六日天末])")
_WEEKDAYS = "一二三四五六日"


def _other_weekday(text: str, day: Day) -> str:
    """Return the day of the week that is written after a date when it is not the right one."""
    match = _WEEKDAY.match(text, day.at.end)
    if match is None or day.day is None or day.year is None or match[1] == "末":
        return ""
    right = _WEEKDAYS[day.day.weekday()]
    return "" if match[1].replace("天", "日") == right else f"星期{match[1]}"


def _order(draft: Draft) -> Found:
    """Occurred ≤ accepted ≤ session ≤ agreement, and told ≤ session, as far as they are known."""
    known = {what: (day, record_id, field) for what, day, record_id, field in _happened(draft)}
    for one, other in _PAIRS:
        if one not in known or other not in known:
            continue
        earlier, (later, record_id, field) = known[one][0], known[other]
        if later < earlier:
            told = f"{other}（{printed(later)}）早于{one}（{printed(earlier)}），请核对。"
            make = note if (one, other) == _HARMLESS else warning
            yield make("date.order", told, record_id, field, reason="先后颠倒的日期，法院会问程序是否真实。")


_BEGAN, _ACCEPTED, _TOLD = "纠纷发生", "受理", "权利义务告知"
_FIRST, _LAST, _AGREED = "第一次调解", "达成协议的调解", "协议日期"
_HARMLESS = (_ACCEPTED, _TOLD)
_PAIRS = (
    (_BEGAN, _ACCEPTED),
    _HARMLESS,
    (_ACCEPTED, _FIRST),
    (_TOLD, _FIRST),
    (_LAST, _AGREED),
    (_TOLD, _AGREED),
    (_ACCEPTED, _AGREED),
    (_BEGAN, _AGREED),
)
"""What must not be later than what."""


def _happened(draft: Draft) -> Iterator[tuple[str, date, UUID, str]]:
    dispute = draft.dossier.dispute
    if dispute.occurred_on:
        yield _BEGAN, dispute.occurred_on, dispute.id, "occurred_on"
    if dispute.accepted_on:
        yield _ACCEPTED, dispute.accepted_on, dispute.id, "accepted_on"
    if draft.dossier.notices:
        first = min(draft.dossier.notices, key=lambda notice: notice.told_at)
        yield _TOLD, first.told_at.date(), dispute.id, "notices"
    if draft.held:
        yield _FIRST, draft.held[0].starts_at.date(), draft.held[0].id, "starts_at"
        yield _LAST, draft.held[-1].starts_at.date(), draft.held[-1].id, "starts_at"
    if draft.agreement.agreed_on:
        yield _AGREED, draft.agreement.agreed_on, draft.agreement.id, "agreed_on"


def _in_terms(draft: Draft) -> Found:
    """Deadlines that the terms name stand in the list, and the list's in the terms."""
    written = [(at, day) for at, text in enumerate(draft.terms) for day in days(text)]
    limits = [(at, day) for at, day in written if day.limit and day.day]
    for at, day in limits:
        if day.year and day.day and draft.agreement.agreed_on and day.day < draft.agreement.agreed_on:
            told = f"第{at + 1}条的期限“{day.at.words}”早于协议日期。"
            yield from _past(draft, at, day, told)
    listed = draft.dues | {day.day for item in draft.obligations for day in days(item.what) if day.day}
    strange = {
        at: day
        for at, day in limits
        if not any(day.is_of(one) for one in listed) and not _of_a_period(draft.terms[at], day)
    }
    absent = [one for one in draft.dues if not any(day.is_of(one) for _, day in written)]
    absent = [one for one in absent if one != draft.agreement.agreed_on]
    differing = [*_strange_days(draft, strange, absent)] or [*_one_day_each(draft, listed, absent)]
    yield from differing
    if not differing:
        yield from _of_acts(draft)
        yield from _of_payments(draft)
        yield from _undated(draft, absent)


def _strange_days(draft: Draft, strange: dict[int, Day], absent: list[date]) -> Found:
    """A term names a day that the list does not have, and the list one that the terms do not name."""
    if strange and absent and not _RELATIVE.search(draft.all_terms):
        at = next(iter(strange))
        yield _differs(draft, at, strange[at], f"清单里却是{printed(min(absent))}，请核对。")
        return
    for item in draft.obligations:
        due = next((one for one in due_days(item) if one in absent), None)
        at = next((at for at in _terms_of(item, draft) if at in strange), None) if due else None
        if due and at is not None:
            yield _differs(draft, at, strange[at], f"{draft.owed_as(item)}的期限却是{printed(due)}。")


def _one_day_each(draft: Draft, listed: AbstractSet[date], absent: list[date]) -> Found:
    """The terms that name a payment's sum have one day to come, the list another, which no term names.

    Another payment may be of that day, unless the sum stands in one sentence with it.
    """
    for item in draft.obligations:
        due = item.due_on if item.amount_fen and not item.instalments else None
        places = _naming(item, draft)
        if due is None or due not in absent or any(_COUNTED.search(draft.terms[at]) for at in places):
            continue
        named = [(at, day) for at in places for day in days(draft.terms[at]) if _to_come(day, at, draft)]
        if len({day.day for _, day in named}) != 1:
            continue
        at, day = named[0]
        beside = sentence_at(draft.terms[at], day.at.start).words
        if day.day not in listed or item.amount_fen in {one.fen for one in amounts(beside)}:
            yield _differs(draft, at, day, f"{draft.owed_as(item)}的期限却是{printed(due)}。")


_COUNTED = re.compile(
    rf"(?:\d|{NUMERAL})\s*个?(?:日|天|工作日|月|周|星期)(?:之?内|以内)|每[年月季周]|按[月季年]|[上中下]旬"
)


def _naming(item: Obligation, draft: Draft) -> list[int]:
    """Return the places of the terms that name the sum."""
    return [
        at for at, text in enumerate(draft.terms) if item.amount_fen in {one.fen for one in amounts(text)}
    ]


def _to_come(day: Day, at: int, draft: Draft) -> bool:
    """Tell whether it is a day on or after that of the agreement, and no time is counted from it."""
    return bool(day.day and day.year and day.day >= draft.day and not _begins_a_time(draft.terms[at], day))


def _differs(draft: Draft, at: int, day: Day, but: str) -> Finding:
    told = f"第{at + 1}条写“{day.at.words}”，{but}"
    where = (draft.agreement.id, f"terms.{at}")
    return warning("date.differs", told, *where, reason=_LAW, words=day.at.words)


def _of_a_period(text: str, day: Day) -> bool:
    """Tell whether a day ends a stretch of time (租期至…止), and whether the term counts from another day."""
    return bool(
        re.search(r"[至到][^，。；]{0,2}$", text[: day.at.start])
        or re.match("止|届满|到期", text[day.at.end :])
        or _RELATIVE.search(text)
    )


_FROM_ON = re.compile("[至到起—－~～-]|以[后来]|之?后|的")


def _begins_a_time(text: str, day: Day) -> bool:
    """Tell whether a stretch of time begins or is counted from it (4月1日至…, 自4月1日起): no deadline."""
    return bool(_FROM_ON.match(text, day.at.end) or re.search("[自从至到]$", text[: day.at.start]))


def _terms_of(item: Obligation, draft: Draft) -> list[int]:
    """Return the places of the terms that may speak of an obligation."""
    if item.amount_fen is None:
        place = like(item, draft)
        return [] if place is None else [place]
    sums = {item.amount_fen, *(part.amount_fen for part in item.instalments)}
    return [
        at
        for at, text in enumerate(draft.terms)
        if sums & {one.fen for one in amounts(text)}
        or any(word in text for word in ("上述", "该款", "款项", "付清"))
    ]


def _past(draft: Draft, at: int, day: Day, told: str) -> Found:
    """A past day is no fault where the term tells of what was so until then."""
    before = draft.terms[at][max(0, day.at.start - 12) : day.at.start]
    after = draft.terms[at][day.at.end : day.at.end + 14]
    if any(
        word in before + after
        for word in (
            "已",
            "截至",
            "截止",
            "利息",
            "工资",
            "期间",
            "至",
            "前的",
            "前发生",
            "前产生",
            "原",
            "约定",
        )
    ):
        return
    yield fault("date.past", told, draft.agreement.id, f"terms.{at}", reason=_LAW, words=day.at.words)


def _of_acts(draft: Draft) -> Found:
    """The clause that tells of an act with its day, or the one term about it, names another deadline."""
    for item in draft.obligations:
        beside = _beside(item, draft) if item.amount_fen is None else None
        if beside and not any(beside.is_of(due) for due in due_days(item)):
            told = f"{draft.owed_as(item)}的期限与条款写的“{beside.at.words}”不同。"
            yield warning("date.of_act", told, item.id, "due_on", reason=_LAW)
        elif beside is None:
            yield from _of_likely_term(item, draft)


def _beside(item: Obligation, draft: Draft) -> Day | None:
    """Return the one day in the clause that is likest to an act, if it is like enough."""
    sought = pairs(item.what)
    likest: tuple[float, Day | None] = (_HALF, None)
    for text in draft.terms:
        for clause in clauses(text):
            inside = days(clause.words)
            share = len(sought & pairs(clause.words)) / len(sought) if sought else 0.0
            if share >= likest[0]:
                likest = share, inside[0] if len(inside) == 1 and inside[0].limit else None
    return likest[1]


def _of_likely_term(item: Obligation, draft: Draft) -> Found:
    """The one term that speaks of an act names another deadline than the list."""
    sought = pairs(item.what)
    if not sought or item.amount_fen is not None:
        return
    likeness = [len(sought & pairs(text)) / len(sought) for text in draft.terms]
    best = max(likeness, default=0.0)
    if best < _LIKE or likeness.count(best) > 1:
        return
    at = likeness.index(best)
    text = draft.terms[at]
    named = [day for day in days(text) if day.day and day.year and not _begins_a_time(text, day)]
    others = {due for other in draft.obligations if other is not item for due in _of_term(other, at, draft)}
    if named and not any(day.is_of(due) for day in named for due in {*due_days(item), *others}):
        told = f"{draft.owed_as(item)}的期限与第{at + 1}条写的“{named[0].at.words}”不同。"
        make = warning if len(named) == 1 and (named[0].limit or _to_come(named[0], at, draft)) else note
        yield make("date.of_act", told, item.id, "due_on", reason=_LAW)


def _of_term(item: Obligation, at: int, draft: Draft) -> tuple[date, ...]:
    """Return the days of an obligation if the term may be about it."""
    if item.amount_fen is None:
        return due_days(item) if len(pairs(item.what) & pairs(draft.terms[at])) > 1 else ()
    return due_days(item) if at in _terms_of(item, draft) else ()


def _of_payments(draft: Draft) -> Found:
    """A day and the amount right after it are a payment of that day in the list."""
    listed: dict[int, set[date]] = {}
    sums: dict[date, int] = {}
    for item in draft.obligations:
        for fen, day in payments_of(item):
            if day is None:
                continue
            listed.setdefault(fen, set()).add(day)
            sums[day] = sums.get(day, 0) + fen
    for day, fen in sums.items():
        listed.setdefault(fen, set()).add(day)
    for at, text in enumerate(draft.terms):
        for day, money in _paired(text):
            dues = listed.get(money.fen, set())
            if day.limit and dues and not any(day.is_of(due) for due in dues):
                told = f"第{at + 1}条写{day.at.words}付{money.at.words}，清单里是{printed(min(dues))}。"
                yield fault(
                    "date.of_payment",
                    told,
                    draft.agreement.id,
                    f"terms.{at}",
                    reason=_LAW,
                    words=day.at.words,
                )


def _paired(text: str) -> Iterator[tuple[Day, Money]]:
    """Yield a day and an amount where they stand alone together in one clause, in either order."""
    named, money = days(text), amounts(text)
    for clause in clauses(text):
        inside = [day for day in named if clause.start <= day.at.start < clause.end]
        paid = [one for one in money if clause.start <= one.at.start < clause.end]
        if len(inside) == len(paid) == 1:
            yield inside[0], paid[0]


def _day_in_term(item: Obligation, draft: Draft) -> bool:
    """Tell whether the terms that name the amount give days, and count from no other."""
    sums = {item.amount_fen, *(part.amount_fen for part in item.instalments)}
    naming = [text for text in draft.terms if sums & {one.fen for one in amounts(text)}]
    return any(
        any(day.limit and not _of_a_period(text, day) for day in days(text)) and not _EVENT.search(text)
        for text in naming
    )


def _undated(draft: Draft, absent: list[date]) -> Found:
    """One payment's day is not in the terms, though those of others are."""
    paid = [item for item in draft.obligations if item.amount_fen]
    dated = [item for item in paid if not set(due_days(item)) & set(absent)]
    relative = _RELATIVE.search(draft.all_terms)
    for item in paid:
        if item in dated or item.what:
            continue
        if (dated and not relative) or _day_in_term(item, draft):
            due = min(set(due_days(item)) & set(absent))
            told = f"{draft.owed_as(item)}的期限{printed(due)}在条款里没有写到。"
            yield note("date.unwritten", told, item.id, "due_on", reason=_LAW)
