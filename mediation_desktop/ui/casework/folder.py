"""Choosing among the files of a phone or a stick: small pictures, newest first."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import taking_in
from mediation_desktop.services.taking_in import Found, Incoming
from mediation_desktop.system.clock import wall_time
from mediation_desktop.ui.casework.panel import Host
from mediation_desktop.ui.casework.thumbnails import Thumbnails
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import ExpectedError, Operation, Progress
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button

_BATCH = 12
"""So many small pictures are made before the next ones are asked for, so that closing stops it soon."""


class FolderPicker(QDialog):
    """Ticks beside small pictures; ``picked`` with the chosen files as a list of ``Incoming``."""

    picked = Signal(list)

    def __init__(self, host: Host, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("从文件夹导入")
        self._host = host
        self._folder = folder
        self._found: tuple[Found, ...] = ()
        self.shelf = Thumbnails("文件夹里的照片和文件，按空格打勾", grows=True)
        self.shelf.itemChanged.connect(lambda _item: self._count())
        self.shelf.chosen.connect(self._toggle)
        self._said = label("正在读取文件夹……", "soft")
        self.take_button = button("导入", self.take, kind="primary", icon="done")
        self._lay_out()
        self._count()
        desk = host.desk
        self._submit(lambda _progress: taking_in.files_in(desk, folder), self.show_found)

    def show_found(self, found: Sequence[Found]) -> None:
        """Offer files."""
        self._found = tuple(found)
        self._said.setText(
            f"共{len(found)}个，最新的在前面。点一下打勾。"
            if found
            else "这个文件夹里没有照片、PDF 或录音。请换一个文件夹，手机照片一般在 DCIM 里。"
        )
        for at, one in enumerate(found):
            day = wall_time(one.modified_at)
            told = f"{one.path.name}，{day:%Y-%m-%d %H:%M}"
            item = self.shelf.put(str(at), f"{day:%m-%d %H:%M}\n{one.path.name}", told, "paper")
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)  # a click anywhere ticks it
            item.setCheckState(Qt.CheckState.Unchecked)
        self._draw_from(0)
        self._count()

    def take(self) -> None:
        """Hand over what is ticked."""
        chosen = [self._found[int(key)].path for key in self._ticked()]
        self.picked.emit([Incoming(path.name, path) for path in chosen])
        self.accept()

    def _draw_from(self, start: int) -> None:
        """Have the next small pictures made, and then those after them."""
        batch = [(at, one.path) for at, one in enumerate(self._found) if one.picture][start : start + _BATCH]
        edge = Thumbnails.edge()

        def drawn(pictures: dict[int, bytes]) -> None:
            for at, data in pictures.items():
                self.shelf.picture(str(at), data)
            self._draw_from(start + _BATCH)

        if batch:
            self._submit(lambda progress: _drawn(batch, edge, progress), drawn)

    def _submit(self, run: Callable[[Progress], Any], on_success: Callable[[Any], None]) -> None:
        """Run something in the worker as long as this window is there."""
        self._host.workspace.operations.submit(
            Operation(run, owner=self, on_success=on_success, on_failure=self._fail)
        )

    def _fail(self, error: ExpectedError) -> None:
        self._said.setText(f"{error.text}{error.advice}")

    def _toggle(self, key: str) -> None:
        """Tick one, or take the tick away."""
        item = self.shelf.all()[int(key)]
        checked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _ticked(self) -> list[str]:
        return [
            key
            for key, item in zip(self.shelf.keys(), self.shelf.all(), strict=True)
            if item.checkState() == Qt.CheckState.Checked
        ]

    def _count(self) -> None:
        ticked = len(self._ticked())
        words = f"导入选中的{ticked}个" if ticked else "请先打勾"
        self.take_button.setText(words)
        self.take_button.setAccessibleName(words)
        self.take_button.setEnabled(bool(ticked))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_button)
        buttons.addWidget(button("不导入", self.reject))
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(theme().space("m"))
        column.addWidget(self._said)
        column.addWidget(self.shelf, 1)
        column.addLayout(buttons)
        self.resize(theme().ems(58), theme().ems(44))


def _drawn(batch: Sequence[tuple[int, Path]], edge: int, progress: Progress) -> dict[int, bytes]:
    """Return small pictures by place; what is no sound picture keeps its icon and is told when chosen."""
    pictures = {}
    for at, path in batch:
        progress.check()
        try:
            pictures[at] = taking_in.thumbnail_of_file(path, edge)
        except UserError:
            continue
    return pictures
