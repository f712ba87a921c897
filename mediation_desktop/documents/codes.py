"""The code on each page of an issued paper: drawn as a QR code, and found again in a scan."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

import pikepdf
import zxingcpp
from PIL import Image

from mediation_desktop.documents.pictures import opened
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papercode import PaperCode, read_code

SIDE = 13.0
"""Millimetres of the code's side; a module is then 0.45 mm, three dots and a half of a scan at 200 dpi."""
FROM_RIGHT = 8.0
FROM_BOTTOM = 7.0
"""Millimetres from the edges of the sheet: inside what printers can print, beside and below the text."""
_SURE = "Q"
"""A quarter of the code may be lost to dirt, a staple or a fingerprint (ISO/IEC 18004, 6.5.1)."""
_MM = 72 / 25.4
_MOST_PAGES = 60
"""More pages than any paper has are not looked through."""
_MOST_IMAGES = 20
"""Nor more images of one page: a scanner makes one, or a few strips."""
_MOST_PIXELS = 80_000_000
"""Nor larger ones: A4 at 600 dpi is 35 million pixels."""
_HOSTILE = (
    *(pikepdf.PdfError, pikepdf.PasswordError, pikepdf.UnsupportedImageTypeError, NotImplementedError),
    *(OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, MemoryError),
)
"""What pikepdf and Pillow raise over broken and hostile images inside a PDF."""


def drawn(code: PaperCode, sheet_width: float) -> str:
    """Return page content (ISO 32000-1, 8.5) that draws a page's code in the lower outer corner.

    ``sheet_width`` is in millimetres.
    """
    barcode = zxingcpp.create_barcode(code.text, zxingcpp.BarcodeFormat.QRCode, ec_level=_SURE)
    picture: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    modules: Any = memoryview(picture).tolist()
    side = SIDE * _MM / len(modules)
    left, bottom = (sheet_width - FROM_RIGHT - SIDE) * _MM, FROM_BOTTOM * _MM
    pieces = [
        f"{start} {len(modules) - 1 - row} {width} 1 re"
        for row, line in enumerate(modules)
        for start, width in _runs(line)
    ]
    return "\n".join(["q", f"{side:.4f} 0 0 {side:.4f} {left:.2f} {bottom:.2f} cm", *pieces, "f", "Q"])


def _runs(line: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where dark modules of a row begin and how many they are."""
    start = 0
    for value, group in groupby(line):
        width = len(list(group))
        if value == 0:
            yield start, width
        start += width


def codes_in(data: bytes, media_type: str) -> tuple[PaperCode, ...]:
    """Return the codes of our papers that a scan or photo shows, each once, in order; none in other files.

    Of a scanned PDF the images of its pages are looked at.
    """
    if media_type == "application/pdf":
        pictures = _page_images(data)
    elif media_type in {"image/jpeg", "image/png"}:
        pictures = _photo(data)
    else:
        return ()
    found = (read_code(one.text) for picture in pictures for one in _read(picture))
    return tuple(dict.fromkeys(code for code in found if code and code.page))


def _read(picture: Image.Image) -> list[zxingcpp.Barcode]:
    kinds: Any = zxingcpp.BarcodeFormat.QRCode
    return zxingcpp.read_barcodes(picture.convert("L"), formats=kinds)


def _photo(data: bytes) -> Iterator[Image.Image]:
    try:
        yield opened(data)
    except UserError:
        return  # whoever looks at the file is told; here it just shows no code


def _page_images(data: bytes) -> Iterator[Image.Image]:
    try:
        pdf = pikepdf.open(BytesIO(data))
    except _HOSTILE:
        return
    with pdf:
        for at in range(min(len(pdf.pages), _MOST_PAGES)):
            yield from _images(pdf, at)


def _images(pdf: pikepdf.Pdf, at: int) -> Iterator[Image.Image]:
    """Yield the images of one page; one that is too large or cannot be read shows nothing."""
    try:
        kept = list(pdf.pages[at].resources.get("/XObject", pikepdf.Dictionary()).values())
    except _HOSTILE:
        return
    for one in kept[:_MOST_IMAGES]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                if not isinstance(one, pikepdf.Stream) or one.Subtype != "/Image" or _is_huge(one):
                    continue
                picture = pikepdf.PdfImage(one).as_pil_image()
            except _HOSTILE:
                continue
        yield picture


def _is_huge(image: pikepdf.Stream) -> bool:
    return int(image.Width) * int(image.Height) > _MOST_PIXELS
