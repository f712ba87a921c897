"""Archive a dossier with its 保管期限, and destroy what is past it on the word of two people."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.retention import (
    DestroyList,
    ListedDossier,
    destroyed_on,
    kept_until,
    proposed_retention,
    require_two_names,
)
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import move
from mediation_desktop.services.queries import DisputeLine, line_of
from mediation_desktop.storage.lists import ArchivedDispute
from mediation_desktop.storage.reader import Reader
from mediation_desktop.system.clock import today


class PastDossier(Struct, frozen=True):
    """A dossier on the shelf past its time, or, without ``kept_until``, one that nobody set a time for."""

    line: DisputeLine
    retention: str
    archived_on: date
    kept_until: date | None


class Shelf(Struct, frozen=True):
    """What of the archive wants a decision: ``past`` its time, and ``unset``; never a permanent one."""

    past: tuple[PastDossier, ...]
    unset: tuple[PastDossier, ...]


class DestructionSheet(Struct, frozen=True):
    """A destruction as it was recorded, and the dossiers it names."""

    destruction: records.Destruction
    disputes: tuple[DisputeLine, ...]


def proposed(desk: Desk, dispute: records.Dispute) -> str:
    """Return the code of the 保管期限 to propose: what was set before, else what the rules say."""
    return dispute.retention_code or proposed_retention(dispute, desk.codes.retention_rules)


def archive(desk: Desk, dispute_id: UUID, on: date, retention_code: str) -> Change:
    """归档: move the dispute into the archive and set how long its dossier is kept.

    Raises:
        UserError: it is not closed yet, or the code is in no table.
    """
    desk.codes.retention.name(retention_code)
    with desk.office_file.change(desk.actor, "归档") as work:
        work.update(replace(work.get(records.Dispute, dispute_id), retention_code=retention_code))
        move(desk, work, dispute_id, Action.ARCHIVE, on)
        return changed(work, record_id=dispute_id, dispute_id=dispute_id)


def set_retention(desk: Desk, dispute_id: UUID, retention_code: str) -> Change:
    """Set another 保管期限; the day it counts from stays.

    Raises:
        UserError: the code is in no table.
    """
    desk.codes.retention.name(retention_code)
    with desk.office_file.change(desk.actor, "改保管期限") as work:
        work.update(replace(work.get(records.Dispute, dispute_id), retention_code=retention_code))
        return changed(work, record_id=dispute_id, dispute_id=dispute_id)


def shelf(desk: Desk) -> Shelf:
    """Return the dossiers past their time on this day, and those nobody set a time for."""
    with desk.office_file.read() as reader:
        past = _past(desk, reader, today(desk.clock))
        unset = [one for one in _on_the_shelf(reader) if not one.retention_code]
        rows = reader.dispute_rows_of([one.id for one in (*past, *unset)])

        def told(one: ArchivedDispute) -> PastDossier:
            name = desk.codes.retention.name(one.retention_code) if one.retention_code else ""
            return PastDossier(line_of(desk, rows[one.id]), name, one.archived_on, _kept_until(desk, one))

        return Shelf(tuple(told(one) for one in past), tuple(told(one) for one in unset))


def count_past(desk: Desk, reader: Reader, day: date) -> int:
    """Return how many dossiers are past their time on ``day``."""
    return len(_past(desk, reader, day))


def destroy(desk: Desk, destruction: records.Destruction) -> Change:
    """销毁: record which paper dossiers were destroyed on which day, confirmed by two people.

    What is kept in this program about the disputes stays.

    Raises:
        UserError: none is chosen, the names are not two, the day lies ahead, or one is not past its time.
    """
    require_two_names(destruction.first_name, destruction.second_name)
    if not destruction.dispute_ids:
        raise UserError("还没有选要销毁的卷宗。", "请逐件核对后打勾。")
    if destruction.on > today(desk.clock):
        raise UserError("销毁的日期还没有到。", "请销毁以后再登记，日期写实际销毁的那一天。")
    with desk.office_file.change(desk.actor, "销毁卷宗") as work:
        if not set(destruction.dispute_ids) <= {one.id for one in _past(desk, work, destruction.on)}:
            raise UserError("有的卷宗在那一天还没有到期，不能销毁。", "请重新打开到期卷宗，核对后再选。")
        work.add(destruction)
        return changed(work, record_id=destruction.id)


def destruction_sheets(desk: Desk) -> tuple[DestructionSheet, ...]:
    """Return every destruction with all that its paper says, the newest first."""
    with desk.office_file.read() as reader:
        found = []
        for one in reversed(reader.find(records.Destruction)):
            rows = reader.dispute_rows_of(one.dispute_ids)
            lines = tuple(line_of(desk, rows[each]) for each in one.dispute_ids if each in rows)
            found.append(DestructionSheet(one, lines))
        return tuple(found)


def destroy_list(desk: Desk, destruction: records.Destruction) -> DestroyList:
    """Return 销毁清册 of a destruction that was recorded."""
    return replace(_listed(desk, destruction), on=destruction.on)


def proposed_list(desk: Desk, destruction: records.Destruction) -> DestroyList:
    """Return 销毁清册 to be approved before anything is destroyed: no day is on it yet.

    Raises:
        UserError: no dossier is chosen.
    """
    if not destruction.dispute_ids:
        raise UserError("还没有选要销毁的卷宗。", "请逐件核对后打勾，再打印清册。")
    return _listed(desk, destruction)


def _listed(desk: Desk, destruction: records.Destruction) -> DestroyList:
    ids = destruction.dispute_ids
    with desk.office_file.read() as reader:
        disputes = {one.id: one for one in reader.of_ids(records.Dispute, ids)}
        rows = reader.dispute_rows_of(ids)
    return DestroyList(
        tuple(_dossier(desk, disputes[one], line_of(desk, rows[one])) for one in ids if one in rows),
        first_name=destruction.first_name,
        second_name=destruction.second_name,
        note=destruction.note,
    )


def _dossier(desk: Desk, dispute: records.Dispute, line: DisputeLine) -> ListedDossier:
    code, table = dispute.retention_code, desk.codes.retention
    return ListedDossier(
        number=line.number,
        title=line.title,
        type_name=line.type_name,
        archived_on=dispute.archived_on,
        retention=table.name(code) if code else "",
        kept_until=kept_until(dispute.archived_on, code, table),
    )


def _on_the_shelf(reader: Reader) -> list[ArchivedDispute]:
    """Return the archived dossiers that were not destroyed."""
    destroyed = reader.find(records.Destruction)
    return [
        one for one in reader.archived_disputes() if destroyed_on(one.id, one.archived_on, destroyed) is None
    ]


def _past(desk: Desk, reader: Reader, day: date) -> list[ArchivedDispute]:
    found = []
    for one in _on_the_shelf(reader):
        until = _kept_until(desk, one)
        if until is not None and until < day:
            found.append(one)
    return found


def _kept_until(desk: Desk, one: ArchivedDispute) -> date | None:
    return kept_until(one.archived_on, one.retention_code, desk.codes.retention)
