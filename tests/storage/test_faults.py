"""A full, read-only or failing disk: one clear sentence, nothing half kept, and work goes on afterwards."""

import os
import subprocess
from functools import partial

import pytest
from builders import COMMITTEE
from sqlalchemy import text

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Committee
from mediation_desktop.storage import database, office_file
from mediation_desktop.storage.database import Database, connect
from mediation_desktop.storage.faults import faults_named
from mediation_desktop.storage.office_file import DATABASE_NAME, OfficeFile
from mediation_desktop.system.problems import EnvironmentProblem


def keep_bytes(office, size):
    with office.change("王", "附件") as work:
        work.add(COMMITTEE)
        work.put_blob(os.urandom(size), "application/pdf")


def assert_nothing_was_kept(office):
    with office.read() as reader:
        assert reader.count(Committee) == 0
        assert reader.revisions(COMMITTEE.id) == ()


def test_a_database_that_may_not_grow_is_a_full_disk(office):
    with office._database.writing() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages + 20}"))
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        keep_bytes(office, 1_000_000)
    assert_nothing_was_kept(office)
    keep_bytes(office, 100)


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of two megabytes."""
    place = tmp_path / "stick"
    place.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], check=False, capture_output=True
    )
    if mount.returncode:
        pytest.skip("may not mount a small disk here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def test_a_really_full_disk_keeps_the_file_whole(small_disk, key, clock, new_id):
    folder = small_disk / "office"
    with OfficeFile.create(folder, key, clock=clock, new_id=new_id) as office:
        with pytest.raises(EnvironmentProblem, match="磁盘"):
            keep_bytes(office, 3_000_000)
        assert_nothing_was_kept(office)
        keep_bytes(office, 100)
    with OfficeFile.open(folder, key, clock=clock, new_id=new_id) as office, office.read() as reader:
        assert reader.count(Committee) == 1
    with connect(folder / DATABASE_NAME, key) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()


def test_no_room_for_a_new_office_leaves_no_office(small_disk, key, clock, new_id):
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 1_950_000)
    folder = small_disk / "office"
    with pytest.raises(EnvironmentProblem, match="磁盘"):
        OfficeFile.create(folder, key, clock=clock, new_id=new_id)
    assert not [path.name for path in folder.iterdir() if path.name.startswith(DATABASE_NAME)]
    filler.unlink()
    OfficeFile.create(folder, key, clock=clock, new_id=new_id).close()


def test_a_new_office_whose_log_cannot_be_folded_in_is_no_office(small_disk, key, clock, new_id):
    """Wherever in the making the room runs out, the disk is named, and never a damaged file."""
    folder, filler = small_disk / "office", small_disk / "filler"
    for kilobytes in range(300, 750, 50):
        filler.write_bytes(b"x" * (2048 - kilobytes) * 1024)
        with pytest.raises(EnvironmentProblem, match="磁盘"):
            OfficeFile.create(folder, key, clock=clock, new_id=new_id)
        assert not (folder / DATABASE_NAME).exists()
    filler.unlink()
    OfficeFile.create(folder, key, clock=clock, new_id=new_id).close()


def test_a_read_only_disk_is_named_when_opening(small_disk, key, clock, new_id):
    folder = small_disk / "office"
    OfficeFile.create(folder, key, clock=clock, new_id=new_id).close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(EnvironmentProblem, match="只读"):
        OfficeFile.open(folder, key, clock=clock, new_id=new_id)


class Refused(Exception):
    """Looks like the driver's own error."""

    def __init__(self, code):
        super().__init__("refused")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        (13, EnvironmentProblem, "磁盘已满"),
        (8, EnvironmentProblem, "只读"),
        (8 | 6 << 8, EnvironmentProblem, "只读"),  # the folder is read-only
        (5, EnvironmentProblem, "正被占用"),
        (6, EnvironmentProblem, "正被占用"),
        (10 | 3 << 8, EnvironmentProblem, "没有响应"),  # a failed write
        (14, EnvironmentProblem, "没有响应"),
        (11, UserError, "已损坏"),
        (26, UserError, "钥匙不符"),
    ],
)
def test_each_complaint_of_the_driver_has_its_sentence(code, kind, sentence, monkeypatch):
    monkeypatch.setattr("mediation_desktop.storage.faults.driver.Error", Refused)
    with pytest.raises(kind, match=sentence) as caught, faults_named():
        raise Refused(code)
    assert caught.value.advice


def test_a_broken_rule_of_ours_stays_a_bug(monkeypatch):
    monkeypatch.setattr("mediation_desktop.storage.faults.driver.Error", Refused)
    with pytest.raises(Refused), faults_named():
        raise Refused(19)


def test_a_read_only_file_is_named_when_opening_and_the_lock_given_back(
    folder, key, clock, new_id, monkeypatch
):
    OfficeFile.create(folder, key, clock=clock, new_id=new_id).close()
    with monkeypatch.context() as patch:
        patch.setattr(office_file, "Database", partial(Database, options="mode=ro"))
        with pytest.raises(EnvironmentProblem, match="只读"):
            OfficeFile.open(folder, key, clock=clock, new_id=new_id)
    OfficeFile.open(folder, key, clock=clock, new_id=new_id).close()


def test_a_place_where_no_folder_can_be_made_is_named(tmp_path, key, clock, new_id):
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem):
        OfficeFile.create(tmp_path / "file" / "office", key, clock=clock, new_id=new_id)


def test_a_change_inside_a_change_is_refused_not_stuck(folder, key, clock, new_id, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with (
        OfficeFile.create(folder, key, clock=clock, new_id=new_id) as office,
        office.change("王", "登记"),
        pytest.raises(EnvironmentProblem, match="正被占用"),
        office.change("王", "登记"),
    ):
        pass
