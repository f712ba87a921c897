"""The crash window: our own mistakes, told plainly, with a report that names nobody."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from mediation_desktop import __version__
from mediation_desktop.system.clock import Clock, wall_time
from mediation_desktop.system.files import write_file
from mediation_desktop.system.log import redact
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.buttons import button

_log = logging.getLogger(__name__)


def crash_report(error: BaseException, at: datetime) -> str:
    """Return what a developer needs and nothing that names a person: versions and a redacted traceback."""
    trace = "".join(traceback.format_exception(error))
    head = (
        f"mediation-desktop {__version__}\n"
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, Qt {qVersion()}\n"
    )
    return f"{at:%Y-%m-%d %H:%M}\n{redact(head + trace)}"


class CrashWindow(QDialog):
    """Says that the program made a mistake, that the data is safe, and offers the report."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("程序出了差错")
        text = QLabel(
            "刚才这一步没有做成，是程序的差错，不是您的操作有误。已经保存的内容都在，您可以继续工作。\n"
            "请把下面的报告复制或保存下来，交给维护人员。报告里没有姓名、证件号和电话。"
        )
        text.setWordWrap(True)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setAccessibleName("差错报告")
        self._said = QLabel()
        self._said.setWordWrap(True)
        going_on = button("继续工作", self.accept, kind="primary")
        going_on.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(button("复制报告", self._copy, icon="copy"))
        row.addWidget(button("保存报告", self._choose_file, icon="save"))
        row.addStretch(1)
        row.addWidget(going_on)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme().space("m"))
        for part in (text, self._report, self._said):
            layout.addWidget(part)
        layout.addLayout(row)
        self.resize(theme().ems(44), theme().ems(28))

    @property
    def report(self) -> str:
        """The report shown."""
        return self._report.toPlainText()

    def save(self, target: Path) -> None:
        """Write the report to a file, and say how it went."""
        try:
            write_file(target, self.report.encode())
        except EnvironmentProblem as error:
            self._said.setText(str(error))
        else:
            self._said.setText(f"报告已保存为“{target.name}”。")

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report)
        self._said.setText("报告已复制，可以粘贴到别处。")

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "保存报告", "差错报告.txt", "文本文件 (*.txt)")
        if name:
            self.save(Path(name))


class CrashReporter(QObject):
    """Takes every exception that nobody expected, from the worker and from the UI thread alike."""

    _caught = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._window: CrashWindow | None = None
        self._before: Callable[..., object] = sys.excepthook
        self._caught.connect(self.show)

    def install(self) -> None:
        """Hear of exceptions in the UI thread too, until ``remove``."""
        self._before = sys.excepthook
        sys.excepthook = self._hook

    def remove(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before

    def show(self, error: BaseException) -> CrashWindow:
        """Log the exception and show the report; the program goes on."""
        _log.error("unexpected exception", exc_info=error)
        parent = self.parent()
        report = crash_report(error, wall_time(self._clock.now()))
        window = CrashWindow(report, parent if isinstance(parent, QWidget) else None)
        window.open()
        return window

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._before(kind, error, trace)
        else:
            self._caught.emit(error)
