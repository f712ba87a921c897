"""Photos made fit for keeping and printing: upright, not larger than paper needs, and telling no tales."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from PIL import Image

from mediation_desktop.domain.errors import UserError

_A4_LONG_SIDE_INCHES = 297 / 25.4
_QUALITY = 85
"""JPEG quality at which a photo on paper looks like the original."""

_FORMATS = ("JPEG", "PNG")

_MOST_PIXELS = {"JPEG": 220_000_000, "MPO": 220_000_000, "PNG": 50_000_000}
"""A JPEG (MPO where it holds more than one picture) is decoded at a fraction of its size, a PNG is not:
50 million pixels are 200 MB."""

_HOSTILE = (
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error),
    *(IndexError, KeyError, TypeError, OverflowError, MemoryError, Image.DecompressionBombError),
)
"""What Pillow raises over broken and hostile images."""

_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4
_UPRIGHT: dict[object, tuple[Image.Transpose, ...]] = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
"""What makes a picture upright, by the value of its orientation."""

Image.MAX_IMAGE_PIXELS = None  # the check here is by format, and refuses before anything is decoded


class Picture(Struct, frozen=True):
    """An image file: its bytes, its extension (``jpg`` or ``png``) and its size in pixels."""

    data: bytes
    extension: str
    width: int
    height: int


def fit_for_paper(data: bytes, dots_per_inch: int) -> Picture:
    """Return a photo upright, at most as large as A4 takes at ``dots_per_inch``, without any metadata.

    Place, time, camera and everything else the file told goes; a PNG with transparent parts stays a PNG,
    all else becomes a JPEG.

    Raises:
        UserError: the file is no sound image, or has more pixels than this PC can be asked to take.
    """
    longest = round(_A4_LONG_SIDE_INCHES * dots_per_inch)
    with _read(data) as image:
        return _written(_plain(image, longest))


def thumbnail(source: bytes | Path, longest: int) -> Picture:
    """Return a small picture of an image file, no side over ``longest`` pixels; errors as above."""
    with _read(source) as image:
        return _written(_plain(image, longest))


def opened(data: bytes) -> Image.Image:
    """Return a picture that was fitted before as plain pixels; errors as above."""
    with _read(data) as image:
        return _plain(image, max(image.size))


class PagePicture(Struct, frozen=True):
    """A JPEG as a PDF takes it: its bytes, its size in pixels, and whether it is ``grey``."""

    data: bytes
    width: int
    height: int
    grey: bool


def for_page(data: bytes) -> PagePicture:
    """Return an image as a plain JPEG: one that is, with its own bytes, any other made into one on white.

    Errors as above.
    """
    with _read(data) as image:
        if image.format == "JPEG" and image.mode in {"L", "RGB"} and "exif" not in image.info:
            return PagePicture(data, *image.size, grey=image.mode == "L")
        picture = _plain(image, max(image.size))
    if picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, (255, 255, 255))
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    return PagePicture(_written(picture).data, *picture.size, grey=picture.mode == "L")


def _read(source: bytes | Path) -> Image.Image:
    """Look at a file's head; nothing is decoded yet."""
    with _hostile_ones_refused():
        image = Image.open(BytesIO(source) if isinstance(source, bytes) else source, formats=_FORMATS)
    if image.width * image.height > _MOST_PIXELS[image.format or "PNG"]:
        image.close()
        raise UserError("这张图片的像素太多，没有加入。", "请在手机或电脑里把它缩小，或者截屏后再加入。")
    return image


def _plain(image: Image.Image, longest: int) -> Image.Image:
    """Return the pixels alone: upright, scaled down, in one of the modes RGB, L and RGBA."""
    with _hostile_ones_refused():
        orientation = _orientation(image)
        image.draft(None, (longest, longest))
        image.load()
        picture = _eight_bits(image).convert(_mode(image))
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        for step in _UPRIGHT.get(orientation, ()):
            picture = picture.transpose(step)
        clean = Image.new(picture.mode, picture.size)
        clean.paste(picture)
    return clean


@contextmanager
def _hostile_ones_refused() -> Iterator[None]:
    """Say in plain words that an image is broken; Pillow's remarks on metadata concern what goes anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except _HOSTILE as error:
            raise UserError(
                "这张图片打不开：文件已损坏，或者不是真正的图片。",
                "请重新拍照或重新从手机里拷贝，再加入一次。",
            ) from error


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a scan of 16 bits a pixel, which converting would make white, in 8."""
    return image.point(lambda value: value / 256).convert("L") if image.mode.startswith("I") else image


def _orientation(image: Image.Image) -> object:
    """Return how the picture lies; a tag that cannot be read says nothing."""
    try:
        return image.getexif().get(_ORIENTATION)
    except _HOSTILE:
        return None


def _mode(image: Image.Image) -> str:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        alpha = image.convert("RGBA").getchannel("A").getextrema()
        return "RGBA" if alpha[0] != _OPAQUE else "RGB"
    return "L" if image.mode in {"1", "L"} else "RGB"


_OPAQUE = 255


def _written(picture: Image.Image) -> Picture:
    stream = BytesIO()
    if picture.mode == "RGBA":
        picture.save(stream, "PNG", optimize=True)
        extension = "png"
    else:
        picture.save(stream, "JPEG", quality=_QUALITY, optimize=True)
        extension = "jpg"
    return Picture(stream.getvalue(), extension, *picture.size)
