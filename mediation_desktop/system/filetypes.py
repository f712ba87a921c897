"""Which files are taken in and may travel, told by their first bytes as well as by their extension."""

import re
import zipfile
from typing import BinaryIO

DOCUMENT_TYPES = frozenset({"pdf", "docx"})
ATTACHMENT_TYPES = DOCUMENT_TYPES | {"jpg", "png", "mp3", "m4a", "wav"}

MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
}
"""The media type (IANA's registry) of every extension that is taken in."""

_MAGIC = {
    "pdf": re.compile(rb"%PDF-"),
    "docx": re.compile(rb"PK\x03\x04"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "mp3": re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
    "m4a": re.compile(rb".{4}ftyp", re.DOTALL),
    "wav": re.compile(rb"RIFF.{4}WAVE", re.DOTALL),
}
_MAGIC_BYTES = 12
_MAX_DOCX_PARTS = 2_000


def is_allowed(extension: str, stream: BinaryIO) -> bool:
    """Tell whether ``stream`` holds a file of the type that ``extension`` (lower case, no dot) says.

    A docx with macros or other active parts is not allowed.
    """
    magic = _MAGIC.get(extension)
    if magic is None or not magic.match(stream.read(_MAGIC_BYTES)):
        return False
    return extension != "docx" or _is_plain_docx(stream)


def extension_of(media_type: str) -> str:
    """Return the extension of a media type that is taken in.

    Raises:
        LookupError: there is none of that type.
    """
    for extension, known in MEDIA_TYPES.items():
        if known == media_type:
            return extension
    raise LookupError(media_type)


def _is_plain_docx(stream: BinaryIO) -> bool:
    """Tell whether a ZIP is a Word document (ECMA-376) without macros, ActiveX or embedded objects."""
    try:
        with zipfile.ZipFile(stream) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    active = ("vbaproject", "activex", "embeddings/", "vbadata")
    return (
        len(names) <= _MAX_DOCX_PARTS
        and {"[Content_Types].xml", "word/document.xml"} <= set(names)
        and not any(word in name.casefold() for name in names for word in active)
    )
