"""以案定补: which dispute counts, by which rate, whose the money is, and the sheets that say so."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.codes import SubsidyRate, Table
from mediation_desktop.domain.committee import on_roster
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import Action, in_force
from mediation_desktop.domain.records import DisputeState, SessionState

RECORDS: Mapping[str, tuple[str, Callable[[Dossier], bool]]] = {
    "notice": ("权利义务告知", lambda dossier: bool(dossier.notices)),
    "session": (
        "调解记录",
        lambda dossier: any(one.state is SessionState.HELD for one in dossier.sessions),
    ),
    "investigation": ("调查记录", lambda dossier: bool(dossier.investigations)),
    "evidence": ("证据", lambda dossier: bool(dossier.evidence)),
    "agreement": ("生效的协议", in_force),
    "visit": ("回访记录", lambda dossier: bool(dossier.followups)),
    "closing": ("结案报告", lambda dossier: bool(dossier.closings)),
}
"""What a rate may require: its word, and whether a dossier has it."""


class Share(Struct, frozen=True):
    """What one mediator is due for one dispute, in fen."""

    mediator_id: UUID
    amount_fen: int


class Verdict(Struct, frozen=True):
    """Whether a dispute counts: ``lacks`` says why not, ``shares`` what each mediator is due if it does."""

    rate: SubsidyRate | None
    lacks: tuple[str, ...]
    shares: tuple[Share, ...]

    @property
    def counts(self) -> bool:
        """Whether nothing stands against it."""
        return not self.lacks


class Due(Struct, frozen=True):
    """What one mediator gets for one dispute, in fen."""

    mediator_id: UUID
    name: str
    amount_fen: int


class SubsidyLine(Struct, frozen=True):
    """One dispute of the month.

    Attributes:
        dispute_id: which.
        number: its number.
        title: 甲与乙.
        type_name: its type in words.
        grade_name: its grade in words.
        closed_on: the day it was closed, ``None`` while it is open again.
        rule: the code of the rate.
        rule_name: its name.
        lacks: why it does not count; empty where it does, and where it was confirmed.
        due: who gets what.
        confirmed: whether it is in this month's sheet for good.
    """

    dispute_id: UUID
    number: str
    title: str
    type_name: str
    grade_name: str
    closed_on: date | None
    rule: str
    rule_name: str
    lacks: tuple[str, ...]
    due: tuple[Due, ...]
    confirmed: bool

    @property
    def proposed(self) -> bool:
        """Whether it counts and waits for confirmation."""
        return not self.confirmed and not self.lacks

    @property
    def amount_fen(self) -> int:
        """What it is worth for all mediators together."""
        return sum(one.amount_fen for one in self.due)


class MonthSheet(Struct, frozen=True):
    """One month's disputes in order of closing; ``month`` is written ``2026-10``."""

    month: str
    lines: tuple[SubsidyLine, ...]

    @property
    def confirmed(self) -> tuple[SubsidyLine, ...]:
        """What is in the sheet for good."""
        return tuple(line for line in self.lines if line.confirmed)

    @property
    def total_fen(self) -> int:
        """What all confirmed disputes of the month are worth together."""
        return sum(line.amount_fen for line in self.confirmed)


class MediatorSheet(Struct, frozen=True):
    """What one mediator gets for a month: each confirmed dispute with the amount, and the sum, in fen."""

    name: str
    rows: tuple[tuple[SubsidyLine, int], ...]
    total_fen: int


class Assessment(Struct, frozen=True):
    """What 认定表 says of one dispute: its rate, what that asks for, why it does not count, who gets what.

    ``month`` is the month in whose sheet it is for good, and empty before that.
    """

    rate: SubsidyRate | None
    required: tuple[tuple[str, bool], ...]
    lacks: tuple[str, ...]
    shares: tuple[Share, ...]
    month: str = ""

    @property
    def amount_fen(self) -> int:
        """What the dispute is worth."""
        return sum(one.amount_fen for one in self.shares)


def assessment(dossier: Dossier, rates: Table[SubsidyRate]) -> Assessment:
    """Return what is to be said of a dispute: what was confirmed, else what would be now."""
    kept = dossier.subsidies
    found = verdict(dossier, rates)
    rate = next((one for one in rates.entries if kept and one.code == kept[0].rule), found.rate)
    required = [RECORDS[code] for code in rate.requires] if rate else []
    shared = tuple(Share(one.mediator_id, one.amount_fen) for one in kept)
    return Assessment(
        rate=rate,
        required=tuple((word, has(dossier)) for word, has in required),
        lacks=() if kept else found.lacks,
        shares=shared or found.shares,
        month=kept[0].month if kept else "",
    )


def verdict(dossier: Dossier, rates: Table[SubsidyRate]) -> Verdict:
    """Say whether a dispute counts for the subsidy of the month it was closed in, and what it is worth.

    A dispute counts once for life, so one that has its subsidy never counts again.
    """
    closed_on = dossier.dispute.closed_on
    if closed_on is None:
        return _no("还没有结案")
    if dossier.subsidies:
        return _no(f"已计入{dossier.subsidies[0].month}的补贴")
    if not in_force(dossier):
        return _no("没有生效的协议")
    rate = rate_of(dossier, rates, closed_on)
    if rate is None:
        return _no("没有适用的补贴标准")
    people = [one.id for one in dossier.mediators if on_roster(one, closed_on)]
    lacks = _falls_short(dossier, rate) + ([] if people else ["结案时没有名册上的调解员"])
    if lacks or rate.amount_fen is None:
        return Verdict(rate, tuple(lacks), ())
    return Verdict(rate, (), shares(rate.amount_fen, people, rate.split))


def rate_of(dossier: Dossier, rates: Table[SubsidyRate], day: date) -> SubsidyRate | None:
    """Return the newest rate in force on ``day`` for the dispute's grade and form of agreement."""
    agreement = dossier.agreement
    fitting = [
        rate
        for rate in rates.entries
        if agreement is not None
        and rate.grade == dossier.dispute.grade_code
        and rate.form == agreement.form
        and rate.effective_from <= day
    ]
    return max(fitting, key=lambda rate: rate.effective_from, default=None)


def shares(amount_fen: int, mediator_ids: Sequence[UUID], split: str) -> tuple[Share, ...]:
    """Return who gets what: all to the first named, or equal parts that add up to the fen.

    Fen that cannot be divided go to the first ones, one each.
    """
    if split == "first":
        return (Share(mediator_ids[0], amount_fen),)
    each, over = divmod(amount_fen, len(mediator_ids))
    return tuple(Share(one, each + (place < over)) for place, one in enumerate(mediator_ids))


def mediator_sheets(sheet: MonthSheet) -> tuple[MediatorSheet, ...]:
    """Return what was confirmed for the month by mediator: all that the month's paper says."""
    rows: dict[UUID, list[tuple[SubsidyLine, Due]]] = {}
    for line in sheet.confirmed:
        for due in line.due:
            rows.setdefault(due.mediator_id, []).append((line, due))
    return tuple(
        MediatorSheet(
            mine[0][1].name,
            tuple((line, due.amount_fen) for line, due in mine),
            sum(due.amount_fen for _line, due in mine),
        )
        for mine in rows.values()
    )


def performed(dossier: Dossier) -> bool:
    """Tell whether a closed dispute was performed when it was closed last."""
    closings = [step for step in dossier.steps if step.action == Action.CLOSE]
    return bool(closings) and closings[-1].before is DisputeState.PERFORMED


def _no(reason: str) -> Verdict:
    return Verdict(None, (reason,), ())


def _falls_short(dossier: Dossier, rate: SubsidyRate) -> list[str]:
    """Return what of the rate's own conditions is not met."""
    short = ["没有履行完毕"] if rate.performed and not performed(dossier) else []
    missing = [word for word, has in (RECORDS[code] for code in rate.requires) if not has(dossier)]
    if missing:
        short.append(f"卷宗缺{'、'.join(missing)}")
    if rate.amount_fen is None:
        short.append("补贴金额未设定")
    return short
