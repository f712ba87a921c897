"""The help of the present page, beside it rather than over it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.buttons import icon_button

KEYS_HELP = (
    "Alt+1、Alt+2……　打开左边各项\n"
    "Ctrl+F　查找\n"
    "Ctrl+N　登记纠纷\n"
    "回车　到下一项\n"
    "Ctrl+S　保存正在填的内容（等于按蓝色按钮）\n"
    "Alt+左箭头　返回上一页\n"
    "F1　打开或关上帮助\n"
    "Ctrl+L　锁屏"
)


class HelpPanel(QFrame):
    """Shows a page's ``help_text`` and the keys; Esc or the cross emits ``closed``."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._text = QTextBrowser()
        self._text.setAccessibleName("本页帮助")
        self._cross = icon_button("close", "关上帮助")
        self._cross.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._cross)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(top)
        self._layout.addWidget(self._text, 1)
        self._set_gaps()
        theme().changed.connect(self._set_gaps)

    def explain(self, title: str, text: str) -> None:
        """Show the help of one page."""
        self._title.setText(f"{title}：怎么用")
        self._text.setPlainText(f"{text}\n\n快捷键\n{KEYS_HELP}")

    def take_focus(self) -> None:
        """Put the focus into the text, so that it is read out and can be scrolled."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _set_gaps(self) -> None:
        gap = theme().space("m")
        self._layout.setContentsMargins(gap, gap, gap, gap)
        self.setFixedWidth(theme().ems(19))
