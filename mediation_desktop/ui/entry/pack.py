"""The button that takes an activation pack: press it to choose the file, or drop the file on it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from mediation_desktop.ui.look import set_icon

_SUFFIX = ".tjkeys"


class PackButton(QPushButton):
    """``chosen(path)`` when the user named a pack; whether it is one is for the service to say."""

    chosen = Signal(object)

    def __init__(self, words: str = "选择开通包文件，或把它拖到这里", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAccessibleName("选择开通包文件")
        self.setToolTip(f"开通包是县里发的文件，名字以 {_SUFFIX} 结尾")
        self.setAcceptDrops(True)
        self.setAutoDefault(True)
        set_icon(self, "stick")
        self.clicked.connect(self._ask)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome one file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the file."""
        event.acceptProposedAction()
        self.chosen.emit(Path(event.mimeData().urls()[0].toLocalFile()))

    def _ask(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, "选择开通包", "", f"开通包 (*{_SUFFIX});;所有文件 (*)"
        )
        if name:
            self.chosen.emit(Path(name))
