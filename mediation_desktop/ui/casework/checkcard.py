"""协议检查: what the soundness check found, why it matters, and the lawful wording to put in its place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.checks import CLEAN, Finding, Weight, alarms, overridden
from mediation_desktop.domain.records import Override
from mediation_desktop.ui.look import Tone, theme
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.rows import RowButton

_WORDS: dict[Weight, tuple[str, Tone]] = {
    Weight.FAULT: ("须改正", "error"),
    Weight.WARNING: ("请核对", "warning"),
    Weight.NOTE: ("提示", "info"),
}


class CheckCard(Card):
    """Findings, the gravest first; those with a reason stay in sight.

    Signals: ``chosen(Finding)`` to jump to its field; ``offer_wanted(Finding)`` to take the lawful wording;
    ``explain_wanted(Finding)`` to leave it as it is with a reason.
    """

    chosen = Signal(object)
    offer_wanted = Signal(object)
    explain_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("协议检查")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme().space("s"))
        self.body.addLayout(self._list)

    def show_findings(self, found: Sequence[Finding], overrides: Sequence[Override]) -> None:
        """Show what was found, and what was said to it."""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if not alarms(found):
            self._list.addWidget(label(CLEAN, "soft"))
        for finding in found:
            self._list.addWidget(self._shown(finding, overridden(finding, overrides)))

    def _shown(self, finding: Finding, override: Override | None) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space("xs"))
        word, tone = ("已说明理由", "neutral") if override else _WORDS[finding.weight]
        row = RowButton(f"{word}：{finding.text}，点开到要改的地方")
        row.row.addWidget(Chip(word, tone))
        row.row.addWidget(label(finding.text, "small"), 1)
        row.clicked.connect(lambda: self.chosen.emit(finding))
        column.addWidget(row)
        if override:
            column.addWidget(label(f"理由：{override.reason}（{override.by}）", "small"))
        elif finding.weight is not Weight.NOTE:
            self._add_help(column, finding)
        return block

    def _add_help(self, column: QVBoxLayout, finding: Finding) -> None:
        """Say why, offer the lawful wording, and let a reason stand for a change."""
        if finding.reason:
            column.addWidget(label(finding.reason, "small"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme().space("s"))
        if finding.offer:
            column.addWidget(label(f"可以写成：{finding.offer}", "small"))
            take = button("换成这种写法", lambda: self.offer_wanted.emit(finding), kind="quiet")
            take.setAccessibleDescription(finding.offer)
            buttons.addWidget(take)
        leave = button("说明理由", lambda: self.explain_wanted.emit(finding), kind="quiet")
        leave.setAccessibleDescription(finding.text)
        buttons.addWidget(leave)
        buttons.addStretch(1)
        column.addLayout(buttons)
