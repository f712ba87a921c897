"""A county needs no code of ours: the distribution's own tools open a bundle."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.system import sealing

NEEDED = ("unzip", "minisign", "age")


@pytest.fixture(autouse=True)
def _tools():
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {' '.join(missing)}")


def run(*command, folder):
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def test_unzip_minisign_age_unzip_bagit_open_a_bundle(ends, bundle, tmp_path, clock):
    folder = tmp_path / "county"
    folder.mkdir()
    (folder / "key.txt").write_text(sealing.identity_file(ends.county.sealing_secret, clock.now()))
    run("unzip", "-q", str(bundle), folder=folder)
    said = run("minisign", "-V", "-P", ends.office.signing_public, "-m", "payload.age", folder=folder)
    assert "Signature and comment signature verified" in said
    assert "format=1 suite=age-v1+minisign kind=submission office=XT-0101" in said
    run("age", "-d", "-i", "key.txt", "-o", "payload.zip", "payload.age", folder=folder)
    run("unzip", "-q", "payload.zip", folder=folder)
    bagit = Path(sys.executable).with_name("bagit.py")
    run(sys.executable, str(bagit), "--validate", "bag", folder=folder)
    assert (folder / "bag/data/records.ndjson").read_text(encoding="utf-8").count("\n") == 2


def test_minisign_refuses_another_key_and_another_comment(ends, bundle, tmp_path):
    run("unzip", "-q", str(bundle), folder=tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        run("minisign", "-V", "-P", new_device_keys().signing_public, "-m", "payload.age", folder=tmp_path)
    signature = tmp_path / "payload.age.minisig"
    signature.write_text(signature.read_text().replace("serial=7", "serial=8"))
    with pytest.raises(subprocess.CalledProcessError):
        run("minisign", "-V", "-P", ends.office.signing_public, "-m", "payload.age", folder=tmp_path)
