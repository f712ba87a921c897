"""What every page is held to: each control says what it is, and no word is cut off."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)


def controls(widget):
    """Return the visible parts below ``widget`` that can take the focus, in no particular order."""
    return [
        part
        for part in (widget, *widget.findChildren(QWidget))
        if part.isVisibleTo(widget) and part.focusPolicy() != Qt.FocusPolicy.NoFocus and not _inner(part)
    ]


def unnamed_controls(widget):
    """Return the controls that a screen reader would meet without a name."""
    return [
        f"{type(part).__name__} {part.objectName()}".strip() for part in controls(widget) if not _name(part)
    ]


def _name(part):
    interface = QAccessible.queryAccessibleInterface(part)
    return (interface.text(QAccessible.Text.Name) if interface else part.accessibleName()).strip()


def _inner(part):
    """Whether the part belongs to the inside of another control."""
    if isinstance(part, (QScrollBar, QHeaderView)):
        return True
    parent = part.parent()
    if isinstance(part, QLineEdit) and isinstance(parent, QComboBox):
        return True
    return isinstance(parent, QAbstractScrollArea) and part is parent.viewport()


def cut_off(widget):
    """Return the texts of labels that have less room than they need."""
    labels = [part for part in widget.findChildren(QLabel) if part.isVisibleTo(widget) and part.text()]
    return [part.text() for part in labels if not _fits(part)]


def _fits(label):
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width())
    return label.width() >= label.sizeHint().width()
