"""本单位: what the office says about itself, edited with history."""

from collections.abc import Mapping

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import OfficeView, example_number, office_view, save_office
from mediation_desktop.system.clock import today
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.entry.fields import NumberWordEdit, TownEdit
from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.widgets.blocks import Card
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Option
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form


class OfficeCard(Card):
    """Edits office, committee and studio together; saving writes only what changed."""

    def __init__(self, page: Page, at_desk: AtDesk) -> None:
        super().__init__("本单位")
        self._page = page
        self._at_desk = at_desk
        self._view: OfficeView | None = None
        codes, year = at_desk.desk.codes, today(at_desk.desk.clock).year
        self.form = Form()
        add = self.form.add
        add("committee", "调解委员会全称", LineEdit(), required=True, wide=True, hint="与印章上的名称一致")
        add("town", "乡镇街道", TownEdit([Option(one.code, one.name) for one in codes.regions.entries]))
        add("village", "村（社区）", LineEdit())
        add("code", "单位代码", LineEdit(), required=True, hint="由县里统一编定，写在数据包的文件名里")
        add("name", "单位简称", LineEdit(), required=True, hint="显示在窗口左上角")
        add("number_word", "编号用字", NumberWordEdit(lambda word: example_number(codes, year, word)))
        add("number_block", "本机字母", LineEdit(), hint="一个单位有两台电脑时各写一个字母，编号才不会重复")
        add("studio", "调解工作室", LineEdit(), hint="没有就不填")
        add("recorder", "记录人", LineEdit(), hint="由调解员自己记录的，可以不填")
        self.save_button = button("保存", self.save, icon="save")
        self.body.addWidget(self.form)
        self.tools.addWidget(self.save_button)
        self.form.completed.connect(self.save)

    def show_office(self) -> None:
        """Show what is kept."""
        self._view = view = office_view(self._at_desk.desk)
        self.form.set_values(
            {
                "committee": view.committee.name,
                "town": view.committee.town,
                "village": view.committee.village,
                "number_word": view.committee.number_word,
                "code": view.office.code,
                "name": view.office.name,
                "number_block": view.office.number_block,
                "recorder": view.office.recorder,
                "studio": view.studio.name if view.studio else "",
            }
        )

    def save(self) -> None:
        """Keep what was edited."""
        view = self._view
        if view is None or not self.form.ready():
            return
        desk = self._at_desk.desk
        items = _edited(desk, view, self.form.values())
        self._page.act(lambda: save_office(desk, *items), done="单位资料已保存。")


def _edited(desk: Desk, view: OfficeView, values: Mapping[str, str]) -> tuple[records.Record, ...]:
    """Return office, committee and studio as the form says; a studio taken out stays in the records."""
    committee = replace(
        view.committee,
        name=values["committee"],
        town=values["town"],
        village=values["village"],
        number_word=values["number_word"],
    )
    studio = view.studio
    if values["studio"]:
        kept = studio or records.Studio(id=desk.new_id(), committee_id=committee.id, name="")
        studio = replace(kept, name=values["studio"])
    office = replace(
        view.office,
        code=values["code"],
        name=values["name"],
        number_block=values["number_block"],
        recorder=values["recorder"],
        studio_id=studio.id if studio and values["studio"] else None,
    )
    return (office, committee, *((studio,) if studio and values["studio"] else ()))
