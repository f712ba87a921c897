"""A disk that fails when told: at the n-th call, from then on, or by returning other bytes."""

import errno

from mediation_desktop.system.files import Disk


class FaultyDisk(Disk):
    """Counts the calls to the system and makes call ``at`` fail, and all later ones if ``gone``.

    ``waited`` is what was slept; nothing really waits.
    """

    def __init__(self, at=0, code=errno.EIO, *, gone=False, only=None):
        self.at = at
        self.code = code
        self.gone = gone
        self.only = only
        self.calls = 0
        self.waited = 0.0

    def step(self, name):
        if self.only and name != self.only:
            return
        self.calls += 1
        if self.calls == self.at or (self.gone and 0 < self.at < self.calls):
            raise OSError(self.code, "injected")

    def open(self, path, mode):
        self.step("open")
        return FaultyStream(self, super().open(path, mode))

    def fsync(self, stream):
        self.step("fsync")
        super().fsync(stream)

    def replace(self, source, target):
        self.step("replace")
        super().replace(source, target)

    def fsync_folder(self, folder):
        self.step("fsync_folder")
        super().fsync_folder(folder)

    def remove(self, path):
        if self.gone:
            self.step("remove")
        super().remove(path)

    def wait(self, seconds):
        self.waited += seconds


class LyingDisk(Disk):
    """A stick whose controller confirms every write and returns one other bit."""

    def open(self, path, mode):
        stream = super().open(path, mode)
        return LyingStream(stream) if mode == "rb" else stream


class FaultyStream:
    """A file whose writes, reads, flushes and closing are steps of its disk."""

    def __init__(self, disk, stream):
        self.disk = disk
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def write(self, data):
        self.disk.step("write")
        return self.stream.write(data)

    def read(self, size=-1):
        self.disk.step("read")
        return self.stream.read(size)

    def flush(self):
        self.disk.step("flush")
        self.stream.flush()

    def close(self):
        was_open = not self.stream.closed
        self.stream.close()
        if was_open:
            self.disk.step("close")


class LyingStream:
    """Returns one other bit in the first long read."""

    def __init__(self, stream):
        self.stream = stream
        self.lied = False

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()

    def read(self, size=-1):
        data = self.stream.read(size)
        if not self.lied and len(data) > 100:
            self.lied = True
            return data[:50] + bytes([data[50] ^ 1]) + data[51:]
        return data
