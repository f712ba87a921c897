"""Panels that move a dispute on: accept it or not, take a step, end it without an agreement."""

from typing import ClassVar, cast

from mediation_desktop.domain import records
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.lifecycle import NEEDS_REASON, Action
from mediation_desktop.services import disputes
from mediation_desktop.services.disputes import ACTION_NAMES
from mediation_desktop.ui.casework.panel import Panel, lines_of, paper_offer
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.ticks import TickList


class AcceptPanel(Panel):
    """受理: the questions that bar acceptance first; one yes leads to 不予受理 with its reason."""

    key: ClassVar[str] = "accept"
    heading: ClassVar[str] = "受理"
    explains: ClassVar[str] = "先看有没有不能受理的情形：有的打勾，都没有就直接受理。"

    def build(self) -> None:
        """Ask the questions and the day."""
        self.form = Form(columns=3)
        self.form.add("yes", "受理审查", acceptance_questions(self.desk.codes), wide=True)
        self.form.add("on", "受理日期", DateEdit(self.today), required=True)
        last = self.dossier.acceptance_checks[-1:]
        self.form.set_values(
            {"on": self.today(), "yes": [one.code for check in last for one in check.answers if one.yes]}
        )
        self.form.edited.connect(self._follow)
        self.sheet.add("accept", self.form)
        self.main_button("受理", self.save, icon="done")
        self.other_button("不予受理", lambda: self.host.open_panel("end", Action.DECLINE))
        self._follow()

    def save(self) -> None:
        """Accept, or note what bars it and go on to 不予受理."""
        if not self.sheet.ready():
            return
        values, dispute_id = self.form.values(), self.dossier.dispute.id
        check = disputes.acceptance_check(self.desk, dispute_id, values["yes"])
        if values["yes"]:
            self.host.finish(
                lambda: disputes.save_records(self.desk, "受理审查", check),
                "已记下审查结果，不能受理的请办理不予受理。",
            )
            return
        self.host.finish(
            lambda: disputes.accept(self.desk, check, values["on"]),
            "已受理。",
        )

    def _follow(self) -> None:
        if self.main:
            self.main.setText("记下，转到不予受理" if self.form.values()["yes"] else "受理")


def acceptance_questions(codes: CodeTables) -> TickList:
    """Return one box for every question whose yes bars acceptance."""
    asked = [one for one in codes.end_reasons.entries if one.question]
    return TickList([Option(one.code, one.question) for one in asked])


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
        self.reasons = {
            one.code: one for one in self.desk.codes.end_reasons.entries if OUTCOMES[self.action] in one.ends
        }
        self.form = Form(columns=2)
        choices = [Option(one.code, one.name, " ".join(one.aliases)) for one in self.reasons.values()]
        self.form.add("reason_code", "原因归类", Choice(choices), required=True)
        self.form.add("on", f"{ACTION_NAMES[self.action]}日期", DateEdit(self.today), required=True)
        if self.action is Action.REFER:
            self.form.add("to", "移送给", LineEdit(), required=True)
        self.form.add("reason", "原因", TextEdit(lines=2), required=True, wide=True)
        self.form.add("routes", "已告知的其他途径（一行一项）", TextEdit(lines=3), required=True, wide=True)
        self.form.set_values({"on": self.today(), "reason_code": self._likely_reason()})
        self._followed: str | None = None
        self._follow()
        self.form.edited.connect(self._follow)
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
            kind=OUTCOMES[self.action],
            on=values["on"],
            reason_code=values["reason_code"],
            reason=values["reason"],
            to=values.get("to", ""),
            routes_told=lines_of(values["routes"]),
        )
        form = _TOLD_BY.get(self.action)
        self.host.finish(
            lambda: disputes.take_step(self.desk, dispute_id, self.action, outcome.on, outcome=outcome),
            f"已{ACTION_NAMES[self.action]}。",
            offer=paper_offer(self.host, form, outcome.id) if form else None,
        )

    def _likely_reason(self) -> str | None:
        """Return what is known already: what barred acceptance, or a refusal."""
        barred = [
            one.code for check in self.dossier.acceptance_checks[-1:] for one in check.answers if one.yes
        ]
        if self.dossier.barred_since():
            barred.append("refused")
        return next((code for code in barred if code in self.reasons), None)

    def _follow(self) -> None:
        """Fill in the words and routes of a reason just chosen, where nobody wrote others."""
        values = self.form.values()
        code = values["reason_code"]
        if code == self._followed or code not in self.reasons:
            return
        before = self.reasons.get(self._followed or "")
        chosen, self._followed = self.reasons[code], code
        filled = {"reason": chosen.name, "routes": "\n".join(chosen.routes)}
        untouched = {"reason": before.name, "routes": "\n".join(before.routes)} if before else {}
        self.form.set_values(
            {key: text for key, text in filled.items() if values[key] in ("", untouched.get(key))}
        )


OUTCOMES = {
    Action.DECLINE: "not_accepted",
    Action.REFER: "referred",
    Action.TERMINATE: "terminated",
    Action.WITHDRAW: "withdrawn",
}
"""The kind of outcome that each end without an agreement leaves."""

_TOLD_BY = {Action.DECLINE: "not_accepted", Action.TERMINATE: "termination"}
"""The form that tells the parties of an end."""
