"""到期卷宗: what is past its 保管期限, and what two people destroyed."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.records import Destruction
from mediation_desktop.services.desk import Change
from mediation_desktop.services.retention import (
    DestructionSheet,
    PastDossier,
    Shelf,
    destroy,
    destroy_list,
    destruction_sheets,
    proposed_list,
    shelf,
)
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.shell import Workspace
from mediation_desktop.ui.shell.confirm import confirm
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.tickrows import TickRow, TickRows
from mediation_desktop.ui.widgets.worklist import WorkList, WorkRow


class DestructionPage(DeskPage):
    """Nothing is ticked by itself; nothing is destroyed on one person's word."""

    title: ClassVar[str] = "到期卷宗"
    help_text: ClassVar[str] = (
        "这里只列出保管期限已满的纸质卷宗，永久保管的从不列出。程序只提醒，从不自动销毁。\n"
        "逐件核对后打勾，先打印清册送批；批准以后销毁，两个人分别写上姓名，再登记销毁。\n"
        "登记的是纸质卷宗已经销毁；程序里的记录不动，纠纷的经过里会写明。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"dispute", "destruction"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self.past = TickRows("保管期限已满的卷宗")
        self.none = label("没有到期的卷宗。", "soft")
        self.form = self._form()
        self.destroy_button = button("登记销毁", self.record, icon="delete")
        self.list_button = button("打印清册（送批）", self.look, icon="print")
        self.unset = WorkList("没有定保管期限的", "warning")
        self.done = DestroyedCard(workspace)
        self._lay_out_body()
        self.form.completed.connect(self.destroy_button.setFocus)
        for each in (self.unset, self.past):
            each.opened.connect(lambda dispute_id: self.workspace.go("dispute", dispute_id))

    def refresh(self, change: Change | None) -> None:
        """Read the shelf again."""
        del change
        desk = self.desk
        self.work(lambda _progress: (shelf(desk), destruction_sheets(desk)), on_success=self._show)

    def record(self) -> None:
        """Record the destruction once two people gave their names."""
        chosen = self.past.chosen()
        if not self.form.ready():
            return
        values, desk = self.form.values(), self.desk
        destruction = Destruction(id=desk.new_id(), dispute_ids=chosen, **values)
        if chosen and not confirm(
            self,
            f"登记销毁{len(chosen)}份卷宗？",
            f"由{values['first_name']}、{values['second_name']}确认。登记以后不能撤回。",
            "登记销毁",
        ):
            return
        self.act(
            lambda: destroy(desk, destruction),
            done="已登记销毁。",
            on_success=lambda _change: self._begin_anew(),
        )

    def look(self) -> None:
        """Show the list of what is ticked, to be approved before anything is destroyed."""
        values = self.form.values()
        wanted = Destruction(
            id=self.desk.new_id(),
            on=self.today(),
            dispute_ids=self.past.chosen(),
            first_name=values["first_name"] or "",
            second_name=values["second_name"] or "",
            note=values["note"] or "",
        )
        if not wanted.dispute_ids:
            self.banner.info("还没有选要销毁的卷宗。", "请逐件核对后打勾，再打印清册。")
            return
        self.workspace.go(
            "officepaper", ("destruction", lambda desk: proposed_list(desk, wanted), "destruction")
        )

    # Inside.

    def _begin_anew(self) -> None:
        self.form.clear()
        self.form.set_values({"on": self.today()})

    def _show(self, read: tuple[Shelf, tuple[DestructionSheet, ...]]) -> None:
        found, done = read
        self.past.show_rows([_row(one) for one in found.past])
        self.none.setVisible(not found.past)
        for part in (self.form, self.destroy_button, self.list_button):
            part.setVisible(bool(found.past))
        self.unset.setVisible(bool(found.unset))
        self.unset.show_rows(
            [
                WorkRow(one.line.id, one.line.title, f"{one.line.number}　{printed(one.archived_on)}归档")
                for one in found.unset
            ]
        )
        self.done.show_sheets(done)

    def _form(self) -> Form:
        form = Form(columns=3)
        form.add("on", "销毁日期", DateEdit(self.today), required=True)
        form.add("first_name", "第一确认人", LineEdit(), required=True)
        form.add("second_name", "第二确认人", LineEdit(), required=True, hint="要由另一个人核对后填写")
        form.add("note", "说明（送到哪里、怎样销毁）", LineEdit(), wide=True)
        form.set_values({"on": self.today()})
        return form

    def _lay_out_body(self) -> None:
        card = Card("保管期限已满")
        card.body.addWidget(label("逐件核对后打勾；要两个人确认，登记的是纸质卷宗已经销毁。", "soft"))
        for part in (self.none, self.past, self.form):
            card.body.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addWidget(self.list_button)
        buttons.addWidget(self.destroy_button)
        buttons.addWidget(button("回到设置", lambda: self.workspace.go("settings"), icon="back"))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        for each in (card, self.unset, self.done):
            self.body.addWidget(each)
        self.body.addStretch(1)


class DestroyedCard(Card):
    """What was destroyed, the newest first, each with its list to print."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("销毁记录")
        self._workspace = workspace
        self._none = label("还没有登记过销毁。", "soft")
        self._rows: list[QWidget] = []
        self.buttons: list[QPushButton] = []
        self.body.addWidget(self._none)

    def show_sheets(self, sheets: Sequence[DestructionSheet]) -> None:
        """Show these."""
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self.buttons = []
        self._rows = [self._row(sheet) for sheet in sheets]
        for row in self._rows:
            self.body.addWidget(row)
        self._none.setVisible(not sheets)

    def _row(self, sheet: DestructionSheet) -> QWidget:
        made, told = QWidget(), _told(sheet)
        look = button("看样打印", lambda: self._look(sheet.destruction), icon="print")
        look.setAccessibleName(f"看样打印清册：{told}")
        self.buttons.append(look)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(told, "soft"), 1)
        row.addWidget(look)
        return made

    def _look(self, destruction: Destruction) -> None:
        self._workspace.go(
            "officepaper", ("destruction", lambda desk: destroy_list(desk, destruction), "destruction")
        )


def _row(one: PastDossier) -> TickRow:
    until = printed(one.kept_until) if one.kept_until else ""
    detail = f"{one.line.type_name}　{one.retention}　{printed(one.archived_on)}归档　保管到{until}"
    return TickRow(one.line.id, f"{one.line.title}　{one.line.number}", detail, "已到期", "warning")


def _told(sheet: DestructionSheet) -> str:
    one = sheet.destruction
    numbers = "、".join(line.number for line in sheet.disputes)
    note = f"　{one.note}" if one.note else ""
    return f"{printed(one.on)}　{numbers}　确认人：{one.first_name}、{one.second_name}{note}"
