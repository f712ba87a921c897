from datetime import date, datetime

from builders import DISPUTE_ID, agreement, dispute, dossier, party, uid
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.papers import Pack, concerned, shelves, subject_of
from mediation_desktop.domain.records import AgreementForm, DisputeState, PaperState, SessionState

WHEN = datetime(2026, 6, 19, 15, 30)


def session(number, state):
    return records.Session(id=uid(600 + number), dispute_id=DISPUTE_ID, starts_at=WHEN, state=state)


def outcome(kind):
    return records.Outcome(id=uid(700), dispute_id=DISPUTE_ID, kind=kind, on=WHEN.date(), reason="拒绝")


def paper(form, subject_id, state=PaperState.PRINTED):
    return records.IssuedPaper(
        id=uid(800),
        dispute_id=DISPUTE_ID,
        subject_id=subject_id,
        form=form,
        form_version="1",
        printed_at=WHEN,
        copies=1,
        pages=1,
        pdf_sha256="",
        docx_sha256="",
        state=state,
    )


def forms(**changed):
    """The forms offered with the dispute but the application, which is there until it is settled."""
    return [form for form in offered(**changed) if form != "application"]


def offered(pack=Pack.CASE, **changed):
    return [shelf.kind.form for shelf in shelves(dossier(**changed)) if shelf.kind.pack is pack]


def test_before_acceptance_only_rights_and_duties_are_printed():
    assert forms() == ["rights_notice"]
    assert offered() == ["application", "rights_notice"]
    assert offered(Pack.BESIDE) == ["identity_copies"]


def test_nobody_applies_where_the_committee_took_the_first_step():
    assert "application" not in offered(dispute=dispute(source_code="initiative"))


def test_a_power_of_attorney_is_printed_for_those_who_gave_one():
    assert "power_of_attorney" not in offered(Pack.BESIDE)
    agent = records.Agent(name="童小军")
    asked = dossier(parties=(replace(party(0), agents=(agent,)), party(1)))
    (found,) = (one for one in shelves(asked) if one.kind.form == "power_of_attorney")
    assert found.kind.concerned(asked, found.subject_id) == asked.parties[:1]


def test_the_papers_for_the_court_belong_to_a_written_agreement():
    written = (agreement(),)
    assert offered(Pack.CONFIRMATION) == []
    assert offered(Pack.CONFIRMATION, agreements=(agreement(form=AgreementForm.ORAL),)) == []
    papers = ["confirmation_application", "presided_proof", "service_address"]
    assert offered(Pack.CONFIRMATION, agreements=written) == papers
    firm = replace(party(1), kind=records.PartyKind.ORGANISATION)
    on_land = dispute(land_use="管护毛竹")
    found = offered(Pack.CONFIRMATION, agreements=written, parties=(party(0), firm), dispute=on_land)
    assert found == [*papers[:2], "representative_certificate", papers[2], "property_list"]


def test_every_payment_has_its_receipt_signed_by_who_was_paid():
    paid = records.Payment(
        id=uid(410),
        dispute_id=DISPUTE_ID,
        debtor_id=party(1).id,
        creditor_id=party(0).id,
        amount_fen=80000,
        on=WHEN.date(),
    )
    told = dossier(agreements=(agreement(),), payments=(paid,))
    receipts = [shelf for shelf in shelves(told) if shelf.kind.form == "payment_receipt"]
    assert [shelf.subject for shelf in receipts] == [paid]
    assert concerned(told, paper("payment_receipt", paid.id)) == (party(0),)


def test_what_goes_round_the_dossier_is_offered_once_it_is_accepted_or_ended():
    around = ["cover", "contents", "dossier_statement", "back"]
    assert offered(Pack.FILING) == []
    assert offered(Pack.FILING, dispute=dispute(accepted_on=WHEN.date())) == around
    assert offered(Pack.FILING, outcomes=(outcome("not_accepted"),)) == around


def test_a_session_to_come_has_notices_and_one_held_a_record():
    sessions = (session(1, SessionState.HELD), session(2, SessionState.PLANNED))
    accepted = dispute(state=DisputeState.MEDIATING, accepted_on=date(2026, 6, 19))
    found = forms(dispute=accepted, sessions=(*sessions, session(3, SessionState.CANCELLED)))
    assert found == ["registration", "rights_notice", "session_notice", "mediation_record"]


def test_an_agreement_has_the_paper_of_its_form_and_only_the_newest_one():
    oral = agreement(form=AgreementForm.ORAL)
    written = agreement(id=uid(301))
    settled = dispute(state=DisputeState.AGREED)
    assert forms(dispute=settled, agreements=(oral,)) == ["oral_agreement"]
    assert forms(dispute=settled, agreements=(oral, written)) == ["agreement"]


def test_each_end_has_its_own_paper():
    over = dispute(state=DisputeState.TERMINATED)
    assert forms(dispute=over, outcomes=(outcome("terminated"),)) == ["termination"]
    assert forms(dispute=over, outcomes=(outcome("not_accepted"),)) == ["not_accepted"]
    assert forms(dispute=over, outcomes=(outcome("withdrawn"),)) == []


def test_what_was_issued_stays_to_be_reprinted_and_what_was_replaced_does_not():
    held = (session(1, SessionState.HELD),)
    over = dispute(state=DisputeState.TERMINATED)
    given = paper("session_notice", held[0].id)
    told = dossier(dispute=over, sessions=held, papers=(given,))
    (notice, record) = (shelf for shelf in shelves(told) if shelf.kind.pack is Pack.CASE)
    assert (notice.kind.form, notice.subject, notice.newest) == ("session_notice", None, given)
    assert (record.kind.form, record.newest) == ("mediation_record", None)
    replaced = paper("session_notice", held[0].id, PaperState.REPLACED)
    assert forms(dispute=over, sessions=held, papers=(replaced,)) == ["mediation_record"]


def test_a_paper_is_about_the_newest_record_unless_another_is_named():
    sessions = (session(1, SessionState.HELD), session(2, SessionState.HELD))
    told = dossier(sessions=sessions)
    assert subject_of(told, "mediation_record") == sessions[1]
    assert subject_of(told, "mediation_record", sessions[0].id) == sessions[0]
    assert subject_of(told, "session_notice", sessions[0].id) is None
    assert subject_of(told, "an_offices_own", sessions[0].id) == sessions[0]


def test_who_asked_is_told_that_a_dispute_is_not_taken_and_who_came_signs_the_record():
    away = records.Session(
        id=uid(601),
        dispute_id=DISPUTE_ID,
        starts_at=WHEN,
        state=SessionState.HELD,
        absences=(records.Absence(party_id=party(1).id),),
    )
    told = dossier(sessions=(away,), outcomes=(outcome("not_accepted"),))
    for form, subject in (("not_accepted", uid(700)), ("mediation_record", away.id)):
        assert concerned(told, paper(form, subject)) == (party(0),)
    assert concerned(told, paper("oral_agreement", uid(300))) == ()
    assert concerned(told, paper("agreement", uid(300))) == told.parties
