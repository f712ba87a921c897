"""To whom: every recipient with what waits for it and when it was last sent something."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from mediation_desktop.services.outbox import OutboxLine
from mediation_desktop.system.clock import wall_time
from mediation_desktop.ui.look import Tone, theme
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.chips import Chip


def last_sent(line: OutboxLine) -> str:
    """Return in words when a recipient was last sent something and whether it said so."""
    if line.last_export is None:
        return "还没有导出过"
    sent = f"上次导出：{wall_time(line.last_export.exported_at):%Y-%m-%d %H:%M}"
    if line.acknowledged_at is None:
        return f"{sent}，还没有收到回执"
    return f"{sent}，回执：{wall_time(line.acknowledged_at):%Y-%m-%d}"


def waiting_state(line: OutboxLine) -> tuple[str, Tone]:
    """Return in a few words what waits for a recipient, with the tone of the state."""
    if line.fresh:
        return f"待报送 {line.fresh} 条", "info"
    if line.pending:
        return f"已导出待回执 {line.pending} 条", "warning"
    return "没有新内容", "neutral"


class RecipientList(QWidget):
    """One row a recipient; ``chosen`` when another one is picked."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[OutboxLine, ...] = ()
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda _button: self.chosen.emit())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        self.setAccessibleName("收件单位")
        theme().changed.connect(self._set_gaps)
        self._set_gaps()

    @property
    def current(self) -> OutboxLine | None:
        """The recipient picked."""
        at = self._group.checkedId()
        return self._lines[at] if at >= 0 else None

    def show_lines(self, lines: Sequence[OutboxLine]) -> None:
        """Show other lines; the recipient picked stays picked, else the first is."""
        if tuple(lines) == self._lines:
            return
        picked = self.current.recipient_id if self.current else None
        focused = any(button.hasFocus() for button in self._group.buttons())
        self._clear()
        self._lines = tuple(lines)
        ids = [line.recipient_id for line in lines]
        for at, line in enumerate(lines):
            self._add(at, line)
        if ids:
            button = self._group.button(ids.index(picked) if picked in ids else 0)
            button.setChecked(True)
            if focused:
                button.setFocus()

    def _clear(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _add(self, at: int, line: OutboxLine) -> None:
        waiting, tone = waiting_state(line)
        radio = QRadioButton(line.name)
        radio.setAccessibleName(f"{line.name}，{waiting}，{last_sent(line)}")
        self._group.addButton(radio, at)
        self._grid.addWidget(radio, at, 0)
        self._grid.addWidget(Chip(waiting, tone), at, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(label(last_sent(line), "soft"), at, 2, Qt.AlignmentFlag.AlignVCenter)

    def _set_gaps(self) -> None:
        self._grid.setHorizontalSpacing(theme().space("m"))
        self._grid.setVerticalSpacing(theme().space("s"))
