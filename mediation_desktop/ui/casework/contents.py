"""The panel of the dossier's contents: count the originals, and add what no record knows of."""

from typing import Any, ClassVar

from mediation_desktop.domain import filing
from mediation_desktop.domain.records import FiledItem
from mediation_desktop.services.filing import save_contents
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import LineEdit, NumberEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat


class ContentsPanel(Panel):
    """核对卷内张数: what was counted is filled in; whoever counts otherwise writes it over."""

    key: ClassVar[str] = "contents"
    heading: ClassVar[str] = "核对卷内张数"
    explains: ClassVar[str] = (
        "照卷里的原件数一数，不对的改过来；写0的不列入目录。汇款单、光盘等程序不知道的，加在下面。"
    )

    def build(self) -> None:
        """Ask for every count."""
        self.order = self.desk.codes.dossier_parts
        self.lines = filing.counted(self.dossier, self.order)
        said = {(item.form, item.subject_id): item for item in self.dossier.filed_items}
        self.counts = Form(columns=2)
        for at, line in enumerate(self.lines):
            self.counts.add(f"sheets{at}", f"{line.name}（张数）", NumberEdit())
            self.counts.add(f"note{at}", f"{line.name}备注", LineEdit())
            kept = said.pop((line.form, line.subject_id), None)
            self.counts.set_values(
                {
                    f"sheets{at}": kept.sheets if kept else line.sheets,
                    f"note{at}": kept.note if kept else "",
                }
            )
        self.more = Repeat(self._form, noun="一项材料", more_likely=False)
        self.more.set_values(
            [
                {"form": item.form, "name": item.name, "sheets": item.sheets, "note": item.note}
                for item in said.values()
                if item.subject_id is None
            ]
        )
        if self.lines:
            self.sheet.add("counts", self.counts)
        self.sheet.add("more", self.more, "另外的材料")
        self.main_button("保存目录", self.save)
        self.other_button("先不办", self.host.close_panel)

    def save(self) -> None:
        """Keep what differs from the count, and what was added."""
        if not self.sheet.ready():
            return
        items = (*self._changed(), *(self._item(form.values()) for form in self.more.forms))
        dispute_id = self.dossier.dispute.id
        self.host.finish(lambda: save_contents(self.desk, dispute_id, items), "已保存卷内目录。")

    def _changed(self) -> list[FiledItem]:
        values = self.counts.values()
        found = []
        for at, line in enumerate(self.lines):
            sheets, note = values[f"sheets{at}"], values[f"note{at}"]
            if (sheets, note) != (line.sheets, ""):
                told = {"form": line.form, "name": line.name, "sheets": sheets, "note": note}
                found.append(self._item(told, subject_id=line.subject_id))
        return found

    def _item(self, values: dict[str, Any], **more: Any) -> FiledItem:
        return FiledItem(id=self.desk.new_id(), dispute_id=self.dossier.dispute.id, **values, **more)

    def _form(self) -> Form:
        form = Form(columns=2)
        form.add("form", "归在哪一部分", Choice(options.of_table(self.order)), required=True)
        form.add("name", "材料名称", LineEdit(), required=True)
        form.add("sheets", "张数", NumberEdit())
        form.add("note", "备注", LineEdit())
        return form
