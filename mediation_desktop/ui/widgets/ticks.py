"""Several of a list: one box to tick for each."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.choice import Option
from mediation_desktop.ui.widgets.editors import Tick


class Ticks(QWidget):
    """Boxes in columns; its value is the codes of what is ticked, in the order of the list."""

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[Option], columns: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = {option.code: Tick(option.name) for option in options}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().space("l"))
        grid.setVerticalSpacing(theme().space("xs"))
        for at, box in enumerate(self._boxes.values()):
            box.setAccessibleName(box.text())
            box.edited.connect(self.edited)
            box.left.connect(self.left)
            grid.addWidget(box, at // columns, at % columns)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> tuple[str, ...]:
        """Return what is ticked."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_value(self, value: Iterable[str] | None) -> None:
        """Tick these and no others."""
        wanted = set(value or ())
        for one, box in self._boxes.items():
            box.setChecked(one in wanted)

    def draft(self) -> str:
        """Return the ticked codes, a blank between them."""
        return " ".join(self.value())

    def set_draft(self, text: str) -> None:
        """Put back a draft."""
        self.set_value(text.split(" "))

    def fault(self) -> str:
        """Return an empty text: any choice is right."""
        return ""

    def note(self) -> str:
        """Return an empty text: the boxes say it."""
        return ""
