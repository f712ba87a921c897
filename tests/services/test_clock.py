"""The time limit as people at the desk move it."""

from datetime import date

import pytest
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.limits import clock_of
from mediation_desktop.services import clock, disputes, queries

LATER = date(2026, 6, 22)


@pytest.fixture
def accepted(desk):
    return Village(desk).dispute("甲", "乙", accepted_on=TODAY)


def limit(desk, dispute_id):
    return queries.deadline_of(desk, clock_of(queries.dossier(desk, dispute_id)))


def test_a_pause_puts_the_last_day_off_by_the_days_it_lasted(desk, accepted):
    before = limit(desk, accepted).last_day
    clock.pause(desk, accepted, date(2026, 6, 20), "appraisal")
    clock.resume(desk, accepted, LATER)
    assert (limit(desk, accepted).last_day - before).days == 2
    with pytest.raises(UserError, match="没有暂停"):
        clock.resume(desk, accepted, LATER)


def test_a_deadline_from_above_cannot_be_paused_or_extended_here(desk, accepted):
    clock.set_from_above(desk, accepted, date(2026, 7, 1), "县社会治理中心")
    for refused in (
        lambda: clock.pause(desk, accepted, LATER, "absent"),
        lambda: clock.extend(desk, accepted, date(2026, 8, 1), TODAY),
    ):
        with pytest.raises(UserError, match="上级"):
            refused()
    assert limit(desk, accepted).last_day == date(2026, 7, 1)


def test_a_pause_that_was_open_no_longer_counts_once_the_day_is_set_from_above(desk, accepted):
    clock.pause(desk, accepted, LATER, "absent")
    clock.set_from_above(desk, accepted, date(2026, 7, 1), "县社会治理中心")
    found = limit(desk, accepted)
    assert (found.last_day, found.paused_now) == (date(2026, 7, 1), False)


def test_regrading_keeps_the_start_and_the_reason(desk, accepted):
    clock.regrade(desk, accepted, "ordinary", TODAY, "需要鉴定")
    dossier = queries.dossier(desk, accepted)
    assert limit(desk, accepted).last_day == date(2026, 6, 26)
    assert [(one.before_code, one.after_code, one.reason) for one in dossier.regradings] == [
        ("simple", "ordinary", "需要鉴定")
    ]
    for grade, reason in (("ordinary", "再调"), ("complex", " ")):
        with pytest.raises(UserError):
            clock.regrade(desk, accepted, grade, TODAY, reason)


def test_editing_an_accepted_dispute_never_regrades_it_without_a_word(desk, accepted):
    dispute = queries.dossier(desk, accepted).dispute
    with pytest.raises(UserError, match="写明原因"):
        disputes.save_dispute(desk, replace(dispute, grade_code="complex"))


def test_an_extension_is_later_than_what_was(desk, accepted):
    with pytest.raises(UserError, match="不比原来的晚"):
        clock.extend(desk, accepted, TODAY, TODAY)
    clock.extend(desk, accepted, date(2026, 8, 1), TODAY, "6月19日调解记录")
    assert limit(desk, accepted).last_day == date(2026, 8, 1)


def test_an_order_from_above_names_who_gave_it(desk, accepted):
    with pytest.raises(UserError, match="哪个单位"):
        clock.set_from_above(desk, accepted, date(2026, 7, 1), " ")
