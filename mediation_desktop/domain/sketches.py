"""附图: what the marks of a sketch look like at any size, as shapes that screen and paper draw alike."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from msgspec import Struct

from mediation_desktop.domain.land import side_of, told
from mediation_desktop.domain.records import Landmark, Mark

SCALE = 10_000
"""Points of marks are in so many parts of the drawing's width and height."""

WHITE_SHEET = (4, 3)
"""Width and height of a drawing on white, in proportion; one over a photo has the photo's."""

LINE, ARROW, POST, TEXT = "line", "arrow", "post", "text"
SHAPES = {LINE: "线", ARROW: "箭头", POST: "界桩", TEXT: "文字"}
"""Every shape and its word."""

_LINES_A_SIDE = 320
"""The longer side of a drawing is so many lines thick ..."""
_CHARACTERS_A_SIDE = 38
"""... and so many characters long."""
_HEAD, _DOT, _HALO = 5.0, 2.4, 1.6
_PITCH = 1.3
_NARROW = 0.55
_WIDE_FROM = 0x2E80

Point = tuple[float, float]


class Stroke(Struct, frozen=True):
    """A line through points."""

    points: tuple[Point, ...]


class Patch(Struct, frozen=True):
    """A filled polygon."""

    points: tuple[Point, ...]


class Dot(Struct, frozen=True):
    """A filled circle with a white middle: a boundary post."""

    centre: Point
    radius: float


class Words(Struct, frozen=True):
    """One line of text; ``left`` and ``middle`` are where its left end and the middle of its height are."""

    left: float
    middle: float
    text: str


Part = Stroke | Patch | Dot | Words


class Gauge(Struct, frozen=True):
    """How large a drawing is, in the units it is drawn in (pixels, points)."""

    width: float
    height: float

    @property
    def line(self) -> float:
        """How thick a line is."""
        return max(self.width, self.height) / _LINES_A_SIDE

    @property
    def halo(self) -> float:
        """How far the white edge reaches beyond what is drawn, so that it stands out from a photo."""
        return self.line * _HALO

    @property
    def text(self) -> float:
        """How high a character is."""
        return max(self.width, self.height) / _CHARACTERS_A_SIDE


def layers(marks: Sequence[Mark], gauge: Gauge) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return what marks are drawn with: lines and posts, and above them the words."""
    drawn = [part for mark in marks for part in parts(mark, gauge)]
    below = tuple(part for part in drawn if not isinstance(part, Words))
    return below, tuple(part for part in drawn if isinstance(part, Words))


def parts(mark: Mark, gauge: Gauge) -> tuple[Part, ...]:
    """Return what a mark is drawn with; a mark without the points it needs is nothing."""
    points = _points(mark, gauge)
    if mark.shape == LINE and len(points) > 1:
        return (Stroke(points),)
    if mark.shape == ARROW and len(points) > 1:
        return _arrow(points, gauge)
    if mark.shape == POST and points:
        return _post(points[0], mark.text, gauge)
    if mark.shape == TEXT and points:
        return _words(points[0], mark.text, gauge)
    return ()


def _points(mark: Mark, gauge: Gauge) -> tuple[Point, ...]:
    across, down = mark.points[::2], mark.points[1::2]
    return tuple(
        (x * gauge.width / SCALE, y * gauge.height / SCALE) for x, y in zip(across, down, strict=False)
    )


def _arrow(points: tuple[Point, ...], gauge: Gauge) -> tuple[Part, ...]:
    """Return a line with a head at its end."""
    (x0, y0), (x1, y1) = points[-2:]
    length = hypot(x1 - x0, y1 - y0)
    if not length:
        return ()
    along = ((x1 - x0) / length, (y1 - y0) / length)
    head = min(_HEAD * gauge.line, length)
    back = (x1 - along[0] * head, y1 - along[1] * head)
    aside = (-along[1] * head / 2, along[0] * head / 2)
    wings = ((back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1]))
    return Stroke((*points[:-1], back)), Patch(((x1, y1), *wings))


def _post(centre: Point, text: str, gauge: Gauge) -> tuple[Part, ...]:
    """Return a dot with its name above it at the right, or at the left where the right has no room."""
    radius = _DOT * gauge.line
    if not text:
        return (Dot(centre, radius),)
    gap = radius + gauge.line
    left = centre[0] + gap
    if left + width(text, gauge) > gauge.width:
        left = centre[0] - gap - width(text, gauge)
    return Dot(centre, radius), _kept_in(Words(left, centre[1] - gauge.text / 2 - gauge.halo, text), gauge)


def _words(centre: Point, text: str, gauge: Gauge) -> tuple[Part, ...]:
    """Return lines of text around a point, moved in where they would leave the drawing."""
    lines = text.splitlines()
    pitch = _PITCH * gauge.text
    half = (len(lines) - 1) * pitch / 2
    top = min(max(centre[1] - half, gauge.text / 2), gauge.height - gauge.text / 2 - 2 * half)
    return tuple(
        _kept_in(Words(centre[0] - width(line, gauge) / 2, top + at * pitch, line), gauge)
        for at, line in enumerate(lines)
    )


def _kept_in(words: Words, gauge: Gauge) -> Words:
    left = max(gauge.halo, min(words.left, gauge.width - gauge.halo - width(words.text, gauge)))
    middle = max(gauge.text / 2, min(words.middle, gauge.height - gauge.text / 2))
    return Words(left, middle, words.text)


def width(text: str, gauge: Gauge) -> float:
    """Return how long a line of text is: Chinese characters are square, others about half as wide."""
    return sum(1.0 if ord(char) >= _WIDE_FROM else _NARROW for char in text) * gauge.text


# From words to a first drawing.

_SHEET = {
    "东": (8300, 5000, 9),
    "南": (5000, 8500, 16),
    "西": (1700, 5000, 9),
    "北": (5000, 1500, 16),
    "东南": (8200, 8300, 7),
    "东北": (8200, 1700, 7),
    "西南": (1700, 8300, 9),
    "西北": (1700, 1700, 9),
}
"""Where on the sheet each direction is written, and after how many characters a new line begins."""

_PLOT = (3300, 3000, 6700, 7000)
_INSIDE = 11
"""Characters in a line within the plot."""
_NORTH = (9600, 1900, 9600, 600)


def from_landmarks(items: Sequence[Landmark]) -> tuple[Mark, ...]:
    """Return a first sketch made of words alone: the plot, what lies on each side, and where north is.

    Directions that are none of the compass (上, 坎下) are written into the plot.
    """
    left, top, right, bottom = _PLOT
    plot = Mark(shape=LINE, points=(left, top, right, top, right, bottom, left, bottom, left, top))
    north = (Mark(shape=ARROW, points=_NORTH), Mark(shape=TEXT, points=(_NORTH[0], 2300), text="北"))
    around = [item for item in items if side_of(item) in _SHEET]
    within = [item for item in items if side_of(item) not in _SHEET]
    sides = tuple(
        Mark(
            shape=TEXT, points=_SHEET[side_of(item)][:2], text=_wrapped(told(item), _SHEET[side_of(item)][2])
        )
        for item in around
    )
    lines = "\n".join(_wrapped(told(item), _INSIDE) for item in within)
    inside = (Mark(shape=TEXT, points=(5000, 5000), text=lines),) if lines else ()
    return (plot, *north, *sides, *inside)


def _wrapped(text: str, count: int) -> str:
    """Break a text into lines of about the same length, none longer than ``count`` characters."""
    rows = -(-len(text) // count)
    ends = [round(len(text) * row / rows) for row in range(rows + 1)]
    return "\n".join(text[start:end] for start, end in pairwise(ends))


def title(position: int) -> str:
    """Return what the sketch of a place in the list (from 0) is called: 附图一."""
    return f"附图{_numeral(position + 1)}"


_DIGITS = "零一二三四五六七八九"
_TEN = 10


def _numeral(number: int) -> str:
    """Return a number from 1 to 99 as it is said."""
    tens, ones = divmod(number, _TEN)
    said = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens % _TEN]}十")
    return said + (_DIGITS[ones] if ones else "")


def described(mark: Mark, marks: Sequence[Mark]) -> str:
    """Return what a mark is called in a list: 界桩 界1, 线 2."""
    same = [one for one in marks if one.shape == mark.shape]
    words = mark.text.replace("\n", "") or str(next(at for at, one in enumerate(same, 1) if one is mark))
    return f"{SHAPES.get(mark.shape, mark.shape)} {words}"
