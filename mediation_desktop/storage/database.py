"""The encrypted database file: SQLCipher under SQLAlchemy, one writer and any number of readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from mediation_desktop.domain.errors import UserError
from mediation_desktop.storage.faults import driver, faults_named, is_unreadable
from mediation_desktop.system.problems import EnvironmentProblem

if TYPE_CHECKING:
    from sqlite3 import Connection as RawConnection  # the interface only: SQLCipher's driver has the same

BUSY_SECONDS = 10
"""How long a writer waits for another before it gives up."""

_READERS = 8

_CACHE_KIB = 16 * 1024
"""Pages a reader keeps deciphered: it holds what the lists of ten thousand disputes look at."""


def connect(path: Path, key: bytes, *, options: str = "mode=rw") -> RawConnection:
    """Open ``path`` with the raw 32-byte ``key`` and make sure that the key fits.

    ``options`` are SQLite's URI parameters; the default refuses to make a new file.  The connection
    starts no transaction by itself.

    Raises:
        sqlcipher3.dbapi2.Error: as the driver says; callers name it with ``faults.faults_named``.
    """
    connection = _unread(path, key, options)
    try:
        connection.execute("PRAGMA schema_version")  # reads the first page: a wrong key fails here
    except BaseException:
        connection.close()
        raise
    return connection


def _unread(path: Path, key: bytes, options: str) -> RawConnection:
    connection = driver.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is answered, not logged
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


class Database:
    """An open database file with one engine for writing and one for reading.

    Only the write engine begins with BEGIN IMMEDIATE: two writers exclude each other at once, while
    readers go on seeing the state before.
    """

    def __init__(self, path: Path, key: bytes, *, options: str = "mode=rw") -> None:
        """Name the file; the first use opens it. ``options`` as in ``connect``."""
        self._closed = False

        def writer() -> RawConnection:
            self._refuse_when_closed()
            try:
                connection = connect(path, key, options=options)
            except driver.OperationalError:
                _give_up_log(path, key, options)
                connection = connect(path, key, options=options)
            _make_durable(connection)
            return connection

        def reader() -> RawConnection:
            self._refuse_when_closed()
            connection = connect(path, key, options=options)
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            return connection

        self._write_engine = engine_beginning("BEGIN IMMEDIATE", writer, pool_size=1, max_overflow=0)
        self._read_engine = engine_beginning("BEGIN", reader, pool_size=_READERS, max_overflow=_READERS)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection inside a write transaction: committed at the end, rolled back on any error."""
        with self._write_engine.begin() as connection:
            yield connection

    def try_writing(self) -> None:
        """Make sure that the file can be written, and write nothing.

        Raises:
            sqlalchemy.exc.DBAPIError: it cannot.
        """
        with self._write_engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA user_version = 0")  # rolled back: nobody commits

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one unchanging state."""
        with self._read_engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection for good; the last one folds the write-ahead log into the file."""
        self._closed = True
        self._read_engine.dispose()
        self._write_engine.dispose()

    def _refuse_when_closed(self) -> None:
        """A pool would open new connections after ``close``, when another program may hold the file."""
        if self._closed:
            raise RuntimeError("the office file is closed")


def engine_beginning(begin: str, creator: Callable[[], RawConnection], **pool: int) -> Engine:
    """Return an engine whose transactions begin with our own statement.

    The driver would begin none before DDL, so that a created table survives a rollback; and the URL
    ``sqlite://`` would choose a pool for databases in memory.
    """
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=creator,
        poolclass=QueuePool,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,  # no personal data in error messages
        **pool,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _make_durable(connection: RawConnection) -> None:
    """Choose a journal that survives a power cut, and let broken references fail."""
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":  # no shared memory on this drive
        connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _give_up_log(path: Path, key: bytes, options: str) -> None:
    """Take the write-ahead log from a file that came to a drive without shared memory, where none opens."""
    with closing(_unread(path, key, options)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = TRUNCATE")


def stored_schema(path: Path, key: bytes) -> str:
    """Return the schema version that ``path`` stands at, without changing anything on the disk.

    The schema is in the file from its first moment and a migration swaps in a whole file, so it never
    stands in the write-ahead log alone.  Only when a power cut tore the first page does the log have to
    be consulted, which repairs the file.

    Raises:
        UserError: this is no office file.
        sqlcipher3.dbapi2.Error: as the driver says.
    """
    try:
        return _read_schema(path, key, "mode=ro&immutable=1")
    except driver.DatabaseError as error:
        if not (is_unreadable(error) and log_of(path).exists()):
            raise
        return _read_schema(path, key, "mode=rw")


def _read_schema(path: Path, key: bytes, options: str) -> str:
    with closing(connect(path, key, options=options)) as connection:
        known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        if known is None:
            raise UserError("这个文件不是平安调解工作台的办公数据。", "请核对文件夹，或从备份恢复。")
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def fold_log(path: Path, key: bytes) -> None:
    """Fold the write-ahead log into ``path``, so that this one file is the whole database and may be moved.

    Closing does so too, but says nothing when there is no room for it.

    Raises:
        EnvironmentProblem: the disk is full, read-only or gone, or something else holds the file.
    """
    with faults_named(), closing(connect(path, key)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if log_of(path).exists():
        raise EnvironmentProblem(
            "办公数据文件正被其他程序占用，这一步没有做成。", "请关闭备份、杀毒等程序，重新启动电脑后再打开。"
        )


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of ``path``."""
    return path.with_name(f"{path.name}-wal")


def remove_database(path: Path) -> None:
    """Delete a working copy and what SQLite keeps beside it, as far as they are there."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
