"""The panel of a printed paper that needs no seal: who signed it, or whom it was handed to, when."""

from typing import ClassVar
from uuid import UUID

from mediation_desktop.domain import records
from mediation_desktop.domain.papers import Way, concerned, kind_of_paper
from mediation_desktop.services import papers
from mediation_desktop.ui.casework.attachments import AttachmentStrip
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.editors import DateEdit
from mediation_desktop.ui.widgets.form import Form


class ReceiptPanel(Panel):
    """签字或送达: the day of each party's signature or receipt, as the paper has it.

    The argument is the paper's id.
    """

    key: ClassVar[str] = "receipt"
    heading: ClassVar[str] = "文书签字、送达"
    explains: ClassVar[str] = "照纸上的日期填，填了就能查到；不填也不影响办理。"

    def build(self) -> None:
        """Ask for each party's day."""
        self.paper = next(one for one in self.dossier.papers if str(one.id) == str(self.argument))
        kind = kind_of_paper(self.paper.form)
        self.handed = kind is not None and kind.way is Way.HANDED
        kept = self.paper.deliveries if self.handed else self.paper.signatures
        days = {item.party_id: item.on for item in kept}
        what = "收到" if self.handed else "签字"
        self.days = Form(columns=3)
        for party in concerned(self.dossier, self.paper):
            self.days.add(str(party.id), f"{party.name}{what}日期", DateEdit(self.today))
            self.days.set_values({str(party.id): days.get(party.id)})
        self.sheet.add("days", self.days, kind.name if kind else "")
        self.files = self.strip = AttachmentStrip(self.host, self.paper.id)
        self.sheet.add("scans", self.strip, "签好的纸（扫描或拍照存入，不存也行）")
        self.main_button("登记送达" if self.handed else "登记签字", self.save, icon="done")
        self.other_button("都是今天", self.all_today)
        self.other_button("看这份文书", lambda: self.host.look_at_paper(self.paper.dispute_id, self.paper.id))
        self.other_button("先不办", self.host.close_panel)

    def all_today(self) -> None:
        """Fill every day that is still blank."""
        blank = [key for key, day in self.days.values().items() if day is None]
        self.days.set_values(dict.fromkeys(blank, self.today()))
        self.sheet.edited.emit()
        self._focus_main()

    def save(self) -> None:
        """Keep the days."""
        if not self.sheet.ready():
            return
        days = {UUID(who): on for who, on in self.days.values().items() if on is not None}
        if self.handed:
            handed = tuple(records.Delivery(party_id=who, on=on) for who, on in days.items())
            self.host.finish(
                lambda: papers.record_deliveries(self.desk, self.paper.id, handed), "已登记送达。"
            )
            return
        signed = tuple(records.Signature(party_id=who, on=on) for who, on in days.items())
        self.host.finish(
            lambda: papers.record_signatures(self.desk, self.paper.id, signed), "已登记签字日期。"
        )
