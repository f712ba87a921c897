"""Read the code tables: an office's own file wins over the one that came with the program."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mediation_desktop.domain.codes import TABLES, CodeTables
from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.paths import resource


def load_codes(folders: Sequence[Path] = ()) -> CodeTables:
    """Return the code tables in force.

    Each is the file ``<table>.toml`` of the first of ``folders`` that has one, else the shipped file.
    An office's own files are read at once, to hear of a broken one before the work begins; shipped ones
    when they are first asked for.

    Raises:
        UserError: a file is broken; file and line are named.
    """
    codes = CodeTables(lambda name: _data(name, folders))
    for name in _NAMES:
        if any((folder / f"{name}.toml").exists() for folder in folders):
            getattr(codes, name)
    return codes


_NAMES = (*TABLES, "numbering", "holidays", "wording")


def _data(name: str, folders: Sequence[Path]) -> tuple[dict[str, Any], str]:
    places = (*folders, resource("codes"))
    path = next(path for place in places if (path := place / f"{name}.toml").exists())
    return _parsed(path), path.name


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError(f"“{path.name}”不是 UTF-8 编码。", "请用记事本另存为，编码选择 UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"第 {line[1]} 行" if line else "最后一行"
        raise UserError(f"“{path.name}”{where}写得不对。", "请检查这一行的引号、等号和括号。") from error
