"""Private notes: the writer's alone, never printed, never sent."""

import json

import pytest
from desks import sample
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.matter import Matter
from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import notes, queries, transfer
from mediation_desktop.system.paths import forms_folder

UNSAID = "张福根其实看重面子"


def note(desk, dispute_id, **changed):
    values = {"id": desk.new_id(), "dispute_id": dispute_id, "on": TODAY, "by": desk.actor, "text": UNSAID}
    return records.PrivateNote(**(values | changed))


@pytest.fixture
def dispute_id(desk):
    return Village(desk).dispute("张福根", "李木水", accepted_on=TODAY)


def test_a_note_is_seen_and_changed_by_its_writer_only(desk, dispute_id):
    notes.keep_note(desk, note(desk, dispute_id))
    (kept,) = queries.dossier(desk, dispute_id).private_notes
    other = replace(desk, actor="周正明")
    assert notes.own_notes(desk, queries.dossier(desk, dispute_id)) == (kept,)
    assert notes.own_notes(other, queries.dossier(desk, dispute_id)) == ()
    for do in (notes.keep_note, notes.remove_note):
        with pytest.raises(UserError, match="别人"):
            do(other, kept)
    notes.remove_note(desk, kept)
    assert queries.dossier(desk, dispute_id).private_notes == ()


def test_an_empty_note_is_no_note(desk, dispute_id):
    with pytest.raises(UserError, match="没有写"):
        notes.keep_note(desk, note(desk, dispute_id, text=" "))


def test_a_note_is_in_no_bundle(sender):
    notes.keep_note(sender.desk, note(sender.desk, sender.dispute_id))
    with sender.desk.office_file.read() as reader:
        waiting = [revision for _number, revision in reader.pending("county")]
    assert waiting
    assert "private_note" not in {revision.kind for revision in waiting}
    assert UNSAID not in json.dumps([revision.snapshot for revision in waiting], ensure_ascii=False)
    choice = transfer.ExportChoice("county", sender.stick, ())
    assert transfer.export_bundle(sender.desk, choice).records == len(waiting)


def test_a_note_is_on_no_paper(desk, new_id):
    case = sample(1, new_id).dossier
    noted = replace(case, private_notes=(note(desk, case.dispute.id),))
    for name, about in (("agreement", case.agreement), ("mediation_record", case.sessions[0])):
        form = load_form(name, [forms_folder()])
        with_note, without = (compose(form, Matter(one, desk.codes, about)) for one in (noted, case))
        assert with_note == without
