"""Whole rows that are buttons, and the timeline made of them."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mediation_desktop.ui.look import Tone, set_icon, theme
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.chips import Chip


class RowButton(QAbstractButton):
    """A row that is clicked as a whole; fill ``row``.  ``name`` is what a screen reader says."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "row")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.row = QHBoxLayout(self)
        self._set_gaps()
        theme().changed.connect(self._set_gaps)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Enter for a click, as the space bar is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw nothing: ground and focus ring come from the style sheet, the words from what is inside."""

    def _set_gaps(self) -> None:
        self.row.setContentsMargins(*(theme().space("s"),) * 4)
        self.row.setSpacing(theme().space("s"))


class TimelineEntry(Struct, frozen=True):
    """One thing that happened: when, what in one sentence, and a state if it has one."""

    key: object
    when: str
    icon: str
    sentence: str
    detail: str = ""
    state: str = ""
    tone: Tone = "neutral"


class Timeline(QWidget):
    """What happened, in the order given; ``opened(key)`` when a row is chosen."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setAccessibleName("办理经过")
        self._entries: tuple[TimelineEntry, ...] = ()
        theme().changed.connect(self._build)

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show other entries."""
        self._entries = tuple(entries)
        self._build()

    def _build(self) -> None:
        while item := self._layout.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        metrics = QFontMetrics(theme().font())
        width = max((metrics.horizontalAdvance(entry.when) for entry in self._entries), default=0)
        for entry in self._entries:
            self._layout.addWidget(self._row(entry, width))

    def _row(self, entry: TimelineEntry, width: int) -> RowButton:
        row = RowButton(
            "，".join(part for part in (entry.when, entry.sentence, entry.detail, entry.state) if part)
        )
        picture = QLabel()
        set_icon(picture, entry.icon, "accent")
        when = label(entry.when, "soft", wrap=False)
        when.setMinimumWidth(width)
        words = QVBoxLayout()
        words.setSpacing(theme().space("xs"))
        words.addWidget(label(entry.sentence))
        if entry.detail:
            words.addWidget(label(entry.detail, "small"))
        if entry.state:
            words.addWidget(Chip(entry.state, entry.tone), 0, Qt.AlignmentFlag.AlignLeft)
        top = Qt.AlignmentFlag.AlignTop
        row.row.addWidget(when, 0, top)
        row.row.addWidget(picture, 0, top)
        row.row.addLayout(words, 1)
        row.clicked.connect(lambda: self.opened.emit(entry.key))
        return row
