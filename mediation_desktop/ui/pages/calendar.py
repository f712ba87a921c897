"""日程: the sessions of a week, a day or a month, with clashes marked."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTabBar, QWidget

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.records import Session, SessionState
from mediation_desktop.domain.schedule import Clash
from mediation_desktop.services.agenda import calls, export_calendar
from mediation_desktop.services.desk import Change
from mediation_desktop.services.queries import SessionLine, sessions_between
from mediation_desktop.services.sessions import clash_warnings, schedule_session
from mediation_desktop.ui.agenda.calls import CallCard
from mediation_desktop.ui.agenda.export import ExportCard
from mediation_desktop.ui.agenda.mover import MoveCard
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.pages.words import SESSION_WORDS, month_day, weekday
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button, icon_button
from mediation_desktop.ui.widgets.days import Appointment, DayCell, DayColumn

Span = Literal["day", "week", "month"]
SPANS: tuple[Span, ...] = ("day", "week", "month")
_SPAN_WORDS: dict[Span, str] = {"day": "日", "week": "周", "month": "月"}
_WEEK = 7


class CalendarPage(DeskPage):
    """Who sits where and when; a card leads to its dispute."""

    title: ClassVar[str] = "日程"
    help_text: ClassVar[str] = (
        "这里列出已经安排和已经进行的调解；在纠纷页“安排调解”后会自动出现。\n"
        "同一时间用同一个地点，或者同一名调解员、同一个当事人分在两处，会用红字提醒，但不会拦住。\n"
        "点“改时间”换一天或换个钟点；“电话单”列出要通知的人，“导出日历文件”给手机用。\n"
        "左右键翻到前后一段，T 回到今天，D、W、M 换成日、周、月。\n"
        "点一次调解，打开那件纠纷。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"session", "dispute", "party", "mediator"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._asked = 0
        self.span: Span = "week"
        self.day = self.today()
        self.before = icon_button("back", "", lambda: self.turn(-1))
        self.after = icon_button("next", "", lambda: self.turn(1))
        self.now = button("今天", self.go_to_today, hint="快捷键 T")
        self.range = label("", "heading", wrap=False)
        self.spans = QTabBar()
        self.spans.setAccessibleName("日、周、月")
        self.spans.setDrawBase(False)
        for span in SPANS:
            self.spans.addTab(_SPAN_WORDS[span])
        self.spans.setCurrentIndex(SPANS.index(self.span))
        self.note = label("", "soft")
        self.mover, self.calls, self.exporter = MoveCard(at_desk), CallCard(), ExportCard()
        self._sheet: QWidget | None = None
        self._days: dict[date, list[Appointment]] = {}
        self._lay_out_body()
        self._bind_keys()
        self.mover.moved.connect(self._move)
        self.exporter.wanted.connect(self._export)
        self.spans.currentChanged.connect(lambda at: self.choose(SPANS[at]))
        at_desk.switched.connect(self._put_away)
        at_desk.switched.connect(self.go_to_today)
        theme().changed.connect(self._draw)

    # What the user does.

    def turn(self, steps: int) -> None:
        """Go on or back by so many days, weeks or months."""
        if self.span == "month":
            months = self.day.year * 12 + self.day.month - 1 + steps
            self.day = date(months // 12, months % 12 + 1, 1)
        else:
            self.day += timedelta(days=steps * (_WEEK if self.span == "week" else 1))
        self._show_span()

    def go_to_today(self) -> None:
        """Show the span that today lies in."""
        self.day = self.today()
        self._show_span()

    def choose(self, span: Span) -> None:
        """Show a day, a week or a month."""
        self.span = span
        self.spans.setCurrentIndex(SPANS.index(span))
        self._show_span()

    def show_calls(self) -> None:
        """Show whom to call about tomorrow's sessions, or about those of the one day shown."""
        desk, day = self.desk, self.today() + timedelta(days=1)
        if self.span == "day" and self.day > self.today():
            day = self.day
        self._put_away()
        self.work(
            lambda _progress: calls(desk, day), on_success=lambda found: self.calls.show_calls(day, found)
        )

    def ask_export(self) -> None:
        """Offer the span shown as a calendar file."""
        first, last = self._span()
        self._put_away()
        self.exporter.ask(self.range.text(), f"调解日程{first:%Y%m%d}-{last:%Y%m%d}.ics")

    # What the window does.

    def refresh(self, change: Change | None) -> None:
        """Read the span's sessions; only the newest answer is shown."""
        del change
        self._asked += 1
        asked, desk = self._asked, self.desk
        first, last = self._bounds()
        self._name_span(first, last)
        self.work(
            lambda _progress: sessions_between(desk, first, last),
            on_success=lambda lines: self._show(lines, first, last) if asked == self._asked else None,
        )

    def leave(self) -> None:
        """Leave no telephone numbers behind on the screen."""
        self.calls.hide()

    # Inside.

    def _show_span(self) -> None:
        """Show another span; an export that was about to begin meant the one before."""
        self.exporter.hide()
        self.refresh(None)

    def _bounds(self) -> tuple[date, date]:
        """Return the first and the last day shown; a month is shown in whole weeks."""
        if self.span == "day":
            return self.day, self.day
        if self.span == "week":
            return _monday(self.day), _monday(self.day) + timedelta(days=_WEEK - 1)
        first = self.day.replace(day=1)
        next_first = (first + timedelta(days=31)).replace(day=1)
        return _monday(first), _monday(next_first - timedelta(days=1)) + timedelta(days=_WEEK - 1)

    def _span(self) -> tuple[date, date]:
        """Return the first and the last day meant: a month is meant without its neighbours' days."""
        if self.span != "month":
            return self._bounds()
        first = self.day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    def _put_away(self) -> None:
        for card in (self.mover, self.calls, self.exporter):
            card.hide()

    def _ask_move(self, line: SessionLine) -> None:
        self._put_away()
        self.mover.ask(line)
        self.to_top()

    def _move(self, session: Session) -> None:
        """Move a session and say what it now stands in the way of."""
        desk, when = self.desk, f"{month_day(session.starts_at.date())} {session.starts_at:%H:%M}"

        def said(found: tuple[Change, tuple[str, ...]]) -> None:
            change, warnings = found
            self.workspace.broadcast(change)
            if warnings:
                self.banner.warning(f"已改到{when}。", "".join(warnings))
            else:
                self.banner.success(f"已改到{when}。", "请记得通知各方当事人。")

        self.work(
            lambda _progress: (schedule_session(desk, session), clash_warnings(desk, session)),
            on_success=said,
        )

    def _export(self, target: Path, named: bool) -> None:  # noqa: FBT001 - a signal's argument
        desk, (first, last) = self.desk, self._span()
        self.work(
            lambda _progress: export_calendar(desk, first, last, target, named=named),
            on_success=lambda count: self.banner.success(f"已把 {count} 次调解写进“{target.name}”。"),
        )

    def _name_span(self, first: date, last: date) -> None:
        word = {"day": "天", "week": "周", "month": "月"}[self.span]
        for arrow, side, key in ((self.before, "上一", "左箭头"), (self.after, "下一", "右箭头")):
            arrow.setAccessibleName(f"{side}{word}")
            arrow.setToolTip(f"{side}{word}（{key}）")
        if self.span == "day":
            self.range.setText(f"{printed(first)} {weekday(first)}")
        elif self.span == "week":
            self.range.setText(f"{printed(first)}至{month_day(last)}")
        else:
            self.range.setText(f"{self.day.year}年{self.day.month}月")

    def _show(self, lines: tuple[SessionLine, ...], first: date, last: date) -> None:
        self._days = {first + timedelta(days=at): [] for at in range((last - first).days + 1)}
        for line in lines:
            self._days[line.session.starts_at.date()].append(_appointment(line))
        self.note.setText("" if lines else "这段时间没有调解。在纠纷页“安排调解”后，会出现在这里。")
        self.note.setVisible(not lines)
        self._draw()

    def _draw(self) -> None:
        if self._sheet:
            self.body.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
        self._sheet = (self._month if len(self._days) > _WEEK else self._columns)(self._days)
        self.body.addWidget(self._sheet, 1)

    def _columns(self, days: dict[date, list[Appointment]]) -> QWidget:
        sheet = QWidget()
        row = QHBoxLayout(sheet)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().space("s"))
        for day, appointments in days.items():
            heading = f"{weekday(day)}\n{month_day(day)}" if len(days) > 1 else f"{len(appointments)} 次调解"
            column = DayColumn(heading, appointments, today=day == self.today())
            column.opened.connect(lambda line: self.workspace.go("dispute", line.session.dispute_id))
            column.move_wanted.connect(self._ask_move)
            row.addWidget(column, 1)
        return sheet

    def _month(self, days: dict[date, list[Appointment]]) -> QWidget:
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme().space("xs"))
        for at, (day, appointments) in enumerate(days.items()):
            if at < _WEEK:
                grid.addWidget(label(weekday(day), "label"), 0, at, Qt.AlignmentFlag.AlignHCenter)
                grid.setColumnStretch(at, 1)
            cell = DayCell(day, appointments, today=day == self.today(), inside=day.month == self.day.month)
            cell.clicked.connect(lambda _checked=False, one=day: self._open_day(one))
            row = at // _WEEK + 1
            grid.setRowMinimumHeight(row, theme().ems(5))
            grid.addWidget(cell, row, at % _WEEK)
        return sheet

    def _open_day(self, day: date) -> None:
        self.day = day
        self.choose("day")

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Left": lambda: self.turn(-1),
            "Right": lambda: self.turn(1),
            "T": self.go_to_today,
            "D": lambda: self.choose("day"),
            "W": lambda: self.choose("week"),
            "M": lambda: self.choose("month"),
        }
        for key, do in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _lay_out_body(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(theme().space("s"))
        for part in (self.before, self.now, self.after, self.range):
            above.addWidget(part)
        above.addStretch(1)
        above.addWidget(self.spans)
        self.body.addLayout(above)
        for part in (self.mover, self.calls, self.exporter, self.note):
            self.body.addWidget(part)
        self.tools.addWidget(button("电话单", self.show_calls, icon="phone", hint="列出明天调解要通知的人"))
        self.tools.addWidget(button("导出日历文件", self.ask_export, icon="calendar"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _appointment(line: SessionLine) -> Appointment:
    session = line.session
    word, tone = SESSION_WORDS[session.state]
    ends = session.starts_at + timedelta(minutes=session.minutes)
    return Appointment(
        key=line,
        day=session.starts_at.date(),
        when=f"{session.starts_at:%H:%M}–{ends:%H:%M}",
        title=line.title,
        place=session.place,
        people=line.mediators,
        state=word,
        tone=tone,
        warning=_warning(line.clashes),
        movable=session.state is SessionState.PLANNED,
    )


def _warning(clashes: tuple[Clash, ...]) -> str:
    """Say what the first clash is about."""
    return f"与 {clashes[0].other.starts_at:%H:%M} 那次的{clashes[0].about}冲突" if clashes else ""
