"""Start the program on an office whose key is at hand; go once its first page is full and painted.

``start_ours.py FOLDER KEY`` starts it.  With a file as a third word, that file gets a line for each
module of an installed library that was loaded by then.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from mediation_desktop.__main__ import load_window

app = load_window()

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from mediation_desktop.services.office import open_with_key  # noqa: E402
from mediation_desktop.ui.shell import MainWindow  # noqa: E402


class Watcher(QObject):
    """Waits until the first page is painted with its data."""

    def begin(self) -> None:
        (window,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
        self.operations = window.workspace.operations
        window.current.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and not self.operations.busy:
            QTimer.singleShot(0, go)
        return super().eventFilter(watched, event)


def go() -> None:
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text("\n".join(libraries()), "utf-8")
    desk.office_file.close()
    os._exit(0)


def libraries() -> Iterator[str]:
    """Yield every module of an installed library that was loaded by then."""
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec and "site-packages" in (spec.origin or ""):
            yield name


application = QApplication(sys.argv[:1])
folder = Path(sys.argv[1])
desk = open_with_key(folder, bytes.fromhex(sys.argv[2]))
watcher = Watcher()
QTimer.singleShot(0, watcher.begin)
app.run_demo_window(folder, desk)
