"""Buttons: one primary a page, secondary ones, quiet ones, and icons with a name."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desktop.ui.look import Tone, set_icon

Kind = Literal["primary", "secondary", "quiet", "danger"]
_INK = {"primary": "on_accent", "secondary": "ink", "quiet": "accent", "danger": "on_error"}


def button(
    words: str,
    do: Callable[[], object] | None = None,
    *,
    kind: Kind = "secondary",
    icon: str = "",
    hint: str = "",
) -> QPushButton:
    """Return a button that says what it does; ``primary`` is for the likeliest next step only."""
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setAccessibleName(words)
    made.setAccessibleDescription(hint)
    made.setToolTip(hint)
    made.setAutoDefault(True)  # Enter presses the button that has the focus
    if icon:
        set_icon(made, icon, _INK[kind])
    if do:
        made.clicked.connect(lambda _checked: do())
    return made


def icon_button(icon: str, name: str, do: Callable[[], object] | None = None) -> QPushButton:
    """Return a button of an icon only; ``name`` is its tooltip and what a screen reader says."""
    made = QPushButton()
    made.setProperty("kind", "icon")
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setAutoDefault(False)
    set_icon(made, icon, "ink_soft")
    if do:
        made.clicked.connect(lambda _checked: do())
    return made


def restyle(widget: QWidget, tone: Tone | Literal[""]) -> None:
    """Set the ``tone`` the style sheet looks at, for the widget and what is inside it."""
    widget.setProperty("tone", tone)
    for each in (widget, *widget.findChildren(QWidget)):
        if each.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it will be, when it is shown
            each.style().unpolish(each)
            each.style().polish(each)
