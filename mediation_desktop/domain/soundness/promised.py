"""The payments that the terms promise, held against the list of obligations."""

import re
from collections.abc import Iterable
from itertools import combinations

from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import Party
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning
from mediation_desktop.domain.soundness.listed import pairs
from mediation_desktop.domain.soundness.reading import (
    NUMERAL,
    Span,
    amounts,
    numeral,
    sentences,
    side_called,
    without_asides,
)
from mediation_desktop.domain.soundness.sums_known import explained, known_sums, payments_of

_LAW = "条款与履行清单的数额不一，内容就不明确，法院不予确认。"
_PAID = re.compile(
    "(?:支付|(?:赔偿|补偿|补助)(?!款|费|金|责任|标准|请求|协议|项目)|归还|付给|付清|偿还|返还|退还|给付|还给|赔付|结清|转入|转到|转给|各转|汇入|汇给|"
    r"(?<![垫预未支代托])[付退还赔补转](?=\d|人民币|$)|各[付还赔])"
    "(?!的)"
)
_NOT_OWED = re.compile(
    "已|曾|此前|之前|先前|预付|垫付|垫支|收到|收取|领取|当场|请求|主张|要求|扣除|减去|抵|每|如(?!数|期)|若|逾期|违约|违反|否则|再次|未按|不按|"
    "(?:没有?|未|不)[^，。；]{1,8}的(?:$|[，,])|不履行|不再|不付|不赔|不补|放弃|免除|减免|让|无需|不必|不用|不得|由.{0,8}(?:公司|保险)|保险公司|原(?:约定|定|本|合同|协议)"
)
_PAYS = re.compile(
    "支付|赔偿|补偿|归还|付清|偿还|返还|退还|退回|给付|赔付|[付还转汇退补]给|(?<![垫预未支代托])[付赔退补还]"
)
_SET_OFF = re.compile("相抵|抵销|抵扣|抵充|冲抵|差额")
_REST = re.compile("余款|余额|其余|剩余|尾款|余下|剩下|每[月季年期]")
_LIST = re.compile("清单|附表|附件[一二三四五\\d]|[见按依][^，。；]{0,4}附件|明细")


_OWES_MONEY = re.compile(
    "(?:赔偿|补偿|支付|付给|给付|归还|返还|偿还|付清|赔付)(?!责任|义务|请求|争议|款|费|金|的)[^，。；]{0,16}?(?:费|款|损失|钱|金(?!额)|工资|租金)"
)
_SAID_ELSEWHERE = re.compile(
    "上述|前述|前款|该款|以上|其余|剩余|余款|尾款|各期|各人|款项|发票|票据|凭|单据|清单|[%％]|分之|自付|差额|扣|报销|实际|"
    "不|已|未|放弃|如|若|逾期|违约|任何|可以|有权|可|另行|协助|保险|争议|标准|合同|原协议|由其|自行|自理|互|"
    "按|每|据|核定|规定|结算|实际|抄表|计量|平均|平摊|均摊|分摊|一半|各半|全部|全额|当场|法院|判决|抵|数额|金额见|第[一二三四五六七八九十]+[条项款]"
)


def promise_findings(draft: Draft) -> Found:
    """Check both ways; where the terms refer to the list for the sums there is nothing to hold it against."""
    yield from _without_amount(draft)
    if _LIST.search(draft.all_terms):
        return
    yield from _unnamed(draft)
    yield from _unlisted(draft)
    yield from _owed(draft)
    yield from _swapped(draft)
    yield from _turned_round(draft)
    yield from _parts_counted(draft)


def _without_amount(draft: Draft) -> Found:
    """A term promises money and does not say how much, nor where that is said."""
    for at, text in enumerate(draft.terms):
        for sentence in sentences(text):
            owes = _OWES_MONEY.search(sentence.words)
            if not owes or amounts(sentence.words) or _SAID_ELSEWHERE.search(sentence.words):
                continue
            if not _listed_as_act(owes[0], draft):
                make = note if _has_listed_sum(at, sentence, draft) else warning
                told = f"第{at + 1}条“{owes[0]}”没有写明数额。"
                yield make("worded.no_amount", told, draft.agreement.id, f"terms.{at}", reason=_LAW)


def _has_listed_sum(at: int, sentence: Span, draft: Draft) -> bool:
    """Tell whether the list has a sum that may be meant, between whom the sentence names."""
    here = [deed for deed in draft.deeds if deed.at == at and deed.sentence.start == sentence.start]
    paid = [item for item in draft.obligations if item.amount_fen]
    return any(deed.fits(item.debtor_id, item.creditor_id) is not False for deed in here for item in paid)


def _listed_as_act(words: str, draft: Draft) -> bool:
    """Tell whether the list holds it as an act, such as paying for a carriage on delivery."""
    acts = (pairs(item.what) for item in draft.obligations if item.amount_fen is None)
    return any(len(pairs(words) & act) > 1 for act in acts)


def _unnamed(draft: Draft) -> Found:
    """Every listed payment, or each of its parts, is named in the terms."""
    named = {one.fen for one in amounts(draft.all_terms)}
    if not named:
        return
    for obligation in draft.obligations:
        if not obligation.amount_fen:
            continue
        parts = [part.amount_fen for part in obligation.instalments]
        missing = [fen for fen in parts if fen not in named]
        if obligation.amount_fen not in named and (missing or not parts):
            if _made_of(obligation.amount_fen, named) or explained(obligation.amount_fen, draft):
                continue
            told = (
                f"{draft.owed_as(obligation)}的{figures(obligation.amount_fen)}元，条款没有写或写的数不同。"
            )
            yield warning("worded.unnamed", told, obligation.id, "amount_fen", reason=_LAW)
        elif missing and len(missing) < len(parts) and not _REST.search(draft.all_terms):
            told = f"{draft.owed_as(obligation)}有一期{figures(missing[0])}元，与条款写的各期数额不符。"
            yield fault("worded.part", told, obligation.id, "instalments", reason=_LAW)


def _made_of(fen: int, named: Iterable[int]) -> bool:
    """Tell whether two or three of the amounts named make it together."""
    few = sorted(set(named))[:20]
    return any(sum(some) == fen for count in (2, 3) for some in combinations(few, count))


def _unlisted(draft: Draft) -> Found:
    """A payment that a term promises stands in the list."""
    known = known_sums(draft)
    for at, text in enumerate(draft.terms):
        plain = without_asides(text)
        for money in () if _SET_OFF.search(plain) else amounts(plain):
            if money.fen in known or not money.fen:
                continue
            clause = re.split("[，。；]", plain[: money.at.start])[-1]
            before = re.split("[。；]", plain[: money.at.start])[-1]
            promised = _PAID.search(clause) and not _NOT_OWED.search(before[-40:])
            if promised and not explained(money.fen, draft) and draft.obligations:
                told = f"第{at + 1}条写的{figures(money.fen)}元没有列入履行清单，或与清单的数不同。"
                yield warning("worded.unlisted", told, draft.agreement.id, f"terms.{at}", reason=_LAW)


_STILL = re.compile(
    r"(?:(?:尚|还|仍|再)(?:应|需|须|要)?(?:当)?(?:再)?(?:支付|付|赔|还|欠|退)|应再付|实付|实还|实交|余下的?|(?:上述|以上|前述)(?:款项|赔偿款|补偿款)?)"
    r"(?:给)?(?:申请人|甲方|乙方|人民币|[款费]){0,2}$"
)
_LESSENED = re.compile("减|免|放弃|让|抹|优惠|折|不再(?:主张|要求)|协商")


def _owed(draft: Draft) -> Found:
    """What the terms say is still owed is what is listed, unless a part of it is let off."""
    if not draft.obligations or _LESSENED.search(draft.all_terms):
        return
    known = known_sums(draft)
    for at, text in enumerate(draft.terms):
        plain = without_asides(text)
        for money in amounts(plain):
            said = _STILL.search(plain[: money.at.start])
            if said and money.fen not in known and not explained(money.fen, draft):
                told = f"第{at + 1}条写还要付{figures(money.fen)}元，履行清单里没有这个数。"
                yield warning("worded.owed", told, draft.agreement.id, f"terms.{at}", reason=_LAW)


def _swapped(draft: Draft) -> Found:
    """Where several creditors are named with their amounts, each gets in the list what the terms give it."""
    paid = [item for item in draft.obligations if item.amount_fen and item.creditor_id in draft.parties]
    given = {one: _beside(draft.parties[one], draft) for one in {item.creditor_id for item in paid}}
    for item in paid:
        together = [other for other in paid if other.creditor_id == item.creditor_id]
        sums = {fen for other in together for fen, _day in payments_of(other)}
        sums |= {other.amount_fen or 0 for other in together}
        others = set().union(*(fens for one, fens in given.items() if one != item.creditor_id))
        own = given[item.creditor_id]
        if own and not sums & own and sums & others:
            name = draft.parties[item.creditor_id].name
            told = f"{draft.owed_as(item)}给{name}{figures(item.amount_fen or 0)}元，条款里写的不是这个数。"
            yield fault("worded.swapped", told, item.id, "amount_fen", reason=_LAW)


def _beside(party: Party, draft: Draft) -> set[int]:
    """Return the amounts that the terms name as paid to this party: nobody else and no comma between."""
    found = set()
    others = [other.name for other in draft.dossier.parties if other.id != party.id]
    for text in draft.terms:
        plain = without_asides(text)
        name = re.escape(party.name)
        paid_to = rf"(?:{_PAID.pattern}|给|付|得)[^，。；、\d]{{0,4}}{name}[^，。；、\d]{{0,14}}"
        gets = rf"{name}(?:名下|应得|分得|得|收取|领取)[^，。；、\d]{{0,10}}"
        for match in re.finditer(f"{paid_to}|{gets}", plain):
            money = next((one for one in amounts(plain) if match.start() < one.at.start <= match.end()), None)
            if money and not any(other in plain[match.start() : money.at.start] for other in others):
                found.add(money.fen)
    return found


def _turned_round(draft: Draft) -> Found:
    """The term says that A pays B, the list that B pays A."""
    for item in draft.obligations:
        debtor, creditor = draft.parties.get(item.debtor_id), draft.parties.get(item.creditor_id)
        if not item.amount_fen or debtor is None or creditor is None:
            continue
        says = [way for text in draft.terms if (way := _way(text, item.amount_fen, debtor, creditor, draft))]
        if (says and "right" not in says) or (not says and _owes_the_other(debtor, creditor, draft)):
            told = f"{draft.owed_as(item)}是{debtor.name}付给{creditor.name}，条款里写的方向相反。"
            yield fault("worded.turned", told, item.id, "debtor", reason="谁付给谁写反了，无法执行。")


def _owes_the_other(debtor: Party, creditor: Party, draft: Draft) -> bool:
    """Tell whether the terms say only that the listed creditor owes the listed debtor (甲方尚欠乙方)."""
    one, other = _called(debtor, draft), _called(creditor, draft)
    owes = r"[^，。；、\d]{0,6}欠(?:付)?"
    right = re.search(f"(?:{one}){owes}(?:{other})", draft.all_terms)
    return right is None and re.search(f"(?:{other}){owes}(?:{one})", draft.all_terms) is not None


def _way(text: str, fen: int, debtor: Party, creditor: Party, draft: Draft) -> str:
    """Say whether a term names the amount as paid the ``right`` way, the ``other`` way, or neither."""
    for money in amounts(text):
        if money.fen != fen:
            continue
        start = max(text.rfind("。", 0, money.at.start), text.rfind("；", 0, money.at.start)) + 1
        before = text[start : money.at.start]
        for verb in _PAYS.finditer(before):
            giver, taker = before[: verb.start()], before[verb.end() :]
            for one, other, word in ((debtor, creditor, "right"), (creditor, debtor, "other")):
                if _begins(giver, one, draft) and re.match(
                    f"(?:给|付)?(?:{_called(other, draft)})(?!支付|付|的)", taker
                ):
                    return word
    return ""


def _begins(giver: str, party: Party, draft: Draft) -> bool:
    """Tell whether the last party that ``giver`` names is this one."""
    named = {other.id: _last_place(giver, other, draft) for other in draft.dossier.parties}
    return named[party.id] >= 0 and named[party.id] == max(named.values())


def _last_place(text: str, party: Party, draft: Draft) -> int:
    return max((match.start() for match in re.finditer(_called(party, draft), text)), default=-1)


def _called(party: Party, draft: Draft) -> str:
    alone = sum(other.side == party.side for other in draft.dossier.parties) == 1
    name = re.escape(party.name)
    return f"(?:{side_called(party.side)}|{name})" if alone else name


def _parts_counted(draft: Draft) -> Found:
    """The terms say in how many parts; the list has as many."""
    parts = {len(item.instalments) for item in draft.obligations if item.instalments}
    paid = [(item.debtor_id, item.creditor_id) for item in draft.obligations if item.amount_fen]
    parts |= {paid.count(pair) for pair in paid}
    for at, text in enumerate(draft.terms):
        match = re.search(rf"分({NUMERAL}{{1,3}}|\d{{1,2}})期", text)
        count = numeral(match[1]) if match else None
        if match and count and count > 1 and draft.obligations and count not in parts:
            told = f"第{at + 1}条写“{match[0]}”，履行清单里没有分成{count}期的款项。"
            yield warning("worded.parts", told, draft.agreement.id, f"terms.{at}", reason=_LAW)
