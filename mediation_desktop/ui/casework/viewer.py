"""Looking at one attachment inside the program: a photo, a PDF; sound goes to the system's own player."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import attachments
from mediation_desktop.services.attachments import Stored
from mediation_desktop.services.desk import Change
from mediation_desktop.ui.casework.panel import Host
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import Operation, Progress
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button, icon_button
from mediation_desktop.ui.widgets.editors import LineEdit, NumberEdit
from mediation_desktop.ui.widgets.form import Form

_ZOOM_STEP = 1.25
_LEAST_ZOOM, _MOST_ZOOM = 0.05, 8.0


class PictureView(QScrollArea):
    """A picture, at first as large as there is room; Ctrl+加号, Ctrl+减号 and Ctrl+0 zoom, arrows move it."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._picture.loadFromData(data)
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self._zoom: float | None = None
        for keys, do in (
            ("Ctrl++", self.zoom_in),
            ("Ctrl+=", self.zoom_in),
            ("Ctrl+-", self.zoom_out),
            ("Ctrl+0", self.fit),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    @property
    def zoom(self) -> float:
        """How large the picture is shown; 1 is dot for dot."""
        return self._zoom or self._fitting()

    def zoom_in(self) -> None:
        """Show it larger."""
        self._zoom = min(_MOST_ZOOM, self.zoom * _ZOOM_STEP)
        self._draw()

    def zoom_out(self) -> None:
        """Show it smaller."""
        self._zoom = max(_LEAST_ZOOM, self.zoom / _ZOOM_STEP)
        self._draw()

    def fit(self) -> None:
        """Show the whole of it."""
        self._zoom = None
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the whole picture in sight until the user zooms."""
        super().resizeEvent(event)
        self._draw()

    def _fitting(self) -> float:
        room = self.viewport().size()
        across, down = max(1, self._picture.width()), max(1, self._picture.height())
        return min(1.0, room.width() / across, room.height() / down)

    def _draw(self) -> None:
        size = self._picture.size() * self.zoom
        self._sheet.setPixmap(
            self._picture.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )


class AttachmentViewer(QDialog):
    """One attachment, its caption, and the ways out of the program.

    ``described(item, Change or None)``: its caption or number of sheets is another; a change is there when
    the attachment is recorded.
    """

    described = Signal(object, object)

    def __init__(self, host: Host, item: Stored | records.Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(item.caption or item.name)
        self._host = host
        self.item = item
        self.view: QWidget | None = None
        self._said = label("正在打开……", "soft")
        self._middle = QVBoxLayout()
        self._middle.addWidget(self._said, 1)
        self._lay_out()
        folder = host.desk.folder
        self.finished.connect(lambda _result: attachments.clear_working_copies(folder))
        self._work(lambda _progress: attachments.read(host.desk, item.sha256), self._show)

    def save_caption(self) -> None:
        """Keep the caption and the number of sheets."""
        if not self.form.ready():
            return
        values, item = self.form.values(), self.item
        if isinstance(item, Stored):
            self._took(replace(item, **values), None)
            return
        desk = self._host.desk
        self._work(
            lambda _progress: attachments.describe(desk, item, **values),
            lambda change: self._took(item, change),
        )

    def save_as(self) -> None:
        """Write a readable copy where the user says."""
        name, _ = QFileDialog.getSaveFileName(self, "另存附件", self.item.name)
        if name:
            desk, item = self._host.desk, self.item
            self._work(
                lambda _progress: attachments.save_as(desk, item, Path(name)),
                lambda _nothing: self._say("已另存。那一份没有加密，请妥善保管。"),
            )

    def hand_over(self) -> None:
        """Give a readable copy to the system's own program; it is deleted when this window closes."""
        desk, item = self._host.desk, self.item
        self._work(lambda _progress: attachments.working_copy(desk, item), self._open_outside)

    def _open_outside(self, path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say("已交给电脑里的程序打开；关上这个窗口，临时的那一份就会删去。")
        else:
            self._say("电脑里没有能打开它的程序。可以另存后拷到手机上听。")

    def _show(self, data: bytes) -> None:
        name = self.item.caption or self.item.name
        kind = self.item.media_type
        if kind.startswith("image/"):
            picture = self.view = PictureView(data, f"图片：{name}")
            self._add_zoom(picture)
        elif kind == "application/pdf":
            from mediation_desktop.ui.papers import PaperPreview  # noqa: PLC0415 - slow, and only for a PDF

            paper = PaperPreview()
            try:
                paper.show_pdf(data)
            except UserError:
                paper.deleteLater()
                self._say("这份 PDF 打不开：可能已损坏，或者设了密码。请另存后用别的程序试，或者重新扫描。")
                return
            self.view = paper
        else:
            self._say("这份附件不能在这里显示，请用电脑里的程序打开，或者另存。")
            return
        self._said.hide()
        self._middle.addWidget(self.view, 1)
        self.view.setFocus()

    def _add_zoom(self, picture: PictureView) -> None:
        self._tools.insertWidget(0, icon_button("fit", "看整张（Ctrl+0）", picture.fit))
        self._tools.insertWidget(0, icon_button("zoom-in", "放大（Ctrl+加号）", picture.zoom_in))
        self._tools.insertWidget(0, icon_button("zoom-out", "缩小（Ctrl+减号）", picture.zoom_out))

    def _took(self, item: Stored | records.Attachment, change: Change | None) -> None:
        self.item = item
        self._say("已保存说明。")
        self.described.emit(item, change)

    def _work(self, run: Callable[[Progress], Any], on_success: Callable[[Any], None]) -> None:
        """Run something in the worker as long as this window is there."""
        operation = Operation(
            run, owner=self, on_success=on_success, on_failure=lambda error: self._say(str(error))
        )
        self._host.workspace.operations.submit(operation)

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()

    def _lay_out(self) -> None:
        self.form = Form(columns=3)
        self.form.add("caption", "说明（照片上是什么）", LineEdit())
        self.form.add("sheets", "原件几张纸", NumberEdit(least=1, most=999))
        self.form.set_values({"caption": self.item.caption, "sheets": self.item.sheets})
        self.caption_button = button("保存说明", self.save_caption, icon="save")
        self._tools = QHBoxLayout()
        self._tools.setSpacing(theme().space("s"))
        self._tools.addStretch(1)
        self._tools.addWidget(self.caption_button)
        if not self.item.media_type.startswith(("image/", "application/pdf")):
            self._tools.addWidget(button("用电脑里的程序打开", self.hand_over, icon="next"))
        self._tools.addWidget(button("另存", self.save_as, icon="archive"))
        self._tools.addWidget(button("关上", self.reject, icon="close"))
        column = QVBoxLayout(self)
        column.setSpacing(theme().space("m"))
        column.addLayout(self._middle, 1)
        column.addWidget(self.form)
        column.addLayout(self._tools)
        self.resize(theme().ems(62), theme().ems(46))
