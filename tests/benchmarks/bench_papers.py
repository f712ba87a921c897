"""Papers against the bare libraries: the same text, faces and base file."""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import docx
import typst
from docx.shared import Pt
from docxtpl import DocxTemplate
from form_samples import FORMS, sample_paper
from harness import Figure, paired, run
from helpers import IdCounter
from office_papers import ledger, told
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.layout import MM, Setter
from mediation_desktop.documents.matter import Matter
from mediation_desktop.documents.page import FieldLine, Line, Paper, Paragraph, Signatures, Table
from mediation_desktop.documents.pdf import write_archive, write_pdf
from mediation_desktop.services.casefiles.reader import read_case
from mediation_desktop.services.codes import load_codes
from mediation_desktop.system.ids import new_id
from mediation_desktop.system.paths import forms_folder, resource

CASES = Path(__file__).parents[1] / "data" / "cases"
NOW = datetime(2026, 6, 19, tzinfo=UTC)
_REGISTER_LINES = 5000
ROUNDS = 25
"""A paper takes milliseconds, so that a few rounds would measure the machine's other work."""


def figures() -> Iterator[Figure]:
    fonts = FontSet.bundled()
    with TemporaryDirectory() as folder:
        for face in (fonts.body, fonts.bold):
            Path(folder, face.path.name).symlink_to(face.path)
        yield from compared(fonts, folder)
    yield from every_form(fonts)
    yield register(fonts)
    yield from dossier()
    with TemporaryDirectory() as folder:
        yield from against_office(fonts, Path(folder))


def register(fonts: FontSet) -> Figure:
    """Set a register of some five hundred pages, as a township prints for a year."""
    made = ledger(_REGISTER_LINES)
    form = load_form("ledger", [forms_folder()])
    times = []
    for _ in range(3):
        begun = process_time()
        pages = write_pdf(compose(form, told(made)), fonts, now=NOW).pages
        times.append(process_time() - begun)
    detail = f"{_REGISTER_LINES} lines, {pages} pages, fonts loaded"
    return Figure("register PDF, seconds of the processor", min(times), 2.5, "at most", detail)


def dossier() -> Iterator[Figure]:
    """Assemble an electronic dossier in a process of its own: its seconds, and what it takes at its peak."""
    script = Path(__file__).with_name("electronic_dossier.py")
    done = subprocess.run([sys.executable, script], capture_output=True, check=True, text=True)
    seconds, megabytes, pages, size = (float(word) for word in done.stdout.split())
    detail = f"{pages:.0f} pages, 20 photos of 4000x3000, a file of {size:.0f} MB"
    yield Figure("electronic dossier, seconds", seconds, 3, "at most", detail)
    yield Figure("electronic dossier, MB at its peak", megabytes, 300, "at most", detail)


def every_form(fonts: FontSet) -> Iterator[Figure]:
    """The slowest of all forms against bare reportlab: as it is shown, and as it is kept for good."""
    papers = {name: sample_paper(name, IdCounter()) for name in FORMS}
    bare = {name: BareCanvas(paper, fonts).write for name, paper in papers.items()}
    kept_id = new_id()
    for what, limit, write in (
        ("shown", 1.5, lambda paper: write_pdf(paper, fonts, now=NOW)),
        ("PDF/A with codes", 2.5, lambda paper: write_archive(paper, fonts, now=NOW, paper_id=kept_id)),
    ):
        ratios = {
            name: paired(lambda paper=paper, write=write: write(paper), bare[name], ROUNDS)
            for name, paper in papers.items()
        }
        slowest = max(ratios, key=lambda name: ratios[name].value)
        told_ratios = ", ".join(f"{name} {ratio.value:.2f}" for name, ratio in ratios.items())
        detail = f"slowest: {slowest}; {ratios[slowest]}; {told_ratios}"
        yield Figure(f"any paper, {what} : bare reportlab", ratios[slowest].value, limit, "at most", detail)


def against_office(fonts: FontSet, folder: Path) -> Iterator[Figure]:
    """The usual way in offices: fill a Word template, have LibreOffice make the PDF."""
    if not shutil.which("soffice"):
        print("docxtpl + LibreOffice: not measured, LibreOffice is not installed")
        return
    paper = agreement(2)
    ours = lambda: write_archive(paper, fonts, now=NOW)  # noqa: E731
    ratio = paired(ours, WordTemplate(paper, folder).write, 3)
    detail = f"case 2, one call of LibreOffice a paper, its profile made; {ratio}"
    yield Figure("agreement PDF/A : docxtpl + LibreOffice, speed", ratio.speed, 10, "at least", detail)


def compared(fonts: FontSet, folder: str) -> Iterator[Figure]:
    for number in (1, 2):
        paper = agreement(number)
        pages = write_pdf(paper, fonts, now=NOW).pages
        detail = f"case {number}, {pages} pages, fonts loaded"
        ours = lambda paper=paper: write_pdf(paper, fonts, now=NOW)  # noqa: E731
        ratio = paired(ours, BareCanvas(paper, fonts).write, ROUNDS)
        yield Figure("agreement PDF : bare reportlab", ratio.value, 1.5, "at most", f"{detail}; {ratio}")
        ratio = paired(ours, Typesetter(paper, folder).write, ROUNDS)
        opened = f"{detail}, Typst opening them; {ratio}"
        yield Figure("agreement PDF : Typst, speed", ratio.speed, 4, "at least", opened)
        ratio = paired(lambda paper=paper: write_docx(paper, now=NOW), lambda paper=paper: bare_docx(paper))
        yield Figure("agreement DOCX : bare python-docx", ratio.value, 1.5, "at most", f"{detail}; {ratio}")


def agreement(number: int) -> Paper:
    (path,) = CASES.glob(f"case{number}-*.toml")
    codes = load_codes()
    dossier = read_case(path.read_text(encoding="utf-8"), codes, new_id).dossier
    return compose(load_form("agreement", [forms_folder()]), Matter(dossier, codes))


class BareCanvas:
    """reportlab drawing the same lines at the same places, already broken; fonts loaded beforehand."""

    def __init__(self, paper: Paper, fonts: FontSet) -> None:
        self.fonts = fonts
        for face in {fonts.body, fonts.bold, fonts.title}:
            pdfmetrics.registerFont(TTFont(f"bare-{face.name}", str(face.path)))
        parts = Setter(paper, fonts).parts()
        left, top = paper.style.page.left * MM, (paper.style.page.height - paper.style.page.top) * MM
        self.pages = [
            [
                (left + ink.x, top - (offset + ink.y) * paged.factor, ink.text, ink.style)
                for offset, box in page.boxes
                for ink in box.ink
            ]
            for paged in parts
            for page in paged.pages
        ]

    def write(self) -> bytes:
        stream = io.BytesIO()
        canvas = Canvas(stream, pageCompression=1)
        for page in self.pages:
            for x, y, text, style in page:
                canvas.setFont(f"bare-{self.fonts.face(style.face).name}", style.size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return stream.getvalue()


class Typesetter:
    """Typst setting the same text as its manual shows it: one call a paper, which opens the same two faces.

    A compiler kept from paper to paper, with its faces open, takes about a quarter of this time.
    """

    def __init__(self, paper: Paper, folder: str) -> None:
        self.folder = folder
        parts = [
            '#set page(paper: "a4", numbering: "1/1")',
            "#set page(margin: (top: 28mm, bottom: 26mm, left: 28mm, right: 26mm))",
            '#set text(font: "Noto Serif SC", size: 14pt, lang: "zh", region: "cn")',
            "#set par(justify: true, leading: 12pt, spacing: 12pt)",
        ]
        parts += [self._block(block) for block in paper.blocks]
        self.source = "\n\n".join(parts).encode()

    def _block(self, block: object) -> str:
        match block:
            case Line(text):
                return f"#text(weight: 700, {quoted(text)})"
            case Paragraph(text):
                return f"#par(first-line-indent: (amount: 2em, all: true), {quoted(text)})"
            case FieldLine(cells):
                pairs = ", ".join(f"{quoted(cell.label)}, underline({quoted(cell.value)})" for cell in cells)
                return f"#text(size: 12pt, grid(columns: {2 * len(cells)}, gutter: 6pt, {pairs}))"
            case Table(columns, rows):
                cells = ", ".join(
                    quoted(text) for row in (tuple(c.head for c in columns), *rows) for text in row
                )
                shares = ", ".join(f"{column.share}fr" for column in columns)
                return f"#text(size: 10.5pt, table(columns: ({shares}), {cells}))"
            case Signatures(rows, seal):
                lines = [line.text for row in rows for place in row for line in place.lines]
                texts = ", ".join(quoted(text) for text in (*lines, *seal))
                return f"#text(size: 12pt, grid(columns: (1fr, 1fr), gutter: 10pt, {texts}))"
        raise TypeError(block)

    def write(self) -> bytes:
        return typst.compile(self.source, font_paths=[self.folder], ignore_system_fonts=True, format="pdf")


class WordTemplate:
    """docxtpl filling every text of the paper into a Word template, LibreOffice printing it to PDF."""

    def __init__(self, paper: Paper, folder: Path) -> None:
        self.folder = folder
        self.texts = {f"t{at}": text for at, (text, _) in enumerate(paper.texts())}
        document = docx.Document(str(resource("base.docx")))
        for name in self.texts:
            document.add_paragraph(f"{{{{ {name} }}}}", style="body")
        document.save(str(folder / "template.docx"))

    def write(self) -> None:
        template = DocxTemplate(self.folder / "template.docx")
        template.render(self.texts, autoescape=True)
        template.save(self.folder / "paper.docx")
        profile = f"-env:UserInstallation=file://{self.folder}/profile"
        run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", self.folder,
             self.folder / "paper.docx"])  # fmt: skip


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bare_docx(paper: Paper) -> bytes:
    """python-docx as its manual shows it, with the same paragraphs and tables on the same base."""
    document = docx.Document(str(resource("base.docx")))
    for block in paper.blocks:
        match block:
            case Line(text, role):
                document.add_paragraph(text, style=role).paragraph_format.keep_with_next = True
            case Paragraph(text, role):
                document.add_paragraph(text, style=role).paragraph_format.first_line_indent = Pt(28)
            case FieldLine(cells):
                paragraph = document.add_paragraph(style="field")
                for cell in cells:
                    paragraph.add_run(cell.label)
                    paragraph.add_run(cell.value).underline = True
            case Table(columns, rows):
                fill(document.add_table(len(rows) + 1, len(columns)), (tuple(c.head for c in columns), *rows))
            case Signatures(rows, seal):
                texts = [["\n".join(line.text for line in place.lines) for place in row] for row in rows]
                fill(document.add_table(len(rows) + 1, 2), (*texts, ("", "\n".join(seal))))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def fill(table: object, texts: object) -> None:
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text
