"""What every panel of the dispute page is: one thing to do, in one form, with one main button."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mediation_desktop.domain.conflict import Conflict
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.papers import AGREEMENT, kind_of_paper
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.office import OfficeView
from mediation_desktop.services.taking_in import Incoming
from mediation_desktop.system.clock import today, wall_time
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import Operation, Progress
from mediation_desktop.ui.shell.banner import Action, Banner
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.sheet import Sheet

T = TypeVar("T")
Done = str | Callable[[Change], str]
"""What is said when an action went well, if need be by what it touched."""


class Host(Protocol):
    """What a panel asks of the dispute page."""

    @property
    def desk(self) -> Desk:
        """The open office."""
        ...

    @property
    def dossier(self) -> Dossier:
        """The dispute shown, as it was read last."""
        ...

    @property
    def office(self) -> OfficeView:
        """Who works here."""
        ...

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What stands between the office's mediators and the parties of this dispute."""
        ...

    def ask(self, owner: QWidget, read: Callable[[Desk], T], answer: Callable[[T], None], /) -> object:
        """Read something in the worker for a part of the page, unless the part is gone by then."""
        ...

    def show_dispute(self, dispute_id: UUID) -> None:
        """Open another dispute; what was typed here stays as a draft."""
        ...

    def finish(
        self,
        run: Callable[[], Change],
        done: Done,
        then: Callable[[], object] | None = None,
        *,
        offer: Action | None = None,
    ) -> None:
        """Run an action; when it went well close the panel, forget its draft, say ``done``, make an offer."""
        ...

    def fetch(self, run: Callable[[], T], then: Callable[[T], object]) -> None:
        """Run something that only reads and hand over what it found; a failure is told above the page."""
        ...

    def close_panel(self) -> None:
        """Put the panel away; what was typed stays as a draft."""
        ...

    def look_at_paper(
        self,
        dispute_id: UUID,
        paper_id: UUID | None = None,
        *,
        form: str = AGREEMENT,
        subject_id: UUID | None = None,
    ) -> None:
        """Show an issued paper as it was printed, or one as it would be printed now."""
        ...

    def open_panel(self, key: str, argument: object = None) -> None:
        """Open another panel."""
        ...

    @property
    def workspace(self) -> Workspace:
        """The worker and the news of changes."""
        ...

    @property
    def banner(self) -> Banner:
        """Where the page says what happened."""
        ...

    def work(
        self,
        run: Callable[[Progress], Any],
        *,
        title: str = "",
        on_success: Callable[[Any], None] | None = None,
        cancellable: bool = False,
    ) -> object:
        """Run anything in the worker; a failure appears in the banner."""
        ...


class TakesFiles(Protocol):
    """The part of a panel that files dropped onto the page go to."""

    def add_files(self, incoming: Sequence[Incoming]) -> None:
        """Take files in."""
        ...


class Panel(QWidget):
    """One thing to do for the dispute that the host shows.

    Class attributes:
        key: the name under which the host opens it and keeps its draft.
        heading: what is done here, as the card says it.
        explains: one sentence below the heading.

    ``files`` takes what is dropped onto the page, where a panel has room for attachments.
        keeps_draft: whether what is typed is kept; what only few may read is not, and is gone with the panel.
    """

    key: ClassVar[str] = ""
    heading: ClassVar[str] = ""
    explains: ClassVar[str] = ""
    keeps_draft: ClassVar[bool] = True

    def __init__(self, host: Host, argument: object = None) -> None:
        super().__init__()
        self.host = host
        self.argument = argument
        self.sheet = Sheet()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().space("m"))
        if self.explains:
            self._column.addWidget(label(self.explains, "soft"))
        self._column.addWidget(self.sheet)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme().space("s"))
        self.main: QPushButton | None = None
        self.files: TakesFiles | None = None
        self.build()
        self.sheet.completed.connect(self._focus_main)
        self.buttons.addStretch(1)
        self._column.addLayout(self.buttons)

    def build(self) -> None:
        """Fill ``self.sheet`` and add the buttons."""
        raise NotImplementedError

    def put(self, widget: QWidget) -> None:
        """Add a widget between the sheet and the buttons."""
        self._column.addWidget(widget)

    def main_button(self, words: str, do: Callable[[], object], icon: str = "save") -> QPushButton:
        """Add the primary button."""
        self.main = button(words, do, kind="primary", icon=icon)
        self.buttons.addWidget(self.main)
        return self.main

    def other_button(self, words: str, do: Callable[[], object], icon: str = "") -> QPushButton:
        """Add a secondary button."""
        made = button(words, do, icon=icon)
        self.buttons.addWidget(made)
        return made

    def begin(self) -> None:
        """Put the focus into the first field."""
        if not self.sheet.begin():
            self._focus_main()

    def _focus_main(self) -> None:
        if self.main:
            self.main.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def draft_key(self) -> str:
        """The name of this panel's draft."""
        about = f"/{self.argument}" if self.argument is not None else ""
        return f"dispute/{self.host.dossier.dispute.id}/{self.key}{about}"

    def go_on(self, key: str) -> None:
        """Open another panel once the dispute was read again after an action."""
        host = self.host
        host.work(lambda _progress: None, on_success=lambda _nothing: host.open_panel(key))

    # Short words that most panels need.

    @property
    def desk(self) -> Desk:
        """The open office."""
        return self.host.desk

    @property
    def dossier(self) -> Dossier:
        """The dispute."""
        return self.host.dossier

    def today(self) -> date:
        """The office's present day."""
        return today(self.desk.clock)

    def now_minute(self) -> Any:
        """The office's wall time without seconds."""
        return wall_time(self.desk.clock.now()).replace(second=0, microsecond=0)


def paper_offer(host: Host, form: str, subject_id: UUID) -> Action | None:
    """Return the banner's button that leads to a paper of what was just saved; none for an unknown form."""
    kind, dispute_id = kind_of_paper(form), host.dossier.dispute.id
    if kind is None:
        return None
    look = partial(host.look_at_paper, dispute_id, form=form, subject_id=subject_id)
    return f"打印{kind.name}", look


def work_for(
    owner: QWidget, host: Host, run: Callable[[Progress], Any], on_success: Callable[[Any], None]
) -> None:
    """Run something in the worker for a widget of a panel; nobody is told once the widget is gone."""
    operation = Operation(run, owner=owner, on_success=on_success, on_failure=host.banner.problem)
    host.workspace.operations.submit(operation)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
