"""Write a paper as DOCX, for those who must edit it; the PDF is the truth."""

import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from msgspec.structs import replace

from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.layout import Setter
from mediation_desktop.documents.page import (
    Block,
    FieldLine,
    Frame,
    Line,
    Paper,
    Paragraph,
    Place,
    PlaceLine,
    Signatures,
    Table,
)
from mediation_desktop.documents.style import TextStyle
from mediation_desktop.system.clock import wall_time
from mediation_desktop.system.paths import resource

_FOOTER_PART = re.compile(r"(\{pages?\})")
_MM = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
_GAP = 160
"""Between two fields or two signature places, in twentieths of a point."""
_LAST = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{section}</w:pPr></w:p>'
"""Word wants a paragraph after a table; this one takes a point of room, and ends a section where it must."""
_TABULAR = (Table, Frame, Signatures)
_BETWEEN = '<w:p><w:pPr><w:keepNext/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
"""Word makes one table of two that touch; this keeps them apart."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_DASHED = _BORDERS.replace("single", "dashed")
_CELL_PADDING = 120
"""Above and below the lines of a ruled cell together, in twentieths of a point."""


def write_docx(paper: Paper, *, now: datetime, fonts: FontSet | None = None) -> bytes:
    """Write a paper, as tight as its PDF; the same paper, faces and ``now`` give the same bytes.

    The file names the faces that an office chose for its papers, else the style's, for nobody has those
    that came with the program; none is embedded.
    """
    fonts = fonts or FontSet.bundled()
    factor = min(part.factor for part in Setter(paper, fonts).parts())
    paper = replace(paper, style=paper.style.tightened(factor))
    document = Document(str(resource("base.docx")))
    _set_styles(document, paper, fonts)
    _set_page(document, paper)
    _fill(document, _Writer(paper, factor).body(_section(document, paper)))
    moment = wall_time(now)
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, paper.author, "zh-CN"
    properties.subject = f"{paper.form} {paper.form_version}"
    properties.created = properties.modified = moment
    stream = BytesIO()
    document.save(stream)
    return _dated(stream, moment)


def _fill(document: DocumentType, text: str) -> None:
    """Put the text before the last section's properties; moving long tables there takes minutes."""
    before, mark, after = serialize_part_xml(document.element).rpartition(b"<w:sectPr")
    document.part._element = parse_xml(before + text.encode() + mark + after)  # noqa: SLF001 - nothing offers it


def _set_styles(document: DocumentType, paper: Paper, fonts: FontSet) -> None:
    for role, style in paper.style.text.items():
        element = document.styles[role].element
        element.append(parse_xml(_paragraph_format(style)))
        word = fonts.face(style.face).word
        bold = style.face != "body" and not word
        element.append(parse_xml(_run_format(style, word or paper.style.docx_face, bold=bold)))


def _paragraph_format(style: TextStyle) -> str:
    before, line = round(style.before * 20), round(style.pitch * 20)
    return (
        f'<w:pPr {nsdecls("w")}><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="{before}" w:after="0" w:line="{line}" w:lineRule="exact"/></w:pPr>'
    )


def _run_format(style: TextStyle, face: str, *, bold: bool) -> str:
    size, spread = round(style.size * 2), round(style.spread * style.size * 20)
    return (
        f"<w:rPr {nsdecls('w')}>"
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
        f"{'<w:b/>' if bold else ''}"
        f'<w:spacing w:val="{spread}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def _set_page(document: DocumentType, paper: Paper) -> None:
    page, section = paper.style.page, document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    if page.width > page.height:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.footer_distance = Mm(page.bottom / 2) - Pt(paper.style.text["footer"].pitch)
    footer = section.footer.paragraphs[0]._p  # noqa: SLF001 - python-docx offers no fields
    total = "NUMPAGES" if len(paper.parts) == 1 else "SECTIONPAGES"
    fields = {"{page}": _page_field("PAGE"), "{pages}": _page_field(total)}
    parts = "".join(fields.get(part) or _run(part) for part in _FOOTER_PART.split(paper.footer))
    for element in parse_xml(f"<w:p {nsdecls('w')}>{parts}</w:p>"):
        footer.append(element)


def _section(document: DocumentType, paper: Paper) -> str:
    """Return the properties that end every section but the last; of several each counts its own pages."""
    last = document.sections[0]._sectPr  # noqa: SLF001 - python-docx copies no section
    if len(paper.parts) > 1:
        last.find(qn("w:pgMar")).addnext(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
    return last.xml


def _page_field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} ">{_run("1")}</w:fldSimple>'


def _run(text: str, *, ruled: bool = False) -> str:
    underline = '<w:rPr><w:u w:val="single"/></w:rPr>' if ruled else ""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f"<w:r>{underline}{pieces}</w:r>"


def _paragraph(role: str, runs: str, *, keep: bool = False, extra: str = "", align: str = "left") -> str:
    bound = "<w:keepNext/><w:keepLines/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{role}"/>{bound}{extra}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _tabs(stops: Iterable[float]) -> str:
    return (
        "<w:tabs>" + "".join(f'<w:tab w:val="left" w:pos="{round(stop)}"/>' for stop in stops) + "</w:tabs>"
    )


class _Writer:
    """Writes the blocks of one paper as WordprocessingML (ECMA-376 part 1, 17)."""

    def __init__(self, paper: Paper, factor: float) -> None:
        self.paper = paper
        self.factor = factor
        page = paper.style.page
        self.width = (page.width - page.left - page.right) * _MM

    def body(self, section: str) -> str:
        """Return all parts, every one but the last closed by ``section``."""
        *parts, last = map(self._part, self.paper.parts)
        ended = (part + _LAST.format(section=section) for part in parts)
        return "".join((*ended, last, _LAST.format(section="")))

    def _part(self, blocks: tuple[Block, ...]) -> str:
        bound = _bound(blocks)
        written = ""
        for place, block in enumerate(blocks):
            if place and isinstance(block, _TABULAR) and isinstance(blocks[place - 1], _TABULAR):
                written += _BETWEEN
            written += self._block(block, bound=place in bound)
        return written

    def _block(self, block: Block, *, bound: bool) -> str:
        match block:
            case Line():
                return _paragraph(block.role, _run(block.text), keep=block.keep, align=block.align)
            case FieldLine():
                return self._fields(block)
            case Paragraph():
                return self._text(block, bound=bound)
            case Table():
                return self._table(block, bound=bound)
            case Frame():
                return self._frame(block)
            case Signatures():
                return self._signatures(block)

    def _fields(self, block: FieldLine) -> str:
        shares = sum(cell.share for cell in block.cells)
        runs, stops, x = "", [], 0.0
        for cell in block.cells:
            last = cell is block.cells[-1]
            x += self.width * cell.share / shares
            stops += [x] if last else [x - _GAP, x]
            label = _run(f"{cell.label} ") if cell.label else ""
            runs += label + _run(f" {cell.value}\t", ruled=True) + ("" if last else _run("\t"))
        return _paragraph("field", runs, keep=block.keep, extra=_tabs(stops))

    def _text(self, block: Paragraph, *, bound: bool) -> str:
        indent = round(block.indent * self.paper.style.text[block.role].size * 20)
        new_page = "<w:pageBreakBefore/>" if block.new_page else ""
        extra = f'{new_page}<w:ind w:firstLine="{indent}"/>'
        return _paragraph(block.role, _run(block.text), keep=bound, extra=extra, align="both")

    def _table(self, block: Table, *, bound: bool) -> str:
        shares = sum(column.share for column in block.columns)
        widths = [round(self.width * column.share / shares) for column in block.columns]
        heads = "".join(
            _cell(_paragraph("table_head", _run(head), keep=True, align="center"), width)
            for head, width in zip(block.heads, widths, strict=False)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"] if heads else []
        for place, row in enumerate(block.rows):
            keep = place in block.bound or (bound and place == len(block.rows) - 1)
            rows.append(self._row(block, place, row, widths, keep=keep))
        return _table(widths, "".join(rows), _BORDERS)

    def _row(self, block: Table, place: int, row: tuple[str, ...], widths: list[int], *, keep: bool) -> str:
        """Write a row; the last cell of a short one reaches to the edge."""
        least, last = block.least_lines(place), len(row) - 1
        height = round(least * self.paper.style.text[block.role].pitch * 20) + _CELL_PADDING
        high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if least > 1 else ""
        cells = "".join(
            _cell(
                _paragraph(block.role, _run(text), keep=keep, align=column.align),
                sum(widths[last:]) if number == last else widths[number],
                span=len(widths) - last if number == last else 1,
            )
            for number, (text, column) in enumerate(zip(row, block.columns, strict=False))
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{cells}</w:tr>"

    def _frame(self, block: Frame) -> str:
        high = f'<w:trHeight w:val="{round(block.height * self.factor * _MM)}" w:hRule="exact"/>'
        width = round(self.width)
        cell = _cell(_paragraph("table", _run(block.text), keep=block.keep, align="center"), width)
        return _table([width], f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{cell}</w:tr>", _DASHED)

    def _signatures(self, block: Signatures) -> str:
        half = round(self.width / 2)
        rows, seal = "", block.seal
        for row in block.rows:
            lines = [self._lines(place, half) for place in row]
            deepest = max(lines)
            cells = [self._place(place, half, deepest - own) for place, own in zip(row, lines, strict=True)]
            if len(cells) == 1:
                cells.append(self._seal(seal) if row is block.rows[-1] else _paragraph("sign", ""))
                seal = ()
            rows += (
                "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
                + "".join(_cell(c, half, "bottom") for c in cells)
                + "</w:tr>"
            )
        if seal:
            filler = _cell(_paragraph("sign", ""), half)
            rows += f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{filler}{_cell(self._seal(seal), half)}</w:tr>"
        return _table([half, half], rows, "")

    def _lines(self, place: Place, half: int) -> int:
        """Return about how many lines a signature place takes; nearly all its characters are an em wide."""
        room = int((half - 120) / 20 / self.paper.style.text["sign"].size)
        return sum(max(1, -(-len(line.text) // room)) for line in place.lines)

    def _place(self, place: Place, half: int, spare: int) -> str:
        """Write a signature place with ``spare`` empty lines below its first, so that neighbours line up."""
        lines = place.lines or (PlaceLine(""),)
        top = round(self.paper.style.signatures.gap * 20)
        below = round(spare * self.paper.style.text["sign"].pitch * 20)
        befores = (top, below, *[0] * len(lines))
        return "".join(
            self._place_line(line, half, before) for line, before in zip(lines, befores, strict=False)
        )

    def _place_line(self, line: PlaceLine, half: int, before: int) -> str:
        style = self.paper.style
        if line.pen:
            before += round((style.signatures.pen - style.text["sign"].pitch) * 20)
        extra = f'{_tabs([half - _GAP])}<w:spacing w:before="{before}"/>'
        runs = _run(f"{line.text} ") + (_run("\t", ruled=True) if line.pen else "")
        return _paragraph("sign", runs, keep=True, extra=extra)

    def _seal(self, lines: tuple[str, ...]) -> str:
        top = round(self.paper.style.signatures.gap * 40)
        return "".join(
            _paragraph(
                "sign",
                _run(line),
                keep=line is not lines[-1],
                extra=f'<w:spacing w:before="{0 if number else top}"/>',
                align="center",
            )
            for number, line in enumerate(lines)
        )


def _bound(blocks: tuple[Block, ...]) -> set[int]:
    """Return the places of the blocks that stay on the page of signatures (see ``Signatures``)."""
    bound: set[int] = set()
    for signing in (place for place, block in enumerate(blocks) if isinstance(block, Signatures)):
        free = [place for place in range(signing) if not getattr(blocks[place], "keep", False)]
        bound.update(range(min(free[-2:], default=signing), signing))
    return bound


def _cell(content: str, width: int, stand: str = "center", span: int = 1) -> str:
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    return f'<w:tc><w:tcPr>{size}<w:vAlign w:val="{stand}"/></w:tcPr>{content}</w:tc>'


def _table(widths: list[int], rows: str, borders: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _dated(stream: BytesIO, moment: datetime) -> bytes:
    """Return the package with every member dated ``moment``: python-docx stamps the time of saving."""
    target = BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, moment.timetuple()[:6])
            package.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
