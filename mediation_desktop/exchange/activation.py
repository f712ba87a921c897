"""The activation pack (开通包) ``*.tjkeys``: what the county hands out once, so that nobody types keys."""

from datetime import date
from pathlib import Path

import msgspec

from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.header import check_office_code
from mediation_desktop.exchange.keys import check_signing_public
from mediation_desktop.system import files, sealing

FORMAT = 1
SUFFIX = ".tjkeys"


class Recipient(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Someone bundles are sealed to: ``public_key`` is an age recipient, ``id`` a short stable name."""

    id: str
    name: str
    public_key: str


class ActivationPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One office's enrolment. ``serial`` grows with every pack; ``valid_until`` is its last day."""

    format: int = FORMAT
    county: str
    office_code: str
    office_name: str
    recipients: tuple[Recipient, ...]
    county_signers: tuple[str, ...]
    serial: int
    valid_until: date


def read_activation(path: Path, today: date) -> ActivationPack:
    """Read and check a pack.

    Raises:
        UserError: no pack, of a newer format, incomplete, with a bad key, or past its last day.
        EnvironmentProblem: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise files.problem(error, path) from error
    try:
        pack = msgspec.json.decode(data, type=ActivationPack)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UserError(
            "这个文件不是开通包，或已损坏。", "请选择县里发的 .tjkeys 文件，或重新取得一份。"
        ) from None
    check_activation(pack, today)
    return pack


def write_activation(path: Path, pack: ActivationPack) -> None:
    """Write a pack; ``EnvironmentProblem`` if the machine refuses."""
    files.write_file(path, msgspec.json.format(msgspec.json.encode(pack), indent=2) + b"\n")


def check_activation(pack: ActivationPack, today: date) -> None:
    """Raise ``UserError`` unless the pack can be used on ``today``."""
    if pack.format != FORMAT:
        raise UserError("开通包由其他版本的程序做成。", "请升级本程序，或请县里重新发一份。")
    if today > pack.valid_until:
        raise UserError(f"开通包已于{pack.valid_until:%Y-%m-%d}到期。", "请向县里索取新的开通包。")
    check_office_code(pack.office_code)
    ids = [recipient.id for recipient in pack.recipients]
    if not ids or len(set(ids)) != len(ids) or not pack.county_signers or pack.serial < 1:
        raise UserError("开通包内容不完整。", "请向县里重新索取开通包。")
    try:
        for recipient in pack.recipients:
            sealing.check_public(recipient.public_key)
    except sealing.BadKey:
        raise UserError("开通包里的收件公钥格式不对。", "请向县里重新索取开通包。") from None
    for public in pack.county_signers:
        check_signing_public(public)
