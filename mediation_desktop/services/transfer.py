"""Send records out: what is waiting for whom, and one bundle onto a stick or into a folder."""

import hashlib
import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.bundle import (
    BundleContent,
    BundleHeader,
    BundleItem,
    BundleKind,
    write_bundle,
)
from mediation_desktop.exchange.keys import DeviceKeys
from mediation_desktop.exchange.schema import Json, revision_line
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import DEVICE_KEYS
from mediation_desktop.storage.journal import EPOCH_SETTING
from mediation_desktop.storage.outbox import Export, Recipient
from mediation_desktop.storage.reader import Reader
from mediation_desktop.system import files
from mediation_desktop.system.clock import today

Progress = Callable[[int, int], None]

_PIECE = 1024 * 1024
_KEPT_BUNDLES = 5
"""So many of the last bundles stay on the PC: a lost stick is one click."""


class DossierRequest(Struct, frozen=True):
    """One dispute whose papers are wanted too, and what for (个人信息保护法: by purpose, logged)."""

    dispute_id: UUID
    purpose: str


class ExportChoice(Struct, frozen=True):
    """What to send, to whom, and into which folder it is written."""

    recipient_id: str
    folder: Path
    dossiers: tuple[DossierRequest, ...] = ()


class Exported(Struct, frozen=True):
    """A bundle that was written, read back and verified; the medium may be taken out."""

    path: Path
    records: int
    disputes: int
    digest: str


def log(desk: Desk) -> tuple[Export, ...]:
    """Return every export, newest first."""
    with desk.office_file.read() as reader:
        return reader.export_log()


def describe_export(desk: Desk, choice: ExportChoice) -> str:
    """Say in one sentence what would leave."""
    with desk.office_file.read() as reader:
        disputes = _disputes_waiting(reader, choice.recipient_id)
        name = _recipient(reader, choice.recipient_id).name
    extra = f"；另按要求附{len(choice.dossiers)}个纠纷的文书" if choice.dossiers else "，不含附件"
    return f"报送{name}：{disputes}个纠纷{extra}。"


def export_bundle(
    desk: Desk,
    choice: ExportChoice,
    *,
    progress: Progress = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write everything that a recipient has not acknowledged as one sealed, signed bundle.

    The outbox notes the export only after the bundle was read back from the medium and verified.

    Raises:
        UserError: nothing waits, or a dossier is asked for without a purpose.
        EnvironmentProblem: the medium is full, gone or write-protected; the outbox is as it was.
        WritingCancelled: the user stopped; the outbox is as it was.
    """
    if any(not request.purpose.strip() for request in choice.dossiers):
        raise UserError("附送文书要写明用途。", "请填写每件纠纷附送文书的用途。")
    with desk.office_file.read() as reader:
        recipient = _recipient(reader, choice.recipient_id)
        if recipient.streamed == recipient.acknowledged:
            raise UserError("没有需要报送的新内容。", "有新的登记或修改后再导出。")
        keys = DeviceKeys.from_text(str(reader.setting(DEVICE_KEYS)))
        header = _header(desk, reader)
        disputes = _disputes_waiting(reader, recipient.id)
        content = BundleContent(
            header=header,
            office_name=reader.find(records.Office)[0].name,
            have={},
            records=_lines(reader, recipient),
            documents=_documents(reader, choice.dossiers),
        )
        target = choice.folder / header.file_name
        written = write_bundle(
            target, content, keys, [recipient.public_key], progress=progress, cancelled=cancelled
        )
    with desk.office_file.change(desk.actor, "导出数据包") as work:
        export = work.mark_exported(
            recipient.id,
            recipient.streamed,
            bundle_id=header.bundle_id,
            file_name=header.file_name,
            digest=_file_digest(target),
            purpose="；".join(request.purpose for request in choice.dossiers),
        )
    _keep_copy(desk, target)
    return Exported(target, written.revisions, disputes, export.digest)


def _header(desk: Desk, reader: Reader) -> BundleHeader:
    return BundleHeader(
        kind=BundleKind.SUBMISSION,
        office_code=reader.find(records.Office)[0].code,
        device_epoch=UUID(str(reader.setting(EPOCH_SETTING))),
        bundle_id=desk.new_id(),
        serial=reader.next_serial(),
        made_on=today(desk.clock),
    )


def _recipient(reader: Reader, recipient_id: str) -> Recipient:
    for recipient in reader.recipients():
        if recipient.id == recipient_id:
            return recipient
    raise UserError("还没有收件单位。", "请先在设置中读入县里发的开通包。")


def _lines(reader: Reader, recipient: Recipient) -> Iterator[Json]:
    """Yield the record lines that were waiting when ``recipient`` was read, and no later ones."""
    for number, revision in reader.pending(recipient.id):
        if number > recipient.streamed:
            return
        yield revision_line(revision, number)


def _disputes_waiting(reader: Reader, recipient_id: str) -> int:
    waiting = (revision for _number, revision in reader.pending(recipient_id))
    return len({dispute for revision in waiting if (dispute := _dispute_of(revision))})


def _dispute_of(revision: records.Revision) -> str:
    if revision.kind == "dispute":
        return str(revision.record_id)
    return str(revision.snapshot.get("dispute_id", ""))


def _documents(reader: Reader, dossiers: tuple[DossierRequest, ...]) -> tuple[BundleItem, ...]:
    items = []
    for request in dossiers:
        for paper in reader.find(records.IssuedPaper, dispute_id=request.dispute_id):
            for digest, extension in ((paper.pdf_sha256, "pdf"), (paper.docx_sha256, "docx")):
                data = reader.blob(digest)
                items.append(BundleItem(digest, extension, len(data), partial(_stream, data)))
    return tuple(items)


def _stream(data: bytes) -> BinaryIO:
    return io.BytesIO(data)


def _file_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with files.reading_back(path) as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _keep_copy(desk: Desk, bundle: Path) -> None:
    """Keep the bundle on the PC too, and only the last few of them."""
    shelf = desk.folder / "bundles"
    files.make_folder(shelf)
    with files.reading_back(bundle) as source, files.replacing(shelf / bundle.name) as target:
        while piece := source.read(_PIECE):
            target.write(piece)
    kept = sorted(shelf.glob("*.tjb"), key=lambda path: path.stat().st_mtime)
    for old in kept[:-_KEPT_BUNDLES]:
        old.unlink()
