"""Printing the PDF that the preview shows, in bands, so that memory stays flat at any resolution."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QByteArray, QMarginsF, QPointF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageRanges, QPageSize, QPainter, QTextDocument
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from mediation_desktop.services.printers import PrinterChoice, Sides
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import Progress
from mediation_desktop.ui.papers.document import PdfBytes

_BAND_LINES = 256
"""Lines rendered at once: 5 MB for A4 at 600 dots per inch.  Nothing else of the program runs meanwhile."""
_ENOUGH_DOTS = 600
"""Dots per inch beyond which text looks no sharper, while every doubling takes four times as long."""


_DUPLEX = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide,
}
_SIDES = {mode: sides for sides, mode in _DUPLEX.items()} | {QPrinter.DuplexMode.DuplexAuto: Sides.LONG_EDGE}


class PrintOrder(Struct, frozen=True):
    """What the user chose: which printer, which pages (from 0), how many copies."""

    printer: QPrinter
    pages: tuple[int, ...]
    copies: int

    @property
    def choice(self) -> PrinterChoice:
        """What of it is worth offering again."""
        return PrinterChoice(self.printer.printerName(), _SIDES[self.printer.duplex()])


def ask_printer_only(
    parent: QWidget, page_count: int, copies: int = 1, last: PrinterChoice | None = None
) -> PrintOrder | None:
    """Show the print dialog without its way of printing into a file."""
    return ask_printer(parent, page_count, copies, last, into_file=False)


def ask_printer(
    parent: QWidget,
    page_count: int,
    copies: int = 1,
    last: PrinterChoice | None = None,
    *,
    into_file: bool = True,
) -> PrintOrder | None:
    """Show the system's print dialog; ``None`` when the user turns back.

    Args:
        parent: what it is shown before.
        page_count: how many pages there are to choose from.
        copies: how many are proposed.
        last: the printer to begin with while the system still has it, else the system's own default.
        into_file: whether printing into a file is offered.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if last and not QPrinterInfo.printerInfo(last.name).isNull():
        printer.setPrinterName(last.name)
        printer.setDuplex(_DUPLEX[last.sides])
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setCopyCount(copies)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印文书")
    dialog.setMinMax(1, page_count)
    dialog.setFromTo(1, page_count)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=into_file)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not accepted:
        return None
    return PrintOrder(printer, _chosen_pages(printer, page_count), printer.copyCount())


def _chosen_pages(printer: QPrinter, page_count: int) -> tuple[int, ...]:
    """Return the pages of every range chosen, from 0; all where none was.

    The printer forgets the ranges, so that no driver picks them once more out of the pages it is sent.
    """
    ranges = printer.pageRanges()
    printer.setPageRanges(QPageRanges())
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    return tuple(page for page in range(page_count) if ranges.isEmpty() or ranges.contains(page + 1))


def print_rich_text(html: str, printer: QPrinter, what: str) -> None:
    """Print Qt's rich text in the window's face; ``what`` is how a failure calls it.

    Raises:
        EnvironmentProblem: the printer did not take it.
    """
    document = QTextDocument()
    document.setDefaultFont(theme().font())
    document.setHtml(html)
    document.print_(printer)
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise EnvironmentProblem(f"{what}没有打出来。", "请检查打印机是否开机、连好线、有纸，再打印一次。")


def print_pdf(
    data: bytes,
    printer: QPrinter,
    *,
    name: str = "",
    copies: int = 1,
    pages: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> int:
    """Print pages of a PDF at the printer's resolution; return how many pages went to the printer.

    May be called in the worker.  Each page keeps its own size; on smaller paper it is scaled down.

    Args:
        data: the PDF.
        printer: where to; its paper size and margins are set here.
        name: what the printer's queue calls it; not who is concerned.
        copies: sets, one after the other.
        pages: which pages, from 0; all when left out.
        progress: told after every page, and able to stop between pages.

    Raises:
        UserError: the bytes are no PDF that can be opened.
        EnvironmentProblem: the printer did not take the job.
    """
    shared = QByteArray(data)
    sizes = _page_sizes(shared)
    wanted = tuple(pages) if pages is not None else tuple(range(len(sizes)))
    by_printer = printer.supportsMultipleCopies()
    printer.setDocName(name)
    printer.setCopyCount(copies if by_printer else 1)
    printer.setCollateCopies(True)
    job = wanted if by_printer else wanted * copies
    if job:
        _print_pages(shared, sizes, printer, job, progress)
    return len(wanted) * copies


def _page_sizes(data: QByteArray) -> list[QSizeF]:
    paper = PdfBytes(data)
    try:
        return [paper.document.pagePointSize(page) for page in range(paper.document.pageCount())]
    finally:
        paper.close()


def _print_pages(
    data: QByteArray,
    sizes: Sequence[QSizeF],
    printer: QPrinter,
    job: Sequence[int],
    progress: Progress | None,
) -> None:
    printer.setFullPage(True)
    _set_paper(printer, sizes[job[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentProblem("打印机没有响应。", "请检查打印机是否开机、连好线、有纸，再打印一次。")
    try:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        for at, page in enumerate(job):
            if at:
                _next_page(printer, sizes[job[at - 1]], sizes[page])
            _paint_page(data, page, painter, printer)
            if progress:
                progress.report(at + 1, len(job), f"第 {at + 1} 页")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _next_page(printer: QPrinter, before: QSizeF, points: QSizeF) -> None:
    """Go on; the paper is set anew only where it changes, for that ends a sheet printed on both sides."""
    if points != before:
        _set_paper(printer, points)
    if not printer.newPage():
        raise EnvironmentProblem("打印中断了。", "请检查打印机后，从没有打出的那一页接着打印。")


def _set_paper(printer: QPrinter, points: QSizeF) -> None:
    """Ask for the page's own size, upright or lying."""
    lying = points.width() > points.height()
    size = QPageSize(
        points.transposed() if lying else points,
        QPageSize.Unit.Point,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    orientation = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, orientation, QMarginsF()))


def _paint_page(data: QByteArray, page: int, painter: QPainter, printer: QPrinter) -> None:
    """Open the paper for one page and paint it: an open one keeps the pictures of all its pages in memory."""
    paper = PdfBytes(data)
    try:
        _paint_bands(paper.document, page, painter, printer)
    finally:
        paper.close()


def _paint_bands(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    """Render band by band and paint each at its place; a finer printer gets each dot several times."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    printable = printer.pageLayout().paintRectPixels(printer.resolution())
    whole = _fitting(document.pagePointSize(page), paper, printer.resolution())
    corner = whole.topLeft() - QPointF(printable.topLeft())
    options = QPdfDocumentRenderOptions()
    times = max(1, printer.resolution() // _ENOUGH_DOTS)
    size = (whole.size() / times).toSize()
    options.setScaledSize(size)
    for top in range(0, size.height(), _BAND_LINES):
        lines = min(_BAND_LINES, size.height() - top)
        # Qt takes the rectangle's last column and line for its width and height, one short of them;
        # without the extra dot every band would be drawn a little too small and too high.
        options.setScaledClipRect(QRect(0, top, size.width() + 1, lines + 1))
        band = _on_white(document.render(page, QSize(size.width(), lines), options))
        if band:
            place = QRectF(corner + QPointF(0, top * times), QSizeF(band.size() * times))
            painter.drawImage(place, band)


def _on_white(band: QImage) -> QImage | None:
    """Return a band without see-through dots, or nothing where it is blank.

    For the sake of see-through dots Windows would keep the whole page and draw it at once.
    """
    white = QImage(band.size(), QImage.Format.Format_RGB32)
    white.fill(QColor("white"))
    sheet = QImage(white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, band)
    painter.end()
    return None if sheet == white else sheet


def _fitting(points: QSizeF, paper: QRectF, dots_per_inch: int) -> QRectF:
    """Return where the page lies on the paper, in the printer's dots: its own size, or scaled down."""
    size = points * (dots_per_inch / 72)
    scale = min(1.0, paper.width() / size.width(), paper.height() / size.height())
    # A dot lost in rounding the paper's size is no reason to scale a whole page.
    if scale > 1 - 1 / dots_per_inch:
        scale = 1.0
    size *= scale
    left = (paper.width() - size.width()) / 2 if scale < 1 else 0.0
    return QRectF(QPointF(left, 0), size)
