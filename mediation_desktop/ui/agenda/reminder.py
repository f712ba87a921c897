"""Reminders of sessions while the program is open: one timer, a notice in the window, never a box."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer

from mediation_desktop.services.agenda import ComingLine, reminder_leads, reminders
from mediation_desktop.system.clock import wall_time
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.operations import Operation
from mediation_desktop.ui.shell import Workspace
from mediation_desktop.ui.shell.banner import Banner

_LOOK_FIRST_MS, _LOOK_EVERY_MS = 500, 30_000


class Reminder(QTimer):
    """Looks twice a minute what is about to begin and says it in ``notice``; reading is the worker's."""

    def __init__(self, workspace: Workspace, at_desk: AtDesk, notice: Banner) -> None:
        super().__init__(at_desk)
        self._workspace, self._at_desk, self._notice = workspace, at_desk, notice
        self._stays = timedelta(minutes=max(reminder_leads(at_desk.desk)))
        self._looked_at = self._now() - self._stays
        self._old_at: datetime | None = None
        self.timeout.connect(self.look)

    def begin(self) -> None:
        """Look once the first page is read, then again and again: whoever opens just before is told too."""
        self.start(_LOOK_FIRST_MS)

    def look(self) -> None:
        """Ask what fell due since the last time; take away what is old news."""
        self.setInterval(_LOOK_EVERY_MS)
        desk, since, now = self._at_desk.desk, self._looked_at, self._now()
        self._looked_at = now
        if self._old_at and now > self._old_at:
            self._notice.clear()
            self._old_at = None
        self._workspace.operations.submit(
            Operation(lambda _progress: reminders(desk, since), owner=self, on_success=self._tell)
        )

    def _now(self) -> datetime:
        return wall_time(self._at_desk.desk.clock.now())

    def _tell(self, lines: tuple[ComingLine, ...]) -> None:
        if not lines:
            return
        self._old_at = max(line.coming.session.starts_at for line in lines) + self._stays
        one = lines[0].coming.session.dispute_id
        action = (
            ("打开这件纠纷", lambda: self._workspace.go("dispute", one))
            if len(lines) == 1
            else ("看日程", lambda: self._workspace.go("calendar"))
        )
        self._notice.info(words(lines), action=action)


def words(lines: Sequence[ComingLine]) -> str:
    """Return what is said of sessions about to begin, one a line."""
    return "\n".join(_word(line) for line in lines)


def _word(line: ComingLine) -> str:
    session, minutes = line.coming.session, line.coming.minutes
    when = f"还有 {minutes} 分钟" if minutes else "时间到了"
    where = f"，{session.place}" if session.place else ""
    return f"{session.starts_at:%H:%M} 的调解{when}：{line.title}{where}"
