import io
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from ui.access import unnamed_controls
from ui.pdfpictures import A4, difference, draw, picture
from ui.shown import activate

from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.printers import PrinterChoice, Sides
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.operations import Operation, OperationCancelled
from mediation_desktop.ui.papers import PaperPreview, ask_printer, print_pdf


@pytest.fixture
def paper(tmp_path):
    return draw(tmp_path / "paper.pdf", 3)


@pytest.fixture
def printer(tmp_path):
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    made.setResolution(300)
    return made


def test_what_is_printed_looks_like_the_paper(paper, printer, tmp_path):
    assert print_pdf(paper, printer) == 3
    with pikepdf.open(tmp_path / "printed.pdf") as printed:
        assert len(printed.pages) == 3
        for page in printed.pages:
            width, height = (float(value) for value in page.mediabox[2:])
            assert (width, height) == pytest.approx(A4, abs=1.5)
    for page in range(3):
        source, printed = picture(tmp_path / "paper.pdf", page), picture(tmp_path / "printed.pdf", page)
        assert difference(source, printed) < 0.004
        assert difference(source, picture(tmp_path / "paper.pdf", (page + 1) % 3)) > 0.01


def test_a_finer_printer_prints_the_same(printer, tmp_path):
    printer.setResolution(1200)
    one = draw(tmp_path / "paper.pdf", 1)
    print_pdf(one, printer)
    assert difference(picture(tmp_path / "paper.pdf", 0), picture(tmp_path / "printed.pdf", 0)) < 0.005


def test_pages_and_copies_are_those_asked_for(paper, printer, tmp_path):
    assert print_pdf(paper, printer, pages=[2], copies=2) == 2
    with pikepdf.open(tmp_path / "printed.pdf") as printed:
        pages = len(printed.pages)
    assert pages == (1 if printer.supportsMultipleCopies() else 2)
    source = picture(tmp_path / "paper.pdf", 2)
    assert difference(source, picture(tmp_path / "printed.pdf", pages - 1)) < 0.004


def test_a_lying_page_is_printed_lying(printer, tmp_path):
    lying = draw(tmp_path / "paper.pdf", 1, (A4[1], A4[0]))
    print_pdf(lying, printer)
    assert difference(picture(tmp_path / "paper.pdf", 0), picture(tmp_path / "printed.pdf", 0)) < 0.004


def test_bytes_that_are_no_paper_are_refused(printer, tmp_path):
    with pytest.raises(UserError):
        print_pdf(b"not a paper", printer)
    assert not (tmp_path / "printed.pdf").exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_is_told_with_advice(paper, printer, tmp_path):
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    with pytest.raises(EnvironmentProblem):
        print_pdf(paper, printer)


def test_printing_runs_in_the_worker_and_can_be_stopped(paper, printer, operations):
    told = []
    operations.advanced.connect(lambda _operation, done, total, _text: told.append((done, total)))
    operations.submit(Operation(lambda progress: print_pdf(paper, printer, progress=progress)))
    assert operations.drain()
    assert told[-1] == (3, 3)

    class Stopped:
        def report(self, *_):
            raise OperationCancelled

    with pytest.raises(OperationCancelled):
        print_pdf(paper, printer, progress=Stopped())


MEASURE = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from mediation_desktop.ui.papers import print_pdf

app = QApplication([])
source, target = sys.argv[1:]

def most():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])

class Watch:
    after = []
    def report(self, *_):
        self.after.append(most())

def printer(resolution):
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(target)
    made.setResolution(resolution)
    return made

data = Path(source).read_bytes()
print_pdf(data, printer(72), pages=[0])
before = most()
print_pdf(data, printer(600), progress=Watch())
print(len(Watch.after), Watch.after[1] - before, Watch.after[-1] - Watch.after[1])
"""
PHOTO_PAGES = 60
MOST_FOR_A_PAGE, MOST_GROWTH = 40_000, 8_000
"""Kilobytes at the peak: for a page of 139 MB at 600 dots, and for all that follow, with 60 MB of photos."""


def draw_photos(path):
    """Draw a page for each of many photos, no two alike, as large in bytes as an attached photo is."""
    canvas = Canvas(str(path), pagesize=A4, initialFontName="Times-Roman")
    for _ in range(PHOTO_PAGES):
        jpeg = io.BytesIO()
        Image.effect_noise((900, 1200), 80).convert("RGB").save(jpeg, "JPEG", quality=90)
        canvas.drawImage(ImageReader(jpeg), 70, 400, 60, 80)
        canvas.showPage()
    canvas.save()
    return path.stat().st_size


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory a program holds")
def test_sixty_pages_of_photos_at_600_dots_take_no_more_memory_than_the_first(tmp_path):
    assert draw_photos(tmp_path / "photos.pdf") > 4 * MOST_GROWTH * 1024
    arguments = [sys.executable, "-c", MEASURE, str(tmp_path / "photos.pdf"), str(tmp_path / "out.pdf")]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    pages, for_a_page, growth = (int(word) for word in ran.stdout.split())
    assert pages == PHOTO_PAGES
    assert for_a_page < MOST_FOR_A_PAGE
    assert growth < MOST_GROWTH


def test_the_print_dialog_passes_on_pages_and_copies(qtbot, monkeypatch):
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    order = ask_printer(parent, 5, copies=3)
    assert order.pages == (0, 1, 2, 3, 4)
    assert order.copies == 3
    assert order.choice == PrinterChoice(order.printer.printerName(), Sides.ONE)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: QDialog.DialogCode.Rejected)
    assert ask_printer(parent, 5) is None


def test_pages_chosen_with_gaps_are_not_filled_up(qtbot, monkeypatch):
    def choose(dialog):
        dialog.printer().setPageRanges(QPageRanges.fromString("1-2,5"))
        return QDialog.DialogCode.Accepted

    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrintDialog, "exec", choose)
    assert ask_printer(parent, 5).pages == (0, 1, 4)


def test_a_sheet_printed_on_both_sides_is_not_ended_between_pages(paper, printer, monkeypatch):
    set_before = []
    kept = QPrinter.setPageLayout
    monkeypatch.setattr(
        QPrinter, "setPageLayout", lambda self, layout: set_before.append(layout) or kept(self, layout)
    )
    print_pdf(paper, printer)
    assert len(set_before) == 1


@pytest.fixture
def preview(qtbot, paper):
    made = PaperPreview()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    activate(qtbot, made)
    made.show_pdf(paper)
    return made


def test_the_preview_shows_the_paper_and_says_which_page(preview, qtbot):
    assert preview.page_count == 3
    assert preview.view.accessibleName() == "文书预览 第 1 页，共 3 页"
    assert "Page 2" in preview.text()
    assert "Page 2" in preview.view.accessibleDescription()
    preview.view.setFocus()
    qtbot.keyClick(preview.view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: preview.page == 2)
    assert "第 2 页" in preview._pages.text()
    qtbot.keyClick(preview.view, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: preview.page == 1)


def test_the_preview_zooms_and_fits_again(preview, qtbot):
    fitting = preview.view.zoomFactor()
    preview.zoom_in()
    assert preview.view.zoomFactor() == pytest.approx(fitting * 1.25)
    preview.resize(900, 500)
    assert preview.view.zoomFactor() == pytest.approx(fitting * 1.25)
    for _ in range(20):
        preview.zoom_out()
    assert preview.view.zoomFactor() == pytest.approx(0.25)
    preview.fit()
    preview.resize(500, 500)
    qtbot.wait(20)
    assert preview.view.zoomFactor() < fitting


def test_the_preview_shows_another_paper_and_none(preview, tmp_path):
    preview.show_pdf(draw(tmp_path / "other.pdf", 1))
    assert preview.page_count == 1
    preview.clear()
    assert preview.page_count == 0
    with pytest.raises(UserError):
        preview.show_pdf(b"nothing")


def test_every_control_of_the_preview_has_a_name(preview):
    assert unnamed_controls(preview) == []
