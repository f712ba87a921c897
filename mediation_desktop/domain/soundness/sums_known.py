"""Every sum that the list of obligations and the amounts of an agreement account for."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from mediation_desktop.domain.records import Obligation
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.reading import NUMERAL, amounts, numeral, sentences, without_asides

_MOST_PARTS = 6
"""So many payments are added up in every way; with more, only as a whole."""


def known_sums(draft: Draft) -> set[int]:
    """Return every sum that the list and the amounts of the agreement account for."""
    given = draft.agreement.amounts
    known = {item.amount_fen for item in given.items}
    sums = (given.total_fen, given.borne_fen, given.paid_before_fen, given.due_fen)
    known |= {fen for fen in sums if fen is not None}
    groups: dict[object, int] = {}
    for item in draft.obligations:
        for fen, day in payments_of(item):
            known.add(fen)
            for key in (("day", day), ("all",), ("creditor", item.creditor_id), ("debtor", item.debtor_id)):
                groups[key] = groups.get(key, 0) + fen
        known.add(item.amount_fen or 0)
        known.update(one.fen for one in amounts(item.what))
    by_amount = [item.amount_fen or 0 for item in draft.obligations if item.amount_fen][:_MOST_PARTS]
    known |= {sum(some) for count in range(2, len(by_amount) + 1) for some in combinations(by_amount, count)}
    known |= set(groups.values())
    return known | _explained(draft, known) | _made_up(draft, known)


def _explained(draft: Draft, known: set[int]) -> set[int]:
    """Return amounts that stand in a sentence as parts of a known sum, as in 其中甲60元、乙40元."""
    found = set()
    for text in draft.terms:
        for sentence in sentences(text):
            named = [one.fen for one in amounts(sentence.words)]
            if any(fen in known for fen in named) and sum(named) in {2 * fen for fen in known}:
                found.update(named)
    return found


def _made_up(draft: Draft, known: set[int]) -> set[int]:
    """Return neighbouring amounts of the terms that make a known sum together, but for less than a yuan."""
    named = [one.fen for text in draft.terms for one in amounts(without_asides(text))]
    found = set()
    for start in range(len(named)):
        for end in range(start + 2, min(start + _MOST_PARTS, len(named)) + 1):
            total = sum(named[start:end])
            if any(0 <= total - one < _YUAN for one in known):
                found.update(named[start:end])
    return found


def explained(fen: int, draft: Draft) -> bool:
    """Tell whether an amount follows from others named: a number of times, a share, an equal part."""
    text = "\n".join((draft.agreement.facts, draft.agreement.responsibility, draft.all_terms))
    named = {one.fen for one in amounts(text)} - {0, fen}
    counts = {numeral(match[1]) or 0 for match in _COUNT.finditer(text)}
    counts |= {months for word, months in _MONTHS.items() if word in text and "每月" in text}
    shares = {float(match[1]) for match in _SHARE.finditer(text)}
    often = any(one * count == fen for one in named for count in counts)
    share = any(abs(one * percent - fen * 100) < _A_YUAN for one in named for percent in shares)
    return often or share or bool(_EQUALLY.search(text) and _equal_part(fen, named))


def _equal_part(fen: int, named: set[int]) -> bool:
    """Tell whether some amount named is this one a few times over, but for the odd fen."""
    return any(abs(one - fen * count) < count for one in named for count in range(2, 13))


_UNIT = (
    "个|期|天|日(?!前|内)|人|户|家|亩|次|年|季|株|棵|只|头"
    "|羽|斤|公斤|吨|车|米|平方|立方|工|趟|套|件|袋|瓶|扇|间|块|桌|位|名"
)
_COUNT = re.compile(rf"(?<![年月\d.])(\d{{1,4}}|{NUMERAL}{{1,4}})\s*(?:{_UNIT})")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_EQUALLY = re.compile("各|平均|平分|均摊|平摊|均分|每人|每户|一半|对半|分之")
_MONTHS = {"季": 3, "半年": 6, "每年": 12}
_YUAN = 100
_A_YUAN = _YUAN * 100


def payments_of(obligation: Obligation) -> Iterator[tuple[int, date | None]]:
    """Yield every payment of an obligation: fen and day."""
    if obligation.instalments:
        yield from ((part.amount_fen, part.due_on) for part in obligation.instalments)
    elif obligation.amount_fen:
        yield obligation.amount_fen, obligation.due_on
