"""How a paper looks: sizes and spaces, all from a style file."""

from typing import Literal

import msgspec
from msgspec.structs import replace


class TextStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Face, type size, line pitch and the space around, in points; ``spread`` letter-spaces, in ems."""

    size: float
    pitch: float
    face: Literal["body", "bold", "title"] = "body"
    before: float = 0
    after: float = 0
    spread: float = 0


class PageStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sheet and margins in millimetres."""

    width: float = 210
    height: float = 297
    top: float = 30
    bottom: float = 28
    left: float = 28
    right: float = 26


class SignatureStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Room for signing, in points: the height of a line for the pen and the space between rows."""

    pen: float
    gap: float


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole style file.

    ``tighten`` holds factors for all heights: the first is taken, unless a later one saves a page, or
    keeps signatures together that would be torn apart.
    """

    note: str
    page: PageStyle
    text: dict[str, TextStyle]
    signatures: SignatureStyle
    rule: float = 0.6
    docx_face: str = "宋体"
    tighten: tuple[float, ...] = (1.0,)

    def tightened(self, factor: float) -> "Style":
        """Return this style with all heights multiplied by ``factor``."""
        text = {
            role: replace(one, pitch=one.pitch * factor, before=one.before * factor, after=one.after * factor)
            for role, one in self.text.items()
        }
        signing = SignatureStyle(self.signatures.pen * factor, self.signatures.gap * factor)
        return replace(self, text=text, signatures=signing)
