"""Every sum that the list of obligations and the amounts of an agreement account for."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from mediation_desktop.domain.records import Obligation
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.reading import amounts, sentences

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


def payments_of(obligation: Obligation) -> Iterator[tuple[int, date | None]]:
    """Yield every payment of an obligation: fen and day."""
    if obligation.instalments:
        yield from ((part.amount_fen, part.due_on) for part in obligation.instalments)
    elif obligation.amount_fen:
        yield obligation.amount_fen, obligation.due_on
