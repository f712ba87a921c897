"""Who is at the desk: what pages ask for the open office, because the person there may change."""

from PySide6.QtCore import QObject, Signal

from mediation_desktop.services.desk import Desk


class AtDesk(QObject):
    """Holds the open desk; ``switched`` says that somebody else sits there now."""

    switched = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def desk(self) -> Desk:
        """The desk as it is now."""
        return self._desk

    def switch(self, desk: Desk) -> None:
        """Let somebody else sit down."""
        self._desk = desk
        self.switched.emit()
