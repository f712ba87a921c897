"""The office file as a whole: made, opened, refused, shared between threads, kept or not kept."""

import os
import subprocess
import sys
import threading

import pytest
from builders import COMMITTEE, dispute, party, uid
from sqlalchemy import text

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Committee, Dispute
from mediation_desktop.storage import office_file
from mediation_desktop.storage.database import connect
from mediation_desktop.storage.office_file import DATABASE_NAME, OfficeFile
from mediation_desktop.system.problems import EnvironmentProblem

CRASH = """
import os, sys
from pathlib import Path
from mediation_desktop.storage.database import connect
connection = connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
connection.execute("INSERT INTO setting VALUES ('colour', '1')")
os._exit(0)
"""


@pytest.fixture
def reopen(folder, key, clock, new_id):
    return lambda: OfficeFile.open(folder, key, clock=clock, new_id=new_id)


def contents(folder):
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_what_was_kept_is_there_after_closing_and_opening(office, reopen):
    with office.change("王", "登记") as work:
        kept = work.add(COMMITTEE)
    office.close()
    with reopen() as again, again.read() as reader:
        assert reader.get(Committee, COMMITTEE.id) == kept


def test_a_closed_office_file_is_one_file(office, folder):
    with office.change("王", "登记") as work:
        work.add(COMMITTEE)
    office.close()
    assert {path.name for path in folder.iterdir()} - {"office.lock"} == {DATABASE_NAME}


def test_an_existing_office_file_is_not_made_anew(office, folder, key, clock, new_id):
    office.close()
    before = contents(folder)[DATABASE_NAME]
    with pytest.raises(UserError, match="已经有办公数据"):
        OfficeFile.create(folder, os.urandom(32), clock=clock, new_id=new_id)
    assert contents(folder)[DATABASE_NAME] == before
    OfficeFile.open(folder, key, clock=clock, new_id=new_id).close()


def test_a_folder_without_office_file_is_named(reopen, folder):
    with pytest.raises(UserError, match="没有办公数据"):
        reopen()
    assert not folder.exists()


def test_making_that_fails_leaves_nothing_and_can_be_tried_again(folder, key, clock, new_id, monkeypatch):
    def unplugged(*_):
        raise EnvironmentProblem("U盘已拔出。", "")

    with monkeypatch.context() as patch:
        patch.setattr(office_file, "replace_file", unplugged)
        with pytest.raises(EnvironmentProblem):
            OfficeFile.create(folder, key, clock=clock, new_id=new_id)
    assert {path.name for path in folder.iterdir()} <= {"office.lock"}
    OfficeFile.create(folder, key, clock=clock, new_id=new_id).close()


def test_a_making_cut_off_before_does_not_hinder(folder, key, clock, new_id):
    folder.mkdir()
    (folder / f"{DATABASE_NAME}.new").write_bytes(b"half")
    OfficeFile.create(folder, key, clock=clock, new_id=new_id).close()


def test_a_second_program_is_refused_and_the_first_goes_on(office, reopen):
    with pytest.raises(EnvironmentProblem, match="打开着办公数据"):
        reopen()
    with office.change("王", "登记") as work:
        work.add(COMMITTEE)


def test_a_wrong_key_is_refused_and_the_lock_given_back(office, folder, reopen, clock, new_id):
    office.close()
    with pytest.raises(UserError, match="钥匙不符"):
        OfficeFile.open(folder, os.urandom(32), clock=clock, new_id=new_id)
    reopen().close()


@pytest.mark.parametrize("with_log", [False, True])
def test_a_newer_file_is_refused_untouched(office, folder, key, reopen, with_log):
    """With a log beside it, as a newer program leaves it after a power cut."""
    office.close()
    path = folder / DATABASE_NAME
    newer = connect(path, key)
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    if with_log:
        subprocess.run([sys.executable, "-c", CRASH, path, key.hex()], check=True)
        assert (folder / f"{DATABASE_NAME}-wal").stat().st_size > 0
    before = contents(folder)
    with pytest.raises(UserError, match="更新版本的程序"):
        reopen()
    after = contents(folder)
    after.pop("office.lock", None)
    before.pop("office.lock", None)
    assert after == before


def test_a_cut_off_program_loses_only_what_it_had_not_finished(office, folder, key, reopen):
    """The program dies inside a change; what was committed before lies in the write-ahead log."""
    office.close()
    story = """
import os, sys
from pathlib import Path
from mediation_desktop.storage.office_file import OfficeFile
from mediation_desktop.system.clock import SystemClock
from mediation_desktop.system.ids import new_id
office = OfficeFile.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), clock=SystemClock(), new_id=new_id)
with office.change("王", "") as work:
    work.put_draft("form", "typed")
with office.change("王", "") as work:
    work.put_draft("form", "half")
    os._exit(1)
"""
    assert subprocess.run([sys.executable, "-c", story, folder, key.hex()], check=False).returncode == 1
    with reopen() as again, again.read() as reader:
        assert reader.draft("form").value == "typed"


def test_opening_a_current_file_never_loads_the_migrations(office, folder, key):
    office.close()
    story = """
import sys
from pathlib import Path
from mediation_desktop.storage.office_file import OfficeFile
from mediation_desktop.system.clock import SystemClock
from mediation_desktop.system.ids import new_id
OfficeFile.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), clock=SystemClock(), new_id=new_id).close()
print([name for name in sys.modules if "alembic" in name or "migrat" in name])
"""
    run = subprocess.run([sys.executable, "-c", story, folder, key.hex()], check=True, capture_output=True)
    assert run.stdout.strip() == b"[]"


def leave_half_way(office):
    with office.change("王", "登记") as work:
        work.add(dispute())
        work.put_setting("colour", "green")
        raise InterruptedError


def test_a_change_that_fails_keeps_nothing(office):
    with pytest.raises(InterruptedError):
        leave_half_way(office)
    with office.read() as reader:
        assert reader.find(Dispute) == ()
        assert reader.revisions(dispute().id) == ()
        assert reader.setting("colour") is None
    with office.change("王", "登记") as work:
        work.add(dispute())
    with office.read() as reader:
        assert [line.sequence for line in reader.revisions(dispute().id)] == [1]


def test_a_party_without_its_dispute_is_our_bug(office):
    with pytest.raises(Exception, match="FOREIGN KEY"), office.change("王", "登记") as work:
        work.add(party(0))


def test_many_threads_read_while_one_writes(office):
    with office.change("王", "登记") as work:
        work.add(dispute())
    counts, stop = [], threading.Event()

    def watch():
        while not stop.is_set():
            with office.read() as reader:
                counts.append((reader.count_disputes(), len(reader.dispute_rows(limit=500))))

    watchers = [threading.Thread(target=watch) for _ in range(4)]
    for watcher in watchers:
        watcher.start()
    for number in range(1000, 1030):
        with office.change("王", "登记") as work:
            work.add(dispute(id=uid(number), number=str(number)))
    stop.set()
    for watcher in watchers:
        watcher.join()
    assert all(count == listed for count, listed in counts)
    with office.read() as reader:
        assert reader.count_disputes() == 31


def test_reading_works_without_a_newer_state_slipping_in(office):
    with office.read() as reader:
        assert reader.find(Committee) == ()
        with office.change("王", "登记") as work:
            work.add(COMMITTEE)
        assert reader.find(Committee) == ()


def test_a_bug_in_our_sql_is_not_dressed_up(office):
    with pytest.raises(Exception, match="no such table"), office.read() as reader:
        reader._connection.execute(text("SELECT * FROM nowhere"))


def test_a_closed_file_is_never_touched_again(office):
    """Another program may hold it by then."""
    office.close()
    for use in (office.read, lambda: office.change("汪承平", "试")):
        with pytest.raises(RuntimeError, match="closed"), use():
            pass
