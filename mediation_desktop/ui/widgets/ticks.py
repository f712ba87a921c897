"""Several of a short list: a tick for each."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.choice import Option
from mediation_desktop.ui.widgets.editors import Tick

_COLUMN_EMS = 11


class TickList(QWidget):
    """Any number of a few entries; its value holds the codes of those ticked, in the order of the list."""

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks: dict[str, Tick] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for option in options:
            self._offer(option)
        self._arrange()
        theme().changed.connect(self._arrange)

    def value(self) -> tuple[str, ...]:
        """Return the codes ticked."""
        return tuple(code for code, tick in self.ticks.items() if tick.value())

    def set_value(self, value: Sequence[str] | None) -> None:
        """Tick these and no others; a kept word that is no longer on the list stands at its end."""
        for word in value or ():
            if word not in self.ticks:
                self._offer(Option(word, word))
        for code, tick in self.ticks.items():
            tick.set_value(code in (value or ()))
        self._arrange()

    def draft(self) -> str:
        """Return the codes ticked, one a line."""
        return "\n".join(self.value())

    def set_draft(self, text: str) -> None:
        """Put back a draft."""
        self.set_value(tuple(text.splitlines()))

    def fault(self) -> str:
        """Return an empty text: any number is right."""
        return ""

    def note(self) -> str:
        """Return an empty text: the words explain themselves."""
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Say that the user is done here when the focus leaves a tick."""
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Use as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _offer(self, option: Option) -> None:
        tick = self.ticks[option.code] = Tick(option.name)
        tick.edited.connect(self.edited)
        tick.installEventFilter(self)
        if self.focusProxy() is None:
            self.setFocusProxy(tick)

    def _arrange(self) -> None:
        columns = max(1, self.width() // theme().ems(_COLUMN_EMS))
        for at, tick in enumerate(self.ticks.values()):
            self._grid.addWidget(tick, at // columns, at % columns)
