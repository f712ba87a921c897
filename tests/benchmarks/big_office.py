"""An office with many disputes: the samples entered once through the services, then copied inside the file.

Every copy has all that saving leaves: rows, revisions, history, its place in every stream.  What tells it
from its original is the last part of every id.  The bytes of the printed papers are kept once.
"""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Integer, Table, func, insert, literal, select, true

from mediation_desktop.domain import records
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import disputes, papers, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.casefiles.reader import CaseFile, read_case
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import OfficeSetup, create_office, open_with_key
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.database import Database
from mediation_desktop.storage.office_file import DATABASE_NAME, KEYS_NAME
from mediation_desktop.storage.tables import whole_schema
from mediation_desktop.system.clock import NotBefore, today
from mediation_desktop.system.ids import new_id
from mediation_desktop.system.paths import samples_folder

CLOCK = NotBefore(datetime(2026, 10, 12, 1, tzinfo=UTC))
"""After the last day in the samples."""

OPEN_OF_EACH = 5
"""So many copies of each sample stand as the sample leaves them; the others were brought to their end."""

_PASSWORD = "a-bench-office"  # noqa: S105 - made up
_TO_THE_END = {
    records.DisputeState.PERFORMING: (Action.PERFORM, Action.CLOSE),
    records.DisputeState.TERMINATED: (Action.CLOSE,),
    records.DisputeState.NOT_ACCEPTED: (Action.CLOSE,),
}


def make_big_office(folder: Path, count: int) -> bytes:
    """Make an office with ``count`` disputes in ``folder`` and return its key."""
    people = {mediator.name: None for case in samples(new_id) for mediator in case.dossier.mediators}
    setup = OfficeSetup(
        code="XT-0101", name="溪头村调委会", committee="溪头村人民调解委员会", mediators=tuple(people)
    )
    desk = create_office(folder, setup, _PASSWORD, clock=CLOCK).desk
    with desk.office_file.change(desk.actor, "登记收件单位") as work:
        work.add_recipient("township", "街道司法所", "age1township")
    desk.office_file.close()
    key = keyslots.unlock(folder / KEYS_NAME, _PASSWORD)
    each = count // len(samples(new_id))
    _enter(folder, key, MarkedIds(0xA << 44), copies=OPEN_OF_EACH, settled=False)
    _enter(folder, key, MarkedIds(0xB << 44), copies=each - OPEN_OF_EACH, settled=True)
    return key


class MarkedIds:
    """Gives ids of version 7 that count up and all end in the same twelve hexadecimal digits."""

    def __init__(self, mark: int) -> None:
        self.mark = mark
        self._at = int(CLOCK.now().timestamp() * 1000)

    def __call__(self) -> UUID:
        self._at += 1
        return UUID(int=self._at << 80 | 7 << 76 | 2 << 62 | self.mark)


def samples(ids: object) -> list[CaseFile]:
    codes = load_codes()
    return [
        read_case(path.read_text("utf-8"), codes, ids) for path in sorted(samples_folder().glob("*.toml"))
    ]


def _enter(folder: Path, key: bytes, ids: MarkedIds, *, copies: int, settled: bool) -> None:
    """Enter every sample, so that there are ``copies`` of each."""
    desk = open_with_key(folder, key, clock=CLOCK, new_id=ids)
    try:
        for case in samples(ids):
            dispute_id = enter(desk, case)
            if settled:
                _settle(desk, dispute_id)
    finally:
        desk.office_file.close()
    database = Database(folder / DATABASE_NAME, key)
    try:
        with database.writing() as connection:
            for table in whole_schema().sorted_tables:
                _copy(connection, table, f"{ids.mark:012x}", copies - 1)
    finally:
        database.close()


def _settle(desk: Desk, dispute_id: UUID) -> None:
    """Sign, seal and hand over every paper, and bring the dispute to its end."""
    day = today(desk.clock)
    dossier = queries.dossier(desk, dispute_id)
    everybody = tuple(records.Signature(party_id=party.id, on=day) for party in dossier.parties)
    for paper in dossier.papers:
        if paper.state is records.PaperState.PRINTED:
            mediator = records.Signature(party_id=None, on=day)
            papers.record_signatures(desk, paper.id, (*everybody, mediator), everybody)
            papers.record_seal(desk, paper.id, day)
        copies = tuple(records.Delivery(party_id=party.id, on=day) for party in dossier.parties)
        papers.record_deliveries(desk, paper.id, copies)
    for action in _TO_THE_END.get(queries.dossier(desk, dispute_id).dispute.state, ()):
        disputes.take_step(desk, dispute_id, action, day)


def _copy(connection: Connection, table: Table, mark: str, times: int) -> None:
    """Copy the rows whose id ends in ``mark``; numbers without gaps go on without gaps."""
    own = table.c.get("id", table.c.get("revision_id"))
    if own is None:
        return
    marked = own.like(f"%{mark}")
    count = connection.execute(select(func.count()).where(marked)).scalar_one()
    at = select(literal(1).label("copy")).cte("at", recursive=True)
    at = at.union_all(select(at.c.copy + 1).where(at.c.copy < times))
    columns = [column for column in table.c if not (column.primary_key and column.name == "position")]
    values = [
        column + at.c.copy * count
        if column.name in {"sequence", "number"} and isinstance(column.type, Integer)
        else func.replace(column, mark, func.printf(f"{mark[0]}%011x", at.c.copy))
        for column in columns
    ]
    copied = select(*values).select_from(table.join(at, true())).where(marked)
    connection.execute(
        insert(table).from_select(columns, copied.order_by(at.c.copy, *table.primary_key.columns))
    )
