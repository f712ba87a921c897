"""Write a paper as PDF.  This file is the truth: preview shows it and print prints it."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from uuid import UUID

import msgspec
from msgspec import Struct
from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from mediation_desktop.documents.fonts import Face, FontSet
from mediation_desktop.documents.layout import MM, Ink, Page, Setter
from mediation_desktop.documents.page import Paper
from mediation_desktop.domain.papercode import PaperCode, paper_code
from mediation_desktop.system.clock import wall_time

rl_config.useA85 = 0
"""Streams as plain bytes: base 85 makes files a quarter larger and is slow."""


class PdfPaper(Struct, frozen=True):
    """A finished PDF and how many pages it has."""

    data: bytes
    pages: int


def write_pdf(paper: Paper, fonts: FontSet, *, now: datetime) -> PdfPaper:
    """Set a paper; the same paper, faces and ``now`` give the same bytes.

    A character that no face has becomes a slot for the pen (``missing_characters`` tells beforehand).
    """
    return write_together((paper,), fonts, now=now)


def write_together(papers: Sequence[Paper], fonts: FontSet, *, now: datetime) -> PdfPaper:
    """Set papers of one size one after the other in one file, which is called like the first of them."""
    return _written(papers, fonts, now, None)


def write_archive(paper: Paper, fonts: FontSet, *, now: datetime, paper_id: UUID | None = None) -> PdfPaper:
    """Set a paper to be kept for good, as PDF/A-2u; with ``paper_id`` every page bears its code.

    The text stands exactly where ``write_pdf`` puts it.
    """
    from mediation_desktop.documents.archive import About, archived  # noqa: PLC0415 - slow to load, seldom used

    code = paper_code(paper_id, content_of(paper)) if paper_id else None
    plain = _written((paper,), fonts, now, code)
    about = About(paper.title, paper.author, f"{paper.form} {paper.form_version}")
    return PdfPaper(archived(plain.data, about, code, now), plain.pages)


def content_of(paper: Paper) -> bytes:
    """Return everything that a paper says and how it looks, of which its code holds a digest."""
    return msgspec.json.encode(paper, order="deterministic")


def _written(papers: Sequence[Paper], fonts: FontSet, now: datetime, code: PaperCode | None) -> PdfPaper:
    stream = BytesIO()
    canvas = canvas_for(stream, papers[0], fonts, now)
    pages = sum(draw_paper(canvas, paper, fonts, code) for paper in papers)
    canvas.save()
    return PdfPaper(stream.getvalue(), pages)


def draw_paper(canvas: Canvas, paper: Paper, fonts: FontSet, code: PaperCode | None) -> int:
    """Draw a paper, every page with its code if it has one, and return how many pages it took."""
    setter = Setter(paper, fonts)
    parts = setter.parts()
    printed = 0
    for paged in parts:
        count = len(paged.pages)
        for number, page in enumerate(paged.pages, 1):
            printed += 1
            _draw(canvas, setter, page, paged.factor, paper.footer.format(page=number, pages=count))
            if code:
                _draw_code(canvas, paper, code.on_page(printed))
            canvas.showPage()
    return printed


def _draw_code(canvas: Canvas, paper: Paper, code: PaperCode) -> None:
    from mediation_desktop.documents.codes import drawn  # noqa: PLC0415 - slow to load, seldom used

    canvas.addLiteral(drawn(code, paper.style.page.width))


def canvas_for(stream: BytesIO, paper: Paper, fonts: FontSet, now: datetime) -> Canvas:
    """Return an empty file called after a paper, of its size."""
    sheet = paper.style.page
    canvas = Canvas(
        stream,
        pagesize=(sheet.width * MM, sheet.height * MM),
        pageCompression=1,
        invariant=True,
        initialFontName=fonts.body.font.fontName,  # pyright: ignore[reportArgumentType] - stubs say float
        lang="zh-CN",
    )
    canvas.setTitle(paper.title)
    canvas.setAuthor(paper.author)
    canvas.setSubject(f"{paper.form} {paper.form_version}")
    canvas.setCreator("平安调解工作台")
    canvas.setProducer("平安调解工作台")
    moment = wall_time(now)
    canvas.setDateFormatter(lambda *_: f"D:{moment:%Y%m%d%H%M%S}+08'00'")
    return canvas


def _draw(canvas: Canvas, setter: Setter, page: Page, factor: float, footer: str) -> None:
    style = setter.style
    left, top = style.page.left * MM, (style.page.height - style.page.top) * MM
    pen = Pen(canvas, setter)
    rules: dict[str, None] = {}
    for offset, box in page.boxes:
        for ink in box.ink:
            pen.write(ink, left + ink.x, top - (offset + ink.y) * factor)
        for rule in box.rules:
            y1, y2 = top - (offset + rule.y1) * factor, top - (offset + rule.y2) * factor
            rules[f"{left + rule.x1:.2f} {y1:.2f} m {left + rule.x2:.2f} {y2:.2f} l"] = None
    small = style.text["footer"]
    x = left + (setter.width - setter.fonts.face(small.face).width(footer) * small.size) / 2
    pen.write(Ink(0, 0, footer, small), x, style.page.bottom * MM / 2)
    canvas.addLiteral("\n".join(["BT", *pen.code, "ET", f"{style.rule} w", *rules, "S"]))


class Pen:
    """Writes texts as page content (ISO 32000-1, 9.4); reportlab's own text object takes twice as long."""

    def __init__(self, canvas: Canvas, setter: Setter) -> None:
        # The face keeps its subsets by document, which reportlab's canvas shows to nobody.
        self.document: PDFDocument = canvas._doc  # noqa: SLF001  # pyright: ignore[reportAttributeAccessIssue]
        self.setter = setter
        self.code: list[str] = []
        self.font = ""
        self.spread = 0.0

    def write(self, ink: Ink, x: float, y: float) -> None:
        """Write a text with its baseline starting at a point of the page."""
        if not ink.text:
            return
        self.code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        if ink.spread != self.spread:
            self.spread = ink.spread
            self.code.append(f"{ink.spread:.3f} Tc")
        face = self.setter.fonts.face(ink.style.face)
        plain = self.setter.rare.isdisjoint(ink.text)
        for chosen, text in [(face, ink.text)] if plain else self.setter.fonts.runs(ink.text, face):
            self._show(chosen, text, ink.style.size)

    def _show(self, face: Face, text: str, size: float) -> None:
        for subset, codes in face.font.splitString(text, self.document):
            font = f"{face.font.getSubsetInternalName(subset, self.document)} {size:g} Tf"
            if font != self.font:
                self.font = font
                self.code.append(font)
            self.code.append(f"<{codes.hex()}> Tj")
