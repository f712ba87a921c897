"""空白表: a form with nothing in it, for those who write by hand; one, or all of them at once."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from mediation_desktop.documents.pdf import PdfPaper
from mediation_desktop.services.blanks import ALL, BlankForm, blank_forms, blank_pdf, save_blanks
from mediation_desktop.services.desk import Change
from mediation_desktop.services.printers import last_printer
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.papers import PaperPreview, PrintOrder, ask_printer, print_ordered, send
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice, Option

_EVERY = "全部空白表"
_ALL_CODE = "*"


class BlanksPage(DeskPage):
    """Choose a form, look at it, print it."""

    title: ClassVar[str] = "空白表"
    scrolls: ClassVar[bool] = False
    help_text: ClassVar[str] = (
        "下村、停电时用的空白文书：只印本单位的名称，其余都是横线和空格，现场手写。\n"
        "选一种就看这一种；选“全部空白表”，所有文书合成一份，可以一次打印或者存成PDF。\n"
        "手写的原件就是正式文书，入卷即可；回来以后把时间、结果补记到程序里，不用重抄。"
    )

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self.printer_chooser: Callable[[QWidget, int], PrintOrder | None] = lambda parent, pages: ask_printer(
            parent, pages, last=last_printer(self.desk)
        )
        self.file_chooser: Callable[[QWidget, str], str] = _ask_file
        self._forms: tuple[BlankForm, ...] = ()
        self._data = b""
        self.choice = Choice()
        self.choice.setAccessibleName("哪一种文书")
        self.choice.edited.connect(self._load)
        self.preview = PaperPreview()
        self.print_button = button("打印", self.print, kind="primary", icon="print")
        self.save_button = button("存为PDF", self.save, icon="save")
        top, row = QHBoxLayout(), QHBoxLayout()
        top.addWidget(label("文书", "label", wrap=False))
        top.addWidget(self.choice, 1)
        top.addStretch(1)
        row.addStretch(1)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        self.body.addLayout(top)
        self.body.addWidget(self.preview, 1)
        self.body.addLayout(row)

    def enter(self, argument: object) -> None:
        """Show the form of this name, or what was shown last."""
        wanted = argument if isinstance(argument, str) and argument else self.form
        self._forms = blank_forms(self.desk)
        every = Option(_ALL_CODE, _EVERY)
        self.choice.set_options((every, *(Option(one.form, one.name) for one in self._forms)))
        self.choice.set_value(wanted or _ALL_CODE)
        self._load()

    def leave(self) -> None:
        """Let go of the paper."""
        self.preview.clear()

    def refresh(self, change: Change | None) -> None:
        """Nothing here changes with the disputes."""

    @property
    def form(self) -> str:
        """The form chosen, ``ALL`` for all of them."""
        code = self.choice.value()
        return ALL if code in (None, _ALL_CODE) else code

    def print(self) -> None:
        """Send what is shown to the printer."""
        desk, data = self.desk, self._data
        order = self.printer_chooser(self.preview, self.preview.page_count)
        if order:
            send(self, lambda progress: print_ordered(desk, order, data, progress))

    def save(self) -> None:
        """Write what is shown into a file."""
        names = {one.form: one.name for one in self._forms}
        chosen = self.file_chooser(self, f"{names.get(self.form, _EVERY)}.pdf")
        if not chosen:
            return
        desk, form = self.desk, self.form
        self.work(
            lambda _progress: save_blanks(desk, Path(chosen), form),
            title="正在保存",
            on_success=lambda file: self.banner.success("已保存。", str(file)),
        )

    # Inside.

    def _load(self) -> None:
        desk, form = self.desk, self.form
        for each in (self.print_button, self.save_button):
            each.setEnabled(False)
        self.work(
            lambda _progress: blank_pdf(desk, form),
            title="正在排版",
            on_success=lambda pdf: self._show(form, pdf),
        )

    def _show(self, form: str, pdf: PdfPaper) -> None:
        if form != self.form:
            return
        self._data = pdf.data
        self.preview.show_pdf(pdf.data)
        for each in (self.print_button, self.save_button):
            each.setEnabled(True)


def _ask_file(parent: QWidget, name: str) -> str:
    return QFileDialog.getSaveFileName(parent, "存为PDF", name, "PDF文件 (*.pdf)")[0]
