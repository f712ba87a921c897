"""The keys of one PC: it signs what it sends and opens what is sealed to it."""

import base64
import hashlib
from dataclasses import dataclass, field

import minisign
import msgspec

from mediation_desktop.domain.errors import UserError
from mediation_desktop.system import sealing

_FINGERPRINT_BYTES = 10
"""80 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceKeys:
    """A minisign key pair (base64 without comment lines) and an age key pair; kept inside the office file."""

    signing_secret: str = field(repr=False)
    signing_public: str
    sealing_secret: str = field(repr=False)
    sealing_public: str

    def to_text(self) -> str:
        """Return the text form for keeping; it holds the secrets."""
        return msgspec.json.encode(self).decode()

    @staticmethod
    def from_text(text: str) -> "DeviceKeys":
        """Read what ``to_text`` wrote; ``ValueError`` on anything else."""
        try:
            return msgspec.json.decode(text, type=DeviceKeys)
        except msgspec.DecodeError:
            raise ValueError("not a text of device keys") from None

    @property
    def fingerprint(self) -> str:
        """The fingerprint for the paper slip (交接单)."""
        return fingerprint(self.signing_public)


def new_device_keys() -> DeviceKeys:
    """Return fresh keys."""
    pair = minisign.KeyPair.generate()
    box = sealing.new_identity()
    return DeviceKeys(
        signing_secret=pair.secret_key.to_base64().decode(),
        signing_public=pair.public_key.to_base64().decode(),
        sealing_secret=box.secret,
        sealing_public=box.public,
    )


def fingerprint(public: str) -> str:
    """Return 80 bits of a minisign public key's SHA-256 as four groups of four letters and digits.

    The alphabet is base32 (RFC 4648): no 0, 1, 8 or 9, so nothing is misread on paper.

    Raises:
        UserError: ``public`` is no minisign public key.
    """
    check_signing_public(public)
    digest = hashlib.sha256(base64.b64decode(public)).digest()
    text = base64.b32encode(digest[:_FINGERPRINT_BYTES]).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def check_signing_public(public: str) -> None:
    """Raise ``UserError`` unless ``public`` is a minisign public key in its one base64 form."""
    try:
        good = minisign.PublicKey.from_base64(public).to_base64().decode() == public
    except minisign.Error:
        good = False
    if not good:
        raise UserError("签名公钥的格式不对。", "请重新取得对方的公钥文件。")
