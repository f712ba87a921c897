"""The list of obligations held against what the terms say, clause by clause: who, to whom, until when."""

import re
from collections.abc import Iterator

from mediation_desktop.domain.records import Obligation
from mediation_desktop.domain.soundness.deeds import Deed
from mediation_desktop.domain.soundness.draft import Draft, due_days
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning
from mediation_desktop.domain.soundness.listed import pairs

_LAW = "条款与履行清单说的不一样，谁该履行、什么时候履行就不明确，法院不予确认。"
_DIVIDED = (
    "几个义务人各付多少、是否连带没有写明，无法执行；"
    "连带责任要有法律规定或者约定（民法典第一百七十八、五百一十八条）。"
)
_LIKE = 0.5
_SLIGHTLY_LIKE = 0.3
_NOT_OWED = re.compile(
    "已(?!到期)|曾|此前|之前(?!付|支)|垫付|请求|主张|要求|扣除|抵|逾期|违约|违反|否则|再次|不履行|放弃|免[除收去]|减[免为到至收少让去]|让[步利]|降[为到至]|受偿|不超过|连带|担保|保证(?!金)|代为|如(?!期|数)|若"
)


_LOOKED_ON = re.compile(f"{_NOT_OWED.pattern}|验收|见证|监督|点验|在场|到场|配合")
"""What an act is accompanied by: whoever looks on does not do it."""
_SET_OFF = re.compile("相抵|抵销|抵扣|抵充|冲抵|差额")


_KEEPS = re.compile("分得|应得|取得|享有|份额|留下|留归")
_PAID = re.compile("付|赔|补偿|归还|偿还|返还|退还|退给|还给|转入|汇入|欠")


def matched_findings(draft: Draft) -> Found:
    """Check every listed obligation against the clauses that are about it."""
    for item in draft.obligations:
        about = list(_about(item, draft))
        yield from _directed(item, about, draft)
        yield from _undated(item, about, draft)
    yield from _owed_to_nobody_listed(draft)
    yield from _listed_twice(draft)
    yield from _acts_left_out(draft)
    yield from _undivided(draft)


def _acts_left_out(draft: Draft) -> Found:
    """A clause makes a party do something by a day, and the list has nothing like it."""
    if not draft.obligations or not draft.agreement.agreed_on:
        return
    for deed in draft.deeds:
        limits = [
            day
            for day in deed.days
            if day.limit and day.day and day.year and day.day >= draft.agreement.agreed_on
        ]
        if (
            not limits
            or deed.givers is None
            or deed.money
            or "每" in deed.clause.words
            or _NOT_OWED.search(deed.clause.words)
        ):
            continue
        if len(deed.givers) == len(draft.parties) or any(
            _listed_as(deed, item) for item in draft.obligations
        ):
            continue
        told = f"第{deed.at + 1}条“{_short(deed.clause.words)}”没有列入履行清单。"
        yield warning("matched.act_unlisted", told, draft.agreement.id, f"terms.{deed.at}", reason=_LAW)


def _listed_as(deed: Deed, item: Obligation) -> bool:
    """Tell whether an item may be what the clause says: by its day and its debtor, or by its words."""
    on_the_day = any(day.is_of(due) for day in deed.days for due in due_days(item))
    share = len(pairs(item.what) & pairs(deed.sentence.words)) / max(1, len(pairs(item.what)))
    return (on_the_day and item.debtor_id in (deed.givers or ())) or share >= _SLIGHTLY_LIKE


_WHEN = re.compile(
    r"[时后][^，。；]{0,10}[付给退还交转做]|\d\s*个?(?:日|天|月|年)|[一二三四五六七八九十半两]个?(?:日|天|月|年|周)|"
    "当[日场天面]|同[日时]|即日|立即|今后|以后|期限|到期|每|起|签[订字名]|期间|按期|如期|届时|首期|各期|不得|不再|长期|已"
)


def _undated(item: Obligation, about: list[Deed], draft: Draft) -> Found:
    """The list has a day for a payment, and no term that is about it says anything of when."""
    dues = due_days(item)
    named = {(day.month, day.number) for deed in draft.deeds for day in deed.days}
    if not item.amount_fen or not dues or not about or any((due.month, due.day) in named for due in dues):
        return
    places = {place for deed in about for place in (deed.at, deed.at + 1) if place < len(draft.terms)}
    if not any(_WHEN.search(_NO_FIGURE.sub("", draft.terms[place])) for place in places):
        told = f"{draft.owed_as(item)}的期限在第{about[0].at + 1}条里没有写。"
        yield note("matched.undated", told, item.id, "due_on", reason=_LAW)


_NO_FIGURE = re.compile(r"尾号\d+|\d[\d,.]*元")
_SHARED = re.compile(
    "各|分别|每[人户家]|连带|平均|平分|均摊|对半|一半|按份|[%％]|分之|共同|夫妻|其中|二人|两人"
)


def _undivided(draft: Draft) -> Found:
    """Several are to pay one sum, and neither how much each nor that they are liable jointly is said."""
    for deed in draft.deeds:
        if deed.givers is None or not 1 < len(deed.givers) < len(draft.parties) or not deed.money:
            continue
        if deed.takers is None or _SHARED.search(draft.terms[deed.at]) or "连带" in draft.all_terms:
            continue
        each = {item.debtor_id for item in draft.obligations if item.amount_fen} & deed.givers
        whole = {one.fen for one in deed.money}
        if not any(item.amount_fen in whole for item in draft.obligations) or len(each) == len(deed.givers):
            continue
        told = f"第{deed.at + 1}条由几个人付{deed.money[0].at.words}，没有写明各付多少，也没有写明连带责任。"
        yield warning("matched.undivided", told, draft.agreement.id, f"terms.{deed.at}", reason=_DIVIDED)


def _listed_twice(draft: Draft) -> Found:
    """The same duty stands in the list twice."""
    seen = set()
    for item in draft.obligations:
        same = (item.debtor_id, item.creditor_id, item.amount_fen, item.what.strip(), due_days(item))
        if same in seen:
            told = f"{draft.owed_as(item)}与前面一项完全相同，请核对是不是写重了或写错了人。"
            yield warning("matched.twice", told, item.id, "debtor", reason=_LAW)
        seen.add(same)


def _about(item: Obligation, draft: Draft) -> Iterator[Deed]:
    """Yield the clauses that name the sum of a payment, or are likest to an act."""
    if item.amount_fen:
        yield from (deed for deed in draft.deeds if _sums(item) & {one.fen for one in deed.money})
        return
    sought = pairs(item.what)
    if not sought:
        return
    acts = [deed for deed in draft.deeds if not deed.money]
    for least, part in ((_LIKE, lambda deed: deed.clause), (_SLIGHTLY_LIKE, lambda deed: deed.sentence)):
        shares = [len(sought & pairs(part(deed).words)) / len(sought) for deed in acts]
        best = max(shares, default=0.0)
        if best >= least:
            yield from (deed for deed, share in zip(acts, shares, strict=True) if share >= best - 0.1)
            return


def _sums(item: Obligation) -> set[int]:
    return {item.amount_fen or 0, *(part.amount_fen for part in item.instalments)}


def _is_rather_about(deed: Deed, item: Obligation, other: Obligation) -> bool:
    """Tell whether a clause names the sum and the people of this payment, or is as like to this act."""
    if not item.amount_fen or not other.amount_fen:
        likest = max(_likeness(deed, other), _SLIGHTLY_LIKE)
        return item.debtor_id in (deed.givers or ()) and _likeness(deed, item) >= likest
    named = _sums(item) & {one.fen for one in deed.money}
    return bool(named) and deed.fits(item.debtor_id, item.creditor_id) is True


def _likeness(deed: Deed, item: Obligation) -> float:
    sought = pairs(item.what)
    return len(sought & pairs(deed.sentence.words)) / len(sought) if sought else 0.0


def _directed(item: Obligation, about: list[Deed], draft: Draft) -> Found:
    """Who gives and who gets is the same in both."""
    debtor, creditor = draft.parties.get(item.debtor_id), draft.parties.get(item.creditor_id)
    if debtor is None or creditor is None:
        return
    if item.amount_fen:
        says = [deed.fits(debtor.id, creditor.id) for deed in about]
    else:
        says = [None if deed.givers is None else debtor.id in deed.givers for deed in about]
    if False not in says or True in says:
        return
    others = [one for one in draft.obligations if one is not item]
    against = [deed for deed, fits in zip(about, says, strict=True) if fits is False]
    against = [deed for deed in against if not any(_is_rather_about(deed, one, item) for one in others)]
    told_of = _NOT_OWED if item.amount_fen else _LOOKED_ON
    deed = next((deed for deed in against if not told_of.search(deed.clause.words)), None)
    if deed is None:
        return
    listed = f"{draft.owed_as(item)}是{debtor.name}对{creditor.name}"
    told = f"{listed}，与第{deed.at + 1}条“{_short(deed.clause.words)}”说的人不同。"
    yield fault("matched.people", told, item.id, "debtor", reason=_LAW)


def _owed_to_nobody_listed(draft: Draft) -> Found:
    """A clause promises a sum to somebody, and the list has no payment between these two."""
    paid = [item for item in draft.obligations if item.amount_fen]
    if not paid:
        return
    for deed in draft.deeds:
        if _SET_OFF.search(draft.terms[deed.at]):
            continue
        if not deed.money or deed.takers is None or _NOT_OWED.search(deed.clause.words):
            continue
        if _KEEPS.search(deed.clause.words) or not _PAID.search(
            deed.sentence.words[: deed.clause.end - deed.sentence.start]
        ):
            continue
        givers = deed.givers or frozenset(draft.parties)
        if not any(item.debtor_id in givers and item.creditor_id in deed.takers for item in paid):
            told = f"第{deed.at + 1}条“{_short(deed.clause.words)}”，履行清单里没有这样的款项。"
            yield warning("matched.unlisted", told, draft.agreement.id, f"terms.{deed.at}", reason=_LAW)


_SHORT = 24


def _short(words: str) -> str:
    words = words.strip()
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
