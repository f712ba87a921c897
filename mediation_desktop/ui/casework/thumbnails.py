"""A shelf of small pictures, chosen from by mouse and by keyboard alike."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from mediation_desktop.ui.look import icon, theme

_PICTURE_EMS = (7.0, 5.5)
_CELL_EMS = (9.0, 9.0)
_MOST_ROWS = 3
_KEY = Qt.ItemDataRole.UserRole
_SHARPNESS = 2
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Thumbnails(QListWidget):
    """Pictures with a caption each.

    Signals: ``chosen(key)`` when one is clicked, or Enter or the space bar pressed; ``unwanted(key)`` for
    the Delete key.
    """

    chosen = Signal(str)
    unwanted = Signal(str)

    def __init__(self, name: str, *, grows: bool = False, parent: QWidget | None = None) -> None:
        """Be as high as the rows are, or with ``grows`` take all the room there is."""
        super().__init__(parent)
        self._grows = grows
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(_KEY)))
        theme().changed.connect(self._measure)
        self._measure()

    @staticmethod
    def edge() -> int:
        """Return how many pixels of a picture's longer side are shown."""
        return theme().ems(_PICTURE_EMS[0]) * _SHARPNESS

    def put(self, key: str, words: str, told: str, icon_name: str) -> QListWidgetItem:
        """Add one; ``icon_name`` stands until there is a picture, ``told`` is its whole description."""
        item = QListWidgetItem(icon(icon_name, "ink_soft"), words)
        item.setData(_KEY, key)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        item.setToolTip(told)
        self.addItem(item)
        self._fit()
        return item

    def empty(self) -> None:
        """Take all away."""
        self.clear()
        self._fit()

    def keys(self) -> list[str]:
        """Return the key of each, in order."""
        return [item.data(_KEY) for item in self.all()]

    def all(self) -> list[QListWidgetItem]:
        """Return every item, in order."""
        return [self.item(at) for at in range(self.count())]

    def key(self) -> str:
        """Return the key of the current one, or an empty text."""
        item = self.currentItem()
        return item.data(_KEY) if item else ""

    def picture(self, key: str, data: bytes) -> None:
        """Show a picture."""
        drawn = QPixmap()
        drawn.loadFromData(data)
        self._each(key, lambda item: item.setIcon(QIcon(drawn)))

    def trouble(self, key: str, text: str) -> None:
        """Say what is wrong with one."""

        def tell(item: QListWidgetItem) -> None:
            item.setIcon(icon("warning", "on_warning"))
            item.setToolTip(text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}：{text}")

        self._each(key, tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose with Enter and the space bar, take out with Delete."""
        if event.key() in _TAKE and self.key():
            self.chosen.emit(self.key())
        elif event.key() == Qt.Key.Key_Delete and self.key():
            self.unwanted.emit(self.key())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Have as many rows as are needed."""
        super().resizeEvent(event)
        self._fit()

    def _each(self, key: str, do: Callable[[QListWidgetItem], object]) -> None:
        for item in self.all():
            if item.data(_KEY) == key:
                do(item)

    def _measure(self) -> None:
        self.setIconSize(QSize(*(theme().ems(ems) for ems in _PICTURE_EMS)))
        self.setGridSize(QSize(*(theme().ems(ems) for ems in _CELL_EMS)))
        self._fit()

    def _fit(self) -> None:
        if self._grows:
            return
        cell = self.gridSize()
        across = max(1, self.viewport().width() // cell.width())
        rows = min(_MOST_ROWS, max(1, ceil(self.count() / across)))
        self.setMinimumHeight(rows * cell.height() + 2 * self.frameWidth() + theme().space("s"))
        self.setMaximumHeight(self.minimumHeight())
