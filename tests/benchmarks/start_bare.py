"""Import the libraries that the third word's file lists, open the office file, show an empty window, go.

``start_bare.py FOLDER KEY LIST``; the list is the one that ``start_ours.py`` wrote.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

for line in Path(sys.argv[3]).read_text("utf-8").splitlines():
    import_module(line)

import sqlcipher3  # noqa: E402
from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: E402


class Watcher(QObject):
    """Waits until the window is painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, go)
        return super().eventFilter(watched, event)


def go() -> None:
    connection.close()
    os._exit(0)


application = QApplication(sys.argv[:1])
connection = sqlcipher3.connect(str(Path(sys.argv[1]) / "office.db"))
connection.execute(f"PRAGMA key = \"x'{sys.argv[2]}'\"")
connection.execute("SELECT name FROM office").fetchone()
window = QMainWindow()
window.resize(1280, 700)
watcher = Watcher()
window.installEventFilter(watcher)
window.show()
QApplication.exec()
