"""变更协议: begin a new agreement that amends or replaces the one in force."""

from typing import ClassVar

from mediation_desktop.domain.records import AgreementChange
from mediation_desktop.services import agreements
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.form import Form

_KINDS = (
    Option(AgreementChange.AMENDS, "变更：只改几条，其余照旧"),
    Option(AgreementChange.REPLACES, "替代：另写一份，原来的不再履行"),
)


class ChangePanel(Panel):
    """变更协议: which way; the draft itself is written in the agreement's panel."""

    key: ClassVar[str] = "change"
    heading: ClassVar[str] = "变更协议"
    explains: ClassVar[str] = (
        "原协议和它的文书都保留，在新协议签字盖章生效之前照旧有效；纠纷的编号和办结日期不变。"
        "履行清单会照抄过来，请改成今后要履行的全部内容。"
    )

    def build(self) -> None:
        """Ask whether some or all of it changes."""
        self.form = Form(columns=1)
        self.form.add("change", "怎样变更", Choice(_KINDS), required=True)
        self.form.set_values({"change": AgreementChange.AMENDS})
        self.sheet.add("form", self.form)
        self.main_button("起草变更协议", self.begin_draft, icon="edit")
        self.other_button("先不办", self.host.close_panel)

    def begin_draft(self) -> None:
        """Begin the draft and open it."""
        if not self.sheet.ready():
            return
        change = AgreementChange(self.form.values()["change"])
        dispute_id = self.dossier.dispute.id
        self.host.finish(
            lambda: agreements.begin_change(self.desk, dispute_id, change), "已开始起草，原协议照旧有效。"
        )
