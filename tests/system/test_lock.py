"""One program per office folder, and the second one is told who holds it."""

import subprocess
import sys
import threading

import pytest

from mediation_desktop.system import lock as module
from mediation_desktop.system.lock import HOLDER_NAME, OfficeLock
from mediation_desktop.system.problems import EnvironmentProblem

HOLD = """
import sys
from pathlib import Path
from mediation_desktop.system.lock import OfficeLock
lock = OfficeLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_the_second_is_told_who_holds_it_and_since_when(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(module.platform, "node", lambda: "村委会-1")
    monkeypatch.setattr(module.getpass, "getuser", lambda: "wang")
    with (
        OfficeLock(tmp_path, clock=clock),
        pytest.raises(EnvironmentProblem, match=r"村委会-1.*wang.*2026-06-19 09:00"),
    ):
        OfficeLock(tmp_path, clock=clock).acquire()


def test_a_refused_second_leaves_the_first_in_peace(tmp_path):
    with OfficeLock(tmp_path):
        for _ in range(2):
            with pytest.raises(EnvironmentProblem):
                OfficeLock(tmp_path).acquire()
        assert (tmp_path / HOLDER_NAME).exists()


def test_a_released_lock_is_free_and_leaves_no_note(tmp_path):
    with OfficeLock(tmp_path):
        pass
    assert not (tmp_path / HOLDER_NAME).exists()
    with OfficeLock(tmp_path):
        pass


def test_a_lock_taken_in_one_thread_is_given_back_by_another(tmp_path):
    lock = OfficeLock(tmp_path)
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    with OfficeLock(tmp_path):
        pass


def test_a_killed_program_holds_nothing(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(EnvironmentProblem, match="打开着办公数据"):
            OfficeLock(tmp_path).acquire()
        other.kill()
        other.wait()
    assert (tmp_path / HOLDER_NAME).exists()  # the dead one's note says nothing any more
    with OfficeLock(tmp_path):
        pass


@pytest.mark.parametrize("note", [b"", b"{}", b"[]", b"\xff", b'{"computer": 1'])
def test_a_torn_note_still_refuses(tmp_path, note):
    with OfficeLock(tmp_path):
        (tmp_path / HOLDER_NAME).write_bytes(note)
        with pytest.raises(EnvironmentProblem, match="另一个窗口"):
            OfficeLock(tmp_path).acquire()


def test_a_folder_that_is_not_there_is_named(tmp_path):
    lock = OfficeLock(tmp_path / "file" / "folder")
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem):
        lock.acquire()


def test_a_note_that_cannot_be_written_gives_the_lock_back(tmp_path, monkeypatch):
    def full(*_args, **_options):
        raise EnvironmentProblem("磁盘已满。", "")

    with monkeypatch.context() as patch:
        patch.setattr(module, "write_file", full)
        with pytest.raises(EnvironmentProblem, match="磁盘已满"):
            OfficeLock(tmp_path).acquire()
    with OfficeLock(tmp_path):
        pass
