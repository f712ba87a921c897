"""A file is wholly the old one or wholly the new one, whatever fails."""

import errno
import os
import subprocess
from pathlib import Path

import pytest
from faulty_disk import FaultyDisk, LyingDisk

from mediation_desktop.system import files
from mediation_desktop.system.problems import EnvironmentProblem

OLD, NEW = b"old" * 1000, b"new" * 2000


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "office.dat"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def use(monkeypatch):
    def install(disk):
        monkeypatch.setattr(files, "disk", disk)
        return disk

    return install


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_written_file_holds_exactly_the_new_bytes(target):
    files.write_file(target, NEW, read_back=True)
    assert target.read_bytes() == NEW
    assert names(target.parent) == {target.name}


def test_a_new_file_is_made_where_there_was_none(tmp_path):
    files.write_file(tmp_path / "fresh", NEW)
    assert (tmp_path / "fresh").read_bytes() == NEW


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_failure_at_any_call_leaves_old_or_new_and_no_litter(target, use, code):
    counted = use(FaultyDisk())
    files.write_file(target, OLD, read_back=True)
    assert counted.calls >= 8
    for at in range(1, counted.calls + 1):
        target.write_bytes(OLD)
        use(FaultyDisk(at, code))
        with pytest.raises(EnvironmentProblem):
            files.write_file(target, NEW, read_back=True)
        replaced = at == counted.calls  # only the folder's own sync comes after the swap
        assert target.read_bytes() == (NEW if replaced else OLD)
        assert names(target.parent) == {target.name}


def test_swapping_in_a_finished_file_is_all_or_nothing(target, use):
    counted = use(FaultyDisk())
    files.replace_file(_source(target, NEW), target)
    assert target.read_bytes() == NEW
    for at in range(1, counted.calls):
        target.write_bytes(OLD)
        source = _source(target, NEW)
        use(FaultyDisk(at))
        with pytest.raises(EnvironmentProblem):
            files.replace_file(source, target)
        assert (target.read_bytes(), source.read_bytes()) == (OLD, NEW)


def _source(target, data):
    source = target.with_name("migrated")
    source.write_bytes(data)
    return source


def test_an_error_of_the_caller_passes_unchanged_and_leaves_the_old_file(target):
    def write_half():
        with files.replacing(target) as stream:
            stream.write(NEW)
            raise KeyError("mine")

    with pytest.raises(KeyError):
        write_half()
    assert target.read_bytes() == OLD
    assert names(target.parent) == {target.name}


def test_a_check_that_dislikes_the_file_keeps_the_old_one(target):
    def dislike(part):
        assert part.read_bytes() == NEW
        raise EnvironmentProblem("不对。", "重来。")

    with pytest.raises(EnvironmentProblem, match="不对"), files.replacing(target, check=dislike) as stream:
        stream.write(NEW)
    assert target.read_bytes() == OLD
    assert names(target.parent) == {target.name}


def test_a_named_partial_file_is_used_and_gone_afterwards(target):
    part = target.with_name("office.dat.part")
    with files.replacing(target, partial=part) as stream:
        stream.write(NEW)
        assert part.exists()
    assert names(target.parent) == {target.name}


def test_a_stick_that_lies_is_found_out_by_reading_back(target, use):
    use(LyingDisk())
    with pytest.raises(EnvironmentProblem, match="损坏"):
        files.write_file(target, NEW, read_back=True)
    assert target.read_bytes() == OLD


class HeldFile(FaultyDisk):
    """A virus scanner holds the file for the first few tries."""

    def __init__(self, tries):
        super().__init__()
        self.tries = tries

    def replace(self, source, target):
        if self.tries:
            self.tries -= 1
            raise PermissionError(errno.EACCES, "held")
        super().replace(source, target)


def test_a_file_held_for_a_moment_by_a_virus_scanner_is_written_all_the_same(target, use):
    disk = use(HeldFile(3))
    files.write_file(target, NEW)
    assert target.read_bytes() == NEW
    assert 0 < disk.waited < 2


def test_a_file_held_for_good_is_given_up_soon(target, use):
    disk = use(HeldFile(99))
    with pytest.raises(EnvironmentProblem, match="权限"):
        files.write_file(target, NEW)
    assert disk.waited < 2
    assert target.read_bytes() == OLD
    assert names(target.parent) == {target.name}


def test_a_vanished_drive_is_told_even_if_nothing_can_be_cleared(target, use):
    use(FaultyDisk(2, errno.ENODEV, gone=True))
    with pytest.raises(EnvironmentProblem, match="U盘已拔出"):
        files.write_file(target, NEW)
    assert target.read_bytes() == OLD


def test_what_a_killed_process_left_is_cleared_at_the_next_start(target):
    target.with_name("office.dat.1a2b3c4d.~new").write_bytes(b"half")
    assert files.clear_stale(target.parent) == 1
    assert names(target.parent) == {target.name}


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "权限"),
        (errno.ENOENT, "路径不存在"),
        (errno.EIO, "U盘已拔出"),
        (errno.ENODEV, "U盘已拔出"),
        (errno.EISDIR, "是文件夹"),
        (errno.EEXIST, "是文件"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.EBUSY, "EBUSY"),
    ],
)
def test_each_fault_has_one_clear_sentence_and_an_advice(code, word):
    told = files.problem(OSError(code, "x"), Path("/home/someone/secret-folder/office.dat"))
    assert word in told.text
    assert told.advice
    assert "office.dat" in told.text
    assert "secret-folder" not in str(told)


def test_a_file_held_by_another_program_is_named_as_such():
    error = PermissionError(errno.EACCES, "x")
    error.winerror = 32
    assert "占用" in files.problem(error, Path("office.dat")).text


@pytest.fixture
def tiny_disk(tmp_path):
    """A real file system of 64 kB, where the tests may mount one."""
    mount = tmp_path / "tiny"
    mount.mkdir()
    options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", str(mount)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(["mount", *options], check=False).returncode:
        pytest.skip("may not mount a file system here")
    yield mount
    subprocess.run(["umount", str(mount)], check=True)


def test_a_really_full_disk_keeps_the_old_file(tiny_disk):
    target = tiny_disk / "office.dat"
    files.write_file(target, OLD)
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        files.write_file(target, bytes(200_000))
    assert target.read_bytes() == OLD
    assert names(tiny_disk) == {"office.dat"}


def test_a_really_read_only_disk_is_told(tiny_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    with pytest.raises(EnvironmentProblem, match="只读"):
        files.write_file(tiny_disk / "office.dat", NEW)


def test_a_new_folder_is_on_the_medium_with_all_those_above_it(tmp_path, use):
    disk = use(FaultyDisk(only="fsync_folder"))
    files.make_folder(tmp_path / "a" / "b" / "c")
    assert disk.calls == 3
    files.make_folder(tmp_path / "a" / "b" / "c")
    assert disk.calls == 3


def test_a_scratch_file_has_no_name_and_is_gone_afterwards(tmp_path):
    with files.scratch(tmp_path) as stream:
        stream.write(NEW)
        assert names(tmp_path) == set() or os.name != "posix"
    assert names(tmp_path) == set()
