"""回访: when somebody is to look whether an agreement holds, or what became of a dispute without one."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from mediation_desktop.domain.codes import VisitRule
from mediation_desktop.domain.records import Dispute, DisputeState, FollowUp

ENDED = frozenset(
    {DisputeState.TERMINATED, DisputeState.WITHDRAWN, DisputeState.REFERRED, DisputeState.NOT_ACCEPTED}
)
"""Ended without an agreement: what became of it is followed all the same."""


class VisitDue(Struct, frozen=True):
    """The day by which a visit is due, and why in words."""

    on: date
    why: str


def visit_due(
    dispute: Dispute,
    *,
    effective_on: date | None,
    over_on: date | None,
    visits: Sequence[FollowUp],
    rules: Iterable[VisitRule],
) -> VisitDue | None:
    """Return the earliest visit that nobody has made yet.

    ``over_on`` is the last day of performance.  A rule asks for one visit on or after the day it counts
    from.  The newest visit may have fixed a day for
    the next one.  ``None`` where no visit is missing.
    """
    days = {
        "effect": effective_on,
        "last_due": over_on if effective_on else None,
        "ended": dispute.finished_on if dispute.state in ENDED else None,
    }
    newest = max(visits, key=lambda visit: visit.on, default=None)
    missing = [
        VisitDue(day + timedelta(days=rule.days), rule.name)
        for rule in rules
        if (day := days[rule.after]) is not None
        and (not rule.grades or dispute.grade_code in rule.grades)
        and (newest is None or newest.on < day)
    ]
    if newest and newest.next_on:
        missing.append(VisitDue(newest.next_on, "上次回访约定"))
    return min(missing, key=lambda due: due.on, default=None)
