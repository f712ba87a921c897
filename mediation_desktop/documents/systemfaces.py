"""Where a face named in ``faces.toml`` lies: a bundled file, a path, or a face of the system by name."""

import struct
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

from mediation_desktop.domain.errors import UserError

ADVICE = "请核对 fonts 文件夹里的 faces.toml；删去它，就会重新使用随程序附带的字体。"
_RESTRICTED = 0x0002
_NO_SUBSET, _BITMAPS_ONLY = 0x0100, 0x0200
_LICENCE_BITS = 0x000E
_RIGHTS = 8
"""Where the table OS/2 says what may be done with the face (OpenType 1.9, ``fsType``)."""


class Source(msgspec.Struct, frozen=True):
    """A file with a face, which one of a collection it is, and what Word calls it, where that is known."""

    path: Path
    index: int = 0
    word: str = ""


class _Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    files: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    index: int = 0


class _System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    places: tuple[str, ...]
    face: tuple[_Known, ...]


def found(name: str, homes: Iterable[Path], table: Path) -> Source:
    """Return where a face lies that is named by file, by path or as ``table`` knows it.

    ``homes`` are the folders of plain file names; ``#1`` after a collection means its second face.

    Raises:
        UserError: there is no such face on this PC.
    """
    file, _, place = name.partition("#")
    index = int(place) if place.isdecimal() else 0
    for home in homes:
        if (path := home / file).is_file():
            return Source(path, index)
    known = next((one for one in _system(table).face if name in {one.name, *one.aliases}), None)
    if known is None:
        raise UserError(f"没有找到文书字体“{Path(file).name}”。", ADVICE)
    for folder in _system(table).places:
        for file in known.files:
            if (path := Path(folder).expanduser() / file).is_file():
                return Source(path, known.index, known.name)
    raise UserError(f"这台电脑没有装文书字体“{known.name}”。", f"请装上这种字体，或者换一种。{ADVICE}")


@lru_cache(maxsize=4)
def _system(table: Path) -> _System:
    return msgspec.convert(tomllib.loads(table.read_text(encoding="utf-8")), _System)


def may_be_embedded(source: Source) -> bool:
    """Tell whether the maker of a face lets a part of it be put into a document.

    Of several rights the widest counts (OpenType 1.9, OS/2).  A face that says nothing may be embedded;
    whether it is a face at all is found out by whoever reads it.
    """
    try:
        rights = _rights(source)
    except (struct.error, OSError):
        return True
    return rights & _LICENCE_BITS != _RESTRICTED and not rights & (_NO_SUBSET | _BITMAPS_ONLY)


def _rights(source: Source) -> int:
    with source.path.open("rb") as file:
        start = 0
        if file.read(4) == b"ttcf":
            file.seek(12 + 4 * source.index)
            (start,) = struct.unpack(">I", file.read(4))
        file.seek(start + 4)
        (count,) = struct.unpack(">H6x", file.read(8))
        for _ in range(count):
            tag, _sum, offset, _length = struct.unpack(">4sIII", file.read(16))
            if tag == b"OS/2":
                file.seek(offset + _RIGHTS)
                (rights,) = struct.unpack(">H", file.read(2))
                return rights
    return 0
