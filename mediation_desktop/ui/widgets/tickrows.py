"""A list of things to tick, each with what stands smaller below it and a state."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.ui.look import Tone, theme
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.editors import Tick


class TickRow(Struct, frozen=True):
    """One thing: ``key`` is handed back when it is ticked; one that is not ``open`` cannot be."""

    key: Any
    words: str
    detail: str = ""
    state: str = ""
    tone: Tone = "neutral"
    ticked: bool = False
    open: bool = True


class TickRows(QWidget):
    """Any number of rows.

    Signals: ``edited`` when one is ticked or cleared by hand; ``opened(key)`` when one is to be looked at.
    """

    edited = Signal()
    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.ticks: dict[Any, Tick] = {}
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_rows(self, rows: Sequence[TickRow]) -> None:
        """Show other rows; what was ticked or cleared before stays so."""
        before = {key: tick.value() for key, tick in self.ticks.items() if tick.isEnabled()}
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.ticks = {}
        self._rows = [self._row(row, ticked=before.get(row.key, row.ticked)) for row in rows]
        for row in self._rows:
            self._column.addWidget(row)

    def chosen(self) -> tuple[Any, ...]:
        """Return the keys of what is ticked, in the order shown."""
        return tuple(key for key, tick in self.ticks.items() if tick.value())

    def _row(self, row: TickRow, *, ticked: bool) -> QWidget:
        made = QWidget()
        tick = Tick(row.words)
        tick.setAccessibleName("，".join(part for part in (row.words, row.detail, row.state) if part))
        tick.set_value(ticked and row.open)
        tick.setEnabled(row.open)
        tick.edited.connect(self.edited)
        self.ticks[row.key] = tick
        words = QVBoxLayout()
        words.setSpacing(theme().space("xs"))
        words.addWidget(tick)
        if row.detail:
            words.addWidget(label(row.detail, "small"))
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(words, 1)
        top = Qt.AlignmentFlag.AlignTop
        if row.state:
            line.addWidget(Chip(row.state, row.tone), 0, top)
        look = button("查看", lambda: self.opened.emit(row.key), kind="quiet")
        look.setAccessibleName(f"查看{row.words}")
        line.addWidget(look, 0, top)
        return made
