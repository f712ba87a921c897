import subprocess
import sys

SIGNALS = """
import mediation_desktop.ui
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    told = Signal()

sender = Sender()
for _ in range(100_000):
    sender.told.emit()
"""


def test_a_long_day_of_signals_does_not_end_the_program():
    ran = subprocess.run([sys.executable, "-c", SIGNALS], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
