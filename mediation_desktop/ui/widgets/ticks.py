"""Several of a list, each a box to tick, in as many columns as there is room for."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from mediation_desktop.ui.look import theme


class Ticks(QWidget):
    """Any number of words out of a list; its value is a tuple of them, in the list's order."""

    edited = Signal()
    left = Signal()

    def __init__(self, words: Sequence[str], *, columns: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().space("xs"))
        self.boxes: dict[str, QCheckBox] = {}
        self.offer(words)

    def offer(self, words: Sequence[str]) -> None:
        """Offer another list; what was ticked stays ticked, and stays on the list."""
        ticked = self.value()
        wanted = tuple(dict.fromkeys((*words, *ticked)))
        if wanted == tuple(self.boxes):
            return
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for word in wanted:
            box = QCheckBox(word)
            box.setAccessibleName(word)
            box.setChecked(word in ticked)
            box.clicked.connect(lambda _checked: self.edited.emit())
            self.boxes[word] = box
        self._arrange()
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Use as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def value(self) -> tuple[str, ...]:
        """Return what is ticked."""
        return tuple(word for word, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: Iterable[str] | None) -> None:
        """Tick exactly these; one that is no longer on the list is put there."""
        wanted = tuple(value or ())
        if set(wanted) - set(self.boxes):
            self.offer((*self.boxes, *wanted))
        for word, box in self.boxes.items():
            box.setChecked(word in wanted)

    def draft(self) -> str:
        """Return what is ticked, one a line."""
        return "\n".join(self.value())

    def set_draft(self, text: str) -> None:
        """Put back a draft."""
        self.set_value(text.splitlines())

    def fault(self) -> str:
        """Return an empty text."""
        return ""

    def note(self) -> str:
        """Return an empty text."""
        return ""

    def _arrange(self) -> None:
        widest = max((box.sizeHint().width() for box in self.boxes.values()), default=1)
        self.setMinimumWidth(widest)  # the columns of now do not keep it from becoming narrower
        room = self.width() // (widest + self._grid.horizontalSpacing())
        columns = max(1, min(self._most_columns, room))
        for place, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, place // columns, place % columns)
        for column in range(self._most_columns):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
