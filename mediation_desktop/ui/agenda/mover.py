"""Another time for a session, asked where it was seen: on the calendar."""

from datetime import date, datetime, timedelta

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.records import Session
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.queries import SessionLine
from mediation_desktop.services.sessions import clash_warnings
from mediation_desktop.system.clock import today
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, TimeEdit
from mediation_desktop.ui.widgets.form import Form


class MoveCard(Card):
    """Day, time and place of one planned session; ``moved(Session)`` says where it is to go."""

    moved = Signal(object)

    def __init__(self, at_desk: AtDesk) -> None:
        super().__init__("改时间")
        self._at_desk = at_desk
        self._session: Session | None = None
        self.form = Form(columns=3)
        self.form.add("day", "改到哪天", DateEdit(self._today), required=True)
        self.form.add("time", "改到几点", TimeEdit(), required=True)
        self.form.add("place", "在哪里", LineEdit(), required=True)
        for field in self.form.fields.values():
            field.editor.left.connect(self._look)
        self._warned = label("", "small")
        self._warned.setProperty("tone", "warning")
        self.main = button("改到这个时间", self._move, kind="primary", icon="calendar")
        self.form.completed.connect(self.main.setFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(self.main)
        buttons.addWidget(button("不改了", self.hide))
        buttons.addStretch(1)
        self.body.addWidget(self.form)
        self.body.addWidget(self._warned)
        self.body.addLayout(buttons)
        self.hide()

    def ask(self, line: SessionLine) -> None:
        """Show where a session stands now and begin in its day."""
        self._session = line.session
        ends = line.session.starts_at + timedelta(minutes=line.session.minutes)
        when = f"{printed(line.session.starts_at.date())} {line.session.starts_at:%H:%M}–{ends:%H:%M}"
        self.heading.setText(f"改时间：{line.title}，原定{when}")
        self.form.set_values(
            {
                "day": line.session.starts_at.date(),
                "time": line.session.starts_at.time(),
                "place": line.session.place,
            }
        )
        self._look()
        self.show()
        self.form.begin()

    def _wanted(self) -> Session | None:
        values = self.form.values()
        if self._session is None or values["day"] is None or values["time"] is None:
            return None
        starts_at = datetime.combine(values["day"], values["time"])
        return replace(self._session, starts_at=starts_at, place=values["place"])

    def _look(self) -> None:
        """Warn of what the session would stand in the way of; it may be moved there all the same."""
        wanted = self._wanted()
        found = clash_warnings(self._desk, wanted) if wanted else ()
        self._warned.setText("\n".join(f"请注意：{text}" for text in found))
        self._warned.setVisible(bool(found))

    def _move(self) -> None:
        wanted = self._wanted()
        if self.form.ready() and wanted:
            self.hide()
            self.moved.emit(wanted)

    @property
    def _desk(self) -> Desk:
        return self._at_desk.desk

    def _today(self) -> date:
        return today(self._desk.clock)
