"""撤销: what one change did is taken back as a change of its own, or refused in plain words."""

from datetime import date, datetime

import pytest
from desks import sample
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.encoding import to_plain
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import agreements, disputes, office, papers, queries, sessions, transfer
from mediation_desktop.services.casefiles.entering import adopt
from mediation_desktop.services.numbers import void_numbers
from mediation_desktop.services.undo import can_be_undone, undo


@pytest.fixture
def village(desk):
    """Give the office people who quarrel."""
    return Village(desk)


def last_change(desk, dispute_id):
    return queries.history(desk, dispute_id)[-1].change_id


def register(desk, new_id, number=1, *, accept=True):
    """Register a sample dispute with its parties and return what was changed."""
    case = adopt(desk, sample(number, new_id).dossier)
    return disputes.register_dispute(desk, case.dispute, case.parties, case.invited, accept=accept)


def everything(desk):
    """Return what every kept record says, without its revision and times."""
    with desk.office_file.read() as reader:
        return {
            str(one.id): {
                name: value
                for name, value in to_plain(one).items()
                if name not in ("revision", "created_at", "updated_at")
            }
            for cls in records.KINDS.values()
            for one in reader.find(cls)
        }


def test_a_wrong_registration_goes_with_everything_it_brought(desk, new_id):
    before = everything(desk)
    change = register(desk, new_id)
    assert len(everything(desk)) > len(before) + 2
    undone = undo(desk, change.change_id)
    assert everything(desk) == before
    assert queries.count_disputes(desk) == 0
    assert {"dispute", "party"} <= undone.kinds
    assert not can_be_undone(undone)


def test_undoing_is_told_in_history_and_forgets_nothing(desk, new_id, clock):
    change = register(desk, new_id)
    clock.advance(minutes=3)
    undo(desk, change.change_id)
    lines = queries.history(desk, change.dispute_id)
    taken_back = [line for line in lines if line.action == "撤销：登记纠纷"]
    assert {line.kind for line in taken_back} == {line.kind for line in lines}
    assert all(line.changes[0].new.startswith("撤销：登记纠纷") for line in taken_back)
    with desk.office_file.read() as reader:
        first, *_, last = reader.revisions(change.dispute_id)
    assert first.snapshot["summary"]
    assert last.removed_because == f"撤销：登记纠纷；编号{first.snapshot['number']}没有印出，收回再用"


def test_what_was_edited_becomes_what_it_was(desk, village):
    dispute_id = village.dispute("张福根", "李木水", phone="13900001234")
    party = queries.dossier(desk, dispute_id).parties[0]
    before = everything(desk)
    change = disputes.save_party(desk, replace(party, phone="13800001234"))
    undo(desk, change.change_id)
    assert everything(desk) == before


def test_what_was_removed_comes_back(desk, village):
    dispute_id = village.dispute("张福根", "李木水", "王大山")
    party = queries.dossier(desk, dispute_id).parties[2]
    before = everything(desk)
    change = disputes.remove_party(desk, party, "登记有误")
    undo(desk, change.change_id)
    assert everything(desk) == before
    with desk.office_file.read() as reader:
        added, removed, back = reader.revisions(party.id)
    assert back.parents == (removed.id,)
    assert removed.parents == (added.id,)


def test_a_step_of_the_lifecycle_is_taken_back_whole(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    before = everything(desk)
    change = disputes.take_step(desk, dispute_id, Action.ACCEPT, TODAY)
    undo(desk, change.change_id)
    assert everything(desk) == before


def test_twelve_changes_are_undone_one_after_the_other(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    states, changes = [], []
    for number in range(12):
        states.append(everything(desk))
        dispute = queries.dossier(desk, dispute_id).dispute
        changes.append(disputes.save_dispute(desk, replace(dispute, summary=f"第{number}遍写。")))
    for change, state in zip(reversed(changes), reversed(states), strict=True):
        undo(desk, change.change_id)
        assert everything(desk) == state


def test_a_change_is_undone_once(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    change = disputes.take_step(desk, dispute_id, Action.ACCEPT, TODAY)
    undo(desk, change.change_id)
    with pytest.raises(UserError, match="同一条记录又改过"):
        undo(desk, change.change_id)


def test_what_was_changed_since_is_not_undone(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    dispute = queries.dossier(desk, dispute_id).dispute
    first = disputes.save_dispute(desk, replace(dispute, summary="水沟堵了。"))
    dispute = queries.dossier(desk, dispute_id).dispute
    disputes.save_dispute(desk, replace(dispute, place="石塔巷"))
    before = everything(desk)
    with pytest.raises(UserError, match="同一条记录又改过"):
        undo(desk, first.change_id)
    assert everything(desk) == before


def test_what_others_lean_on_is_not_taken_away(desk, village):
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY)
    registered = queries.history(desk, dispute_id)[0].change_id
    dispute = queries.dossier(desk, dispute_id).dispute
    party = records.Party(id=desk.new_id(), dispute_id=dispute_id, position=2, side="第三人", name="王大山")
    joined = disputes.save_party(desk, party)
    refusal = records.Refusal(id=desk.new_id(), dispute_id=dispute.id, party_id=party.id, on=TODAY)
    refused = disputes.save_records(desk, "登记拒绝调解", refusal)
    with pytest.raises(UserError, match="用到了这一步登记的内容"):
        undo(desk, joined.change_id)
    undo(desk, refused.change_id)
    undo(desk, joined.change_id)
    with pytest.raises(UserError):
        undo(desk, registered)


def test_a_session_planned_since_keeps_its_dispute(desk, village):
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY)
    accepted = last_change(desk, dispute_id)
    undo(desk, accepted)
    registered = queries.history(desk, dispute_id)[0].change_id
    note = records.Notice(
        id=desk.new_id(), dispute_id=dispute_id, how="口头", told_at=datetime(2026, 6, 19, 9), teller="汪承平"
    )
    disputes.give_notice(desk, note)
    with pytest.raises(UserError, match="用到了这一步登记的内容"):
        undo(desk, registered)


def test_only_who_did_it_may_undo_it(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    other = office.switch_actor(desk, "周正明")
    with pytest.raises(UserError, match="是汪承平做的"):
        undo(other, last_change(desk, dispute_id))


def test_what_left_in_a_bundle_is_not_undone(sender):
    desk = sender.desk
    dossier = queries.dossier(desk, sender.dispute_id)
    change = disputes.save_dispute(desk, replace(dossier.dispute, place="石塔巷东头"))
    export(sender)
    with pytest.raises(UserError, match="随数据包报出去"):
        undo(desk, change.change_id)


def export(sender):
    transfer.export_bundle(sender.desk, transfer.ExportChoice("county", sender.stick))


def test_an_undone_change_that_nobody_received_yet_leaves_as_it_ended(sender):
    desk = sender.desk
    export(sender)
    dossier = queries.dossier(desk, sender.dispute_id)
    change = disputes.save_dispute(desk, replace(dossier.dispute, place="石塔巷东头"))
    undo(desk, change.change_id)
    assert queries.dossier(desk, sender.dispute_id).dispute.place == dossier.dispute.place


def test_a_printed_or_signed_paper_is_not_undone(desk, village):
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY)
    _agree(desk, village, dispute_id)
    issued = papers.issue_agreement(desk, dispute_id, despite="急用")
    assert not can_be_undone(issued)
    with pytest.raises(UserError, match="纸质文书"):
        undo(desk, issued.change_id)
    paper = queries.dossier(desk, dispute_id).papers[0]
    signed = papers.record_signatures(desk, paper.id, (records.Signature(party_id=None, on=TODAY),))
    with pytest.raises(UserError, match="纸质文书"):
        undo(desk, signed.change_id)


def _agree(desk, village, dispute_id):
    session = village.session(dispute_id, datetime(2026, 6, 19, 15))
    sessions.record_session(desk, replace(session, result="agreed"))
    agreement = records.Agreement(
        id=desk.new_id(),
        dispute_id=dispute_id,
        number="",
        facts="水沟被堵。",
        terms=(records.Term(text="李木水疏通水沟。"),),
        agreed_on=date(2026, 6, 19),
    )
    return agreements.save_agreement(desk, agreement, ())


def number_of(desk, dispute_id):
    return queries.dossier(desk, dispute_id).dispute.number


def test_the_last_number_is_given_again_and_leaves_no_gap(desk, village):
    first = village.dispute("张福根", "李木水")
    undo(desk, last_change(desk, first))
    assert void_numbers(desk) == ()
    second = village.dispute("赵铁柱", "钱有财")
    assert number_of(desk, second) == "（2026）龙东人调字第001号"


def test_a_number_before_others_is_void_explained_and_never_used_again(desk, village):
    first = village.dispute("张福根", "李木水")
    gone = number_of(desk, first)
    village.dispute("赵铁柱", "钱有财")
    undo(desk, last_change(desk, first))
    third = village.dispute("王大山", "王小河")
    assert number_of(desk, third) == "（2026）龙东人调字第003号"
    (void,) = void_numbers(desk)
    assert (void.number, void.on, void.by, void.because) == (gone, TODAY, "汪承平", "撤销：登记纠纷")
    with desk.office_file.read() as reader:
        assert reader.revisions(first)[-1].removed_because.endswith(f"编号{gone}作废，不再使用")


def test_the_number_of_an_undone_agreement_is_given_again(desk, village):
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY)
    drafted = _agree(desk, village, dispute_id)
    number = queries.dossier(desk, dispute_id).agreement.number
    undo(desk, drafted.change_id)
    assert queries.dossier(desk, dispute_id).agreement is None
    agreement = records.Agreement(id=desk.new_id(), dispute_id=dispute_id, number="")
    agreements.save_agreement(desk, agreement, ())
    assert queries.dossier(desk, dispute_id).agreement.number == number


def test_a_mediator_who_has_disputes_since_stays(desk, village):
    fresh = records.Mediator(id=desk.new_id(), committee_id=village.view.committee.id, name="钱新来")
    change = office.save_office(desk, fresh)
    dispute_id = village.dispute("张福根", "李木水")
    dispute = queries.dossier(desk, dispute_id).dispute
    disputes.save_dispute(desk, replace(dispute, mediator_ids=(fresh.id,)))
    with pytest.raises(UserError, match="用到了这一步登记的内容"):
        undo(desk, change.change_id)


def test_what_wrote_nothing_offers_no_undoing(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    dispute = queries.dossier(desk, dispute_id).dispute
    assert not can_be_undone(disputes.save_dispute(desk, dispute))
