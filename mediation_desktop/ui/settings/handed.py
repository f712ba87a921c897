"""移交记录: what was handed over, and on which days both signed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.dates import printed
from mediation_desktop.services.handover import HandoverSheet, handover_listing, handover_sheet, sign_handover
from mediation_desktop.system.clock import today
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.papers.lists import COPIED, copy_listing
from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.editors import DateEdit
from mediation_desktop.ui.widgets.form import Form


class HandedOverCard(Card):
    """One block for each hand-over, the newest first."""

    def __init__(self, page: Page, at_desk: AtDesk) -> None:
        super().__init__("移交记录")
        self._page = page
        self._at_desk = at_desk
        self.blocks: list[HandedOver] = []
        self._none = label("还没有办过移交。", "soft")
        self._list = QVBoxLayout()
        self.body.addWidget(self._none)
        self.body.addLayout(self._list)

    def show_sheets(self, sheets: Sequence[HandoverSheet]) -> None:
        """Show these hand-overs."""
        for old in self.blocks:
            old.hide()
            old.deleteLater()
        self.blocks = [HandedOver(self._page, self._at_desk, sheet) for sheet in sheets]
        for block in self.blocks:
            self._list.addWidget(block)
        self._none.setVisible(not sheets)


class HandedOver(QWidget):
    """One hand-over: a sentence, its list to copy, and the days of the two signatures."""

    def __init__(self, page: Page, at_desk: AtDesk, sheet: HandoverSheet) -> None:
        super().__init__()
        self._page, self._at_desk, self._sheet = page, at_desk, sheet
        one = sheet.handover
        told = f"{printed(one.on)}　{one.from_name}移交{one.to_name}　{one.reason}"
        counts = (
            f"纠纷{len(one.dispute_ids)}件，卷宗{len(one.files)}份，"
            f"工作{len(one.duties)}项，物品{len(one.keys)}项"
        )
        top = QHBoxLayout()
        top.addWidget(label(f"{told}\n{counts}"), 1)
        top.addWidget(Chip("双方已签字", "success") if sheet.signed else Chip("待签字", "warning"))
        self.look_button = button("看样打印", self._look, icon="print")
        self.look_button.setAccessibleName(f"看样打印{told}的清单")
        top.addWidget(self.look_button)
        self.copy_button = button("复制清单", self._copy, icon="copy")
        self.copy_button.setAccessibleName(f"复制{told}的清单")
        top.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        self.form = Form(columns=2)
        self.save_button = button("登记签字", self._sign, icon="sign")
        if not sheet.signed:
            self._ask(column)

    def _ask(self, column: QVBoxLayout) -> None:
        one = self._sheet.handover
        for key, word, name in (("from", "移出人", one.from_name), ("to", "接收人", one.to_name)):
            editor = DateEdit(lambda: today(self._at_desk.desk.clock))
            self.form.add(key, f"{word}{name}签字日期", editor)
        self.form.set_values({"from": one.from_signed_on, "to": one.to_signed_on})
        self.save_button.setAccessibleName(f"登记{one.from_name}移交{one.to_name}的签字")
        self.form.completed.connect(self.save_button.setFocus)
        row = QHBoxLayout()
        row.addWidget(self.form, 1)
        row.addWidget(self.save_button)
        column.addLayout(row)

    def _sign(self) -> None:
        if not self.form.ready():
            return
        values, desk, handover = self.form.values(), self._at_desk.desk, self._sheet.handover
        self._page.act(
            lambda: sign_handover(desk, handover, from_signed_on=values["from"], to_signed_on=values["to"]),
            done="签字日期已登记。",
        )

    def _look(self) -> None:
        handover_id = self._sheet.handover.id
        self._page.workspace.go(
            "officepaper", ("handover", lambda desk: handover_sheet(desk, handover_id), "handover")
        )

    def _copy(self) -> None:
        copy_listing(handover_listing(self._sheet))
        self._page.banner.success(COPIED)
