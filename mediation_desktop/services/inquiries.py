"""What a mediator finds out: 调查记录, 证据材料, and the land as villagers say it."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services.attachments import Stored, add_to, remove_with_files
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import move, save
from mediation_desktop.services.queries import gather
from mediation_desktop.storage.unit_of_work import UnitOfWork


def save_evidence(desk: Desk, evidence: records.Evidence, stored: Sequence[Stored] = ()) -> Change:
    """保存证据: keep one item of the evidence list, with files that were taken in for it.

    Raises:
        UserError: it has no name, its kind is in no table, or a file is gone meanwhile.
    """
    desk.codes.evidence_kinds.name(evidence.kind)
    if not evidence.name.strip():
        raise UserError("证据还没有名称。", "请写明是什么，例如“收条”“现场照片”。")
    with desk.office_file.change(desk.actor, "保存证据") as work:
        save(work, evidence)
        add_to(desk, work, evidence.dispute_id, evidence.id, stored)
        return changed(work, record_id=evidence.id, dispute_id=evidence.dispute_id)


def remove_evidence(desk: Desk, evidence: records.Evidence, reason: str) -> Change:
    """移除证据: take it and its files out of the lists; the history stays.

    Raises:
        UserError: no reason is given, or a sketch is drawn over one of its photos.
    """
    with desk.office_file.change(desk.actor, "移除证据") as work:
        remove_with_files(work, evidence, reason)
        return changed(work, record_id=evidence.id, dispute_id=evidence.dispute_id)


def save_investigation(
    desk: Desk, investigation: records.Investigation, stored: Sequence[Stored] = ()
) -> Change:
    """保存调查记录: keep it, with files; the first one of an accepted dispute begins 调查.

    Raises:
        UserError: nobody was asked, nothing is recorded, the dispute is not accepted yet, or mediation is
            barred since before that day.
    """
    _require_told(investigation, stored)
    with desk.office_file.change(desk.actor, "保存调查记录") as work:
        if investigation.revision is None:
            _begin_inquiry(desk, work, investigation)
        save(work, investigation)
        add_to(desk, work, investigation.dispute_id, investigation.id, stored)
        return changed(work, record_id=investigation.id, dispute_id=investigation.dispute_id)


def _require_told(investigation: records.Investigation, stored: Sequence[Stored]) -> None:
    if not investigation.asked.strip():
        raise UserError("还没有写被调查人。", "请选择当事人，或者写上其他被调查人的姓名。")
    handwritten = investigation.sheets or stored or investigation.revision
    if not (handwritten or any(item.question.strip() for item in investigation.questions)):
        raise UserError(
            "调查记录里还没有内容。", "请写一问一答；有手写记录的，写明张数或加上照片即可，不必重抄。"
        )


def _begin_inquiry(desk: Desk, work: UnitOfWork, investigation: records.Investigation) -> None:
    """Take the step of the table where it is due; what was asked before a refusal is only written down."""
    dossier = gather(work, investigation.dispute_id)
    day, barred = investigation.at.date(), dossier.barred_since()
    if dossier.dispute.state is records.DisputeState.REGISTERED:
        raise UserError("这件纠纷还没有受理，不能保存调查记录。", "请先受理；写好的内容已留作草稿。")
    if dossier.dispute.state is records.DisputeState.ACCEPTED and not (barred and day <= barred):
        move(desk, work, investigation.dispute_id, Action.INVESTIGATE, day)


def remove_investigation(desk: Desk, investigation: records.Investigation, reason: str) -> Change:
    """移除调查记录: as ``remove_evidence``."""
    with desk.office_file.change(desk.actor, "移除调查记录") as work:
        remove_with_files(work, investigation, reason)
        return changed(work, record_id=investigation.id, dispute_id=investigation.dispute_id)


def save_land(desk: Desk, dispute_id: UUID, landmarks: tuple[records.Landmark, ...], land_use: str) -> Change:
    """保存四至: keep the sides of the land and how it is used."""
    with desk.office_file.change(desk.actor, "保存四至") as work:
        kept = work.get(records.Dispute, dispute_id)
        work.update(replace(kept, landmarks=landmarks, land_use=land_use.strip()))
        return changed(work, record_id=dispute_id, dispute_id=dispute_id)
