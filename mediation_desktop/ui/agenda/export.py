"""导出日历文件: the span shown, for a telephone or another calendar."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import Tick

Chooser = Callable[[QWidget, str], str]
"""Asks where a file is to go, offering a name; returns an empty text when it is not to go anywhere."""


def ask_for_file(parent: QWidget, name: str) -> str:
    """Ask with the system's own dialog."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, "保存日历文件", name, "日历文件 (*.ics)")
    return chosen


class ExportCard(Card):
    """Whether names go along, and where to; ``wanted(Path, named)`` once both are known."""

    wanted = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__("导出日历文件")
        self.chooser: Chooser = ask_for_file
        self.named = Tick("写上当事人姓名（文件会离开这台电脑，不勾就只写编号和地点）")
        self.named.setAccessibleName(self.named.text())
        self._name = ""
        self._explains = label("", "soft")
        self.main = button("选择保存位置", self._choose, kind="primary", icon="save")
        buttons = QHBoxLayout()
        buttons.addWidget(self.main)
        buttons.addWidget(button("先不导出", self.hide))
        buttons.addStretch(1)
        self.body.addWidget(self._explains)
        self.body.addWidget(self.named)
        self.body.addLayout(buttons)
        self.hide()

    def ask(self, span: str, name: str) -> None:
        """Offer to write the span shown under a name; names are left out unless ticked anew."""
        self._name = name
        self._explains.setText(f"把{span}的调解写成日历文件，手机和其他日历都能打开。")
        self.named.set_value(value=False)
        self.show()
        self.main.setFocus()

    def _choose(self) -> None:
        chosen = self.chooser(self, self._name)
        if chosen:
            self.hide()
            self.wanted.emit(Path(chosen).with_suffix(".ics"), self.named.value())
