"""口头协议: what was agreed and on which day; no paper is needed (人民调解法 第28、30条)."""

from typing import ClassVar

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.services import agreements
from mediation_desktop.ui.casework.obligations import Obligations
from mediation_desktop.ui.casework.panel import Panel, lines_of
from mediation_desktop.ui.widgets.editors import DateEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form


class OralPanel(Panel):
    """达成口头协议: content and day; it is in force from that day."""

    key: ClassVar[str] = "oral"
    heading: ClassVar[str] = "达成口头协议"
    explains: ClassVar[str] = "当事人认为不用书面的，记下协议内容和达成的日期就行，当日生效，不用打印签字。"

    def build(self) -> None:
        """Ask for day and content, and for what is to be reminded of."""
        draft = self.dossier.agreement
        self.kept = draft or records.Agreement(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            number="",
            facts=self.dossier.dispute.summary,
        )
        self.text = Form(columns=3)
        self.text.add("agreed_on", "达成协议日期", DateEdit(self.today), required=True)
        self.text.add("terms", "口头协议内容（一行一条）", TextEdit(lines=3), required=True, wide=True)
        self.text.set_values(
            {
                "agreed_on": self.kept.agreed_on or self.today(),
                "terms": "\n".join(term.text for term in self.kept.terms),
            }
        )
        self.sheet.add("text", self.text)
        kept_owed = self.dossier.obligations_of(self.kept)
        self.owed = Obligations(self.desk, self.dossier, kept_owed, self.today)
        self.sheet.add("owed", self.owed, "履行清单（要到期提醒的才填）")
        self.main_button("登记口头协议", self.save, icon="done")
        self.other_button("改写书面协议", lambda: self.host.open_panel("agreement"))
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep it; from its day it is in force."""
        if not self.sheet.ready():
            return
        values = self.text.values()
        links = {term.text: term.proposal_id for term in self.kept.terms}
        agreement = replace(
            self.kept,
            form=records.AgreementForm.ORAL,
            agreed_on=values["agreed_on"],
            terms=tuple(
                records.Term(text=line, proposal_id=links.get(line)) for line in lines_of(values["terms"])
            ),
        )
        owed = self.owed.obligations(self.kept.id)
        self.host.finish(
            lambda: agreements.reach_orally(self.desk, agreement, owed), "已登记口头协议，当日生效。"
        )
