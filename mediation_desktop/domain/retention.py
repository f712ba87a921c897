"""保管期限: how long a dossier is kept, and who may say that it is destroyed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.codes import Retention, RetentionRule, Table
from mediation_desktop.domain.dates import years_later
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Destruction, Dispute


class ListedDossier(Struct, frozen=True):
    """One dossier of a destroy list: ``number`` and ``title`` as on its cover, and until when it was kept."""

    number: str
    title: str
    type_name: str
    archived_on: date | None
    retention: str
    kept_until: date | None


class DestroyList(Struct, frozen=True):
    """Everything that 销毁清册 says; ``on`` is ``None`` while it waits for approval."""

    dossiers: tuple[ListedDossier, ...]
    on: date | None = None
    first_name: str = ""
    second_name: str = ""
    note: str = ""


def proposed_retention(dispute: Dispute, rules: Table[RetentionRule]) -> str:
    """Return the code the first fitting rule proposes, or an empty text where none fits."""
    for rule in rules.entries:
        if _fits(rule.types, dispute.type_code) and _fits(rule.grades, dispute.grade_code):
            return rule.retention
    return ""


def kept_until(archived_on: date | None, code: str, table: Table[Retention]) -> date | None:
    """Return the last day a dossier must be kept; ``None`` for ever, or while nobody can say.

    The Act makes archives a duty and names no years (人民调解法 第27条): they are data.
    """
    years = table.entry(code).years if code else None
    return years_later(archived_on, years) if years is not None and archived_on is not None else None


def destroyed_on(dispute_id: UUID, archived_on: date | None, destroyed: Iterable[Destruction]) -> date | None:
    """Return the day the paper dossier was destroyed, if it was since it was archived last."""
    days = [
        one.on
        for one in destroyed
        if dispute_id in one.dispute_ids and archived_on is not None and one.on >= archived_on
    ]
    return max(days, default=None)


def require_two_names(first: str, second: str) -> None:
    """Refuse a destruction that not two different people confirm.

    Raises:
        UserError: a name is missing, or it is the same twice.
    """
    names = ["".join(name.split()) for name in (first, second)]
    if not all(names):
        raise UserError("销毁要两个人确认。", "请填写两个人的姓名。")
    if names[0] == names[1]:
        raise UserError("两个确认人是同一个人。", "请由另一个人核对后填写姓名。")


def _fits(named: tuple[str, ...], code: str) -> bool:
    return not named or code in named
