"""Small settings of this PC: window size, dark or light, 大字. Nothing of the office's data."""

import json
import logging
from pathlib import Path

from mediation_desktop.system.files import write_file
from mediation_desktop.system.problems import EnvironmentProblem

_log = logging.getLogger(__name__)

FILE_NAME = "window.json"


class FileMemory:
    """Keeps texts by name in one JSON file; a lost or damaged file only means the first look again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts = _read(path)

    def load(self, key: str) -> str:
        """Return the text kept under ``key``, or an empty one."""
        return self._texts.get(key, "")

    def save(self, key: str, text: str) -> None:
        """Keep a text; where the disk refuses, it holds until the program ends."""
        if self.load(key) == text:
            return
        self._texts[key] = text
        try:
            write_file(self._path, json.dumps(self._texts, ensure_ascii=False, indent=1).encode())
        except EnvironmentProblem:
            _log.warning("the window's settings could not be kept", exc_info=True)


def _read(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        _log.warning("the window's settings could not be read", exc_info=True)
        return {}
    return {str(key): str(text) for key, text in kept.items()} if isinstance(kept, dict) else {}
