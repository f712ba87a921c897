"""BagIt 1.0 (RFC 8493): written whole, and checked against a closed list of names.

The checker is stricter than the RFC: one algorithm, no ``fetch.txt``, no file that is not expected, every
tag file listed, and the exact bytes of ``bagit.txt``.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange import limits
from mediation_desktop.exchange.archive import Archive, Member
from mediation_desktop.exchange.refusal import BundleRefused, Reason
from mediation_desktop.system import filetypes

ROOT = "bag/"
RECORDS = "data/records.ndjson"
DESCRIPTION = "bundle.json"
SCHEMA = "schema/revision.schema.json"

_DECLARATION_NAME, _DECLARATION = "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_INFO, _MANIFEST, _TAG_MANIFEST = "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
_LISTED_TAGS = frozenset({_DECLARATION_NAME, _INFO, DESCRIPTION, SCHEMA, _MANIFEST})

_FILE = re.compile(
    rf"data/(?:documents|attachments/(?P<shelf>[0-9a-f]{{2}}))/(?P<digest>[0-9a-f]{{64}})"
    rf"\.(?P<type>{'|'.join(sorted(filetypes.ATTACHMENT_TYPES))})"
)
_NAMES = re.compile(
    rf"{ROOT}(?:{'|'.join(re.escape(name) for name in (*sorted(_LISTED_TAGS), _TAG_MANIFEST, RECORDS))}"
    rf"|{_FILE.pattern})"
)
_INFO_TEXT = re.compile(
    r"Source-Organization: (?P<source>[^\r\n]+)\nExternal-Identifier: urn:uuid:(?P<id>[0-9a-f-]{36})\n"
    r"Bagging-Date: (?P<date>[0-9-]{10})\nPayload-Oxum: (?P<oxum>[0-9]+\.[0-9]+)\n"
)


class BagInfo(Struct, frozen=True):
    """What ``bag-info.txt`` says: the office's name, the bundle's id and the day."""

    source: str
    bundle_id: UUID
    made_on: date


class Bag(Struct, frozen=True):
    """A bag that passed every check. ``files`` are the documents and attachments, names within the bag."""

    info: BagInfo
    files: tuple[str, ...]


def document_name(digest: str, extension: str) -> str:
    """Return where an issued paper lies in a bag."""
    return f"data/documents/{digest}.{extension}"


def attachment_name(digest: str, extension: str) -> str:
    """Return where an attachment lies in a bag."""
    return f"data/attachments/{digest[:2]}/{digest}.{extension}"


def bag_members(
    info: BagInfo, description: bytes, schema: bytes, payload: Iterable[Member]
) -> Iterator[Member]:
    """Yield the members of a bag in writing order; each must be read to its end before the next.

    ``payload`` names lie within the bag (``data/…``).

    Raises:
        UserError: a file's content has not the digest in its name.
    """
    tags, contents = _Listing(), _Listing()
    for name, data in ((_DECLARATION_NAME, _DECLARATION), (DESCRIPTION, description), (SCHEMA, schema)):
        yield ROOT + name, tags.counted(name, [data])
    for name, chunks in payload:
        yield ROOT + name, contents.counted(name, chunks)
        found = _FILE.fullmatch(name)
        if found and found["digest"] != contents.digests[name]:
            raise UserError("有一个附件的内容与登记时不一致。", "请从备份恢复这个附件后再导出。")
    text = (
        f"Source-Organization: {' '.join(info.source.split())}\n"
        f"External-Identifier: urn:uuid:{info.bundle_id}\n"
        f"Bagging-Date: {info.made_on.isoformat()}\nPayload-Oxum: {contents.oxum()}\n"
    )
    for name, data in ((_MANIFEST, contents.manifest()), (_INFO, text.encode())):
        yield ROOT + name, tags.counted(name, [data])
    yield ROOT + _TAG_MANIFEST, [tags.manifest()]


def open_bag(stream: BinaryIO) -> tuple[Archive, Bag]:
    """Open a ZIP that may hold only a bag's names, and check the bag in it.

    Raises:
        BundleRefused: anything is missing, added, changed or of a wrong type.
    """
    archive = Archive(stream, _NAMES)
    names = {name.removeprefix(ROOT) for name in archive.sizes}
    payload = {name for name in names if name.startswith("data/")}
    if names - payload != _LISTED_TAGS | {_TAG_MANIFEST} or RECORDS not in payload:
        raise BundleRefused(Reason.BAD_BAG)
    if _tag(archive, _DECLARATION_NAME) != _DECLARATION:
        raise BundleRefused(Reason.BAD_BAG, _DECLARATION_NAME)
    _check_manifest(archive, _TAG_MANIFEST, _LISTED_TAGS)
    contents = _check_manifest(archive, _MANIFEST, payload)
    found = tuple(sorted(payload - {RECORDS}))
    for name in found:
        _check_file(archive, name, contents.digests[name])
    return archive, Bag(_parse_info(_tag(archive, _INFO), contents), found)


class _Listing:
    """Digests and octets of the members that passed by."""

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.octets = 0

    def counted(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
            self.octets += len(chunk)
            yield chunk
        self.digests[name] = digest.hexdigest()

    def oxum(self) -> str:
        return f"{self.octets}.{len(self.digests)}"

    def manifest(self) -> bytes:
        return "".join(f"{digest}  {name}\n" for name, digest in sorted(self.digests.items())).encode()


def _tag(archive: Archive, name: str) -> bytes:
    return archive.read(ROOT + name, limits.MAX_MEMBERS * 256)


def _check_manifest(archive: Archive, manifest: str, expected: Iterable[str]) -> "_Listing":
    """Check that ``manifest`` lists exactly ``expected`` with true digests, in the one form written here."""
    listing = _Listing()
    for name in sorted(expected):
        for _ in listing.counted(name, archive.chunks(ROOT + name)):
            pass
    claimed = _tag(archive, manifest)
    if claimed == listing.manifest():
        return listing
    listed = set(claimed.decode("utf-8", "replace").splitlines())
    wrong = [name for name, digest in listing.digests.items() if f"{digest}  {name}" not in listed]
    raise BundleRefused(Reason.BAD_BAG, wrong[0].rpartition("/")[2] if wrong else manifest)


def _parse_info(data: bytes, contents: "_Listing") -> BagInfo:
    try:
        found = _INFO_TEXT.fullmatch(data.decode())
        if found and found["oxum"] == contents.oxum():
            return BagInfo(found["source"], UUID(found["id"]), date.fromisoformat(found["date"]))
    except ValueError:
        pass
    raise BundleRefused(Reason.BAD_BAG, _INFO)


def _check_file(archive: Archive, name: str, digest: str) -> None:
    """Check that a document or attachment is what its name says: digest, shelf and type."""
    found = _FILE.fullmatch(name)
    if not found or found["digest"] != digest or found["shelf"] not in {None, digest[:2]}:
        raise BundleRefused(Reason.BAD_FILE)
    types = filetypes.DOCUMENT_TYPES if found["shelf"] is None else filetypes.ATTACHMENT_TYPES
    with archive.opened(ROOT + name) as stream:
        if found["type"] not in types or not filetypes.is_allowed(found["type"], stream):
            raise BundleRefused(Reason.BAD_FILE, found["type"])
