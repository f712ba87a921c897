"""The faces papers are set in, what they cover, and which one helps out for a rare character."""

import struct
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

import msgspec
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from mediation_desktop.documents.embedding import EmbeddedFont
from mediation_desktop.documents.page import Paper
from mediation_desktop.documents.systemfaces import ADVICE, Source, found, may_be_embedded
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
    """One face, read when first needed and then kept.  ``word`` is its name in Word, if it has one there."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path = source.path
        self.word = source.word
        self.name = f"{source.path.stem}-{source.index}" if source.index else source.path.stem
        self._widths: dict[str, float] = {}

    @cached_property
    def font(self) -> EmbeddedFont:
        """The font as the PDF writer uses it.

        Raises:
            UserError: it has no TrueType outlines, or its maker forbids embedding.
        """
        if not may_be_embedded(self.source):
            raise UserError(
                f"文书字体“{self.path.name}”的版权设置不许嵌入文件，不能用来打印要存档的文书。",
                f"请换一种字体。{ADVICE}",
            )
        try:
            font = EmbeddedFont(self.name, str(self.path), self.source.index)
        except (TTFError, struct.error) as error:
            raise UserError(
                f"文书字体“{self.path.name}”不能用，只支持 TrueType 轮廓的 .ttf 和 .ttc 字体。", ADVICE
            ) from error
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
    """The faces of text, emphasis and titles, and those that are asked in turn for what these lack."""

    def __init__(
        self, body: Face, bold: Face, fallbacks: Iterable[Face] = (), title: Face | None = None
    ) -> None:
        self.body = body
        self.bold = bold
        self.title = title or bold
        self.fallbacks = tuple(fallbacks)

    @classmethod
    def bundled(cls, own: Path | None = None) -> "FontSet":
        """Return the faces that came with the program, then those of the system that ``faces.toml`` names.

        An office chooses otherwise in its folder ``own``: a ``faces.toml`` there is read in place of the
        shipped one and may name faces of the system (仿宋, 宋体, …; see ``system.toml``), and every face
        lying there is asked before those of the system.  The set is kept for the life of the program, for
        reading a face takes a tenth of a second.

        Raises:
            UserError: the office's choice is malformed, or names a face that is missing or unusable.
        """
        return _bundled(resource("fonts"), own)

    def face(self, role: str) -> Face:
        """Return the face for ``body``, ``bold`` or ``title``."""
        return {"bold": self.bold, "title": self.title}.get(role, self.body)

    def rare(self, chars: set[str]) -> set[str]:
        """Return those characters that not every one of the three faces has."""
        return set().union(*(face.lacking(chars) for face in {self.body, self.bold, self.title}))

    def helper(self, char: str) -> Face | None:
        """Return the first face of the fallbacks that has ``char``."""
        return next((face for face in self.fallbacks if face.has(char)), None)

    def lacking(self, chars: Iterable[str]) -> set[str]:
        """Return those characters that no face has, but for those that nobody would see on paper."""
        return {char for char in self._nowhere(chars) if not char.isspace() and not _is_unseen(char)}

    def stand_ins(self, chars: Iterable[str]) -> dict[str, str]:
        """Return what is set in place of characters that no face has, for no face may draw its empty box."""
        return {
            char: " " if char.isspace() else "" if _is_unseen(char) else SLOT for char in self._nowhere(chars)
        }

    def _nowhere(self, chars: Iterable[str]) -> set[str]:
        return {char for char in self.body.lacking(chars) if self.helper(char) is None}

    def runs(self, text: str, face: Face) -> list[tuple[Face, str]]:
        """Cut a text into runs of one face each; no face is asked to draw what it lacks."""

        def drawn_by(char: str) -> Face:
            return face if face.has(char) else self.helper(char) or face

        return [(chosen, "".join(chars)) for chosen, chars in groupby(text, drawn_by)]


def _is_unseen(char: str) -> bool:
    """Tell whether a character only steers how others look, as those do that come along when pasting."""
    return unicodedata.category(char) in {"Cc", "Cf"} or unicodedata.name(char, "").startswith(_SELECTOR)


_SELECTOR = "VARIATION SELECTOR"


class _Fallback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    file: str
    places: tuple[str, ...] = ()


class _Faces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A choice of faces; without a ``title`` titles are set in ``bold``, without ``fallback`` as shipped."""

    body: str
    bold: str
    title: str = ""
    fallback: tuple[_Fallback, ...] | None = None


_CHOICE = "faces.toml"


@lru_cache(maxsize=4)
def _bundled(shipped: Path, own: Path | None) -> FontSet:
    usual = _choice(shipped / _CHOICE)
    chosen = _choice(own / _CHOICE) if own and (own / _CHOICE).is_file() else usual
    homes = [own, shipped] if own else [shipped]
    body, bold, title = (
        found(name, homes, shipped / "system.toml")
        for name in (chosen.body, chosen.bold, chosen.title or chosen.bold)
    )
    helpers = _helpers(chosen.fallback if chosen.fallback is not None else usual.fallback or (), homes, own)
    opened = {source: Face(source) for source in (body, bold, title, *helpers)}
    for source in (body, bold, title):
        _ = opened[source].font  # what cannot be used is told now, not in the middle of a paper
    return FontSet(opened[body], opened[bold], [opened[one] for one in helpers], opened[title])


def _helpers(fallback: tuple[_Fallback, ...], homes: list[Path], own: Path | None) -> list[Source]:
    """Return the faces to be asked in turn; of those of the system only what may be embedded."""
    plain = [path for item in fallback if not item.places for path in _in_homes(item.file, homes)]
    added = sorted(own.glob("*.ttf")) if own else []
    system = [Path(place, item.file) for item in fallback for place in item.places]
    usable = [Source(path) for path in system if path.is_file() and may_be_embedded(Source(path))]
    return list(dict.fromkeys((*map(Source, (*plain, *added)), *usable)))


def _choice(path: Path) -> _Faces:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Faces)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise UserError("文书字体的选择写得不对。", ADVICE) from error


def _in_homes(name: str, homes: Iterable[Path]) -> list[Path]:
    return [path for home in homes if (path := home / name).is_file()][:1]


def missing_characters(paper: Paper, fonts: FontSet) -> tuple[MissingCharacter, ...]:
    """Return the characters of a paper that would print as a slot for the pen, once for each place."""
    texts = paper.texts()
    lacking = fonts.lacking({char for text, _ in texts for char in text})
    found = {(char, where): None for text, where in texts for char in text if char in lacking}
    return tuple(MissingCharacter(char, f"U+{ord(char):04X}", where) for char, where in found)
