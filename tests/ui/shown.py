"""Showing a widget so that keys reach it."""

from PySide6.QtWidgets import QApplication


def show(qtbot, widget):
    """Show a window of its own with the focus in it; it is closed after the test."""
    qtbot.addWidget(widget)
    widget.show()
    activate(qtbot, widget)
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return widget


def activate(qtbot, window):
    """Wait until a shown window is on the screen and has the keyboard: focus set before that goes astray."""
    with qtbot.waitActive(window):
        window.activateWindow()
