"""Showing a widget so that keys reach it."""

from PySide6.QtWidgets import QApplication


def show(qtbot, widget):
    """Show a window of its own with the focus in it; it is closed after the test."""
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return widget
