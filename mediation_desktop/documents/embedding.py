"""A TrueType face as reportlab embeds it, with a text map that is right for every character."""

from typing import cast

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_ENTRIES = 100
"""The most entries a ``bfchar`` section may have (Adobe Technical Note 5014)."""


class EmbeddedFont(TTFont):
    """reportlab's font, but characters beyond U+FFFF are mapped to UTF-16 pairs as PDF wants it.

    reportlab writes U+2CB4E as five hexadecimal digits, which readers take for U+2CB4 and a stray rest
    (ISO 32000-1, 9.10.3).
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        """Add the subsets of this font to the document."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            tag = SUBSETN(number).decode()
            name = f"{tag}+{self.face.name.decode()}{self.face.subfontNameX.decode()}"
            stream = cast("PDFStream", doc.idToObject[f"toUnicodeCMap:{name}"])
            stream.content = unicode_map(name, subset)


def unicode_map(name: str, codes: list[int]) -> str:
    """Return a ToUnicode map: the n-th code of the subset means the n-th of ``codes``."""
    entries = [
        f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for place, code in enumerate(codes)
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
            *(
                line
                for section in sections
                for line in (f"{len(section)} beginbfchar", *section, "endbfchar")
            ),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
