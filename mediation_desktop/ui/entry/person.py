"""Who sits at the desk: a button under the office's name that lets somebody else sit down."""

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import office_view, switch_actor
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.look import set_icon
from mediation_desktop.ui.operations import Operation, Operations


class PersonButton(QPushButton):
    """Says the present name; its menu offers the others."""

    def __init__(self, operations: Operations, at_desk: AtDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._at_desk = at_desk
        self._names = QMenu(self)
        self._names.aboutToShow.connect(self._offer)
        self.setProperty("kind", "place")
        self.setMenu(self._names)
        set_icon(self, "person", "rail_ink", size="rail_icon")
        at_desk.switched.connect(self._say)
        self._say()

    def _say(self) -> None:
        name = self._at_desk.desk.actor
        self.setText(name)
        self.setAccessibleName(f"当前：{name}，按下可以换人")
        self.setToolTip(f"当前：{name}。按下可以换人，所做的事记在这个名字下")

    def _offer(self) -> None:
        self._names.clear()
        for name in office_view(self._at_desk.desk).names:
            choice = self._names.addAction(name)
            choice.setCheckable(True)
            choice.setChecked(name == self._at_desk.desk.actor)
            choice.triggered.connect(lambda _checked, name=name: self._switch(name))

    def _switch(self, name: str) -> None:
        desk: Desk = self._at_desk.desk
        self._operations.submit(
            Operation(lambda _progress: switch_actor(desk, name), owner=self, on_success=self._at_desk.switch)
        )
