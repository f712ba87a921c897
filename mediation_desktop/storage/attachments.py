"""The bytes of attachments: each file sealed for itself beside the database, called by its content.

``attachments/<aa>/<sha256>.age`` in the office's folder; the digest is that of the plain bytes.  The key
lies in the encrypted database, so that who has the folder alone reads nothing.
"""

import errno
import hashlib
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from mediation_desktop.domain.errors import UserError
from mediation_desktop.system import files
from mediation_desktop.system.sealing import CannotUnseal, SealingKey, Sink, seal_stream, unseal_stream

FOLDER_NAME = "attachments"

Progress = Callable[[int, int], None]
"""Hears how many of how many bytes are done; what it raises stops the work."""

_NAME = re.compile(r"[0-9a-f]{64}\.age")
_PIECE = 256 * 1024
_PASSES = 2
"""A file is read twice: for its digest, which is its name, and to be sealed."""


class Kept(Struct, frozen=True):
    """Where bytes were kept: their lower-case hexadecimal SHA-256, and how many there are."""

    sha256: str
    size: int


class AttachmentStore:
    """The sealed files of one office."""

    def __init__(self, office_folder: Path, key: SealingKey) -> None:
        """Keep files below ``office_folder``, sealed to ``key``."""
        self._folder = office_folder / FOLDER_NAME
        self._key = key

    def put(self, source: BinaryIO, name: str, progress: Progress = lambda _done, _all: None) -> Kept:
        """Seal what ``source`` holds; when this returns it is on the medium and was read back.

        Bytes that are there already are written anew, which mends a damaged file.  ``name`` is how to call
        the source when it cannot be read.

        Raises:
            UserError: the file changed while it was read.
            EnvironmentProblem: the machine refused; nothing is left of the try.
        """
        reader = _Counting(source, name, progress)
        while reader.read(_PIECE):
            pass
        digest = reader.digest
        target = self._path(digest)
        files.make_folder(target.parent)
        with files.replacing(target, check=lambda part: self._check(part, digest)) as sink:
            reader.begin_again()
            seal_stream(reader, sink, [self._key.public])
            if reader.digest != digest:
                raise UserError("文件在加入的过程中被改动了。", "请关闭正在使用它的程序，再加入一次。")
        return Kept(digest, reader.size)

    def read(self, sha256: str) -> bytes:
        """Return the bytes kept under a digest; errors as ``copy_to``."""
        plain = _Gathering()
        self.copy_to(sha256, plain)
        return b"".join(plain.pieces)

    def copy_to(self, sha256: str, sink: Sink) -> None:
        """Write the bytes kept under a digest to ``sink``; they count only when this returns.

        Raises:
            UserError: the file is missing or is not what was kept.
            EnvironmentProblem: the machine refused.
        """
        path = self._path(sha256)
        if not path.exists():
            raise UserError(
                "这份附件的文件不见了，只剩下登记。",
                "请从备份恢复，或者找到原件重新加入；登记和说明都还在。",
            )
        hashing = _Hashing(sink)
        try:
            with files.disk.open(path, "rb") as source:
                unseal_stream(source, hashing, self._key.secret)
        except OSError as error:
            raise files.problem(error, path) from error
        except CannotUnseal as error:
            raise _damaged() from error
        if hashing.digest != sha256:
            raise _damaged()

    def has(self, sha256: str) -> bool:
        """Tell whether there is a file of that digest; whether it is sound shows in reading it."""
        return self._path(sha256).exists()

    def clear_orphans(self, named: Collection[str]) -> int:
        """Delete the files that no record names, and what a killed process left; return how many went.

        A file that another program holds stays for the next time.
        """
        cleared = files.clear_stale(self._folder, f"*/{files.STALE_PATTERN}")
        for path in self._folder.glob("??/*.age"):
            if _NAME.fullmatch(path.name) and path.stem not in named:
                cleared += files.clear_stale(path.parent, path.name)
        return cleared

    def _check(self, part: Path, digest: str) -> None:
        """Ask the medium for the sealed file and compare what comes out of it."""
        hashing = _Hashing(None)
        try:
            with files.reading_back(part) as sealed:
                unseal_stream(sealed, hashing, self._key.secret)
        except CannotUnseal as error:
            raise OSError(errno.EIO, "read back other bytes") from error
        if hashing.digest != digest:
            raise OSError(errno.EIO, "read back other bytes")

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.age"


class _Counting:
    """Reads, hashes and tells how far it is."""

    def __init__(self, source: BinaryIO, name: str, progress: Progress) -> None:
        self.size = source.seek(0, 2)
        self._source = source
        self._name = name
        self._progress = progress
        self._done = 0
        self.begin_again()

    def begin_again(self) -> None:
        """Read from the start once more."""
        self._source.seek(0)
        self._hash = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        try:
            piece = self._source.read(size)
        except OSError as error:
            raise files.problem(error, Path(self._name)) from error
        self._hash.update(piece)
        self._done += len(piece)
        self._progress(min(self._done, _PASSES * self.size), _PASSES * self.size)
        return piece

    @property
    def digest(self) -> str:
        """The digest of what was read since the beginning."""
        return self._hash.hexdigest()


class _Hashing:
    """Hashes what passes on to ``sink``, if there is one."""

    def __init__(self, sink: Sink | None) -> None:
        self._sink = sink
        self._hash = hashlib.sha256()

    def write(self, data: bytes, /) -> None:
        """Take all of ``data``."""
        self._hash.update(data)
        if self._sink:
            self._sink.write(data)

    @property
    def digest(self) -> str:
        """The digest of what passed."""
        return self._hash.hexdigest()


class _Gathering:
    """Keeps what is written."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes, /) -> None:
        """Take all of ``data``."""
        self.pieces.append(data)


def _damaged() -> UserError:
    return UserError(
        "这份附件的文件已经损坏，打开的内容不是当初加入的。",
        "请从备份恢复，或者找到原件重新加入；登记和说明都还在。",
    )
