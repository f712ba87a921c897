"""Attachments are sealed outside the database: wholly there or not at all, and a damaged one is named."""

import errno
import hashlib
import io
import os

import pytest
from faulty_disk import FaultyDisk, LyingDisk

from mediation_desktop.domain.errors import UserError
from mediation_desktop.storage.attachments import FOLDER_NAME, AttachmentStore
from mediation_desktop.system import files
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.system.sealing import new_identity

DATA = b"%PDF-1.7 " + b"a receipt of Zhang Fugen " * 8_000
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def store(tmp_path):
    return AttachmentStore(tmp_path, new_identity())


@pytest.fixture
def use(monkeypatch):
    def install(disk):
        monkeypatch.setattr(files, "disk", disk)
        return disk

    return install


def put(store, data=DATA):
    return store.put(io.BytesIO(data), "收条.pdf")


def there(folder):
    """Return every file below the folder, by name from there."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_what_was_put_comes_back_and_is_called_by_its_digest(store, tmp_path):
    kept = put(store)
    assert (kept.sha256, kept.size) == (DIGEST, len(DATA))
    assert store.read(DIGEST) == DATA
    assert there(tmp_path) == {f"{FOLDER_NAME}/{DIGEST[:2]}/{DIGEST}.age"}


def test_an_empty_file_is_a_file(store):
    assert store.read(put(store, b"").sha256) == b""


def test_nothing_on_the_disk_is_readable_without_the_key(store, tmp_path):
    put(store)
    sealed = next(tmp_path.rglob("*.age")).read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    assert b"Zhang" not in sealed
    with pytest.raises(UserError, match="损坏"):
        AttachmentStore(tmp_path, new_identity()).read(DIGEST)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_failure_at_any_call_leaves_old_or_new_and_no_litter(store, tmp_path, use, code):
    put(store)
    path = next(tmp_path.rglob("*.age"))
    counted = use(FaultyDisk())
    put(store)
    for at in range(1, counted.calls + 1):
        for old in (True, False):
            if not old:
                path.unlink(missing_ok=True)
            use(FaultyDisk(at, code))
            with pytest.raises(EnvironmentProblem):
                put(store)
            use(files.Disk())
            replaced = at == counted.calls  # only the folder's own sync comes after the swap
            assert there(tmp_path) == ({str(path.relative_to(tmp_path))} if old or replaced else set())
            put(store)
            assert store.read(DIGEST) == DATA


def test_the_first_file_of_a_folder_survives_a_failure_at_any_call_too(tmp_path, use):
    key = new_identity()
    (tmp_path / "0").mkdir()
    counted = use(FaultyDisk())
    put(AttachmentStore(tmp_path / "0", key))
    for at in range(1, counted.calls + 1):
        folder = tmp_path / str(at)
        folder.mkdir()
        use(FaultyDisk(at))
        with pytest.raises(EnvironmentProblem):
            put(AttachmentStore(folder, key))
        use(files.Disk())
        assert len(there(folder)) == (at == counted.calls)


def test_putting_the_same_bytes_again_mends_a_damaged_file(store, tmp_path):
    put(store)
    path = next(tmp_path.rglob("*.age"))
    path.write_bytes(path.read_bytes()[:-3])
    put(store)
    assert store.read(DIGEST) == DATA


def test_a_medium_that_lies_is_found_out_before_the_file_counts(store, tmp_path, use):
    use(LyingDisk())
    with pytest.raises(EnvironmentProblem, match="损坏"):
        put(store)
    assert there(tmp_path) == set()


def test_a_missing_file_is_said_in_plain_words(store):
    with pytest.raises(UserError, match="不见了") as told:
        store.read(DIGEST)
    assert "备份" in told.value.advice


@pytest.mark.parametrize("spoil", [slice(-1), slice(0), slice(1, None)])
def test_a_damaged_file_is_said_in_plain_words(store, tmp_path, spoil):
    put(store)
    path = next(tmp_path.rglob("*.age"))
    path.write_bytes(path.read_bytes()[spoil])
    with pytest.raises(UserError, match="损坏"):
        store.read(DIGEST)


def test_a_whole_file_under_another_name_is_found_out(store, tmp_path):
    other = put(store, b"%PDF-1.7 another")
    put(store)
    (tmp_path / FOLDER_NAME / DIGEST[:2] / f"{DIGEST}.age").write_bytes(
        (tmp_path / FOLDER_NAME / other.sha256[:2] / f"{other.sha256}.age").read_bytes()
    )
    with pytest.raises(UserError, match="不是当初加入的"):
        store.read(DIGEST)


class Growing(io.BytesIO):
    """A file that somebody else writes to between two readings."""

    def seek(self, place, whence=0):
        if self.getbuffer().nbytes > 10 and place == 0 and whence == 0 and self.tell() > 10:
            io.BytesIO.seek(self, 0, 2)
            self.write(b"more")
        return super().seek(place, whence)


def test_a_file_that_changes_while_it_is_read_is_refused(store, tmp_path):
    source = Growing(DATA)
    with pytest.raises(UserError, match="被改动"):
        store.put(source, "收条.pdf")
    assert there(tmp_path) == set()


class Pulled(io.BytesIO):
    """A stick that is pulled while it is read."""

    def read(self, _size=-1):
        raise OSError(errno.ENODEV, "gone")


def test_a_source_that_is_pulled_is_named_and_nothing_stays(store, tmp_path):
    with pytest.raises(EnvironmentProblem, match="U盘已拔出"):
        store.put(Pulled(DATA), "收条.pdf")
    assert there(tmp_path) == set()


class Stopped(Exception):
    """What a progress raises when the user wants no more."""


def test_stopping_at_any_moment_leaves_nothing(store, tmp_path):
    heard = []
    store.put(io.BytesIO(DATA), "收条.pdf", lambda done, _all: heard.append(done))
    assert heard == sorted(heard)
    assert heard[-1] == 2 * len(DATA)
    next(tmp_path.rglob("*.age")).unlink()
    for at in range(1, len(heard) + 1):
        left = iter(range(at))

        def stop(_done, _all, left=left):
            if next(left, None) is None:
                raise Stopped

        if at < len(heard):
            with pytest.raises(Stopped):
                store.put(io.BytesIO(DATA), "收条.pdf", stop)
            assert there(tmp_path) == set()


def test_orphans_and_what_a_killed_process_left_are_cleared_and_nothing_else(store, tmp_path):
    wanted, orphan = put(store), put(store, b"%PDF-1.7 nobody's")
    shelf = tmp_path / FOLDER_NAME / wanted.sha256[:2]
    (shelf / f"{wanted.sha256}.age.1a2b3c4d.~new").write_bytes(b"half")
    (shelf / "notes.txt").write_bytes(b"somebody's")
    assert store.clear_orphans({wanted.sha256}) == 2
    assert store.read(wanted.sha256) == DATA
    assert not store.has(orphan.sha256)
    assert (shelf / "notes.txt").exists()


def test_where_nothing_was_kept_there_is_nothing_to_clear(store):
    assert store.clear_orphans(set()) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a second process that dies at a chosen byte")
def test_a_killed_process_leaves_no_half_file_under_the_name(store, tmp_path):
    """What is under the name was sealed whole: the name is given after the last byte is on the medium."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the child is killed
        os.close(read_end)

        def die(done, _all):
            if done > len(DATA):
                os.write(write_end, b"x")
                os._exit(9)

        store.put(io.BytesIO(DATA), "收条.pdf", die)
        os._exit(0)
    os.close(write_end)
    os.waitpid(child, 0)
    assert os.read(read_end, 1) == b"x"
    os.close(read_end)
    assert not store.has(DIGEST)
    store.clear_orphans(set())
    assert there(tmp_path) == set()
