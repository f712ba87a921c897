"""附件: files that belong to a record. Their bytes lie sealed beside the database, never inside it."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.storage.attachments import FOLDER_NAME, AttachmentStore
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system import files
from mediation_desktop.system.filetypes import extension_of
from mediation_desktop.system.sealing import SealingKey, new_identity, public_keys

_KEY = "attachment_key"
"""The setting that holds the identity to which this office's attachments are sealed."""

_WORKING = "working"
"""The folder of readable copies for the system's own player; it is emptied at every occasion."""


class Stored(Struct, frozen=True, kw_only=True):
    """A file whose bytes are kept and which no record names yet."""

    name: str
    media_type: str
    sha256: str
    size: int
    caption: str = ""
    sheets: int | None = None


def store(desk: Desk) -> AttachmentStore:
    """Return where this office's files are; the key is made on first use."""
    with desk.office_file.read() as reader:
        secret = reader.setting(_KEY)
    if secret is None:
        secret = new_identity().secret
        with desk.office_file.change(desk.actor, "附件钥匙") as work:
            work.put_setting(_KEY, secret)
    (public,) = public_keys(str(secret))
    return AttachmentStore(desk.folder, SealingKey(str(secret), public))


def attach(desk: Desk, dispute_id: UUID, subject_id: UUID, stored: Sequence[Stored]) -> Change:
    """加入附件: let files that are kept already belong to a record.

    Raises:
        UserError: a file is gone meanwhile.
    """
    with desk.office_file.change(desk.actor, "加入附件") as work:
        add_to(desk, work, dispute_id, subject_id, stored)
        return changed(work, record_id=subject_id, dispute_id=dispute_id)


def add_to(
    desk: Desk, work: UnitOfWork, dispute_id: UUID, subject_id: UUID, stored: Sequence[Stored]
) -> None:
    """Add the records of files inside a running change; errors as ``attach``."""
    kept = store(desk) if stored else None
    for file in stored:
        if kept and not kept.has(file.sha256):
            raise UserError("刚才加入的附件文件不见了，没有保存。", "请从清单中移除它，重新加入后再保存。")
        work.add(
            records.Attachment(
                id=desk.new_id(),
                dispute_id=dispute_id,
                subject_id=subject_id,
                name=file.name,
                media_type=file.media_type,
                sha256=file.sha256,
                size=file.size,
                caption=file.caption,
                sheets=file.sheets,
            )
        )


def of_subject(desk: Desk, subject_id: UUID) -> tuple[records.Attachment, ...]:
    """Return what belongs to a record, in order of entry."""
    with desk.office_file.read() as reader:
        return reader.find(records.Attachment, subject_id=subject_id)


def describe(desk: Desk, attachment: records.Attachment, caption: str, sheets: int | None) -> Change:
    """修改附件说明: say what a file shows, and how many sheets of paper."""
    with desk.office_file.change(desk.actor, "修改附件说明") as work:
        kept = work.get(records.Attachment, attachment.id)
        work.update(replace(kept, caption=caption.strip(), sheets=sheets))
        return changed(work, record_id=kept.subject_id, dispute_id=kept.dispute_id)


def remove(desk: Desk, attachment: records.Attachment, reason: str) -> Change:
    """移除附件: take it out of the lists; the history and the sealed file stay.

    Raises:
        UserError: no reason is given, or a sketch is drawn over it.
    """
    _require_reason(reason)
    with desk.office_file.change(desk.actor, "移除附件") as work:
        if work.count(records.Sketch, background_id=attachment.id):
            raise UserError("有一张附图是画在这张照片上的，不能移除。", "请先移除那张附图，或换一张底图。")
        work.remove(attachment, reason.strip())
        return changed(work, record_id=attachment.subject_id, dispute_id=attachment.dispute_id)


def remove_with_files(work: UnitOfWork, record: records.DisputeRecord, reason: str) -> None:
    """Take a record and its attachments out of the lists inside a running change; errors as ``remove``."""
    _require_reason(reason)
    for attachment in work.find(records.Attachment, subject_id=record.id):
        if work.count(records.Sketch, background_id=attachment.id):
            raise UserError("有一张附图是画在其中的照片上的，不能移除。", "请先移除那张附图，或换一张底图。")
        work.remove(attachment, reason.strip())
    work.remove(record, reason.strip())


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise UserError("还没有写移除的原因。", "请写明原因；移除后在“谁改过什么”里仍能查到。")


def read(desk: Desk, sha256: str) -> bytes:
    """Return a file's bytes after proving that they are those that were taken in.

    Raises:
        UserError: the file is missing or damaged.
    """
    return store(desk).read(sha256)


def save_as(desk: Desk, attachment: Stored | records.Attachment, target: Path) -> None:
    """另存: write a readable copy where the user wants one; errors as ``read``."""
    with files.replacing(target) as sink:
        store(desk).copy_to(attachment.sha256, sink)


def working_copy(desk: Desk, attachment: Stored | records.Attachment) -> Path:
    """Return a readable copy for the system's own program; ``clear_working_copies`` takes it away."""
    folder = desk.folder / _WORKING
    files.make_folder(folder)
    path = folder / f"{attachment.sha256[:16]}.{extension_of(attachment.media_type)}"
    save_as(desk, attachment, path)
    return path


def clear_working_copies(folder: Path) -> int:
    """Delete the readable copies in an office's folder; one that a player holds waits for the next time."""
    return files.clear_stale(folder / _WORKING, "*")


def any_kept(folder: Path) -> bool:
    """Tell whether the office in ``folder`` ever kept a file beside its database."""
    return (folder / FOLDER_NAME).exists()


def clear_orphans(desk: Desk) -> int:
    """Delete the files that no version of a record and no draft names; return how many went.

    A crash between sealing a file and saving its record leaves one.
    """
    with desk.office_file.read() as reader:
        named = reader.attachment_digests()
    return store(desk).clear_orphans(named)
