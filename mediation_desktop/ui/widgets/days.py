"""Days of a calendar: a day's sessions as cards, or in a few lines."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from mediation_desktop.ui.look import Tone, theme
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.rows import RowButton

_LINES = 3


class Appointment(Struct, frozen=True):
    """One session on the calendar; ``warning`` says what it clashes with, ``key`` is handed back.

    ``movable`` offers another time for it.
    """

    key: object
    day: date
    when: str
    title: str
    place: str
    people: str
    state: str
    tone: Tone
    warning: str = ""
    movable: bool = False

    @property
    def spoken(self) -> str:
        """All of it as one sentence."""
        parts = (self.when, self.title, self.place, self.people, self.state, self.warning)
        return "，".join(part for part in parts if part)


class DayColumn(Card):
    """One day with its sessions as cards in order of time.

    Signals: ``opened(key)`` when one is chosen; ``move_wanted(key)`` when one is to have another time.
    """

    opened = Signal(object)
    move_wanted = Signal(object)

    def __init__(self, heading: str, appointments: Sequence[Appointment], *, today: bool = False) -> None:
        super().__init__(heading)
        self.setProperty("today", today)
        self.setAccessibleName(f"{heading}{'，今天' if today else ''}，{len(appointments)} 次调解")
        self.heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if today:
            self.heading.setProperty("tone", "accent")
        for each in appointments:
            self.body.addWidget(self._card(each))
            if each.movable:
                self.body.addWidget(self._mover(each))
        self.body.addStretch(1)

    def _set_gaps(self) -> None:
        """Seven of these stand beside each other: keep their edges narrow."""
        super()._set_gaps()
        side, above = theme().space("xs"), theme().space("m")
        self._layout.setContentsMargins(side, above, side, above)

    def _card(self, appointment: Appointment) -> RowButton:
        made = RowButton(appointment.spoken)
        made.setProperty("ground", "sunken")
        column = QVBoxLayout()
        column.setSpacing(theme().space("xs"))
        column.addWidget(label(appointment.when, "strong"))
        column.addWidget(label(appointment.title))
        for text in (appointment.place, appointment.people):
            if text:
                column.addWidget(label(text, "small"))
        column.addWidget(Chip(appointment.state, appointment.tone), 0, Qt.AlignmentFlag.AlignLeft)
        if appointment.warning:
            warning = label(appointment.warning, "small")
            warning.setProperty("tone", "error")
            column.addWidget(warning)
        made.row.addLayout(column, 1)
        made.clicked.connect(lambda: self.opened.emit(appointment.key))
        return made

    def _mover(self, appointment: Appointment) -> QPushButton:
        made = button("改时间", lambda: self.move_wanted.emit(appointment.key), kind="quiet", icon="clock")
        made.setAccessibleName(f"改时间：{appointment.when}，{appointment.title}")
        return made


class DayCell(RowButton):
    """One day of a month in a few lines, clicked as a whole."""

    def __init__(self, day: date, appointments: Sequence[Appointment], *, today: bool, inside: bool) -> None:
        clash = any(each.warning for each in appointments)
        super().__init__(
            f"{day.month}月{day.day}日{'，今天' if today else ''}，{len(appointments)} 次调解"
            f"{'，有时间冲突' if clash else ''}"
        )
        self.setProperty("ground", "surface" if inside else "")
        column = QVBoxLayout()
        column.setSpacing(theme().space("xs"))
        number = label(str(day.day), "strong" if inside else "soft", wrap=False)
        if today:
            number.setProperty("tone", "accent")
        column.addWidget(number)
        for each in appointments[:_LINES]:
            line = label(f"{each.when[:5]} {each.title}", "small")
            line.setProperty("tone", "error" if each.warning else "")
            column.addWidget(line)
        if len(appointments) > _LINES:
            more = label(f"还有 {len(appointments) - _LINES} 次", "small")
            more.setProperty("tone", "error" if any(each.warning for each in appointments[_LINES:]) else "")
            column.addWidget(more)
        column.addStretch(1)
        self.row.addLayout(column, 1)
