"""The strip at the bottom: the last word said, and what is running with progress and cancel."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import Operation, Operations

_SHOW_AFTER_MS = 400
_OLD_NEWS_MS = 10_000


class StatusStrip(QFrame):
    """Shows the running operation when it has a title and lasts long enough to be noticed."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._running: Operation | None = None
        self._word = QLabel()
        self._title = QLabel()
        self._bar = QProgressBar()
        self._cancel = QPushButton("取消")
        self._cancel.setAccessibleName("取消正在进行的工作")
        self._cancel.clicked.connect(self._stop)
        self._fade = QTimer(self, singleShot=True, interval=_OLD_NEWS_MS)
        self._fade.timeout.connect(self._word.clear)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SHOW_AFTER_MS)
        self._wait.timeout.connect(self._appear)
        operations.began.connect(self._began)
        operations.advanced.connect(self._advanced)
        operations.ended.connect(self._ended)
        self._lay_out()
        self._disappear()
        theme().changed.connect(self._set_gaps)

    def say(self, text: str) -> None:
        """Show a short word, such as 已保存, until it is old news."""
        self._fade.start()
        self._word.setText(text)
        self._word.setAccessibleName(f"状态：{text}")

    @property
    def word(self) -> str:
        """The word shown now."""
        return self._word.text()

    def _began(self, operation: Operation) -> None:
        if operation.title:
            self._running = operation
            self._title.setText(operation.title)
            self._bar.setRange(0, 0)
            self._bar.setAccessibleName(f"{operation.title}的进度")
            self._wait.start()

    def _advanced(self, operation: Operation, done: int, total: int, text: str) -> None:
        if operation is self._running:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._title.setText(f"{operation.title}：{text}" if text else operation.title)

    def _ended(self, operation: Operation) -> None:
        if operation is self._running:
            self._running = None
            self._wait.stop()
            self._disappear()

    def _appear(self) -> None:
        for widget in (self._title, self._bar):
            widget.show()
        if self._running:
            self._cancel.setVisible(self._running.cancellable)
            self._cancel.setEnabled(True)

    def _disappear(self) -> None:
        for widget in (self._title, self._bar, self._cancel):
            widget.hide()

    def _stop(self) -> None:
        if self._running:
            self._running.cancel()
            self._cancel.setEnabled(False)
            self._title.setText(f"正在停止：{self._running.title}")

    def _lay_out(self) -> None:
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._word, 1)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._bar)
        self._layout.addWidget(self._cancel)
        self._set_gaps()

    def _set_gaps(self) -> None:
        self._layout.setContentsMargins(
            theme().space("l"), theme().space("xs"), theme().space("m"), theme().space("xs")
        )
        self._layout.setSpacing(theme().space("s"))
        self._bar.setFixedWidth(theme().ems(12))
        self.setMinimumHeight(theme().ems(2.2))
