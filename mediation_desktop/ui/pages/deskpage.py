"""A page about the open office."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from mediation_desktop.services.desk import Desk
from mediation_desktop.system.clock import today
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.operations import Operation
from mediation_desktop.ui.shell import Page, Workspace

T = TypeVar("T")


class DeskPage(Page):
    """A page that reads and changes the open office; ``at_desk`` knows who sits there."""

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace)
        self.at_desk = at_desk

    @property
    def desk(self) -> Desk:
        """The open office as the person at the desk has it."""
        return self.at_desk.desk

    def today(self) -> date:
        """Return the date at this desk."""
        return today(self.desk.clock)

    def ask(self, owner: QWidget, read: Callable[[Desk], T], answer: Callable[[T], None], /) -> object:
        """Read something for a part of this page in the worker, unless the part is gone by then."""
        desk = self.desk
        return self.workspace.operations.submit(
            Operation(
                lambda _progress: read(desk),
                owner=owner,
                on_success=answer,
                on_failure=self.banner.problem,
            )
        )
