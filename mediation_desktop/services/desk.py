"""What every action needs at hand, and what every action returns."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.storage.office_file import OfficeFile
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import Clock


class Desk(Struct, frozen=True):
    """An open office with one person at it.

    ``actor`` is the name under which history is written.  ``folder`` is where the office's data lies;
    its own forms and code tables, if any, stand there and win over the shipped ones.
    """

    office_file: OfficeFile
    folder: Path
    codes: CodeTables
    clock: Clock
    new_id: Callable[[], UUID]
    actor: str


class Change(Struct, frozen=True):
    """What an action touched: the kinds of record, and the one it was about.

    ``change_id`` is what history calls it and ``action`` in which words; without an id nothing can be undone.
    """

    kinds: frozenset[str]
    record_id: UUID | None = None
    dispute_id: UUID | None = None
    change_id: UUID | None = None
    action: str = ""


def changed(work: UnitOfWork, *, record_id: UUID | None = None, dispute_id: UUID | None = None) -> Change:
    """Return the ``Change`` of the work done so far."""
    return Change(work.touched, record_id, dispute_id, work.change_id, work.action)
