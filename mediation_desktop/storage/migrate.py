"""Bringing an older office file up to date: on a copy, checked, then swapped in."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection as RawConnection  # the interface only, as in database.py

from alembic import command
from alembic.config import Config

from mediation_desktop.domain.errors import UserError
from mediation_desktop.storage.database import (
    connect,
    engine_beginning,
    fold_log,
    remove_database,
    stored_schema,
)
from mediation_desktop.storage.faults import faults_named
from mediation_desktop.storage.tables import SCHEMA_HEAD, SCHEMA_INFO
from mediation_desktop.system.files import problem, replace_file, replacing

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(
    path: Path,
    key: bytes,
    *,
    target: str = SCHEMA_HEAD,
    versions: Sequence[Path] = (MIGRATIONS / "versions",),
) -> None:
    """Bring the office file at ``path`` to the schema ``target``; whoever calls holds the office's lock.

    The old file is kept beside it as ``office.db.before-<its version>``.  On any failure it is as it was.

    Args:
        path: the database file; nobody has it open.
        key: its raw key.
        target: the migration to stop at.
        versions: the folders that hold the migrations.

    Raises:
        UserError: the migrated copy did not pass its checks.
        EnvironmentProblem: the disk is full, read-only or gone, or something else holds the file.
    """
    copy = path.with_name(f"{path.name}.migrating")
    try:
        with faults_named():
            remove_database(copy)
            old_schema = stored_schema(path, key)
            _copy(path, copy, key)
            counted = _row_counts(copy, key)
            _migrate(copy, key, target, versions)
            _check(copy, key, counted)
            fold_log(copy, key)
        _keep_aside(path, path.with_name(f"{path.name}.before-{old_schema}"))
        replace_file(copy, path)
    except OSError as error:
        raise problem(error, path) from error
    finally:
        remove_database(copy)


def _copy(path: Path, copy: Path, key: bytes) -> None:
    """Copy the database, whatever its write-ahead log holds included, and fold that log into the old file."""
    with closing(connect(path, key)) as source, closing(connect(copy, key, options="mode=rwc")) as target:
        source.backup(target)
    fold_log(path, key)


def _migrate(copy: Path, key: bytes, target: str, versions: Sequence[Path]) -> None:
    """Run the migrations in one transaction, foreign keys off.

    With foreign keys on, rebuilding a parent table would delete its children.
    """
    config = Config()
    config.set_main_option("script_location", _escaped(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(_escaped, versions)))
    engine = engine_beginning("BEGIN IMMEDIATE", lambda: connect(copy, key), pool_size=1, max_overflow=0)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, target)
    finally:
        engine.dispose()


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")


def _check(copy: Path, key: bytes, counted: dict[str, int]) -> None:
    """Make sure that the copy is whole and that no row was lost.

    Raises:
        UserError: it is not; the old file goes on being used.
    """
    with closing(connect(copy, key)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tied = connection.execute("PRAGMA foreign_key_check").fetchall() == []
    now = _row_counts(copy, key)
    if not (whole and tied and all(now.get(table) == count for table, count in counted.items())):
        raise UserError(
            "升级办公数据没有通过检查，原来的数据没有改动。", "请继续使用旧版本的程序，并联系技术支持。"
        )


def _row_counts(path: Path, key: bytes) -> dict[str, int]:
    with closing(connect(path, key)) as connection:
        return {name: _count(connection, name) for name in _table_names(connection)}


def _table_names(connection: RawConnection) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return [name for (name,) in rows if name != SCHEMA_INFO.name]


def _count(connection: RawConnection, table: str) -> int:
    quoted = table.replace('"', '""')
    return connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608 - quoted


def _keep_aside(path: Path, aside: Path) -> None:
    with path.open("rb") as old, replacing(aside) as kept:
        shutil.copyfileobj(old, kept, 1 << 20)
