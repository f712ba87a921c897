"""The faces papers are set in, what they cover, and which one helps out for a rare character."""

import tomllib
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

import msgspec
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from mediation_desktop.documents.embedding import EmbeddedFont
from mediation_desktop.documents.page import Paper
from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.paths import resource

SLOT = "〔＿＿〕"
"""Stands for a character that no face has: room to write it by hand."""


class MissingCharacter(msgspec.Struct, frozen=True):
    """A character that no face can print.  ``where`` is the label it stands under."""

    char: str
    codepoint: str
    where: str

    @property
    def advice(self) -> str:
        """Say which character it is, where it stands and what to do."""
        return (
            f"“{self.where}”中的“{self.char}”（{self.codepoint}）字库里没有，纸上留了空位，请打印后手写补上。"
        )


class Face:
    """One font file, read when first needed and then kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        self._widths: dict[str, float] = {}

    @cached_property
    def font(self) -> EmbeddedFont:
        """The font as the PDF writer uses it."""
        font = EmbeddedFont(self.name, str(self.path))
        pdfmetrics.registerFont(font)
        return font

    def has(self, char: str) -> bool:
        """Tell whether the face can draw a character."""
        return ord(char) in self.font.face.charToGlyph

    def lacking(self, chars: Iterable[str]) -> set[str]:
        """Return those characters that the face cannot draw."""
        return set(map(chr, set(map(ord, chars)).difference(self.font.face.charToGlyph)))

    def width(self, text: str) -> float:
        """Return the width of a text in ems."""
        known = self._widths.get(text)
        if known is None:
            face = self.font.face
            known = sum(face.charWidths.get(ord(char), face.defaultWidth) for char in text) / 1000
            self._widths[text] = known
        return known


class FontSet:
    """The text face, the bold face, and the faces that are asked in turn for what these lack."""

    def __init__(self, body: Face, bold: Face, fallbacks: Iterable[Face] = ()) -> None:
        self.body = body
        self.bold = bold
        self.fallbacks = tuple(fallbacks)

    @classmethod
    def bundled(cls, own: Path | None = None) -> "FontSet":
        """Return the faces that came with the program, then those of the system that ``faces.toml`` names.

        An office chooses otherwise in its folder ``own``: a ``faces.toml`` there is read in place of the
        shipped one, and every face lying there is asked before those of the system.  The set is kept for
        the life of the program, for reading a face takes a tenth of a second.

        Raises:
            UserError: the office's choice is malformed, or names a face that is missing or unusable.
        """
        return _bundled(resource("fonts"), own)

    def face(self, role: str) -> Face:
        """Return the face for ``body`` or ``bold``."""
        return self.bold if role == "bold" else self.body

    def helper(self, char: str) -> Face | None:
        """Return the first face of the fallbacks that has ``char``."""
        return next((face for face in self.fallbacks if face.has(char)), None)

    def lacking(self, chars: Iterable[str]) -> set[str]:
        """Return those characters that no face has."""
        return {char for char in self.body.lacking(chars) if not char.isspace() and self.helper(char) is None}

    def runs(self, text: str, face: Face) -> list[tuple[Face, str]]:
        """Cut a text into runs of one face each; no face is asked to draw what it lacks."""

        def drawn_by(char: str) -> Face:
            return face if face.has(char) else self.helper(char) or face

        return [(chosen, "".join(chars)) for chosen, chars in groupby(text, drawn_by)]


class _Fallback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    file: str
    places: tuple[str, ...] = ()


class _Faces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    body: str
    bold: str
    fallback: tuple[_Fallback, ...] = ()


_CHOICE = "faces.toml"
_ADVICE = "请核对 fonts 文件夹里的 faces.toml；删去它，就会重新使用随程序附带的字体。"


@lru_cache(maxsize=4)
def _bundled(shipped: Path, own: Path | None) -> FontSet:
    faces = _choice(own / _CHOICE if own and (own / _CHOICE).is_file() else shipped / _CHOICE)
    homes = [own, shipped] if own else [shipped]
    plain = [path for item in faces.fallback if not item.places for path in _in_homes(item.file, homes)]
    added = sorted(own.glob("*.ttf")) if own else []
    system = [Path(place, item.file) for item in faces.fallback for place in item.places]
    body, bold = (_chosen(name, homes) for name in (faces.body, faces.bold))
    helpers = dict.fromkeys(path for path in (*plain, *added, *system) if path.is_file())
    opened = {path: Face(path) for path in (body, bold, *helpers)}
    for path in (body, bold):
        _require_usable(opened[path])
    return FontSet(opened[body], opened[bold], [opened[path] for path in helpers])


def _choice(path: Path) -> _Faces:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Faces)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise UserError("文书字体的选择写得不对。", _ADVICE) from error


def _in_homes(name: str, homes: Iterable[Path]) -> list[Path]:
    """Return where a face lies; a whole path, as of a system's face, is taken as it is."""
    return [path for home in homes if (path := home / name).is_file()][:1]


def _chosen(name: str, homes: Iterable[Path]) -> Path:
    found = _in_homes(name, homes)
    if not found:
        raise UserError(f"没有找到文书字体“{Path(name).name}”。", _ADVICE)
    return found[0]


def _require_usable(face: Face) -> None:
    """Read a face chosen for text: one that cannot be used is told now, not in the middle of a paper."""
    try:
        _ = face.font
    except TTFError as error:
        raise UserError(
            f"文书字体“{face.path.name}”不能用，只支持 TrueType 轮廓的 .ttf 字体。", _ADVICE
        ) from error


def missing_characters(paper: Paper, fonts: FontSet) -> tuple[MissingCharacter, ...]:
    """Return the characters of a paper that would print as a slot for the pen, once for each place."""
    texts = paper.texts()
    lacking = fonts.lacking({char for text, _ in texts for char in text})
    found = {(char, where): None for text, where in texts for char in text if char in lacking}
    return tuple(MissingCharacter(char, f"U+{ord(char):04X}", where) for char, where in found)
