"""The real program on a real office file, driven through its window."""

import gc

import pytest
from desks import make_desk
from journeys.hands import KeyboardHand, MouseHand
from journeys.heartbeat import Heartbeat
from PySide6.QtCore import QCoreApplication, QEvent

from mediation_desktop.app import Program


@pytest.fixture
def program(qtbot, tmp_path, clock, new_id):
    """Open the program on an office with two mediators, at its home page."""
    desk = make_desk(tmp_path / "office", clock, new_id)
    made = Program(tmp_path / "office")
    made.window.resize(1366, 768)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.open(desk)
    made.operations.drain()
    yield made
    made.window.close()
    made.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def heart(program):
    """Feel the pulse of the open program."""
    del program
    with Heartbeat() as made:
        yield made


@pytest.fixture(params=[MouseHand, KeyboardHand], ids=["mouse", "keyboard"])
def hand(request, program, heart, qtbot):
    """Give one hand after the other."""
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    heart.begin("pages made ready")
    qtbot.waitUntil(lambda: "paper" in program.window._pages and not program.operations.busy)
    return request.param(program, heart)
