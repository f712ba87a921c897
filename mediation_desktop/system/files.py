"""The one door for writing files: a file is wholly the old one or wholly the new one.

New bytes go to a temporary file beside the target, are flushed to the medium, checked where it matters
and then swapped in.  On any failure the old file is whole and no litter stays.
"""

import errno
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from mediation_desktop.system.problems import EnvironmentProblem

STALE_PATTERN = "*.~new"
"""What temporary files are called; a killed process may leave one."""

_WAITS = (0.05, 0.1, 0.2, 0.4)
"""Seconds between tries while a virus scanner holds a file."""

_SHARING_VIOLATIONS = (32, 33)
"""Windows error codes: another program holds the file, or part of it."""

_SENTENCES = (
    (
        {errno.ENOSPC, errno.EDQUOT, errno.EFBIG},
        "磁盘已满，{}没有保存。",
        "请清理磁盘或换一个盘后再试一次。",
    ),
    (
        {errno.EROFS, errno.EACCES, errno.EPERM},
        "这个位置是只读的或没有权限，无法读写{}。",
        "请关闭U盘的写保护开关，或换一个文件夹后再试一次。",
    ),
    (
        {errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ENODEV, errno.ENXIO},
        "U盘已拔出、损坏或路径不存在，无法读写{}。",
        "请重新插好U盘，或换一个U盘、文件夹后再试一次。",
    ),
    ({errno.EISDIR}, "{}是文件夹，不是文件。", "请换一个文件，或换一个文件名。"),
    ({errno.EEXIST}, "{}是文件，不能当作文件夹。", "请换一个文件夹的名字。"),
    ({errno.ENAMETOOLONG}, "文件名太长，无法读写{}。", "请换一个短一些的文件名。"),
)
"""The system's reasons, what is told about a file, and what to do."""

_Result = TypeVar("_Result")


class Disk:
    """The operating system's calls, gathered here so that a test can make the n-th one fail."""

    def open(self, path: Path, mode: str) -> BinaryIO:
        """Open a file in a binary mode."""
        return cast("BinaryIO", path.open(mode))

    def scratch(self, folder: Path) -> BinaryIO:
        """Open a nameless file for writing and reading."""
        return cast("BinaryIO", tempfile.TemporaryFile(dir=folder))

    def fsync(self, stream: BinaryIO) -> None:
        """Send a file's bytes to the medium."""
        os.fsync(stream.fileno())

    def forget(self, stream: BinaryIO) -> None:
        """Drop the cached bytes of a file, so that reading it asks the medium (where the system can)."""
        if sys.platform == "linux":
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def replace(self, source: Path, target: Path) -> None:
        """Give ``source`` the name of ``target``."""
        source.replace(target)

    def fsync_folder(self, folder: Path) -> None:
        """Send a folder's names to the medium; Windows has no such call and needs none."""
        if os.name != "posix":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno != errno.EINVAL:  # some file systems of sticks know no fsync of folders
                raise
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Delete a file, if it is there."""
        path.unlink(missing_ok=True)

    def wait(self, seconds: float) -> None:
        """Let some time pass."""
        time.sleep(seconds)


disk: Disk = Disk()


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, as far as they are missing; a power cut does not unmake them.

    Raises:
        EnvironmentProblem: the machine refused.
    """
    try:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for each in missing:
            disk.fsync_folder(each.parent)
    except OSError as error:
        raise problem(error, folder) from error


def with_ending(target: Path, ending: str) -> Path:
    """Return a file that a user named, with ``ending`` behind the name where it was left out."""
    return target if target.suffix.lower() == ending else target.with_name(f"{target.name}{ending}")


def write_file(target: Path, data: bytes, *, read_back: bool = False) -> None:
    """Make ``target`` hold exactly ``data``; with ``read_back`` the medium is asked before the swap.

    Raises:
        EnvironmentProblem: the disk is full, read-only, gone, or does not return what was written.
    """

    def check(part: Path) -> None:
        with reading_back(part) as stream:
            if stream.read() != data:
                raise OSError(errno.EIO, "read back other bytes")

    with replacing(target, check=check if read_back else None) as stream:
        stream.write(data)


@contextmanager
def replacing(
    target: Path, *, partial: Path | None = None, check: Callable[[Path], None] | None = None
) -> Iterator[BinaryIO]:
    """Yield a stream whose bytes become ``target`` when the block ends well.

    Args:
        target: the file to make or replace; its folder exists.
        partial: the temporary file's path on the same volume, where the name is a promise (``.part``).
        check: looks at the finished temporary file before the swap and raises what it dislikes.

    Raises:
        EnvironmentProblem: the machine refused; ``target`` is as it was.
    """
    part = partial or target.with_name(f"{target.name}.{secrets.token_hex(4)}{STALE_PATTERN[1:]}")
    try:
        with _opened(part) as stream:
            yield stream
            stream.flush()
            disk.fsync(stream)
        if check:
            check(part)
        _swap(part, target)
    except OSError as error:
        _discard(part)
        raise problem(error, target) from error
    except BaseException:
        _discard(part)
        raise


def replace_file(source: Path, target: Path) -> None:
    """Swap in ``source``, a finished file on the same volume, as ``target``; ``source`` is then gone.

    Raises:
        EnvironmentProblem: the machine refused; both files are as they were.
    """
    try:
        with disk.open(source, "r+b") as stream:
            disk.fsync(stream)
        _swap(source, target)
    except OSError as error:
        raise problem(error, target) from error


@contextmanager
def reading_back(path: Path) -> Iterator[BinaryIO]:
    """Yield ``path`` for reading from the medium rather than from the system's cache."""
    with disk.open(path, "rb") as stream:
        disk.forget(stream)
        yield stream


@contextmanager
def scratch(folder: Path) -> Iterator[BinaryIO]:
    """Yield a file without a name in ``folder``: it vanishes with the block, and with a killed process.

    Raises:
        EnvironmentProblem: the machine refused.
    """
    try:
        with disk.scratch(folder) as stream:
            yield stream
    except OSError as error:
        raise problem(error, folder) from error


def clear_stale(folder: Path, pattern: str = STALE_PATTERN) -> int:
    """Delete the files in ``folder`` that match ``pattern`` and return how many went.

    A file that another program holds stays for the next time.
    """
    cleared = 0
    for path in folder.glob(pattern):
        with suppress(OSError):
            disk.remove(path)
            cleared += 1
    return cleared


def problem(error: OSError, path: Path) -> EnvironmentProblem:
    """Return what a person is told when ``error`` met ``path``; of the path only the last name is said."""
    name = f"“{path.name}”"
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return EnvironmentProblem(f"{name}正被其他程序占用。", "请关闭打开它的程序后再试一次。")
    for codes, text, advice in _SENTENCES:
        if error.errno in codes:
            return EnvironmentProblem(text.format(name), advice)
    reason = errno.errorcode.get(error.errno or 0, "?")
    return EnvironmentProblem(
        f"系统没有完成对{name}的操作（{reason}）。", "请再试一次；仍然不行请重新启动电脑。"
    )


@contextmanager
def _opened(part: Path) -> Iterator[BinaryIO]:
    """Yield a new file; a failing close after a failure does not hide the first reason."""
    stream = _patiently(lambda: disk.open(part, "wb"))
    try:
        yield stream
    except BaseException:
        with suppress(OSError):
            stream.close()
        raise
    stream.close()


def _swap(part: Path, target: Path) -> None:
    _patiently(lambda: disk.replace(part, target))
    disk.fsync_folder(target.parent)


def _patiently(call: Callable[[], _Result]) -> _Result:
    """Call; while a virus scanner holds the file, wait a little and call again."""
    for seconds in _WAITS:
        try:
            return call()
        except PermissionError:
            disk.wait(seconds)
    return call()


def _discard(part: Path) -> None:
    """Delete the temporary file; where even that fails, the next start or export clears it."""
    with suppress(OSError):
        disk.remove(part)
