"""Opening a bundle: verified before it is unsealed, its whole bag checked before a record is read."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec
from msgspec import Struct

from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange import signing
from mediation_desktop.exchange.archive import Archive
from mediation_desktop.exchange.bag import DESCRIPTION, RECORDS, ROOT, BagInfo, open_bag
from mediation_desktop.exchange.container import Container, payload_chunks, read_container
from mediation_desktop.exchange.header import BundleHeader, Description, description_bytes
from mediation_desktop.exchange.keys import fingerprint
from mediation_desktop.exchange.refusal import BundleRefused, Reason
from mediation_desktop.exchange.schema import check_lines
from mediation_desktop.exchange.trust import AdmittedSigner, Trust
from mediation_desktop.system import files, sealing

Progress = Callable[[int, int], None]
"""Takes bytes done and bytes in all."""

_MAX_DESCRIPTION = 1024**2
_T = TypeVar("_T")


class VerifiedBundle(Struct, frozen=True):
    """A bundle whose outer form and signature are good; ``answer_to`` is the sender's age key."""

    path: Path
    header: BundleHeader
    signer: AdmittedSigner
    answer_to: str
    digest: str


class OpenedBundle(Struct, frozen=True):
    """A bundle whose bag lies in ``folder`` / ``bag``; ``files`` are the documents and attachments there."""

    verified: VerifiedBundle
    description: Description
    folder: Path
    revisions: int
    files: tuple[Path, ...]

    @property
    def records(self) -> Path:
        """The file of record lines."""
        return self.folder / ROOT / RECORDS


def verify_bundle(
    path: Path, trust: Trust, *, progress: Progress = lambda _done, _all: None
) -> VerifiedBundle:
    """Check a bundle's outer form and its signature by an admitted signer; no key is needed.

    Raises:
        BundleRefused: not a bundle, changed, or signed by someone not admitted.
        EnvironmentProblem: it cannot be read.
    """
    return _reading(path, lambda stream: _verify(stream, path, trust, progress)[0])


def open_bundle(
    path: Path,
    trust: Trust,
    identity_text: str,
    into: Path,
    *,
    progress: Progress = lambda _done, _all: None,
) -> OpenedBundle:
    """Verify a bundle, unseal it, check its bag and every record, and lay the bag out in ``into``.

    ``into`` is made if missing and must be empty; on failure it is left as it was.

    Raises:
        BundleRefused: anything is wrong with the bundle, or the identity does not open it.
        UserError: ``into`` is not empty, or the identity text is none.
        EnvironmentProblem: the machine refused.
    """

    def opened(stream: BinaryIO) -> OpenedBundle:
        verified, container = _verify(stream, path, trust, progress)
        with files.scratch(into) as plain:
            _unseal(stream, container, plain, identity_text)
            return _lay_out(plain, verified, into)

    with _filling(into):
        return _reading(path, opened)


def _reading(path: Path, read: Callable[[BinaryIO], _T]) -> _T:
    try:
        with path.open("rb") as stream:
            return read(stream)
    except OSError as error:
        raise files.problem(error, path) from error


def _verify(
    stream: BinaryIO, path: Path, trust: Trust, progress: Progress
) -> tuple[VerifiedBundle, Container]:
    size = stream.seek(0, 2)
    container = read_container(stream, lambda done: progress(done, size))
    signed = container.signed
    signing.verify(signed.signer, container.digest, container.minisig)
    signer = trust.find(signed.signer)
    if signer is None:
        place = f"{signed.header.office_code}，指纹 {fingerprint(signed.signer)}"
        raise BundleRefused(Reason.UNKNOWN_SIGNER, place)
    if signer.office_code != signed.header.office_code:
        raise BundleRefused(Reason.WRONG_OFFICE)
    verified = VerifiedBundle(path, signed.header, signer, signed.answer_to, container.digest.hex())
    return verified, container


def _unseal(stream: BinaryIO, container: Container, plain: BinaryIO, identity_text: str) -> None:
    """Unseal into ``plain``; the sealed bytes are hashed again, in case the stick shows others now."""
    stream.seek(container.payload_at)
    digest = signing.new_digest()

    def hashed() -> Iterator[bytes]:
        for chunk in payload_chunks(stream, container.payload_size):
            digest.update(chunk)
            yield chunk

    try:
        sealing.unseal_stream(sealing.ChunkReader(hashed()), plain, identity_text)
    except sealing.BadKey:
        raise UserError(
            "密钥文件的格式不对。", "请选择本单位的密钥文件（其中有 AGE-SECRET-KEY-1 开头的一行）。"
        ) from None
    except sealing.CannotUnseal:
        raise BundleRefused(Reason.CANNOT_UNSEAL) from None
    if digest.digest() != container.digest:
        raise BundleRefused(Reason.BAD_SIGNATURE)


def _lay_out(plain: BinaryIO, verified: VerifiedBundle, into: Path) -> OpenedBundle:
    """Check the bag and its records, then write its members below ``into``."""
    archive, bag = open_bag(plain)
    description = _read_description(archive, bag.info, verified.header)
    revisions = sum(1 for _ in check_lines(archive.chunks(ROOT + RECORDS)))
    for name in archive.sizes:
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with files.replacing(target) as out:
            for chunk in archive.chunks(name):
                out.write(chunk)
    found = tuple(into / ROOT / name for name in bag.files)
    return OpenedBundle(verified, description, into, revisions, found)


def _read_description(archive: Archive, info: BagInfo, header: BundleHeader) -> Description:
    data = archive.read(ROOT + DESCRIPTION, _MAX_DESCRIPTION)
    try:
        found = msgspec.json.decode(data, type=Description)
        same = data == description_bytes(found)
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise BundleRefused(Reason.BAD_BAG, DESCRIPTION) from None
    sealed = (found.format, found.kind, found.office, found.device_epoch, found.bundle, found.serial)
    head = (
        header.format,
        header.kind,
        header.office_code,
        header.device_epoch,
        header.bundle_id,
        header.serial,
    )
    if not same or sealed != head or (info.bundle_id, info.made_on) != (header.bundle_id, header.made_on):
        raise BundleRefused(Reason.BAD_BAG, DESCRIPTION)
    return found


@contextmanager
def _filling(folder: Path) -> Iterator[None]:
    """Make ``folder`` ready; if the block fails, leave no more there than before."""
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        empty = next(folder.iterdir(), None) is None
    except OSError as error:
        raise files.problem(error, folder) from error
    if not empty:
        raise UserError(f"文件夹“{folder.name}”不是空的。", "请选择一个空文件夹，或写一个新文件夹的名字。")
    try:
        yield
    except BaseException:
        for path in [folder] if made else folder.iterdir():
            shutil.rmtree(path, ignore_errors=True)
        raise
