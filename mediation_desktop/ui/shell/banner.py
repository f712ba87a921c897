"""The message bar at the top of a page: a word, an icon, what happened and what to do."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mediation_desktop.ui.look import Tone, set_icon, theme
from mediation_desktop.ui.operations import ExpectedError
from mediation_desktop.ui.widgets.buttons import icon_button, restyle

TONE_WORDS: dict[Tone, str] = {
    "neutral": "",
    "info": "提示",
    "success": "完成",
    "warning": "请注意",
    "error": "没有成功",
}
Action = tuple[str, Callable[[], object]]
"""A button's words and what it does."""


class Banner(QFrame):
    """One message at a time, the newest; it stays until it is closed, replaced or acted on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._icon = QLabel()
        self._text = QLabel()
        self._advice = QLabel()
        for label in (self._text, self._advice):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setProperty("role", "strong")
        self._action, self._also = QPushButton(), QPushButton()
        self._close = icon_button("close", "关闭这条提示")
        self._close.clicked.connect(self.clear)
        self._todo: dict[QPushButton, Callable[[], object]] = {}
        for each in (self._action, self._also):
            each.clicked.connect(self._act)
        self._lay_out()
        self.hide()

    def info(self, text: str, advice: str = "", action: Action | None = None) -> None:
        """Show something worth knowing."""
        self._show("info", text, advice, action)

    def success(
        self, text: str, advice: str = "", action: Action | None = None, also: Action | None = None
    ) -> None:
        """Show that something was done; two things may be offered next."""
        self._show("success", text, advice, action, also)

    def warning(self, text: str, advice: str = "", action: Action | None = None) -> None:
        """Show something to look at twice."""
        self._show("warning", text, advice, action)

    def error(self, text: str, advice: str = "", action: Action | None = None) -> None:
        """Show that something did not work, and what to do."""
        self._show("error", text, advice, action)

    def problem(self, error: ExpectedError) -> None:
        """Show a failure with its own advice."""
        self._show("error", error.text, error.advice, None)

    def clear(self) -> None:
        """Take the message away; a focus inside goes on to the page."""
        if self.isAncestorOf(self.focusWidget() or self):
            self.focusNextChild()
        self.hide()

    @property
    def message(self) -> str:
        """The sentence shown, as a screen reader says it; empty when nothing is shown."""
        return "" if self.isHidden() else self.accessibleName()

    @property
    def offer(self) -> str:
        """The words of the button that is offered; empty when none is."""
        return "" if self.isHidden() or self._action not in self._todo else self._action.text()

    def _show(
        self, tone: Tone, text: str, advice: str, action: Action | None, also: Action | None = None
    ) -> None:
        set_icon(self._icon, tone, f"on_{tone}")
        self._text.setText(f"{TONE_WORDS[tone]}：{text}")
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._todo = {}
        for each, offered in ((self._action, action), (self._also, also)):
            each.setVisible(offered is not None)
            if offered:
                words, self._todo[each] = offered
                each.setText(words)
                each.setAccessibleName(words)
        self.setAccessibleName(f"{TONE_WORDS[tone]}：{text}{advice}")
        restyle(self, tone)
        self.show()
        self._announce(urgent=tone == "error")

    def _act(self) -> None:
        todo = self._todo.get(cast("QPushButton", self.sender()))
        self.clear()
        if todo:
            todo()

    def _announce(self, *, urgent: bool) -> None:
        """Have a screen reader say it at once, wherever the focus is."""
        event = QAccessibleAnnouncementEvent(self, self.accessibleName())
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme().space("xs"))
        words.addWidget(self._text)
        words.addWidget(self._advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().space("m"), theme().space("s"), theme().space("s"), theme().space("s"))
        row.setSpacing(theme().space("s"))
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._action)
        row.addWidget(self._also)
        row.addWidget(self._close)
