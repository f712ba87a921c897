"""工作台: what is to be done today and this week, each thing one click away."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import KINDS
from mediation_desktop.services.aftercare import AfterLine
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.home import DueLine, Home, PaperLine, home
from mediation_desktop.services.queries import DisputeLine, SessionLine, lines_of
from mediation_desktop.services.reminders import OfficeReminder
from mediation_desktop.system.clock import wall_time
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.pages.words import days_word, deadline_word, month_day, weekday
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.transfer.recipients import last_sent, waiting_state
from mediation_desktop.ui.widgets.blocks import EmptyState, SideBySide
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.worklist import WorkList, WorkRow

Target = tuple[str, object]
"""A place of the window and what is handed to it: the key of every row here."""

_LOOK_AT_CLOCK_MS = 60_000
_REGISTER = "register"


class _Loaded(Struct, frozen=True):
    home: Home
    now: datetime
    unfinished: tuple[WorkRow, ...]


class HomePage(DeskPage):
    """What the day begins with."""

    title: ClassVar[str] = "工作台"
    help_text: ClassVar[str] = (
        "有人来，按“登记纠纷”（Ctrl+N）；只是来问问、打电话来说说的，先记到“来访来电”里。\n"
        "下面按轻重缓急列出今天和这一周要办的事，点哪一行就到哪一件。\n"
        "没有写完就离开的内容自动留存，列在最上面，点一下接着写。\n"
        "“待签字、待盖章、待签收”是已经打印的协议书走到了哪一步。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({*KINDS, "recipient"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._day = self.today()
        self.register_button = button(
            "登记纠纷", lambda: workspace.go(_REGISTER), kind="primary", icon="add", hint="快捷键 Ctrl+N"
        )
        self.enquiry_button = button("来访来电", lambda: workspace.go("enquiries"), icon="phone")
        self.blanks_button = button(
            "空白表", lambda: workspace.go("blanks"), icon="paper", hint="打印空白文书，下村手写用"
        )
        self.register_button.setProperty("scale", "big")
        self.tools.addWidget(self.blanks_button)
        self.tools.addWidget(self.enquiry_button)
        self.tools.addWidget(self.register_button)
        self.unfinished = WorkList("没写完的", "warning")
        self.office = WorkList("本单位的事", "warning")
        self.overdue = WorkList("逾期", "error")
        self.near = WorkList("今明到期", "warning")
        self.unaccepted = WorkList("待受理", "warning")
        self.sessions = WorkList("本周调解")
        self.unreported = WorkList("尚未报告", "error")
        self.rejudge = WorkList("风险该再看", "warning")
        self.visits = WorkList("该回访", "warning")
        self.confirmations = WorkList("司法确认快到期", "warning")
        self.unsigned = WorkList("待签字")
        self.unsealed = WorkList("待盖章", "warning")
        self.undelivered = WorkList("待签收")
        self.due = WorkList("七天内应履行", "warning")
        self.outbox = WorkList("未导出")
        self._lay_out_body()
        at_desk.switched.connect(self._begin_anew)
        self._midnight = QTimer(self)
        self._midnight.setInterval(_LOOK_AT_CLOCK_MS)
        self._midnight.timeout.connect(self._look_at_clock)

    def enter(self, argument: object) -> None:
        """Look again: drafts come and go without a word."""
        del argument
        self._midnight.start()
        if not self._stale:
            self.refresh(None)

    def leave(self) -> None:
        """Stop watching for the next day."""
        self._midnight.stop()

    def refresh(self, change: Change | None) -> None:
        """Read everything again."""
        del change
        desk = self.desk
        self.work(lambda _progress: _load(desk), on_success=self._show)

    # Inside.

    def _begin_anew(self) -> None:
        self.refresh(None)

    def _look_at_clock(self) -> None:
        if self.today() != self._day:
            self.refresh(None)

    def _show(self, loaded: _Loaded) -> None:
        found, now = loaded.home, loaded.now
        self._day = found.day
        self.set_title(f"工作台　{printed(found.day)} {weekday(found.day)}")
        first_steps = found.empty and not loaded.unfinished
        self._whole.setCurrentIndex(0 if first_steps else 1)
        self.register_button.setVisible(not first_steps)
        self.unfinished.setVisible(bool(loaded.unfinished))
        self.unfinished.show_rows(loaded.unfinished)
        self.office.setVisible(bool(found.office))
        self.office.show_rows([_office_row(one) for one in found.office])
        self.overdue.show_rows([_dispute_row(line) for line in found.overdue])
        self.near.show_rows([_dispute_row(line) for line in found.near])
        self.unaccepted.show_rows([_dispute_row(line) for line in found.unaccepted])
        self.sessions.show_rows([_session_row(line, now) for line in found.sessions])
        for papers, lines, told in (
            (self.unsigned, found.unsigned, _printed_on),
            (self.unsealed, found.unsealed, _printed_on),
            (self.undelivered, found.undelivered, _effective_on),
        ):
            papers.show_rows([_paper_row(line, told(line)) for line in lines])
        self.due.show_rows([_due_row(line, (line.due.due_on - found.day).days) for line in found.due])
        self._show_after(found)
        self.outbox.show_rows(
            [
                WorkRow(("exchange", None), line.name, last_sent(line), *waiting_state(line))
                for line in found.outbox
                if line.fresh
            ]
        )
        self._whole.show()

    def _show_after(self, found: Home) -> None:
        """Show what comes after the agreement and whom to protect; what is rare is shown only when there."""
        for each, lines, row in (
            (self.unreported, found.after.unreported, _unreported_row),
            (self.rejudge, found.after.rejudge, _rejudge_row),
            (self.visits, found.after.visits, _visit_row),
            (self.confirmations, found.after.confirmations, _confirmation_row),
        ):
            each.show_rows([row(line, found) for line in lines])
        for rare, lines in (
            (self.unreported, found.after.unreported),
            (self.rejudge, found.after.rejudge),
            (self.confirmations, found.after.confirmations),
        ):
            rare.setVisible(bool(lines))

    def _lay_out_body(self) -> None:
        main, side = QWidget(), QWidget()
        dangers = (self.unreported, self.rejudge)
        papers = (self.unsigned, self.unsealed, self.undelivered)
        for column, lists in (
            (main, (*dangers, self.unfinished, self.overdue, self.near, self.unaccepted, self.sessions)),
            (side, (*papers, self.confirmations, self.due, self.visits, self.outbox, self.office)),
        ):
            layout = QVBoxLayout(column)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme().space("m"))
            for each in lists:
                each.opened.connect(self._open)
                layout.addWidget(each)
            layout.addStretch(1)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._first_steps())
        self._whole.addWidget(SideBySide(main, side, parts=(1, 1), least_ems=44))
        self._whole.hide()  # nothing is said before it is known
        self.body.addWidget(self._whole, 1)

    def _first_steps(self) -> EmptyState:
        first = button("登记第一件纠纷", lambda: self.workspace.go(_REGISTER), kind="primary", icon="add")
        first.setProperty("scale", "big")
        return EmptyState(
            "dispute",
            "还没有登记过纠纷",
            "有人来反映矛盾，先登记：写下双方是谁、为什么事，一两句话就够，其余以后再补。\n"
            "登记以后，到期、调解、签字、盖章这些要办的事都会列在这里。",
            first,
        )

    def _open(self, target: Target) -> None:
        self.workspace.go(*target)


def _load(desk: Desk) -> _Loaded:
    found = home(desk)
    return _Loaded(found, wall_time(desk.clock.now()), tuple(_unfinished(desk, found)))


def _unfinished(desk: Desk, found: Home) -> Iterator[WorkRow]:
    """Yield one row for the register sheet and one for each dispute with something typed and not saved."""
    kept: dict[UUID, str] = {}
    for draft in found.drafts:
        saved = wall_time(draft.saved_at)
        when = f"{month_day(saved.date())} {saved:%H:%M} 留存"
        place, _, rest = draft.key.partition("/")
        if draft.key == _REGISTER:
            yield WorkRow((_REGISTER, None), "有一份没写完的登记，继续写", when)
        elif place == _REGISTER:
            yield WorkRow((_REGISTER, UUID(rest)), "有一份没写完的登记（来自来访来电），继续写", when)
        elif place == "enquiry":
            target = UUID(rest) if rest else None
            yield WorkRow(("enquiries", target), "有一条没写完的来访来电，继续写", when)
        elif place == "dispute":
            kept.setdefault(UUID(rest.partition("/")[0]), when)
    for line in lines_of(desk, tuple(kept)):
        yield WorkRow(("dispute", line.id), f"{line.title}，有没保存的内容，继续写", kept[line.id])


def _office_row(one: OfficeReminder) -> WorkRow:
    word = ("", "neutral") if one.days_left is None else days_word(one.days_left, "warning")
    return WorkRow((one.place, None), one.text, one.detail, *word)


def _dispute_row(line: DisputeLine) -> WorkRow:
    detail = f"{line.number}　{line.type_name}　{line.grade_name}"
    word = deadline_word(line.deadline) if line.deadline else ("", "neutral")
    return WorkRow(("dispute", line.id), line.title, detail, *word)


def _session_row(line: SessionLine, now: datetime) -> WorkRow:
    session = line.session
    begins = session.starts_at
    when = f"{month_day(begins.date())} {weekday(begins.date())} {begins:%H:%M}"
    word = ("", "neutral")
    if begins < now:
        word = ("待补记录", "warning")
    elif line.clashes:
        word = ("时间冲突", "error")
    elif begins.date() == now.date():
        word = ("今天", "info")
    where = "　".join(part for part in (session.place, line.mediators) if part)
    return WorkRow(("dispute", session.dispute_id), f"{when}　{line.title}", where, *word)


def _paper_row(line: PaperLine, when: str) -> WorkRow:
    return WorkRow(("dispute", line.paper.dispute_id), line.title, f"{line.number}　{when}")


def _printed_on(line: PaperLine) -> str:
    return f"{printed(line.paper.printed_at.date())}打印"


def _effective_on(line: PaperLine) -> str:
    return f"{printed(line.paper.effective_on)}生效" if line.paper.effective_on else _printed_on(line)


def _visit_row(line: AfterLine, found: Home) -> WorkRow:
    return _after_row(line, found, "visit")


def _confirmation_row(line: AfterLine, found: Home) -> WorkRow:
    return _after_row(line, found, "confirmation")


def _after_row(line: AfterLine, found: Home, panel: str) -> WorkRow:
    detail = f"{line.what}　{printed(line.on)}"
    word = days_word((line.on - found.day).days, "warning")
    target = ("dispute", (line.dispute_id, panel, None))
    return WorkRow(target, found.after_titles[line.dispute_id], detail, *word)


def _rejudge_row(line: AfterLine, found: Home) -> WorkRow:
    title = found.after_titles[line.dispute_id]
    return WorkRow(("dispute", line.dispute_id), title, f"{line.what}　{printed(line.on)}起该再看")


def _unreported_row(line: AfterLine, found: Home) -> WorkRow:
    title = found.after_titles[line.dispute_id]
    return WorkRow(("dispute", line.dispute_id), title, line.what, "尚未报告", "error")


def _due_row(line: DueLine, left: int) -> WorkRow:
    due, owed = line.due, line.due.obligation
    panel = "act" if due.amount_fen is None else "payment"
    what = f"付款 {figures(due.amount_fen)} 元" if due.amount_fen is not None else owed.what
    detail = f"{line.title}　{printed(due.due_on)}到期"
    target = ("dispute", (owed.dispute_id, panel, owed.id))
    return WorkRow(target, f"{line.debtor}　{what}", detail, *days_word(left, "warning"))
