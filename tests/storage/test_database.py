"""One writer, many readers, nothing readable without the key, and transactions that hold DDL too."""

import os
import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import text

from mediation_desktop.domain.errors import UserError
from mediation_desktop.storage import database as module
from mediation_desktop.storage.database import Database, stored_schema
from mediation_desktop.storage.faults import faults_named
from mediation_desktop.system.problems import EnvironmentProblem


@pytest.fixture
def path(tmp_path):
    return tmp_path / "office.db"


@pytest.fixture
def database(path, key):
    opened = Database(path, key, options="mode=rwc")
    with opened.writing() as connection:
        connection.execute(text("CREATE TABLE thing (name TEXT)"))
    yield opened
    opened.close()


def names(database):
    with database.reading() as connection:
        return connection.execute(text("SELECT name FROM thing")).scalars().all()


def put(database, name):
    with database.writing() as connection:
        connection.execute(text("INSERT INTO thing VALUES (:name)"), {"name": name})


def fail_half_way(database):
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE half (name TEXT)"))
        connection.execute(text("INSERT INTO thing VALUES ('half')"))
        raise InterruptedError


def test_a_table_made_in_a_failed_change_is_gone(database):
    with pytest.raises(InterruptedError):
        fail_half_way(database)
    with database.reading() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
    assert tables == ["thing"]
    assert names(database) == []


def test_two_writers_exclude_each_other(database, path, key, monkeypatch):
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    other = Database(path, key)
    try:
        with (
            database.writing(),
            pytest.raises(EnvironmentProblem, match="正被占用"),
            faults_named(),
            other.writing(),
        ):
            pass
        with other.writing():
            pass
    finally:
        other.close()


def test_changes_from_many_threads_all_arrive(database):
    threads = [threading.Thread(target=put, args=(database, f"n{number}")) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names(database))) == 16


def test_readers_see_the_state_before_while_something_is_written(database):
    put(database, "before")
    seen = []
    with database.writing() as connection:
        connection.execute(text("INSERT INTO thing VALUES ('during')"))
        readers = [threading.Thread(target=lambda: seen.append(names(database))) for _ in range(4)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join(timeout=5)
    assert seen == [["before"]] * 4
    assert names(database) == ["before", "during"]


def test_a_reader_sees_one_state_to_its_end(database):
    with database.reading() as connection:
        count = text("SELECT count(*) FROM thing")
        assert connection.execute(count).scalar_one() == 0
        put(database, "meanwhile")
        assert connection.execute(count).scalar_one() == 0
    assert names(database) == ["meanwhile"]


def test_a_reader_cannot_write(database):
    with pytest.raises(Exception, match="readonly"), database.reading() as connection:
        connection.execute(text("INSERT INTO thing VALUES ('sly')"))


@pytest.mark.parametrize(
    ("setting", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_the_writer_is_durable_and_strict(database, setting, value):
    with database.writing() as connection:
        assert connection.execute(text(f"PRAGMA {setting}")).scalar_one() == value


def test_without_shared_memory_a_truncated_journal_takes_over(path, key):
    """The lock files of ``unix-dotfile`` stand for drives on which a write-ahead log is impossible."""
    database = Database(path, key, options="mode=rwc&vfs=unix-dotfile")
    try:
        with database.writing() as connection:
            connection.execute(text("CREATE TABLE thing (name TEXT)"))
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "truncate"
            assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        put(database, "kept")
        assert names(database) == ["kept"]
    finally:
        database.close()


def test_a_file_with_a_log_moves_to_a_drive_without_shared_memory(path, key, database):
    put(database, "kept")
    database.close()
    moved = Database(path, key, options="mode=rw&vfs=unix-dotfile")
    try:
        with moved.writing() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "truncate"
        assert names(moved) == ["kept"]
    finally:
        moved.close()


def test_nothing_on_the_disk_is_readable(database, path):
    put(database, "张福根")
    on_disk = [file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")]
    assert len(on_disk) == 2  # the file and its log
    for data in on_disk:
        assert b"SQLite format 3" not in data
        assert "张福根".encode() not in data
        assert b"thing" not in data


@pytest.mark.usefixtures("database")
def test_a_wrong_key_is_refused(path, capfd):
    with pytest.raises(UserError, match="钥匙不符"), faults_named():
        stored_schema(path, os.urandom(32))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("content", [b"no database at all" * 300, b"\0" * 8192])
def test_what_is_no_database_is_refused_untouched(path, key, content):
    path.write_bytes(content)
    with pytest.raises(UserError), faults_named():
        stored_schema(path, key)
    assert path.read_bytes() == content


def test_a_plain_sqlite_file_is_refused(path, key):
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE thing (name TEXT)")
    plain.close()
    with pytest.raises(UserError), faults_named():
        stored_schema(path, key)


def test_an_empty_file_is_refused_untouched(path, key):
    path.touch()
    with pytest.raises(UserError, match="不是平安调解工作台"), faults_named():
        stored_schema(path, key)
    assert path.stat().st_size == 0


def test_a_damaged_page_is_named(database, path, key):
    put(database, "long" * 5000)
    database.close()
    data = bytearray(path.read_bytes())
    data[4096 + 100] ^= 1
    path.write_bytes(data)
    with closing(Database(path, key)) as damaged, pytest.raises(UserError, match="已损坏"), faults_named():
        names(damaged)


def test_errors_carry_no_values(database):
    with pytest.raises(Exception, match="no such table") as caught, database.writing() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "张福根"})
    assert "张福根" not in str(caught.value)
