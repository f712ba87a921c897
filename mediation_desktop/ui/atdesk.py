"""Who sits at the desk: the one place where the window's pages find the open office."""

from PySide6.QtCore import QObject, Signal

from mediation_desktop.services.desk import Desk


class AtDesk(QObject):
    """Holds the present ``Desk``; ``switched`` when somebody else sat down.

    Pages keep this object, never the desk itself, and ask for ``desk`` at every action.
    """

    switched = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def desk(self) -> Desk:
        """The open office, with the person at it."""
        return self._desk

    def switch(self, desk: Desk) -> None:
        """Let somebody else sit down."""
        self._desk = desk
        self.switched.emit()
