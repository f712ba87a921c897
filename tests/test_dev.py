import ast
import base64
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[1]
NEEDED = dev.TEST_PROGRAMS + dev.WINDOW_LIBRARIES


def ask(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "dev.py", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_help_names_every_command():
    answer = ask("--help")
    assert answer.returncode == 0
    assert all(
        f"    {command} " in answer.stdout for command in ("demo", "run", "test", "bench", "lint", "lock")
    )


@pytest.mark.parametrize("arguments", [[], ["launch"], ["lint", "more"]])
def test_a_wrong_command_is_refused(arguments):
    assert ask(*arguments).returncode == 2


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A stand-in program that tells how it was started and ends with exit code 7."""
    package = tmp_path / "tree" / "mediation_desktop"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    told = "import os, sys; print(*sys.argv[1:], os.getcwd(), sep='|'); sys.exit(7)"
    (package / "__main__.py").write_text(told, "utf-8")
    monkeypatch.setattr(dev, "ROOT", package.parent)
    monkeypatch.setattr(dev, "_environment", lambda _: Path(sys.executable))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["run", "bundle", "verify", "包 裹.tjb", "--trust", "t"], "bundle|verify|包 裹.tjb|--trust|t"),
        (["run", "--help"], "--help"),
        (["demo"], "demo"),
        (["demo", "--headless", "--data-dir", "演示"], "demo|--headless|--data-dir|演示"),
    ],
)
def test_the_program_gets_its_arguments_and_gives_its_exit_code(program, capfd, given, told):
    assert dev.main(given) == 7
    assert capfd.readouterr().out == f"{told}|{program}\n"


def test_steps_are_named_and_the_first_failure_ends_them_with_its_code(capfd):
    python = sys.executable
    steps = {
        "good": [python, "-c", "print('done')"],
        "bad": [python, "-c", "raise SystemExit(5)"],
        "never": [python, "-c", "print('too far')"],
    }
    assert dev._steps(steps) == 5
    answer = capfd.readouterr()
    assert "== good\ndone\n== good: 0." in answer.out
    assert "== bad failed" in answer.err
    assert "too far" not in answer.out


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder with one tiny real wheel, the only place that pip may look."""
    wheel = tmp_path / "probe-1-py3-none-any.whl"
    files = {
        "probe.py": "",
        "probe-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: probe\nVersion: 1\n",
        "probe-1.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        lines = [f"{name},sha256={digest64(content)},{len(content)}\n" for name, content in files.items()]
        archive.writestr("probe-1.dist-info/RECORD", "".join([*lines, "probe-1.dist-info/RECORD,,\n"]))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return wheel


def digest64(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=").decode()


def test_an_environment_is_made_from_the_lock_and_checked_by_digest(shelf, tmp_path, capfd):
    lock, folder = tmp_path / "some.lock", tmp_path / "环境" / ".venv"

    def made(digest):
        lock.write_text(f"probe==1 --hash=sha256:{digest}\n", "utf-8")
        return dev._made(folder, lock, [dev._digest(lock)])

    with pytest.raises(SystemExit) as refused:
        made("0" * 64)
    assert refused.value.code == 1
    assert "DO NOT MATCH THE HASHES" in capfd.readouterr().err

    python = made(hashlib.sha256(shelf.read_bytes()).hexdigest())
    assert subprocess.run([python, "-c", "import probe"], check=False).returncode == 0

    shelf.unlink()
    assert dev._made(folder, lock, [dev._digest(lock)]) == python, "an unchanged lock installs nothing again"
    lock.write_text(lock.read_text("utf-8").replace("probe==1", "probe==2"), "utf-8")
    with pytest.raises(SystemExit):
        dev._made(folder, lock, [dev._digest(lock)])


def test_a_python_without_venv_names_the_debian_package(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match=r"apt-get install python3\.\d+-venv"):
        dev._made(tmp_path / ".venv", dev.RUNTIME_LOCK, [])


def test_an_old_python_can_read_far_enough_to_be_told():
    source = (ROOT / "dev.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 8))
    assert "Python 3.11 or newer is needed" in source


def test_the_environment_of_a_developer_serves_the_program_too(monkeypatch):
    monkeypatch.setattr(dev, "_made", lambda *asked: asked)
    runtime, development = dev._digest(dev.RUNTIME_LOCK), dev._digest(dev.DEV_LOCK)
    folder = ROOT / ".venv"
    assert dev._environment(dev.RUNTIME_LOCK) == (folder, dev.RUNTIME_LOCK, [runtime, development])
    assert dev._environment(dev.DEV_LOCK) == (folder, dev.DEV_LOCK, [development])


def test_the_environment_without_qt_lacks_qt_and_nothing_that_the_core_needs(tmp_path, monkeypatch):
    monkeypatch.setattr(dev, "_made", lambda _, lock, __: lock.read_text("utf-8"))
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    lock = dev._environment_without_qt()
    left = {line.split("==")[0] for line in lock.splitlines() if "==" in line}
    assert not [name for name in left if "qt" in name or "side" in name or "shiboken" in name]
    assert {"pytest", "hypothesis", "reportlab", "sqlcipher3", "pyrage", "import-linter"} <= left


@pytest.mark.skipif(sys.platform == "win32", reason="Debian only")
@pytest.mark.parametrize("t64", ["", "t64"])
def test_missing_debian_packages_are_named_with_the_line_to_install_them(tmp_path, monkeypatch, capfd, t64):
    there = [name for name in NEEDED if name not in {"age", "xvfb", "libglib2.0-0"}]
    lines = [f"{name} installed" for name in there] + ["age not-installed", f"libglib2.0-0{t64} installed"]
    script = tmp_path / "dpkg-query"
    script.write_text("#!/bin/sh\ncat <<END\n" + "\n".join(lines) + "\nEND\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert dev._provide(NEEDED) == 1
    told = capfd.readouterr().err
    assert "sudo apt-get install --yes --no-install-recommends age xvfb\n" in told


def test_where_nothing_is_missing_or_there_is_no_debian_nothing_is_asked(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev._provide(NEEDED) == 0
    assert capfd.readouterr() == ("", "")
