"""A second self of a page's main button, there while the button itself is scrolled out of sight."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from mediation_desktop.ui.look import set_icon


class StandIn(QPushButton):
    """Stands below the scrolled part of a page.  Tab passes it by: the button itself is on that way.

    Ctrl+S anywhere in the page presses the button, in sight or not.
    """

    def __init__(self, area: QScrollArea, page: QWidget) -> None:
        super().__init__(page)
        self._area = area
        self._main: QPushButton | None = None
        self.setProperty("kind", "primary")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._press)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+S"), page, context=context).activated.connect(self._press)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        area.verticalScrollBar().valueChanged.connect(self._look)
        area.verticalScrollBar().rangeChanged.connect(self._soon.start)
        area.viewport().installEventFilter(self)
        self.hide()

    def stand_in_for(self, main: QPushButton | None) -> None:
        """Follow another button, or none."""
        self._main = main
        if main:
            self.setText(f"{main.text()}（Ctrl+S）")
            self.setAccessibleName(main.text())
            set_icon(self, "done", "on_accent")
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look again when the page was laid out anew."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._soon.start()
        return super().eventFilter(watched, event)

    def _press(self) -> None:
        if self._main:
            self._main.click()

    def _look(self) -> None:
        """Show up as soon as any of the button is out of sight."""
        self.setVisible(bool(self._main and not self._in_sight(self._main)))

    def _in_sight(self, main: QPushButton) -> bool:
        seen = self._area.viewport()
        if not seen.isAncestorOf(main) or not main.isVisibleTo(self._area):
            return True  # there is nothing to stand in for
        place = QRect(main.mapTo(seen, main.rect().topLeft()), main.size())
        return seen.rect().contains(place)
