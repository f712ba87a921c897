"""Hand an office over: open disputes, duties, files and keys, from one mediator to the next."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.committee import require_people
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.handover import (
    OPEN,
    HandoverSheet,
    dispute_handed_over,
    require_two,
    session_handed_over,
    signed,
)
from mediation_desktop.domain.retention import destroyed_on
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.listing import Listing
from mediation_desktop.services.queries import DisputeLine, line_of
from mediation_desktop.storage.reader import Reader
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import today

_ON_THE_SHELF = (records.DisputeState.CLOSED, records.DisputeState.ARCHIVED)


class OpenDispute(Struct, frozen=True):
    """One dispute to hand over.

    Attributes:
        line: the dispute.
        planned: how many sessions are planned.
        chosen: whether parties chose this mediator themselves (人民调解法 第19条), and should be asked.
    """

    line: DisputeLine
    planned: int
    chosen: bool


class Proposal(Struct, frozen=True):
    """What somebody has to hand over, as far as the records know."""

    disputes: tuple[OpenDispute, ...]
    duties: tuple[str, ...]
    files: tuple[str, ...]
    keys: tuple[str, ...]


def propose_handover(desk: Desk, mediator_id: UUID) -> Proposal:
    """Return all open disputes of a mediator, the dossiers on the shelf, and what usually goes along."""
    items = desk.codes.handover_items.entries
    with desk.office_file.read() as reader:
        ids = reader.disputes_of(mediator_id, OPEN)
        rows = reader.dispute_rows_of(ids)
        disputes = tuple(
            OpenDispute(line_of(desk, rows[one]), _planned(reader, one), _chose(reader, one, mediator_id))
            for one in ids
        )
        return Proposal(
            disputes=disputes,
            duties=tuple(item.name for item in items if item.kind == "duty"),
            files=_shelf(reader, mediator_id),
            keys=tuple(item.name for item in items if item.kind == "key"),
        )


def hand_over(desk: Desk, handover: records.Handover) -> Change:
    """移交: keep the list and give its disputes, with their planned sessions, to the next mediator at once.

    Raises:
        UserError: the two are one, the next is not in office, or a dispute is no longer open or not his.
    """
    action = f"移交：{handover.from_name}→{handover.to_name}"
    with desk.office_file.change(desk.actor, action) as work:
        leaving, coming = _person(work, handover.from_name), _person(work, handover.to_name)
        require_two(leaving, coming)
        if not set(handover.dispute_ids) <= set(work.disputes_of(leaving.id, OPEN)):
            raise UserError(
                "要移交的纠纷里有的已经办结，或者换了调解员。", "请重新选一次移出人，核对后再办移交。"
            )
        work.add(handover)
        for dispute_id in handover.dispute_ids:
            work.update(dispute_handed_over(work.get(records.Dispute, dispute_id), leaving, coming))
            for session in _planned_sessions(work, dispute_id):
                work.update(session_handed_over(session, leaving, coming))
        return changed(work, record_id=handover.id)


def sign_handover(
    desk: Desk, handover: records.Handover, *, from_signed_on: date | None, to_signed_on: date | None
) -> Change:
    """Note on which days the two signed; whoever leaves for good is no mediator any more once both have.

    Somebody who still has open disputes, or another hand-over unsigned, stays in office until that is done.

    Raises:
        UserError: a day lies ahead, or the last mediator would be gone.
    """
    if any(day > today(desk.clock) for day in (from_signed_on, to_signed_on) if day):
        raise UserError("签字日期还没有到。", "请等签字以后再登记，日期写实际签字的那一天。")
    with desk.office_file.change(desk.actor, "移交签字") as work:
        kept = work.update(replace(handover, from_signed_on=from_signed_on, to_signed_on=to_signed_on))
        if signed(kept):
            _let_go(desk, work, kept)
        return changed(work, record_id=handover.id)


def require_may_leave(reader: Reader, mediator: records.Mediator) -> None:
    """Refuse that somebody becomes inactive whose work nobody has taken over.

    Raises:
        UserError: there are open disputes, or a hand-over not signed by both.
    """
    if mediator.active or not reader.find(records.Mediator, id=mediator.id, active=True):
        return
    if count := len(reader.disputes_of(mediator.id, OPEN)):
        raise UserError(
            f"这名调解员手上还有{count}件没有结案的纠纷，不能直接离任。",
            "请在“设置”里先办移交，双方签字以后自动记为离任。",
        )
    if _unsigned(reader, mediator.name):
        raise UserError("这名调解员的移交还没有双方签字，不能离任。", "请在“移交”里登记双方签字的日期。")


def handover_sheets(desk: Desk) -> tuple[HandoverSheet, ...]:
    """Return every hand-over with all that its paper says, the newest first."""
    with desk.office_file.read() as reader:
        return tuple(_sheet(desk, reader, one) for one in reversed(reader.find(records.Handover)))


def handover_sheet(desk: Desk, handover_id: UUID) -> HandoverSheet:
    """Return one hand-over with all that its paper says."""
    with desk.office_file.read() as reader:
        return _sheet(desk, reader, reader.get(records.Handover, handover_id))


def handover_listing(sheet: HandoverSheet) -> Listing:
    """Return the list of what was handed over, to be copied."""
    one = sheet.handover
    parts = (("工作", one.duties), ("档案", one.files), ("钥匙和物品", one.keys), ("说明", (one.note,)))
    rows = [("未结纠纷", f"{line.number}　{line.title}　{line.type_name}") for line in sheet.disputes]
    rows += [(word, item) for word, items in parts for item in items if item]
    for word, name, day in (
        ("移出人签字", one.from_name, one.from_signed_on),
        ("接收人签字", one.to_name, one.to_signed_on),
    ):
        rows.append((word, f"{name}　{printed(day) if day else '　　年　月　日'}"))
    title = f"{sheet.committee}移交清单（{printed(one.on)}，{one.reason}，{one.from_name}移交{one.to_name}）"
    return Listing(title, ("项目", "内容"), tuple(rows))


def _sheet(desk: Desk, reader: Reader, handover: records.Handover) -> HandoverSheet:
    rows = reader.dispute_rows_of(handover.dispute_ids)
    return HandoverSheet(
        committee=reader.find(records.Committee)[0].name,
        handover=handover,
        disputes=tuple(line_of(desk, rows[one]) for one in handover.dispute_ids if one in rows),
    )


def _person(reader: Reader, name: str) -> records.Mediator:
    """Return the mediator of this name; one in office wins over one who left."""
    found = sorted(reader.find(records.Mediator, name=name), key=lambda one: not one.active)
    if not found:
        raise UserError("没有这名调解员。", "请从列表中选择移出人和接收人。")
    return found[0]


def _planned_sessions(reader: Reader, dispute_id: UUID) -> tuple[records.Session, ...]:
    return reader.find(records.Session, dispute_id=dispute_id, state=records.SessionState.PLANNED)


def _planned(reader: Reader, dispute_id: UUID) -> int:
    return len(_planned_sessions(reader, dispute_id))


def _chose(reader: Reader, dispute_id: UUID, mediator_id: UUID) -> bool:
    choices = reader.get(records.Dispute, dispute_id).mediator_choices
    return any(choice.mediator_id == mediator_id for choice in choices)


def _shelf(reader: Reader, mediator_id: UUID) -> tuple[str, ...]:
    """Return the numbers of the mediator's finished dossiers that were not destroyed."""
    destroyed = reader.find(records.Destruction)
    archived = {one.id: one.archived_on for one in reader.archived_disputes()}
    ids = [
        one
        for one in reader.disputes_of(mediator_id, _ON_THE_SHELF)
        if destroyed_on(one, archived.get(one), destroyed) is None
    ]
    rows = reader.dispute_rows_of(ids)
    return tuple(rows[one].number for one in ids)


def _unsigned(reader: Reader, name: str) -> bool:
    return any(not signed(one) for one in reader.find(records.Handover, from_name=name))


def _let_go(desk: Desk, work: UnitOfWork, handover: records.Handover) -> None:
    """Make the one who handed over inactive, if the reason says so and nothing is left in his hands."""
    leaves = desk.codes.handover_reasons.words(lambda reason: reason.leaves)
    leaving = _person(work, handover.from_name)
    if handover.reason not in leaves or not leaving.active:
        return
    if work.disputes_of(leaving.id, OPEN) or _unsigned(work, leaving.name):
        return
    days = (handover.from_signed_on, handover.to_signed_on)
    work.update(replace(leaving, active=False, until_on=max(day for day in days if day)))
    require_people(work.find(records.Mediator, active=True))
