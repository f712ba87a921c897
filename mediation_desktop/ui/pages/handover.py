"""移交: open disputes, duties, files and keys from one mediator to the next, signed by both."""

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout

from mediation_desktop.domain.records import Handover, Mediator
from mediation_desktop.services.desk import Change
from mediation_desktop.services.drafts import draft, drop_draft, keep_draft
from mediation_desktop.services.handover import (
    HandoverSheet,
    OpenDispute,
    Proposal,
    hand_over,
    handover_sheets,
    propose_handover,
)
from mediation_desktop.services.office import office_view
from mediation_desktop.storage.reader import Draft
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import lines_of
from mediation_desktop.ui.drafts import DraftKeeper
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.settings.handed import HandedOverCard
from mediation_desktop.ui.shell import Workspace
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Sheet
from mediation_desktop.ui.widgets.tickrows import TickRow, TickRows

_DRAFT_KEY = "handover"
_CHOOSE = "选好移出人，这里列出没有结案的纠纷。"


class HandoverPage(DeskPage):
    """Choose the two; everything else is proposed and may be changed before it is handed over."""

    title: ClassVar[str] = "移交"
    help_text: ClassVar[str] = (
        "先选移出人和接收人，程序列出移出人手上全部没有结案的纠纷、柜里的卷宗和通常要交的物品，可以改。\n"
        "按“办理移交”，勾选的纠纷和已经安排的调解马上归接收人，历史里记明是移交来的。\n"
        "清单双方签字以后，在下面登记签字日期；任期届满、离任的，双方都签了才记为离任。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"mediator", "handover", "dispute", "session", "destruction"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._people: tuple[Mediator, ...] = ()
        self._proposed_for: str | None = None
        self.who, self.things = self._who_form(), self._things_form()
        self.sheet = Sheet()
        self.sheet.add("who", self.who)
        self.sheet.add("things", self.things)
        self.disputes = TickRows("移出人没有结案的纠纷")
        self.said = label(_CHOOSE, "soft")
        self.save_button = button("办理移交", self.save, kind="primary", icon="done")
        self._lay_out_body()
        self.keeper = self.keep_drafts(DraftKeeper(self.sheet, self._keep, self._drop, self))
        for signal in (self.who.fields["from"].editor.edited, self.who.fields["from"].editor.left):
            signal.connect(self._propose)
        self.disputes.opened.connect(lambda dispute_id: self.workspace.go("dispute", dispute_id))
        self.sheet.completed.connect(self.save_button.setFocus)

    def refresh(self, change: Change | None) -> None:
        """Read who works here and what was handed over; what is being chosen stays."""
        del change
        desk = self.desk
        self.work(
            lambda _progress: (
                office_view(desk).mediators,
                handover_sheets(desk),
                draft(desk, _DRAFT_KEY),
            ),
            on_success=lambda read: self._show(*read),
        )

    def save(self) -> None:
        """Hand over."""
        if not self.sheet.ready():
            return
        desk, handover = self.desk, self._handover()
        self.act(
            lambda: hand_over(desk, handover),
            done="已移交。请打印或复制清单，双方签字后在下面登记。",
            on_success=lambda _change: self._begin_anew(),
        )

    # Inside.

    def _handover(self) -> Handover:
        who, things = self.who.values(), self.things.values()
        names = {str(one.id): one.name for one in self._people}
        return Handover(
            id=self.desk.new_id(),
            on=who["on"],
            from_name=names[who["from"]],
            to_name=names[who["to"]],
            reason=who["reason"],
            dispute_ids=self.disputes.chosen(),
            duties=lines_of(things["duties"]),
            files=lines_of(things["files"]),
            keys=lines_of(things["keys"]),
            note=things["note"],
        )

    def _show(
        self, people: tuple[Mediator, ...], sheets: tuple[HandoverSheet, ...], kept: Draft | None
    ) -> None:
        self._people = people
        for key in ("from", "to"):
            chooser: Any = self.who.fields[key].editor
            chooser.set_options(options.of_mediators(people))
        self.done.show_sheets(sheets)
        texts: Any = kept.value if kept else None
        if not self.keeper.dirty and self._proposed_for is None and self.keeper.restore(texts):
            self.banner.info("已恢复上次没有办完的移交。", "核对后再办理。")
            self._propose(keep_things=True)
        self._look_again()

    def _look_again(self) -> None:
        """Read anew what the chosen one has to hand over; the texts stay as they are."""
        if self._proposed_for is not None:
            self._proposed_for = None
            self._propose(keep_things=True)

    def _keep(self, texts: dict[str, str]) -> None:
        self.work(lambda _progress: keep_draft(self.desk, _DRAFT_KEY, texts))

    def _drop(self) -> None:
        self.work(lambda _progress: drop_draft(self.desk, _DRAFT_KEY))

    def _begin_anew(self) -> None:
        self.sheet.clear()
        self.who.set_values({"on": self.today()})
        self.keeper.drop()
        self._proposed_for = None
        self.disputes.show_rows(())
        self.said.setText(_CHOOSE)

    def _propose(self, *, keep_things: bool = False) -> None:
        """Propose what the chosen one has; asked once for each choice."""
        chosen, desk = self.who.values()["from"], self.desk
        if chosen is None or chosen == self._proposed_for:
            return
        self._proposed_for = chosen
        self.work(
            lambda _progress: propose_handover(desk, UUID(chosen)),
            on_success=lambda found: self._show_proposal(chosen, found, keep_things=keep_things),
        )

    def _show_proposal(self, chosen: str, found: Proposal, *, keep_things: bool) -> None:
        if chosen != self._proposed_for:
            return
        self.disputes.show_rows([_row(one) for one in found.disputes])
        count = len(found.disputes)
        self.said.setText(
            f"共{count}件，默认全部移交；留给别人的不要打勾。" if count else "没有未结案的纠纷要移交。"
        )
        if not keep_things:
            lists = {"duties": found.duties, "files": found.files, "keys": found.keys}
            self.things.set_values({key: "\n".join(lines) for key, lines in lists.items()})

    def _who_form(self) -> Form:
        form = Form(columns=4, column_ems=11)
        form.add("from", "移出人", Choice(), required=True)
        form.add("to", "接收人", Choice(), required=True)
        form.add("reason", "原因", Choice(options.of_names(self.desk.codes.handover_reasons)), required=True)
        form.add("on", "移交日期", DateEdit(self.today), required=True)
        form.set_values({"on": self.today()})
        return form

    def _things_form(self) -> Form:
        form = Form(columns=3)
        form.add("duties", "工作（一行一项）", TextEdit(lines=4))
        form.add("files", "柜里的卷宗（一行一个编号）", TextEdit(lines=4))
        form.add("keys", "钥匙和物品（一行一项）", TextEdit(lines=4))
        form.add("note", "说明", TextEdit(lines=2), wide=True)
        return form

    def _lay_out_body(self) -> None:
        first = Card("谁交给谁，交什么")
        first.body.addWidget(label("先选移出人，要交的事项随后列出，可以改；卷宗和钥匙当面点清。", "soft"))
        first.body.addWidget(self.sheet)
        second = Card("没有结案的纠纷")
        second.body.addWidget(self.said)
        second.body.addWidget(self.disputes)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(button("回到设置", lambda: self.workspace.go("settings"), icon="back"))
        buttons.addStretch(1)
        second.body.addLayout(buttons)
        self.done = HandedOverCard(self, self.at_desk)
        for card in (first, second, self.done):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.keep_in_sight(self.save_button)


def _row(one: OpenDispute) -> TickRow:
    parts = [one.line.type_name, one.line.grade_name]
    if one.planned:
        parts.append(f"已安排调解{one.planned}次")
    if one.chosen:
        parts.append("当事人自己选的调解员，换人要征得同意")
    tone = "warning" if one.chosen else "neutral"
    state = "请征求意见" if one.chosen else ""
    return TickRow(
        one.line.id, f"{one.line.title}　{one.line.number}", "　".join(parts), state, tone, ticked=True
    )
