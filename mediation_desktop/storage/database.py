"""The encrypted database file: SQLCipher under SQLAlchemy, one writer and any number of readers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

BUSY_SECONDS = 10
"""How long a writer waits for another before it gives up."""

_READERS = 8


def connect(path: Path, key: bytes, *, options: str = "mode=rw") -> driver.Connection:
    """Open ``path`` with the raw 32-byte ``key`` and make sure that the key fits.

    ``options`` are SQLite's URI parameters; the default refuses to make a new file.  The connection
    starts no transaction by itself.

    Raises:
        sqlcipher3.dbapi2.Error: as the driver says; callers name it with ``faults.faults_named``.
    """
    connection = driver.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is answered, not logged
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA schema_version")  # the first page read: a wrong key fails here
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    except BaseException:
        connection.close()
        raise
    return connection


class Database:
    """An open database file with one engine for writing and one for reading.

    Only the write engine begins with BEGIN IMMEDIATE: two writers exclude each other at once, while
    readers go on seeing the state before.
    """

    def __init__(self, path: Path, key: bytes, *, options: str = "mode=rw") -> None:
        """Name the file; the first use opens it. ``options`` as in ``connect``."""

        def writer() -> driver.Connection:
            connection = connect(path, key, options=options)
            _make_durable(connection)
            return connection

        def reader() -> driver.Connection:
            connection = connect(path, key, options=options)
            connection.execute("PRAGMA query_only = ON")
            return connection

        self._write_engine = _engine(writer, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
        self._read_engine = _engine(reader, "BEGIN", pool_size=_READERS, max_overflow=_READERS)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection inside a write transaction: committed at the end, rolled back on any error."""
        with self._write_engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one unchanging state."""
        with self._read_engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self._read_engine.dispose()
        self._write_engine.dispose()


def _engine(creator: object, begin: str, **pool: int) -> Engine:
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


def _make_durable(connection: driver.Connection) -> None:
    """Choose a journal that survives a power cut, and let broken references fail."""
    try:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    except driver.OperationalError:
        mode = None
    if mode != "wal":  # no shared memory here: some drives of virtual machines, for one
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("PRAGMA schema_version")  # gives the exclusive lock back
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
