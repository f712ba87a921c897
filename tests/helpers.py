"""Stand-ins for the three things a test must hold in its own hand: time, ids, and faults elsewhere."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from mediation_desktop.system.clock import OFFICE_ZONE

NINE_O_CLOCK = datetime(2026, 6, 19, 9, tzinfo=OFFICE_ZONE)


class FakeClock:
    """A clock that moves only when told. ``moment`` is kept in UTC like the real one's."""

    def __init__(self, moment=NINE_O_CLOCK):
        self.moment = moment.astimezone(UTC)

    def now(self):
        return self.moment

    def set(self, moment):
        """Set the clock; a moment without a zone is taken as the office's wall time."""
        self.moment = (moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_ZONE)).astimezone(UTC)

    def advance(self, **duration):
        """Move on by ``timedelta(**duration)``."""
        self.moment += timedelta(**duration)


class IdCounter:
    """Gives well-formed ids of version 7, each greater than the one before."""

    def __init__(self, start=NINE_O_CLOCK):
        self.milliseconds = int(start.timestamp() * 1000)
        self.given = 0

    def __call__(self):
        self.given += 1
        return UUID(int=self.milliseconds << 80 | 7 << 76 | 2 << 62 | self.given)
