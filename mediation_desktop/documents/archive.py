"""Make a PDF fit to be kept for good: PDF/A-2u (ISO 19005-2), and able to tell whether it was changed.

reportlab writes pages and faces so that they conform; what it leaves out is added here: the description
in XMP, the meaning of colours, and the white space that strict readers want.
"""

import hashlib
import re
import zlib
from datetime import datetime
from functools import cache
from io import BufferedWriter, BytesIO, RawIOBase
from typing import Any, BinaryIO, Protocol, cast
from xml.sax.saxutils import escape

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, String

from mediation_desktop.domain.papercode import PaperCode, read_code
from mediation_desktop.system.clock import wall_time
from mediation_desktop.system.paths import resource

PRODUCER = "平安调解工作台"
_PROFILE = "sRGB IEC61966-2-1"
_VERSION = "1.7"
_ID = re.compile(rb"/ID ?\[ ?<([0-9a-f]{32})><([0-9a-f]{32})> ?\]")
_AT_ONCE = 1 << 20
_TAIL = 300
"""The trailer with the file's identifier lies in the last so many bytes."""
HOSTILE = (
    *(pikepdf.PdfError, pikepdf.PasswordError),
    *(ValueError, TypeError, KeyError, AttributeError, RuntimeError),
)
"""What pikepdf raises over broken, locked and hostile files."""

# The white space at the end is XMP's own: nobody edits this, so there is none (XMP part 1, 7.3.2).
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"\
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"\
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>{identifier}
<pdf:Keywords>{code}</pdf:Keywords><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate><xmp:MetadataDate>{moment}</xmp:MetadataDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_CLAIM = b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>\n"
_IDENTIFIER = "\n<dc:identifier>urn:uuid:{}</dc:identifier>"


class Sink(Protocol):
    """Takes bytes."""

    def write(self, data: memoryview | bytes, /) -> object:
        """Take all of ``data``."""
        ...


class About(Struct, frozen=True):
    """What a paper's file says of itself: title, committee, form and version."""

    title: str
    author: str
    subject: str


class Told(Struct, frozen=True):
    """What a PDF of ours tells; ``whole`` when not a byte of it was changed since it was written."""

    about: About
    code: PaperCode | None
    written: str
    pages: int
    whole: bool


def archived(data: bytes, about: About, code: PaperCode | None, now: datetime) -> bytes:
    """Return a PDF of reportlab's as PDF/A-2u; the same input gives the same bytes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        describe(pdf, about, code, now)
        plain, target = BytesIO(), BytesIO()
        _save(pdf, plain)
    with _Sealing(target) as sealing:
        sealing.write(plain.getbuffer())
    return target.getvalue()


def describe(
    pdf: pikepdf.Pdf, about: About, code: PaperCode | None, now: datetime, *, conforms: bool = True
) -> None:
    """Put into a PDF of reportlab's what PDF/A asks for, and its claim where all of it ``conforms``."""
    xmp = _xmp(about, code, now) if conforms else _xmp(about, code, now).replace(_CLAIM, b"")
    root = pdf.Root
    root.Metadata = pdf.make_indirect(_stream(pdf, xmp, Name.Metadata, Name.XML))
    root.OutputIntents = Array([_intent(pdf)])
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for page in pdf.pages:
        for needless in ("/Trans", "/Rotate"):
            if needless in page.obj:
                del page.obj[needless]
    info = pdf.trailer.Info
    del info["/Trapped"]
    info["/Keywords"] = String(code.text if code else "")


def save_sealed(pdf: pikepdf.Pdf, sink: Sink) -> None:
    """Write a PDF that was described, so that it tells whether it was changed; never whole in memory."""
    with _Sealing(sink) as sealing, BufferedWriter(sealing, _AT_ONCE) as buffered:
        _save(pdf, cast("BinaryIO", buffered))


def _save(pdf: pikepdf.Pdf, target: BinaryIO) -> None:
    pdf.save(
        target,
        force_version=_VERSION,
        deterministic_id=True,
        preserve_pdfa=True,  # line ends before "endstream" (ISO 19005-2, 6.1.7.1)
        compress_streams=False,  # reportlab did; unpacking and packing again takes longest of all
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )


def told_by(data: bytes) -> Told | None:
    """Return what a PDF of ours tells of itself; ``None`` for any other file."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            info = {str(key): str(value) for key, value in pdf.docinfo.items()}
            pages = len(pdf.pages)
    except HOSTILE:
        return None
    if info.get("/Producer") != PRODUCER:
        return None
    about = About(*(info.get(key, "") for key in ("/Title", "/Author", "/Subject")))
    code = read_code(info.get("/Keywords", ""))
    return Told(about, code, info.get("/CreationDate", ""), pages, _is_whole(data))


def _xmp(about: About, code: PaperCode | None, now: datetime) -> bytes:
    told = {"title": about.title, "author": about.author, "subject": about.subject, "producer": PRODUCER}
    told |= {"code": code.text if code else "", "moment": f"{wall_time(now):%Y-%m-%dT%H:%M:%S}+08:00"}
    written = {name: escape(text) for name, text in told.items()}
    identifier = _IDENTIFIER.format(code.paper_id) if code else ""
    return _XMP.format(**written, identifier=identifier).encode()


def _stream(pdf: pikepdf.Pdf, data: bytes, kind: Name, subtype: Name) -> pikepdf.Stream:
    stream = pdf.make_stream(data)
    stream.Type, stream.Subtype = kind, subtype
    return stream


def _intent(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Say what the colours of the pages mean (ISO 19005-2, 6.2.3)."""
    profile = pdf.make_stream(_profile())
    profile.N, profile.Filter = 3, Name.FlateDecode
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String(_PROFILE),
            Info=String(_PROFILE),
            DestOutputProfile=profile,
        )
    )


@cache
def _profile() -> bytes:
    return zlib.compress(resource("icc", "sRGB.icc").read_bytes())


class _Sealing(RawIOBase):
    """Passes a file on with a digest of all its other bytes for its identifier, which stands near its end."""

    def __init__(self, sink: Sink) -> None:
        super().__init__()
        self._sink = sink
        self._tail = b""
        self._rest = hashlib.sha256()

    def writable(self) -> bool:
        """Bytes may be written."""
        return True

    def write(self, data: Any, /) -> int:
        """Take all of ``data``, holding back the last bytes."""
        held = memoryview(self._tail + data if self._tail else data)
        cut = max(0, len(held) - _TAIL)
        self._rest.update(held[:cut])
        self._sink.write(held[:cut])
        self._tail = bytes(held[cut:])
        return len(data)

    def close(self) -> None:
        """Write the last bytes, the identifier in them."""
        if not self.closed:
            self._sink.write(_ID.sub(lambda found: _own_id(self._rest, found), self._tail))
        super().close()


def _own_id(rest: Any, found: re.Match[bytes]) -> bytes:
    """Return the identifier with a digest of the file: of its ``rest``, and its tail without identifier."""
    digest = rest.copy()
    digest.update(_blanked(found))
    name = digest.hexdigest()[:32].encode()
    return found[0].replace(found[1], name).replace(found[2], name)


def _blanked(found: re.Match[bytes]) -> bytes:
    zeros = b"0" * len(found[1])
    return found.string.replace(found[1], zeros).replace(found[2], zeros)


def _is_whole(data: bytes) -> bool:
    found = _ID.search(data[-_TAIL:])
    return found is not None and found[0] == _own_id(hashlib.sha256(data[:-_TAIL]), found)
