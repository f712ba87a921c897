"""个人密码: who can open special records, and letting somebody into the earlier ones."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from mediation_desktop.services import special
from mediation_desktop.services.desk import Change
from mediation_desktop.services.special import Resealed
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.entry.fields import NewPasswordEdit, PasswordEdit, RepeatEdit
from mediation_desktop.ui.shell import Page
from mediation_desktop.ui.shell.confirm import confirm
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.form import Form


class PersonalCard(Card):
    """The personal password of the person at the desk."""

    def __init__(self, page: Page, at_desk: AtDesk) -> None:
        super().__init__("个人密码（专门登记用）")
        self._page = page
        self._at_desk = at_desk
        first = NewPasswordEdit()
        self.form = Form()
        self.form.add("mine", "现在的个人密码", PasswordEdit(), required=True)
        self.form.add("new", "新的个人密码", first, required=True)
        self.form.add("again", "再输一次", RepeatEdit(first), required=True)
        self.state = label("", "strong")
        self.set_button = button("设个人密码", self._set, icon="lock")
        self.change_button = button("改个人密码", self._change, icon="lock")
        self.forgotten_button = button("忘了，重新设", self._forgotten)
        self.share_button = button(
            "让他也能看以前的", self._share, hint="后来设了个人密码的人，从此也能打开您打得开的专门登记"
        )
        row = QHBoxLayout()
        for each in (self.set_button, self.change_button, self.share_button, self.forgotten_button):
            row.addWidget(each)
        row.addStretch(1)
        told = "强制报告、单独询问这些专门登记，只有个人密码打得开；办公密码和恢复单都不行。"
        self.body.addWidget(label(told, "soft"))
        self.body.addWidget(self.state)
        self.body.addWidget(self.form)
        self.body.addLayout(row)
        at_desk.switched.connect(self.show_state)

    def show_state(self) -> None:
        """Say who has one; ask for what the person at the desk may do."""
        desk = self._at_desk.desk
        holders = special.key_holders(desk)
        mine = desk.actor in holders
        names = "、".join(holders) or "还没有人"
        self.state.setText(f"设了个人密码的：{names}。当前：{desk.actor}，{'已设' if mine else '还没有设'}。")
        self.form.set_shown(("mine",), shown=mine)
        self.form.clear()
        self.set_button.setVisible(not mine)
        for each in (self.change_button, self.forgotten_button):
            each.setVisible(mine)
        self.share_button.setVisible(mine and len(holders) > 1)

    def _set(self) -> None:
        if self.form.ready():
            desk, password = self._at_desk.desk, self.form.values()["new"]
            self._run(lambda: special.set_personal_password(desk, password), "已设个人密码。")

    def _change(self) -> None:
        if self.form.ready():
            desk, values = self._at_desk.desk, self.form.values()
            self._run(
                lambda: special.change_personal_password(desk, values["mine"], values["new"]),
                "个人密码已改。",
            )

    def _forgotten(self) -> None:
        values, desk = self.form.values(), self._at_desk.desk
        if not values["new"] or values["new"] != values["again"]:
            self.form.ask("again" if values["new"] else "new", "请填写新的个人密码，两次一样。")
            return
        gone = "以前的专门登记您就打不开了，要等别的打得开的人让您看；只有您一个人打得开的，从此谁也打不开。"
        if confirm(self, "重新设个人密码？", gone, "重新设"):
            self._run(
                lambda: special.set_personal_password(desk, values["new"], forgotten=True),
                "已重新设个人密码。",
            )

    def _share(self) -> None:
        field, desk = self.form.fields["mine"], self._at_desk.desk
        if not field.check(complete=True):
            field.take_focus()
            return
        password = field.editor.value()
        self._page.work(lambda _progress: special.let_read_earlier(desk, password), on_success=self._shared)

    def _shared(self, resealed: Resealed) -> None:
        self.show_state()
        self._page.workspace.broadcast(resealed.change)
        left = f"另有 {resealed.closed} 条您打不开。" if resealed.closed else ""
        holders = "、".join(special.key_holders(self._at_desk.desk))
        self._page.banner.success(f"以前的 {resealed.done} 条，{holders}都能看了。", left)

    def _run(self, run: Callable[[], Change], done: str) -> None:
        """Run an action of this card and show what is true then."""
        self._page.act(run, done=done, on_success=lambda _change: self.show_state())
