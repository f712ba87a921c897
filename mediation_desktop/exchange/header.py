"""The signed header of a bundle: all that a carrier of the stick can read. No personal data, no counts."""

import re
from datetime import date
from enum import StrEnum
from typing import cast
from uuid import UUID

import msgspec
import rfc8785

from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.refusal import BundleRefused, Reason

FORMAT = 1
"""Version of the bundle's form that this program writes, and the newest it reads."""

SUITE = "age-v1+minisign"
"""The closed name of the algorithms; another suite gets another name."""

SUFFIX = ".tjb"

_CODE = r"[A-Za-z0-9][A-Za-z0-9-]{0,31}"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_COMMENT = re.compile(
    rf"format=(?P<format>[0-9]{{1,4}}) suite=(?P<suite>[a-z0-9+-]+) kind=(?P<kind>[a-z-]+)"
    rf" office=(?P<office>{_CODE}) epoch=(?P<epoch>{_UUID}) bundle=(?P<bundle>{_UUID})"
    r" serial=(?P<serial>[1-9][0-9]{0,8}) date=(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r" signer=(?P<signer>[A-Za-z0-9+/=]{56}) answer-to=(?P<answer>age1[a-z0-9]{58})"
)


class BundleKind(StrEnum):
    """What a bundle is for."""

    SUBMISSION = "submission"
    RECEIPT = "receipt"
    ASSIGNMENT = "assignment"
    CODE_LISTS = "code-lists"
    PEER = "peer"


class BundleHeader(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends which bundle. ``serial`` counts the bundles of one device to one recipient from 1."""

    kind: BundleKind
    office_code: str
    device_epoch: UUID
    bundle_id: UUID
    serial: int
    made_on: date
    format: int = FORMAT

    @property
    def file_name(self) -> str:
        """``<office-code>-<yyyymmdd>-<serial>.tjb``."""
        return f"{self.office_code}-{self.made_on:%Y%m%d}-{self.serial:04d}{SUFFIX}"


class SignedHeader(msgspec.Struct, frozen=True):
    """A header with the sender's public keys: the trusted comment of the bundle's signature.

    ``signer`` is the minisign key that signs, ``answer_to`` the age key that answers are sealed to.
    """

    header: BundleHeader
    signer: str
    answer_to: str

    def to_comment(self) -> str:
        """Return the one text form, ASCII in one line."""
        head = self.header
        return (
            f"format={head.format} suite={SUITE} kind={head.kind} office={head.office_code}"
            f" epoch={head.device_epoch} bundle={head.bundle_id} serial={head.serial}"
            f" date={head.made_on.isoformat()} signer={self.signer} answer-to={self.answer_to}"
        )


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``bundle.json``: the header once more, inside the bag, with what only the recipient may know.

    ``have`` is the have-vector: device epoch → highest stream number received without gaps.
    """

    format: int
    kind: BundleKind
    office: str
    device_epoch: UUID
    bundle: UUID
    serial: int
    have: dict[str, int]
    in_reply_to: UUID | None


def describe(header: BundleHeader, have: dict[str, int], in_reply_to: UUID | None) -> Description:
    """Return the description of the bundle with that header."""
    return Description(
        format=header.format,
        kind=header.kind,
        office=header.office_code,
        device_epoch=header.device_epoch,
        bundle=header.bundle_id,
        serial=header.serial,
        have=have,
        in_reply_to=in_reply_to,
    )


def description_bytes(description: Description) -> bytes:
    """Return the one JSON text (RFC 8785) of a description."""
    return rfc8785.dumps(cast("dict[str, None]", msgspec.to_builtins(description)))


def check_office_code(code: str) -> None:
    """Raise ``UserError`` unless ``code`` may open a bundle's file name."""
    if not re.fullmatch(_CODE, code):
        raise UserError(
            "单位代码只能由字母、数字和短横线组成，最多32位。", "请按开通包或县级通知中的代码填写。"
        )


def parse_comment(comment: str) -> SignedHeader:
    """Read a trusted comment.

    Raises:
        BundleRefused: it has another form, is of a newer format, or names an impossible value.
    """
    version = re.match(r"format=([0-9]{1,4}) ", comment)
    if version and int(version[1]) > FORMAT:
        raise BundleRefused(Reason.NEWER_FORMAT)
    found = _COMMENT.fullmatch(comment)
    if not found or found["suite"] != SUITE:
        raise BundleRefused(Reason.NOT_CANONICAL, "签名说明")
    try:
        header = BundleHeader(
            kind=BundleKind(found["kind"]),
            office_code=found["office"],
            device_epoch=UUID(found["epoch"]),
            bundle_id=UUID(found["bundle"]),
            serial=int(found["serial"]),
            made_on=date.fromisoformat(found["date"]),
            format=int(found["format"]),
        )
    except ValueError:
        raise BundleRefused(Reason.NOT_CANONICAL, "签名说明") from None
    signed = SignedHeader(header, found["signer"], found["answer"])
    if signed.to_comment() != comment:
        raise BundleRefused(Reason.NOT_CANONICAL, "签名说明")
    return signed
