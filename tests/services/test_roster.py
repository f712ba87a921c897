"""The committee's people on a real office file."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import office, roster
from mediation_desktop.services.home import home


@pytest.fixture
def village(desk):
    return Village(desk)


def training(desk, mediator, on=TODAY, topic="司法确认"):
    return records.Training(
        id=desk.new_id(), mediator_id=mediator.id, on=on, topic=topic, hours=4, organiser="县司法局"
    )


def test_a_mediators_entry_and_exactly_these_trainings_are_kept(desk):
    one = office.office_view(desk).mediators[0]
    first, second = training(desk, one), training(desk, one, date(2025, 3, 1), "民法典")
    edited = replace(one, role="主任", sex="女", nation="畲族", education="大专", since_on=TODAY)
    roster.save_mediator(desk, edited, (first, second))
    view = roster.mediator_view(desk, one.id)
    assert (view.mediator.role, view.mediator.nation) == ("主任", "畲族")
    assert [item.topic for item in view.trainings] == ["民法典", "司法确认"]
    roster.save_mediator(desk, view.mediator, view.trainings[1:])
    assert [item.topic for item in roster.mediator_view(desk, one.id).trainings] == ["司法确认"]


def test_a_mediators_page_has_the_disputes_and_this_weeks_sessions(desk, village):
    mine = village.dispute("甲", "乙", accepted_on=TODAY)
    village.session(mine, datetime(2026, 6, 21, 23))
    village.session(mine, datetime(2026, 6, 22, 0))
    village.session(mine, datetime(2026, 6, 15, 9), mediator="周正明")
    view = roster.mediator_view(desk, village.mediators["汪承平"])
    assert [line.id for line in view.open] == [mine]
    assert [line.session.starts_at.day for line in view.sessions] == [21]
    assert view.closed == 0
    other = roster.mediator_view(desk, village.mediators["周正明"])
    assert (other.open, len(other.sessions)) == ((), 1)


def test_the_roster_lists_those_in_office_by_role_for_pasting(desk):
    first, second = office.office_view(desk).mediators
    roster.save_mediator(desk, replace(first, role="委员", phone="13800000000"), ())
    roster.save_mediator(desk, replace(second, role="主任", sex="男"), ())
    lines = roster.roster(desk).text.split("\n")
    assert "人民调解员名册" in lines[0]
    assert [line.split("\t")[:2] for line in lines[2:]] == [["周正明", "主任"], ["汪承平", "委员"]]
    assert all(len(line.split("\t")) == 7 for line in lines[1:])


def test_leaving_notes_the_day_and_coming_back_takes_it_away(desk):
    one = office.office_view(desk).mediators[1]
    roster.set_in_office(desk, one, active=False)
    left = roster.mediator_view(desk, one.id).mediator
    assert (left.active, left.until_on) == (False, TODAY)
    roster.set_in_office(desk, left, active=True)
    back = roster.mediator_view(desk, one.id).mediator
    assert (back.active, back.until_on) == (True, None)


@pytest.mark.parametrize(("left", "reminded"), [(61, False), (60, True), (0, True), (-10, True)])
def test_the_end_of_the_term_is_on_the_first_screen_sixty_days_before(desk, clock, left, reminded):
    committee = roster.committee_view(desk).committee
    roster.save_term(desk, replace(committee, elected_on=date(2023, 10, 1)))
    assert roster.committee_view(desk).term_ends_on == date(2026, 10, 1)
    clock.set(datetime(2026, 10, 1, 9))
    clock.advance(days=-left)
    found = home(desk).office
    assert [one.days_left for one in found] == ([left] if reminded else [])
    assert all(one.place == "settings" for one in found)


def test_a_term_that_ends_before_it_begins_is_refused(desk):
    committee = roster.committee_view(desk).committee
    wrong = replace(committee, elected_on=TODAY, term_ends_on=TODAY)
    with pytest.raises(UserError, match="早于"):
        roster.save_term(desk, wrong)
    assert roster.committee_view(desk).committee == committee
