"""Amounts in the wording: capitals against figures, sums in a sentence, and the listed payments."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import Obligation, Party
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, warning
from mediation_desktop.domain.soundness.reading import (
    NUMERAL,
    Money,

    amounts,
    numeral,
    sentences,
    without_asides,
)

_LAW = "数额前后不一，内容就不明确，法院不予确认。"
_BETWEEN = re.compile(r"[\s（(，,：:即计为人民币大小写整正￥¥元]*")
_TOTAL = re.compile("合计|共计|总计|总共|一共")
_EACH = re.compile(r"每(期|月|次|季)度?[^，。；\d]{0,12}$")
_TIMES = re.compile(rf"(?<![\d第年月])(\d{{1,3}}|{NUMERAL}{{1,3}})\s*个?(月|期|次|季)(?!\d)")
_AMONG = re.compile("其中|分别为|分别是")
_ABOVE = re.compile("(?:上述|前述|该|以上|前款)(?:的)?(?:赔偿款|补偿款|款项|费用|工资|借款|货款|租金|合计|共计)?(?:人民币)?$")
_LESS = re.compile("扣除|扣减|减去|除去|抵扣|减除|扣掉")
_LEFT = re.compile("尚应|还应|尚需|还需|尚欠|还欠|仍应|实际应|再支付|应再|余款|剩余|下余")
_PERCENT = re.compile(r"(?:承担|负担|赔偿|支付|按)[^，。；\d]{0,14}(\d{1,3}(?:\.\d+)?)\s*[%％]")
_COUNTED = re.compile(r"^[^，。；\d]{0,4}[，,]?\s*(?:计|即|为|折合|金额)[^，。；\d]{0,6}$")
_PAID = re.compile("(?:支付|赔偿|补偿|归还|付给|付清|偿还|返还|退还|给付|补助|还给|赔付|结清|转入|转到|转给|各转|汇入|汇给)")
_LIST = re.compile("履行清单|清单|附表|附件|明细")
_MOST_PARTS = 6

def worded_sum_findings(draft: Draft) -> Found:
    """Check every sentence by itself, then the wording against the list."""
    for record_id, field, text in _texts(draft):
        yield from _capitals(record_id, field, text)
        for sentence in sentences(text):
            for told in _sentence_faults(sentence.words, draft):
                yield fault("worded.sum", told, record_id, field, reason=_LAW, words=sentence.words.strip())
    if _LIST.search(draft.all_terms):
        return
    yield from _unnamed(draft)
    yield from _unlisted(draft)
    yield from _swapped(draft)
    yield from _turned_round(draft)
    yield from _parts_counted(draft)

def _texts(draft: Draft) -> Iterator[tuple]:
    for place in ("facts", "responsibility", "terms"):
        yield from draft.texts(place)

def _capitals(record_id: object, field: str, text: str) -> Found:
    """An amount written twice in a row, once in Chinese numerals, is one amount."""
    found = amounts(text)
    for one, other in zip(found, found[1:], strict=False):
        gap = text[one.at.end : other.at.start]
        twice = _BETWEEN.fullmatch(gap) and _written(one) != _written(other) and "、" not in gap
        if twice and ("（" in gap or "(" in gap or "大写" in gap or "小写" in gap or one.capital) and one.fen != other.fen:
            told = f"大写与小写不一致：“{one.at.words}”与“{other.at.words}”。"
            yield fault("worded.capitals", told, record_id, field, reason=_LAW, words=text[one.at.start : other.at.end])

def _written(money: Money) -> bool:
    return not any(character.isdecimal() and character.isascii() for character in money.at.words)

def _sentence_faults(sentence: str, draft: Draft) -> Iterator[str]:
    """Say what does not add up in one sentence."""
    plain = without_asides(sentence)
    found = amounts(plain)
    yield from _total_faults(plain, found)
    yield from _product_faults(plain, found)
    yield from _among_faults(plain, found)
    yield from _above_faults(sentence, draft)
    yield from _rest_faults(plain, found, draft)
    yield from _share_faults(plain, found, draft)

def _total_faults(plain: str, found: tuple[Money, ...]) -> Iterator[str]:
    for word in _TOTAL.finditer(plain):
        after = [one for one in found if one.at.start >= word.end()]
        before = [one.fen for one in found if one.at.end <= word.start()]
        if not after or len(before) < 2 or not re.fullmatch(r"[^，。；\d]{0,8}", plain[word.end() : after[0].at.start]):  # noqa: PLR2004
            continue
        total = after[0].fen
        runs = [sum(before[start:]) for start in range(len(before) - 1)]
        if total not in runs and not _product(plain, found, total) and total not in before:
            yield f"“{after[0].at.words}”不是前面各项之和（{figures(runs[0])}元）。"

def _product_faults(plain: str, found: tuple[Money, ...]) -> Iterator[str]:
    """Each part times the number of parts is one of the other amounts."""
    for money in found:
        each = _EACH.search(plain[: money.at.start])
        times = _times(plain, each[1]) if each else set()
        others = {one.fen for one in found if one is not money}
        if len(times) == 1 and others and money.fen * min(times) not in others:
            yield f"每{each[1] if each else ''}{figures(money.fen)}元，相加为{figures(money.fen * min(times))}元，与写明的总额不符。"


def _times(plain: str, unit: str) -> set[int]:
    """Return how often, as far as the sentence says it of this unit."""
    counts = {numeral(match[1]) for match in _TIMES.finditer(plain) if match[2] == unit}
    return {count for count in counts if count is not None and count > 1}


def _among_faults(plain: str, found: tuple[Money, ...]) -> Iterator[str]:
    """What follows 其中 makes the amount before it."""
    word = _AMONG.search(plain)
    whole = [one for one in found if word and one.at.end <= word.start()]
    parts = [one.fen for one in found if word and one.at.start >= word.end()]
    if word and whole and len(parts) > 1 and "合计" not in plain[word.end() :] and sum(parts) != whole[-1].fen:
        yield f"“其中”之后各项相加为{figures(sum(parts))}元，不是“{whole[-1].at.words}”。"


def _product(plain: str, found: tuple[Money, ...], total: int) -> bool:
    times = {numeral(match[1]) for match in _TIMES.finditer(plain)} - {None}
    return any(one.fen * (count or 0) == total for one in found for count in times)


def _rest_faults(plain: str, found: tuple[Money, ...], draft: Draft) -> Iterator[str]:
    """What is left is what was owed less what was paid."""
    less = _LESS.search(plain)
    left = less and _LEFT.search(plain, less.end())
    if not less or not left:
        return
    paid = [one.fen for one in found if less.end() <= one.at.start < left.start()]
    rest = next((one for one in found if one.at.start >= left.end()), None)
    if not paid or rest is None:
        return
    before = {one.fen for one in found if one.at.end <= less.start()}
    before |= {one.fen for one in amounts(draft.all_terms)} | {draft.agreement.amounts.borne_fen or 0}
    if rest.fen + sum(paid) not in before:
        yield f"扣除{figures(sum(paid))}元后写“{rest.at.words}”，与应付总额对不上。"

def _above_faults(sentence: str, draft: Draft) -> Iterator[str]:
    """What is called 上述 was named before, or stands in the list."""
    everything = [one.fen for one in amounts(f"{draft.agreement.facts}\n{draft.agreement.responsibility}\n{draft.all_terms}")]
    for money in amounts(sentence):
        if _ABOVE.search(sentence[: money.at.start]) and everything.count(money.fen) < 2 and money.fen not in _known(draft):  # noqa: PLR2004
            yield f"“{money.at.words}”说是上述，前面却没有写过这个数。"


def _share_faults(plain: str, found: tuple[Money, ...], draft: Draft) -> Iterator[str]:
    """A share in percent is that part of some amount named."""
    for match in _PERCENT.finditer(plain):
        share = next((one for one in found if one.at.start >= match.end()), None)
        if share is None or not _COUNTED.match(plain[match.end() : share.at.start]):
            continue
        bases = {one.fen for one in amounts(draft.all_terms + draft.agreement.facts)} - {share.fen}
        bases |= {draft.agreement.amounts.total_fen} - {None}
        percent = float(match[1])
        if bases and not any(abs(base * percent - share.fen * 100) < 100 for base in bases if base):  # noqa: PLR2004
            yield f"“{share.at.words}”不是写明的任何一个总额的{match[1]}%。"

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
            if _made_of(obligation.amount_fen, named):
                continue
            told = f"{draft.owed_as(obligation)}的{figures(obligation.amount_fen)}元在条款里没有写到，或写的数不同。"
            yield fault("worded.unnamed", told, obligation.id, "amount_fen", reason=_LAW)
        elif missing and len(missing) < len(parts):
            told = f"{draft.owed_as(obligation)}有一期{figures(missing[0])}元，与条款写的各期数额不符。"
            yield fault("worded.part", told, obligation.id, "instalments", reason=_LAW)

def _made_of(fen: int, named: Iterable[int]) -> bool:
    """Tell whether two or three of the amounts named make it together."""
    few = sorted(set(named))[:20]
    return any(sum(some) == fen for count in (2, 3) for some in combinations(few, count))

def _unlisted(draft: Draft) -> Found:
    """A payment that a term promises stands in the list."""
    known = _known(draft)
    for at, text in enumerate(draft.terms):
        plain = without_asides(text)
        for money in amounts(plain):
            if money.fen in known or not money.fen:
                continue
            clause = re.split("[，。；]", plain[: money.at.start])[-1]
            before = plain[max(0, money.at.start - 40) : money.at.start]
            promised = _PAID.search(clause) and not re.search("已|扣除|减去|每|如|若|逾期|违约|由.{0,8}(?:公司|保险)", before[-24:])
            if promised and draft.obligations:
                told = f"第{at + 1}条写的{figures(money.fen)}元没有列入履行清单，或与清单的数不同。"
                yield warning("worded.unlisted", told, draft.agreement.id, f"terms.{at}", reason=_LAW)

def _known(draft: Draft) -> set[int]:
    """Return every sum that the list and the amounts of the agreement account for."""
    given = draft.agreement.amounts
    known = {item.amount_fen for item in given.items}
    known |= {given.total_fen, given.borne_fen, given.paid_before_fen, given.due_fen} - {None}
    groups: dict[object, int] = {}
    for item in draft.obligations:
        for fen, day in _payments(item):
            known.add(fen)
            for key in (("day", day), ("all",), ("creditor", item.creditor_id), ("debtor", item.debtor_id)):
                groups[key] = groups.get(key, 0) + fen
        known.add(item.amount_fen or 0)
        known.update(one.fen for one in amounts(item.what))
    by_amount = [item.amount_fen or 0 for item in draft.obligations if item.amount_fen][:_MOST_PARTS]
    known |= {sum(some) for count in range(2, len(by_amount) + 1) for some in combinations(by_amount, count)}
    known |= set(groups.values())
    return known | _explained(draft, known)

def _explained(draft: Draft, known: set[int]) -> set[int]:
    """Return amounts that stand in a sentence as parts of a known sum, as in 其中甲60元、乙40元."""
    found = set()
    for text in draft.terms:
        for sentence in sentences(text):
            named = [one.fen for one in amounts(sentence.words)]
            if any(fen in known for fen in named) and sum(named) in {2 * fen for fen in known}:
                found.update(named)
    return found

def _payments(obligation: Obligation) -> Iterator[tuple[int, object]]:
    if obligation.instalments:
        yield from ((part.amount_fen, part.due_on) for part in obligation.instalments)
    elif obligation.amount_fen:
        yield obligation.amount_fen, obligation.due_on

def _swapped(draft: Draft) -> Found:
    """Where several creditors are named with their amounts, each gets in the list what the terms give it."""
    paid = [item for item in draft.obligations if item.amount_fen and item.creditor_id in draft.parties]
    given = {one: _beside(party, draft) for one, party in draft.parties.items()}
    for item in paid:
        sums = {fen for fen, _day in _payments(item)} | {item.amount_fen or 0}
        others = set().union(*(fens for one, fens in given.items() if one != item.creditor_id))
        own = given[item.creditor_id]
        if own and not sums & own and sums & others:
            name = draft.parties[item.creditor_id].name
            told = f"{draft.owed_as(item)}给{name}{figures(item.amount_fen or 0)}元，条款里写给{name}的不是这个数。"
            yield fault("worded.swapped", told, item.id, "amount_fen", reason=_LAW)

def _beside(party: Party, draft: Draft) -> set[int]:
    """Return the amounts that the terms name right after this party, with nobody else and no comma between."""
    found = set()
    others = [other.name for other in draft.dossier.parties if other.id != party.id]
    for text in draft.terms:
        plain = without_asides(text)
        for match in re.finditer(re.escape(party.name) + r"[^，。；、\d]{0,14}", plain):
            money = next((one for one in amounts(plain) if match.start() < one.at.start <= match.end()), None)
            if money and not any(name in plain[match.end(0) - len(match[0]) : money.at.start] for name in others):
                found.add(money.fen)
    return found

def _turned_round(draft: Draft) -> Found:
    """The term says that A pays B, the list that B pays A."""
    for item in draft.obligations:
        debtor, creditor = draft.parties.get(item.debtor_id), draft.parties.get(item.creditor_id)
        if not item.amount_fen or debtor is None or creditor is None:
            continue
        says = [way for text in draft.terms if (way := _way(text, item.amount_fen, debtor, creditor, draft))]
        if says and "right" not in says:
            told = f"{draft.owed_as(item)}是{debtor.name}付给{creditor.name}，条款里写的方向相反。"
            yield fault("worded.turned", told, item.id, "debtor", reason="谁付给谁写反了，无法执行。")

def _way(text: str, fen: int, debtor: Party, creditor: Party, draft: Draft) -> str:
    """Say whether a term names the amount as paid the ``right`` way, the ``other`` way, or neither."""
    for money in amounts(text):
        if money.fen != fen:
            continue
        start = max(text.rfind("。", 0, money.at.start), text.rfind("；", 0, money.at.start)) + 1
        before = text[start : money.at.start]
        for verb in _PAID.finditer(before):
            giver, taker = before[: verb.start()], before[verb.end() :]
            for one, other, word in ((debtor, creditor, "right"), (creditor, debtor, "other")):
                if _begins(giver, one, draft) and re.match(f"(?:给|付)?(?:{_called(other, draft)})", taker):
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
    return f"(?:(?<!被){re.escape(party.side)}|{name})" if alone else name

def _parts_counted(draft: Draft) -> Found:
    """The terms say in how many parts; the list has as many."""
    parts = {len(item.instalments) for item in draft.obligations if item.instalments}
    for at, text in enumerate(draft.terms):
        match = re.search(rf"分({NUMERAL}{{1,3}}|\d{{1,2}})期", text)
        count = numeral(match[1]) if match else None
        if match and count and count > 1 and draft.obligations and count not in parts:
            told = f"第{at + 1}条写“{match[0]}”，履行清单里没有分成{count}期的款项。"
            yield warning("worded.parts", told, draft.agreement.id, f"terms.{at}", reason=_LAW)
