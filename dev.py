#!/usr/bin/env python3
"""Everything a developer does, from a bare checkout: ``python3 dev.py COMMAND``, on Windows ``py dev.py``.

Needs Python 3.11 or newer and nothing else.  It makes ``.venv`` from the lock files in ``installer`` with
every download checked against its digest, again whenever a lock file has changed.  The project itself
is not installed there: it runs from the source tree through PYTHONPATH, so that the lock file alone says
what the environment holds and an edit needs no second step.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
RUNTIME_LOCK = ROOT / "installer" / "requirements.lock"
DEV_LOCK = ROOT / "installer" / "requirements-dev.lock"
WINDOWS = sys.platform == "win32"

WINDOW_LIBRARIES = """
    libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0
    libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1
    libxkbcommon0 libxkbcommon-x11-0
""".split()  # noqa: SIM905 - a list would take a line for each
"""Debian packages that Qt's window needs."""

TEST_PROGRAMS = [
    "age",
    "cups",
    "default-jre-headless",
    "fonts-hanazono",
    "libactivation-java",
    "libjaxb-api-java",
    "libpdfbox2-java",
    "libreoffice-writer-nogui",
    "minisign",
    "poppler-utils",
    "printer-driver-cups-pdf",
    "unzip",
    "xauth",
    "xdotool",
    "xvfb",
]
"""Debian packages of the programs, and the face of rare characters, that the tests run beside ours."""

NEEDS_QT = re.compile("pyside6|shiboken6|pytest-qt|pyright|nodejs", re.IGNORECASE)
"""Locked packages that the Qt-free environment goes without: Qt, what drives it, and the type checker."""


def main(arguments: list[str]) -> int:
    """Carry out one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Run, check and test 平安调解工作台.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, text) in COMMANDS.items():
        commands.add_parser(name, help=text, add_help=name not in PASSED_ON)
    chosen, rest = parser.parse_known_args(arguments)
    if rest and chosen.command not in PASSED_ON:
        parser.error(f"{chosen.command} takes no further arguments")
    return COMMANDS[chosen.command][0](rest)


def demo(arguments: list[str]) -> int:
    """Do the main job on the sample disputes."""
    if "--headless" not in arguments:
        _provide(WINDOW_LIBRARIES)
    return run(["demo", *arguments])


def run(arguments: list[str]) -> int:
    """Start the program with these arguments, in the caller's folder."""
    return _call([_environment(RUNTIME_LOCK), "-m", "mediation_desktop", *arguments], folder=Path.cwd())


def lint(_: list[str]) -> int:
    """Run every check that reads the code without running it."""
    python = _environment(DEV_LOCK)
    steps = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "pyright": [python, "-m", "pyright", "--pythonpath", python],
        "import-linter": [python.with_name("lint-imports")],
        "deptry": [python, "-m", "deptry", "."],
    }
    return _steps(steps)


def test(arguments: list[str]) -> int:
    """Run everything CI runs; pytest's own line closes it.  Arguments go to the last pytest."""
    if failed := _provide(TEST_PROGRAMS + WINDOW_LIBRARIES) or lint([]):
        return failed
    usual = ["-m", "pytest", "-n", "2", "-m"]
    if failed := _steps({"tests without Qt": [_environment_without_qt(), *usual, "not qt and not soak"]}):
        return failed
    print("\n== all tests", flush=True)
    return _call([_environment(DEV_LOCK), *usual, "not soak", "--cov", "--cov-report=term", *arguments])


def bench(arguments: list[str]) -> int:
    """Measure; fails when a figure misses its limit."""
    if failed := _provide(TEST_PROGRAMS + WINDOW_LIBRARIES):
        return failed
    return _call([_environment(DEV_LOCK), ROOT / "tests" / "benchmarks", *arguments])


def pictures(_: list[str]) -> int:
    """Make the pictures of README and help anew from the demonstration."""
    return _call([_environment(RUNTIME_LOCK), ROOT / "installer" / "build_pictures.py"])


def lock(arguments: list[str]) -> int:
    """Write both lock files from pyproject.toml; ``--upgrade`` takes the newest releases."""
    uv = [_environment(DEV_LOCK), "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--no-config"]
    uv += ["--universal", "--generate-hashes", "--no-annotate", *arguments]
    uv += ["--custom-compile-command", "python3 dev.py lock", "--output-file"]
    steps = {
        "runtime": [*uv, RUNTIME_LOCK],
        "runtime and development": [*uv, DEV_LOCK, "--group", "dev", "--constraint", RUNTIME_LOCK],
    }
    return _steps(steps)


COMMANDS = {
    "demo": (demo, "make a demonstration office and open it; --headless, --data-dir DIR"),
    "run": (run, "start the program with the arguments that follow"),
    "test": (test, "install what the tests need and run everything CI runs"),
    "lint": (lint, "run the checks that read the code"),
    "bench": (bench, "measure the figures the program promises"),
    "pictures": (pictures, "make the README's pictures anew from the demonstration"),
    "lock": (lock, "renew the lock files from pyproject.toml; --upgrade for newer releases"),
}
PASSED_ON = ("demo", "run", "test", "bench", "lock")
"""Commands that hand what follows on to somebody else."""


def _steps(steps: dict[str, list]) -> int:
    """Run the steps in turn, each named and timed, up to the first that fails."""
    for name, command in steps.items():
        print(f"\n== {name}", flush=True)
        begun = time.monotonic()
        if code := _call(command):
            print(f"== {name} failed", file=sys.stderr)
            return code
        print(f"== {name}: {time.monotonic() - begun:.1f} s", flush=True)
    return 0


def _call(command: list, folder: Path = ROOT) -> int:
    settings = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    words = [str(word) for word in command]
    try:
        return subprocess.run(words, check=False, cwd=folder, env=os.environ | settings).returncode
    except KeyboardInterrupt:
        return 130


def _environment(lock_file: Path) -> Path:
    """Return the Python of ``.venv``, which then holds at least what ``lock_file`` lists."""
    fit = [_digest(DEV_LOCK)] if lock_file == DEV_LOCK else [_digest(RUNTIME_LOCK), _digest(DEV_LOCK)]
    return _made(ROOT / ".venv", lock_file, fit)


def _environment_without_qt() -> Path:
    """Return the Python of ``.venv-noqt``, where nothing can import PySide6."""
    entries = re.split(r"\n(?=\S)", DEV_LOCK.read_text("utf-8"))
    folder = ROOT / ".venv-noqt"
    folder.mkdir(exist_ok=True)
    lock_file = folder / "requirements.lock"
    lock_file.write_text("\n".join(entry for entry in entries if not NEEDS_QT.match(entry)), "utf-8")
    return _made(folder, lock_file, [_digest(lock_file)])


def _made(folder: Path, lock_file: Path, fit: list[str]) -> Path:
    """Bring the environment in ``folder`` up to ``lock_file`` unless its stamp is one of ``fit``."""
    python = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
    stamp = folder / "locked"
    whole = python.exists() and stamp.exists()
    if whole and stamp.read_text("utf-8") in fit:
        return python
    print(f"== environment {folder.name} from {lock_file.name}", flush=True)
    if not whole:
        _make_venv(folder)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--no-deps"]
    if code := _call([*pip, "--require-hashes", "--requirement", lock_file]):
        sys.exit(code)
    stamp.write_text(_digest(lock_file), "utf-8")
    return python


def _make_venv(folder: Path) -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian leaves it out of python3
        import venv  # noqa: PLC0415
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(f"This Python cannot make environments. On Debian: apt-get install python{version}-venv")
    venv.create(folder, with_pip=True, symlinks=not WINDOWS)


def _digest(lock_file: Path) -> str:
    """Name a lock file's content, whatever its line endings."""
    return hashlib.sha256(lock_file.read_text("utf-8").encode()).hexdigest()


def _provide(packages: Sequence[str]) -> int:
    """Install those of the Debian packages that are missing; where that is not ours to do, name them."""
    if sys.platform == "win32" or not shutil.which("dpkg-query"):
        return 0
    patterns = [f"{name}*" for name in packages]
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *patterns]
    answer = subprocess.run(query, check=False, capture_output=True, text=True).stdout.splitlines()
    there = {line.split()[0].removesuffix("t64") for line in answer if line.endswith(" installed")}
    missing = [name for name in packages if name not in there]
    if not missing:
        return 0
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"Debian packages are missing:\n    sudo {' '.join(install)}", file=sys.stderr)
        return 1
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return _steps({"package lists": ["apt-get", "update", "-qq"], "Debian packages": [*install, "-qq"]})


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one must be told
        sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    sys.exit(main(sys.argv[1:]))
