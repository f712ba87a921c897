"""The trust file ``*.tjtrust``: whose bundles are opened here, as a JSON list of admitted signers."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.header import check_office_code
from mediation_desktop.exchange.keys import fingerprint
from mediation_desktop.system import files


class AdmittedSigner(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One PC of one office whose fingerprint a clerk compared with the paper slip."""

    office_code: str
    office_name: str
    public_key: str
    fingerprint: str
    admitted_on: date


class Trust:
    """The admitted signers."""

    def __init__(self, signers: Iterable[AdmittedSigner] = ()) -> None:
        self.signers = tuple(signers)

    def find(self, public_key: str) -> AdmittedSigner | None:
        """Return the signer with that public key, if admitted."""
        return next((signer for signer in self.signers if signer.public_key == public_key), None)

    def admitting(self, *, office_code: str, office_name: str, public_key: str, on: date) -> "Trust":
        """Return this trust with one signer more; admitting the same key again replaces its entry.

        Raises:
            UserError: the code or the key is malformed.
        """
        check_office_code(office_code)
        signer = AdmittedSigner(
            office_code=office_code,
            office_name=office_name,
            public_key=public_key,
            fingerprint=fingerprint(public_key),
            admitted_on=on,
        )
        return Trust((*(other for other in self.signers if other.public_key != public_key), signer))


def read_trust(path: Path) -> Trust:
    """Read a trust file.

    Raises:
        UserError: it is no trust file, or an entry's fingerprint is not that of its key.
        EnvironmentProblem: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise files.problem(error, path) from error
    try:
        signers = msgspec.json.decode(data, type=list[AdmittedSigner])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UserError(
            "信任名单文件的格式不对。", "请选择扩展名为 .tjtrust 的文件，或重新取得一份。"
        ) from None
    for signer in signers:
        check_office_code(signer.office_code)
        if fingerprint(signer.public_key) != signer.fingerprint:
            raise UserError("信任名单中有一条的指纹与公钥不符。", "请对照交接单上的指纹重新登记这个单位。")
    return Trust(signers)


def write_trust(path: Path, trust: Trust) -> None:
    """Write a trust file; ``EnvironmentProblem`` if the machine refuses."""
    files.write_file(path, msgspec.json.format(msgspec.json.encode(trust.signers), indent=2) + b"\n")
