"""Interest and penalties: the cap holds for private loans only (法释〔2020〕17号 第25、29条)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning
from mediation_desktop.domain.soundness.reading import (
    EVERY,
    NUMERAL,
    amounts,
    clauses,
    days,
    numeral,
    rates,
    sentences,
)
from mediation_desktop.domain.soundness.sums_known import known_sums

_LOAN = re.compile("借款|借条|借给|借贷|民间借贷|出借|欠条.{0,12}借")
_COMPOUND = re.compile(
    "复利|利滚利|息上加息|驴打滚|利息[^，。；]{0,8}(?:计入|转为|转作|转成|变为|并入|滚入|滚作|加入|作为|算作)[^，。；]{0,4}本金"
)
_PENALTY = re.compile("违约金|滞纳金|罚金|罚款|违约赔偿金")
_NOT_COMPOUND = re.compile("(?:不|未|无|免)[^，。；]{0,6}(?:复利|本金)")
_GIVEN_UP = re.compile("放弃|免除|免收|免付|不再|不主张|不要求|减免|不计|不收|不予")
_CHARGE = "利息|息|违约金|罚|滞纳金|赔偿金|加付|加(?=\\d)|多付|补偿金"
_CHARGED = re.compile(
    rf"{EVERY}(?:[^。；\d]{{0,12}}?(?:{_CHARGE})[^，。；\d]{{0,8}}(?=\d)|[^，。；\d]{{0,6}}(?=\d[\d,.]*元的?(?:{_CHARGE})))"
)
_PER_SUM = re.compile(
    r"每(?P<sum>[万千百])元[^，。；\d]{0,4}每?一?个?(?P<period>[年月日天])[^，。；\d]{0,6}(?=\d)"
)
_FOR_SO_LONG = re.compile(
    rf"(?<![\d年])(?P<count>半|\d{{1,2}}|{NUMERAL}{{1,3}})\s*个?(?P<period>[年月])的?利息[^，。；\d]{{0,6}}(?=\d)"
)
_INTEREST_OF = re.compile(r"[^，。；\d]{0,8}利息[^，。；\d]{0,6}(?=\d)")
_TIMES_LPR = re.compile(rf"(?:LPR|贷款市场报价利率|贷款利率|基准利率)的?(\d+(?:\.\d+)?|{NUMERAL}{{1,2}})倍")
_MOST_TIMES = 4
_MULTIPLE = re.compile(rf"加倍|双倍|翻倍|(?:{NUMERAL}|\d+)倍")
_MULTIPLE_BY_LAW = re.compile("定金|工资|食品|假冒|欺诈|消费者|利率|LPR|双倍利息|加倍支付迟延履行")
_IN_DEFAULT = re.compile("逾期|违约|不(?:按|付|还|履行)|未(?:按|付|还|履行)|否则|反悔")
_SHARE_OF_ALL = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_PRINCIPAL = re.compile(r"(?:本金|借款|借到|借给)[^，。；\d]{0,14}(?=\d)")
_WHY = (
    "民间借贷的利息（逾期利息、违约金等合计）不得超过合同成立时一年期贷款市场报价利率的四倍"
    "（法释〔2020〕17号第二十五、二十九条）。"
)
_TOO_MUCH = "违约金以补偿损失为主，超过损失百分之三十的一般认为过高（民法典第五百八十五条）。"
_OFFER = "逾期的，自逾期之日起以未还款项为基数，按年利率＿＿%计付利息至付清之日止"
_HIGH = 24.0
_VERY_HIGH = 100.0
_LARGE_SHARE = 0.3
_PER_YEAR = {"年": 1, "月": 12, "日": 365, "天": 365}
_SUMS = {"万": 10**6, "千": 10**5, "百": 10**4}


def interest_findings(draft: Draft) -> Found:
    """Check the rates named in the terms, and penalties against what is owed."""
    loan = bool(
        _LOAN.search("\n".join((draft.agreement.facts, draft.dossier.dispute.summary, draft.all_terms)))
    )
    cap = _cap(draft)
    for at, text in enumerate(draft.terms):
        where = (draft.agreement.id, f"terms.{at}")
        for rate in rates(text):
            if loan and rate.percent > cap:
                told = f"第{at + 1}条“{rate.at.words}”合年利率{rate.percent:g}%，超过上限{cap:g}%。"
                yield fault(
                    "interest.cap",
                    told,
                    *where,
                    reason=_WHY,
                    offer=_OFFER,
                    words=_clause(text, rate.at.start),
                )
            elif rate.percent > _VERY_HIGH:
                told = f"第{at + 1}条“{rate.at.words}”合每年{rate.percent:g}%，明显过高。"
                yield warning(
                    "penalty.rate",
                    told,
                    *where,
                    reason=_TOO_MUCH,
                )
            elif rate.percent > _HIGH:
                told = f"第{at + 1}条“{rate.at.words}”合每年{rate.percent:g}%，偏高，可能被调减。"
                yield note("penalty.rate", told, *where)
        if loan and (match := _COMPOUND.search(text)) and not _NOT_COMPOUND.search(text):
            told = f"第{at + 1}条“{match[0]}”：利息再生利息，前后合计不得超过上限。"
            yield warning("interest.compound", told, *where, reason=_WHY)
        yield from _charged(draft, at, text, cap if loan else None)
        yield from _times_of_the_rate(draft, at, text)
        yield from _penalty(draft, at, text)
        yield from _multiple(draft, at, text)


def _cap(draft: Draft) -> float:
    """Return the cap of the day that suits the lender best: the loan may be older than the agreement."""
    told = [day.day for day in days(draft.agreement.facts) if day.day and day.year and day.day <= draft.day]
    return max(draft.wording.cap_on(day) for day in (draft.day, *told))


def _charged(draft: Draft, at: int, text: str, cap: float | None) -> Found:
    """Interest or a penalty named as an amount for so long, against the principal or what is owed."""
    for percent, words in _by_the_year(draft, text):
        where = (draft.agreement.id, f"terms.{at}")
        if cap is not None and percent > cap:
            told = f"第{at + 1}条“{words}”合年利率{percent:.1f}%，超过上限{cap:g}%。"
            yield fault(
                "interest.cap", told, *where, reason=_WHY, offer=_OFFER, words=_clause(text, text.find(words))
            )
        elif percent > _VERY_HIGH:
            told = f"第{at + 1}条“{words}”合每年{percent:.0f}%，明显过高。"
            yield warning("penalty.rate", told, *where, reason=_TOO_MUCH)


def _by_the_year(draft: Draft, text: str) -> Iterator[tuple[float, str]]:
    """Yield what is charged in percent a year, with the words that say so."""
    everything = f"{draft.all_terms}\n{draft.agreement.facts}"
    principal = [_after(everything, one.end()) or 0 for one in _PRINCIPAL.finditer(everything)]
    owed = sum(item.amount_fen or 0 for item in draft.obligations)
    whole = max((*principal, owed))
    for match in _CHARGED.finditer(text):
        fen = _after(text, match.end())
        if fen and whole and fen != owed:
            yield fen * _PER_YEAR[match["period"]] * 100 / whole, match[0]
    for match in _FOR_SO_LONG.finditer(text):
        fen, count = _after(text, match.end()), 0.5 if match["count"] == "半" else numeral(match["count"])
        if fen and whole and count:
            yield fen * _PER_YEAR[match["period"]] * 100 / count / whole, match[0]
    for fen, count, words in _between_days(text):
        if whole and count > 0:
            yield fen * _PER_YEAR["日"] * 100 / count / max((*principal, whole - fen)), words
    for match in _PER_SUM.finditer(text):
        fen = _after(text, match.end())
        if fen:
            yield fen * _PER_YEAR[match["period"]] * 100 / _SUMS[match["sum"]], match[0]


def _between_days(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the interest named for the time from one day to another: fen, days, and the words."""
    for one, other in pairwise(days(text)):
        said = _INTEREST_OF.match(text, other.at.end)
        fen = _after(text, said.end()) if said else None
        if said and fen and one.day and other.day and one.year and other.year and text[one.at.end] in "至到":
            yield fen, (other.day - one.day).days, text[one.at.start : said.end()]


def _times_of_the_rate(draft: Draft, at: int, text: str) -> Found:
    """More than four times the published rate."""
    for match in _TIMES_LPR.finditer(text):
        times = numeral(match[1]) if not match[1][0].isascii() else float(match[1])
        if times and times > _MOST_TIMES:
            told = f"第{at + 1}条“{match[0]}”超过四倍。"
            yield fault("interest.times", told, draft.agreement.id, f"terms.{at}", reason=_WHY, offer=_OFFER)


def _multiple(draft: Draft, at: int, text: str) -> Found:
    """Whoever is late pays several times what is owed, or a large part of it on top."""
    where = (draft.agreement.id, f"terms.{at}")
    for sentence in sentences(text):
        match = _MULTIPLE.search(sentence.words)
        if not _IN_DEFAULT.search(sentence.words) or _MULTIPLE_BY_LAW.search(sentence.words):
            continue
        if match:
            told = f"第{at + 1}条“{match[0]}”作为违约的后果明显过高。"
            yield warning("penalty.multiple", told, *where, reason=_TOO_MUCH)
        shares = [float(one[1]) for one in _SHARE_OF_ALL.finditer(sentence.words)]
        if (
            _PENALTY.search(sentence.words)
            and not rates(sentence.words)
            and max(shares, default=0) > _LARGE_SHARE * 100
        ):
            told = f"第{at + 1}条的违约金为{max(shares):g}%，超过三成，明显过高。"
            yield warning("penalty.share", told, *where, reason=_TOO_MUCH)


def _after(text: str, place: int) -> int | None:
    return next((one.fen for one in amounts(text) if one.at.start == place), None)


def _penalty(draft: Draft, at: int, text: str) -> Found:
    """A penalty in one sum, against everything that is owed."""
    owed = sum(item.amount_fen or 0 for item in draft.obligations)
    for clause in clauses(text):
        named = [one.fen for one in amounts(clause.words)]
        if not owed or not named or not _PENALTY.search(clause.words) or _GIVEN_UP.search(clause.words):
            continue
        told = f"第{at + 1}条的违约金与应付款项相比"
        if max(named) >= owed and max(named) not in known_sums(draft):
            yield warning(
                "penalty.sum", f"{told}明显过高。", draft.agreement.id, f"terms.{at}", reason=_TOO_MUCH
            )
        elif max(named) > owed * _LARGE_SHARE:
            yield note(
                "penalty.sum",
                f"{told}偏高，可能被调减。",
                draft.agreement.id,
                f"terms.{at}",
                reason=_TOO_MUCH,
            )


def _clause(text: str, place: int) -> str:
    return next((one.words for one in clauses(text) if one.start <= place < one.end), text)
