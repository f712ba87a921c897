"""Signatures in minisign's prehashed form (https://jedisct1.github.io/minisign/), one canonical text each.

A prehashed minisign signature is an Ed25519 signature of the file's BLAKE2b-512 digest.  The library only
prehashes what it reads itself; here the digest is made while the file is written, so the digest is signed
as plain bytes and the algorithm tag set from ``Ed`` to ``ED``: the same signature, one reading less.
"""

import base64
import hashlib
from typing import Protocol

import minisign

from mediation_desktop.exchange.refusal import BundleRefused, Reason

_UNTRUSTED = "signature of a mediation bundle"
_PLAIN, _PREHASHED = b"Ed", b"ED"


class Digest(Protocol):
    """A running hash."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes."""
        ...

    def digest(self) -> bytes:
        """Return the hash of all bytes so far."""
        ...


def new_digest() -> Digest:
    """Return the running hash that minisign prehashes with: BLAKE2b-512 (RFC 7693)."""
    return hashlib.blake2b()


def sign(secret: str, digest: bytes, comment: str) -> bytes:
    """Return the ``.minisig`` of a file with that digest, with ``comment`` (ASCII, one line) signed too.

    ``secret`` is a minisign secret key without password, in base64.
    """
    with minisign.SecretKey.from_base64(secret) as key:
        signature = key.sign(digest, prehash=False, untrusted_comment=_UNTRUSTED, trusted_comment=comment)
    return _tagged(bytes(signature) + b"\n", _PREHASHED)


def trusted_comment(minisig: bytes) -> str:
    """Return the comment of a ``.minisig`` in its canonical form; nothing is verified yet.

    Raises:
        BundleRefused: other bytes than ``sign`` would write for the same content.
    """
    try:
        signature = minisign.Signature.from_bytes(minisig)
    except minisign.Error:
        raise BundleRefused(Reason.NOT_CANONICAL, "签名文件") from None
    canonical = bytes(signature) + b"\n" == minisig and signature.untrusted_comment == _UNTRUSTED
    if not canonical or not signature.is_prehashed():
        raise BundleRefused(Reason.NOT_CANONICAL, "签名文件")
    return signature.trusted_comment


def verify(public: str, digest: bytes, minisig: bytes) -> None:
    """Check that the holder of ``public`` (base64) signed a file of that digest and the comment.

    Raises:
        BundleRefused: not so.
    """
    try:
        signature = minisign.Signature.from_bytes(_tagged(minisig, _PLAIN))
        minisign.PublicKey.from_base64(public).verify(digest, signature)
    except (minisign.Error, ValueError):
        raise BundleRefused(Reason.BAD_SIGNATURE) from None


def _tagged(minisig: bytes, tag: bytes) -> bytes:
    """Return the same ``.minisig`` with another algorithm tag."""
    lines = minisig.split(b"\n")
    lines[1] = base64.b64encode(tag + base64.b64decode(lines[1])[len(tag) :])
    return b"\n".join(lines)
