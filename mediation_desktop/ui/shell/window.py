"""The main window: rail at the left, pages in a stack, help at the right, status strip below."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mediation_desktop.services.desk import Change
from mediation_desktop.ui.operations import ExpectedError
from mediation_desktop.ui.shell.banner import Banner
from mediation_desktop.ui.shell.helppanel import HelpPanel
from mediation_desktop.ui.shell.page import Page
from mediation_desktop.ui.shell.rail import Place, Rail
from mediation_desktop.ui.shell.strip import StatusStrip
from mediation_desktop.ui.shell.workspace import Workspace

PROGRAM_NAME = "平安调解工作台"
_FIRST_SIZE = QSize(1280, 700)
_LEAST_SIZE = QSize(1000, 600)
_GEOMETRY = "window_geometry"


class Memory(Protocol):
    """Where small settings of this PC are kept."""

    def load(self, key: str) -> str:
        """Return the text kept under ``key``, or an empty one."""
        ...

    def save(self, key: str, text: str) -> None:
        """Keep a text."""
        ...


class MainWindow(QMainWindow):
    """Shows pages, made on their first visit, and carries the keys that work everywhere.

    ``notice`` above the pages is for what concerns no page: it stays while one goes about.

    Signals: ``register_wanted`` (Ctrl+N), ``undo_wanted`` (Ctrl+Z where no text is being written) and
    ``lock_wanted`` (Ctrl+L, the rail, or idleness).
    """

    register_wanted = Signal()
    undo_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, workspace: Workspace, places: Sequence[Place], memory: Memory) -> None:
        super().__init__()
        self.workspace = workspace
        self._places = {place.key: place for place in places}
        self._memory = memory
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, object]] = []
        self.rail = Rail([place for place in places if not place.under])
        self.stack = QStackedWidget()
        self.notice = Banner()
        self.strip = StatusStrip(workspace.operations)
        self.help = HelpPanel()
        self.help.hide()
        self._whole = QStackedWidget()
        self._cover: QWidget | None = None
        self._focus_before: QWidget | None = None
        self._lay_out()
        self._connect()
        self._bind_keys([place.key for place in places if not place.under])
        self.setWindowTitle(PROGRAM_NAME)
        self.setMinimumSize(_LEAST_SIZE)
        self._recall_geometry()

    # Going about.

    def go(self, key: str, argument: object = None) -> Page:
        """Show the page ``key`` and return it."""
        self._trail.append((key, argument))
        return self._show(key, argument)

    def back(self) -> None:
        """Show the page before this one (Alt+Left)."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._show(*self._trail[-1])

    def make(self, key: str) -> None:
        """Make the page ``key`` if nobody was there yet."""
        if key not in self._pages:
            self._pages[key] = self._places[key].factory()

    def page(self, key: str) -> Page:
        """Return the page ``key``, making it if nobody was there yet."""
        self.make(key)
        page = self._pages[key]
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        return page

    @property
    def current(self) -> Page | None:
        """The page shown now."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def set_office(self, name: str) -> None:
        """Show whose office this is."""
        self.rail.set_office(name)
        self.setWindowTitle(f"{name} · {PROGRAM_NAME}")

    def cover(self, widget: QWidget) -> None:
        """Hide everything behind ``widget``, such as the lock screen, after keeping all drafts."""
        for page in self._pages.values():
            page.flush_drafts()
        self.uncover()
        self._focus_before = self.focusWidget()
        self._cover = widget
        self._whole.addWidget(widget)
        self._whole.setCurrentWidget(widget)
        widget.setFocus()

    def uncover(self) -> None:
        """Take the cover away; the page is as it was, and so is the focus."""
        if self._cover:
            self._whole.removeWidget(self._cover)
            self._cover.deleteLater()
            self._cover = None
            self._whole.setCurrentIndex(0)
            before, self._focus_before = self._focus_before, None
            if before and shiboken6.isValid(before):
                before.setFocus()
            elif self.current:
                self.current.setFocus()

    @property
    def covered(self) -> bool:
        """Whether the pages are hidden behind a cover."""
        return self._cover is not None

    def toggle_help(self) -> None:
        """Open or close the help of this page (F1)."""
        opening = not self.help.isVisible()
        if opening and self.current:
            self.help.explain(self.current.title, self.current.help_text)
        self.help.setVisible(opening)
        if opening:
            self.help.take_focus()
        elif self.current:
            self.current.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep drafts, finish the queue and go; stay open if something could not be kept."""
        QGuiApplication.inputMethod().commit()  # a word still being composed belongs to the draft
        for page in self._pages.values():
            page.go_away()
        if self.workspace.operations.close():
            self._memory.save(_GEOMETRY, b64encode(self.saveGeometry().data()).decode())
            event.accept()
        else:
            event.ignore()

    # Inside.

    def _show(self, key: str, argument: object) -> Page:
        page = self.page(key)
        if self.current and self.current is not page:
            self.current.go_away()
        self.rail.mark(self._places[key].under or key)
        self.stack.setCurrentWidget(page)
        page.come(argument)
        if self.help.isVisible():
            self.help.explain(page.title, page.help_text)
        return page

    def _tell_problem(self, error: ExpectedError, owner: object) -> None:
        page = owner if isinstance(owner, Page) else self.current
        if page:
            page.banner.problem(error)
        else:
            self.strip.say(str(error))

    def _tell_done(self, done: str, change: Change) -> None:
        if self.current:
            self.current.say_done(done, change)

    def _find(self) -> None:
        if self.current:
            self.current.focus_find()

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.rail.help_wanted.connect(self.toggle_help)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.help.closed.connect(self.toggle_help)
        self.workspace.go_to.connect(self.go)
        self.workspace.said.connect(self.strip.say)
        self.workspace.told.connect(self._tell_done)
        self.workspace.operations.problem.connect(self._tell_problem)

    def _bind_keys(self, keys: Sequence[str]) -> None:
        for at, key in enumerate(keys, start=1):
            for modifier in ("Alt", "Ctrl"):
                self._bind(f"{modifier}+{at}", lambda key=key: self.go(key))
        self._bind("F1", self.toggle_help)
        self._bind("Ctrl+F", self._find)
        self._bind("Ctrl+L", self.lock_wanted.emit)
        self._bind("Ctrl+N", self.register_wanted.emit)
        self._bind("Ctrl+Z", self.undo_wanted.emit)
        self._bind("Alt+Left", self.back)

    def _bind(self, keys: str, do: Callable[[], object]) -> None:
        """Make keys work everywhere but behind a cover."""
        QShortcut(
            QKeySequence(keys), self._desk, context=Qt.ShortcutContext.WindowShortcut
        ).activated.connect(lambda: None if self.covered else do())

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.help)
        right.addWidget(self.notice)
        right.addLayout(middle, 1)
        right.addWidget(self.strip)
        self._desk = QWidget()
        row = QHBoxLayout(self._desk)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self._whole.addWidget(self._desk)
        self.setCentralWidget(self._whole)

    def _recall_geometry(self) -> None:
        self.resize(_FIRST_SIZE)
        kept = self._memory.load(_GEOMETRY)
        if kept:
            self.restoreGeometry(QByteArray(b64decode(kept)))
