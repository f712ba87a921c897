"""The search box: waits for the input method and for a short pause."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desktop.ui.look import icon, theme

PAUSE_MS = 250


class SearchBox(QLineEdit):
    """Emits ``searched(text)`` once typing pauses, at once on Enter; never while a word is being composed."""

    searched = Signal(str)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False
        self._last = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self._lens = self.addAction(icon("search", "ink_soft"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._wait)
        theme().changed.connect(self._draw_lens)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Notice whether a word is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self._wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Search at once on Enter, clear on Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._search()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _draw_lens(self) -> None:
        self._lens.setIcon(icon("search", "ink_soft"))

    def _wait(self) -> None:
        if self._composing:
            self._pause.stop()
        else:
            self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        wanted = self.text().strip()
        if not self._composing and wanted != self._last:
            self._last = wanted
            self.searched.emit(wanted)
