"""Panels of the archive: put the dossier away with its 保管期限, or set another one."""

from typing import ClassVar

from mediation_desktop.services import retention
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import DateEdit
from mediation_desktop.ui.widgets.form import Form


class ArchivePanel(Panel):
    """归档: the day and how long the dossier is kept."""

    key: ClassVar[str] = "archive"
    heading: ClassVar[str] = "归档"
    explains: ClassVar[str] = "保管期限按纠纷类型和等级预填，可以改；到期只提醒，不会自动销毁。"

    def build(self) -> None:
        """Ask for both."""
        self.form = Form(columns=3)
        self.form.add("on", "归档日期", DateEdit(self.today), required=True)
        self.form.add(
            "retention", "保管期限", Choice(options.of_table(self.desk.codes.retention)), required=True
        )
        proposed = retention.proposed(self.desk, self.dossier.dispute)
        self.form.set_values({"on": self.today(), "retention": proposed or None})
        self.sheet.add("archive", self.form)
        self.main_button("归档", self.save, icon="archive")

    def save(self) -> None:
        """Archive the dispute."""
        if not self.sheet.ready():
            return
        values, dispute_id = self.form.values(), self.dossier.dispute.id
        self.host.finish(
            lambda: retention.archive(self.desk, dispute_id, values["on"], values["retention"]), "已归档。"
        )


class RetentionPanel(Panel):
    """Another 保管期限 for a dossier in the archive."""

    key: ClassVar[str] = "retention"
    heading: ClassVar[str] = "改保管期限"
    explains: ClassVar[str] = "期限仍从归档那天算起。"

    def build(self) -> None:
        """Show the one in force."""
        self.form = Form(columns=3)
        self.form.add(
            "retention", "保管期限", Choice(options.of_table(self.desk.codes.retention)), required=True
        )
        self.form.set_values({"retention": self.dossier.dispute.retention_code or None})
        self.sheet.add("retention", self.form)
        self.main_button("保存", self.save)
        self.other_button("先不改", self.host.close_panel)

    def save(self) -> None:
        """Keep it."""
        if not self.sheet.ready():
            return
        code, dispute_id = self.form.values()["retention"], self.dossier.dispute.id
        self.host.finish(lambda: retention.set_retention(self.desk, dispute_id, code), "已改保管期限。")
