"""说明理由: why a finding of the check is left as it is."""

from typing import ClassVar

from mediation_desktop.domain.checks import Finding
from mediation_desktop.services import agreements
from mediation_desktop.ui.casework.panel import Host, Panel
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form


class ExplainPanel(Panel):
    """The argument is the finding."""

    key: ClassVar[str] = "explain"
    heading: ClassVar[str] = "照原样保留，说明理由"

    def __init__(self, host: Host, argument: Finding) -> None:
        self.finding = argument
        super().__init__(host, argument)

    def build(self) -> None:
        """Say what was found and ask for the reason."""
        self.sheet.say(self.finding.text)
        self.form = Form(columns=1)
        self.form.add("reason", "理由", LineEdit(), required=True, hint=self.finding.reason)
        self.sheet.add("form", self.form)
        self.main_button("保存理由", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep the reason."""
        if not self.sheet.ready():
            return
        dispute_id, reason = self.dossier.dispute.id, self.form.values()["reason"]
        self.host.finish(
            lambda: agreements.explain(self.desk, dispute_id, self.finding, reason), "已说明理由。"
        )

    @property
    def draft_key(self) -> str:
        """The name of this panel's draft: the check and the record, not the words."""
        return f"dispute/{self.dossier.dispute.id}/{self.key}/{self.finding.code}/{self.finding.record_id}"
