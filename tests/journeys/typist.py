"""Opens the program on an office, types into the register page, and dies without a word.

Run by the test of the power cut as a process of its own: ``typist.py FOLDER TEXT``.
"""

import os
import signal
import sys
from pathlib import Path

from desks import KEY
from helpers import FakeClock, IdCounter
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mediation_desktop.app import Program
from mediation_desktop.services.office import open_with_key

_TWO_SECONDS = 2000


def main(folder, text):
    """Type, wait two seconds, and have the power cut."""
    app = QApplication([])
    program = Program(folder)
    program.window.show()
    program.open(open_with_key(folder, KEY, clock=FakeClock(), new_id=IdCounter()))
    page = program.window.go("register")
    program.operations.drain()
    field = page.dispute_form.fields["summary"].editor
    field.setFocus()
    field.insertPlainText(text)
    QTimer.singleShot(_TWO_SECONDS, lambda: os.kill(os.getpid(), signal.SIGKILL))
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
