"""Several of a list, each with its own tick."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.choice import Option

_ROW_EMS, _TICK_EMS = 30, 3


class TickList(QWidget):
    """A tick for each option; its value is the tuple of codes ticked, in the order of the list.

    Codes of a value that are no longer on the list stay in it, in front: a mediator who left was there.
    ``needed`` is the fault shown while nothing is ticked.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self, options: Sequence[Option] = (), *, needed: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._needed = needed
        self._gone: tuple[str, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().space("l"))
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer another list; what was ticked stays in the value."""
        if [option.code for option in options] == list(self.boxes):
            return
        ticked = self.value()
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {}
        longest = max((len(option.name) for option in options), default=0)
        columns = max(1, _ROW_EMS // (longest + _TICK_EMS))
        for at, option in enumerate(options):
            box = QCheckBox(option.name)
            box.clicked.connect(self._changed)
            self.boxes[option.code] = box
            self._grid.addWidget(box, at // columns, at % columns)
        self._grid.setColumnStretch(columns, 1)
        self.setAccessibleName(self.accessibleName())
        self.set_value(ticked)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name every tick after the list as well: a screen reader meets them one by one."""
        super().setAccessibleName(name)
        for box in self.boxes.values():
            box.setAccessibleName(f"{name}：{box.text()}")

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - Qt's name
        """Put the focus on the first tick; a proxy that is a child would tear Qt's tab order."""
        for box in self.boxes.values():
            box.setFocus(reason)
            return

    def value(self) -> tuple[str, ...]:
        """Return the codes that are ticked."""
        return (*self._gone, *(code for code, box in self.boxes.items() if box.isChecked()))

    def set_value(self, value: Sequence[str] | None) -> None:
        """Tick these codes and no others."""
        wanted = tuple(value or ())
        self._gone = tuple(code for code in wanted if code not in self.boxes)
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)

    def draft(self) -> str:
        """Return the codes in one line."""
        return " ".join(self.value())

    def set_draft(self, text: str) -> None:
        """Put back a draft."""
        self.set_value(text.split())

    def fault(self) -> str:
        """Return what to do while nothing is ticked and something must be."""
        return self._needed if not self.value() else ""

    def note(self) -> str:
        """Return an empty text: the names explain themselves."""
        return ""

    def _changed(self) -> None:
        self.edited.emit()
        self.left.emit()
