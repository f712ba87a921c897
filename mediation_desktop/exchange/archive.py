"""The sealed inner ZIP: written as a stream of chunks, read with every limit enforced.

ZIP as in PKWARE's APPNOTE 6.3.3, without ZIP64: the limits of a bundle lie below it.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from mediation_desktop.exchange import limits
from mediation_desktop.exchange.refusal import BundleRefused, Reason

Member = tuple[str, Iterable[bytes]]
"""A name and the chunks of its content."""

_END = struct.Struct("<4s4H2IH")
_END_MAGIC = b"PK\x05\x06"
_FLAGS_ALLOWED = 0x0808
"""Sizes after the data, and UTF-8 names; encryption and patches are not."""

_DIRECTORY_BYTES_PER_MEMBER = 512
_STAMP = (1980, 1, 1, 0, 0, 0)


def zip_chunks(members: Iterable[Member]) -> Iterator[bytes]:
    """Yield the bytes of a stored (uncompressed) ZIP of ``members``, each read once as it comes.

    Raises:
        BundleRefused: it grows beyond what a ZIP without ZIP64 can hold.
    """
    try:
        yield from _zip_chunks(members)
    except zipfile.LargeZipFile:
        raise BundleRefused(Reason.TOO_LARGE) from None


def _zip_chunks(members: Iterable[Member]) -> Iterator[bytes]:
    drain = _Drain()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, chunks in members:
            with archive.open(zipfile.ZipInfo(name, _STAMP), "w") as out:
                for chunk in chunks:
                    out.write(chunk)
                    yield drain.take()
            yield drain.take()
    yield drain.take()


class Archive:
    """A ZIP whose names, methods and sizes have been checked; its members are read under a byte cap.

    ``sizes`` maps each name to its bytes, as declared: reading never yields more.
    """

    def __init__(self, stream: BinaryIO, allowed: re.Pattern[str]) -> None:
        """Check the directory of the ZIP in ``stream``; every member's name must match ``allowed``.

        Raises:
            BundleRefused: it breaks a rule.
        """
        with _zip_faults():
            _check_end(stream)
            self._zip = zipfile.ZipFile(stream)
            infos = self._zip.infolist()
        for info in infos:
            _check_member(info, allowed)
        self.sizes = {info.filename: info.file_size for info in infos}
        if len({name.casefold() for name in self.sizes}) != len(infos):
            raise BundleRefused(Reason.BAD_NAME)
        if sum(self.sizes.values()) > limits.MAX_BUNDLE_BYTES:
            raise BundleRefused(Reason.TOO_LARGE)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member's content; ``BundleRefused`` if it is damaged or shorter than declared."""
        left = self.sizes[name]
        with _zip_faults(), self._zip.open(name) as member:
            while chunk := member.read(limits.CHUNK):
                left -= len(chunk)
                yield chunk
        if left:
            raise BundleRefused(Reason.BAD_ARCHIVE)

    def read(self, name: str, limit: int) -> bytes:
        """Return a small member's content; ``BundleRefused`` if it is larger than ``limit`` bytes."""
        if self.sizes[name] > limit:
            raise BundleRefused(Reason.TOO_LARGE)
        return b"".join(self.chunks(name))

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """Yield a member as a stream; whatever is wrong with it refuses the bundle."""
        with _zip_faults(), self._zip.open(name) as member:
            yield cast("BinaryIO", member)


class _Drain:
    """An unseekable sink that hands on what was written since the last ``take``."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing to do: ``take`` empties it."""

    def close(self) -> None:
        """Nothing to do."""

    def take(self) -> bytes:
        data = b"".join(self._held)
        self._held.clear()
        return data


def _check_end(stream: BinaryIO) -> None:
    """Check the end record before the library reads a directory of any size into memory."""
    size = stream.seek(0, 2)
    if size < _END.size:
        raise BundleRefused(Reason.BAD_ARCHIVE)
    stream.seek(size - _END.size)
    magic, disk, start_disk, here, total, length, offset, comment = _END.unpack(stream.read(_END.size))
    if magic != _END_MAGIC or disk or start_disk or here != total or comment:
        raise BundleRefused(Reason.BAD_ARCHIVE)
    if total > limits.MAX_MEMBERS or length > total * _DIRECTORY_BYTES_PER_MEMBER:
        raise BundleRefused(Reason.TOO_LARGE)
    if offset + length + _END.size != size:
        raise BundleRefused(Reason.BAD_ARCHIVE)


def _check_member(info: zipfile.ZipInfo, allowed: re.Pattern[str]) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if not allowed.fullmatch(info.orig_filename) or kind not in {0, stat.S_IFREG}:
        raise BundleRefused(Reason.BAD_NAME)
    stored = info.compress_type == zipfile.ZIP_STORED
    if not stored and info.compress_type != zipfile.ZIP_DEFLATED:
        raise BundleRefused(Reason.BAD_ARCHIVE)
    if info.flag_bits & ~_FLAGS_ALLOWED or info.extra or info.comment:
        raise BundleRefused(Reason.BAD_ARCHIVE)
    if stored and info.file_size != info.compress_size:
        raise BundleRefused(Reason.BAD_ARCHIVE)
    too_dense = info.file_size > limits.MAX_RATIO * max(info.compress_size, 1)
    if info.file_size > limits.MAX_MEMBER_BYTES or too_dense:
        raise BundleRefused(Reason.TOO_LARGE)


@contextmanager
def _zip_faults() -> Iterator[None]:
    """Turn whatever the library says of a malformed ZIP into a refusal."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        ValueError,
        RuntimeError,
    ):
        raise BundleRefused(Reason.BAD_ARCHIVE) from None
