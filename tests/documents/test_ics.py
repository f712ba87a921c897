"""The calendar file, read back by a reader that knows nothing of the library that wrote it."""

from datetime import UTC, datetime, timedelta, timezone

from calendar_reader import parse

from mediation_desktop.documents.ics import Event, calendar_file

CHINA = timezone(timedelta(hours=8))
MADE = datetime(2026, 6, 19, 1, tzinfo=UTC)
EVENT = Event("u-1", datetime(2026, 6, 19, 15, 30, tzinfo=CHINA), 90, "调解 第001号", "村委会调解室，二楼")


def test_the_file_is_a_calendar_that_says_when_and_where():
    (kind, event), (outer, calendar) = parse(calendar_file([EVENT], MADE))
    assert (kind, outer, calendar["VERSION"]) == ("VEVENT", "VCALENDAR", "2.0")
    assert calendar["PRODID"]
    assert event["DTSTART"] == "20260619T073000Z"
    assert event["DTEND"] == "20260619T090000Z"
    assert event["DTSTAMP"] == "20260619T010000Z"
    assert (event["SUMMARY"], event["LOCATION"]) == ("调解 第001号", "村委会调解室，二楼")
    assert (event["UID"], event["STATUS"]) == ("u-1@mediation-desktop", "CONFIRMED")


def test_what_was_called_off_says_so_and_long_or_odd_words_arrive_whole():
    place = "龙游县东华街道鸡鸣村，一号楼; 二楼\\三室, 进门左手边的大调解室" * 3
    event = Event("u-2", EVENT.starts_at, 60, "调解", place, cancelled=True)
    (_, found), _ = parse(calendar_file([event], MADE))
    assert (found["STATUS"], found["LOCATION"]) == ("CANCELLED", place)


def test_a_span_without_sessions_is_an_empty_calendar_and_no_place_is_no_line():
    assert [kind for kind, _ in parse(calendar_file([], MADE))] == ["VCALENDAR"]
    (_, found), _ = parse(calendar_file([Event("u", EVENT.starts_at, 60, "调解", "")], MADE))
    assert "LOCATION" not in found
