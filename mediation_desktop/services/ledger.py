"""登记簿: the disputes of a period, each on one line."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from mediation_desktop.domain import records
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.ledger import Account, Ledger, LedgerLine, ledger_line
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.reader import Reader

D = TypeVar("D", bound=records.DisputeRecord)

_AT_ONCE = 500
"""Disputes read at a time: memory stays flat however long the period."""


def ledger(desk: Desk, first: date, last: date, account: Account) -> Ledger:
    """Return every dispute that was accepted, or settled or ended, from ``first`` to ``last``, in that order.

    Raises:
        UserError: the period ends before it begins.
    """
    if last < first:
        raise UserError("终止日期在起始日期之前。", "请改正起止日期。")
    lines: list[LedgerLine] = []
    with desk.office_file.read() as reader:
        ids = reader.disputes_between(account, first, last)
        for at in range(0, len(ids), _AT_ONCE):
            lines += [ledger_line(one, desk.codes) for one in _dossiers(reader, ids[at : at + _AT_ONCE])]
    return Ledger(first, last, account, tuple(lines))


def _dossiers(reader: Reader, ids: Sequence[UUID]) -> list[Dossier]:
    """Return these disputes with what a line of the register tells of, in the order given."""
    disputes = {one.id: one for one in reader.of_ids(records.Dispute, ids)}
    committees = {one.id: one for one in reader.find(records.Committee)}
    mediators = {one.id: one for one in reader.find(records.Mediator)}
    parties = reader.parties_of(ids)

    def of(cls: type[D]) -> dict[UUID, tuple[D, ...]]:
        found: dict[UUID, list[D]] = {}
        for record in reader.of_disputes(cls, ids):
            found.setdefault(record.dispute_id, []).append(record)
        return {one: tuple(found.get(one, ())) for one in ids}

    steps, sessions, agreements = of(records.StepTaken), of(records.Session), of(records.Agreement)
    obligations, payments, papers = of(records.Obligation), of(records.Payment), of(records.IssuedPaper)
    return [
        Dossier(
            dispute=disputes[one],
            committee=committees[disputes[one].committee_id],
            mediators=tuple(mediators[each] for each in disputes[one].mediator_ids),
            parties=parties[one],
            steps=steps[one],
            sessions=sessions[one],
            agreements=agreements[one],
            obligations=obligations[one],
            payments=payments[one],
            papers=papers[one],
        )
        for one in ids
    ]
