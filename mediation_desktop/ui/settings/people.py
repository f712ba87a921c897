"""调解员: who works here, who did, and under which name."""

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain import records
from mediation_desktop.domain.records import Mediator
from mediation_desktop.services.office import all_mediators, office_view, save_office
from mediation_desktop.services.roster import set_in_office
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.editors import LineEdit


class MediatorRow(QWidget):
    """One mediator: the name to edit, and whether he or she still works here."""

    def __init__(self, card: "MediatorsCard", mediator: Mediator) -> None:
        super().__init__()
        self._card = card
        self._mediator = mediator
        self.name = LineEdit()
        self.name.set_value(mediator.name)
        self.name.setAccessibleName(f"调解员{mediator.name}的姓名")
        self.save_button = button("改名", self._rename)
        self.save_button.setAccessibleName(f"把{mediator.name}改成框里的姓名")
        self.save_button.setEnabled(False)
        words = "离任" if mediator.active else "复任"
        self.toggle = button(words, self._toggle, hint="离任的不再列出；以前的记录不变")
        self.toggle.setAccessibleName(f"{mediator.name}{words}")
        self.details = button("详情", lambda: card.open(mediator), hint="职务、培训和手上的纠纷")
        self.details.setAccessibleName(f"{mediator.name}的详情")
        self.name.edited.connect(self._note)
        self.name.returnPressed.connect(self._rename)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name, 1)
        if mediator.role:
            row.addWidget(Chip(mediator.role))
        row.addWidget(Chip("在任", "success") if mediator.active else Chip("已离任"))
        row.addWidget(self.save_button)
        row.addWidget(self.toggle)
        row.addWidget(self.details)

    def _note(self) -> None:
        self.save_button.setEnabled(self.name.value() not in ("", self._mediator.name))

    def _rename(self) -> None:
        if self.save_button.isEnabled():
            self._card.save(replace(self._mediator, name=self.name.value()), "姓名已改。以前印出的文书不变。")

    def _toggle(self) -> None:
        active = not self._mediator.active
        done = "已复任。" if active else "已离任，新的纠纷里不再列出。"
        self._card.set_in_office(self._mediator, active=active, done=done)


class MediatorsCard(Card):
    """The office's mediators, and a line to add one."""

    def __init__(self, page: Page, at_desk: AtDesk) -> None:
        super().__init__("调解员")
        self._page = page
        self._at_desk = at_desk
        self.rows: list[MediatorRow] = []
        self._list = QVBoxLayout()
        self.new_name = LineEdit()
        self.new_name.setAccessibleName("新调解员的姓名")
        self.new_name.setPlaceholderText("新调解员的姓名")
        self.add_button = button("添加", self._add, icon="add")
        self.new_name.returnPressed.connect(self._add)
        row = QHBoxLayout()
        row.addWidget(self.new_name, 1)
        row.addWidget(self.add_button)
        self.body.addWidget(label("改名和离任都记入历史；以前的记录和文书不变。", "soft"))
        self.body.addLayout(self._list)
        self.body.addLayout(row)

    def show_mediators(self) -> None:
        """Show who is kept, those in office first."""
        for old in self.rows:
            old.hide()
            old.deleteLater()
        people = sorted(all_mediators(self._at_desk.desk), key=lambda one: not one.active)
        self.rows = [MediatorRow(self, mediator) for mediator in people]
        for row in self.rows:
            self._list.addWidget(row)

    def save(self, mediator: records.Mediator, done: str) -> None:
        """Keep one mediator."""
        desk = self._at_desk.desk
        self._page.act(lambda: save_office(desk, mediator), done=done)

    def set_in_office(self, mediator: records.Mediator, *, active: bool, done: str) -> None:
        """Have somebody leave or come back."""
        desk = self._at_desk.desk
        self._page.act(lambda: set_in_office(desk, mediator, active=active), done=done)

    def open(self, mediator: records.Mediator) -> None:
        """Go to the page of one mediator."""
        self._page.workspace.go("mediator", mediator.id)

    def _add(self) -> None:
        name = self.new_name.value()
        if not name:
            self.new_name.setFocus()
            return
        desk = self._at_desk.desk
        committee = office_view(desk).committee
        fresh = records.Mediator(id=desk.new_id(), committee_id=committee.id, name=name)
        self._page.act(
            lambda: save_office(desk, fresh),
            done="已添加。",
            on_success=lambda _change: self.new_name.clear(),
        )
