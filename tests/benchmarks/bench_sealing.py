"""Sealing a bundle of 512 MB against Debian's ``age``, which encrypts the same bytes and does nothing else.

Ours also packs, signs and hashes them, sends them to the medium, and reads all of it back to prove it.
"""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from harness import Figure, paired

from mediation_desktop.exchange.bundle import (
    BundleContent,
    BundleHeader,
    BundleItem,
    BundleKind,
    write_bundle,
)
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.system.ids import new_id

MB = 1024**2
FILES, FILE_SIZE = 8, 64 * MB
ALL_SIZE = FILES * FILE_SIZE
MOST_GROWTH = 64 * MB


def figures() -> Iterator[Figure]:
    with TemporaryDirectory(prefix="bench-sealing-") as name:
        folder = Path(name)
        together = make_attachments(folder)
        sealing = Sealing(folder)
        encrypt = [
            "age",
            "--encrypt",
            "-r",
            sealing.county.sealing_public,
            "-o",
            folder / "age.out",
            together,
        ]
        ratio = paired(sealing.run, partial(subprocess.run, encrypt, check=True))
        detail = f"512 MB in {FILES} files; {ratio}; {sealing.shares()}"
        yield Figure("sealing : age, speed", ratio.speed, 0.15, "at least", detail)
        growth = int(subprocess.check_output([sys.executable, __file__, name]))
        detail = f"512 MB in a process of its own; {growth / MB:.1f} MB : {MOST_GROWTH // MB} MB"
        yield Figure("sealing, memory growth : 64 MB", growth / MOST_GROWTH, 1, "at most", detail)


def make_attachments(folder: Path) -> Path:
    """Write files that pass for PDF and cannot be compressed, each once alone and once in one with all."""
    together = folder / "all.bin"
    with together.open("wb") as every:
        for number in range(FILES):
            data = b"%PDF-1.7\n" + os.urandom(FILE_SIZE - 9)
            (folder / f"{number}.pdf").write_bytes(data)
            every.write(data)
    return together


class Sealing:
    """Writes the same bundle again and again, in place of the one before."""

    def __init__(self, folder: Path) -> None:
        self.office, self.county = new_device_keys(), new_device_keys()
        self._target = folder / "bundle.tjb"
        self._items = tuple(item(path) for path in sorted(folder.glob("*.pdf")))
        self._at_medium: list[float] = []
        self._read_back: list[float] = []

    def run(self) -> None:
        sealed = proving = 0.0

        def watch(done: int, size: int) -> None:
            nonlocal sealed, proving
            if done <= size // 2:
                sealed = time.perf_counter()
            else:
                proving = proving or time.perf_counter()

        begun = time.perf_counter()
        write_bundle(self._target, self._content(), self.office, [self.county.sealing_public], progress=watch)
        ended = time.perf_counter()
        self._at_medium.append((proving - sealed) / (ended - begun))
        self._read_back.append((ended - proving) / (ended - begun))

    def shares(self) -> str:
        """Say which part of our time age has no counterpart to."""
        synced, proved = median(self._at_medium), median(self._read_back)
        return f"of ours {synced:.0%} sending it to the medium, {proved:.0%} reading it back"

    def _content(self) -> BundleContent:
        header = BundleHeader(
            kind=BundleKind.SUBMISSION,
            office_code="XT-0101",
            device_epoch=new_id(),
            bundle_id=new_id(),
            serial=1,
            made_on=date(2026, 6, 19),
        )
        return BundleContent(
            header=header, office_name="溪头村", have={}, records=(), attachments=self._items
        )


def item(path: Path) -> BundleItem:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return BundleItem(digest, "pdf", path.stat().st_size, partial(path.open, "rb"))


def memory(what: str) -> int:
    """Return this process's memory in bytes: ``VmRSS`` now, ``VmHWM`` at its highest."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(re.search(rf"^{what}:\s+(\d+) kB$", status, re.MULTILINE)[1]) * 1024


if __name__ == "__main__":
    sealing = Sealing(Path(sys.argv[1]))
    before = memory("VmRSS")
    sealing.run()
    print(memory("VmHWM") - before)
