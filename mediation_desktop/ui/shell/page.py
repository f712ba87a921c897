"""What every page is: a title, a banner, a body, and how it hears of changes."""

from collections.abc import Callable
from typing import ClassVar, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mediation_desktop.services.desk import Change
from mediation_desktop.services.undo import can_be_undone
from mediation_desktop.ui.drafts import DraftKeeper
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import ExpectedError, Operation, Progress
from mediation_desktop.ui.shell.banner import Action, Banner
from mediation_desktop.ui.shell.standin import StandIn
from mediation_desktop.ui.shell.workspace import Workspace

T = TypeVar("T")


def undo_words(change: Change) -> str:
    """Return what the button says that takes a change back."""
    return f"撤销：{change.action}"


class Page(QWidget):
    """One place of the window.  A page fills ``self.body`` and says what it shows.

    Class attributes:
        title: the heading, also the window's caption.
        help_text: what F1 shows, plain sentences, one paragraph a line.
        shows: the kinds of record (``domain.records.KINDS``) whose change makes ``refresh`` necessary.
        scrolls: whether the body scrolls as a whole; a page that is one big table does not.
    """

    title: ClassVar[str] = ""
    help_text: ClassVar[str] = ""
    shows: ClassVar[frozenset[str]] = frozenset()
    scrolls: ClassVar[bool] = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.workspace = workspace
        self.banner = Banner(self)
        self.heading = QLabel(self.title)
        self.heading.setProperty("role", "title")
        self.tools = QHBoxLayout()
        self.body = QVBoxLayout()
        self._area = QScrollArea()
        self._stand_in: StandIn | None = None
        self._drafts: list[DraftKeeper] = []
        self._stale = True
        self._lay_out()
        workspace.changed.connect(self._hear)
        theme().changed.connect(self._set_gaps)

    # What a page says.

    @property
    def dispute_id(self) -> UUID | None:
        """The one dispute that the page is about; most are about none or many."""
        return None

    def refresh(self, change: Change | None) -> None:
        """Show what is true now; ``change`` says what happened, ``None`` means anything may have."""

    def enter(self, argument: object) -> None:
        """Prepare to be seen; ``argument`` is what the caller handed over (a dispute's id), or ``None``."""

    def leave(self) -> None:
        """Prepare to be hidden; drafts are kept already."""

    def focus_find(self) -> None:
        """Put the focus where something is found (Ctrl+F); pages without a search box ignore it."""

    # What a page uses.

    def act(
        self, run: Callable[[], Change], *, done: str = "", on_success: Callable[[Change], None] | None = None
    ) -> Operation[Change]:
        """Run a service action in the worker and tell every page of its ``Change``.

        ``done`` is the sentence the banner shows afterwards; failures appear in the banner by themselves.
        """

        def succeeded(change: Change) -> None:
            self.workspace.broadcast(change)
            if done:
                self.say_done(done, change)
            if on_success:
                on_success(change)

        return self.work(lambda _progress: run(), on_success=succeeded)

    def say_done(self, done: str, change: Change, offer: Action | None = None) -> None:
        """Show that something was done, what may come next, and a button to take it back where possible."""
        undo = self.undo_action(change) if can_be_undone(change) else None
        first, second = (offer, undo) if offer else (undo, None)
        self.banner.success(done, action=first, also=second)

    def undo_action(self, change: Change) -> Action:
        """Return the banner's button that takes a change back."""
        return undo_words(change), lambda: self.workspace.undo(change)

    def work(
        self,
        run: Callable[[Progress], T],
        *,
        title: str = "",
        on_success: Callable[[T], object] | None = None,
        on_failure: Callable[[ExpectedError], None] | None = None,
        on_end: Callable[[], None] | None = None,
        cancellable: bool = False,
    ) -> Operation[T]:
        """Run anything in the worker; failures appear in this page's banner if ``on_failure`` takes none."""
        return self.workspace.operations.submit(
            Operation(
                run,
                title=title,
                owner=self,
                on_success=on_success,
                on_failure=on_failure or self.banner.problem,
                on_end=on_end,
                cancellable=cancellable,
            )
        )

    def keep_drafts(self, keeper: DraftKeeper) -> DraftKeeper:
        """Have a form's draft kept when the page is left or the window closes."""
        self._drafts.append(keeper)
        return keeper

    def release_drafts(self, keeper: DraftKeeper) -> None:
        """Stop caring for a form that is put away; its draft was flushed or dropped before."""
        self._drafts.remove(keeper)

    def flush_drafts(self) -> None:
        """Keep all drafts now."""
        for keeper in self._drafts:
            keeper.flush()

    @property
    def has_unsaved(self) -> bool:
        """Whether something typed is not even kept as a draft yet."""
        return any(keeper.dirty for keeper in self._drafts)

    def keep_in_sight(self, main: QPushButton | None) -> None:
        """Have the main button at hand wherever the page is scrolled to, and under Ctrl+S."""
        if main and not self._stand_in:
            self._stand_in = StandIn(self._area, self)
            self._outer.addWidget(self._stand_in, 0, Qt.AlignmentFlag.AlignLeft)
        if self._stand_in:
            self._stand_in.stand_in_for(main)

    def to_top(self) -> None:
        """Scroll back to the beginning."""
        self._area.verticalScrollBar().setValue(0)

    def set_title(self, title: str) -> None:
        """Change the heading, for pages about one record."""
        self.heading.setText(title)

    def come(self, argument: object) -> None:
        """Called by the window when the page is about to be seen."""
        self.enter(argument)
        if self._stale:
            self._stale = False
            self.refresh(None)

    def go_away(self) -> None:
        """Called by the window when the page is about to be hidden."""
        self.flush_drafts()
        self.leave()

    def _hear(self, change: Change) -> None:
        if not self.shows & change.kinds:
            return
        if self.isVisible():
            self.refresh(change)
        else:
            self._stale = True

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.heading, 1)
        self._top.addLayout(self.tools)
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(self._top)
        self._outer.addWidget(self.banner)
        if self.scrolls:
            inside = QWidget()
            inside.setObjectName("pageBody")
            inside.setLayout(self.body)
            self._area.setObjectName("pageScroll")
            self._area.setWidgetResizable(True)
            self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self._area.setWidget(inside)
            self._outer.addWidget(self._area, 1)
        else:
            self._outer.addLayout(self.body, 1)
        self._set_gaps()

    def _set_gaps(self) -> None:
        edge, gap = theme().space("l"), theme().space("m")
        self._outer.setContentsMargins(edge, edge, edge, gap)
        self._outer.setSpacing(gap)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(gap)
        self.tools.setSpacing(theme().space("s"))
