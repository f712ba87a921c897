"""The wheel and the source archive, really built and installed, carry the forms and resources."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("forms", "resources")
    for path in (ROOT / folder).rglob("*")
    if path.is_file()
)


def run(*words, folder, **settings):
    outcome = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the source archive, and from that alone the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    run("-m", "build", "--no-isolation", "--outdir", folder, folder=ROOT)
    return folder


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """Install the wheel into a folder of its own."""
    folder = tmp_path_factory.mktemp("安装 目录")
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
    run("-m", "pip", "install", *options, "--target", folder, next(built.glob("*.whl")), folder=ROOT)
    return folder


def test_an_installed_wheel_finds_its_forms_and_resources(installed, tmp_path):
    program = (
        "import mediation_desktop as package\n"
        "from mediation_desktop.system.paths import forms_folder, resource\n"
        "print(package.__file__, forms_folder(), resource('codes', 'nations.toml'), sep='\\n')\n"
    )
    answer = run("-c", program, folder=tmp_path, PYTHONPATH=str(installed), PYTHONUTF8="1")
    found = [Path(line).relative_to(installed).as_posix() for line in answer.splitlines()]
    assert found == [
        "mediation_desktop/__init__.py",
        "mediation_desktop/_data/forms",
        "mediation_desktop/_data/resources/codes/nations.toml",
    ]


def test_every_form_and_resource_is_in_the_wheel_byte_for_byte(built):
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        for name in DATA:
            assert wheel.read(f"mediation_desktop/_data/{name}") == (ROOT / name).read_bytes(), name


def test_the_source_archive_holds_all_that_is_needed_to_build_and_test(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    needed = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "dev.py", "tests/conftest.py"}
    needed |= {"installer/requirements.lock", "installer/requirements-dev.lock", *DATA}
    assert needed <= names


def test_nothing_else_is_carried_along(built):
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"mediation_desktop"}
