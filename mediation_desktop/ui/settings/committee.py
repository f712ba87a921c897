"""调委会和任期: election and end of term, the Act's rules on composition, and the roster to hand in."""

from typing import Any

from msgspec.structs import replace

from mediation_desktop.domain.dates import printed
from mediation_desktop.services.desk import Change
from mediation_desktop.services.roster import CommitteeView, committee_view, roster, save_term
from mediation_desktop.system.clock import today
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.papers.lists import COPIED, copy_listing, print_listing
from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import DateEdit, Tick
from mediation_desktop.ui.widgets.form import Form


class CommitteeCard(Card):
    """The term is edited; what the Act asks of the members is only told."""

    def __init__(self, page: Page, at_desk: AtDesk) -> None:
        super().__init__("委员会和任期")
        self._page = page
        self._at_desk = at_desk
        self._view: CommitteeView | None = None

        def day() -> Any:
            return today(at_desk.desk.clock)

        self.form = Form(columns=3)
        self.form.add("elected_on", "推选日期", DateEdit(day))
        self.form.add("term_ends_on", "任期届满日期", DateEdit(day), hint="不填就按三年算")
        self.form.add("mixed_area", "民族", Tick("多民族居住的地区"))
        self.findings = label("")
        self.save_button = button("保存任期", self.save, icon="save")
        self.copy_button = button("复制名册", self._copy, icon="copy", hint="粘贴到表格里就是一张名册")
        self.print_button = button("打印名册", self._print, icon="print")
        for each in (self.copy_button, self.print_button, self.save_button):
            self.tools.addWidget(each)
        self.body.addWidget(label("任期届满以前会在工作台上提醒。下面的检查只作提示，不影响使用。", "soft"))
        self.body.addWidget(self.form)
        self.body.addWidget(self.findings)
        self.form.completed.connect(self.save)

    def show_committee(self) -> None:
        """Show the term and what is to be looked at."""
        self._view = view = committee_view(self._at_desk.desk)
        self.form.set_values(
            {
                "elected_on": view.committee.elected_on,
                "term_ends_on": view.term_ends_on,
                "mixed_area": view.committee.mixed_area,
            }
        )
        self.show_findings()

    def show_findings(self) -> None:
        """Look at the members again; the term stays as it is being typed."""
        found = committee_view(self._at_desk.desk).findings
        self.findings.setText(
            "\n".join(f"请核对：{text}" for text in found) or "组成检查：没有发现不合第八条的地方。"
        )

    def save(self) -> None:
        """Keep the term; a new election without another end of term makes a new one."""
        view = self._view
        if view is None or not self.form.ready():
            return
        values = self.form.values()
        stale = values["elected_on"] != view.committee.elected_on
        if stale and values["term_ends_on"] == view.term_ends_on:
            values["term_ends_on"] = None
        committee, desk = replace(view.committee, **values), self._at_desk.desk
        self._page.act(lambda: save_term(desk, committee), done="任期已保存。", on_success=self._told_end)

    def _told_end(self, _change: Change) -> None:
        ends_on = committee_view(self._at_desk.desk).term_ends_on
        if ends_on:
            self._page.banner.success("任期已保存。", f"{printed(ends_on)}届满。")

    def _copy(self) -> None:
        copy_listing(roster(self._at_desk.desk))
        self._page.banner.success(COPIED)

    def _print(self) -> None:
        try:
            print_listing(self, self._at_desk.desk, roster(self._at_desk.desk))
        except EnvironmentProblem as error:
            self._page.banner.problem(error)
