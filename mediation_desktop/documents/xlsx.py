"""Write a paper as a spreadsheet laid out as the printed one, to be counted on; the PDF is the truth.

Every part is a sheet.  Its columns are the edges of all its tables; a cell over several of them is merged.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mediation_desktop.documents.breaking import break_lines
from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.layout import MM
from mediation_desktop.documents.page import (
    Align,
    Block,
    Cell,
    FieldLine,
    Holds,
    Line,
    Paper,
    Paragraph,
    Place,
    Signatures,
    Table,
)
from mediation_desktop.documents.style import Style, TextStyle
from mediation_desktop.system.clock import wall_time

_A4 = 9
_INCH = 25.4
_PADDING = 6.0
_GRID = 12
"""Columns of a sheet without a table of as many: fields and signatures still stand side by side."""
_NEAR = 2.0
"""Edges of two tables nearer than this are one, in points."""
_TALLEST = 409.0
"""The highest row that Excel knows, in points."""
_PEN = "　＿＿＿＿＿＿＿＿"
_LONGEST_NAME = 31
_BARRED = re.compile(r"[\[\]:*?/\\']")
_NUMBER = re.compile(r"\d{1,15}")
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})*\.\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMATS: dict[Holds, str] = {"text": "@", "number": "0", "money": "#,##0.00", "day": "yyyy-mm-dd"}


class Span(Struct, frozen=True):
    """The columns of the sheet from ``first`` to ``last``, and how wide they are together, in points."""

    first: int
    last: int
    width: float


def write_xlsx(paper: Paper, fonts: FontSet, *, now: datetime) -> bytes:
    """Write a paper; nothing but the result leaves memory, and no text is ever taken for a formula."""
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True})
    moment = wall_time(now)
    book.set_properties(
        {
            "title": paper.title,
            "author": paper.author,
            "subject": f"{paper.form} {paper.form_version}",
            "created": moment,
        }
    )
    formats = _Formats(book, paper.style)
    names: list[str] = []
    for part in paper.parts:
        names.append(_name(paper, part, names))
        _Sheet(book.add_worksheet(names[-1]), paper, part, fonts, formats).write()
    book.close()
    return stream.getvalue()


def _name(paper: Paper, part: tuple[Block, ...], taken: list[str]) -> str:
    """Return what a sheet is called: the title, or of several parts what the first field of each says."""
    first = next((block.cells[0].value for block in part if isinstance(block, FieldLine)), "")
    wanted = first if len(paper.parts) > 1 and first else paper.title
    wanted = _BARRED.sub("", wanted)[:_LONGEST_NAME]
    number = 1
    name = wanted
    while name in taken:
        number += 1
        name = f"{wanted[: _LONGEST_NAME - 4]}（{number}）"
    return name


class _Formats:
    """The formats of one book, each made once."""

    def __init__(self, book: Workbook, style: Style) -> None:
        self.book = book
        self.style = style
        self.made: dict[tuple[Any, ...], Any] = {}

    def of(self, role: str, align: Align = "left", *, box: bool = False, holds: Holds = "text") -> Any:
        key = (role, align, box, holds)
        if key not in self.made:
            text = self.style.text[role]
            self.made[key] = self.book.add_format(
                {
                    "font_name": self.style.docx_face,
                    "font_size": text.size,
                    "bold": text.face == "bold",
                    "align": align,
                    "valign": "vcenter",
                    "text_wrap": True,
                    "border": int(box),
                    "num_format": _FORMATS[holds],
                }
            )
        return self.made[key]


class _Sheet:
    """Writes the blocks of one part, one below the other."""

    def __init__(
        self, sheet: Worksheet, paper: Paper, part: tuple[Block, ...], fonts: FontSet, formats: _Formats
    ) -> None:
        self.sheet = sheet
        self.paper = paper
        self.part = part
        self.fonts = fonts
        self.formats = formats
        page = paper.style.page
        self.width = (page.width - page.left - page.right) * MM
        self.edges = _edges(part, self.width)
        self.row = 0

    def write(self) -> None:
        self._set_page()
        for column, (left, right) in enumerate(zip(self.edges, self.edges[1:], strict=False)):
            self.sheet.set_column_pixels(column, column, round((right - left) * 96 / 72))
        for block in self.part:
            match block:
                case Line(text, role, align):
                    self._across(text, role, align)
                case Paragraph(text, role):
                    self._across(text, role, "left")
                case FieldLine(cells):
                    self._fields(cells)
                case Table():
                    self._table(block)
                case Signatures(rows, seal):
                    self._signatures(rows, seal)

    def _set_page(self) -> None:
        page, sheet = self.paper.style.page, self.sheet
        sheet.set_paper(_A4)
        if page.width > page.height:
            sheet.set_landscape()
        sheet.set_margins(page.left / _INCH, page.right / _INCH, page.top / _INCH, page.bottom / _INCH)
        footer = self.paper.footer.replace("&", "&&").format(page="&P", pages="&N")
        sheet.set_footer(f'&C&"{self.paper.style.docx_face}"&9 {footer}', {"margin": page.bottom / 2 / _INCH})
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)

    def _across(self, text: str, role: str, align: Align) -> None:
        (whole,) = self._spans([1])
        self._put(whole, text, self.formats.of(role, align))
        self._close([(text, self.paper.style.text[role], whole.width)], padding=0)

    def _fields(self, cells: tuple[Cell, ...]) -> None:
        texts = [f"{cell.label}：{cell.value}" if cell.label else cell.value for cell in cells]
        spans = self._spans([cell.share for cell in cells])
        for text, span in zip(texts, spans, strict=True):
            self._put(span, text, self.formats.of("field"))
        style = self.paper.style.text["field"]
        self._close([(text, style, span.width) for text, span in zip(texts, spans, strict=True)], padding=0)

    def _table(self, table: Table) -> None:
        spans = self._spans([column.share for column in table.columns])
        if sum(isinstance(block, Table) for block in self.part) == 1:
            self.sheet.repeat_rows(self.row)
            self.sheet.freeze_panes(self.row + 1, 0)
        heads = [column.head for column in table.columns]
        plain: list[tuple[Align, Holds]] = [("center", "text")] * len(heads)
        self._table_row(heads, spans, "table_head", plain)
        columns: list[tuple[Align, Holds]] = [(column.align, column.holds) for column in table.columns]
        for place, row in enumerate(table.rows):
            role = "table_head" if table.is_foot(place) else "table"
            self._table_row(row, spans, role, columns)

    def _table_row(
        self, texts: Iterable[str], spans: list[Span], role: str, columns: Iterable[tuple[Align, Holds]]
    ) -> None:
        style, said = self.paper.style.text[role], []
        for text, span, (align, what) in zip(texts, spans, columns, strict=True):
            value = _value(text, what)
            found = what if not isinstance(value, str) else "text"
            self._put(span, value, self.formats.of(role, align, box=True, holds=found))
            said.append((text, style, span.width))
        self._close(said, padding=_PADDING)

    def _signatures(self, rows: tuple[tuple[Place, ...], ...], seal: tuple[str, ...]) -> None:
        halves, style = self._spans([1, 1]), self.paper.style
        for row in rows:
            for place, half in zip(row, halves, strict=False):
                text = "\n".join(line.text + (_PEN if line.pen else "") for line in place.lines)
                self._put(half, text, self.formats.of("sign"))
            deepest = max(len(place.lines) for place in row)
            self._end_row(style.signatures.gap + style.signatures.pen + deepest * style.text["sign"].pitch)
        if seal:
            self._put(halves[1], "\n".join(seal), self.formats.of("sign", "center"))
            self._end_row(style.signatures.gap * 2 + (len(seal) + 1) * style.text["sign"].pitch)

    def _spans(self, shares: list[float]) -> list[Span]:
        """Return the columns of cells side by side: up to the edges nearest to theirs, each at least one."""
        spans, x, first = [], 0.0, 0
        for place, share in enumerate(shares):
            x += self.width * share / sum(shares)
            most = len(self.edges) - len(shares) + place
            last = min(range(first + 1, most + 1), key=lambda at, x=x: abs(self.edges[at] - x))
            spans.append(Span(first, last - 1, self.edges[last] - self.edges[first]))
            first = last
        return spans

    def _put(self, span: Span, value: str | float | datetime, form: Any) -> None:
        if span.last > span.first:
            self.sheet.merge_range(self.row, span.first, self.row, span.last, "", form)
        match value:
            case str():
                self.sheet.write_string(self.row, span.first, value, form)
            case datetime():
                self.sheet.write_datetime(self.row, span.first, value, form)
            case _:
                self.sheet.write_number(self.row, span.first, value, form)

    def _close(self, said: list[tuple[str, TextStyle, float]], *, padding: float) -> None:
        """End a row as high as the deepest of its texts: spreadsheets do not measure merged cells."""
        heights = [self._depth(text, style, width) * style.pitch for text, style, width in said]
        self._end_row(max(heights) + padding)

    def _depth(self, text: str, style: TextStyle, width: float) -> int:
        room = (width - _PADDING) / style.size / (1 + style.spread)
        face = self.fonts.face(style.face)
        return sum(len(break_lines(line, room, room, face.width)) for line in text.splitlines()) or 1

    def _end_row(self, height: float) -> None:
        self.sheet.set_row(self.row, min(height, _TALLEST))
        self.row += 1


def _edges(part: tuple[Block, ...], width: float) -> list[float]:
    """Return where the columns of a sheet begin and end, in points from the left margin.

    They are those of all tables, and of a line of fields that has more; without a table a dozen.
    """
    tables = [[column.share for column in block.columns] for block in part if isinstance(block, Table)]
    widest = max(map(len, tables), default=_GRID)
    fields = [[cell.share for cell in block.cells] for block in part if isinstance(block, FieldLine)]
    rows = tables or [[1.0] * _GRID]
    rows += [row for row in ([1.0, 1.0], *fields) if len(row) > widest]
    found = {0.0, width}
    for shares in rows:
        found.update(width * sum(shares[:at]) / sum(shares) for at in range(1, len(shares)))
    edges: list[float] = []
    for edge in sorted(found):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    edges[-1] = width
    return edges


def _value(text: str, holds: Holds) -> str | float | datetime:
    """Return a text as what its column holds; one that is none stays text."""
    if holds == "number" and _NUMBER.fullmatch(text):
        return int(text)
    if holds == "money" and _MONEY.fullmatch(text):
        return int(re.sub(r"[,.]", "", text)) / 100
    if holds == "day" and _DAY.fullmatch(text):
        return datetime.fromisoformat(text)
    return text
