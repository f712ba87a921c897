"""A sketch as a picture for paper, drawn with the same shapes as on the screen."""

from functools import lru_cache
from io import BytesIO
from itertools import chain
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from mediation_desktop.documents.fonts import SLOT, FontSet
from mediation_desktop.documents.pictures import opened
from mediation_desktop.domain.land import USE_ONLY
from mediation_desktop.domain.records import Sketch
from mediation_desktop.domain.sketches import (
    WHITE_SHEET,
    Dot,
    Gauge,
    Part,
    Patch,
    Point,
    Stroke,
    Words,
    layers,
)

_LONG_SIDE = 1600
"""Pixels of a drawing on white: 16 centimetres at 250 dots per inch."""

_SHARPER = 2
"""Drawn so many times larger and then scaled down, which smooths the edges."""

_INK, _PAPER = (17, 17, 17), (255, 255, 255)
_CAPTION_LINES = 3.6


def render(sketch: Sketch, fonts: FontSet, background: bytes | None = None) -> bytes:
    """Return a sketch as a PNG, with its title and the remark that it confirms no title below it.

    Args:
        sketch: what to draw.
        fonts: the faces of papers.
        background: the photo it is drawn over, if there is one.

    Raises:
        UserError: the photo cannot be read.
    """
    sheet = opened(background).convert("RGB") if background else _white()
    drawing = draw(sketch, sheet, fonts)
    stream = BytesIO()
    _with_caption(drawing, sketch, fonts).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def draw(sketch: Sketch, sheet: Image.Image, fonts: FontSet) -> Image.Image:
    """Return ``sheet`` with the marks of a sketch on it, at the same size."""
    large = sheet.resize((sheet.width * _SHARPER, sheet.height * _SHARPER), Image.Resampling.BILINEAR)
    pen = _Pen(large, fonts)
    for layer in layers(sketch.marks, pen.gauge):
        for part in layer:
            pen.draw(part, _PAPER, pen.gauge.halo)
        for part in layer:
            pen.draw(part, _INK, 0)
    return large.resize(sheet.size, Image.Resampling.LANCZOS)


def _white() -> Image.Image:
    across, down = WHITE_SHEET
    return Image.new("RGB", (_LONG_SIDE, _LONG_SIDE * down // across), _PAPER)


def _with_caption(drawing: Image.Image, sketch: Sketch, fonts: FontSet) -> Image.Image:
    gauge = Gauge(drawing.width, drawing.height)
    whole = Image.new("RGB", (drawing.width, drawing.height + round(_CAPTION_LINES * gauge.text)), _PAPER)
    whole.paste(drawing)
    pen = _Pen(whole, fonts)
    pen.draw(Stroke(((0, drawing.height), (drawing.width, drawing.height))), _INK, 0)
    for at, line in enumerate((sketch.title, USE_ONLY)):
        middle = drawing.height + (1 + 1.5 * at) * gauge.text
        pen.write(line, ((drawing.width - pen.length(line, gauge.text)) / 2, middle), gauge.text, _INK, 0)
    return whole


class _Pen:
    """Draws shapes onto an image; ``wider`` is by how much a shape is to reach further on all sides."""

    def __init__(self, image: Image.Image, fonts: FontSet) -> None:
        self.gauge = Gauge(image.width, image.height)
        self._draw = ImageDraw.Draw(image)
        self._fonts = fonts

    def draw(self, part: Part, ink: tuple[int, int, int], wider: float) -> None:
        """Draw one shape."""
        match part:
            case Stroke(points):
                self._line(points, self.gauge.line + 2 * wider, ink)
            case Patch(points):
                self._draw.polygon(list(points), fill=ink)
                self._line((*points, points[0]), 2 * wider, ink)
            case Dot(centre, radius):
                self._disc(centre, radius + wider, ink)
                self._disc(centre, radius / 2, _PAPER)
            case Words(left, middle, text):
                self.write(text, (left, middle), self.gauge.text, ink, wider)

    def write(self, text: str, start: Point, size: float, ink: tuple[int, int, int], wider: float) -> None:
        """Write one line from its left end; the height of ``start`` is that of the line's middle."""
        x, y = start
        for path, run in self._runs(text):
            font = _font(path, round(size))
            self._draw.text(
                (x, y), run, fill=ink, font=font, anchor="lm", stroke_width=round(wider), stroke_fill=ink
            )
            x += font.getlength(run)

    def length(self, text: str, size: float) -> float:
        """Return how long a line would be."""
        return sum(_font(path, round(size)).getlength(run) for path, run in self._runs(text))

    def _runs(self, text: str) -> list[tuple[Path, str]]:
        lacking = self._fonts.lacking(text)
        written = "".join(SLOT if char in lacking else char for char in text)
        return [(face.path, run) for face, run in self._fonts.runs(written, self._fonts.body)]

    def _line(self, points: tuple[Point, ...], width: float, ink: tuple[int, int, int]) -> None:
        """Draw a line with round ends and corners."""
        if width:
            self._draw.line(list(chain.from_iterable(points)), fill=ink, width=round(width))
            for point in points:
                self._disc(point, width / 2, ink)

    def _disc(self, centre: Point, radius: float, ink: tuple[int, int, int]) -> None:
        x, y = centre
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)


@lru_cache(maxsize=16)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)
