"""A paper before it is PDF or DOCX: blocks of plain text in reading order."""

from typing import Literal

from msgspec import Struct

from mediation_desktop.documents.style import Style

Align = Literal["left", "center", "right"]
Holds = Literal["text", "number", "money", "day"]
"""What the texts of a column are, for a spreadsheet: 12, 1,234.50, 2026-06-19."""


class Line(Struct, frozen=True):
    """One line set apart: a title, a heading, a number.  ``role`` names its text style.

    Such a line never ends a page when ``keep`` is set.
    """

    text: str
    role: str
    align: Align = "left"
    keep: bool = True


class Cell(Struct, frozen=True):
    """A label and the value written on the rule after it; ``share`` is its part of the line's width."""

    label: str
    value: str
    share: float


class FieldLine(Struct, frozen=True):
    """Labels with values on rules, side by side; ``keep`` binds the line to what follows."""

    cells: tuple[Cell, ...]
    keep: bool = False


class Paragraph(Struct, frozen=True):
    """Running text, its first line indented by ``indent`` ems.

    With ``keep`` it stays on the page of what follows.
    """

    text: str
    role: str = "body"
    indent: float = 2
    new_page: bool = False
    keep: bool = False


class Column(Struct, frozen=True):
    """A table's column."""

    head: str
    share: float
    align: Align = "left"
    holds: Holds = "text"


class Table(Struct, frozen=True):
    """A ruled table whose head, if any column has one, returns on every page.

    The last cell of a row that has fewer than there are columns reaches to the table's edge.  ``bound``
    holds the places of the rows that stay on the page of the row after them, ``lines`` how many lines high
    each row is at least; ``role`` is the text style.  The last ``foot`` rows are sums.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    bound: frozenset[int] = frozenset()
    lines: tuple[int, ...] = ()
    role: str = "table"
    foot: int = 0

    def is_foot(self, place: int) -> bool:
        """Tell whether the row at ``place`` is one of the sums."""
        return place >= len(self.rows) - self.foot

    @property
    def heads(self) -> tuple[str, ...]:
        """The words above the columns, none at all where every one is empty."""
        heads = tuple(column.head for column in self.columns)
        return heads if any(heads) else ()

    def least_lines(self, place: int) -> int:
        """Return how many lines high a row is at least."""
        return self.lines[place] if self.lines else 1


class Frame(Struct, frozen=True):
    """A dashed frame to paste something into, ``height`` millimetres high; its words stand in its middle."""

    text: str
    height: float
    keep: bool = False


class PlaceLine(Struct, frozen=True):
    """One line of a signature place; with ``pen`` a rule follows for signature and fingerprint."""

    text: str
    pen: bool = False


class Place(Struct, frozen=True):
    """Where one person signs."""

    lines: tuple[PlaceLine, ...]


class Signatures(Struct, frozen=True):
    """Rows of signature places, if any, and at the end the lines that the seal covers.

    They stay together, with at least two lines of text above them on their page.  Where room allows, what
    comes before texts that are kept is among them, so that no page has signatures and set phrases only.
    """

    rows: tuple[tuple[Place, ...], ...]
    seal: tuple[str, ...] = ()


Block = Line | FieldLine | Paragraph | Table | Frame | Signatures


class Paper(Struct, frozen=True):
    """A whole paper with the form and version it was composed from.

    Every part begins a page and counts its own pages, as a slip for one party does.  ``footer`` holds
    ``{page}`` and ``{pages}``.  ``author`` is the committee.
    """

    form: str
    form_version: str
    title: str
    author: str
    style: Style
    footer: str
    parts: tuple[tuple[Block, ...], ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything on the paper, in reading order."""
        return tuple(block for part in self.parts for block in part)

    def texts(self) -> list[tuple[str, str]]:
        """Return every printed text in reading order, each with a word for where it stands."""
        return [(text, where) for block in self.blocks for text, where in _texts(block)]


def _texts(block: Block) -> list[tuple[str, str]]:
    match block:
        case FieldLine(cells):
            return [pair for cell in cells for pair in ((cell.label, cell.label), (cell.value, cell.label))]
        case Table():
            heads = block.heads or ("表格",) * len(block.columns)
            return [(head, head) for head in block.heads] + [
                (text, head) for row in block.rows for text, head in zip(row, heads, strict=False)
            ]
        case Signatures(rows, seal):
            places = [place for row in rows for place in row]
            signing = [(line.text, "签名处") for place in places for line in place.lines]
            return signing + [(text, "印章处") for text in seal]
        case Line(text) | Paragraph(text) | Frame(text):
            return [(text, "正文")]
