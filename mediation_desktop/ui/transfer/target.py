"""Where to: a stick that was found by itself, or a folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.system.drives import Drive
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice, Option

_GIGABYTE = 1024**3


class TargetPicker(QWidget):
    """Offers the sticks plugged in and the folders chosen; ``changed`` when the target is another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drives: tuple[Drive, ...] | None = None
        self._folders: list[Path] = []
        self.choice = Choice()
        self.choice.setAccessibleName("写到哪里")
        if line := self.choice.lineEdit():
            line.setPlaceholderText("请插入U盘，或者选择文件夹")
        self.choice.edited.connect(self.changed)
        self.folder_button = button("选择文件夹", self._ask, icon="archive", hint="光盘、邮箱或平台上传时用")
        self._said = label("", "small")
        row = QHBoxLayout()
        row.addWidget(self.choice, 1)
        row.addWidget(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("写到哪里", "label"))
        column.addLayout(row)
        column.addWidget(self._said)
        self.show_drives(())

    @property
    def folder(self) -> Path | None:
        """Where the bundle would be written."""
        value = self.choice.value()
        return Path(value) if value else None

    @property
    def is_stick(self) -> bool:
        """Whether the target is a stick."""
        return self.folder in [drive.path for drive in self._drives or ()]

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Offer the sticks that are there now; the first one is taken unless something was chosen."""
        if tuple(drives) == self._drives:
            return
        before = self.folder
        self._drives = tuple(drives)
        self._offer()
        if self.folder is None and self._drives:
            self.choice.set_value(str(self._drives[0].path))
        self._said.setText("" if self._drives else "没有发现U盘。插上以后会自动出现在这里。")
        self._said.setVisible(not self._drives)
        if self.folder != before:
            self.changed.emit()

    def choose_folder(self, folder: Path) -> None:
        """Offer a folder and take it."""
        if folder not in self._folders:
            self._folders.append(folder)
        self._offer()
        self.choice.set_value(str(folder))
        self.changed.emit()

    def _offer(self) -> None:
        sticks = [
            Option(str(drive.path), f"U盘“{drive.label}”，剩余 {drive.free_bytes / _GIGABYTE:.1f} GB")
            for drive in self._drives or ()
        ]
        folders = [Option(str(folder), f"文件夹 {folder}") for folder in self._folders]
        chosen, offered = self.choice.value(), [*sticks, *folders]
        self.choice.set_options(offered)
        self.choice.set_value(chosen if chosen in [option.code for option in offered] else None)

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "把数据包写到哪个文件夹")
        if name:
            self.choose_folder(Path(name))
