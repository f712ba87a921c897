"""Give out numbers: one gap-free annual sequence per committee and purpose, never used twice."""

from datetime import date

import msgspec
from msgspec import Struct

from mediation_desktop.domain import records
from mediation_desktop.domain.numbering import number
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.reader import Reader
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import today, wall_time

_VOID = "void_numbers"


class VoidNumber(Struct, frozen=True):
    """空号: a number that was given out and stands for nothing; it is never used again."""

    number: str
    on: date
    by: str
    because: str


class _Sequence(Struct, frozen=True):
    """One sequence of numbers; its last serial is a setting."""

    purpose: str
    committee: records.Committee
    year: int

    @property
    def key(self) -> str:
        return f"serial/{self.purpose}/{self.committee.id}/{self.year}"

    def last(self, reader: Reader) -> int:
        return int(str(reader.setting(self.key, 0)))

    def number(self, desk: Desk, reader: Reader, serial: int) -> str:
        offices = reader.find(records.Office)
        return number(
            desk.codes.numbering[self.purpose],
            year=self.year,
            word=self.committee.number_word,
            block=offices[0].number_block if offices else "",
            serial=serial,
        )


def next_number(desk: Desk, work: UnitOfWork, purpose: str, committee: records.Committee, year: int) -> str:
    """Return the next number of the committee's sequence for ``purpose`` and count it as used.

    The count is part of the transaction: a number given out in a save that fails is free again.
    """
    sequence = _Sequence(purpose, committee, year)
    serial = sequence.last(work) + 1
    work.put_setting(sequence.key, serial)
    return sequence.number(desk, work, serial)


def void_or_give_back(desk: Desk, work: UnitOfWork, record: records.Record, because: str) -> str:
    """Account for the number of a record that is taken out; return what its tombstone says of it.

    The last number of its sequence is free again, so that no gap arises.  An earlier one is void and kept in
    the list of void numbers with who, when and why.
    """
    if not isinstance(record, records.Dispute | records.Agreement) or not record.number:
        return ""
    for sequence in _sequences(work, record):
        serial = sequence.last(work)
        if serial and sequence.number(desk, work, serial) == record.number:
            work.put_setting(sequence.key, serial - 1)
            return f"；编号{record.number}没有印出，收回再用"
    void = VoidNumber(record.number, today(desk.clock), desk.actor, because)
    work.put_setting(_VOID, msgspec.to_builtins([*_void(work), void]))
    return f"；编号{record.number}作废，不再使用"


def void_numbers(desk: Desk) -> tuple[VoidNumber, ...]:
    """Return the numbers that stand for nothing, each with who made it void, when and why."""
    with desk.office_file.read() as reader:
        return _void(reader)


def _void(reader: Reader) -> tuple[VoidNumber, ...]:
    return msgspec.convert(reader.setting(_VOID, []), tuple[VoidNumber, ...])


def _sequences(work: UnitOfWork, record: records.Dispute | records.Agreement) -> list[_Sequence]:
    """Return the sequences that a record's number may be of."""
    if isinstance(record, records.Dispute):
        committee = work.get(records.Committee, record.committee_id)
        return [_Sequence("dispute", committee, record.registered_on.year)]
    dispute = work.get(records.Dispute, record.dispute_id)
    committee = work.get(records.Committee, dispute.committee_id)
    days = [record.agreed_on, record.created_at and wall_time(record.created_at).date()]
    return [_Sequence("agreement", committee, year) for year in {day.year for day in days if day}]
