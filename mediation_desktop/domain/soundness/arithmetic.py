"""Amounts in one sentence: capitals against figures, and sums that must come out."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from uuid import UUID

from mediation_desktop.domain.money import figures
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault
from mediation_desktop.domain.soundness.reading import (
    NUMERAL,
    Money,
    amounts,
    numeral,
    rates,
    sentences,
    without_asides,
)
from mediation_desktop.domain.soundness.sums_known import known_sums

_SEVERAL = 2
_FEW = 8
LAW = "数额前后不一，内容就不明确，法院不予确认。"
_BETWEEN = re.compile(r"[\s（(，,：:即计为人民币大小写整正￥¥元]*")
_WHOLE = re.compile(
    r"(?:合计|共计|总计|总额|总共|一共|共|全部|累计)[^，。；\d]{0,6}$|[款费资金租]\s*(?:人民币)?$"
)
_SPLIT = re.compile(rf"分(?:{NUMERAL}|\d)+个?[期次月季]")
_TOTAL = re.compile("合计|共计|总计|总共|一共")
_EACH = re.compile(r"每(期|月|次|季)度?[^，。；\d每/／]{0,12}$")
_TIMES = re.compile(rf"(?<![\d第年月])(\d{{1,3}}|{NUMERAL}{{1,3}})\s*个?(月|期|次|季)(?!\d)")
_AMONG = re.compile("其中|分别为|分别是")
_NOT_ALL = re.compile("其中[^。；]*(?:等|其余|余款|余额|剩余|剩下|余下|不足|超出|每)")
_ABOVE = re.compile(
    "(?:上述|前述|该|以上|前款)(?:的)?(?:赔偿款|补偿款|款项|费用|工资|借款|货款|租金|合计|共计)?(?:人民币)?$"
)
_LESS = re.compile("扣除|扣减|减去|除去|抵扣|减除|扣掉")
_TAKEN_OFF = re.compile("扣|减|抵|已|垫|除去")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_YUAN = 100
_A_YUAN = _YUAN * 100
_LEFT = re.compile("尚应|还应|尚需|还需|尚欠|还欠|仍应|实际应|再支付|应再|余款|剩余|下余")
_PERCENT = re.compile(r"(?:承担|负担|赔偿|支付|按)[^，。；\d]{0,14}(\d{1,3}(?:\.\d+)?)\s*[%％]")
_COUNTED = re.compile(r"^[^，。；\d]{0,4}[，,]?\s*(?:计|即|为|折合|金额)[^，。；\d]{0,6}$")


def arithmetic_findings(draft: Draft) -> Found:
    """Check every sentence of facts, responsibility and terms by itself."""
    for record_id, field, text in _texts(draft):
        yield from _capitals(record_id, field, text)
        for told in _multiplied(text):
            yield fault("worded.product", told, record_id, field, reason=LAW)
        for sentence in sentences(text):
            for told in _sentence_faults(sentence.words, draft):
                yield fault("worded.sum", told, record_id, field, reason=LAW, words=sentence.words.strip())


def _texts(draft: Draft) -> Iterator[tuple[UUID, str, str]]:
    for place in ("facts", "responsibility", "terms"):
        yield from draft.texts(place)


def _capitals(record_id: UUID, field: str, text: str) -> Found:
    """An amount written twice in a row, once in Chinese numerals, is one amount."""
    found = amounts(text)
    for one, other in pairwise(found):
        gap = text[one.at.end : other.at.start]
        twice = _BETWEEN.fullmatch(gap) and _written(one) != _written(other) and "、" not in gap
        if (
            twice
            and ("（" in gap or "(" in gap or "大写" in gap or "小写" in gap or one.capital)
            and one.fen != other.fen
        ):
            told = f"大写与小写不一致：“{one.at.words}”与“{other.at.words}”。"
            yield fault(
                "worded.capitals",
                told,
                record_id,
                field,
                reason=LAW,
                words=text[one.at.start : other.at.end],
            )


_PRODUCT = re.compile(
    rf"[（(＝=]?\s*(?:按|以)?(?P<one>\d+(?:\.\d+)?|{NUMERAL}{{1,4}})(?P<unit>[^\d，。；、（）()×xX*＊]{{0,6}})\s*[×xX*＊]\s*"
    r"(?P<other>\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百]+)(?P<more>[^\d，。；、（）()×xX*＊]{0,6})(?P<further>[×xX*＊])?"
)


def _multiplied(text: str) -> Iterator[str]:
    """A product in brackets or after an equals sign (2,250元（15天×150元）) is the amount before it."""
    for money in amounts(text):
        match = _PRODUCT.match(text, money.at.end)
        if match is None or match["further"] or not any("元" in match[part] for part in ("unit", "more")):
            continue
        factors = [
            numeral(each) if not each[0].isascii() else float(each.replace(",", ""))
            for each in match.group("one", "other")
        ]
        if None not in factors and abs((factors[0] or 0) * (factors[1] or 0) * _YUAN - money.fen) >= _YUAN:
            yield f"“{money.at.words}”与“{match[0].strip('（(＝= ')}”算出来的数不同。"


def _written(money: Money) -> bool:
    return not any(character.isdecimal() and character.isascii() for character in money.at.words)


def _sentence_faults(sentence: str, draft: Draft) -> Iterator[str]:
    """Say what does not add up in one sentence."""
    plain = without_asides(sentence)
    found = amounts(plain)
    yield from _total_faults(plain, found, draft)
    yield from _product_faults(plain, found)
    yield from _among_faults(plain, found)
    yield from _above_faults(sentence, draft)
    yield from _rest_faults(plain, found, draft)
    yield from _share_faults(plain, found, draft)


def _total_faults(plain: str, found: tuple[Money, ...], draft: Draft) -> Iterator[str]:
    """A total is made of the amounts before it; where something is taken off, of any others in the terms."""
    for word in _TOTAL.finditer(plain):
        after = [one for one in found if one.at.start >= word.end()]
        before = [one.fen for one in found if one.at.end <= word.start()]
        if (
            not after
            or len(before) < _SEVERAL
            or not re.fullmatch(r"[^，。；\d]{0,8}", plain[word.end() : after[0].at.start])
        ):
            continue
        total = after[0].fen
        runs = [sum(before[start:]) for start in range(len(before) - 1)]
        elsewhere = [one.fen for one in amounts(draft.all_terms)] if _TAKEN_OFF.search(plain) else []
        comes_out = _comes_out(total, before, plain) or total in _some_of(sorted({*elsewhere} - {total}))
        if not comes_out and not _product(plain, found, total):
            yield f"“{after[0].at.words}”不是前面各项之和（{figures(runs[0])}元）。"


_EACH_ONE = re.compile("各|每[人户家]")
_PRICED = re.compile("每(?!期|月|季|年)|[/／]|平均")
_UNIT_PRICE = re.compile("每(?!期|月|季|年)|[/／]|平均|利息|利率")


def _comes_out(total: int, before: list[int], plain: str) -> bool:
    """Tell whether a total is made of the amounts before it: neighbours added up, taken off, a share."""
    windows = _runs(before) | set(before)
    if total in windows or total in _some_of(before) or _PRICED.search(plain):
        return True
    if any(
        abs(one * float(share) - total * 100) < _A_YUAN for share in _SHARE.findall(plain) for one in windows
    ):
        return True
    return bool(_TAKEN_OFF.search(plain)) and any(one - total in windows for one in windows)


def _some_of(fens: list[int]) -> set[int]:
    """Return what any two or more amounts make together: one between may be told by the way."""
    few = fens[-_FEW:]
    return {sum(some) for count in range(2, len(few) + 1) for some in combinations(few, count)}


def _product_faults(plain: str, found: tuple[Money, ...]) -> Iterator[str]:
    """Each part times the number of parts is one of the other amounts."""
    for money in found:
        each = _EACH.search(plain[: money.at.start])
        times = _times(plain, each[1]) if each else set()
        others = {
            one.fen
            for one in found
            if one is not money and (_SPLIT.search(plain) or _WHOLE.search(plain[: one.at.start]))
        }
        if _TAKEN_OFF.search(plain) or _EACH_ONE.search(plain) or len(times) != 1 or not others:
            continue
        rest = [one.fen for one in found if one is not money]
        if money.fen * min(times) not in others | _runs(rest):
            product = figures(money.fen * min(times))
            yield f"“{money.at.words}”各次相加为{product}元，与写明的总额不符。"


def _times(plain: str, unit: str) -> set[int]:
    """Return how often, as far as the sentence says it of this unit."""
    counts = {numeral(match[1]) for match in _TIMES.finditer(plain) if match[2] == unit}
    return {count for count in counts if count is not None and count > 1}


def _among_faults(plain: str, found: tuple[Money, ...]) -> Iterator[str]:
    """What follows 其中 makes the amount before it."""
    word = None if _NOT_ALL.search(plain) else _AMONG.search(plain)
    whole = [one for one in found if word and one.at.end <= word.start()]
    parts = [one.fen for one in found if word and one.at.start >= word.end()]
    if (
        word
        and whole
        and len(parts) > 1
        and "合计" not in plain[word.end() :]
        and whole[-1].fen not in {sum(parts[:end]) for end in range(1, len(parts) + 1)}
        and whole[-1].fen not in _runs(parts)
        and not _TAKEN_OFF.search(plain[word.end() :])
    ):
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
    shares = {round(fen * float(share) / 100) for fen in before for share in _SHARE.findall(plain)}
    before |= shares | _runs([one.fen for one in found if one.at.end <= less.start()])
    if not _UNIT_PRICE.search(plain) and not any(abs(rest.fen + sum(paid) - one) < _YUAN for one in before):
        yield f"扣除{figures(sum(paid))}元后写“{rest.at.words}”，与应付总额对不上。"


def _above_faults(sentence: str, draft: Draft) -> Iterator[str]:
    """What is called 上述 was named before, or stands in the list."""
    everything = [
        one.fen
        for one in amounts(f"{draft.agreement.facts}\n{draft.agreement.responsibility}\n{draft.all_terms}")
    ]
    for money in amounts(sentence):
        if (
            _ABOVE.search(sentence[: money.at.start])
            and everything.count(money.fen) < _SEVERAL
            and money.fen not in known_sums(draft)
            and money.fen not in _runs(everything)
        ):
            yield f"“{money.at.words}”说是上述，前面却没有写过这个数。"


def _runs(named: list[int]) -> set[int]:
    """Return the sums of two or more neighbouring amounts."""
    return {sum(named[start:end]) for start in range(len(named)) for end in range(start + 2, len(named) + 1)}


def _share_faults(plain: str, found: tuple[Money, ...], draft: Draft) -> Iterator[str]:
    """A share in percent is that part of some amount named; a rate (年利率6%) grows with time and is none."""
    by_time = rates(plain)
    for match in _PERCENT.finditer(plain):
        share = next((one for one in found if one.at.start >= match.end()), None)
        of_time = any(rate.at.start < match.end() <= rate.at.end for rate in by_time)
        if share is None or of_time or not _COUNTED.match(plain[match.end() : share.at.start]):
            continue
        bases = {one.fen for one in amounts(draft.all_terms + draft.agreement.facts)} - {share.fen}
        bases |= {draft.agreement.amounts.total_fen} - {None}
        bases |= _runs([one.fen for one in amounts(f"{draft.agreement.facts}\n{draft.all_terms}")]) - {
            share.fen
        }
        percent = float(match[1])
        if bases and not any(abs(base * percent - share.fen * 100) < _A_YUAN for base in bases if base):
            yield f"“{share.at.words}”不是写明的任何一个总额的{match[1]}%。"
