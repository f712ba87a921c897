"""The attachments of one record: add, look at, take out. Any panel may have such a strip."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import msgspec
import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import attachments, scans, taking_in
from mediation_desktop.services.attachments import Stored
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.scans import Scan
from mediation_desktop.services.taking_in import Incoming, TakenIn
from mediation_desktop.ui.casework.folder import FolderPicker
from mediation_desktop.ui.casework.panel import Host, work_for
from mediation_desktop.ui.casework.reason import ReasonRow
from mediation_desktop.ui.casework.thumbnails import Thumbnails
from mediation_desktop.ui.casework.viewer import AttachmentViewer
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import Progress
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button

Item = Stored | records.Attachment
_FILES = "files"
_TEACH = (
    "可以把照片、录音、PDF 拖到这里，也可以复制后按 Ctrl+V 粘贴。照片会缩到打印大小，拍摄地点等信息会去掉。"
)
_PICTURES = ("image/jpeg", "image/png")


class AttachmentStrip(QWidget):
    """Thumbnails and buttons; a part of a sheet.

    With ``subject_id``, a record that is saved, files belong to it at once.  Without one they are sealed at
    once too, stay in the panel's draft, and ``collected`` is for the panel to save with its new record.
    """

    edited = Signal()
    completed = Signal()

    def __init__(self, host: Host, subject_id: UUID | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._subject_id = subject_id
        self._items: tuple[Item, ...] = ()
        self._small: dict[str, bytes | str] = {}
        self.shelf = Thumbnails("附件")
        self.shelf.chosen.connect(self.open)
        self.shelf.unwanted.connect(self.remove)
        self.reason = ReasonRow()
        self.setAcceptDrops(True)
        paste = QShortcut(QKeySequence.StandardKey.Paste, self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self._lay_out()
        self._show(_kept(host, subject_id))

    # What panels ask.

    @property
    def collected(self) -> tuple[Stored, ...]:
        """The files that wait for the panel's new record."""
        return tuple(item for item in self._items if isinstance(item, Stored))

    @property
    def items(self) -> tuple[Item, ...]:
        """What is shown."""
        return self._items

    def add_files(self, incoming: Sequence[Incoming]) -> None:
        """Take files in, with progress and 取消; what may not be taken is said."""
        if not incoming:
            return
        desk, subject_id, dispute_id = self._host.desk, self._subject_id, self._host.dossier.dispute.id

        def run(progress: Progress) -> tuple[TakenIn, Change | None, tuple[Scan, ...]]:
            taken = taking_in.take_in(desk, incoming, progress.report)
            seen = scans.recognised(desk, taken.stored)
            if not (subject_id and taken.stored):
                return taken, None, seen
            own = [scan for scan in seen if scan.paper.id == subject_id]
            change = attachments.attach(desk, dispute_id, subject_id, scans.captioned(taken.stored, own))
            return taken, change, tuple(scan for scan in seen if scan not in own)

        self._host.work(
            run, title="正在加入附件", on_success=lambda done: self._added(*done), cancellable=True
        )

    # As a part of a sheet.

    def draft(self) -> dict[str, str]:
        """Return the files that wait for a record."""
        return {_FILES: msgspec.json.encode(self.collected).decode()} if self.collected else {}

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put waiting files back."""
        if draft.get(_FILES):
            self._show(msgspec.json.decode(draft[_FILES], type=tuple[Stored, ...]))

    def clear(self) -> None:
        """Let go of the files that wait for a record."""
        self._show(tuple(item for item in self._items if not isinstance(item, Stored)))

    def ready(self) -> bool:
        """There is nothing to be wrong."""
        return True

    def jump(self, key: str) -> bool:
        """Put the focus onto the thumbnails, or on the first button."""
        del key
        (self.shelf if self._items else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def begin(self) -> bool:
        """Enter passes by: most records have no attachment."""
        return False

    # What the user does.

    def choose(self) -> None:
        """Ask for files."""
        kinds = self._host.desk.codes.attachment_kinds.entries
        endings = " ".join(f"*.{ending}" for kind in kinds for ending in (kind.code, *kind.aliases))
        names, _ = QFileDialog.getOpenFileNames(self, "加入附件", "", f"照片、文件、录音 ({endings})")
        self.add_files([Incoming(Path(name).name, Path(name)) for name in names])

    def paste(self) -> None:
        """Take what is in the clipboard."""
        incoming = incoming_of(QGuiApplication.clipboard().mimeData())
        if not incoming:
            self._host.banner.info("剪贴板里没有图片或文件。", "请先在微信、看图软件里复制，再粘贴。")
        self.add_files(incoming)

    def choose_folder(self) -> None:
        """Ask for a folder and offer what is in it."""
        name = QFileDialog.getExistingDirectory(self, "手机或U盘上放照片的文件夹")
        if name:
            picker = FolderPicker(self._host, Path(name), self.window())
            picker.picked.connect(self.add_files)
            picker.open()

    def open(self, key: str) -> None:
        """Show one large."""
        viewer = AttachmentViewer(self._host, self._item(key), self.window())
        viewer.described.connect(self._described)
        viewer.show()

    def remove(self, key: str) -> None:
        """Take one out; from a saved record only with a reason."""
        item = self._item(key)
        if isinstance(item, Stored):
            self._show(tuple(one for one in self._items if one is not item))
            self.edited.emit()
            return
        self.reason.ask("这份附件", lambda reason: self._remove_kept(item, reason))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Let files and pictures in."""
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take what is dropped."""
        event.acceptProposedAction()
        self.add_files(incoming_of(event.mimeData()))

    # Inside.

    def _added(self, taken: TakenIn, change: Change | None, seen: tuple[Scan, ...]) -> None:
        waiting = bool(taken.stored) and change is None
        if change:
            self._announce(change)
        elif waiting and shiboken6.isValid(self):
            self._show((*self._items, *taken.stored))
            self.edited.emit()
            waiting = False
        done = f"已加入{len(taken.stored)}份附件。" if taken.stored else ""
        if waiting:
            self._host.banner.warning("附件没有加入：那一张表已经关上了。", "请打开它重新加入。")
        elif taken.refused:
            self._host.banner.warning(f"{done}{''.join(taken.refused)}")
        elif seen:
            self._host.banner.success(
                f"{done}认出{'、'.join(scan.name for scan in seen)}。",
                "归到那份文书，以后在文书下就能看到；不归也行。",
                ("归到那份文书", lambda: self._keep_scans(seen)),
            )
        else:
            self._host.banner.success(done)

    def _keep_scans(self, seen: tuple[Scan, ...]) -> None:
        """Let files belong to the papers they show, not to this record."""
        desk, moved = self._host.desk, {scan.file.sha256 for scan in seen}

        def kept(change: Change) -> None:
            if shiboken6.isValid(self):
                self._show(tuple(item for item in self._items if item.sha256 not in moved))
            self._announce(change)
            self._host.banner.success("已归到那份文书。")

        self._host.work(lambda _progress: scans.keep(desk, seen), on_success=kept)

    def _remove_kept(self, item: records.Attachment, reason: str) -> None:
        desk = self._host.desk
        self._host.work(lambda _progress: attachments.remove(desk, item, reason), on_success=self._announce)

    def _described(self, item: Item, change: Change | None) -> None:
        """Show another caption; the viewer kept it where there is a record."""
        if change:
            self._announce(change)
        elif shiboken6.isValid(self):
            self._show(tuple(item if one.sha256 == item.sha256 else one for one in self._items))
            self.edited.emit()

    def _announce(self, change: Change) -> None:
        """Say everywhere that attachments changed, and read ours again."""
        if shiboken6.isValid(self):
            self.edited.emit()  # the panel is in use: it stays open
            self._read_again()
        self._host.workspace.broadcast(change)

    def _read_again(self) -> None:
        desk, subject_id = self._host.desk, self._subject_id
        if subject_id:
            work_for(self, self._host, lambda _progress: attachments.of_subject(desk, subject_id), self._show)

    def _item(self, key: str) -> Item:
        return self._items[int(key)]

    def _show(self, items: Sequence[Item]) -> None:
        self._items = tuple(items)
        self.shelf.empty()
        for at, item in enumerate(self._items):
            words = item.caption or item.name
            sheets = f"，{item.sheets}张" if item.sheets else ""
            self.shelf.put(str(at), words, f"附件{at + 1}：{words}{sheets}", _icon(item))
        for part in (self.shelf, self.open_button, self.remove_button):
            part.setVisible(bool(self._items))
        self._draw()
        self._fetch()

    def _draw(self) -> None:
        for at, item in enumerate(self._items):
            small = self._small.get(item.sha256)
            if isinstance(small, bytes):
                self.shelf.picture(str(at), small)
            elif small:
                self.shelf.trouble(str(at), small)

    def _fetch(self) -> None:
        """Have the small pictures made that are not there yet."""
        wanted = [
            item.sha256
            for item in self._items
            if item.media_type in _PICTURES and item.sha256 not in self._small
        ]
        desk, edge = self._host.desk, Thumbnails.edge()
        if wanted:
            work_for(
                self,
                self._host,
                lambda _progress: {one: _small(desk, one, edge) for one in wanted},
                self._fetched,
            )

    def _fetched(self, found: Mapping[str, bytes | str]) -> None:
        self._small |= found
        self._draw()

    def _lay_out(self) -> None:
        self.add_button = button("加入文件", self.choose, icon="attach")
        self.paste_button = button("粘贴", self.paste, icon="copy")
        self.folder_button = button("从手机/U盘文件夹导入", self.choose_folder, icon="stick")
        self.open_button = button("打开", lambda: self._on_current(self.open), icon="zoom-in")
        self.remove_button = button("移除", lambda: self._on_current(self.remove), icon="delete")
        row = QHBoxLayout()
        row.setSpacing(theme().space("s"))
        for each in (self.add_button, self.paste_button, self.folder_button):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.open_button)
        row.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space("s"))
        column.addWidget(self.shelf)
        column.addWidget(self.reason)
        column.addLayout(row)
        column.addWidget(label(_TEACH, "small"))

    def _on_current(self, do: Callable[[str], object]) -> None:
        key = self.shelf.key() or ("0" if len(self._items) == 1 else "")
        if key:
            do(key)
        else:
            self._host.banner.info("请先在附件中点选一份。")


def _kept(host: Host, subject_id: UUID | None) -> tuple[records.Attachment, ...]:
    """Return the attachments of a record as the dispute was read last."""
    return tuple(item for item in host.dossier.attachments if item.subject_id == subject_id)


def _small(desk: Desk, sha256: str, edge: int) -> bytes | str:
    """Return a small picture, or what is wrong with the file: the others are shown all the same."""
    try:
        return taking_in.thumbnail(desk, sha256, edge)
    except UserError as error:
        return str(error)


def _icon(item: Item) -> str:
    return "phone" if item.media_type.startswith("audio/") else "paper"


def holds_files(mime: QMimeData) -> bool:
    """Tell whether something dragged or copied holds files or a picture."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def incoming_of(mime: QMimeData) -> list[Incoming]:
    """Return the files, else the picture, that something dragged or copied holds."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths or not mime.hasImage():
        return [Incoming(path.name, path) for path in paths]
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(QImage(mime.imageData()))
    return [Incoming("粘贴的图片.png", data=bytes(buffer.data().data()))]
