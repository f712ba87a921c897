"""谁改过什么: the history of a dispute, one block a change, the newest first, by one person or all."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desktop.services.history import ToldChange, ToldHistory
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice

_EVERYBODY = "所有人"
_FIRST, _MORE = 5, 20
_PHRASES = 3
_HIDDEN = "还有专门记录的变动，内容、时间和经手人都不在这里显示。"


class ChangesCard(Card):
    """Shows a few changes first and a few parts of each; 更多 shows the rest."""

    def __init__(self) -> None:
        super().__init__("谁改过什么")
        self._told = ToldHistory((), hidden=False)
        self._shown = _FIRST
        self._opened: set[int] = set()
        self.who = Choice()
        self.who.setAccessibleName("看谁改的")
        self.who.edited.connect(self._begin_anew)
        self.tools.addWidget(self.who)
        self._list = QWidget()
        self.body.addWidget(self._list)

    def show_history(self, told: ToldHistory) -> None:
        """Show another history; who is looked for stays the same where possible."""
        self._told = told
        chosen = self.who.value()
        self.who.set_options(options.of_words(_EVERYBODY, *told.actors))
        self.who.set_value(chosen if chosen in told.actors else _EVERYBODY)
        self._build()

    @property
    def text(self) -> str:
        """Everything shown now, line by line."""
        return "\n".join(_lines(change, self._count(at)) for at, change in enumerate(self._seen()))

    # Inside.

    def _chosen(self) -> list[ToldChange]:
        who = self.who.value()
        return [change for change in self._told.changes if who in (None, _EVERYBODY, change.actor)]

    def _seen(self) -> list[ToldChange]:
        return self._chosen()[: self._shown]

    def _count(self, at: int) -> int:
        """Return how many parts of a change are shown."""
        return len(self._seen()[at].phrases) if at in self._opened else _PHRASES

    def _begin_anew(self) -> None:
        self._shown, self._opened = _FIRST, set()
        self._build()

    def _open(self, at: int) -> None:
        self._opened.add(at)
        self._build()

    def _show_more(self) -> None:
        self._shown += _MORE
        self._build()

    def _build(self) -> None:
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        for at, change in enumerate(self._seen()):
            self._add_change(column, at, change)
        left = len(self._chosen()) - self._shown
        if left > 0:
            _add_button(column, f"还有 {left} 次改动，再显示一些", self._show_more)
        if self._told.hidden:
            column.addWidget(label(_HIDDEN, "small"))
        self.body.replaceWidget(self._list, fresh)
        self._list.hide()
        self._list.deleteLater()
        self._list = fresh

    def _add_change(self, column: QVBoxLayout, at: int, change: ToldChange) -> None:
        words = label(_lines(change, self._count(at)), "small")
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        left = len(change.phrases) - self._count(at)
        if left > 0:
            more = _add_button(column, f"更多（{left} 处）", lambda: self._open(at))
            more.setAccessibleName(f"{change.when} {change.action}，更多")


def _add_button(column: QVBoxLayout, words: str, do: Callable[[], object]) -> QWidget:
    made = button(words, do, kind="quiet", icon="down")
    column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
    return made


def _lines(change: ToldChange, count: int) -> str:
    """Return a change as it is read: one sentence, or a heading with its parts below."""
    if len(change.phrases) == 1:
        return change.sentences[0]
    heading = f"{change.when} {change.actor} {change.action}"
    return "\n".join((heading, *(f"　· {phrase}" for phrase in change.phrases[:count])))
