"""The outer file of a bundle: a stored ZIP of exactly three members, in one canonical form.

Neither the ZIP's own fields nor the README are covered by the signature.  So the form is fixed to the last
byte: the reader rebuilds every byte around the payload from what it parsed and refuses anything else.
Layouts as in PKWARE's APPNOTE 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16.
"""

import struct
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from mediation_desktop.exchange import limits, signing
from mediation_desktop.exchange.header import SignedHeader, parse_comment
from mediation_desktop.exchange.refusal import BundleRefused, Reason
from mediation_desktop.system.sealing import Sink

_README, _PAYLOAD, _SIGNATURE = "README.txt", "payload.age", "payload.age.minisig"

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCAL_MAGIC, _CENTRAL_MAGIC, _END_MAGIC = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20
_STORED = 0
_MIDNIGHT, _FIRST_DAY = 0, 0x0021
"""1980-01-01 00:00, the first moment a ZIP can name."""

_MAX_SMALL = 16 * 1024
"""Bytes of the README or the signature."""

_BEHIND_MOST = 4
"""Chunks that may wait to be written."""


class Entry(Struct, frozen=True):
    """What a ZIP says of a member."""

    name: str
    crc: int
    size: int


class Container(Struct, frozen=True):
    """A well-formed outer file: where its payload lies, the payload's BLAKE2b-512, and the signature.

    ``signed`` is what the signature says; it counts only once the signature is verified.
    """

    payload_at: int
    payload_size: int
    digest: bytes
    minisig: bytes
    signed: SignedHeader


def write_container(stream: BinaryIO, fill: Callable[[Sink], None], sign: Callable[[bytes], bytes]) -> bytes:
    """Write an outer file to the seekable ``stream``, at its start, in one pass.

    ``fill`` writes the payload; ``sign`` gets its digest and returns the ``.minisig``.  Returns the digest.
    """
    readme = _entry(_README, readme_bytes())
    stream.write(_local(readme) + readme_bytes())
    at = stream.tell()
    stream.write(_local(Entry(_PAYLOAD, 0, 0)))
    with _measuring(stream) as measure:
        fill(measure)
    payload = Entry(_PAYLOAD, measure.crc, measure.size)
    if payload.size > limits.MAX_BUNDLE_BYTES:
        raise BundleRefused(Reason.TOO_LARGE)
    minisig = sign(measure.digest())
    stream.write(_after_payload(readme, payload, minisig))
    stream.seek(at)
    stream.write(_local(payload))
    return measure.digest()


def read_container(stream: BinaryIO, progress: Callable[[int], None]) -> Container:
    """Read an outer file from the start of ``stream``; ``progress`` gets the payload bytes read so far.

    Raises:
        BundleRefused: it is not canonical, or of a newer format.
    """
    stream.seek(0)
    readme = _read_local(stream, _README, _MAX_SMALL, Reason.NOT_A_BUNDLE)
    readme_data = stream.read(readme.size)
    payload = _read_local(stream, _PAYLOAD, limits.MAX_BUNDLE_BYTES, Reason.NOT_CANONICAL)
    at = stream.tell()
    with _measuring(None) as measure:
        for chunk in payload_chunks(stream, payload.size):
            measure.write(chunk)
            progress(stream.tell() - at)
    signature_at = stream.tell()
    signature = _read_local(stream, _SIGNATURE, _MAX_SMALL, Reason.NOT_CANONICAL)
    minisig = stream.read(signature.size)
    signed = parse_comment(signing.trusted_comment(minisig))
    stream.seek(signature_at)
    known, measured = _entry(_README, readme_bytes()), Entry(_PAYLOAD, measure.crc, measure.size)
    before = (readme, readme_data, payload) == (known, readme_bytes(), measured)
    after = _after_payload(known, measured, minisig)
    if not before or stream.read(len(after) + 1) != after:
        raise BundleRefused(Reason.NOT_CANONICAL)
    return Container(at, measure.size, measure.digest(), minisig, signed)


def payload_chunks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the next ``size`` bytes; ``BundleRefused`` if the file ends before."""
    while size:
        chunk = stream.read(min(size, limits.CHUNK))
        if not chunk:
            raise BundleRefused(Reason.NOT_CANONICAL)
        size -= len(chunk)
        yield chunk


@contextmanager
def _measuring(sink: Sink | None) -> Iterator["_Measured"]:
    """Yield a measure that has handed everything on to ``sink`` (``None``: nowhere) when the block ends."""
    with ThreadPoolExecutor(1) as pool:
        measure = _Measured(sink, pool)
        yield measure
        measure.finish()


class _Measured:
    """Counts and checks what passes; another thread hashes and hands it on, while more is made or read."""

    def __init__(self, sink: Sink | None, pool: ThreadPoolExecutor) -> None:
        self._sink = sink
        self._pool = pool
        self._hash = signing.new_digest()
        self._held: list[bytes] = []
        self._size_held = 0
        self._running: deque[Future[None]] = deque()
        self.crc = 0
        self.size = 0

    def write(self, data: bytes, /) -> None:
        """Take ``data``; a failure of the sink is raised here a little later, or by ``finish``."""
        self._held.append(data)
        self._size_held += len(data)
        if self._size_held >= limits.CHUNK:
            self._hand_over()

    def finish(self) -> None:
        """Wait until everything is hashed and handed on."""
        self._hand_over()
        while self._running:
            self._running.popleft().result()

    def digest(self) -> bytes:
        """Return the BLAKE2b-512 of everything, once finished."""
        return self._hash.digest()

    def _hand_over(self) -> None:
        data = b"".join(self._held)
        self._held.clear()
        self._size_held = 0
        self.crc = zlib.crc32(data, self.crc)
        self.size += len(data)
        if len(self._running) == _BEHIND_MOST:
            self._running.popleft().result()
        self._running.append(self._pool.submit(self._take, data))

    def _take(self, data: bytes) -> None:
        self._hash.update(data)
        if self._sink:
            self._sink.write(data)


def readme_bytes() -> bytes:
    """Return the README of format 1, with line ends that every Windows editor shows."""
    text = Path(__file__).with_name("readme-1.txt").read_text(encoding="utf-8")
    return text.replace("\n", "\r\n").encode()


def _entry(name: str, data: bytes) -> Entry:
    return Entry(name, zlib.crc32(data), len(data))


def _local(entry: Entry) -> bytes:
    """Return a local file header."""
    fixed = (_VERSION, 0, _STORED, _MIDNIGHT, _FIRST_DAY)
    sizes = (entry.crc, entry.size, entry.size)
    return _LOCAL.pack(_LOCAL_MAGIC, *fixed, *sizes, len(entry.name), 0) + entry.name.encode()


def _read_local(stream: BinaryIO, name: str, most: int, otherwise: Reason) -> Entry:
    """Read the local file header of a member that must be ``name`` and hold at most ``most`` bytes."""
    data = stream.read(_LOCAL.size + len(name))
    if len(data) != _LOCAL.size + len(name) or not data.startswith(_LOCAL_MAGIC):
        raise BundleRefused(otherwise)
    _, _, _, _, _, _, crc, _, size, _, _ = _LOCAL.unpack_from(data)
    entry = Entry(name, crc, size)
    if data != _local(entry):
        raise BundleRefused(otherwise)
    if size > most:
        raise BundleRefused(Reason.TOO_LARGE)
    return entry


def _after_payload(readme: Entry, payload: Entry, minisig: bytes) -> bytes:
    """Return all bytes that follow the payload: the signature, the central directory and its end."""
    signature = _entry(_SIGNATURE, minisig)
    entries = (readme, payload, signature)
    directory, at = b"", 0
    for entry in entries:
        fixed = (_VERSION, _VERSION, 0, _STORED, _MIDNIGHT, _FIRST_DAY)
        sizes = (entry.crc, entry.size, entry.size)
        directory += _CENTRAL.pack(_CENTRAL_MAGIC, *fixed, *sizes, len(entry.name), 0, 0, 0, 0, 0, at)
        directory += entry.name.encode()
        at += len(_local(entry)) + entry.size
    end = _END.pack(_END_MAGIC, 0, 0, len(entries), len(entries), len(directory), at, 0)
    return _local(signature) + minisig + directory + end
