"""文书码: the small code on every page of an issued paper, by which a scan finds its paper and its page.

It holds the paper's id, a short digest of what is written on the paper, and the page's number: nothing about
anybody.  It says which paper a page belongs to; that the page is genuine only the office's own copy tells.
"""

import base64
import hashlib
import re
from uuid import UUID

from msgspec import Struct

_WORD = "PA1"
_DIGEST = 12
"""Characters of the digest: 60 bits, so that no two papers meet by chance."""
_SHAPE = re.compile(rf"{_WORD}\.([A-Z2-7]{{26}})\.([A-Z2-7]{{{_DIGEST}}})(?:\.([1-9]\d{{0,3}}))?")


class PaperCode(Struct, frozen=True):
    """What the code on a page says; ``page`` counts from 1, and 0 stands for the paper as a whole."""

    paper_id: UUID
    digest: str
    page: int = 0

    @property
    def text(self) -> str:
        """The code as it is written: capitals, figures and dots, which a QR code packs closest."""
        whole = f"{_WORD}.{_letters(self.paper_id.bytes)}.{self.digest}"
        return f"{whole}.{self.page}" if self.page else whole

    def on_page(self, page: int) -> "PaperCode":
        """Return the code of one page."""
        return PaperCode(self.paper_id, self.digest, page)


def paper_code(paper_id: UUID, content: bytes) -> PaperCode:
    """Return the code of a paper that says ``content``."""
    return PaperCode(paper_id, _letters(hashlib.sha256(content).digest())[:_DIGEST])


def read_code(text: str) -> PaperCode | None:
    """Return what a code says; ``None`` for one that is not ours."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    letters, digest, page = found.groups()
    return PaperCode(UUID(bytes=base64.b32decode(f"{letters}======")), digest, int(page or 0))


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")
