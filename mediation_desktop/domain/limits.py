"""办结期限: the days a dispute may take, and how urgent it is.

The days per grade are data.  The clock starts at acceptance (that day not counted) and stops on the day
of agreement, termination, withdrawal or referral.  Pauses put the last day off; an agreed extension moves
it; a last day set by the township or county stands whatever happens here.
"""

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from mediation_desktop.domain.codes import Grade
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import IN_MEDIATION
from mediation_desktop.domain.workdays import WorkCalendar

_DAY = timedelta(days=1)
_Days = tuple[date, date]
"""The first day, and the day after the last."""


class Urgency(StrEnum):
    """How a deadline is shown."""

    DONE = "done"
    CALM = "calm"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"


class Span(Struct, frozen=True):
    """Days from ``start`` to before ``end``; ``None`` while nobody knows the end."""

    start: date
    end: date | None


class CaseClock(Struct, frozen=True, kw_only=True):
    """What the time limit of one dispute depends on, besides the days of its grade.

    ``started_on`` is the day of acceptance or reopening, ``stopped_on`` the day of settling.  ``extended_to``
    is the day all parties agreed to, ``above`` the last day set by the township or county.
    """

    grade_code: str
    started_on: date | None
    stopped_on: date | None = None
    pauses: tuple[Span, ...] = ()
    extended_to: date | None = None
    above: date | None = None


class Deadline(Struct, frozen=True, kw_only=True):
    """The last day for settling a dispute as it stands on a given day.

    Attributes:
        last_day: the last day that is in time.
        days_left: calendar days until then, negative when past.
        urgency: how it is shown.
        gone: calendar days since the start (自然日).
        paused: how many of them a pause took out (扣除暂停日).
        paused_now: whether the clock stands still on that day.
        from_above: whether the last day was set by the township or county.
    """

    last_day: date
    days_left: int
    urgency: Urgency
    gone: int = 0
    paused: int = 0
    paused_now: bool = False
    from_above: bool = False


def clock_of(dossier: Dossier) -> CaseClock:
    """Return what the time limit of a dispute depends on."""
    dispute = dossier.dispute
    return CaseClock(
        grade_code=dispute.grade_code,
        started_on=dispute.reopened_on or dispute.accepted_on,
        stopped_on=dispute.finished_on,
        pauses=tuple(Span(pause.from_on, pause.until_on) for pause in dossier.pauses),
        extended_to=max((extension.until_on for extension in dossier.extensions), default=None),
        above=dispute.deadline_above,
    )


def deadline(clock: CaseClock, grade: Grade, calendar: WorkCalendar, today: date) -> Deadline | None:
    """Return the deadline as it stands on ``today``, or ``None`` before acceptance."""
    start = clock.started_on
    if start is None:
        return None
    end = clock.stopped_on or today
    pauses = [(span.start, span.end or max(span.start, end) + _DAY) for span in clock.pauses]
    own = _last_day(start, grade, calendar, pauses)
    last_day = clock.above or max(filter(None, (own, clock.extended_to)))
    left = (last_day - end).days
    return Deadline(
        last_day=last_day,
        days_left=left,
        urgency=_urgency(left, grade, stopped=clock.stopped_on is not None),
        gone=max((end - start).days, 0),
        paused=sum(_is_paused(start + _DAY * (at + 1), pauses) for at in range((end - start).days)),
        paused_now=clock.stopped_on is None and clock.above is None and _is_paused(today, pauses),
        from_above=clock.above is not None,
    )


def _last_day(start: date, grade: Grade, calendar: WorkCalendar, pauses: list[_Days]) -> date:
    """Count the grade's days from the day after ``start``, passing over what does not count."""
    day, left = start, grade.days
    while left:
        day += _DAY
        left -= not (_is_paused(day, pauses) or (grade.working and calendar.is_off(day)))
    return day


def _is_paused(day: date, pauses: list[_Days]) -> bool:
    return any(first <= day < after for first, after in pauses)


def _urgency(left: int, grade: Grade, *, stopped: bool) -> Urgency:
    if left < 0:
        return Urgency.OVERDUE
    if stopped:
        return Urgency.DONE
    if left == 0:
        return Urgency.TODAY
    return Urgency.SOON if left <= grade.soon else Urgency.CALM


def require_pausable(dossier: Dossier, on: date) -> None:
    """Make sure that the clock may stand still from ``on``.

    Raises:
        UserError: it does not run, stands still already, or the last day was set from above.
    """
    start = require_running(dossier)
    if dossier.dispute.deadline_above:
        raise UserError("这件纠纷的期限是上级定的，本单位不能暂停。", "确需延长的，请向下达期限的单位申请。")
    if any(pause.until_on is None for pause in dossier.pauses):
        raise UserError("期限已经暂停了。", "恢复以后才能再次暂停。")
    if on <= start:
        raise UserError("暂停日期不能早于期限起算的日期。", "受理当日不计入期限，请填写受理以后的日期。")


def require_running(dossier: Dossier) -> date:
    """Return the day from which the time limit runs.

    Raises:
        UserError: it is not accepted yet, or settled.
    """
    start = dossier.dispute.reopened_on or dossier.dispute.accepted_on
    if start is None or dossier.dispute.state not in IN_MEDIATION:
        raise UserError("这件纠纷现在没有在走的办结期限。", "受理以后、办结以前才能调整期限。")
    return start
