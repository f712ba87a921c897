"""Printing on a real queue of the system's print server."""

import sys
from uuid import uuid4

import pikepdf
import pytest
from cupsqueue import DUPLEX, PAPERS, running_queues
from ui.pdfpictures import A4, difference, draw, picture

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has another print server"),
]

PRINT = """
import sys
from pathlib import Path
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from mediation_desktop.services.printers import PrinterChoice, Sides
from mediation_desktop.ui.papers import ask_printer, print_pdf

app = QApplication([])
source, name, queue, sides, ranges, copies = sys.argv[1:]
pages = 3

def accept(dialog):
    if ranges:
        dialog.printer().setPageRanges(QPageRanges.fromString(ranges))
        dialog.printer().setPrintRange(QPrinter.PrintRange.PageRange)
    return QDialog.DialogCode.Accepted

QPrintDialog.exec = accept
last = PrinterChoice(queue, Sides(sides)) if queue else None
order = ask_printer(QWidget(), pages, int(copies), last)
order.printer.setResolution(300)
sent = print_pdf(
    Path(source).read_bytes(), order.printer, name=name, copies=order.copies, pages=order.pages
)
print(order.choice.name, order.choice.sides.name, order.printer.resolution(), sent)
"""


@pytest.fixture(scope="module")
def queues():
    with running_queues() as made:
        yield made


@pytest.fixture
def paper(tmp_path):
    draw(tmp_path / "paper.pdf", 3)
    return tmp_path / "paper.pdf"


def send(queues, paper, *, queue="", sides="one", ranges="", copies=1):
    """Print in a program of its own, for this one has its print server; return name and answer."""
    name = f"paper-{uuid4().hex[:12]}"
    words = [sys.executable, "-c", PRINT, paper, name, queue, sides, ranges, copies]
    return name, queues.command(*words, seconds=120).split()


def test_a_real_queue_prints_every_page_on_a4_as_the_paper_shows_it(queues, paper, tmp_path):
    name, answer = send(queues, paper)
    assert answer == [PAPERS, "ONE", "300", "3"]
    printed = queues.printed(name, tmp_path / "printed.pdf")
    with pikepdf.open(printed) as opened:
        sizes = [tuple(float(value) for value in page.mediabox[2:]) for page in opened.pages]
    assert sizes == [pytest.approx(A4, abs=1.5)] * 3
    for page in range(3):
        assert difference(picture(paper, page), picture(printed, page)) < 0.004
        assert difference(picture(paper, page), picture(printed, (page + 1) % 3)) > 0.01


def test_the_pages_chosen_in_the_dialog_are_printed_once_each(queues, paper, tmp_path):
    name, answer = send(queues, paper, ranges="1,3")
    assert answer[-1] == "2"
    printed = queues.printed(name, tmp_path / "printed.pdf")
    with pikepdf.open(printed) as opened:
        assert len(opened.pages) == 2
    assert difference(picture(paper, 2), picture(printed, 1)) < 0.004


def test_copies_both_sides_and_the_printer_used_last_reach_the_queue(queues, paper):
    name, answer = send(queues, paper, queue=DUPLEX, sides="long edge", copies=4)
    assert answer == [DUPLEX, "LONG_EDGE", "300", "12"]
    job = queues.job(name)
    assert b"two-sided-long-edge" in job
    assert b"copies\x00\x04\x00\x00\x00\x04" in job


def test_a_printer_that_is_gone_gives_way_to_the_default(queues, paper, tmp_path):
    name, answer = send(queues, paper, queue="sold-last-year", sides="long edge")
    assert answer[0] == PAPERS
    queues.printed(name, tmp_path / "printed.pdf")
