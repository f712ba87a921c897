"""The lock: asks for the office password, or for the recovery code when it is forgotten."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mediation_desktop.domain.checks import Weight
from mediation_desktop.domain.errors import UserError
from mediation_desktop.ui.entry.fields import NewPasswordEdit, PasswordEdit, RepeatEdit
from mediation_desktop.ui.entry.screen import EntryScreen, OneOf
from mediation_desktop.ui.operations import ExpectedError, Operations
from mediation_desktop.ui.shell.window import PROGRAM_NAME
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form

_WIDTH_EMS = 30


class UnlockScreen(EntryScreen):
    """``passed(result)`` with what ``enter`` or ``recover`` returned.

    Args:
        operations: runs both, they take a third of a second or more.
        lead: a sentence under the title.
        enter: called with the password; raises ``UserError`` when it is wrong.
        recover: called with the recovery code and a new password; without it the way is not offered.
    """

    passed = Signal(object)

    def __init__(
        self,
        operations: Operations,
        lead: str,
        enter: Callable[[str], object],
        recover: Callable[[str, str], object] | None = None,
    ) -> None:
        super().__init__(operations, PROGRAM_NAME, lead, width_ems=_WIDTH_EMS)
        self._enter = enter
        self._recover = recover
        self.form = Form(columns=1)
        self._password = PasswordEdit()
        self.form.add("password", "办公密码", self._password, required=True)
        self.forgotten = button("忘记密码", self._show_recovery, kind="quiet")
        self.forgotten.setVisible(recover is not None)
        self.enter_button = button("进入", self._try_password, kind="primary", icon="lock")
        self._code = LineEdit()
        self.recovery = _recovery_form(self._code)
        self.recover_button = button("打开并改用新密码", self._try_code, kind="primary")
        back = button("返回", self._show_password, kind="quiet")
        self._ways = OneOf(
            self._card("请输入密码", self.form, self.enter_button, self.forgotten),
            self._card("用恢复单打开", self.recovery, self.recover_button, back),
        )
        self.body.addWidget(self._ways)
        self.form.completed.connect(self._try_password)
        self.recovery.completed.connect(self._try_code)
        self._show_password()

    def _card(self, heading: str, form: Form, go: QWidget, other: QWidget) -> Card:
        card = Card(heading)
        if form is self.recovery:
            card.body.addWidget(label("没有恢复单，请联系保管它的司法所。", "soft"))
        row = QHBoxLayout()
        row.addWidget(go)
        row.addWidget(other)
        row.addStretch(1)
        card.body.addWidget(form)
        card.body.addLayout(row)
        card.body.addStretch(1)
        return card

    def _show_password(self) -> None:
        self._show(0, self._password)

    def _show_recovery(self) -> None:
        self._show(1, self._code)

    def _show(self, at: int, first: QWidget) -> None:
        self.banner.clear()
        self._ways.show_only(at)
        self.setFocusProxy(first)
        first.setFocus()

    def _try_password(self) -> None:
        if self.form.ready():
            password = self._password.value()
            self.work(lambda: self._enter(password), self.passed.emit, self._refuse(self.form, "password"))

    def _try_code(self) -> None:
        recover = self._recover
        if recover and self.recovery.ready():
            code, password = self._code.value(), self.recovery.values()["password"]
            self.work(lambda: recover(code, password), self.passed.emit, self._refuse(self.recovery, "code"))

    def _refuse(self, form: Form, key: str) -> Callable[[ExpectedError], None]:
        """Return what tells a failure: a wrong secret beside its field, the machine's faults above."""

        def tell(error: ExpectedError) -> None:
            if isinstance(error, UserError):
                form.fields[key].show_finding(Weight.FAULT, str(error))
                form.jump(key)
                (self._password if form is self.form else self._code).selectAll()
            else:
                self.banner.problem(error)

        return tell


def _recovery_form(code: LineEdit) -> Form:
    form = Form(columns=1)
    first = NewPasswordEdit()
    form.add("code", "恢复码", code, required=True, hint="照恢复单抄写，大小写和空格都不要紧")
    form.add("password", "新的办公密码", first, required=True, hint="至少 8 个字")
    form.add("again", "确认密码", RepeatEdit(first), required=True)
    return form
