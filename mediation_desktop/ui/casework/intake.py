"""Panels of the beginning: mend facts, parties and participants, note a refusal."""

from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.services import disputes
from mediation_desktop.services.desk import Change
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.dispute_form import DisputeForm
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.casework.party_form import PartyForm
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, Tick
from mediation_desktop.ui.widgets.form import Form


class RefusalPanel(Panel):
    """A party's clear refusal, or its new consent (人民调解法 第17条)."""

    key: ClassVar[str] = "refusal"
    heading: ClassVar[str] = "当事人拒绝调解"
    explains: ClassVar[str] = "当事人一方明确拒绝调解的，不得调解；以后重新同意的，记下同意的日期即可继续。"

    def build(self) -> None:
        """Ask who refused when and how; or the day of the new consent."""
        self.open_refusal = next(
            (item for item in self.dossier.refusals if item.consented_again_on is None), None
        )
        self.form = Form(columns=3)
        if self.open_refusal:
            self.form.add("on", "重新同意调解的日期", DateEdit(self.today), required=True)
        else:
            self.form.add(
                "party", "拒绝的当事人", Choice(options.of_parties(self.dossier.parties)), required=True
            )
            self.form.add("on", "拒绝日期", DateEdit(self.today), required=True)
            self.form.add("how", "怎样表示的", LineEdit(), required=True)
        self.form.set_values({"on": self.today()})
        self.sheet.add("refusal", self.form)
        self.main_button("保存", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the refusal or the consent."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        if self.open_refusal:
            kept = replace(self.open_refusal, consented_again_on=values["on"])
            self.host.finish(
                lambda: disputes.save_records(self.desk, "登记重新同意调解", kept), "已记下，可以继续调解。"
            )
            return
        refusal = records.Refusal(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            party_id=UUID(values["party"]),
            on=values["on"],
            how=values["how"],
        )
        self.host.finish(
            lambda: disputes.save_records(self.desk, "登记拒绝调解", refusal),
            "已记下拒绝，本纠纷暂不能再调解。",
        )


class FactsPanel(Panel):
    """The facts of the dispute, to be mended or completed."""

    key: ClassVar[str] = "facts"
    heading: ClassVar[str] = "修改纠纷情况"

    def build(self) -> None:
        """Show the facts."""
        self.form = DisputeForm(self.desk.codes, self.today)
        self.form.show_dispute(self.dossier.dispute)
        self.sheet.add("facts", self.form)
        self.main_button("保存修改", self.save)
        self.other_button("先不改", self.host.close_panel)

    def save(self) -> None:
        """Keep the facts."""
        if self.sheet.ready():
            dispute = self.form.dispute(self.dossier.dispute)
            self.host.finish(lambda: disputes.save_dispute(self.desk, dispute), "已保存。")


class PartyPanel(Panel):
    """One party, new or to be mended; the argument is its id, or nothing for a new one."""

    key: ClassVar[str] = "party"
    heading: ClassVar[str] = "当事人"

    def build(self) -> None:
        """Show the party."""
        dispute = self.dossier.dispute
        self.form = PartyForm(
            self.desk.codes,
            self.today,
            ask=self.host.ask,
            dispute_id=dispute.id,
            village=dispute.village,
        )
        self.form.dispute_wanted.connect(self.host.show_dispute)
        self.old = self.dossier.party(UUID(str(self.argument))) if self.argument else None
        if self.old:
            self.form.show_party(self.old)
        self.sheet.add("party", self.form)
        self.main_button("保存当事人", self.save)
        if self.old:
            self.other_button("移除这名当事人", self.remove, icon="delete")
        self.other_button("先不改", self.host.close_panel)

    def save(self) -> None:
        """Keep the party."""
        if not self.sheet.ready():
            return
        last = max((party.position for party in self.dossier.parties), default=-1)
        party = self.form.party(
            self.old.id if self.old else self.desk.new_id(),
            self.dossier.dispute.id,
            self.old.position if self.old else last + 1,
            self.old,
        )
        known = party.person_id is not None

        def done(change: Change) -> str:
            if "person" not in change.kinds:
                return "已保存当事人。"
            beside = "人员库里的资料也已更新，别的纠纷不变。" if known else "已记入人员库，下次不用再填。"
            return f"已保存当事人。{beside}"

        self.host.finish(lambda: disputes.save_party(self.desk, party), done)

    def remove(self) -> None:
        """Take the party out; it stays in the history."""
        if self.old:
            party = self.old
            self.host.finish(
                lambda: disputes.remove_party(self.desk, party, "登记有误"), "已移除，历史记录中仍可查到。"
            )


class InvitedPanel(Panel):
    """参加人, invited with the parties' consent (第20条).

    The argument is its id, or nothing for a new one.
    """

    key: ClassVar[str] = "invited"
    heading: ClassVar[str] = "参加人"
    explains: ClassVar[str] = "经当事人同意，可以邀请亲属、邻里、同事、专业人员等参加；参加人不是当事人。"

    def build(self) -> None:
        """Show the participant."""
        kept = {str(guest.id): guest for guest in self.dossier.invited}
        self.old = kept.get(str(self.argument))
        self.form = Form(columns=3)
        self.form.add("name", "姓名", LineEdit(), required=True)
        self.form.add("role", "身份（如村民小组长、民警）", LineEdit())
        self.form.add("consent", "同意", Tick("各方当事人同意其参加"))
        if self.old:
            self.form.set_values({name: getattr(self.old, name) for name in self.form.fields})
        self.sheet.add("invited", self.form)
        self.main_button("保存参加人", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the participant."""
        if not self.sheet.ready():
            return
        base = self.old or records.InvitedParticipant(
            id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, name=""
        )
        guest = replace(base, **self.form.values())
        self.host.finish(lambda: disputes.save_records(self.desk, "登记参加人", guest), "已保存参加人。")
