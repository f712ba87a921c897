"""The scrolled page that a control lies in."""

from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from mediation_desktop.ui.look import theme

_ROUND_ABOUT_EMS = 3


def bring_into_view(control: QWidget, place: QPoint | None = None) -> None:
    """Scroll the page so far that the control, or one place of it, is seen with a little around it."""
    area: QObject | None = control.parent()
    while area and not isinstance(area, QScrollArea):
        area = area.parent()
    if not isinstance(area, QScrollArea):
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # what was just made has no place yet
    if place is None:
        area.ensureWidgetVisible(control, 0, theme().ems(_ROUND_ABOUT_EMS))
    else:
        there = control.mapTo(cast("QWidget", area.widget()), place)
        area.ensureVisible(there.x(), there.y(), 0, theme().ems(_ROUND_ABOUT_EMS))
