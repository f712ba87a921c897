"""The window of an office with 10,000 disputes, ready to work, against the least that any program could do.

The bare script imports the libraries that ours had imported by that moment and nothing else: no face is
loaded, no class of Qt is asked for that an empty window does not need.  It opens the same encrypted file with
the same key and shows an empty window.  Neither derives the key from a password.  Both are measured from the
start of the process until the window is painted; ours has the first page's data in it by then.  Python keeps
compiled modules on both sides, as an installed program does.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from big_office import make_big_office
from harness import Figure, paired_commands, run

HERE = Path(__file__).parent
DISPUTES = 10_000
ROUNDS = 15


def figures() -> Iterator[Figure]:
    with TemporaryDirectory(prefix="bench-window-") as name:
        folder = Path(name)
        office, names = folder / "office", folder / "libraries"
        key = make_big_office(office, DISPUTES).hex()
        environment = {word: text for word, text in os.environ.items() if word != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        ours = [sys.executable, HERE / "start_ours.py", office, key]
        run([*ours, names], environment)
        bare = [sys.executable, HERE / "start_bare.py", office, key, names]
        ratio = paired_commands(ours, bare, ROUNDS, environment)
        detail = f"{DISPUTES} disputes, {environment['QT_QPA_PLATFORM']}; {ratio}"
        yield Figure("window ready : bare script", ratio.value, 1.6, "at most", detail)
