"""A page about the open office."""

from datetime import date

from mediation_desktop.services.desk import Desk
from mediation_desktop.system.clock import today
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.shell import Page, Workspace


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
