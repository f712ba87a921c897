"""One mediator: the entry in the roster, training, and what is in his or her hands."""

from typing import Any, ClassVar
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.dates import printed_month
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import Training
from mediation_desktop.services.desk import Change
from mediation_desktop.services.queries import DisputeLine, SessionLine
from mediation_desktop.services.roster import MediatorView, mediator_view, save_mediator
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.pages.words import SESSION_WORDS, STATE_WORDS, month_day, weekday
from mediation_desktop.ui.shell import Workspace
from mediation_desktop.ui.widgets.blocks import Card, SideBySide, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, NumberEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat, Sheet
from mediation_desktop.ui.widgets.worklist import WorkList, WorkRow

_ENTRY = ("role", "sex", "nation", "education", "phone", "since_on", "until_on")
_TRAINING = ("on", "topic", "hours", "organiser")
_MOST_HOURS = 1000


class MediatorPage(DeskPage):
    """Left what is written down of the mediator, right what he or she has in hand."""

    title: ClassVar[str] = "调解员"
    help_text: ClassVar[str] = (
        "左边是名册上的情况和参加过的培训，改好以后按“保存”。姓名在“设置”里改。\n"
        "右边是手上没有结案的纠纷和本周的调解，点哪一行就到哪一件。\n"
        "离任以前先在“设置”里办移交。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"mediator", "training", "dispute", "session", "subsidy"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._mediator_id: UUID | None = None
        self._view: MediatorView | None = None
        self._touched = False
        self.entry = self._entry_form()
        self.trainings = Repeat(self._training_form, noun="培训", more_likely=False)
        self.sheet = Sheet(cards=True)
        self.sheet.add("entry", self.entry, "名册")
        self.sheet.add("trainings", self.trainings, "培训")
        self.save_button = button("保存", self.save, kind="primary", icon="save")
        self.open = WorkList("手上的纠纷")
        self.sessions = WorkList("本周调解")
        self.counts = label("")
        self._lay_out_body()
        self.sheet.edited.connect(self._touch)
        self.sheet.completed.connect(self.save_button.setFocus)

    def enter(self, argument: object) -> None:
        """Show the mediator with this id, or the one shown last."""
        if isinstance(argument, UUID) and argument != self._mediator_id:
            self._mediator_id, self._touched = argument, False
            self.banner.clear()
            self.to_top()
        self.refresh(None)

    def refresh(self, change: Change | None) -> None:
        """Read everything again; what is being typed stays."""
        del change
        mediator_id, desk = self._mediator_id, self.desk
        self._whole.setVisible(mediator_id is not None)
        if mediator_id is not None:
            self.work(lambda _progress: mediator_view(desk, mediator_id), on_success=self._show)

    def save(self) -> None:
        """Keep the entry and the trainings."""
        view, desk = self._view, self.desk
        if view is None or not self.sheet.ready():
            return
        values = {key: value or "" for key, value in self.entry.values().items()}
        values |= {key: self.entry.values()[key] for key in ("since_on", "until_on")}
        mediator, trainings = replace(view.mediator, **values), self._trainings(view)
        self.act(
            lambda: save_mediator(desk, mediator, trainings),
            done="已保存。",
            on_success=lambda _change: self._saved(),
        )

    # Inside.

    def _saved(self) -> None:
        self._touched = False
        self.refresh(None)

    def _touch(self) -> None:
        self._touched = True

    def _trainings(self, view: MediatorView) -> tuple[Training, ...]:
        """Return the trainings as the forms say; a form at the place of a kept one edits that one."""
        found = []
        for place, form in enumerate(self.trainings.forms):
            values: dict[str, Any] = form.values()
            if place < len(view.trainings):
                found.append(replace(view.trainings[place], **values))
            else:
                new = Training(id=self.desk.new_id(), mediator_id=view.mediator.id, **values)
                found.append(new)
        return tuple(found)

    def _show(self, view: MediatorView) -> None:
        if view.mediator.id != self._mediator_id:
            return
        one = view.mediator
        self.set_title(f"调解员　{one.name}{'' if one.active else '（已离任）'}")
        if not self._touched:
            self._view = view
            self.entry.set_values({key: getattr(one, key) or None for key in _ENTRY})
            self.trainings.set_values(
                [{key: getattr(each, key) for key in _TRAINING} for each in view.trainings]
            )
        self.open.show_rows([_dispute_row(line) for line in view.open])
        self.sessions.show_rows([_session_row(line) for line in view.sessions])
        hours = sum(each.hours or 0 for each in view.trainings)
        lines = [f"已结案 {view.closed} 件", f"培训 {len(view.trainings)} 次，共 {hours} 学时"]
        lines += [f"{printed_month(month)}补贴 {figures(fen)} 元" for month, fen in view.subsidies]
        self.counts.setText("\n".join(lines))

    def _entry_form(self) -> Form:
        codes = self.desk.codes
        form = Form(columns=3)
        form.add("role", "职务", Choice(options.of_names(codes.roles)))
        form.add("sex", "性别", Choice(options.of_words("男", "女")))
        form.add("nation", "民族", Choice(options.of_names(codes.nations)))
        form.add("education", "文化程度", Choice(options.of_names(codes.educations)))
        form.add("phone", "联系电话", LineEdit())
        form.add("since_on", "任职日期", DateEdit(self.today))
        form.add("until_on", "离任日期", DateEdit(self.today))
        return form

    def _training_form(self) -> Form:
        form = Form(columns=4, column_ems=9)
        form.add("on", "培训日期", DateEdit(self.today), required=True)
        form.add("topic", "内容", LineEdit(), required=True)
        form.add("hours", "学时", NumberEdit(least=1, most=_MOST_HOURS))
        form.add("organiser", "主办单位", LineEdit())
        return form

    def _lay_out_body(self) -> None:
        main, side = QWidget(), QWidget()
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(button("回到设置", lambda: self.workspace.go("settings"), icon="back"))
        buttons.addStretch(1)
        totals = Card("累计")
        totals.body.addWidget(self.counts)
        for column, parts in ((main, (self.sheet,)), (side, (self.open, self.sessions, totals))):
            layout = QVBoxLayout(column)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme().space("m"))
            for part in parts:
                layout.addWidget(part)
            if column is main:
                layout.addLayout(buttons)
            layout.addStretch(1)
        for each in (self.open, self.sessions):
            each.opened.connect(lambda dispute_id: self.workspace.go("dispute", dispute_id))
        self._whole = SideBySide(main, side)
        self._whole.hide()
        self.body.addWidget(self._whole)
        self.body.addStretch(1)
        self.keep_in_sight(self.save_button)


def _dispute_row(line: DisputeLine) -> WorkRow:
    detail = f"{line.number}　{line.type_name}　{line.grade_name}"
    return WorkRow(line.id, line.title, detail, *STATE_WORDS[line.state])


def _session_row(line: SessionLine) -> WorkRow:
    begins = line.session.starts_at
    when = f"{month_day(begins.date())} {weekday(begins.date())} {begins:%H:%M}"
    word = SESSION_WORDS[line.session.state]
    return WorkRow(line.session.dispute_id, f"{when}　{line.title}", line.session.place, *word)
