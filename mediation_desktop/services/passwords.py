"""Who may open the office: its password, and the recovery code that is kept on paper."""

import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import (
    PASSWORD_SLOT,
    RECOVERY_SHEET,
    RECOVERY_SLOT,
    open_with_key,
)
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.office_file import KEYS_NAME
from mediation_desktop.system.clock import Clock, today
from mediation_desktop.system.ids import new_id as fresh_id
from mediation_desktop.system.lock import OfficeLock

_GOOD_LENGTH = 12
_FEW = 4


def ensure_free(folder: Path) -> None:
    """Raise ``EnvironmentProblem``, naming who it is, if another program holds this folder's office."""
    with OfficeLock(folder):
        pass


def has_password(folder: Path) -> bool:
    """Tell whether the office has a password; a demonstration opened with its raw key has none."""
    return (folder / KEYS_NAME).exists()


def confirm_password(folder: Path, password: str) -> None:
    """Raise ``UserError`` unless ``password`` opens the office in this folder."""
    keyslots.unlock(folder / KEYS_NAME, password)


def change_password(folder: Path, old: str, new: str) -> None:
    """Give the office another password.

    Raises:
        UserError: the old one is wrong, or the new one too short.
        EnvironmentProblem: the keys cannot be written; the old password still holds.
    """
    keyslots.check_password(new)
    keys = folder / KEYS_NAME
    keyslots.add_password_slot(keys, PASSWORD_SLOT, keyslots.unlock(keys, old), new)


def recover(
    folder: Path,
    code: str,
    new_password: str,
    *,
    clock: Clock | None = None,
    new_id: Callable[[], UUID] = fresh_id,
) -> Desk:
    """Open the office with the code of the recovery sheet and give it a new password.

    The code stays valid; the forgotten password does not.

    Raises:
        UserError: the code is mistyped or wrong, the password too short, or the file cannot be opened.
        EnvironmentProblem: another program holds the office, or the keys cannot be written.
    """
    keyslots.check_password(new_password)
    keys = folder / KEYS_NAME
    key = keyslots.unlock_with_recovery(keys, code)
    desk = open_with_key(folder, key, clock=clock, new_id=new_id)
    try:
        keyslots.add_password_slot(keys, PASSWORD_SLOT, key, new_password)
    except BaseException:
        desk.office_file.close()
        raise
    return desk


def renew_recovery_code(desk: Desk, password: str) -> str:
    """Return a new recovery code for a new sheet; the code of an earlier sheet opens nothing any more.

    Raises:
        UserError: the password is wrong.
    """
    keys = desk.folder / KEYS_NAME
    return keyslots.add_recovery_slot(keys, RECOVERY_SLOT, keyslots.unlock(keys, password))


def recovery_sheet_due(desk: Desk) -> bool:
    """Tell whether the recovery sheet was put off and is still to be printed."""
    with desk.office_file.read() as reader:
        return reader.setting(RECOVERY_SHEET) == "later"


def note_recovery_sheet(desk: Desk) -> None:
    """Note that the recovery sheet was printed today; nobody is reminded any more."""
    with desk.office_file.change(desk.actor, "打印恢复单") as work:
        work.put_setting(RECOVERY_SHEET, today(desk.clock).isoformat())


def password_fault(password: str) -> str:
    """Return why a new password cannot be taken and what to do, or an empty text."""
    try:
        keyslots.check_password(password)
    except UserError as error:
        return str(error)
    return ""


def password_hint(password: str) -> str:
    """Say how good a password is while it is being chosen; empty while nothing is typed."""
    missing = keyslots.SHORTEST_PASSWORD - len(password)
    if not password:
        return ""
    if missing > 0:
        return f"还差 {missing} 个字。"
    if len(set(password)) <= _FEW or _is_run(password):
        return "能用，但很容易被猜到，请换一个。"
    kinds = len({unicodedata.category(letter) for letter in password})
    if len(password) >= _GOOD_LENGTH or kinds > 2:  # noqa: PLR2004 - letters, digits and something else
        return "较强。"
    return "可以用；再长一些更好。" if kinds > 1 else "能用但较弱；字母和数字混用、再长一些更好。"


def _is_run(password: str) -> bool:
    """Whether every letter follows the one before it, as in 12345678."""
    return {ord(after) - ord(before) for before, after in pairwise(password)} in ({1}, {-1})
