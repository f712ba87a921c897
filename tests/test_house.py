"""The house's walls hold, and the guards that watch over every test really bite."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
PURE = {"msgspec", "rapidfuzz", "stdnum"}
"""Small pure libraries that may be used on every floor, the domain included."""

BAD_IMPORTS = {
    "domain/planted.py": "import mediation_desktop.system.ids, filelock, sqlcipher3",
    "system/planted.py": "import mediation_desktop.domain.errors, cryptography, pyrage",
    "documents/planted.py": "import mediation_desktop.storage",
    "storage/planted.py": "import mediation_desktop.services, cryptography",
    "exchange/planted.py": "import mediation_desktop.documents, sqlalchemy",
    "services/planted.py": "import PySide6.QtCore, minisign, reportlab",
    "county/planted.py": "import mediation_desktop.services, sqlcipher3",
    "ui/planted.py": "import mediation_desktop.app, rfc8785",
}


def lint_imports(folder):
    """Run import-linter on a copy and return for each contract whether it is kept, and all it printed."""
    program = "from importlinter.cli import lint_imports_command as run; run()"
    answer = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "300", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    ).stdout
    return dict(re.findall(r"^(.+) (KEPT|BROKEN)$", answer, re.MULTILINE)), answer


@pytest.fixture
def house(tmp_path):
    """A copy of the program in which walls may be broken."""
    shutil.copytree(ROOT / "mediation_desktop", tmp_path / "mediation_desktop")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_wall_stands_and_every_one_of_them_bites(house):
    kept, answer = lint_imports(house)
    assert kept == {contract["name"]: "KEPT" for contract in CONTRACTS}, answer

    for place, line in BAD_IMPORTS.items():
        (house / "mediation_desktop" / place).write_text(line, "utf-8")
    broken, answer = lint_imports(house)
    assert broken == {contract["name"]: "BROKEN" for contract in CONTRACTS}
    for place, line in BAD_IMPORTS.items():
        room = place.split("/")[0]
        for module in re.findall(r"mediation_desktop\.(\w+)", line):
            assert f"mediation_desktop.{room} is not allowed to import mediation_desktop.{module}:" in answer


def test_every_library_the_program_depends_on_has_its_room():
    named = {module for contract in CONTRACTS for module in contract.get("protected_modules", [])}
    assert runtime_modules() - named == PURE


def test_the_domain_is_kept_from_every_library_but_the_pure_ones():
    (domain,) = [item for item in CONTRACTS if item.get("source_modules") == ["mediation_desktop.domain"]]
    assert runtime_modules() - set(domain["forbidden_modules"]) == PURE


def runtime_modules():
    """Return the import names of all declared dependencies; those of Qt are known where it is absent."""
    wanted = {plain(word) for word in PROJECT["project"]["dependencies"]}
    modules = {
        module
        for module, owners in packages_distributions().items()
        if wanted & {plain(owner) for owner in owners} and re.fullmatch(r"[a-zA-Z]\w*", module)
    }
    return (modules | {"PySide6"}) - {"Shiboken"}


def plain(requirement):
    """Return a requirement's package name in its one normal form."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def locked(name):
    text = (ROOT / "installer" / name).read_text("utf-8")
    return text, dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def test_the_lock_files_hold_every_declared_dependency_with_digests_and_nothing_of_this_machine():
    runtime_text, runtime = locked("requirements.lock")
    dev_text, dev = locked("requirements-dev.lock")
    assert {plain(word) for word in PROJECT["project"]["dependencies"]} <= runtime.keys()
    assert {plain(word) for word in PROJECT["dependency-groups"]["dev"]} <= dev.keys()
    assert runtime.items() <= dev.items()
    for text in (runtime_text, dev_text):
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all("--hash=sha256:" in entry for entry in entries if not entry.startswith("#"))
        assert not re.search(r"://|--index|--find|file:|^[/.]", text, re.MULTILINE)


def test_every_library_that_is_shipped_has_its_licence_named():
    notices = (ROOT / "resources" / "licences" / "THIRD-PARTY.md").read_text("utf-8")
    _, runtime = locked("requirements.lock")
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", notices, re.MULTILINE)) == runtime.keys()


def test_ci_runs_what_a_developer_runs():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if (ROOT / ".ci").exists() else []
    assert lines[-1:] in ([], ["python3 dev.py test"])


PLANTED_TESTS = """
import gc, logging, threading, time, warnings
import pytest

def test_clean(expect_log, clock, new_id):
    expect_log("announced")
    logging.getLogger("x").warning("announced %d", 1)
    threading.Thread(target=time.sleep, args=(0.05,)).start()
    assert str(clock.now()) == "2026-06-19 01:00:00+00:00"
    assert new_id() < new_id()

def test_bad_log():
    logging.getLogger("x").warning("nobody announced me")

def test_bad_silence(expect_log):
    expect_log("never said")

def test_bad_thread():
    threading.Thread(target=time.sleep, args=(2.5,), name="left-over").start()

def test_bad_warning():
    warnings.warn("old fashion", DeprecationWarning)

def test_bad_file():
    open(__file__)
    gc.collect()

def test_bad_unraisable():
    class Loud:
        def __del__(self):
            raise ValueError
    Loud()
    gc.collect()

def test_bad_crash_in_thread():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

@pytest.mark.unheard_of
def test_bad_marker():
    pass
"""


def run_pytest(folder, *options):
    """Run pytest on a small project with this house's own settings and conftest."""
    (folder / "tests").mkdir(exist_ok=True)
    for name in ("conftest.py", "helpers.py"):
        shutil.copy(ROOT / "tests" / name, folder / "tests")
    shutil.copy(ROOT / "pyproject.toml", folder)
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return outcome.stdout + outcome.stderr


def test_the_guards_fail_every_test_that_leaves_something_behind(tmp_path):
    (tmp_path / "tests").mkdir()
    planted = PLANTED_TESTS.replace("@pytest.mark.unheard_of\n", "")
    (tmp_path / "tests" / "test_planted.py").write_text(planted, "utf-8")
    answer = run_pytest(tmp_path, "-rA")
    passed = set(re.findall(r"^PASSED \S+::(\w+)", answer, re.MULTILINE))
    failed = set(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", answer, re.MULTILINE))
    bad = set(re.findall(r"def (test_bad_\w+)", planted)) - {"test_bad_marker"}
    assert "test_clean" in passed - failed, answer
    assert failed - {"test_bad_marker"} == bad, answer


def test_a_misspelt_marker_is_refused(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_planted.py").write_text(PLANTED_TESTS, "utf-8")
    assert "'unheard_of' not found in `markers`" in run_pytest(tmp_path)


def test_without_qt_the_windows_tests_are_left_out_and_the_others_run(tmp_path):
    for folder in ("ui", "journeys", "domain"):
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / "test_here.py").write_text("def test_here():\n    pass\n", "utf-8")
    blocker = tmp_path / "tests" / "no_qt.py"
    blocker.write_text(
        "import importlib.util as util\n"
        "find, absent = util.find_spec, ('PySide6', 'pytestqt')\n"
        "util.find_spec = lambda name, *rest: None if name in absent else find(name, *rest)\n",
        "utf-8",
    )
    without = run_pytest(tmp_path, "-p", "no:pytest-qt", "-p", "tests.no_qt", "-rA")
    assert re.findall(r"^PASSED tests/(\w+)/", without, re.MULTILINE) == ["domain"], without


@pytest.mark.qt
def test_a_warning_from_qt_fails_the_test(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_planted.py").write_text(
        "from PySide6.QtCore import qDebug, qWarning\n"
        "def test_clean():\n    qDebug('by the way')\n"
        "def test_bad():\n    qWarning('QLayout: something is off')\n",
        "utf-8",
    )
    answer = run_pytest(tmp_path, "-rA")
    assert re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", answer, re.MULTILINE) == ["test_bad"], answer
