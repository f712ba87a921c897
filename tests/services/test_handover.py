"""Hand-over of an office, on a real office file."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import disputes, handover, office, queries, roster


@pytest.fixture
def village(desk):
    return Village(desk)


def made(desk, dispute_ids, reason="任期届满", **changed):
    values = {
        "id": desk.new_id(),
        "on": TODAY,
        "from_name": "汪承平",
        "to_name": "周正明",
        "reason": reason,
        "dispute_ids": tuple(dispute_ids),
        "duties": ("定期排查和零报告",),
        "files": ("（2025）龙东人调字第001号",),
        "keys": ("档案柜钥匙",),
    }
    return records.Handover(**(values | changed))


def kept(desk):
    return handover.handover_sheets(desk)[0].handover


def sign(desk, from_on, to_on):
    return handover.sign_handover(desk, kept(desk), from_signed_on=from_on, to_signed_on=to_on)


def closed(desk, village, *names):
    """Enter a dispute that was withdrawn and closed."""
    dispute_id = village.dispute(*names, accepted_on=TODAY)
    disputes.take_step(desk, dispute_id, Action.WITHDRAW, TODAY, reason="自行和好")
    disputes.take_step(desk, dispute_id, Action.CLOSE, TODAY)
    return dispute_id


def test_hand_over_of_office_at_the_end_of_a_term(desk, village):
    """Everything goes to the next mediator at once; who leaves is out only after both signed."""
    first = village.dispute("甲", "乙", accepted_on=TODAY)
    second = village.dispute("丙", "丁", accepted_on=TODAY)
    done = closed(desk, village, "戊", "己")
    village.session(first, datetime(2026, 6, 25, 9))
    leaving, coming = village.mediators["汪承平"], village.mediators["周正明"]

    found = handover.propose_handover(desk, leaving)
    assert [one.line.id for one in found.disputes] == [first, second]
    assert [one.planned for one in found.disputes] == [1, 0]
    assert found.files == (queries.dossier(desk, done).dispute.number,)
    assert "档案柜钥匙" in found.keys
    assert found.duties

    handover.hand_over(desk, made(desk, [first, second], files=found.files, keys=found.keys))
    for dispute_id in (first, second):
        dossier = queries.dossier(desk, dispute_id)
        assert dossier.dispute.mediator_ids == (coming,)
        assert {session.mediator_ids for session in dossier.sessions} <= {(coming,)}
        assert "移交：汪承平→周正明" in {line.action for line in queries.history(desk, dispute_id)}
    assert queries.dossier(desk, done).dispute.mediator_ids == (leaving,)

    sign(desk, TODAY, None)
    assert "汪承平" in office.office_view(desk).names
    sign(desk, TODAY, TODAY)
    gone = roster.mediator_view(desk, leaving)
    assert (gone.mediator.active, gone.mediator.until_on, gone.open) == (False, TODAY, ())
    assert "汪承平" not in office.office_view(desk).names
    assert {line.id for line in roster.mediator_view(desk, coming).open} == {first, second}


def test_the_sheet_says_all_that_the_paper_needs(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    handover.hand_over(desk, made(desk, [dispute_id], note="印章在镇司法所"))
    sheet = handover.handover_sheet(desk, kept(desk).id)
    assert sheet.committee.endswith("鸡鸣村人民调解委员会")
    assert [line.title for line in sheet.disputes] == ["甲与乙"]
    assert not sheet.signed
    text = handover.handover_listing(sheet).text
    for word in ("甲与乙", "定期排查", "第001号", "档案柜钥匙", "印章在镇司法所", "移出人签字\t汪承平"):
        assert word in text


def test_nobody_leaves_with_open_disputes_or_an_unsigned_hand_over(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    leaving = office.office_view(desk).mediators[0]
    with pytest.raises(UserError, match="1件"):
        office.save_office(desk, replace(leaving, active=False))
    with pytest.raises(UserError, match="1件"):
        roster.set_in_office(desk, leaving, active=False)
    handover.hand_over(desk, made(desk, [dispute_id]))
    with pytest.raises(UserError, match="签字"):
        roster.set_in_office(desk, leaving, active=False)
    sign(desk, TODAY, TODAY)
    assert not roster.mediator_view(desk, leaving.id).mediator.active


def test_who_handed_over_only_a_part_stays_until_the_rest_is_handed_over(desk, village):
    first = village.dispute("甲", "乙", accepted_on=TODAY)
    second = village.dispute("丙", "丁", accepted_on=TODAY)
    leaving = village.mediators["汪承平"]
    handover.hand_over(desk, made(desk, [first]))
    sign(desk, TODAY, TODAY)
    assert roster.mediator_view(desk, leaving).mediator.active
    handover.hand_over(desk, made(desk, [second]))
    sign(desk, TODAY, TODAY)
    assert not roster.mediator_view(desk, leaving).mediator.active


def test_leave_of_absence_ends_no_office(desk, village):
    handover.hand_over(desk, made(desk, [], reason="请假、外出"))
    sign(desk, TODAY, TODAY)
    assert roster.mediator_view(desk, village.mediators["汪承平"]).mediator.active


def test_a_choice_of_the_parties_is_told_and_does_not_pass_to_the_next(desk, village):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    leaving, coming = village.mediators["汪承平"], village.mediators["周正明"]
    dossier = queries.dossier(desk, dispute_id)
    choice = records.MediatorChoice(mediator_id=leaving, party_ids=(dossier.parties[0].id,))
    both = replace(
        dossier.dispute, mediator_choices=(choice,), mediator_ids=(leaving, coming), recorder="汪承平"
    )
    disputes.save_dispute(desk, both)
    assert handover.propose_handover(desk, leaving).disputes[0].chosen
    handover.hand_over(desk, made(desk, [dispute_id]))
    after = queries.dossier(desk, dispute_id).dispute
    assert (after.mediator_ids, after.mediator_choices, after.recorder) == ((coming,), (), "周正明")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"to_name": "汪承平"}, "同一个人"), ({"to_name": "无此人"}, "没有这名")],
)
def test_a_hand_over_to_nobody_is_refused_and_nothing_kept(desk, village, changed, sentence):
    dispute_id = village.dispute("甲", "乙", accepted_on=TODAY)
    with pytest.raises(UserError, match=sentence):
        handover.hand_over(desk, made(desk, [dispute_id], **changed))
    assert handover.handover_sheets(desk) == ()
    assert queries.dossier(desk, dispute_id).dispute.mediator_ids == (village.mediators["汪承平"],)


def test_a_dispute_closed_meanwhile_is_not_handed_over(desk, village):
    mine, done = village.dispute("甲", "乙", accepted_on=TODAY), closed(desk, village, "丙", "丁")
    with pytest.raises(UserError, match="已经办结"):
        handover.hand_over(desk, made(desk, [mine, done]))
    assert queries.dossier(desk, mine).dispute.mediator_ids == (village.mediators["汪承平"],)


def test_nobody_signs_in_the_future(desk):
    handover.hand_over(desk, made(desk, []))
    with pytest.raises(UserError, match="还没有到"):
        sign(desk, date(2026, 6, 20), None)
