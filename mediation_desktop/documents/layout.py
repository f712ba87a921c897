"""Set a paper: blocks become boxes with ink and rules at fixed places, boxes become pages.

All lengths are points; within a box, x runs from the left margin and y down from the box's top.
"""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from mediation_desktop.documents.breaking import break_lines
from mediation_desktop.documents.fonts import SLOT, Face, FontSet
from mediation_desktop.documents.page import (
    Align,
    Block,
    FieldLine,
    Frame,
    Line,
    Paper,
    Paragraph,
    Place,
    Signatures,
    Table,
)
from mediation_desktop.documents.style import Style, TextStyle

MM = 72 / 25.4
_PADDING = 3.0
_LABEL_GAP = 4.0
_CELL_GAP = 8.0
_GUTTER = 20.0
_LEAST_PEN = 72.0
_ROW_CHUNK = 6
_DASH = 4.0
"""The length of a dash, and of the gap after it."""
_BASELINE = 0.38
"""From the middle of the em box down to the baseline, in ems (ascent 0.88, descent 0.12)."""
_MOST_SPREAD = 0.09
"""The widest gap that justifying may add, in ems: readers take 0.1 for a space between words."""


class Ink(Struct):
    """A text at a place: ``x`` its start, ``y`` its baseline; ``spread`` is added after each character."""

    x: float
    y: float
    text: str
    style: TextStyle
    spread: float = 0


class Rule(Struct):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


class Box(Struct):
    """Something that is never split: ``gap`` is the space above it unless it starts a page.

    ``keep`` binds it to the next box, ``head`` returns above it when it starts a page.
    """

    height: float
    gap: float = 0
    ink: list[Ink] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    keep: bool = False
    new_page: bool = False
    head: "Box | None" = None


class Page(Struct):
    """Boxes with their distance from the top margin."""

    boxes: list[tuple[float, Box]] = field(default_factory=list)
    used: float = 0

    def put(self, box: Box) -> None:
        """Add a box below the others."""
        top = self.used + (box.gap if self.boxes else 0)
        self.boxes.append((top, box))
        self.used = top + box.height


class Setter:
    """Turns the blocks of one paper into boxes."""

    def __init__(self, paper: Paper, fonts: FontSet) -> None:
        self.paper = paper
        self.style: Style = paper.style
        self.fonts = fonts
        self.width = (self.style.page.width - self.style.page.left - self.style.page.right) * MM
        self.height = (self.style.page.height - self.style.page.top - self.style.page.bottom) * MM
        self.wishes: list[Box] = []
        chars = set(f"{paper.footer}{SLOT}0123456789").union(*(text for text, _ in paper.texts()))
        self.slots = str.maketrans(fonts.stand_ins(chars))
        self.rare = fonts.rare(chars)

    def parts(self) -> "list[Paged]":
        """Return every part of the paper as pages."""
        return [self._pages(part) for part in self.paper.parts]

    def _pages(self, blocks: tuple[Block, ...]) -> "Paged":
        self.wishes = []
        boxes = self._boxes(blocks)
        best = self._fewest_pages(boxes)
        if best.torn and self.wishes:
            for box in self.wishes:
                box.keep = False
            best = self._fewest_pages(boxes)
        return best

    def _fewest_pages(self, boxes: list[Box]) -> "Paged":
        loose, *tighter = self.style.tighten
        plain = paginate(boxes, self.height, loose)
        if len(plain.pages) == 1:
            return plain
        fewer = len(plain.pages) - 1
        tried = [plain, *(paginate(boxes, self.height, factor) for factor in tighter)]
        return min(tried, key=lambda paged: (paged.torn, max(len(paged.pages), fewer)))

    def _boxes(self, blocks: tuple[Block, ...]) -> list[Box]:
        boxes: list[Box] = []
        after = 0.0
        for block in blocks:
            if isinstance(block, Signatures):
                self.wishes += _bind_text(boxes)
            made = list(self._set(block))
            if not made:  # signature places for nobody
                continue
            made[0].gap += after
            after = self.style.text["table"].after if isinstance(block, Table) else 0
            boxes += made
        return boxes

    def _set(self, block: Block) -> Iterator[Box]:
        match block:
            case Line():
                yield from self._line(block)
            case FieldLine():
                yield self._fields(block)
            case Paragraph():
                yield from self._paragraph(block)
            case Table():
                yield from self._table(block)
            case Frame():
                yield self._frame(block)
            case Signatures():
                yield from self._signatures(block)

    def _face(self, style: TextStyle) -> Face:
        return self.fonts.face(style.face)

    def _measured(self, text: str, style: TextStyle) -> float:
        return (self._face(style).width(text) + style.spread * max(len(text) - 1, 0)) * style.size

    def _lines(self, text: str, style: TextStyle, width: float, indent: float = 0) -> list[str]:
        """Break a text into lines of ``width``, the first shorter by ``indent``."""
        room = width / style.size + 0.001
        text = text.translate(self.slots) if self.slots else text
        return break_lines(text, room - indent / style.size, room, self._face(style).width)

    def _ink(self, text: str, style: TextStyle, x: float, top: float, spread: float = 0) -> Ink:
        return Ink(x, top + style.pitch / 2 + _BASELINE * style.size, text, style, spread)

    def _aligned(self, lines: list[str], style: TextStyle, x: float, width: float, align: Align) -> list[Ink]:
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        return [
            self._ink(
                line, style, x + share * (width - self._measured(line, style)) if share else x,
                row * style.pitch,
                style.spread * style.size,
            )
            for row, line in enumerate(lines)
        ]  # fmt: skip

    def _line(self, block: Line) -> Iterator[Box]:
        style = self.style.text[block.role]
        lines = self._lines(block.text, style, self.width / (1 + style.spread))
        ink = self._aligned(lines, style, 0, self.width, block.align)
        yield Box(len(lines) * style.pitch, style.before, ink, keep=block.keep)

    def _fields(self, block: FieldLine) -> Box:
        cells = block.cells
        style = self.style.text["field"]
        shares = sum(cell.share for cell in cells)
        ink: list[Ink] = []
        rules: list[Rule] = []
        x, rows = 0.0, 1
        for cell in cells:
            width = self.width * cell.share / shares
            end = x + width - (_CELL_GAP if cell is not cells[-1] else 0)
            start = x + (self._measured(cell.label, style) + _LABEL_GAP if cell.label else 0)
            lines = self._lines(cell.value, style, end - start - _LABEL_GAP)
            ink.append(self._ink(cell.label, style, x, 0))
            for row, line in enumerate(lines):
                ink.append(self._ink(line, style, start + _LABEL_GAP / 2, row * style.pitch))
                base = row * style.pitch + style.pitch / 2 + style.size * 0.68
                rules.append(Rule(start, base, end, base))
            rows = max(rows, len(lines))
            x += width
        return Box(rows * style.pitch, style.before, ink, rules, keep=block.keep)

    def _paragraph(self, block: Paragraph) -> Iterator[Box]:
        style = self.style.text[block.role]
        indent = block.indent * style.size
        lines = self._lines(block.text, style, self.width, indent)
        last = len(lines) - 1
        for row, line in enumerate(lines):
            x = indent if row == 0 else 0
            spread = 0.0
            if row < last and len(line) > 1:
                left_over = self.width - x - self._measured(line, style)
                spread = max(0.0, min(left_over / (len(line) - 1), _MOST_SPREAD * style.size))
            yield Box(
                style.pitch,
                style.before if row == 0 else 0,
                [self._ink(line, style, x, 0, spread)],
                keep=block.keep or (last > 0 and row in (0, last - 1)),
                new_page=block.new_page and row == 0,
            )

    def _table(self, block: Table) -> Iterator[Box]:
        shares = sum(column.share for column in block.columns)
        edges = [0.0]
        for column in block.columns:
            edges.append(edges[-1] + self.width * column.share / shares)
        aligns: list[Align] = [column.align for column in block.columns]
        head_style, style = self.style.text["table_head"], self.style.text[block.role]
        gap = self.style.text["table"].before
        head = None
        if block.heads:
            centred: list[Align] = ["center"] * len(block.heads)
            (head,) = self._row(block.heads, head_style, edges, centred, whole=True)
            head.keep = True
            yield replace(head, gap=gap)
        for place, row in enumerate(block.rows):
            written = head_style if block.is_foot(place) else style
            for box in self._row(row, written, edges, aligns, block.least_lines(place)):
                box.head = head
                box.keep = place in block.bound
                box.gap = gap if not (head or place) else 0
                yield box
                gap = 0

    def _row(
        self,
        texts: tuple[str, ...],
        style: TextStyle,
        edges: list[float],
        aligns: list[Align],
        least: int = 1,
        *,
        whole: bool = False,
    ) -> Iterator[Box]:
        """Set a row; the last cell of a short one reaches to the edge."""
        edges = [*edges[: len(texts)], edges[-1]]
        spans = list(zip(texts, edges, edges[1:], aligns, strict=False))
        cells = [self._lines(text, style, right - left - 2 * _PADDING) for text, left, right, _ in spans]
        rows = max(least, *map(len, cells))
        chunk = rows if whole else max(least, _ROW_CHUNK)
        for start in range(0, rows, chunk):
            count = min(chunk, rows - start)
            height = count * style.pitch + 2 * _PADDING
            box = Box(height)
            for lines, (_, left, right, align) in zip(cells, spans, strict=True):
                inner = right - left - 2 * _PADDING
                part = lines[start : start + count]
                for ink in self._aligned(part, style, left + _PADDING, inner, align):
                    ink.y += _PADDING + (count - len(part)) * style.pitch / 2
                    box.ink.append(ink)
            box.rules = [Rule(edge, 0, edge, height) for edge in edges]
            box.rules += [Rule(edges[0], y, edges[-1], y) for y in (0, height)]
            yield box

    def _frame(self, block: Frame) -> Box:
        style, height = self.style.text["table"], block.height * MM
        lines = self._lines(block.text, style, self.width - 2 * _PADDING)
        ink = self._aligned(lines, style, _PADDING, self.width - 2 * _PADDING, "center")
        for one in ink:
            one.y += (height - len(lines) * style.pitch) / 2
        corners = ((0, 0), (self.width, 0), (self.width, height), (0, height), (0, 0))
        rules = [dash for start, end in pairwise(corners) for dash in _dashes(start, end)]
        return Box(height, style.before + style.after, ink, rules, keep=block.keep)

    def _signatures(self, block: Signatures) -> list[Box]:
        boxes = [self._place_row(row) for row in block.rows]
        if block.seal:
            seal = self._seal(block.seal)
            if block.rows and len(block.rows[-1]) == 1:
                _beside(boxes[-1], seal)
            else:
                boxes.append(seal)
        for box in boxes[:-1]:
            box.keep = True
        return boxes

    def _place_row(self, places: tuple[Place, ...]) -> Box:
        width = (self.width - _GUTTER) / 2
        starts = (0.0, width + _GUTTER)
        cells = [self._place(place, x, width) for place, x in zip(places, starts, strict=False)]
        height = max(cell.height for cell in cells)
        row = Box(height, self.style.signatures.gap)
        for cell in cells:
            lower = height - cell.height
            row.ink += cell.ink[:1] + [replace(ink, y=ink.y + lower) for ink in cell.ink[1:]]
            row.rules += [Rule(r.x1, r.y1 + lower, r.x2, r.y2 + lower) for r in cell.rules]
        return row

    def _place(self, place: Place, x: float, width: float) -> Box:
        style = self.style.text["sign"]
        box = Box(0)
        for line in place.lines:
            lines = self._lines(line.text, style, width)
            if line.pen and width - self._measured(lines[-1], style) < _LEAST_PEN:
                lines.append("")
            for text in lines:
                writing = line.pen and text is lines[-1]
                pitch = self.style.signatures.pen if writing else style.pitch
                ink = self._ink(text, style, x, box.height + pitch - style.pitch)
                box.ink.append(ink)
                box.height += pitch
                if writing:
                    start = x + self._measured(text, style) + _LABEL_GAP
                    box.rules.append(Rule(start, ink.y + 3, x + width, ink.y + 3))
        return box

    def _seal(self, lines: tuple[str, ...]) -> Box:
        half = self.width / 2
        style = self.style.text["sign"]
        set_lines = [part for line in lines for part in self._lines(line, style, half)]
        ink = self._aligned(set_lines, style, half, half, "center")
        return Box(len(set_lines) * style.pitch, 2 * self.style.signatures.gap, ink)


def _dashes(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    """Yield the dashes of a straight line, the first and the last at its ends."""
    (x1, y1), (x2, y2) = start, end
    count = max(1, round((abs(x2 - x1) + abs(y2 - y1)) / _DASH / 2))
    for place in range(count + 1):
        at, to = 2 * place / (2 * count + 1), (2 * place + 1) / (2 * count + 1)
        yield Rule(x1 + (x2 - x1) * at, y1 + (y2 - y1) * at, x1 + (x2 - x1) * to, y1 + (y2 - y1) * to)


def _bind_text(boxes: list[Box]) -> list[Box]:
    """Bind the last two lines, and of the boxes that were free the last two; return those bound as a wish."""
    near = boxes[-2:]
    free = [box for box in near if not box.keep]
    for box in near:
        box.keep = True
    if len(free) == len(near):
        return []
    for box in reversed(boxes):
        if box.new_page:
            return []
        if not box.keep:
            box.keep = True
            return [box]
    return []


def _beside(row: Box, seal: Box) -> None:
    """Put the seal's lines into the empty right half of the last row."""
    height = max(row.height, seal.height + seal.gap)
    for ink in seal.ink:
        ink.y += height - seal.height
    row.height = height
    row.ink += seal.ink


class Paged(Struct):
    """Pages whose heights are all to be multiplied by ``factor``.

    ``torn`` counts the bound groups that had to be parted because they exceed a page.
    """

    pages: list[Page]
    factor: float
    torn: int


def paginate(boxes: list[Box], height: float, factor: float = 1) -> Paged:
    """Share boxes out to pages of ``height``, all of them drawn smaller by ``factor``.

    Bound boxes stay together unless they exceed a page.
    """
    height /= factor
    pages = [Page()]
    torn = 0
    for unit in _units(boxes):
        needed = sum(box.gap + box.height for box in unit)
        page = pages[-1]
        if page.boxes and (unit[0].new_page or page.used + needed > height):
            pages.append(Page())
        for box in unit:
            page = pages[-1]
            if page.boxes and page.used + box.gap + box.height > height:
                page = Page()
                pages.append(page)
                torn += 1
            if not page.boxes and box.head is not None:
                page.put(box.head)
            page.put(box)
    return Paged(pages, factor, torn)


def _units(boxes: list[Box]) -> Iterator[list[Box]]:
    unit: list[Box] = []
    for box in boxes:
        unit.append(box)
        if not box.keep:
            yield unit
            unit = []
    if unit:
        yield unit
