"""Investigations begin 调查, evidence is listed with its files, land says use and never title."""

from datetime import date, datetime
from io import BytesIO

import pytest
from desks import sample
from msgspec.structs import replace
from pictures import photo
from PIL import Image

from mediation_desktop.domain import land, records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import DisputeState, Mark
from mediation_desktop.domain.stages import Progress, progress
from mediation_desktop.services import (
    attachments,
    disputes,
    inquiries,
    queries,
    sessions,
    sketches,
    taking_in,
)
from mediation_desktop.services.casefiles.entering import adopt
from mediation_desktop.services.taking_in import Incoming


@pytest.fixture
def case(desk, new_id):
    """Give the records of a sample dispute that is registered and not accepted."""
    made = adopt(desk, sample(1, new_id).dossier)
    disputes.register_dispute(desk, made.dispute, made.parties, made.invited)
    return made


@pytest.fixture
def accepted(desk, case):
    """Give the id of the dispute after its acceptance."""
    disputes.take_step(desk, case.dispute.id, disputes.lifecycle.Action.ACCEPT, date(2026, 6, 19))
    return case.dispute.id


@pytest.fixture
def stored(desk):
    """Give a photo that was taken in."""
    return taking_in.take_in(desk, [Incoming("现场.jpg", data=photo(800, 600))]).stored


def investigation(new_id, dispute_id, **changed):
    values = {
        "id": new_id(),
        "dispute_id": dispute_id,
        "at": datetime(2026, 6, 19, 10),
        "place": "石塔巷",
        "asked": "余阿婆",
        "questions": (records.Question(question="树是谁家的？", answer="李家的。"),),
        "investigator": "汪承平",
    }
    return records.Investigation(**(values | changed))


def evidence(new_id, dispute_id, **changed):
    values = {"id": new_id(), "dispute_id": dispute_id, "kind": "photo", "name": "现场照片"}
    return records.Evidence(**(values | changed))


def state(desk, dispute_id):
    return queries.dossier(desk, dispute_id).dispute.state


def test_the_first_investigation_begins_the_stage_and_further_ones_change_nothing(desk, accepted, new_id):
    inquiries.save_investigation(desk, investigation(new_id, accepted))
    assert state(desk, accepted) is DisputeState.INVESTIGATING
    inquiries.save_investigation(desk, investigation(new_id, accepted, asked="李木水"))
    dossier = queries.dossier(desk, accepted)
    assert [item.asked for item in dossier.investigations] == ["余阿婆", "李木水"]
    assert [step.action for step in dossier.steps] == ["accept", "investigate"]
    assert dossier.steps[-1].on == date(2026, 6, 19)


def test_an_investigation_before_acceptance_is_refused(desk, case, new_id):
    with pytest.raises(UserError, match="还没有受理"):
        inquiries.save_investigation(desk, investigation(new_id, case.dispute.id))
    assert queries.dossier(desk, case.dispute.id).investigations == ()


def test_a_refusal_bars_investigating_but_not_writing_down_what_was_asked_before(desk, accepted, new_id):
    party = queries.dossier(desk, accepted).parties[0]
    refusal = records.Refusal(
        id=new_id(), dispute_id=accepted, party_id=party.id, on=date(2026, 6, 20), how="当面"
    )
    disputes.save_records(desk, "登记拒绝调解", refusal)
    with pytest.raises(UserError, match="拒绝"):
        inquiries.save_investigation(desk, investigation(new_id, accepted, at=datetime(2026, 6, 21, 9)))
    inquiries.save_investigation(desk, investigation(new_id, accepted))
    assert state(desk, accepted) is DisputeState.ACCEPTED
    assert len(queries.dossier(desk, accepted).investigations) == 1


def test_a_handwritten_record_needs_no_retyping(desk, accepted, new_id, stored):
    empty = investigation(new_id, accepted, questions=())
    with pytest.raises(UserError, match="没有内容"):
        inquiries.save_investigation(desk, empty)
    inquiries.save_investigation(desk, replace(empty, sheets=2), stored)
    dossier = queries.dossier(desk, accepted)
    assert dossier.investigations[0].sheets == 2
    assert [item.subject_id for item in dossier.attachments] == [empty.id]


def test_somebody_has_to_be_asked(desk, accepted, new_id):
    with pytest.raises(UserError, match="被调查人"):
        inquiries.save_investigation(desk, investigation(new_id, accepted, asked=" "))


def test_the_stage_counts_as_done_with_evidence_alone(desk, accepted, new_id):
    assert dict(progress(queries.dossier(desk, accepted)))["调查"] is Progress.TODO
    inquiries.save_evidence(desk, evidence(new_id, accepted))
    assert dict(progress(queries.dossier(desk, accepted)))["调查"] is Progress.DONE


def test_evidence_is_kept_with_its_files_and_goes_with_them_for_a_reason(desk, accepted, new_id, stored):
    inquiries.save_evidence(desk, evidence(new_id, accepted), stored)
    (kept,) = queries.dossier(desk, accepted).evidence
    assert len(attachments.of_subject(desk, kept.id)) == 1
    with pytest.raises(UserError, match="原因"):
        inquiries.remove_evidence(desk, kept, "")
    inquiries.remove_evidence(desk, kept, "不是这件事的")
    dossier = queries.dossier(desk, accepted)
    assert (dossier.evidence, dossier.attachments) == ((), ())
    assert {line.changes[0].new for line in queries.history(desk, accepted)[-2:]} == {"不是这件事的"}
    assert attachments.read(desk, stored[0].sha256)


def test_evidence_needs_a_name_and_a_kind_of_the_table(desk, accepted, new_id):
    with pytest.raises(UserError, match="名称"):
        inquiries.save_evidence(desk, evidence(new_id, accepted, name=""))
    with pytest.raises(UserError, match="证据种类"):
        inquiries.save_evidence(desk, evidence(new_id, accepted, kind="hearsay"))


def test_a_session_keeps_the_photo_of_its_handwritten_record(desk, accepted, new_id, stored):
    session = records.Session(
        id=new_id(), dispute_id=accepted, starts_at=datetime(2026, 6, 19, 15), result="未达成", sheets=3
    )
    sessions.record_session(desk, session, stored=stored)
    assert [item.sha256 for item in attachments.of_subject(desk, session.id)] == [stored[0].sha256]


def test_the_sides_and_the_use_are_kept_on_the_dispute(desk, accepted):
    sides = land.landmarks({"东": "老枫树"}, [("坎下", "水田")])
    inquiries.save_land(desk, accepted, sides, " 李家管护 ")
    dispute = queries.dossier(desk, accepted).dispute
    assert (dispute.landmarks, dispute.land_use) == (sides, "李家管护")


def sketch(new_id, dispute_id, **changed):
    values = {
        "id": new_id(),
        "dispute_id": dispute_id,
        "position": 0,
        "title": "附图一",
        "marks": (Mark(shape="arrow", points=(1000, 1000, 5000, 5000)),),
    }
    return records.Sketch(**(values | changed))


def test_sketches_stand_in_the_order_they_were_drawn_and_are_rendered(desk, accepted, new_id, stored):
    attachments.attach(desk, accepted, accepted, stored)
    (ground,) = attachments.of_subject(desk, accepted)
    sketches.save_sketch(desk, sketch(new_id, accepted))
    sketches.save_sketch(desk, sketch(new_id, accepted, title="附图二", background_id=ground.id))
    kept = queries.dossier(desk, accepted).sketches
    assert [(one.position, one.title) for one in kept] == [(0, "附图一"), (1, "附图二")]
    sizes = [_size(sketches.picture(desk, one)) for one in kept]
    assert [width for width, _ in sizes] == [1600, 800]
    assert all(height > width * 3 / 4 for width, height in sizes)


def _size(data):
    return Image.open(BytesIO(data)).size


def test_a_sketch_needs_something_drawn_and_a_title_and_goes_with_a_reason(desk, accepted, new_id):
    with pytest.raises(UserError, match="什么都没有"):
        sketches.save_sketch(desk, sketch(new_id, accepted, marks=()))
    with pytest.raises(UserError, match="名称"):
        sketches.save_sketch(desk, sketch(new_id, accepted, title=" "))
    sketches.save_sketch(desk, sketch(new_id, accepted))
    (kept,) = queries.dossier(desk, accepted).sketches
    with pytest.raises(UserError, match="原因"):
        sketches.remove_sketch(desk, kept, "")
    sketches.remove_sketch(desk, kept, "画错了")
    assert queries.dossier(desk, accepted).sketches == ()
