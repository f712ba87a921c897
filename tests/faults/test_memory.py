"""Memory stays flat whatever a bundle's size."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

SIZE = 64 * 1024**2

SCRIPT = """
import resource, sys
from pathlib import Path
from carrying import new_ends
from mediation_desktop.exchange.bundle import BundleItem, open_bundle

source, folder, digest = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
ends = new_ends()

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

open_bundle(ends.write(folder / "small.tjb"), ends.trust, ends.county.sealing_secret, folder / "small")
before = peak()
big = BundleItem(digest, "pdf", source.stat().st_size, lambda: source.open("rb"))
path = ends.write(folder / "big.tjb", documents=(big,))
open_bundle(path, ends.trust, ends.county.sealing_secret, folder / "big")
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="measured with getrusage")
def test_writing_and_opening_64_mb_takes_a_few_megabytes(tmp_path):
    source, digest = tmp_path / "big.pdf", hashlib.sha256()
    block = b"%PDF-" + bytes(1024**2 - 5)
    with source.open("wb") as out:
        for _ in range(SIZE // len(block)):
            out.write(block)
            digest.update(block)
    here = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(source), str(tmp_path), digest.hexdigest()],
        env={"PYTHONPATH": f"{here}:{here.parent}"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert int(done.stdout) < 24
