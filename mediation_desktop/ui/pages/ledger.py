"""登记簿: the disputes of a period on one paper, printed or as a spreadsheet."""

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout

from mediation_desktop.domain.ledger import ACCOUNT_WORDS, Account
from mediation_desktop.services.ledger import ledger
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.shell import Workspace
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import DateEdit
from mediation_desktop.ui.widgets.form import Form

_MEANS = {
    Account.ACCEPTED: "这段日子里受理的",
    Account.FINISHED: "这段日子里办结的（达成协议、终止、撤回、移送）",
}


class LedgerPage(DeskPage):
    """From when to when, and by which account."""

    title: ClassVar[str] = "登记簿"
    help_text: ClassVar[str] = (
        "选好起止日期，按“看样打印”，就是这段日子的《调解案件汇总登记簿》，也可以存为表格。\n"
        "受理口径和办结口径是两本账，不能混在一起。\n"
        "登记簿里没有身份证号、电话和住址。"
    )

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self.form = Form(columns=3)
        self.form.add("first", "从哪天", DateEdit(self.today), required=True)
        self.form.add("last", "到哪天", DateEdit(self.today), required=True)
        accounts = [Option(one, f"{ACCOUNT_WORDS[one]}：{_MEANS[one]}", one) for one in Account]
        self.form.add("account", "哪些纠纷", Choice(accounts), required=True, wide=True)
        self.form.set_values(
            {"first": self.today().replace(month=1, day=1), "last": self.today(), "account": Account.ACCEPTED}
        )
        self.look_button = button("看样打印", self.look, kind="primary", icon="print")
        self.form.completed.connect(self.look_button.setFocus)
        card = Card("调解案件汇总登记簿")
        card.body.addWidget(label("一件纠纷一行；单件的《登记单》在那件纠纷右边的“文书”里。", "soft"))
        card.body.addWidget(self.form)
        buttons = QHBoxLayout()
        buttons.addWidget(self.look_button)
        buttons.addWidget(button("回到纠纷", lambda: self.workspace.go("disputes"), icon="back"))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def look(self) -> None:
        """Show the register of the period as it is printed."""
        if not self.form.ready():
            return
        values = self.form.values()
        first, last, account = values["first"], values["last"], Account(values["account"])
        self.workspace.go(
            "officepaper", ("ledger", lambda desk: ledger(desk, first, last, account), "ledger")
        )
