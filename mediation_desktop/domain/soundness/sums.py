"""Do the amounts agree with each other: items, total, share, paid before, still due, obligations."""

import re
from itertools import combinations

from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import AmountItem, Amounts
from mediation_desktop.domain.soundness.draft import Draft
from mediation_desktop.domain.soundness.finding import Found, fault, note
from mediation_desktop.domain.soundness.reading import amounts
from mediation_desktop.domain.soundness.sums_known import explained, known_sums

_LAW = "数额前后不一，内容就不明确，法院不予确认。"
_ROUNDING = 100  # a share may be rounded to a fen
_PAID = re.compile("垫|已|预付|先付|报销")
_FEW = 8
_SURETY = re.compile("担保|保证责任|连带责任")


def sum_findings(draft: Draft) -> Found:
    """Check the five amounts, which are never mixed, and the sum of what is listed."""
    total, due = draft.agreement.amounts.total_fen, draft.agreement.amounts.due_fen
    given = draft.agreement.amounts
    wrong = lambda code, text: fault(code, text, draft.agreement.id, "amounts", reason=_LAW)  # noqa: E731
    if given.items and total is not None and sum(item.amount_fen for item in given.items) != total:
        yield wrong("sums.items", "各项金额之和与合计不符。")
    if not _shared_rightly(given):
        yield wrong("sums.share", "承担金额与合计乘以承担比例不符。")
    borne = given.borne_fen if given.borne_fen is not None else total
    left = None if borne is None else borne - (given.paid_before_fen or 0)
    if left is not None and left < 0:
        yield wrong("sums.paid", "已付金额比承担金额还多。")
    elif left is not None and due is not None and left != due:
        yield wrong("sums.due", "承担金额减去已付金额，与尚应支付的金额不符。")
    expected = due if due is not None else left
    promised = promised_fen(draft)
    if expected is not None and expected not in promised_sums(draft):
        text = f"履行义务合计{figures(promised)}元，与协议金额{figures(expected)}元不符。"
        wrongly = _payable_apart(expected, draft) or _part_of_loss(promised, draft)
        make = note if wrongly else fault
        yield make("sums.obligations", text, draft.agreement.id, "amounts", reason=_LAW)
    yield from _worded(draft)


def _shared_rightly(given: Amounts) -> bool:
    total, percent, borne = given.total_fen, given.borne_percent, given.borne_fen
    if total is None or percent is None or borne is None:
        return True
    return abs(total * percent - borne * 100) < _ROUNDING


def promised_fen(draft: Draft) -> int:
    """Return the sum of the listed payments; a surety pays the same debt, not another."""
    return sum(item.amount_fen or 0 for item in draft.obligations if not _SURETY.search(item.what))


def promised_sums(draft: Draft) -> set[int]:
    """Return what is listed in all, and by and to every side and person, and what is left of both ways."""
    listed = [item for item in draft.obligations if item.amount_fen and not _SURETY.search(item.what)]
    sides = {one: party.side for one, party in draft.parties.items()}
    groups: dict[object, int] = {}
    for item in listed:
        debtor, creditor = item.debtor_id, item.creditor_id
        for key in {
            ("from", debtor),
            ("to", creditor),
            (debtor, creditor),
            ("from", sides.get(debtor, "")),
            ("to", sides.get(creditor, "")),
        }:
            groups[key] = groups.get(key, 0) + (item.amount_fen or 0)
    sums = {promised_fen(draft), *groups.values()}
    return sums | {one - other for one in groups.values() for other in groups.values() if one > other}


def _payable_apart(expected: int, draft: Draft) -> bool:
    """Tell whether the amount is what some of the listed payments make: others may be owed apart from it."""
    fens = [item.amount_fen for item in draft.obligations if item.amount_fen][:_FEW]
    return any(sum(some) == expected for count in range(1, len(fens)) for some in combinations(fens, count))


def _part_of_loss(promised: int, draft: Draft) -> bool:
    """Tell whether only the loss is given, of which the wording makes the other side pay this part."""
    given = draft.agreement.amounts
    only_total = given.borne_fen is None and given.due_fen is None
    named = {one.fen for one in amounts(draft.all_terms)}
    needed = {given.total_fen, *(item.amount_fen for item in draft.obligations if item.amount_fen)}
    return only_total and 0 < promised < (given.total_fen or 0) and needed <= named


def _worded(draft: Draft) -> Found:
    """Items and amounts that the wording names too must be the same there."""
    given = draft.agreement.amounts
    known = known_sums(draft)
    for item in given.items:
        for at, text in enumerate(draft.terms):
            fen = _named_as(item, text)
            if fen not in {None, item.amount_fen} and fen not in known and not _shared(fen or 0, item, draft):
                words = f"第{at + 1}条写{item.name}{figures(fen or 0)}元，应为{figures(item.amount_fen)}元。"
                yield fault("sums.item_worded", words, draft.agreement.id, f"terms.{at}", reason=_LAW)
    written = {
        one.fen
        for one in amounts(
            "\n".join((draft.agreement.facts, draft.agreement.responsibility, draft.all_terms))
        )
    }
    if not written:
        return
    named = (
        ("合计", given.total_fen),
        ("承担金额", given.borne_fen),
        ("已付金额", given.paid_before_fen),
        ("尚应支付", given.due_fen),
    )
    for name, fen in named:
        if fen and fen not in written and not _follows(fen, draft):
            told = f"{name}{figures(fen)}元在协议文字中没有写到，或写的数不同，请核对。"
            yield note("sums.unwritten", told, draft.agreement.id, "amounts", reason=_LAW)


def _shared(fen: int, item: AmountItem, draft: Draft) -> bool:
    """Tell whether the amount worded is the share borne of an item, or what was agreed on instead of it."""
    percent = draft.agreement.amounts.borne_percent or 0
    named = {one.fen for text in draft.terms for one in amounts(text)}
    return abs(item.amount_fen * percent - fen * 100) < _ROUNDING * 100 or item.amount_fen in named


def _named_as(item: AmountItem, text: str) -> int | None:
    """Return the amount right after an item's name in a text, unless it tells of what was paid already."""
    match = re.search(
        r"(?<![后续余他班业外部半])" + re.escape(item.name) + r"(?:人民币|计|为|共|约|：|:|￥|¥)*", text
    )
    if match is None or _PAID.search(text[max(0, match.start() - 8) : match.start()]):
        return None
    return next((one.fen for one in amounts(text) if one.at.start == match.end()), None)


def _follows(fen: int, draft: Draft) -> bool:
    """Tell whether it is what neighbouring amounts make together, or a number of times or a share of one."""
    texts = (draft.agreement.facts, draft.agreement.responsibility, draft.all_terms)
    runs = [[one.fen for one in amounts(text)] for text in texts]
    return explained(fen, draft) or any(
        sum(found[start:end]) == fen
        for found in runs
        for start in range(len(found))
        for end in range(start + 2, len(found) + 1)
    )
