"""The only clock. Tests hand in another."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

OFFICE_ZONE = timezone(timedelta(hours=8), "CST")
"""China Standard Time; the offices' wall clock whatever the PC is set to (no summer time)."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


class NotBefore:
    """The machine's clock, but never earlier than ``moment``: a demonstration lies in its own time."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the present moment in UTC, or the moment set if that is later."""
        return max(datetime.now(UTC), self._moment)


class WholeDays:
    """Another clock that tells the day and nothing finer: the moment at which the office's day began."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """Return the beginning of the present day in UTC."""
        local = self._clock.now().astimezone(OFFICE_ZONE)
        return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def wall_time(moment: datetime) -> datetime:
    """Return ``moment`` as the naive local time that people write down."""
    return moment.astimezone(OFFICE_ZONE).replace(tzinfo=None)


def today(clock: Clock) -> date:
    """Return the office's present day."""
    return wall_time(clock.now()).date()
