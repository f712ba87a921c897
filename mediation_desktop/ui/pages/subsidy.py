"""补贴: a month's disputes with the reason why each counts or not, confirmed once."""

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mediation_desktop.domain.codes import SubsidyRate
from mediation_desktop.domain.dates import printed, printed_month
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.subsidy import RECORDS
from mediation_desktop.services.desk import Change
from mediation_desktop.services.subsidy import (
    MonthSheet,
    SubsidyLine,
    confirm_month,
    mediator_sheets,
    month_before,
    month_of,
    month_sheet,
    subsidy_listing,
    take_back,
)
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.papers.lists import COPIED, copy_listing
from mediation_desktop.ui.shell import Workspace
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.tickrows import TickRow, TickRows

_MONTHS_BACK = 24
_UNSET = "未设定"


class SubsidyPage(DeskPage):
    """One month at a time."""

    title: ClassVar[str] = "补贴"
    help_text: ClassVar[str] = (
        "选月份，列出这个月结案的纠纷，每件都写明计入还是不计入、为什么。\n"
        "核对后按“确认”。一件纠纷只计一次，重新启动后再结案也不会重复。\n"
        "确认错了的，在“已经确认”里撤回，改好再确认。\n"
        "金额、等级和要求写在数据文件夹 codes 里的 subsidy.toml；没有设定金额的不能确认。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"dispute", "subsidy", "mediator", "agreement", "session"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._sheet: MonthSheet | None = None
        self.form = Form(columns=3)
        self.form.add("month", "月份", Choice(self._months()), required=True)
        self.form.set_values({"month": month_before(month_of(self.today()))})
        self.lines = TickRows("本月结案的纠纷")
        self.none = label("这个月没有要核对的纠纷。", "soft")
        self.confirm_button = button("确认", self.confirm, kind="primary", icon="done")
        self.confirmed = ConfirmedCard()
        self.totals = label("", "strong")
        self.copy_button = button("复制清单", self._copy, icon="copy")
        self.people_button = button("每人一张", lambda: self._look("subsidy_people"), icon="print")
        self.month_button = button("汇总表", lambda: self._look("subsidy_month"), icon="print")
        self.people_button.setAccessibleName("看样打印每名调解员的补贴表")
        self.month_button.setAccessibleName("看样打印本月汇总表")
        self._lay_out_body()
        month: Any = self.form.fields["month"].editor
        month.edited.connect(lambda: self.refresh(None))
        self.confirmed.back.connect(self._take_back)
        self.confirmed.paper_wanted.connect(
            lambda dispute_id: workspace.go("paper", (dispute_id, "subsidy_case", None, None))
        )
        self.lines.opened.connect(lambda dispute_id: self.workspace.go("dispute", dispute_id))

    def refresh(self, change: Change | None) -> None:
        """Read the month again."""
        del change
        month, desk = self.form.values()["month"], self.desk
        if month is not None:
            self.work(lambda _progress: month_sheet(desk, month), on_success=self._show)

    def confirm(self) -> None:
        """Record what is ticked."""
        sheet, desk, chosen = self._sheet, self.desk, self.lines.chosen()
        if sheet is not None:
            self.act(lambda: confirm_month(desk, sheet.month, chosen), done="已确认。")

    # Inside.

    def _months(self) -> list[Option]:
        months = [month_of(self.today())]
        while len(months) < _MONTHS_BACK:
            months.append(month_before(months[-1]))
        return [Option(month, printed_month(month), month) for month in months]

    def _show(self, sheet: MonthSheet) -> None:
        if sheet.month != self.form.values()["month"]:
            return
        self._sheet = sheet
        waiting = [line for line in sheet.lines if not line.confirmed]
        self.lines.show_rows([_row(line) for line in waiting])
        self.none.setVisible(not waiting)
        self.confirm_button.setEnabled(any(line.proposed for line in waiting))
        self.confirmed.show_lines(sheet.confirmed)
        people = mediator_sheets(sheet)
        lines = [f"{one.name}：{len(one.rows)}件，{figures(one.total_fen)}元" for one in people]
        lines.append(f"合计：{len(sheet.confirmed)}件，{figures(sum(one.total_fen for one in people))}元")
        self.totals.setText("\n".join(lines))
        for each in (self.copy_button, self.people_button, self.month_button):
            each.setEnabled(bool(people))

    def _take_back(self, dispute_id: Any) -> None:
        desk = self.desk
        self.act(lambda: take_back(desk, dispute_id, "登记有误"), done="已撤回，可以改好后再确认。")

    def _look(self, form: str) -> None:
        if self._sheet is not None:
            month = self._sheet.month
            self.workspace.go("officepaper", (form, lambda desk: month_sheet(desk, month), "subsidy"))

    def _copy(self) -> None:
        if self._sheet is not None:
            copy_listing(subsidy_listing(self.desk, self._sheet))
            self.banner.success(COPIED)

    def _lay_out_body(self) -> None:
        card = Card("本月核对")
        card.body.addWidget(label("一件只补一次；不计入的写明为什么，补齐以后再来确认。", "soft"))
        for part in (self.form, self.none, self.lines):
            card.body.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm_button)
        buttons.addWidget(button("回到设置", lambda: self.workspace.go("settings"), icon="back"))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        totals = Card("本月合计")
        for each in (self.people_button, self.month_button, self.copy_button):
            totals.tools.addWidget(each)
        totals.body.addWidget(self.totals)
        for each in (card, self.confirmed, totals, self._rates_card()):
            self.body.addWidget(each)
        self.body.addStretch(1)

    def _rates_card(self) -> Card:
        table = self.desk.codes.subsidy
        card = Card("补贴标准")
        card.body.addWidget(label(table.status, "soft"))
        card.body.addWidget(label("\n".join(rate_word(rate) for rate in table.entries)))
        return card


class ConfirmedCard(Card):
    """What is in the month's sheet for good.

    Signals: ``back(dispute_id)`` when one is to be taken back; ``paper_wanted(dispute_id)`` for its 认定表.
    """

    back = Signal(object)
    paper_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("已经确认")
        self.buttons: list[QPushButton] = []
        self.papers: list[QPushButton] = []
        self._rows: list[QWidget] = []

    def show_lines(self, lines: Sequence[SubsidyLine]) -> None:
        """Show these; nothing is shown where there is none."""
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self.buttons, self.papers = [], []
        self._rows = [self._row(line) for line in lines]
        for row in self._rows:
            self.body.addWidget(row)
        self.setVisible(bool(lines))

    def _row(self, line: SubsidyLine) -> QWidget:
        made = QWidget()
        take_out = button("撤回", lambda: self.back.emit(line.dispute_id), kind="quiet", icon="back")
        take_out.setAccessibleName(f"撤回{line.number}的补贴")
        self.buttons.append(take_out)
        paper = button("认定表", lambda: self.paper_wanted.emit(line.dispute_id), kind="quiet", icon="paper")
        paper.setAccessibleName(f"看样打印{line.number}的补贴认定表")
        self.papers.append(paper)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(f"{line.title}　{line.number}　{_due(line)}"), 1)
        row.addWidget(paper)
        row.addWidget(take_out)
        return made


def rate_word(rate: SubsidyRate) -> str:
    """Return a rate in words: what it pays, from when, and which records it asks for."""
    amount = _UNSET if rate.amount_fen is None else f"{figures(rate.amount_fen)}元"
    wanted = "、".join(RECORDS[code][0] for code in rate.requires)
    return f"{rate.name}：{amount}（{printed(rate.effective_from)}起；须有{wanted}）"


def _row(line: SubsidyLine) -> TickRow:
    words = f"{line.title}　{line.number}"
    closed = f"{printed(line.closed_on)}结案" if line.closed_on else ""
    about = "　".join(part for part in (line.grade_name, closed, line.rule_name) if part)
    if line.proposed:
        return TickRow(line.dispute_id, words, f"{about}　{_due(line)}", "计入", "success", ticked=True)
    detail = f"{about}　不计入：{'；'.join(line.lacks)}"
    return TickRow(line.dispute_id, words, detail, "不计入", open=False)


def _due(line: SubsidyLine) -> str:
    return "、".join(f"{one.name}{figures(one.amount_fen)}元" for one in line.due)
