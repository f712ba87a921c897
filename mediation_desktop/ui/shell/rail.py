"""The left rail: the office's name, the places with icon and word, help and lock."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from mediation_desktop.ui.look import set_icon, theme
from mediation_desktop.ui.shell.page import Page


class Place(Struct, frozen=True):
    """A page of the window.

    ``factory`` makes the page on its first visit.  ``under`` names the place of the rail that is marked
    while this page is shown; a place with ``under`` has no button of its own.
    """

    key: str
    label: str
    icon: str
    factory: Callable[[], Page]
    under: str = ""


class Rail(QFrame):
    """Emits ``chosen(key)``, ``help_wanted`` and ``lock_wanted``."""

    chosen = Signal(str)
    help_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("主导航")
        self.office = QLabel()
        self.office.setWordWrap(True)
        self.office.setProperty("role", "strong")
        self._group = QButtonGroup(self)
        self._buttons = {place.key: self._place_button(place, at) for at, place in enumerate(places, start=1)}
        self.help = self._foot_button("help", "帮助", "本页帮助", "F1", self.help_wanted)
        self.lock = self._foot_button("lock", "锁屏", "锁定屏幕", "Ctrl+L", self.lock_wanted)
        self._layout = QVBoxLayout(self)
        self._lay_out()
        theme().changed.connect(self._set_gaps)

    def mark(self, key: str) -> None:
        """Show which place the user is at."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_office(self, name: str) -> None:
        """Show whose office this is."""
        self.office.setText(name)
        self.office.setAccessibleName(f"当前单位：{name}")

    def seat(self, who: QWidget) -> None:
        """Put what says who sits at the desk under the office's name."""
        self._layout.insertWidget(1, who)

    def _place_button(self, place: Place, at: int) -> QPushButton:
        button = QPushButton(place.label)
        button.setProperty("kind", "place")
        button.setCheckable(True)
        button.setAccessibleName(place.label)
        button.setToolTip(f"{place.label}（Alt+{at}）")
        button.setAccessibleDescription(f"快捷键 Alt+{at}")
        button.setAutoDefault(False)
        set_icon(button, place.icon, "rail_ink", "on_accent", size="rail_icon")
        button.clicked.connect(lambda: self.chosen.emit(place.key))
        self._group.addButton(button)
        return button

    def _foot_button(self, icon: str, word: str, name: str, key: str, signal: object) -> QPushButton:
        button = QPushButton(word)
        button.setProperty("kind", "place")
        button.setAccessibleName(name)
        button.setToolTip(f"{name}（{key}）")
        button.setAutoDefault(False)
        set_icon(button, icon, "rail_ink", size="rail_icon")
        button.clicked.connect(signal)
        return button

    def _lay_out(self) -> None:
        self._layout.addWidget(self.office)
        for button in self._buttons.values():
            self._layout.addWidget(button)
        self._layout.addStretch(1)
        self._layout.addWidget(self.help)
        self._layout.addWidget(self.lock)
        self._set_gaps()

    def _set_gaps(self) -> None:
        gap = theme().space("s")
        self.setFixedWidth(theme().size("rail_width"))
        self._layout.setContentsMargins(gap, theme().space("l"), gap, gap)
        self._layout.setSpacing(theme().space("xs"))
        self.office.setContentsMargins(gap, 0, gap, gap)
        self.office.setAlignment(Qt.AlignmentFlag.AlignLeft)
