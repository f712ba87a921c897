"""The log: one rotating file in the data folder, free of anybody's data.

The log is written in English.  Chinese text in it could only be somebody's words, so ``redact`` takes
it out, with every number as long as a telephone number (which covers ID cards, accounts and birth
dates), the values of database statements, and whatever was named to ``keep_out``.  Ids and digests of
records stay, so that a line can be traced inside the office and means nothing outside it.
"""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

from mediation_desktop.system.files import problem

REMOVED = "[removed]"
"""Stands where something was taken out."""

_BYTES_PER_FILE = 1_000_000
_OLD_FILES = 4
_NAME = "mediation-desktop"

_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SENSITIVE = rf"""(?x)
      (?P<kept> \b[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}\b | \b[0-9a-f]{{64}}\b )
    | \[parameters:\ .*\]                               # SQLAlchemy shows bound values like this
    | [{_HAN}](?:[\s·•.\-0-9A-Za-z]{{0,3}}[{_HAN}])*    # with a name's dot or a door number between
    | (?:\\+(?:x[0-9a-f]{{2}}|u[0-9a-f]{{4}}|U[0-9a-f]{{8}})){{2,}}  # Chinese as bytes and ASCII show it
    | \+?\d(?:[\s()\-]{{0,2}}\d){{6,}}[Xx]?
    """
"""Compiled at its first use, for it takes a while and most starts log nothing."""
_kept_out: set[str] = set()


def keep_out(*values: str) -> None:
    """Have these values removed from everything logged or reported from now on.

    For personal values that no pattern knows: a name in Latin letters, a password, a folder named after
    its user.  Values of fewer than two characters are passed over, they would make the log unreadable.
    """
    _kept_out.update(value for value in values if len(value) > 1)


def redact(text: str) -> str:
    """Return ``text`` without personal data, fit for a log or a crash report."""
    for value in sorted(_kept_out, key=len, reverse=True):
        text = text.replace(value, REMOVED)
    return re.sub(_SENSITIVE, lambda match: match["kept"] or REMOVED, text)


class _RedactingFormatter(logging.Formatter):
    """Redacts the whole line with its traceback, all but the time in front."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{self.formatTime(record)} {redact(super().format(record))}"


def install(folder: Path) -> Path:
    """Send what the program logs from INFO upwards to ``folder``/mediation-desktop.log; return that file.

    The folder is made when it is missing; an earlier installation is closed.  At most five files of
    1 MB are kept.  Other libraries are heard from WARNING upwards.

    Raises:
        EnvironmentProblem: the folder cannot be made or written.
    """
    close()
    path = folder / f"{_NAME}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=_BYTES_PER_FILE, backupCount=_OLD_FILES, encoding="utf-8"
        )
    except OSError as error:
        raise problem(error, path) from error
    handler.name = _NAME
    handler.setFormatter(_RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
    keep_out(str(Path.home()))
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("mediation_desktop").setLevel(logging.INFO)
    return path


def close() -> None:
    """Stop logging to the file and let go of it, so that the folder can be moved or removed."""
    root = logging.getLogger()
    for handler in [item for item in root.handlers if item.name == _NAME]:
        root.removeHandler(handler)
        handler.close()
