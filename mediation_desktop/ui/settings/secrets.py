"""密码和恢复单: change the office password; print a recovery sheet, now or when it was put off."""

from PySide6.QtWidgets import QHBoxLayout

from mediation_desktop.services.office import office_view
from mediation_desktop.services.passwords import (
    change_password,
    has_password,
    note_recovery_sheet,
    recovery_sheet_due,
    renew_recovery_code,
)
from mediation_desktop.system.clock import today
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.entry.fields import NewPasswordEdit, PasswordEdit, RepeatEdit
from mediation_desktop.ui.entry.recovery import RecoveryPanel, RecoverySheet
from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.form import Form


class SecretsCard(Card):
    """Both need the present password first."""

    def __init__(self, page: Page, at_desk: AtDesk) -> None:
        super().__init__("密码和恢复单")
        self._page = page
        self._at_desk = at_desk
        first = NewPasswordEdit()
        self.form = Form()
        self.form.add("old", "现在的办公密码", PasswordEdit(), required=True)
        self.form.add("new", "新的办公密码", first, hint="只换恢复单时不用填")
        self.form.add("again", "确认密码", RepeatEdit(first))
        self.change_button = button("改密码", self._change, icon="lock")
        self.renew_button = button("换新恢复码并打印", self._renew, icon="print", hint="旧的恢复单随即作废")
        self.panel: RecoveryPanel | None = None
        self.due = label("", "strong")
        row = QHBoxLayout()
        row.addWidget(self.change_button)
        row.addWidget(self.renew_button)
        row.addStretch(1)
        for part in (self.due, self.form):
            self.body.addWidget(part)
        self.body.addLayout(row)

    def show_state(self) -> None:
        """Say whether the sheet is still to be printed."""
        desk = self._at_desk.desk
        self.setVisible(has_password(desk.folder))
        due = recovery_sheet_due(desk)
        self.due.setText("恢复单还没有打印。忘了密码，没有它就打不开数据。" if due else "")
        self.due.setVisible(due)

    def _change(self) -> None:
        if not self.form.ready():
            return
        values, desk = self.form.values(), self._at_desk.desk
        if not values["new"] or values["new"] != values["again"]:
            self.form.jump("again" if values["new"] else "new")
            return
        self._page.work(
            lambda _progress: change_password(desk.folder, values["old"], values["new"]),
            on_success=lambda _none: self._changed(),
        )

    def _changed(self) -> None:
        self.form.set_values({"old": "", "new": "", "again": ""})
        self._page.banner.success("密码已改。", "恢复单仍然有效。")

    def _renew(self) -> None:
        field, desk = self.form.fields["old"], self._at_desk.desk
        if field.check(complete=True):
            password = field.editor.value()
            self._page.work(lambda _progress: renew_recovery_code(desk, password), on_success=self._show_code)
        else:
            field.take_focus()

    def _show_code(self, code: str) -> None:
        self._put_away()
        desk = self._at_desk.desk
        sheet = RecoverySheet(office_view(desk).committee.name, today(desk.clock), code)
        self.panel = RecoveryPanel(sheet)
        self.panel.failed.connect(self._page.banner.problem)
        self.panel.later.connect(self._put_away)
        self.panel.printed.connect(self._printed)
        self.body.addWidget(self.panel)
        self.panel.setFocus()

    def _printed(self) -> None:
        desk = self._at_desk.desk
        self._page.work(lambda _progress: note_recovery_sheet(desk), on_success=lambda _none: self._noted())

    def _noted(self) -> None:
        self._put_away()
        self.show_state()
        self._page.banner.success("恢复单已打印。", "请封好交司法所代管，销毁旧的恢复单。")

    def _put_away(self) -> None:
        self.form.set_values({"old": ""})
        if self.panel:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
