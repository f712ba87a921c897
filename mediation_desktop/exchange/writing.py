"""Writing a bundle: zipped, sealed, hashed and written in one pass; no plaintext file is made."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange import limits, signing
from mediation_desktop.exchange.archive import Member, zip_chunks
from mediation_desktop.exchange.bag import RECORDS, BagInfo, attachment_name, bag_members, document_name
from mediation_desktop.exchange.container import read_container, write_container
from mediation_desktop.exchange.header import (
    BundleHeader,
    SignedHeader,
    check_office_code,
    describe,
    description_bytes,
)
from mediation_desktop.exchange.keys import DeviceKeys
from mediation_desktop.exchange.refusal import BundleRefused
from mediation_desktop.exchange.schema import Json, encode_line, schema_bytes
from mediation_desktop.system import drives, files, filetypes, sealing
from mediation_desktop.system.problems import EnvironmentProblem

Progress = Callable[[int, int], None]
"""Takes bytes done and bytes in all."""

_SPARE_FACTOR, _SPARE_BYTES = 1.02, 16 * 1024**2
"""What a bundle may need beyond the size of its files."""

_OTHER_MEMBERS = 10
"""Room kept for the bag's own files."""


class WritingCancelled(Exception):
    """The user asked to stop; nothing was left behind."""


class BundleItem(Struct, frozen=True):
    """A document or attachment: ``sha256`` in hex, ``extension`` in lower case without dot, size in bytes.

    ``open`` returns a fresh binary stream of the plain content.
    """

    sha256: str
    extension: str
    size: int
    open: Callable[[], BinaryIO]


class BundleContent(Struct, frozen=True, kw_only=True):
    """What goes into a bundle.

    ``have`` is the have-vector: device epoch → highest stream number received without gaps.
    ``records`` are the values of the record lines (``schema.revision_line``), read once, in order.
    """

    header: BundleHeader
    office_name: str
    have: dict[str, int]
    records: Iterable[Json]
    documents: tuple[BundleItem, ...] = ()
    attachments: tuple[BundleItem, ...] = ()
    in_reply_to: UUID | None = None


class WrittenBundle(Struct, frozen=True):
    """A bundle that was written, read back and verified. ``digest`` is its payload's BLAKE2b-512 in hex."""

    path: Path
    header: BundleHeader
    digest: str
    size: int
    revisions: int
    files: int


def write_bundle(
    target: Path,
    content: BundleContent,
    keys: DeviceKeys,
    recipients: Iterable[str],
    *,
    progress: Progress = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> WrittenBundle:
    """Write ``content`` to ``target``, sealed to ``recipients`` (age keys) and signed with ``keys``.

    The file grows as ``<target>.part``; it is flushed to the medium, read back from there and verified
    before it gets its name.

    Raises:
        UserError: the content is too large, a file is not what it says, or a recipient's key is unusable.
        ValueError: a record does not meet the schema, or is of a kind that may not leave.
        EnvironmentProblem: too little space, or the machine refused.
        WritingCancelled: ``cancelled`` returned true; it is asked after every piece.
    """
    content = replace(
        content, documents=_distinct(content.documents), attachments=_distinct(content.attachments)
    )
    items = (*content.documents, *content.attachments)
    _check_content(target, content, items)
    gauge = _Gauge(sum(item.size for item in items), progress, cancelled)
    signed = SignedHeader(content.header, keys.signing_public, keys.sealing_public)
    records = _Counted(content.records)

    def fill(sink: sealing.Sink) -> None:
        chunks = zip_chunks(_members(content, records, gauge))
        _seal(sealing.ChunkReader(chunks), sink, recipients)

    def sign(hashed: bytes) -> bytes:
        return signing.sign(keys.signing_secret, hashed, signed.to_comment())

    def check(part: Path) -> None:
        _prove(part, digest, signed, gauge)

    part = target.with_name(target.name + ".part")
    with files.replacing(target, partial=part, check=check) as stream:
        try:
            digest = write_container(stream, fill, sign)
        except BundleRefused:
            raise _too_large() from None
        size = stream.seek(0, 2)
    return WrittenBundle(target, content.header, digest.hex(), size, records.count, len(items))


def _prove(part: Path, digest: bytes, signed: SignedHeader, gauge: "_Gauge") -> None:
    """Read the finished file back from the medium; it must be canonical, signed and as it was written."""
    try:
        with files.reading_back(part) as stream:
            container = read_container(stream, gauge.read_back)
        signing.verify(signed.signer, digest, container.minisig)
        same = (container.digest, container.signed) == (digest, signed)
    except BundleRefused:
        same = False
    if not same:
        raise EnvironmentProblem("从盘上读回的内容与写入的不一致。", "请换一个U盘，重新导出。")


class _Gauge:
    """Reports progress over sealing (first half) and reading back (second half), and notices a cancel."""

    def __init__(self, size: int, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._half = max(size, 1)
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0

    def add(self, count: int) -> None:
        """Count bytes that were sealed."""
        self._done += count
        self._tell(self._done)

    def read_back(self, count: int) -> None:
        """Take the bytes read back so far."""
        self._tell(self._half + min(count, self._half))

    def _tell(self, done: int) -> None:
        if self._cancelled():
            raise WritingCancelled
        self._progress(done, 2 * self._half)


class _Counted:
    """Counts the records that pass."""

    def __init__(self, records: Iterable[Json]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Json]:
        for record in self._records:
            self.count += 1
            yield record


def _check_content(target: Path, content: BundleContent, items: tuple[BundleItem, ...]) -> None:
    """Refuse before writing what would be refused on reading, or would not fit."""
    check_office_code(content.header.office_code)
    for item in items:
        with item.open() as stream:
            allowed = filetypes.is_allowed(item.extension, stream)
        if not allowed:
            raise UserError(
                f"有一个附件的类型（{item.extension}）不能随数据包送出。",
                "只能送 PDF、不带宏的 DOCX、JPG、PNG、MP3、M4A 和 WAV 文件，请换成其中一种。",
            )
    total = sum(item.size for item in items) + _SPARE_BYTES
    largest = max((item.size for item in items), default=0)
    many = len(items) > limits.MAX_MEMBERS - _OTHER_MEMBERS
    if many or total > limits.MAX_BUNDLE_BYTES or largest > limits.MAX_MEMBER_BYTES:
        raise _too_large()
    needed = int(total * _SPARE_FACTOR)
    if drives.free_space(target.parent) < needed:
        raise EnvironmentProblem(
            f"磁盘空间不够，导出需要约{needed // 1024**2 + 1} MB。", "请清理磁盘或换一个U盘后再试一次。"
        )


def _too_large() -> UserError:
    return UserError(
        "要导出的内容太多：一个文件不能超过512 MB，一个数据包不能超过2 GB、两万个文件。",
        "请减少附件，分几次导出。",
    )


def _distinct(items: Iterable[BundleItem]) -> tuple[BundleItem, ...]:
    return tuple({item.sha256: item for item in items}.values())


def _members(content: BundleContent, records: Iterable[Json], gauge: _Gauge) -> Iterator[Member]:
    head = content.header
    info = BagInfo(content.office_name, head.bundle_id, head.made_on)
    description = describe(head, content.have, content.in_reply_to)
    return bag_members(
        info, description_bytes(description), schema_bytes(), _payload(content, records, gauge)
    )


def _payload(content: BundleContent, records: Iterable[Json], gauge: _Gauge) -> Iterator[Member]:
    yield RECORDS, _record_chunks(records, gauge)
    for item in content.documents:
        yield document_name(item.sha256, item.extension), _item_chunks(item, gauge)
    for item in content.attachments:
        yield attachment_name(item.sha256, item.extension), _item_chunks(item, gauge)


def _record_chunks(records: Iterable[Json], gauge: _Gauge) -> Iterator[bytes]:
    for record in records:
        gauge.add(0)
        yield encode_line(record)


def _item_chunks(item: BundleItem, gauge: _Gauge) -> Iterator[bytes]:
    with item.open() as stream:
        while chunk := stream.read(limits.CHUNK):
            gauge.add(len(chunk))
            yield chunk


def _seal(source: sealing.Source, sink: sealing.Sink, recipients: Iterable[str]) -> None:
    try:
        sealing.seal_stream(source, sink, recipients)
    except sealing.BadKey:
        raise UserError("收件单位的公钥不可用。", "请重新导入县里发的开通包。") from None
