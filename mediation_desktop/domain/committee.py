"""人民调解委员会: its composition and its term (人民调解法 第8、9条)."""

from collections.abc import Iterable, Sequence
from datetime import date

from mediation_desktop.domain.codes import Role, Table
from mediation_desktop.domain.dates import years_later
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Committee, Mediator

LEAST_MEMBERS, MOST_MEMBERS = 3, 9
TERM_YEARS = 3
_WOMAN = "女"


def term_end(committee: Committee) -> date | None:
    """Return the day the term ends: as written down, else three years after the election (第9条)."""
    if committee.term_ends_on is not None or committee.elected_on is None:
        return committee.term_ends_on
    return years_later(committee.elected_on, TERM_YEARS)


def members(mediators: Iterable[Mediator], roles: Table[Role]) -> tuple[Mediator, ...]:
    """Return those in office who were elected; hired mediators are no members (第13条)."""
    elected = roles.words(lambda role: role.elected)
    return tuple(one for one in mediators if one.active and one.role in elected)


def committee_findings(
    committee: Committee, mediators: Sequence[Mediator], roles: Table[Role]
) -> tuple[str, ...]:
    """Return which of the Act's rules on composition are not seen to be met; nothing is barred by it."""
    seated = members(mediators, roles)
    return (
        *_unsaid(mediators, seated),
        *_number_of(seated),
        *_chairs(seated, roles),
        *_women(seated),
        *_nations(committee, seated),
    )


def on_roster(mediator: Mediator, day: date) -> bool:
    """Tell whether somebody was a mediator of the committee on a day.

    Of one who left without a day written down that is not known, so the answer is no.
    """
    if mediator.since_on is not None and day < mediator.since_on:
        return False
    if mediator.until_on is not None:
        return day <= mediator.until_on
    return mediator.active


def require_people(mediators: Iterable[Mediator]) -> None:
    """Refuse an office without mediators, or with two of one name in office.

    Raises:
        UserError: which of the two, or a name is missing.
    """
    names = [mediator.name.strip() for mediator in mediators]
    if not names or not all(names):
        raise UserError(
            "调解员的姓名是空的，或者一名调解员也没有了。", "请至少保留一名在任调解员并填写姓名。"
        )
    if len(set(names)) != len(names):
        raise UserError("已经有一名同名的调解员。", "请在姓名后加以区分，例如加上“（大）”“（小）”。")


def _unsaid(mediators: Sequence[Mediator], seated: Sequence[Mediator]) -> tuple[str, ...]:
    found = []
    if missing := [one.name for one in mediators if one.active and not one.role]:
        found.append(f"{'、'.join(missing)}还没有填写职务。")
    if missing := [one.name for one in seated if not one.sex]:
        found.append(f"{'、'.join(missing)}还没有填写性别。")
    return tuple(found)


def _number_of(seated: Sequence[Mediator]) -> tuple[str, ...]:
    if LEAST_MEMBERS <= len(seated) <= MOST_MEMBERS:
        return ()
    return (f"委员会应由{LEAST_MEMBERS}至{MOST_MEMBERS}人组成，现在有{len(seated)}人（人民调解法第八条）。",)


def _chairs(seated: Sequence[Mediator], roles: Table[Role]) -> tuple[str, ...]:
    chairs = roles.words(lambda role: role.chair)
    count = sum(one.role in chairs for one in seated)
    return () if count == 1 else (f"委员会设主任一人，现在有{count}人（人民调解法第八条）。",)


def _women(seated: Sequence[Mediator]) -> tuple[str, ...]:
    if any(one.sex == _WOMAN for one in seated):
        return ()
    return ("委员会应当有妇女成员（人民调解法第八条）。",)


def _nations(committee: Committee, seated: Sequence[Mediator]) -> tuple[str, ...]:
    """Where several nations live, members of one nation only cannot hold one of a smaller nation."""
    if not committee.mixed_area or len({one.nation for one in seated if one.nation}) > 1:
        return ()
    return ("多民族居住的地区，委员会应当有人数较少民族的成员（人民调解法第八条）。",)
