"""Write a paper as PDF.  This file is the truth: preview shows it and print prints it."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.layout import MM, Ink, Page, Setter
from mediation_desktop.documents.page import Paper
from mediation_desktop.system.clock import wall_time


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """A finished PDF and how many pages it has."""

    data: bytes
    pages: int


def write_pdf(paper: Paper, fonts: FontSet, *, now: datetime) -> PdfPaper:
    """Set a paper; the same paper, faces and ``now`` give the same bytes.

    A character that no face has becomes a slot for the pen (``missing_characters`` tells beforehand).
    """
    setter = Setter(paper, fonts)
    pages = setter.pages()
    stream = BytesIO()
    canvas = _canvas(stream, paper, fonts, now)
    for number, page in enumerate(pages, 1):
        _draw(canvas, setter, page, paper.footer.format(page=number, pages=len(pages)))
        canvas.showPage()
    canvas.save()
    return PdfPaper(stream.getvalue(), len(pages))


def _canvas(stream: BytesIO, paper: Paper, fonts: FontSet, now: datetime) -> Canvas:
    for face in (fonts.body, fonts.bold):
        pdfmetrics.registerFont(face.font)
    sheet = paper.style.page
    canvas = Canvas(
        stream,
        pagesize=(sheet.width * MM, sheet.height * MM),
        pageCompression=1,
        invariant=True,
        initialFontName=fonts.body.name,  # pyright: ignore[reportArgumentType] - stubs say float
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


def _draw(canvas: Canvas, setter: Setter, page: Page, footer: str) -> None:
    style = setter.style
    left, top = style.page.left * MM, (style.page.height - style.page.top) * MM
    canvas.setLineWidth(style.rule)
    text = canvas.beginText()
    rules: list[tuple[float, float, float, float]] = []
    for offset, box in page.boxes:
        base = top - offset
        for ink in box.ink:
            _write(text, setter, ink, left + ink.x, base - ink.y)
        rules += [(left + r.x1, base - r.y1, left + r.x2, base - r.y2) for r in box.rules]
    small = style.text["footer"]
    x = left + (setter.width - setter.fonts.face(small.face).width(footer) * small.size) / 2
    _write(text, setter, Ink(0, 0, footer, small), x, style.page.bottom * MM / 2)
    canvas.drawText(text)
    canvas.lines(rules)


def _write(text: PDFTextObject, setter: Setter, ink: Ink, x: float, y: float) -> None:
    if not ink.text:
        return
    face = setter.fonts.face(ink.style.face)
    text.setTextOrigin(x, y)
    text.setCharSpace(ink.spread)
    runs = [(face, ink.text)] if setter.rare.isdisjoint(ink.text) else setter.fonts.runs(ink.text, face)
    for chosen, part in runs:
        pdfmetrics.registerFont(chosen.font)
        text.setFont(chosen.name, ink.style.size)
        text.textOut(part)
