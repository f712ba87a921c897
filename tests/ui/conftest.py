"""The window's fixtures: a dressed application, the worker, and what pages share."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from mediation_desktop.ui.look import Theme, dress
from mediation_desktop.ui.operations import Operations
from mediation_desktop.ui.shell import Workspace


class Memory:
    """Small settings, kept in a dictionary."""

    def __init__(self):
        self.kept = {}

    def load(self, key):
        return self.kept.get(key, "")

    def save(self, key, text):
        self.kept[key] = text


@pytest.fixture(autouse=True)
def theme(qapp):
    """Give every test the light theme in normal type, whatever the one before chose."""
    found = qapp.findChild(Theme) or dress(qapp)
    if found.dark or found.large:
        found.apply(dark=False, large=False)
    yield found
    # Widgets that were only to be deleted later go now, so that no test sees another's.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.fixture
def operations():
    """Give the worker; its thread ends with the test."""
    made = Operations()
    yield made
    made.close()


@pytest.fixture
def workspace(operations):
    """Give what pages share."""
    return Workspace(operations)


@pytest.fixture
def memory():
    """Give an empty memory for small settings."""
    return Memory()
