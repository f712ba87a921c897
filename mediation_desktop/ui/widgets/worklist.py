"""A card of things to do, each a whole row to click."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desktop.ui.look import Tone, theme
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.rows import RowButton

_FIRST, _MORE = 5, 20


class WorkRow(Struct, frozen=True):
    """One thing to do: a sentence, what stands smaller below it, and a state if it has one.

    ``key`` is what ``WorkList.opened`` hands over.
    """

    key: object
    sentence: str
    detail: str = ""
    state: str = ""
    tone: Tone = "neutral"


class WorkList(Card):
    """A heading with its count and the first few things to do; ``opened(key)`` when one is chosen."""

    opened = Signal(object)

    def __init__(self, heading: str, tone: Tone = "info", parent: QWidget | None = None) -> None:
        super().__init__(heading, parent)
        self._name = heading
        self._tone: Tone = tone
        self._rows: tuple[WorkRow, ...] = ()
        self._shown = _FIRST
        self.count = Chip()
        self.tools.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        self._list = QWidget()
        self.body.addWidget(self._list)
        self.show_rows(())
        theme().changed.connect(self._build)

    def show_rows(self, rows: Sequence[WorkRow]) -> None:
        """Show other rows; where nothing changed the focus stays where it is."""
        count = f"{len(rows)} 件" if rows else "没有"
        self.count.say(count, self._tone if rows else "neutral")
        self.setAccessibleName(f"{self._name}，{count}")
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._build()

    def row_at(self, at: int) -> RowButton:
        """Return the row at a place, for a test or to put the focus there."""
        return self.findChildren(RowButton)[at]

    def _build(self) -> None:
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self._rows[: self._shown]:
            column.addWidget(self._row(row))
        left = len(self._rows) - self._shown
        if left > 0:
            more = button(f"还有 {left} 件，再显示一些", self._show_more, kind="quiet", icon="down")
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.replaceWidget(self._list, fresh)
        self._list.hide()
        self._list.setParent(None)
        self._list.deleteLater()
        self._list = fresh
        # Shown at once, or a row could not take the focus yet; one by one would lay out the page each time.
        fresh.setVisible(bool(self._rows))

    def _show_more(self) -> None:
        at = self._shown
        self._shown += _MORE
        self._build()
        self.row_at(at).setFocus()

    def _row(self, row: WorkRow) -> RowButton:
        made = RowButton("，".join(part for part in (row.sentence, row.detail, row.state) if part))
        words = QVBoxLayout()
        words.setSpacing(theme().space("xs"))
        words.addWidget(label(row.sentence))
        if row.detail:
            words.addWidget(label(row.detail, "small"))
        made.row.addLayout(words, 1)
        if row.state:
            made.row.addWidget(Chip(row.state, row.tone), 0, Qt.AlignmentFlag.AlignTop)
        made.clicked.connect(lambda: self.opened.emit(row.key))
        return made
