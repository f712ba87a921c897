"""Sums in the terms that nothing else in the agreement explains: likely a slip of the pen."""

import re

from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, warning
from mediation_desktop.domain.soundness.reading import Money, amounts, clauses, sentence_at
from mediation_desktop.domain.soundness.sums_known import explained, known_sums

_LAW = "数额前后对不上，内容就不明确，法院不予确认。"
_ABOVE = re.compile("上述|前述|以上|该款|尚|还[应需要欠]|余")
_SUPPOSED = re.compile("(?:没有?|未|不)[^，。；]{1,8}的[，,]|违约|逾期")
_APART = re.compile(
    "违约|逾期|罚|超过|不足|以上|以内|不低于|不高于|最高|最低|每|/|／|押金|定金|保证金|如(?!期|数)|若|今后|以后|另行|抵充|罚息|原价|单价|不再|放弃|让[步利]|减[免为至到收少让]|免[除收去付]|保险|垫付"
)


def lonely_findings(draft: Draft) -> Found:
    """Look at every sum of the terms that is written once and follows from no others."""
    if not draft.obligations:
        return
    known = known_sums(draft)
    texts = (
        draft.agreement.facts,
        draft.agreement.responsibility,
        *draft.terms,
        *draft.told,
        *(item.what for item in draft.obligations),
    )
    named = [one.fen for text in texts for one in amounts(text)]
    runs = {total for text in texts for total in _runs([one.fen for one in amounts(text)])}
    for at, text in enumerate(draft.terms):
        alone = [
            money
            for money in amounts(text)
            if money.fen not in known | runs
            and named.count(money.fen) == 1
            and _belongs_to_others(text, money)
            and not explained(money.fen, draft)
            and not _comes_of(money.fen, {*named, *known})
        ]
        if len(alone) == 1:
            words = alone[0].at.words
            told = f"第{at + 1}条的“{words}”与别处的数额都对不上，请核对。"
            yield warning("worded.lonely", told, draft.agreement.id, f"terms.{at}", reason=_LAW, words=words)


def _runs(fens: list[int]) -> set[int]:
    """Return the sums of neighbours."""
    return {sum(fens[start:end]) for start in range(len(fens)) for end in range(start + 2, len(fens) + 1)}


def _belongs_to_others(text: str, money: Money) -> bool:
    """Tell whether a sum ought to follow from others: it stands among them, or is called 上述.

    A sentence whose largest sum is all the others together explains itself.
    """
    if _APART.search(_clause(text, money)) or _is_factor(text, money):
        return False
    sentence = sentence_at(text, money.at.start)
    fens = [one.fen for one in amounts(sentence.words)]
    if fens and 2 * max(fens) == sum(fens):
        return False
    if _SUPPOSED.search(sentence.words):
        return False
    return len(fens) > 1 or bool(_ABOVE.search(text[max(0, money.at.start - 12) : money.at.start]))


def _is_factor(text: str, money: Money) -> bool:
    """Tell whether it stands in a product (15天×150元), which is reckoned elsewhere."""
    beside = text[max(0, money.at.start - 4) : money.at.start] + text[money.at.end : money.at.end + 4]
    return any(sign in beside for sign in "×xX*＊乘")


def _clause(text: str, money: Money) -> str:
    return next((one.words for one in clauses(text) if one.start <= money.at.start < one.end), text)


def _comes_of(fen: int, others: set[int]) -> bool:
    """Tell whether it is the sum or the difference of two others."""
    rest = others - {fen, 0}
    return any(fen + one in rest for one in rest) or any(fen - one in rest for one in rest if one * 2 != fen)
