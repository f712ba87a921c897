"""Asking why something is to be taken out, right where it stands."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form


class ReasonRow(QWidget):
    """Hidden until something is to go; then one field for the reason, and a button that names the deed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._do: Callable[[str], object] | None = None
        self.form = Form(columns=1)
        self.form.add("reason", "移除的原因", LineEdit(), required=True)
        self.form.completed.connect(self._confirm)
        self.yes = button("移除", self._confirm, kind="danger", icon="delete")
        self.no = button("不移除", self._give_up)
        row = QHBoxLayout()
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addLayout(row)
        self.hide()

    def ask(self, what: str, do: Callable[[str], object]) -> None:
        """Ask why ``what`` goes; ``do`` is called with the reason."""
        self._do = do
        self.form.clear()
        self.form.fields["reason"].editor.set_value("")
        self.yes.setText(f"移除{what}")
        self.yes.setAccessibleName(f"移除{what}")
        self.show()
        self.form.begin()

    def _confirm(self) -> None:
        if self._do and self.form.ready():
            reason = self.form.values()["reason"]
            do, self._do = self._do, None
            self.hide()
            do(reason)

    def _give_up(self) -> None:
        self._do = None
        self.hide()
