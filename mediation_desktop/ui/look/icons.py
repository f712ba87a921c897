"""Line icons from ``resources/icons``, drawn in the colour of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from mediation_desktop.system.paths import resource
from mediation_desktop.ui.look.theme import theme

_INK = b"currentColor"
_SHARPNESS = 2  # pixels per point, so that icons stay sharp on a 200 % screen


def icon(name: str, colour: str = "ink", checked: str = "") -> QIcon:
    """Return ``resources/icons/<name>.svg`` in a colour token; ``checked`` colours a pressed button's."""
    made = QIcon(pixmap(name, colour, theme().icon_size("rail_icon")))
    made.addPixmap(pixmap(name, "disabled_ink", theme().icon_size("rail_icon")), QIcon.Mode.Disabled)
    if checked:
        made.addPixmap(
            pixmap(name, checked, theme().icon_size("rail_icon")), QIcon.Mode.Normal, QIcon.State.On
        )
    return made


def pixmap(name: str, colour: str, size: QSize) -> QPixmap:
    """Return an icon as a picture of ``size`` device-independent pixels."""
    ink = theme().colour(colour).name()
    key = f"{name} {ink} {size.width()}"
    picture = QPixmap()
    if not QPixmapCache.find(key, picture):
        picture = _drawn(_source(name).replace(_INK, ink.encode()), size)
        QPixmapCache.insert(key, picture)
    return picture


def _drawn(svg: bytes, size: QSize) -> QPixmap:
    picture = QPixmap(size * _SHARPNESS)
    picture.setDevicePixelRatio(_SHARPNESS)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return picture


def set_icon(
    widget: QAbstractButton | QLabel, name: str, colour: str = "ink", checked: str = "", size: str = "icon"
) -> None:
    """Give a button or a label an icon that follows the theme."""
    widget.setProperty("themeIcon", [name, colour, checked, size])
    _draw(widget)


def redraw_icons() -> None:
    """Draw every icon anew, after the theme changed."""
    for widget in QApplication.allWidgets():
        if widget.property("themeIcon") and isinstance(widget, (QAbstractButton, QLabel)):
            _draw(widget)


def _draw(widget: QAbstractButton | QLabel) -> None:
    name, colour, checked, size = widget.property("themeIcon")
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, colour, theme().icon_size(size)))
    else:
        widget.setIconSize(theme().icon_size(size))
        widget.setIcon(icon(name, colour, checked))


@cache
def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()
