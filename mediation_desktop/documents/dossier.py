"""电子卷宗: scans, photos and papers one after the other in one PDF, every page marked 「电子副本」.

A JPEG keeps its own bytes, a page of a PDF its own drawing.  The file claims to be PDF/A where everything
in it conforms; what came from elsewhere conforms only as plain images of a scanner.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from io import BytesIO

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, OutlineItem, Rectangle, String
from reportlab.pdfgen.canvas import Canvas

from mediation_desktop.documents.archive import HOSTILE, About, Sink, describe, save_sealed, told_by
from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.forms import standard_style
from mediation_desktop.documents.layout import MM, Ink, Setter
from mediation_desktop.documents.page import Block, Column, Line, Paper, Paragraph, Table
from mediation_desktop.documents.pdf import Pen, canvas_for, draw_paper
from mediation_desktop.documents.pictures import for_page
from mediation_desktop.domain.errors import UserError

MARK = "电子副本"
_FORM, _VERSION = "electronic_dossier", "1"
_SHORT, _LONG = 210 * MM, 297 * MM
_MARGIN = 15 * MM
"""Around scans and photos: the mark and the page number stand outside of them."""
_EDGE = 7 * MM
"""How far the mark and the page number are from the edge of the sheet."""
_SCANNERS = frozenset({"/DCTDecode", "/FlateDecode", "/CCITTFaxDecode"})
_PLAIN_COLOURS = frozenset({"/DeviceRGB", "/DeviceGray"})
_PLAIN = frozenset({"q", "Q", "cm", "Do"})
"""Ways of packing, colours and operators of a page that only shows images (ISO 19005-2, 6.2)."""

Progress = Callable[[int, int], None]
"""Hears how many of how many parts are done; what it raises stops the work."""


class Leaf(Struct, frozen=True):
    """A file to be put in: an image or a PDF.  ``read`` returns its bytes when its turn comes."""

    name: str
    media_type: str
    read: Callable[[], bytes]


class Entry(Struct, frozen=True):
    """One item of the dossier; what is not ``numbered`` bears no page number and is in no contents."""

    name: str
    leaves: tuple[Leaf, ...]
    numbered: bool = True


class Heading(Struct, frozen=True):
    """What stands above the contents: the title of the dossier, its number, the committee and the day."""

    title: str
    number: str
    committee: str
    day: str


class Assembled(Struct, frozen=True):
    """What was written: its pages, whether it is PDF/A, and the names of files that could not be put in."""

    pages: int
    archival: bool
    unreadable: tuple[str, ...]


class _Sheet(Struct):
    """One page to be: lying or not, and how to draw what it shows into it once it is there."""

    lying: bool
    draw: Callable[[pikepdf.Pdf, pikepdf.Page], None]
    conforms: bool


class _Bound(Struct):
    """An item with its sheets; ``marks`` are the names of its files and how many sheets come before each."""

    entry: Entry
    sheets: list[_Sheet]
    marks: list[tuple[str, int]]
    first: int = 0


class _Volume(Struct):
    """What comes before the contents, in them and at the end; ``contents`` is the page they begin on."""

    front: list[_Bound]
    body: list[_Bound]
    back: list[_Bound]
    contents: int = 0


def assemble(
    heading: Heading,
    entries: Sequence[Entry],
    sink: Sink,
    fonts: FontSet,
    *,
    now: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Assembled:
    """Write the dossier to ``sink``; the same content and ``now`` give the same bytes.

    A file that is broken or locked is left out and named; an item of which nothing is left is in no contents.

    Raises:
        UserError: there is nothing to put in.
    """
    unreadable: list[str] = []
    with ExitStack() as opened:
        bound = list(_read(entries, opened, unreadable, progress))
        if not any(one.entry.numbered for one in bound):
            raise UserError(
                "这件纠纷还没有可以放进电子卷宗的文书或者图像。", "请先打印文书，或者加入扫描件、照片。"
            )
        volume = _in_order(bound)
        base = _base(heading, volume, fonts, now)
        conforms = all(sheet.conforms for one in bound for sheet in one.sheets)
        with pikepdf.open(BytesIO(base)) as pdf:
            for one in bound:
                for place in range(len(one.sheets)):
                    one.sheets.pop(0).draw(pdf, pdf.pages[one.first + place])  # and let go of its bytes
            _outline(pdf, volume)
            about = About(_title(heading), heading.committee, f"{_FORM} {_VERSION}")
            describe(pdf, about, None, now, conforms=conforms)
            pages = len(pdf.pages)
            save_sealed(pdf, sink)
    return Assembled(pages, conforms, tuple(unreadable))


# Reading what is put in.


def _read(
    entries: Sequence[Entry], opened: ExitStack, unreadable: list[str], progress: Progress
) -> Iterator[_Bound]:
    """Yield every item of which something can be read."""
    total, done = sum(len(entry.leaves) for entry in entries), 0
    for entry in entries:
        bound = _Bound(entry, [], [])
        for leaf in entry.leaves:
            progress(done, total)
            done += 1
            try:
                sheets = _sheets(leaf, opened)
            except UserError:
                unreadable.append(leaf.name)
                continue
            bound.marks.append((leaf.name, len(bound.sheets)))
            bound.sheets += sheets
        if bound.sheets:
            yield bound
    progress(total, total)


def _sheets(leaf: Leaf, opened: ExitStack) -> list[_Sheet]:
    data = leaf.read()
    if leaf.media_type != "application/pdf":
        return [_of_picture(data)]
    told = told_by(data)
    try:
        pdf = opened.enter_context(pikepdf.open(BytesIO(data)))
        ours = told is not None and told.whole
        return [_of_page(pdf.pages[at], ours=ours) for at in range(len(pdf.pages))]
    except HOSTILE as error:
        raise UserError("这份PDF打不开。", "请重新扫描后再加入。") from error


def _of_picture(data: bytes) -> _Sheet:
    picture = for_page(data)
    lying = picture.width > picture.height

    def draw(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        left, bottom, right, top = _frame(lying)
        scale = min((right - left) / picture.width, (top - bottom) / picture.height)
        width, height = picture.width * scale, picture.height * scale
        x, y = (left + right - width) / 2, (bottom + top - height) / 2
        image = pdf.make_stream(picture.data)
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
        image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
        image.ColorSpace = Name.DeviceGray if picture.grey else Name.DeviceRGB
        _place(pdf, page, image, f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /Part Do Q\n".encode())

    return _Sheet(lying, draw, conforms=True)


def _of_page(source: pikepdf.Page, *, ours: bool) -> _Sheet:
    """Take a page of a PDF: ours as large as it is, any other between margins, without what it may do."""
    box = [float(side) for side in source.cropbox]
    turned = int(source.obj.get("/Rotate", 0)) % 180 != 0
    lying = (box[2] - box[0] > box[3] - box[1]) != turned
    form = source.as_form_xobject()

    def draw(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        frame = Rectangle(0, 0, *_size(lying)) if ours else Rectangle(*_frame(lying))
        copied = pdf.copy_foreign(form)
        page.obj.Resources.XObject = Dictionary(Part=copied)
        placed = page.calc_form_xobject_placement(copied, Name.Part, frame, allow_expand=True)
        _place(pdf, page, copied, placed)

    return _Sheet(lying, draw, conforms=ours or _only_scanned(form))


def _place(pdf: pikepdf.Pdf, page: pikepdf.Page, part: pikepdf.Object, code: bytes) -> None:
    """Draw a part below what the page bears already: the mark and the number."""
    page.obj.Resources.XObject = Dictionary(Part=part)
    page.contents_add(pdf.make_stream(code), prepend=True)


def _only_scanned(form: pikepdf.Object) -> bool:
    """Tell whether a page shows plain images and nothing else, as those of scanners do."""
    resources = form.get("/Resources", Dictionary())
    images = list(resources.get("/XObject", Dictionary()).values())
    used = {str(operator) for _, operator in pikepdf.parse_content_stream(form)}
    return (
        set(resources.keys()) <= {"/XObject", "/ProcSet"}
        and "/Group" not in form
        and used <= _PLAIN
        and all(_is_plain(image) for image in images)
    )


def _is_plain(image: pikepdf.Object) -> bool:
    return (
        str(image.get("/Subtype")) == "/Image"
        and _packed(image) in _SCANNERS
        and str(image.get("/ColorSpace")) in _PLAIN_COLOURS
        and not {"/SMask", "/Mask", "/Alternates", "/OPI", "/Interpolate", "/F"} & set(image.keys())
    )


def _packed(image: pikepdf.Object) -> str:
    """Return the one way in which an image is packed, nothing for several."""
    ways = image.get("/Filter")
    if isinstance(ways, Array):
        return str(ways[0]) if len(ways) == 1 else ""
    return str(ways)


def _size(lying: bool) -> tuple[float, float]:  # noqa: FBT001 - how a sheet lies is all there is
    return (_LONG, _SHORT) if lying else (_SHORT, _LONG)


def _frame(lying: bool) -> tuple[float, float, float, float]:  # noqa: FBT001 - as above
    width, height = _size(lying)
    return _MARGIN, _MARGIN, width - _MARGIN, height - _MARGIN


# The pages themselves, with what is written on them.


def _in_order(bound: list[_Bound]) -> _Volume:
    """Part the items: those without a number before the first that has one, the numbered, and the others."""
    first = next(at for at, one in enumerate(bound) if one.entry.numbered)
    rest = bound[first:]
    return _Volume(
        bound[:first],
        [one for one in rest if one.entry.numbered],
        [one for one in rest if not one.entry.numbered],
    )


def _base(heading: Heading, volume: _Volume, fonts: FontSet, now: datetime) -> bytes:
    """Return all pages with marks and numbers but without parts; note where each item begins."""
    numbered = sum(len(one.sheets) for one in volume.body)
    paper = _contents(heading, volume.body, numbered)
    stream = BytesIO()
    canvas = canvas_for(stream, paper, fonts, now)
    writer = _Marker(canvas, Setter(paper, fonts))
    at = 0
    for one in volume.front:
        at = writer.bind(one, at)
    volume.contents = at
    at += draw_paper(canvas, paper, fonts, None)
    before = at
    for one in volume.body:
        at = writer.bind(one, at, before=before, total=numbered)
    for one in volume.back:
        at = writer.bind(one, at)
    canvas.save()
    return stream.getvalue()


class _Marker:
    """Makes pages that bear nothing but the mark and their number."""

    def __init__(self, canvas: Canvas, setter: Setter) -> None:
        self.canvas = canvas
        self.setter = setter

    def bind(self, one: _Bound, at: int, *, before: int = 0, total: int = 0) -> int:
        """Add the pages of an item, which begins at page ``at`` of the file; return where the next begins."""
        one.first = at
        for sheet in one.sheets:
            at += 1
            self._page(sheet, f"卷内第{at - before}页　共{total}页" if total else "")
        return at

    def _page(self, sheet: _Sheet, number: str) -> None:
        width, height = _size(sheet.lying)
        self.canvas.setPageSize((width, height))
        pen = Pen(self.canvas, self.setter)
        style = self.setter.style.text["field"]
        face = self.setter.fonts.face(style.face)
        pen.write(Ink(0, 0, MARK, style), _MARGIN, height - _EDGE - style.size)
        x = width - _MARGIN - face.width(number) * style.size
        pen.write(Ink(0, 0, number, style), x, height - _EDGE - style.size)
        self.canvas.addLiteral("\n".join(["BT", *pen.code, "ET"]))
        self.canvas.showPage()


def _contents(heading: Heading, body: list[_Bound], total: int) -> Paper:
    """Return 卷内目录 with the page on which each item begins."""
    rows, at = [], 1
    for number, one in enumerate(body, 1):
        rows.append((str(number), one.entry.name, str(at), str(len(one.sheets))))
        at += len(one.sheets)
    columns = (
        Column("序号", 3, "center"),
        Column("材料名称", 18),
        Column("页号", 4, "center"),
        Column("页数", 4, "center"),
    )
    blocks: tuple[Block, ...] = (
        Line(MARK, "field", "right"),
        Line("卷内目录", "title", "center"),
        Paragraph(f"卷名：{heading.title}", "field", indent=0),
        Paragraph(f"卷号：{heading.number}", "field", indent=0),
        Table(columns, tuple(rows)),
        Paragraph(f"本电子卷共{total}页，{heading.day}制作；以纸质原件为准。", "field", indent=0),
        Line(heading.committee, "field", "right"),
    )
    return Paper(
        form=_FORM,
        form_version=_VERSION,
        title=_title(heading),
        author=heading.committee,
        style=standard_style(),
        footer=f"{MARK}　目录第{{page}}页　共{{pages}}页",
        parts=(blocks,),
    )


def _title(heading: Heading) -> str:
    return f"{heading.title}电子卷宗（{MARK}）"


def _outline(pdf: pikepdf.Pdf, volume: _Volume) -> None:
    """Add bookmarks and the numbers that a viewer shows beside the pages."""
    with pdf.open_outline() as outline:
        outline.root += [_bookmark(one) for one in volume.front]
        outline.root.append(OutlineItem("卷内目录", volume.contents))
        outline.root += [_bookmark(one) for one in (*volume.body, *volume.back)]
    labels: list[object] = [0, Dictionary(S=Name.r), volume.body[0].first, Dictionary(S=Name.D)]
    if volume.back:
        labels += [volume.back[0].first, Dictionary(P=String("封底"))]
    pdf.Root.PageLabels = Dictionary(Nums=Array(labels))
    pdf.Root.PageMode = Name.UseOutlines


def _bookmark(one: _Bound) -> OutlineItem:
    """Return the bookmark of an item, with those of its files where there are several."""
    item = OutlineItem(one.entry.name, one.first)
    if len(one.marks) > 1:
        item.children += [OutlineItem(name, one.first + before) for name, before in one.marks]
    return item
