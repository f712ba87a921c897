"""办结期限: the days a dispute may take, and how urgent it is.

The days per grade are data.  The clock starts at acceptance (that day not counted) and stops on the day
of agreement, termination, withdrawal or referral.
"""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct


class Urgency(StrEnum):
    """How a deadline is shown."""

    DONE = "done"
    CALM = "calm"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"


SOON_DAYS = 2
"""A deadline this many days ahead, or fewer, is shown as near."""


class Deadline(Struct, frozen=True):
    """The last day for settling a dispute and the days left on a given day (negative when past)."""

    last_day: date
    days_left: int
    urgency: Urgency


def deadline(*, accepted_on: date, days: int, finished_on: date | None, today: date) -> Deadline:
    """Return the deadline of a dispute accepted on ``accepted_on`` that may take ``days`` calendar days."""
    last_day = accepted_on + timedelta(days=days)
    left = (last_day - (finished_on or today)).days
    if finished_on is not None:
        urgency = Urgency.DONE if left >= 0 else Urgency.OVERDUE
    elif left < 0:
        urgency = Urgency.OVERDUE
    elif left == 0:
        urgency = Urgency.TODAY
    else:
        urgency = Urgency.SOON if left <= SOON_DAYS else Urgency.CALM
    return Deadline(last_day, left, urgency)
