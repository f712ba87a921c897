"""A list in which several rows can be ticked, without taking a plain click away from opening one."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.tables import Column, Fetch, LazyTableModel, RowTable

Index = QModelIndex | QPersistentModelIndex
_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class TickModel(LazyTableModel):
    """A lazy list that knows every row by a key and keeps which keys are ticked."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(columns, parent)
        self.ticking = False
        self._keys: Sequence[Hashable] = ()
        self._ticked: set[Hashable] = set()

    def show_keyed(self, fetch: Fetch, keys: Sequence[Hashable]) -> None:
        """Show another list; what is ticked and still there stays ticked."""
        self._keys = keys
        if self._ticked:
            self._ticked &= set(keys)
        self.show_rows(fetch, len(keys))

    @property
    def ticked(self) -> tuple[Any, ...]:
        """The keys of the ticked rows, in the order of the list."""
        return tuple(key for key in self._keys if key in self._ticked)

    @property
    def tick_count(self) -> int:
        """How many rows are ticked."""
        return len(self._ticked)

    def is_ticked(self, row: int) -> bool:
        """Whether a row is ticked."""
        return self._keys[row] in self._ticked

    def tick(self, rows: range, *, on: bool) -> None:
        """Tick these rows, or take their ticks away."""
        keys = {self._keys[row] for row in rows}
        self._ticked = self._ticked | keys if on else self._ticked - keys
        self.draw_anew()

    def draw_anew(self) -> None:
        """Have the ticks drawn as they are now."""
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, 0))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the tick in the first column, else what the list says."""
        if role == Qt.ItemDataRole.CheckStateRole and self.ticking and index.column() == 0:
            ticked = self.is_ticked(index.row())
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)


class TickTable(RowTable):
    """A click opens a row as ever.  While ``ticking``, a click ticks and Enter opens.

    Ctrl or Shift with a click, the space bar and Ctrl+A begin ticking by themselves; Esc ends it.

    Signals: ``ticking_changed`` when ticking begins or ends; ``ticks_changed`` when others are ticked.
    """

    ticking_changed = Signal()
    ticks_changed = Signal()

    def __init__(self, model: TickModel, name: str, parent: QWidget | None = None) -> None:
        self._ticks = model
        self._from = -1
        self._keys_held = Qt.KeyboardModifier.NoModifier
        super().__init__(model, name, parent)
        model.modelReset.connect(self.ticks_changed)

    @property
    def ticking(self) -> bool:
        """Whether a click ticks."""
        return self._ticks.ticking

    def set_ticking(self, *, on: bool) -> None:
        """Begin or end ticking; at the end no row is ticked."""
        if on != self.ticking:
            self._ticks.ticking = on
            self._from = -1
            self._set_sizes()
            self.tick_all(on=False)
            self.ticking_changed.emit()

    def tick_all(self, *, on: bool) -> None:
        """Tick every row of the list, or none."""
        self._ticks.tick(range(self._ticks.rowCount()), on=on)
        self.ticks_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember which keys are held with the click."""
        self._keys_held = event.modifiers()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tick on the space bar, all on Ctrl+A, none any more on Esc."""
        at = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and at.isValid():
            self._tick(at.row(), through=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.set_ticking(on=True)
            self.tick_all(on=True)
        elif event.key() == Qt.Key.Key_Escape and self.ticking:
            self.set_ticking(on=False)
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: Index) -> None:
        if self.ticking or self._keys_held & _SEVERAL:
            self._tick(index.row(), through=bool(self._keys_held & Qt.KeyboardModifier.ShiftModifier))
        else:
            super()._clicked(index)

    def _tick(self, row: int, *, through: bool) -> None:
        """Tick a row or take its tick away; ``through`` ticks all from the one before."""
        self.set_ticking(on=True)
        if through and self._from >= 0:
            self._ticks.tick(range(min(row, self._from), max(row, self._from) + 1), on=True)
        else:
            self._ticks.tick(range(row, row + 1), on=not self._ticks.is_ticked(row))
        self._from = row
        self.ticks_changed.emit()

    def _set_sizes(self) -> None:
        super()._set_sizes()
        if self.ticking:
            self.setColumnWidth(0, self.columnWidth(0) + theme().size("icon") + theme().space("m"))
