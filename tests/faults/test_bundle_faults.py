"""Whatever fails while a bundle is written or opened: nothing half-done stays, and the old one is whole."""

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from carrying import Ends, new_ends
from faulty_disk import FaultyDisk, LyingDisk

from mediation_desktop.exchange.bundle import open_bundle, verify_bundle
from mediation_desktop.system import files
from mediation_desktop.system.problems import EnvironmentProblem


@pytest.fixture(scope="module")
def ends() -> Ends:
    return new_ends()


@pytest.fixture
def use(monkeypatch):
    def install(disk):
        monkeypatch.setattr(files, "disk", disk)
        return disk

    return install


def names(folder):
    return {path.name for path in folder.rglob("*")}


def calls_of_writing(ends, tmp_path, use):
    counted = use(FaultyDisk())
    ends.write(tmp_path / "counted.tjb")
    (tmp_path / "counted.tjb").unlink()
    return counted.calls


def test_an_export_interrupted_at_any_call_leaves_no_bundle_and_no_litter(ends, tmp_path, use):
    calls = calls_of_writing(ends, tmp_path, use)
    assert calls >= 12
    target = tmp_path / "b.tjb"
    for at in range(1, calls):
        use(FaultyDisk(at, errno.ENOSPC))
        with pytest.raises(EnvironmentProblem, match="磁盘已满"):
            ends.write(target)
        assert names(tmp_path) == set(), at


def test_an_earlier_bundle_of_that_name_stays_whole_until_the_new_one_is_proven(ends, tmp_path, use):
    calls = calls_of_writing(ends, tmp_path, use)
    target = ends.write(tmp_path / "b.tjb")
    old = target.read_bytes()
    for at in range(1, calls):
        use(FaultyDisk(at))
        with pytest.raises(EnvironmentProblem):
            ends.write(target)
        assert target.read_bytes() == old, at


def test_a_stick_pulled_at_any_call_leaves_at_most_a_partial_file(ends, tmp_path, use):
    calls = calls_of_writing(ends, tmp_path, use)
    for at in range(1, calls):
        folder = tmp_path / str(at)
        folder.mkdir()
        use(FaultyDisk(at, errno.ENODEV, gone=True))
        with pytest.raises(EnvironmentProblem, match="U盘已拔出"):
            ends.write(folder / "b.tjb")
        assert names(folder) <= {"b.tjb.part"}, at


def test_the_next_export_clears_what_a_pulled_stick_kept(ends, tmp_path):
    (tmp_path / "b.tjb.part").write_bytes(b"half a bundle")
    ends.write(tmp_path / "b.tjb")
    assert names(tmp_path) == {"b.tjb"}


def test_a_stick_that_lies_is_found_out_before_the_bundle_gets_its_name(ends, tmp_path, use):
    use(LyingDisk())
    with pytest.raises(EnvironmentProblem, match="读回"):
        ends.write(tmp_path / "b.tjb")
    assert names(tmp_path) == set()


def test_opening_interrupted_at_any_call_leaves_no_plain_file(ends, tmp_path, use):
    path = ends.write(tmp_path / "b.tjb")
    counted = use(FaultyDisk())
    open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    assert counted.calls > 40
    for at in range(1, counted.calls + 1, 3):
        use(FaultyDisk(at, errno.ENOSPC))
        with pytest.raises(EnvironmentProblem, match="磁盘已满"):
            open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
        assert names(tmp_path) == {"b.tjb"}, at


def test_a_folder_that_is_not_there_is_told(ends, tmp_path):
    with pytest.raises(EnvironmentProblem, match="不存在"):
        ends.write(tmp_path / "gone" / "deeper" / "b.tjb")


@pytest.fixture
def small_stick(tmp_path):
    """A real file system of 24 MB, where the tests may mount one."""
    mount = tmp_path / "stick"
    mount.mkdir()
    options = ["-t", "tmpfs", "-o", "size=24m", "tmpfs", str(mount)]
    if shutil.which("mount") is None or subprocess.run(["mount", *options], check=False).returncode:
        pytest.skip("may not mount a file system here")
    yield mount
    subprocess.run(["umount", str(mount)], check=True)


def test_a_real_stick_with_too_little_room_is_told_and_left_clean(ends, small_stick):
    (small_stick / "photos").write_bytes(bytes(10 * 1024**2))
    with pytest.raises(EnvironmentProblem, match="空间不够"):
        ends.write(small_stick / "b.tjb")
    assert names(small_stick) == {"photos"}


def test_a_real_stick_that_fills_up_meanwhile_is_told_and_left_clean(ends, small_stick):
    def filling():
        yield from ends.content().records
        (small_stick / "photos").write_bytes(bytes(24 * 1024**2 - 8192))

    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        ends.write(small_stick / "b.tjb", records=filling())
    assert list(small_stick.glob("b.*")) == []


def test_a_real_read_only_stick_is_told(ends, small_stick):
    subprocess.run(["mount", "-o", "remount,ro", str(small_stick)], check=True)
    with pytest.raises(EnvironmentProblem, match="只读"):
        ends.write(small_stick / "b.tjb")


def test_a_bundle_on_a_real_stick_verifies(ends, small_stick):
    verify_bundle(ends.write(small_stick / "b.tjb"), ends.trust)


KILLED = """
import os, sys
from pathlib import Path
from carrying import new_ends
from mediation_desktop.exchange import opening

folder = Path(sys.argv[1])
ends = new_ends()
path = ends.write(folder / "b.tjb")
opening.open_bag = lambda plain: os._exit(9)  # all is unsealed, nothing is laid out yet
opening.open_bundle(path, ends.trust, ends.county.sealing_secret, folder / "out")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="shows itself by names; Windows deletes on close")
def test_a_process_killed_while_opening_leaves_no_plain_file(tmp_path):
    here = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        env={"PYTHONPATH": f"{here}:{here.parent}"},
        check=False,
    )
    assert done.returncode == 9
    assert names(tmp_path) == {"b.tjb", "out"}
