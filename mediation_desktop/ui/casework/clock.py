"""Panels of the time limit: pause and go on, regrade, extend, an order from above."""

from typing import ClassVar

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.limits import Deadline, clock_of
from mediation_desktop.services import clock, queries
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit, LineEdit
from mediation_desktop.ui.widgets.form import Form


class ClockPanel(Panel):
    """A panel that says how the time limit stands before it asks."""

    def build(self) -> None:
        """Say how the clock stands, then ask."""
        limit = queries.deadline_of(self.desk, clock_of(self.dossier))
        if limit:
            self.sheet.say(deadline_told(limit, self.dossier.dispute.deadline_above_by))
        self.form = Form(columns=3)
        self.ask()
        self.sheet.add(self.key, self.form)
        self.main_button(self.heading, self.save, icon="clock")
        self.other_button("先不办", self.host.close_panel)

    def ask(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def save(self) -> None:
        """Keep what was asked."""
        raise NotImplementedError


class PausePanel(ClockPanel):
    """The clock stands still for a reason of the table."""

    key: ClassVar[str] = "pause"
    heading: ClassVar[str] = "暂停期限"
    explains: ClassVar[str] = "暂停的日子不计入办结期限；原因消除后请及时恢复。"

    def ask(self) -> None:
        """Ask from when and why."""
        reasons = options.of_table(self.desk.codes.pause_reasons)
        self.form.add("reason_code", "原因", Choice(reasons), required=True)
        self.form.add("from_on", "从哪一天起", DateEdit(self.today), required=True)
        self.form.add("note", "说明", LineEdit())
        self.form.set_values({"from_on": self.today()})

    def save(self) -> None:
        """Stop the clock."""
        if self.sheet.ready():
            values, dispute_id = self.form.values(), self.dossier.dispute.id
            self.host.finish(lambda: clock.pause(self.desk, dispute_id, **values), "期限已暂停。")


class ResumePanel(ClockPanel):
    """The clock goes on."""

    key: ClassVar[str] = "resume"
    heading: ClassVar[str] = "恢复计算期限"

    def ask(self) -> None:
        """Ask from when the days count again."""
        self.form.add("on", "从哪一天起继续计算", DateEdit(self.today), required=True)
        self.form.set_values({"on": self.today()})

    def save(self) -> None:
        """Let the clock go on."""
        if self.sheet.ready():
            on, dispute_id = self.form.values()["on"], self.dossier.dispute.id
            self.host.finish(lambda: clock.resume(self.desk, dispute_id, on), "期限已恢复计算。")


class RegradePanel(ClockPanel):
    """Another grade, with its reason; the start of the clock stays."""

    key: ClassVar[str] = "regrade"
    heading: ClassVar[str] = "调整等级"
    explains: ClassVar[str] = "起算日期不变，按新等级的天数重新算最后一日。"

    def ask(self) -> None:
        """Ask for the grade and the reason."""
        self.form.add("grade_code", "新等级", Choice(options.of_table(self.desk.codes.grades)), required=True)
        self.form.add("on", "调整日期", DateEdit(self.today), required=True)
        self.form.add("reason", "原因", LineEdit(), required=True)
        self.form.set_values({"on": self.today()})

    def save(self) -> None:
        """Keep the new grade."""
        if self.sheet.ready():
            values, dispute_id = self.form.values(), self.dossier.dispute.id
            self.host.finish(lambda: clock.regrade(self.desk, dispute_id, **values), "已调整等级。")


class ExtendPanel(ClockPanel):
    """A later last day that all parties agreed to."""

    key: ClassVar[str] = "extend"
    heading: ClassVar[str] = "延长期限"
    explains: ClassVar[str] = (
        "要各方都同意，并在各方签字的调解记录里写上：各方同意调解期限延长至某年某月某日。"
    )

    def ask(self) -> None:
        """Ask until when, and when it was agreed."""
        self.form.add("until_on", "延长至（最后一日）", DateEdit(self.today), required=True)
        self.form.add("agreed_on", "各方同意的日期", DateEdit(self.today), required=True)
        self.form.add("note", "写在哪份记录里", LineEdit())
        self.form.set_values({"agreed_on": self.today()})

    def save(self) -> None:
        """Keep the extension."""
        if self.sheet.ready():
            values, dispute_id = self.form.values(), self.dossier.dispute.id
            self.host.finish(lambda: clock.extend(self.desk, dispute_id, **values), "已延长期限。")


class AbovePanel(ClockPanel):
    """A last day set by the township or county."""

    key: ClassVar[str] = "above"
    heading: ClassVar[str] = "登记上级期限"
    explains: ClassVar[str] = "上级交办时定了最后一日的，以上级定的为准，本单位不能暂停或延长。"

    def ask(self) -> None:
        """Ask for the day and who set it."""
        self.form.add("last_day", "最后一日", DateEdit(self.today), required=True)
        self.form.add("by", "哪个单位定的", LineEdit(), required=True)

    def save(self) -> None:
        """Keep the order."""
        if self.sheet.ready():
            values, dispute_id = self.form.values(), self.dossier.dispute.id
            self.host.finish(
                lambda: clock.set_from_above(self.desk, dispute_id, **values), "已登记上级期限。"
            )


def deadline_told(limit: Deadline, above_by: str) -> str:
    """Say how a time limit stands: last day, natural days, paused days."""
    last = f"最后一日：{printed(limit.last_day)}"
    if limit.from_above:
        return f"{last}（{above_by}定的期限）。受理以来{limit.gone}个自然日。"
    paused = f"，其中扣除暂停日{limit.paused}天" if limit.paused else ""
    now = "，现在暂停中" if limit.paused_now else ""
    return f"{last}。受理以来{limit.gone}个自然日{paused}{now}。"
