"""Sealing to a public key with age v1 (https://age-encryption.org/v1, X25519 recipients).

The only place that knows the age library.  Everything streams: memory stays flat whatever the size.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, cast

import pyrage
from msgspec import Struct

_age = cast("Any", pyrage)  # it carries no type information


class CannotUnseal(Exception):
    """The sealed bytes are not for this key, or are damaged."""


class BadKey(Exception):
    """A text is no age key of the expected sort.  The message never holds the text."""


class Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        ...


class Sink(Protocol):
    """Where bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Take all of ``data``."""
        ...


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A key pair: ``secret`` in age's text form (``AGE-SECRET-KEY-1…``), ``public`` as ``age1…``."""

    secret: str = field(repr=False)
    public: str


def new_identity() -> SealingKey:
    """Return a fresh key pair."""
    identity = _age.x25519.Identity.generate()
    return SealingKey(str(identity), str(identity.to_public()))


def identity_file(secret: str, made_at: datetime) -> str:
    """Return the text of an identity file as age-keygen writes it."""
    (public,) = public_keys(secret)
    return f"# created: {made_at.isoformat(timespec='seconds')}\n# public key: {public}\n{secret}\n"


def check_public(public: str) -> None:
    """Raise ``BadKey`` unless ``public`` is an age recipient."""
    _recipient(public)


def public_keys(identity_text: str) -> tuple[str, ...]:
    """Return the public keys of an identity file's text; ``BadKey`` if it holds none or a bad one."""
    return tuple(str(identity.to_public()) for identity in _identities(identity_text))


def seal_stream(source: Source, sink: Sink, recipients: Iterable[str]) -> None:
    """Read ``source`` to its end and write it sealed to every one of ``recipients``.

    Raises:
        BadKey: a recipient is no age key, or there is none.
        Exception: whatever ``source`` or ``sink`` raised, unchanged.
    """
    keys = [_recipient(public) for public in recipients]
    if not keys:
        raise BadKey("no recipient")
    reader, writer = _Watched(source.read), _Watched(sink.write)
    try:
        _age.encrypt_io(_Reader(reader), _Writer(writer), keys)
    except (_age.EncryptError, OSError):
        _raise_first(reader, writer)
        raise


def unseal_stream(source: Source, sink: Sink, identity_text: str) -> None:
    """Read the sealed ``source`` and write its content to ``sink``, with any key of ``identity_text``.

    Content reaches ``sink`` block by block, each one proven whole; a later block may still turn out to be
    missing, so the content counts only when this returns.

    Raises:
        CannotUnseal: sealed to other keys, cut off, or changed.
        BadKey: ``identity_text`` holds no age identity.
        Exception: whatever ``source`` or ``sink`` raised, unchanged.
    """
    identities = _identities(identity_text)
    reader, writer = _Watched(source.read), _Watched(sink.write)
    try:
        _age.decrypt_io(_Reader(reader), _Writer(writer), identities)
    except (_age.DecryptError, OSError) as error:
        _raise_first(reader, writer)
        raise CannotUnseal(str(error)) from error


class ChunkReader:
    """Reads from an iterator of byte chunks, so that what produces bytes can be sealed without a pipe."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._left = memoryview(chunk)
        piece, self._left = self._left[:size], self._left[size:]
        return bytes(piece)


class _Watched:
    """Calls through and keeps what was raised: the age library passes on only its text."""

    def __init__(self, call: Callable[..., object]) -> None:
        self._call = call
        self.raised: BaseException | None = None

    def __call__(self, argument: object) -> object:
        try:
            return self._call(argument)
        except BaseException as error:
            self.raised = error
            raise


class _Reader(Struct, frozen=True):
    read: _Watched


class _Writer(Struct, frozen=True):
    """A sink that the age library may flush; the file's owner flushes and syncs at the end."""

    call: _Watched

    def write(self, data: bytes) -> int:
        self.call(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""


def _raise_first(*watched: _Watched) -> None:
    for each in watched:
        if each.raised is not None:
            raise each.raised


def _recipient(public: str) -> object:
    return _parsed(_age.x25519.Recipient.from_str, public, "not an age public key")


def _identities(text: str) -> list[Any]:
    """Read the text form of age-keygen: one identity a line, blank lines and ``#`` comments between."""
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if not keys:
        raise BadKey("no age identity")
    return [_parsed(_age.x25519.Identity.from_str, key, "not an age identity") for key in keys]


def _parsed(parse: Callable[[str], Any], text: str, fault: str) -> Any:
    try:
        return parse(text)
    except (_age.RecipientError, _age.IdentityError):
        raise BadKey(fault) from None
