"""What of an agreement is done and what is still to be performed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.records import AgreementChange, Obligation, Payment


class Due(Struct, frozen=True):
    """One thing owed by a day; ``amount_fen`` is what of it is still unpaid, ``None`` for an act."""

    obligation: Obligation
    due_on: date
    amount_fen: int | None


class Part(Struct, frozen=True):
    """One instalment, one payment or one act: what was agreed and what of it is paid (fen).

    ``due_on`` is ``None`` where no day was agreed, ``agreed_fen`` for an act.  ``place`` counts the
    instalments of its obligation from 1 and is 0 where there are none.
    """

    obligation: Obligation
    place: int
    due_on: date | None
    agreed_fen: int | None
    paid_fen: int = 0

    @property
    def left_fen(self) -> int | None:
        """What is still to be paid; ``None`` for an act."""
        return None if self.agreed_fen is None else self.agreed_fen - self.paid_fen

    @property
    def done(self) -> bool:
        """Whether nothing of it is left."""
        return self.left_fen == 0 if self.agreed_fen is not None else self.obligation.performed_on is not None


def parts(obligations: Iterable[Obligation], payments: Iterable[Payment]) -> tuple[Part, ...]:
    """Return every part of these obligations by day, those without a day last, with what is paid of it.

    Payments between the same two people settle what falls due first (民法典 第560条).  An act is done when
    it has a day on which it was performed.
    """
    paid: dict[tuple[object, object], int] = {}
    for payment in payments:
        pair = (payment.debtor_id, payment.creditor_id)
        paid[pair] = paid.get(pair, 0) + payment.amount_fen
    told = []
    for part in sorted(_agreed(obligations), key=lambda part: part.due_on or date.max):
        pair = (part.obligation.debtor_id, part.obligation.creditor_id)
        settled = min(part.agreed_fen or 0, paid.get(pair, 0))
        paid[pair] = paid.get(pair, 0) - settled
        told.append(Part(part.obligation, part.place, part.due_on, part.agreed_fen, settled))
    return tuple(told)


def outstanding(
    obligations: Iterable[Obligation], payments: Iterable[Payment], until: date
) -> tuple[Due, ...]:
    """Return what is owed up to and on ``until`` and not done yet, by day."""
    return tuple(
        Due(part.obligation, part.due_on, part.left_fen)
        for part in parts(obligations, payments)
        if not part.done and part.due_on is not None and part.due_on <= until
    )


def over_on(obligations: Sequence[Obligation], payments: Sequence[Payment]) -> date | None:
    """Return the last day of performance: the day the last of it was done, else the last on which it is due.

    ``None`` where nothing has a day.
    """
    told = parts(obligations, payments)
    done = [payment.on for payment in payments]
    done += [item.performed_on for item in obligations if item.performed_on is not None]
    due = [part.due_on for part in told if part.due_on is not None]
    return max(done if all(part.done for part in told) else due, default=None)


def parts_of(dossier: Dossier) -> tuple[Part, ...]:
    """Return every part of the agreements in force: of one replaced by a later one nothing is owed."""
    replaced = {
        agreement.earlier_id
        for agreement in dossier.agreements
        if agreement.change is AgreementChange.REPLACES
    }
    owed = [item for item in dossier.obligations if item.agreement_id not in replaced]
    return parts(owed, dossier.payments)


def open_parts(dossier: Dossier) -> tuple[Part, ...]:
    """Return what of the agreements in force is still to be done, whenever it is due."""
    return tuple(part for part in parts_of(dossier) if not part.done)


def _agreed(obligations: Iterable[Obligation]) -> Iterator[Part]:
    """Yield every part: an instalment, or an obligation that is performed at once."""
    for obligation in obligations:
        for place, instalment in enumerate(obligation.instalments, start=1):
            yield Part(obligation, place, instalment.due_on, instalment.amount_fen)
        if not obligation.instalments:
            yield Part(obligation, 0, obligation.due_on, obligation.amount_fen)
