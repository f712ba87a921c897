from datetime import date, timedelta

import pytest
from builders import DISPUTE_ID, dispute, dossier, uid
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain import records
from mediation_desktop.domain.codes import Grade
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.limits import (
    CaseClock,
    Span,
    Urgency,
    clock_of,
    deadline,
    require_pausable,
    require_running,
)
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.services.codes import load_codes

CODES = load_codes()
CALENDAR = CODES.holidays
ACCEPTED = date(2026, 6, 19)


def limit(started, grade="simple", *, today=None, working=None, **parts):
    """Return the deadline of a dispute of a shipped grade, or of so many ``working`` days."""
    clock = CaseClock(grade_code=grade, started_on=started, **parts)
    own = Grade(code="own", name="", days=working, working=True) if working else CODES.grades.entry(grade)
    return deadline(clock, own, CALENDAR, today or started)


@pytest.mark.parametrize(
    ("today", "urgency", "left"),
    [
        (date(2026, 6, 19), Urgency.CALM, 3),
        (date(2026, 6, 20), Urgency.SOON, 2),
        (date(2026, 6, 22), Urgency.TODAY, 0),
        (date(2026, 6, 23), Urgency.OVERDUE, -1),
    ],
)
def test_three_days_count_from_the_day_after_acceptance(today, urgency, left):
    result = limit(ACCEPTED, today=today)
    assert (result.last_day, result.urgency, result.days_left) == (date(2026, 6, 22), urgency, left)


def day(text):
    month, number = text.split(".")
    return date(2026, int(month), int(number))


@pytest.mark.parametrize(
    ("started", "what", "last"),
    [
        # calendar days, over weekends, holidays, month and leap ends
        ("6.19", {"grade": "simple"}, date(2026, 6, 22)),
        ("6.19", {"grade": "ordinary"}, date(2026, 6, 26)),
        ("6.19", {"grade": "complex"}, date(2026, 7, 19)),
        ("2.26", {"grade": "simple"}, date(2026, 3, 1)),
        ("12.30", {"grade": "simple"}, date(2027, 1, 2)),
        ("1.31", {"grade": "complex"}, date(2026, 3, 2)),
        # working days: 9.24 Thu, 9.25–9.27 Mid-Autumn; 10.1–10.7 National Day, 10.10 Sat is worked
        ("9.24", {"working": 3}, date(2026, 9, 30)),
        ("9.30", {"working": 3}, date(2026, 10, 10)),
        ("6.18", {"working": 1}, date(2026, 6, 22)),
        ("2.13", {"working": 2}, date(2026, 2, 24)),
        ("5.8", {"working": 1}, date(2026, 5, 9)),
        # pauses: the days from the first to before the last do not count
        ("6.19", {"grade": "simple", "pauses": (Span(day("6.20"), day("6.25")),)}, date(2026, 6, 27)),
        ("6.19", {"grade": "simple", "pauses": (Span(day("6.22"), day("6.23")),)}, date(2026, 6, 23)),
        ("6.19", {"grade": "simple", "pauses": (Span(day("6.23"), day("6.30")),)}, date(2026, 6, 22)),
        (
            "6.1",
            {"grade": "ordinary", "pauses": (Span(day("6.3"), day("6.5")), Span(day("6.9"), day("6.12")))},
            date(2026, 6, 13),
        ),
        (
            "6.1",
            {"grade": "ordinary", "pauses": (Span(day("6.3"), day("6.8")), Span(day("6.5"), day("6.10")))},
            date(2026, 6, 15),
        ),
        ("9.24", {"working": 2, "pauses": (Span(day("9.28"), day("9.29")),)}, date(2026, 9, 30)),
        # an agreed extension moves the last day, and never brings it forward
        ("6.19", {"grade": "complex", "extended_to": date(2026, 8, 10)}, date(2026, 8, 10)),
        ("6.19", {"grade": "complex", "extended_to": date(2026, 7, 1)}, date(2026, 7, 19)),
        # set from above: neither grade nor pause nor extension moves it
        ("6.19", {"grade": "simple", "above": date(2026, 7, 3)}, date(2026, 7, 3)),
        ("6.19", {"grade": "complex", "above": date(2026, 7, 3)}, date(2026, 7, 3)),
        (
            "6.19",
            {
                "grade": "complex",
                "above": date(2026, 7, 3),
                "pauses": (Span(day("6.21"), day("6.30")),),
                "extended_to": date(2026, 9, 1),
            },
            date(2026, 7, 3),
        ),
    ],
)
def test_the_last_day_agrees_with_what_was_counted_on_a_wall_calendar(started, what, last):
    assert limit(day(started), **what).last_day == last


def test_an_open_pause_holds_the_days_left_and_shows_natural_and_paused_days():
    pause = (Span(date(2026, 6, 21), None),)
    for today in (date(2026, 6, 21), date(2026, 6, 25), date(2026, 7, 15)):
        result = limit(ACCEPTED, today=today, pauses=pause)
        assert result.paused_now
        assert result.gone == (today - ACCEPTED).days
        assert result.paused == (today - date(2026, 6, 20)).days
        assert result.days_left == 3 - 1  # one day of three was gone before
        assert result.urgency is not Urgency.OVERDUE


def test_the_clock_stops_when_settled():
    assert limit(ACCEPTED, stopped_on=ACCEPTED, today=date(2027, 1, 1)).urgency is Urgency.DONE
    late = limit(ACCEPTED, stopped_on=date(2026, 6, 30), today=date(2026, 7, 1))
    assert (late.urgency, late.gone) == (Urgency.OVERDUE, 11)


def test_before_acceptance_there_is_no_deadline():
    assert limit(None, today=ACCEPTED) is None


def test_how_early_yellow_shows_is_data():
    grade = Grade(code="own", name="", days=30, soon=10)
    clock = CaseClock(grade_code="own", started_on=ACCEPTED)
    urgencies = [
        deadline(clock, grade, CALENDAR, ACCEPTED + timedelta(days=gone)).urgency for gone in (19, 20)
    ]
    assert urgencies == [Urgency.CALM, Urgency.SOON]


@given(
    st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    st.integers(1, 40),
    st.booleans(),
    st.lists(st.tuples(st.integers(-5, 60), st.integers(1, 30)), max_size=4),
)
def test_between_start_and_last_day_lie_exactly_the_days_that_count(started, days, working, pauses):
    spans = tuple(
        Span(started + timedelta(days=at), started + timedelta(days=at + long)) for at, long in pauses
    )
    grade = Grade(code="own", name="", days=days, working=working)
    last = deadline(
        CaseClock(grade_code="own", started_on=started, pauses=spans), grade, CALENDAR, started
    ).last_day
    after_start = [started + timedelta(days=at) for at in range(1, (last - started).days + 1)]
    counted = [
        one
        for one in after_start
        if not any(span.start <= one < span.end for span in spans) and not (working and CALENDAR.is_off(one))
    ]
    assert len(counted) == days
    assert counted[-1] == last


def running(**parts):
    fields = {"state": DisputeState.MEDIATING, "accepted_on": ACCEPTED} | parts.pop("fields", {})
    return dossier(dispute=dispute(**fields), **parts)


def pause(**fields):
    return records.Pause(
        id=uid(800), dispute_id=DISPUTE_ID, from_on=date(2026, 6, 20), reason_code="absent", **fields
    )


def test_reopening_starts_the_clock_anew_and_everything_kept_counts():
    found = clock_of(
        running(
            fields={"reopened_on": date(2026, 9, 1), "deadline_above": date(2026, 9, 9)},
            pauses=(pause(),),
            extensions=(
                records.Extension(
                    id=uid(801), dispute_id=DISPUTE_ID, agreed_on=ACCEPTED, until_on=date(2026, 8, 1)
                ),
            ),
        )
    )
    assert found == CaseClock(
        grade_code="simple",
        started_on=date(2026, 9, 1),
        pauses=(Span(date(2026, 6, 20), None),),
        extended_to=date(2026, 8, 1),
        above=date(2026, 9, 9),
    )


@pytest.mark.parametrize(
    ("parts", "on", "told"),
    [
        ({"fields": {"deadline_above": date(2026, 7, 3)}}, date(2026, 6, 21), "上级"),
        ({"pauses": (pause(),)}, date(2026, 6, 22), "已经暂停"),
        ({}, ACCEPTED, "起算"),
        ({"fields": {"state": DisputeState.AGREED}}, date(2026, 6, 21), "没有在走"),
        ({"fields": {"accepted_on": None}}, date(2026, 6, 21), "没有在走"),
    ],
)
def test_a_pause_is_refused_with_the_reason(parts, on, told):
    with pytest.raises(UserError, match=told):
        require_pausable(running(**parts), on)


def test_a_pause_may_follow_one_that_ended():
    require_pausable(running(pauses=(pause(until_on=date(2026, 6, 21)),)), date(2026, 6, 21))
    assert require_running(running()) == ACCEPTED
