"""A list of suggestions below a line while it is typed into."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.search import PAUSE_MS

_KEY = Qt.ItemDataRole.UserRole
_LEAST = 2
"""So many characters are typed before anything is suggested."""


class Suggestion(Struct, frozen=True):
    """One line of the list; ``key`` is what ``Suggester.chosen`` hands over."""

    key: object
    words: str


Answer = Callable[[Sequence[Suggestion]], None]


class Suggester(QObject):
    """Asks for suggestions once typing pauses, never while a word is being composed.

    Down and Enter, or a click, choose one: ``chosen(key)``.  Enter without a choice only puts the list away:
    ``passed``.

    Args:
        edit: the line that is typed into.
        ask: called with the text and with what to hand the suggestions to.
    """

    chosen = Signal(object)
    passed = Signal()

    def __init__(self, edit: LineEdit, ask: Callable[[str, Answer], None]) -> None:
        super().__init__(edit)
        self._edit = edit
        self._ask = ask
        self._composing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._seek)
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.found = QListView()
        self.found.setObjectName("choices")
        self.found.setAccessibleName("人员库里的人")
        self._completer.setPopup(self.found)
        self._completer.setWidget(edit)
        completed: Any = self._completer.activated[QModelIndex]  # pyright: ignore[reportIndexIssue] - a signal of two shapes
        completed.connect(self._choose)
        edit.edited.connect(self._wait)
        edit.returnPressed.connect(self.passed, Qt.ConnectionType.QueuedConnection)
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice whether a word is being composed, and stop asking once the line is left."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.FocusOut and not self.found.isVisible():
            self._pause.stop()
        return super().eventFilter(watched, event)

    def _wait(self) -> None:
        self.found.hide()
        self._pause.start()

    def _seek(self) -> None:
        text = self._edit.value()
        if self._composing:
            self._pause.start()
        elif len(text) >= _LEAST:
            self._ask(text, lambda found: self._show(text, found))

    def _show(self, text: str, found: Sequence[Suggestion]) -> None:
        """Show what was found, unless the user has typed on or gone on meanwhile."""
        if text != self._edit.value() or not self._edit.hasFocus():
            return
        self._model.clear()
        for suggestion in found:
            item = QStandardItem(suggestion.words)
            item.setData(suggestion.key, _KEY)
            self._model.appendRow(item)
        if found:
            edge = theme().space("l")
            width = max(self._edit.width(), self.found.sizeHintForColumn(0) + 2 * edge)
            self._completer.complete(QRect(0, 0, width, self._edit.height()))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_KEY))
