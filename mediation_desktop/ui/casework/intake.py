"""Panels of the beginning: accept, tell rights and duties, mend facts and parties, end without agreement."""

from datetime import datetime, time
from functools import partial
from typing import ClassVar, cast
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.lifecycle import NEEDS_REASON, Action
from mediation_desktop.domain.papers import kind_of_paper
from mediation_desktop.services import disputes
from mediation_desktop.services.disputes import ACTION_NAMES
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.dispute_form import DisputeForm
from mediation_desktop.ui.casework.panel import Panel, lines_of
from mediation_desktop.ui.casework.party_form import PartyForm
from mediation_desktop.ui.shell.banner import Action as Offer
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, TextEdit, Tick, TimeEdit
from mediation_desktop.ui.widgets.form import Form

_ROUTES = "向人民法院起诉\n申请仲裁\n请求有关行政机关处理"
_MIDNIGHT = time()


class StepPanel(Panel):
    """One step of the table: the day, and the reason where nobody may take it without one."""

    key: ClassVar[str] = "step"

    def build(self) -> None:
        """Ask for the day and the reason."""
        self.action = Action(cast("str", self.argument))
        self.form = Form(columns=3)
        self.form.add("on", f"{ACTION_NAMES[self.action]}日期", DateEdit(self.today), required=True)
        if self.action in NEEDS_REASON:
            self.form.add("reason", "原因", LineEdit(), required=True, rest=True)
        self.form.set_values({"on": self.today()})
        self.sheet.add("step", self.form)
        self.main_button(ACTION_NAMES[self.action], self.save, icon="done")
        if self.action is Action.ACCEPT:
            self.other_button("不予受理", lambda: self.host.open_panel("end", Action.DECLINE))

    def save(self) -> None:
        """Take the step."""
        if not self.sheet.ready():
            return
        values, dispute_id = self.form.values(), self.dossier.dispute.id
        self.host.finish(
            lambda: disputes.take_step(
                self.desk, dispute_id, self.action, values["on"], reason=values.get("reason", "")
            ),
            f"已{ACTION_NAMES[self.action]}。",
        )


class EndPanel(Panel):
    """An end without agreement: reason, and the other routes the parties were told (第26条)."""

    key: ClassVar[str] = "end"
    explains: ClassVar[str] = "写明原因，并告知当事人还可以走哪些途径。"

    def build(self) -> None:
        """Ask for day, reason and routes."""
        self.action = Action(cast("str", self.argument))
        self.form = Form(columns=2)
        self.form.add("on", f"{ACTION_NAMES[self.action]}日期", DateEdit(self.today), required=True)
        if self.action is Action.REFER:
            self.form.add("to", "移送给", LineEdit(), required=True)
        self.form.add("reason", "原因", TextEdit(lines=2), required=True, wide=True)
        self.form.add("routes", "已告知的其他途径（一行一项）", TextEdit(lines=3), required=True, wide=True)
        self.form.set_values({"on": self.today(), "routes": _ROUTES})
        self.sheet.add("end", self.form)
        self.main_button(ACTION_NAMES[self.action], self.save, icon="done")
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Record the end."""
        if not self.sheet.ready():
            return
        values, dispute_id = self.form.values(), self.dossier.dispute.id
        outcome = records.Outcome(
            id=self.desk.new_id(),
            dispute_id=dispute_id,
            kind=_OUTCOMES[self.action],
            on=values["on"],
            reason=values["reason"],
            to=values.get("to", ""),
            routes_told=lines_of(values["routes"]),
        )
        self.host.finish(
            lambda: disputes.take_step(self.desk, dispute_id, self.action, outcome.on, outcome=outcome),
            f"已{ACTION_NAMES[self.action]}。",
            offer=self._paper_of(outcome),
        )

    def _paper_of(self, outcome: records.Outcome) -> Offer | None:
        """Offer the paper that tells the parties of it, where there is one."""
        form = _TOLD_BY.get(self.action)
        kind = kind_of_paper(form) if form else None
        if kind is None:
            return None
        look = partial(self.host.look_at_paper, outcome.dispute_id, form=kind.form, subject_id=outcome.id)
        return f"打印{kind.name}", look


_OUTCOMES = {
    Action.DECLINE: "not_accepted",
    Action.REFER: "referred",
    Action.TERMINATE: "terminated",
    Action.WITHDRAW: "withdrawn",
}
_TOLD_BY = {Action.DECLINE: "not_accepted", Action.TERMINATE: "termination"}


class NoticePanel(Panel):
    """权利义务告知: how, when, by whom."""

    key: ClassVar[str] = "notice"
    heading: ClassVar[str] = "权利义务告知"
    explains: ClassVar[str] = "口头告知也算数，请记下时间和告知人。"

    def build(self) -> None:
        """Ask for manner, time and teller."""
        now = self.now_minute()
        self.form = Form(columns=4)
        self.form.add("how", "方式", Choice(options.of_words("口头", "书面")), required=True)
        self.form.add("day", "日期", DateEdit(self.today), required=True)
        self.form.add("time", "时间", TimeEdit())
        self.form.add("teller", "告知人", LineEdit(), required=True)
        self.form.set_values(
            {"how": "口头", "day": now.date(), "time": now.time(), "teller": self.desk.actor}
        )
        self.sheet.add("notice", self.form)
        self.main_button("保存告知记录", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the notice."""
        if not self.sheet.ready():
            return
        values = self.form.values()
        notice = records.Notice(
            id=self.desk.new_id(),
            dispute_id=self.dossier.dispute.id,
            how=values["how"],
            told_at=datetime.combine(values["day"], values["time"] or _MIDNIGHT),
            teller=values["teller"],
        )
        self.host.finish(lambda: disputes.give_notice(self.desk, notice), "已记下权利义务告知。")


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
        self.form = PartyForm(self.desk.codes, self.today)
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
        self.host.finish(lambda: disputes.save_party(self.desk, party), "已保存当事人。")

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
