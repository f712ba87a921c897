"""看样、打印强制报告登记表: from memory to the printer, and gone with the panel."""

from typing import ClassVar

from PySide6.QtGui import QHideEvent

from mediation_desktop.domain.officepapers import MINOR_REPORT_SHEET
from mediation_desktop.domain.special import MandatoryReport, tells_of_reporter
from mediation_desktop.services import special
from mediation_desktop.services.officepapers import office_preview
from mediation_desktop.services.papers import Preview
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.casework.special import Opened
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.papers import PaperPreview, print_pdf
from mediation_desktop.ui.papers.printing import ask_printer_only
from mediation_desktop.ui.widgets.blocks import label

_LEAST_HEIGHT_EMS = 34


class ReportSheetPanel(Panel):
    """Shows the sheet of an opened report to whoever opened it (``Opened``), and prints it.

    No file is written and no draft kept; leaving, locking or changing seats takes it from the screen.
    """

    key: ClassVar[str] = "minor_report_sheet"
    heading: ClassVar[str] = "强制报告登记表（专门登记）"
    explains: ClassVar[str] = (
        "只能打印，不存文件；谁发现、谁报告的不印。打印一次记一次，谁印的只有打得开这条登记的人看得到。"
    )
    keeps_draft: ClassVar[bool] = False

    def build(self) -> None:
        """Show the sheet, and offer to print it; a report that nobody opened has none."""
        self.opened: Opened[MandatoryReport] | None = (
            self.argument if isinstance(self.argument, Opened) else None
        )
        self.printer_chooser = ask_printer_only
        self._shown: Preview | None = None
        self.look_at = label("", "strong")
        self.look_at.hide()
        self.preview = PaperPreview(self)
        self.preview.setMinimumHeight(theme().ems(_LEAST_HEIGHT_EMS))
        self.put(self.look_at)
        self.put(self.preview)
        if self.opened:
            self._lay_out(self.opened.content)
        else:
            self.sheet.say("请先凭个人密码打开这条登记，再看样打印。")
            self.preview.hide()
        self.other_button("关上", self.host.close_panel)

    def print(self) -> None:
        """Note the printing, then print; without the note nothing is printed."""
        shown, opened = self._shown, self.opened
        order = self.printer_chooser(self.preview, shown.pdf.pages) if shown else None
        if shown is None or opened is None or order is None:
            return
        desk, host, data = self.desk, self.host, shown.pdf.data

        def to_printer() -> None:
            host.work(
                lambda progress: print_pdf(
                    data, order.printer, copies=order.copies, pages=order.pages, progress=progress
                ),
                title="正在打印",
                on_success=lambda _pages: host.banner.success("已送往打印机。", "纸质件由专人保管。"),
            )

        host.finish(
            lambda: special.note_printing(desk, opened.record, opened.content, order.copies),
            "已记下这次打印。",
            to_printer,
        )

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Take the sheet from memory with the panel; a window that is only minimised keeps it."""
        if not event.spontaneous():
            self.preview.clear()
            self._shown = None
        super().hideEvent(event)

    def _lay_out(self, report: MandatoryReport) -> None:
        self.main_button("打印", self.print, icon="print").setEnabled(False)
        desk, dispute_id = self.desk, self.dossier.dispute.id
        self.host.ask(
            self,
            lambda _desk: office_preview(
                desk, MINOR_REPORT_SHEET, special.report_sheet(desk, dispute_id, report)
            ),
            lambda shown: self._show(shown, tells_of_reporter(report)),
        )

    def _show(self, shown: Preview, words: tuple[str, ...]) -> None:
        self._shown = shown
        self.preview.show_pdf(shown.pdf.data)
        told = f"正文里有和发现人、报告人相同的字（{'、'.join(words)}），请看一看会不会认出是谁。"
        text = "".join((told if words else "", *shown.warnings))
        self.look_at.setText(text)
        self.look_at.setVisible(bool(text))
        if self.main:
            self.main.setEnabled(True)
