"""The recovery sheet: the code shown in groups, and the page that is printed of it."""

from datetime import date
from html import escape
from string import Template

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.dates import printed
from mediation_desktop.system.paths import resource
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.papers.printing import ask_printer, print_rich_text
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button


class RecoverySheet(Struct, frozen=True):
    """What the sheet says: whose it is, the day, the code. Nothing else stands on it."""

    committee: str
    on: date
    code: str


def print_sheet(sheet: RecoverySheet, printer: QPrinter) -> None:
    """Print the sheet.

    Raises:
        EnvironmentProblem: the printer did not take it.
    """
    page = Template(resource("styles", "recovery-sheet.html").read_text(encoding="utf-8"))
    html = page.substitute(committee=escape(sheet.committee), on=printed(sheet.on), code=sheet.code)
    print_rich_text(html, printer, "恢复单")


class RecoveryPanel(Card):
    """Shows a fresh code once.  ``printed`` after printing, ``later`` when it is put off.

    ``failed(error)`` when the printer refused.
    """

    printed = Signal()
    later = Signal()
    failed = Signal(object)

    def __init__(self, sheet: RecoverySheet, parent: QWidget | None = None) -> None:
        super().__init__("恢复单", parent)
        self._sheet = sheet
        self.code = label(sheet.code, "title")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName(f"恢复码：{sheet.code}")
        self.print_button = button("打印恢复单", self._print, kind="primary", icon="print")
        self.later_button = button(
            "以后再说", self.later.emit, hint="恢复码不会再显示；以后可以在“设置”里换一个新的来打印"
        )
        row = QHBoxLayout()
        row.addWidget(self.print_button)
        row.addWidget(self.later_button)
        row.addStretch(1)
        words = QVBoxLayout()
        words.addWidget(label("没有密码时只有它能打开数据。", "strong"))
        words.addWidget(self.code)
        words.addWidget(
            label(
                "请打印出来装入信封封好，交司法所代管。手边没有打印机，也可以用笔抄下来。"
                "选“以后再说”，这个恢复码就不再显示，以后在“设置”里可以换一个新的来打印。",
                "soft",
            )
        )
        self.body.addLayout(words)
        self.body.addLayout(row)
        self.setFocusProxy(self.print_button)

    def _print(self) -> None:
        order = ask_printer(self, 1)
        if order is None:
            return
        try:
            print_sheet(self._sheet, order.printer)
        except EnvironmentProblem as error:
            self.failed.emit(error)
        else:
            self.printed.emit()
