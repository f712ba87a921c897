"""A print server of the tests' own with two queues: one prints PDF, one takes both sides and is mute."""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

PAPERS, DUPLEX = "village-papers", "village-duplex"
"""The queue of Debian's PDF printer, which is the default, and one that keeps its jobs and prints nothing."""
_STRANGER = "nobody-at-the-desk"
"""Whom the system does not know, the PDF printer files in a folder open to all."""
_FILED = Path("/var/spool/cups-pdf/ANONYMOUS")
_PDF_DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
_DUPLEX_DRIVER = Path("/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd")
_SERVER = """
Listen {home}/socket
LogLevel debug
DirtyCleanInterval 0
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobFiles Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {home}
CacheDir {home}/cache
StateDir {home}/state
RequestRoot {home}/jobs
TempDir {home}/temp
AccessLog {home}/access_log
ErrorLog {home}/error_log
PageLog {home}/page_log
FileDevice Yes
"""


class Queues:
    """The running server; ``environment`` makes a program print there."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = os.environ | {"CUPS_SERVER": str(home / "socket"), "CUPS_USER": _STRANGER}

    def command(self, *words: object, seconds: float = 60) -> str:
        """Run a program as one of the server's users and return what it says."""
        told = subprocess.run(
            [str(word) for word in words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        assert told.returncode == 0, told.stderr
        return told.stdout

    def begin(self) -> None:
        """Wait until the server answers, then make the queues."""
        _wait((self.home / "socket").exists, "the print server did not start")
        for name, device, driver in (
            (PAPERS, "cups-pdf:/", _PDF_DRIVER),
            (DUPLEX, "file:///dev/null", _DUPLEX_DRIVER),
        ):
            self.command("lpadmin", "-p", name, "-E", "-v", device, "-P", driver)
        self.command("lpadmin", "-d", PAPERS)

    def printed(self, name: str, target: Path) -> Path:
        """Wait for the paper that the PDF printer files under ``name`` and move it to ``target``."""
        self._wait_for_all()
        filed = _FILED / f"{name}.pdf"
        assert filed.exists(), (self.home / "error_log").read_text("utf-8", "replace")[-4000:]
        shutil.move(filed, target)
        return target

    def job(self, name: str) -> bytes:
        """Wait for the job ``name`` and return what the server was told of it, in the server's own format."""
        self._wait_for_all()
        told: list[bytes] = []

        def found() -> bool:
            told[:] = [one for one in self._jobs() if name.encode() in one]
            return bool(told)

        _wait(found, f"the server has not written down {name}")
        return told[0]

    def _jobs(self) -> list[bytes]:
        return [path.read_bytes() for path in (self.home / "jobs").glob("c*")]

    def _wait_for_all(self) -> None:
        _wait(lambda: not self.command("lpstat", "-o").strip(), "the jobs do not end")


@contextmanager
def running_queues():
    """Start the server, as root since the PDF printer works for nobody else; skip where that cannot be."""
    if missing := [name for name in ("cupsd", "lpadmin", "lpstat", "gs") if not shutil.which(name)]:
        pytest.skip(f"CUPS is not installed: {' '.join(missing)} missing")
    if missing := [path.name for path in (_PDF_DRIVER, _DUPLEX_DRIVER) if not path.exists()]:
        pytest.skip(f"CUPS has no driver {' '.join(missing)}")
    if os.geteuid() != 0:
        pytest.skip("CUPS starts its PDF printer for root only")
    home = Path(tempfile.mkdtemp(prefix="cups-"))
    home.chmod(0o755)
    (home / "temp").mkdir()
    (home / "temp").chmod(0o1777)
    (home / "ppd").mkdir()
    (home / "cupsd.conf").write_text(_SERVER.format(home=home), "utf-8")
    (home / "cups-files.conf").write_text(_FILES.format(home=home), "utf-8")
    options = ["-f", "-c", home / "cupsd.conf", "-s", home / "cups-files.conf"]
    with subprocess.Popen(
        ["cupsd", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            queues = Queues(home)
            queues.begin()
            yield queues
        finally:
            server.terminate()
            server.wait(30)
            shutil.rmtree(home)


def _wait(done, otherwise: str, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, otherwise
        time.sleep(0.1)
