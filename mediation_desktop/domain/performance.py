"""What of an agreement is still to be performed."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from mediation_desktop.domain.records import Obligation, Payment


class Due(Struct, frozen=True):
    """One thing owed by a day; ``amount_fen`` is what of it is still unpaid, ``None`` for an act."""

    obligation: Obligation
    due_on: date
    amount_fen: int | None


def outstanding(
    obligations: Iterable[Obligation], payments: Iterable[Payment], until: date
) -> tuple[Due, ...]:
    """Return what is owed up to and on ``until`` and not paid yet, by day.

    Payments between the same two people settle what falls due first (民法典 第560条); acts count as
    owed until the dispute itself is performed.
    """
    paid: dict[tuple[object, object], int] = {}
    for payment in payments:
        pair = (payment.debtor_id, payment.creditor_id)
        paid[pair] = paid.get(pair, 0) + payment.amount_fen
    left = []
    for due in sorted(_parts(obligations), key=lambda part: part.due_on):
        amount = due.amount_fen
        if amount is not None:
            pair = (due.obligation.debtor_id, due.obligation.creditor_id)
            settled = min(amount, paid.get(pair, 0))
            paid[pair] = paid.get(pair, 0) - settled
            amount -= settled
        if due.due_on <= until and amount != 0:
            left.append(Due(due.obligation, due.due_on, amount))
    return tuple(left)


def _parts(obligations: Iterable[Obligation]) -> Iterator[Due]:
    """Yield every dated part: an instalment, or an obligation that is performed at once."""
    for obligation in obligations:
        for instalment in obligation.instalments:
            yield Due(obligation, instalment.due_on, instalment.amount_fen)
        if not obligation.instalments and obligation.due_on is not None:
            yield Due(obligation, obligation.due_on, obligation.amount_fen)
