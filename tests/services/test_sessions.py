"""Planning and recording sessions: warnings that never bar, offers that stay with their session."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import agreements, disputes, queries, sessions


@pytest.fixture
def village(desk):
    return Village(desk)


@pytest.fixture
def planned(village):
    """Give a session planned for half past two."""
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY, phone="13900000001")
    return village.session(dispute_id, datetime(2026, 6, 19, 14, 30), place="田头", mediator="周正明")


def proposal(desk, session, position=0, **changed):
    values = {
        "id": desk.new_id(),
        "dispute_id": session.dispute_id,
        "session_id": session.id,
        "position": position,
        "party_id": None,
        "text": "修好，补八百元。",
        "state": "未接受",
    }
    return records.Proposal(**(values | changed))


def kept(desk, session):
    return queries.dossier(desk, session.dispute_id)


def test_a_party_who_is_asked_to_two_places_at_once_is_warned_of_and_never_barred(desk, village, planned):
    other = village.dispute("张福根", "王大山", accepted_on=TODAY, phone="13900000001")
    mine = records.Session(
        id=desk.new_id(), dispute_id=other, starts_at=datetime(2026, 6, 19, 14), place="村委会"
    )
    (text,) = sessions.clash_warnings(desk, mine)
    assert text == "2026年6月19日 14:30还有一次调解（张福根与李木水），撞了当事人张福根，请核对。"
    sessions.schedule_session(desk, mine)
    assert kept(desk, mine).sessions[0].state is records.SessionState.PLANNED
    lines = queries.sessions_between(desk, TODAY, TODAY)
    assert [[clash.about for clash in line.clashes] for line in lines] == [["当事人张福根"]] * 2
    assert planned.id in {line.session.id for line in lines}


def test_a_session_without_a_notice_is_warned_of_and_can_be_planned_and_recorded(desk, planned):
    assert any("告知" in text for text in sessions.warnings(desk, kept(desk, planned), planned))
    sessions.record_session(desk, replace(planned, result="未达成"))
    assert kept(desk, planned).sessions[0].state is records.SessionState.HELD


def test_a_session_can_be_entered_with_the_real_time_and_the_sheets_of_the_record(desk, village, clock):
    clock.set(datetime(2026, 6, 19, 19, 30))
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY)
    session = records.Session(
        id=desk.new_id(),
        dispute_id=dispute_id,
        starts_at=datetime(2026, 6, 19, 11, 0),
        result="达成协议",
        sheets=3,
    )
    sessions.record_session(desk, session)
    (found,) = queries.dossier(desk, dispute_id).sessions
    assert (found.starts_at, found.sheets, found.lines) == (session.starts_at, 3, ())
    assert found.created_at == clock.now()


def test_a_next_day_before_this_one_is_a_slip_of_the_pen(desk, planned):
    slip = replace(planned, result="未达成，约定再次调解", next_on=date(2026, 6, 18))
    with pytest.raises(UserError, match="早于"):
        sessions.record_session(desk, slip)
    sessions.record_session(desk, replace(slip, next_on=date(2026, 6, 25)))


def test_offers_stay_with_their_session_and_are_exactly_those_of_the_record(desk, planned):
    first, second = proposal(desk, planned), proposal(desk, planned, 1, text="补一千元。")
    sessions.record_session(desk, replace(planned, result="未达成"), [first, second])
    now = kept(desk, planned)
    assert [item.session_id for item in now.proposals] == [planned.id] * 2
    sessions.record_session(desk, now.sessions[0], [replace(now.proposals[1], state="双方接受")])
    assert [(item.text, item.state) for item in kept(desk, planned).proposals] == [("补一千元。", "双方接受")]
    sessions.record_session(desk, kept(desk, planned).sessions[0])
    assert len(kept(desk, planned).proposals) == 1


def test_the_next_session_may_settle_an_offer_of_the_one_before(desk, village, planned):
    sessions.record_session(desk, replace(planned, result="未达成"), [proposal(desk, planned)])
    following = village.session(planned.dispute_id, datetime(2026, 6, 25, 9))
    (before,) = kept(desk, planned).proposals
    sessions.record_session(desk, replace(following, result="达成协议"), [replace(before, state="双方接受")])
    (after,) = kept(desk, planned).proposals
    assert (after.session_id, after.state) == (planned.id, "双方接受")


def test_an_offer_that_an_agreement_quotes_is_not_dropped(desk, planned):
    sessions.record_session(desk, replace(planned, result="达成协议"), [proposal(desk, planned)])
    (made,) = kept(desk, planned).proposals
    term = records.Term(text=made.text, proposal_id=made.id)
    agreement = records.Agreement(
        id=desk.new_id(), dispute_id=planned.dispute_id, number="", terms=(term,), agreed_on=TODAY
    )
    agreements.save_agreement(desk, agreement, ())
    with pytest.raises(UserError, match="写进协议"):
        sessions.record_session(desk, kept(desk, planned).sessions[0], [])
    assert kept(desk, planned).proposals


def test_silence_bars_nothing(desk, planned):
    silent = kept(desk, planned).parties[1]
    tries = [
        records.Attempt(
            id=desk.new_id(),
            dispute_id=planned.dispute_id,
            party_id=silent.id,
            at=datetime(2026, 6, 17 + number, 9),
            how="上门",
            result="收到通知，没有回应",
        )
        for number in range(3)
    ]
    disputes.save_records(desk, "登记联系当事人", *tries)
    absent = replace(planned, absences=(records.Absence(party_id=silent.id, reason="不明"),), result="未达成")
    sessions.record_session(desk, absent)
    again = records.Session(
        id=desk.new_id(), dispute_id=planned.dispute_id, starts_at=datetime(2026, 6, 20, 9)
    )
    sessions.schedule_session(desk, again)
    assert kept(desk, planned).barred_since() is None
