"""Interest and penalties: the cap holds for private loans only (法释〔2020〕17号 第25、29条)."""

import re

from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, note, warning
from mediation_desktop.domain.soundness.reading import amounts, clauses, days, rates
from mediation_desktop.domain.soundness.sums_known import known_sums

_LOAN = re.compile("借款|借条|借给|借贷|民间借贷|出借|欠条.{0,12}借")
_COMPOUND = re.compile("复利|利滚利|利息[^，。；]{0,6}(?:计入|转为|并入|滚入)[^，。；]{0,4}本金")
_PENALTY = re.compile("违约金|滞纳金|罚金|罚款|违约赔偿金")
_NOT_COMPOUND = re.compile("(?:不|未|无|免)[^，。；]{0,6}(?:复利|本金)")
_GIVEN_UP = re.compile("放弃|免除|免收|免付|不再|不主张|不要求|减免|不计|不收|不予")
_MONTHLY = re.compile(
    r"每月[^，。；]{0,10}?利息[^，。；\d]{0,6}(?=\d)|每月[^，。；\d]{0,6}(?=\d[\d,.]*元(?:的)?利息)"
)
_PRINCIPAL = re.compile(r"(?:本金|借款|借到|借给)[^，。；\d]{0,14}(?=\d)")
_WHY = (
    "民间借贷的利息（逾期利息、违约金等合计）不得超过合同成立时一年期贷款市场报价利率的四倍"
    "（法释〔2020〕17号第二十五、二十九条）。"
)
_OFFER = "逾期的，自逾期之日起以未还款项为基数，按年利率＿＿%计付利息至付清之日止"
_HIGH = 24.0
_VERY_HIGH = 100.0
_LARGE_SHARE = 0.3


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
                    reason="违约金过分高于损失的，可以请求减少（民法典第五百八十五条）。",
                )
            elif rate.percent > _HIGH:
                told = f"第{at + 1}条“{rate.at.words}”合每年{rate.percent:g}%，偏高，可能被调减。"
                yield note("penalty.rate", told, *where)
        if loan and (match := _COMPOUND.search(text)) and not _NOT_COMPOUND.search(text):
            told = f"第{at + 1}条“{match[0]}”：利息再生利息，前后合计不得超过上限。"
            yield warning("interest.compound", told, *where, reason=_WHY)
        if loan:
            yield from _monthly(draft, at, text, cap)
        yield from _penalty(draft, at, text)


def _cap(draft: Draft) -> float:
    """Return the cap of the day that suits the lender best: the loan may be older than the agreement."""
    told = [day.day for day in days(draft.agreement.facts) if day.day and day.year and day.day <= draft.day]
    return max(draft.wording.cap_on(day) for day in (draft.day, *told))


def _monthly(draft: Draft, at: int, text: str, cap: float) -> Found:
    """Interest named as an amount a month, against the principal."""
    match = _MONTHLY.search(text)
    everything = f"{draft.all_terms}\n{draft.agreement.facts}"
    principal = [_after(everything, one.end()) for one in _PRINCIPAL.finditer(everything)]
    interest = _after(text, match.end()) if match else None
    whole = max((fen for fen in principal if fen), default=0)
    if interest and whole and interest * 12 * 100 / whole > cap:
        told = f"第{at + 1}条每月的利息合年利率{interest * 1200 / whole:.1f}%，超过上限{cap:g}%。"
        yield fault("interest.cap", told, draft.agreement.id, f"terms.{at}", reason=_WHY)


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
        reason = "违约金以补偿损失为主，超过损失百分之三十的一般认为过高（民法典第五百八十五条）。"
        if max(named) >= owed and max(named) not in known_sums(draft):
            yield warning(
                "penalty.sum", f"{told}明显过高。", draft.agreement.id, f"terms.{at}", reason=reason
            )
        elif max(named) > owed * _LARGE_SHARE:
            yield note(
                "penalty.sum", f"{told}偏高，可能被调减。", draft.agreement.id, f"terms.{at}", reason=reason
            )


def _clause(text: str, place: int) -> str:
    return next((one.words for one in clauses(text) if one.start <= place < one.end), text)
