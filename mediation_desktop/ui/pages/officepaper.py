"""看样、打印: a paper of the office as it would be printed now; nothing of it is kept unless it is saved."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, NamedTuple

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from mediation_desktop.services.desk import Desk
from mediation_desktop.services.officepapers import office_preview, save_office_paper
from mediation_desktop.services.papers import Preview
from mediation_desktop.services.printers import last_printer
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.pages.paper import AskPrinter
from mediation_desktop.ui.papers import PaperPreview, ask_printer, print_ordered, send
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.buttons import button

_KINDS = {".docx": "Word 文件 (*.docx)", ".xlsx": "表格 (*.xlsx)"}
AskFile = Callable[[QWidget, str, str], str]
"""Asks where a file is to go: the name offered and its kind; empty when the user turns back."""


def _ask_file(parent: QWidget, name: str, kind: str) -> str:
    return QFileDialog.getSaveFileName(parent, "另存为", name, kind)[0]


class _About(NamedTuple):
    """Which paper is wanted: its form, how to read what it is about, and the page to go back to."""

    form: str
    read: Callable[[Desk], object]
    back: str


class OfficePaperPage(DeskPage):
    """Shows a PDF made from what is kept; the printer gets the very same bytes."""

    title: ClassVar[str] = "文书"
    scrolls: ClassVar[bool] = False
    help_text: ClassVar[str] = (
        "这里看到的就是打印出来的样子，内容是程序里现在登记的。\n"
        "“存为表格”给 Excel、WPS 用，版面和打印的一样，金额和日期可以计算；“存为 Word”可以再改。\n"
        "存出去的文件不加密，里面有姓名和编号，请妥善保管。"
    )

    def __init__(self, workspace: Workspace, at_desk: AtDesk, ask: AskPrinter | None = None) -> None:
        super().__init__(workspace, at_desk)
        self.printer_chooser: AskPrinter = ask or (
            lambda parent, pages, copies: ask_printer(parent, pages, copies, last_printer(self.desk))
        )
        self.file_chooser: AskFile = _ask_file
        self._about: _About | None = None
        self._shown: Preview | None = None
        self.preview = PaperPreview()
        self.word_button = button("存为 Word", lambda: self._save(".docx"), icon="save")
        self.sheet_button = button("存为表格", lambda: self._save(".xlsx"), icon="save")
        self.print_button = button("打印", self.print, kind="primary", icon="print")
        row = QHBoxLayout()
        row.addWidget(button("返回", self._go_back, icon="back"))
        row.addStretch(1)
        for each in (self.word_button, self.sheet_button, self.print_button):
            row.addWidget(each)
        self.body.addWidget(self.preview, 1)
        self.body.addLayout(row)

    def enter(self, argument: object) -> None:
        """Show the paper of ``(form, what reads its subject from a desk, key of the page to go back to)``."""
        if isinstance(argument, tuple):
            self._about = _About(*argument)
        self._load()

    def leave(self) -> None:
        """Let go of the paper."""
        self.preview.clear()
        self._shown = None

    def print(self) -> None:
        """Hand what is shown to the printer."""
        desk, shown = self.desk, self._shown
        order = self.printer_chooser(self.preview, self.preview.page_count, shown.copies) if shown else None
        if shown is None or order is None:
            return
        send(self, lambda progress: print_ordered(desk, order, shown.pdf.data, progress))

    # Inside.

    def _load(self) -> None:
        for each in (self.print_button, self.word_button, self.sheet_button):
            each.setEnabled(False)
        about, desk = self._about, self.desk
        if about:
            self.work(
                lambda _progress: office_preview(desk, about.form, about.read(desk)),
                title="正在排版",
                on_success=lambda shown: self._show(about, shown),
            )

    def _show(self, about: _About, shown: Preview) -> None:
        if about is not self._about or not self.isVisible():
            return
        self._shown = shown
        self.set_title(shown.title)
        self.preview.show_pdf(shown.pdf.data)
        for each in (self.print_button, self.word_button, self.sheet_button):
            each.setEnabled(True)
        if shown.warnings:
            self.banner.warning("打印前请看一看。", "".join(shown.warnings))

    def _save(self, ending: str) -> None:
        about, shown, desk = self._about, self._shown, self.desk
        if about is None or shown is None:
            return
        chosen = self.file_chooser(self, f"{shown.title}{self.today():%Y%m%d}{ending}", _KINDS[ending])
        if chosen:
            target = Path(chosen).with_suffix(ending)
            self.work(
                lambda _progress: save_office_paper(desk, about.form, about.read(desk), target),
                title="正在存文件",
                on_success=lambda file: self.banner.success(
                    f"已存为“{file.name}”。", "文件没有加密，请妥善保管。"
                ),
            )

    def _go_back(self) -> None:
        self.workspace.go(self._about.back if self._about else "settings")
