"""One program at a time per office folder, and who that is."""

import getpass
import json
import os
import platform
from contextlib import suppress
from pathlib import Path
from typing import Self

import filelock

from mediation_desktop.system.clock import Clock, SystemClock, wall_time
from mediation_desktop.system.files import problem, write_file
from mediation_desktop.system.problems import EnvironmentProblem

LOCK_NAME = "office.lock"

HOLDER_NAME = "office.holder"
"""The file that names who holds the lock; the locked file itself cannot be read on Windows."""


class OfficeLock:
    """The right to open one folder's office file. The system takes it back when the program dies."""

    def __init__(self, folder: Path, *, clock: Clock | None = None) -> None:
        """Ask for nothing yet; ``clock`` dates the note for others."""
        self._path = folder / LOCK_NAME
        self._holder = folder / HOLDER_NAME
        self._clock = clock or SystemClock()
        self._lock = filelock.FileLock(self._path, timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Take the lock and leave a note for others.

        Raises:
            EnvironmentProblem: another program holds it, and who that is; or the folder cannot be written.
        """
        try:
            self._lock.acquire()
        except filelock.Timeout as error:
            raise self._held() from error
        except OSError as error:
            raise problem(error, self._path) from error
        try:
            write_file(self._holder, self._note())
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Give the lock back."""
        with suppress(OSError):  # the note is only for reading by people; the lock is what counts
            self._holder.unlink()
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()

    def _note(self) -> bytes:
        note = {
            "computer": platform.node(),
            "user": getpass.getuser(),
            "pid": os.getpid(),
            "since": wall_time(self._clock.now()).isoformat(sep=" ", timespec="minutes"),
        }
        return json.dumps(note, ensure_ascii=False).encode()

    def _held(self) -> EnvironmentProblem:
        try:
            note = json.loads(self._holder.read_bytes())
            holder = f"电脑“{note['computer']}”上的用户“{note['user']}”从 {note['since']} 起打开着办公数据。"
        except (OSError, ValueError, LookupError, TypeError):  # the note is late, gone or torn
            holder = "另一个窗口打开着办公数据。"
        return EnvironmentProblem(holder, "请到那个窗口继续工作，或者先把它关闭，再打开。")
