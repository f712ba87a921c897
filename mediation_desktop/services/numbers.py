"""Give out numbers: one gap-free annual sequence per committee and purpose, never used twice."""

from mediation_desktop.domain import records
from mediation_desktop.domain.numbering import number
from mediation_desktop.services.desk import Desk
from mediation_desktop.storage.unit_of_work import UnitOfWork


def next_number(desk: Desk, work: UnitOfWork, purpose: str, committee: records.Committee, year: int) -> str:
    """Return the next number of the committee's sequence for ``purpose`` and count it as used.

    The count is part of the transaction: a number given out in a save that fails is free again.
    """
    key = f"serial/{purpose}/{committee.id}/{year}"
    serial = int(str(work.setting(key, 0))) + 1
    work.put_setting(key, serial)
    offices = work.find(records.Office)
    return number(
        desk.codes.numbering[purpose],
        year=year,
        word=committee.number_word,
        block=offices[0].number_block if offices else "",
        serial=serial,
    )
