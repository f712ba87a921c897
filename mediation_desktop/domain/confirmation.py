"""司法确认: until when both parties may jointly ask a court to confirm their agreement."""

from datetime import date, timedelta

from msgspec import Struct

from mediation_desktop.domain.workdays import WorkCalendar

DAYS = 30
"""人民调解法 第33条; 民事诉讼法 第205条."""


class ConfirmationWindow(Struct, frozen=True):
    """The last day for the joint application; ``certain`` is false where that year's holidays are unknown."""

    last_day: date
    certain: bool


def confirmation_window(effective_on: date, calendar: WorkCalendar) -> ConfirmationWindow:
    """Return the window of an agreement that took effect on ``effective_on``.

    The day of effect is not counted; a last day that is off moves to the first day after it that is not
    (民事诉讼法 第85条).
    """
    thirtieth = effective_on + timedelta(days=DAYS)
    return ConfirmationWindow(calendar.not_off(thirtieth), calendar.knows(thirtieth))
