"""What is looked at around a session; nothing of it ever bars one."""

from datetime import date, datetime

import pytest
from builders import DISPUTE_ID, dossier, notice, party, uid
from msgspec.structs import replace

from mediation_desktop.domain import meeting, records
from mediation_desktop.domain.lifecycle import Action, after
from mediation_desktop.services.codes import load_codes

CODES = load_codes()
THREE = datetime(2026, 6, 19, 15, 30)


def session(**changed):
    values = {
        "id": uid(700),
        "dispute_id": DISPUTE_ID,
        "starts_at": THREE,
        "lines": (records.RecordLine(speaker_id=None, said="说清楚。"),),
    }
    return records.Session(**(values | changed))


def proposal(number, state, **changed):
    values = {
        "id": uid(800 + number),
        "dispute_id": DISPUTE_ID,
        "position": number,
        "party_id": uid(200),
        "text": f"方案{number}",
        "state": state,
    }
    return records.Proposal(**(values | changed))


def attempt(number, result, **changed):
    values = {
        "id": uid(900 + number),
        "dispute_id": DISPUTE_ID,
        "party_id": uid(201),
        "at": datetime(2026, 6, 10 + number, 9),
        "how": "电话",
        "result": result,
    }
    return records.Attempt(**(values | changed))


def guest(*, consent):
    return records.InvitedParticipant(
        id=uid(600), dispute_id=DISPUTE_ID, name="姜土旺", role="小组长", consent=consent
    )


def test_a_notice_to_all_before_the_session_leaves_nothing_to_say():
    assert meeting.session_warnings(dossier(), session()) == ()


def test_a_session_without_a_notice_before_it_warns():
    late = dossier(notices=(replace(notice(), told_at=datetime(2026, 6, 19, 15, 31)),))
    for case in (dossier(notices=()), late):
        (text,) = meeting.session_warnings(case, session())
        assert "告知" in text
        assert "张福根" not in text


def test_only_those_who_were_not_told_are_named():
    case = dossier(notices=(replace(notice(), party_ids=(uid(200),)),))
    assert [one.name for one in meeting.untold(case)] == ["李木水"]
    (text,) = meeting.session_warnings(case, session())
    assert text.startswith("李木水：")


def test_who_is_asked_to_help_without_the_parties_consent_is_named():
    chosen = session(invited_ids=(uid(600),))
    (text,) = meeting.session_warnings(dossier(invited=(guest(consent=False),)), chosen)
    assert text.startswith("姜土旺：")
    assert meeting.session_warnings(dossier(invited=(guest(consent=True),)), chosen) == ()
    assert meeting.session_warnings(dossier(invited=(guest(consent=False),)), session()) == ()


def test_a_closed_session_asks_for_its_reason():
    assert meeting.session_warnings(dossier(), session(public=False))
    assert meeting.session_warnings(dossier(), session(public=False, closed_because="涉及个人隐私")) == ()
    assert meeting.session_warnings(dossier(), session(public=True)) == ()


def test_a_handwritten_record_needs_no_typed_lines():
    held = session(state=records.SessionState.HELD, lines=())
    assert len(meeting.session_warnings(dossier(), held)) == 1
    assert meeting.session_warnings(dossier(), replace(held, sheets=3)) == ()


def test_the_next_session_waits_only_until_it_is_planned():
    held = session(state=records.SessionState.HELD, next_on=date(2026, 6, 25))
    assert meeting.appointed(dossier(sessions=(held,))) == held
    assert meeting.appointed(dossier(sessions=(held, session(id=uid(701))))) is None
    assert meeting.appointed(dossier(sessions=(replace(held, next_on=None),))) is None
    assert meeting.appointed(dossier()) is None


def test_open_proposals_are_those_of_earlier_sessions_not_settled_yet():
    made = (
        proposal(0, "未接受"),
        proposal(1, "双方接受"),
        proposal(2, "部分接受"),
        proposal(3, "撤回"),
        proposal(4, "未接受", session_id=uid(700)),
        proposal(5, ""),
    )
    found = meeting.open_proposals(dossier(proposals=made), CODES.proposal_states, uid(700))
    assert [item.position for item in found] == [0, 2, 5]
    assert [meeting.accepted(CODES.proposal_states, item) for item in made[:3]] == [False, True, False]


def test_how_often_a_party_was_tried_is_said_and_silence_is_no_refusal():
    second = party(1)
    silent = dossier(attempts=tuple(attempt(number, "未联系上") for number in range(3)))
    assert (
        meeting.contact(silent, second, CODES.reach_results)
        == "李木水：已联系 3 次，未联系上；没有回应不等于拒绝。"
    )
    assert meeting.contact(silent, party(0), CODES.reach_results) == ""
    heard = dossier(attempts=(attempt(2, "联系上，愿意来"), attempt(1, "未联系上")))
    assert meeting.contact(heard, second, CODES.reach_results) == "李木水：已联系 2 次，2026年6月12日联系上。"


@pytest.mark.parametrize("entry", CODES.reach_results.entries, ids=lambda entry: entry.code)
def test_no_result_of_trying_to_reach_somebody_and_no_absence_bars_mediation(entry):
    absent = session(
        state=records.SessionState.HELD, absences=(records.Absence(party_id=uid(201), reason="不明"),)
    )
    case = dossier(
        dispute=replace(dossier().dispute, state=records.DisputeState.ACCEPTED),
        attempts=(attempt(1, entry.name), attempt(2, entry.name)),
        sessions=(absent,),
    )
    assert case.barred_since() is None
    assert after(case, Action.MEDIATE) is records.DisputeState.MEDIATING
