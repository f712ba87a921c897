"""Sessions as an iCalendar file (RFC 5545), for telephones and other calendars."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec import Struct

_PRODUCT = "-//mediation-desktop//NONSGML calendar//ZH"


class Event(Struct, frozen=True):
    """One entry: ``uid`` stays the same when it is exported again, ``starts_at`` knows its zone."""

    uid: str
    starts_at: datetime
    minutes: int
    title: str
    place: str
    cancelled: bool = False


def calendar_file(events: Iterable[Event], made_at: datetime) -> bytes:
    """Return the file's bytes; times are written in UTC, which every reader puts right by itself.

    Args:
        events: what the calendar holds.
        made_at: the moment of export; of two files a reader believes the later one.
    """
    import icalendar  # noqa: PLC0415 - takes longer to load than the page, and only an export needs it

    made = icalendar.Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for event in events:
        entry = icalendar.Event()
        for name, value in _lines(event, made_at):
            entry.add(name, value)
        made.add_component(entry)
    return made.to_ical()


def _lines(event: Event, made_at: datetime) -> list[tuple[str, str | datetime]]:
    start = event.starts_at.astimezone(UTC)
    lines: list[tuple[str, str | datetime]] = [
        ("uid", f"{event.uid}@mediation-desktop"),
        ("dtstamp", made_at.astimezone(UTC)),
        ("dtstart", start),
        ("dtend", start + timedelta(minutes=event.minutes)),
        ("summary", event.title),
        ("status", "CANCELLED" if event.cancelled else "CONFIRMED"),
    ]
    return [*lines, ("location", event.place)] if event.place else lines
