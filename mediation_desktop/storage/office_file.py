"""The office file: one folder's encrypted database, opened by one program at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Self
from uuid import UUID

from sqlalchemy import insert

from mediation_desktop.domain.errors import UserError
from mediation_desktop.storage.database import Database, fold_log, remove_database, stored_schema
from mediation_desktop.storage.faults import faults_named
from mediation_desktop.storage.journal import EPOCH_SETTING
from mediation_desktop.storage.reader import Reader
from mediation_desktop.storage.tables import SCHEMA_HEAD, SCHEMA_INFO, SETTING, whole_schema
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import Clock, WholeDays
from mediation_desktop.system.files import make_folder, replace_file
from mediation_desktop.system.ids import id_of_day
from mediation_desktop.system.lock import OfficeLock

DATABASE_NAME = "office.db"
KEYS_NAME = "office.keys"


class OfficeFile:
    """Everything one office keeps. Reading is possible from any thread, changing from one at a time."""

    def __init__(
        self, database: Database, lock: OfficeLock, *, clock: Clock, new_id: Callable[[], UUID]
    ) -> None:
        """Use ``create`` or ``open``."""
        self._database = database
        self._lock = lock
        self._clock = clock
        self._new_id = new_id

    @classmethod
    def create(cls, folder: Path, key: bytes, *, clock: Clock, new_id: Callable[[], UUID]) -> Self:
        """Make a new office file in ``folder``, which is made when missing, and open it.

        Raises:
            UserError: there is an office file already, or another program is making one.
            EnvironmentProblem: the folder cannot be written; nothing is left in it.
        """
        make_folder(folder)
        with _locked(folder, clock) as lock:
            path = folder / DATABASE_NAME
            if path.exists():
                raise UserError("这个文件夹里已经有办公数据。", "请直接打开它，或者换一个文件夹。")
            _make(path, key, new_id())
            return cls._opened(path, key, lock, clock, new_id)

    @classmethod
    def open(cls, folder: Path, key: bytes, *, clock: Clock, new_id: Callable[[], UUID]) -> Self:
        """Open the office file in ``folder``, after bringing an older one up to date.

        Raises:
            UserError: there is none, the key does not fit, it is damaged, it was made by a newer program,
                or another program holds it.
            EnvironmentProblem: the machine refused; the file is as it was.
        """
        path = folder / DATABASE_NAME
        if not path.exists():
            raise UserError("这个文件夹里没有办公数据。", "请核对文件夹，或者新建、从备份恢复。")
        with _locked(folder, clock) as lock:
            with faults_named():
                schema = stored_schema(path, key)
            if schema > SCHEMA_HEAD:
                raise UserError(
                    "办公数据是更新版本的程序保存的，这个版本打不开，也没有改动它。",
                    "请安装新版本的程序后再打开。",
                )
            if schema < SCHEMA_HEAD:
                from mediation_desktop.storage import migrate  # noqa: PLC0415 - slow, and hardly ever needed

                migrate.upgrade(path, key)
            return cls._opened(path, key, lock, clock, new_id)

    @classmethod
    def _opened(
        cls, path: Path, key: bytes, lock: OfficeLock, clock: Clock, new_id: Callable[[], UUID]
    ) -> Self:
        database = Database(path, key)
        try:
            with faults_named():
                database.try_writing()  # a read-only file is named now, not at the first save
        except BaseException:
            database.close()
            raise
        return cls(database, lock, clock=clock, new_id=new_id)

    def close(self) -> None:
        """Close the file and let others have it."""
        self._database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Yield a reader that sees one unchanging state, whatever is written meanwhile."""
        with faults_named(), self._database.reading() as connection:
            yield Reader(connection)

    @contextmanager
    def change(self, actor: str, action: str, *, day_only: bool = False) -> Iterator[UnitOfWork]:
        """Yield a unit of work that is kept whole at the end of the block, or not at all on any error.

        Args:
            actor: who does it, as the history shows.
            action: what is done, in the user's words, as the history shows.
            day_only: entry times, ids and history tell the day and nothing finer.  What remains is the order
                in which things were kept: between which two others, whose times are known, this one came.

        Raises:
            EnvironmentProblem: the disk is full, gone or busy; nothing was kept.
        """
        clock, new_id = self._clock, self._new_id
        if day_only:
            clock = WholeDays(self._clock)
            new_id = partial(_id_of_day, self._new_id, clock)
        with faults_named(), self._database.writing() as connection:
            yield UnitOfWork(connection, actor=actor, action=action, clock=clock, new_id=new_id)


def _id_of_day(new_id: Callable[[], UUID], clock: Clock) -> UUID:
    return id_of_day(new_id(), clock.now())


@contextmanager
def _locked(folder: Path, clock: Clock) -> Iterator[OfficeLock]:
    """Yield the folder's lock, which stays held when the block ends well."""
    lock = OfficeLock(folder, clock=clock)
    lock.acquire()
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _make(path: Path, key: bytes, epoch: UUID) -> None:
    """Build a new database beside its place and swap it in whole."""
    unfinished = path.with_name(f"{path.name}.new")
    try:
        remove_database(unfinished)
        database = Database(unfinished, key, options="mode=rwc")
        try:
            with faults_named(), database.writing() as connection:
                whole_schema().create_all(connection)
                connection.execute(insert(SCHEMA_INFO).values(version_num=SCHEMA_HEAD))
                connection.execute(insert(SETTING).values(key=EPOCH_SETTING, value=str(epoch)))
        finally:
            database.close()
        fold_log(unfinished, key)
        replace_file(unfinished, path)
    finally:
        remove_database(unfinished)
