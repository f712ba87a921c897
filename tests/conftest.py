"""What every test is held to, and the few fixtures that all rooms share.

A test fails when it leaves a thread behind or causes a log record of level WARNING or above that it did
not announce.  Python warnings and unraisable errors are errors by ``filterwarnings`` in pyproject.toml;
Qt's messages fail a test by ``qt_log_level_fail`` there.
"""

import importlib.util
import logging
import threading
import time
from pathlib import Path

import hypothesis
import pytest
from helpers import FakeClock, IdCounter

HERE = Path(__file__).parent
QT_FOLDERS = (HERE / "ui", HERE / "journeys")
HAS_QT = importlib.util.find_spec("PySide6") is not None
HAS_PYTEST_QT = importlib.util.find_spec("pytestqt") is not None

# Two busy cores make any one example slow now and then; that is no fault of the code.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser):
    """Know pytest-qt's settings where it is not installed, so that strict settings stay possible."""
    if not HAS_PYTEST_QT:
        parser.addini("qt_api", "unused without Qt")
        parser.addini("qt_log_level_fail", "unused without Qt")


def pytest_ignore_collect(collection_path):
    """Leave the window's tests alone where there is no Qt."""
    if not HAS_QT and any(collection_path.is_relative_to(folder) for folder in QT_FOLDERS):
        return True
    return None


def pytest_collection_modifyitems(items):
    """Mark the window's tests, wherever pytest was started."""
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in QT_FOLDERS):
            item.add_marker("qt")


@pytest.fixture
def clock():
    """A clock that stands at 9 o'clock on 19 June 2026 in China until a test moves it."""
    return FakeClock()


@pytest.fixture
def new_id():
    """Give ids of version 7 that count up from the same start in every test."""
    return IdCounter()


class _Listener(logging.Handler):
    """Collects what a test logs and lets through what it announced."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.heard = []
        self.announced = []

    def emit(self, record):
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def unexpected(self):
        return [line for line in self.heard if not any(part in line for part in self.announced)]

    def missing(self):
        return [part for part in self.announced if not any(part in line for line in self.heard)]


@pytest.fixture(autouse=True)
def expect_log():
    """Fail the test for log records it did not announce, and for announced ones that never came.

    Announce one with ``expect_log("part of its text")``.
    """
    listener = _Listener()
    root = logging.getLogger()
    root.addHandler(listener)
    yield listener.announced.append
    root.removeHandler(listener)
    assert not listener.unexpected(), f"unexpected log records: {listener.unexpected()}"
    assert not listener.missing(), f"announced but never logged: {listener.missing()}"


@pytest.fixture(autouse=True)
def _no_leaked_thread():
    """Fail the test for threads that still run a second after it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 1
    while (left := _threads_since(before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads left running: {[thread.name for thread in left]}"


def _threads_since(before):
    """Python's stand-ins for threads it did not start never go away; Qt itself reports running QThreads."""
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
