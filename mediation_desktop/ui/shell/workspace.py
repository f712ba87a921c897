"""What all pages of one window share: the worker, the news of changes, the way to other pages."""

from PySide6.QtCore import QObject, Signal

from mediation_desktop.services.desk import Change
from mediation_desktop.ui.operations import Operations


class Workspace(QObject):
    """Handed to every page; pages know each other only through it.

    Signals: ``changed(Change)`` after every action; ``go_to(place_key, argument)`` asks the window to
    show a page; ``said(text)`` puts a short word into the status strip; ``told(text, Change)`` has the page
    shown say that something was done; ``undo_wanted(Change)`` asks to take a change back.
    """

    changed = Signal(object)
    go_to = Signal(str, object)
    said = Signal(str)
    told = Signal(str, object)
    undo_wanted = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.operations = operations

    def go(self, key: str, argument: object = None) -> None:
        """Ask for the page ``key``, handing it ``argument`` (usually a dispute's id)."""
        self.go_to.emit(key, argument)

    def broadcast(self, change: Change) -> None:
        """Tell every page what an action touched."""
        self.changed.emit(change)

    def tell(self, done: str, change: Change) -> None:
        """Have the page that is shown now say what was done."""
        self.told.emit(done, change)

    def undo(self, change: Change) -> None:
        """Ask to take a change back."""
        self.undo_wanted.emit(change)

    def say(self, text: str) -> None:
        """Put a short word such as 已保存 into the status strip."""
        self.said.emit(text)
