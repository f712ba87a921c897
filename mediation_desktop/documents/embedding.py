"""A TrueType face as reportlab embeds it, put right for characters beyond U+FFFF and made quick."""

import struct
import zlib
from typing import Any, cast

from reportlab.pdfbase.pdfdoc import (
    PDFDocument,
    PDFStream,
    PDFStreamFilterZCompress,
    PDFTrueTypeFont,
    PDFZCompress,
)
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, TTFontFace

_ENTRIES = 100
"""The most entries a ``bfchar`` section may have (Adobe Technical Note 5014)."""
_SUBSET = 256
"""Characters that one subset of a face holds: they are shown by codes of one byte."""
_NEEDLESS = frozenset({"name", "OS/2"})
"""Tables that a font inside a PDF does without (ISO 32000-1, 9.9)."""


class EmbeddedFont(TTFont):
    """reportlab's font, but characters beyond U+FFFF are mapped to UTF-16 pairs as PDF wants it.

    reportlab writes U+2CB4E as five hexadecimal digits, which readers take for U+2CB4 and a stray rest
    (ISO 32000-1, 9.10.3).  ``index`` is the face's place in a collection (.ttc).
    """

    def __init__(self, name: str, path: str, index: int = 0) -> None:
        super().__init__(name, path, subfontIndex=index, asciiReadable=False, shapable=False)
        self.face.__class__ = _Face
        _mend_metrics(self.face)

    def splitString(  # noqa: N802 - reportlab's name
        self, text: str, doc: PDFDocument, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Return the codes of a text by subset; quick once the first subset has all its characters."""
        if doc in self.state:
            known = cast("Any", self.state[doc]).assignments
            codes = [known.get(ord(char), _SUBSET) for char in text]
            if max(codes, default=_SUBSET) < _SUBSET:
                return [(0, bytes(codes))]
        return super().splitString(text, doc, encoding)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        """Add the subsets of this font to the document."""
        subsets = cast("Any", self.state[doc]).subsets
        fonts = cast("Any", doc.idToObject["BasicFonts"]).dict
        for number, codes in enumerate(subsets):
            name = f"{SUBSETN(number).decode()}+{self.face.name.decode()}{self.face.subfontNameX.decode()}"
            key = self.getSubsetInternalName(number, doc)[1:]
            fonts[key] = self._subset(doc, key, name, codes)
            doc.Reference(fonts[key], key)
        del self.state[doc]

    def _subset(self, doc: PDFDocument, key: str, name: str, codes: list[int]) -> PDFTrueTypeFont:
        text_map = PDFStream(content=unicode_map(name, codes).encode(), filters=[PDFZCompress])
        widths = " ".join([f"{self.face.getCharWidth(code):g}" for code in codes])
        font = cast("Any", PDFTrueTypeFont())
        font.Name, font.BaseFont = key, name
        font.FirstChar, font.LastChar, font.Widths = 0, len(codes) - 1, f"[ {widths} ]"
        font.ToUnicode = doc.Reference(text_map, f"toUnicodeCMap:{name}")
        font.FontDescriptor = self.face.addSubsetObjects(doc, name, codes)
        outlines = cast("PDFStream", doc.idToObject[f"fontFile:{self.face.filename}({name})"])
        outlines.filters = [_QuickFlate()]
        return font


def _mend_metrics(face: Any) -> None:
    """Put right the widths of those glyphs that share one, as all of a Chinese face do.

    reportlab keeps them in thousandths of an em, all others in units of the face, and so writes a subset
    whose widths are not those of the page (ISO 32000-1, 9.6.3).
    """
    (own,) = struct.unpack_from(">H", face.get_table("hhea"), _OWN_WIDTHS)
    shared = face.hmetrics[own - 1][0]
    face.hmetrics[own:] = [(shared, bearing) for _, bearing in face.hmetrics[own:]]


_OWN_WIDTHS = 34
"""Where the table ``hhea`` says how many glyphs have a width of their own (OpenType 1.9)."""


class _QuickFlate(PDFStreamFilterZCompress):
    """Outlines hardly repeat: without looking for repeats they are an eighth longer in a quarter of the time.

    The usual level would take a third of the time of a whole paper.
    """

    def encode(self, text: bytes) -> bytes:
        quick = zlib.compressobj(strategy=zlib.Z_HUFFMAN_ONLY)
        return quick.compress(text) + quick.flush()


class _Face(TTFontFace):
    """A face that copies no more of its file than a subset needs."""

    def get_table(self, tag: str) -> "bytes | _Outlines":
        if tag in _NEEDLESS:
            raise KeyError(tag)
        if tag == "glyf":
            data: bytes = self._ttf_data  # pyright: ignore[reportAttributeAccessIssue] - set while reading
            return _Outlines(data, self.get_table_pos(tag)[0])
        return super().get_table(tag)


class _Outlines:
    """The table of outlines, cut where it lies: reportlab would copy all 14 MB for each subset."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data = data
        self.start = start

    def __getitem__(self, part: slice) -> bytes:
        return self.data[self.start + part.start : self.start + part.stop]


def unicode_map(name: str, codes: list[int]) -> str:
    """Return a ToUnicode map: the n-th code of the subset means the n-th of ``codes``.

    Code 0 is the face's sign for what it lacks, which is never shown and means nothing.
    """
    entries = [
        f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for place, code in enumerate(codes)
        if code
    ]
    sections = [entries[start : start + _ENTRIES] for start in range(0, len(entries), _ENTRIES)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in sections),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
