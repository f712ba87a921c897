"""电话单: whom to call about a day's sessions, to be read out or copied."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout

from mediation_desktop.services.agenda import Call
from mediation_desktop.ui.pages.words import month_day, weekday
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button

_NO_NUMBER = "没有登记电话"


class CallCard(Card):
    """The phone list of one day; numbers are seen only because somebody asked for them."""

    def __init__(self) -> None:
        super().__init__("电话单")
        self._list = label("")
        self._list.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._list.setAccessibleName("电话单")
        self._said = label("", "small")
        self.copy_button = button("复制电话单", self._copy, icon="copy")
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(button("收起", self.hide))
        buttons.addWidget(self._said, 1)
        self.body.addWidget(self._list)
        self.body.addLayout(buttons)
        self.hide()

    def show_calls(self, day: date, calls: Sequence[Call]) -> None:
        """Show the list of a day."""
        self.heading.setText(f"{month_day(day)} {weekday(day)}的调解要打的电话")
        self._list.setText(call_list(calls) or "这一天没有安排调解。")
        self._said.setText("")
        self.copy_button.setVisible(bool(calls))
        self.show()
        (self.copy_button if calls else self._list).setFocus()

    @property
    def text(self) -> str:
        """The list as shown."""
        return self._list.text()

    def _copy(self) -> None:
        QApplication.clipboard().setText(f"{self.heading.text()}\n{self.text}")
        self._said.setText("已复制，可以粘贴到别处。")


def call_list(calls: Sequence[Call]) -> str:
    """Return the list as text, the people of one session below its time and place."""
    lines: list[str] = []
    last = None
    for call in calls:
        session = (call.starts_at, call.dispute, call.place)
        if session != last:
            lines.append(f"{call.starts_at:%H:%M}　{call.dispute}　{call.place}".rstrip())
            last = session
        lines.append(f"　　{call.name}（{call.role}）　{call.phone or _NO_NUMBER}")
    return "\n".join(lines)
