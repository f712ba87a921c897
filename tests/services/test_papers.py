"""Papers: frozen when printed, effective when signed and sealed, never overwritten."""

import io
import shutil
from datetime import date, datetime, timedelta

import pikepdf
import pytest
from desks import sample
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papers import shelves, told_printings
from mediation_desktop.domain.records import DisputeState, PaperState
from mediation_desktop.services import agreements, papers, queries, sessions
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.home import home
from mediation_desktop.services.office import office_view
from mediation_desktop.system.paths import forms_folder

SIGNED_ON = date(2026, 6, 29)


@pytest.fixture
def wages(desk, clock, new_id):
    """Give the wage dispute with its agreement drafted and printed, signed by nobody yet."""
    clock.advance(days=30)
    case = sample(2, new_id)
    return enter(desk, replace(case, signing=None))


def _paper(desk, dispute_id):
    return queries.dossier(desk, dispute_id).papers[-1]


def _all_signatures(desk, dispute_id):
    parties = queries.dossier(desk, dispute_id).parties
    return tuple(records.Signature(party_id=who, on=SIGNED_ON) for who in (*(p.id for p in parties), None))


def test_a_printed_paper_is_frozen_with_its_form_version(desk, wages, clock):
    paper = _paper(desk, wages)
    first = papers.paper_bytes(desk, paper)
    party = queries.dossier(desk, wages).parties[0]
    with desk.office_file.change("汪承平", "改名") as work:
        work.update(replace(party, phone="13900000099"))
    clock.advance(days=3)
    assert papers.paper_bytes(desk, paper) == first
    assert paper.form_version
    assert paper.copies == 5
    assert queries.dossier(desk, wages).dispute.state is DisputeState.AGREED


def test_effect_follows_the_latest_of_signatures_and_seals(desk, wages):
    paper = _paper(desk, wages)
    firm = queries.dossier(desk, wages).parties[-1]
    seals = (records.Signature(party_id=firm.id, on=date(2026, 6, 30)),)
    papers.record_signatures(desk, paper.id, _all_signatures(desk, wages), seals)
    assert _paper(desk, wages).state is PaperState.SIGNED
    papers.record_seal(desk, paper.id, SIGNED_ON)
    sealed = _paper(desk, wages)
    assert (sealed.state, sealed.effective_on) == (PaperState.SEALED, date(2026, 6, 30))
    assert queries.dossier(desk, wages).dispute.state is DisputeState.PERFORMING


def test_effect_never_waits_for_a_scan(desk, wages):
    """Signed and sealed on paper is enough (人民调解法 第29条); nothing asks for an image."""
    paper = _paper(desk, wages)
    firm = queries.dossier(desk, wages).parties[-1]
    seals = (records.Signature(party_id=firm.id, on=SIGNED_ON),)
    papers.record_signatures(desk, paper.id, _all_signatures(desk, wages), seals)
    papers.record_seal(desk, paper.id, SIGNED_ON)
    assert _paper(desk, wages).effective_on == SIGNED_ON


def test_a_seal_waits_for_every_signature(desk, wages):
    paper = _paper(desk, wages)
    papers.record_signatures(desk, paper.id, _all_signatures(desk, wages)[:-1])
    assert _paper(desk, wages).state is PaperState.PRINTED
    with pytest.raises(UserError, match="签字"):
        papers.record_seal(desk, paper.id, SIGNED_ON)


def test_the_organisations_own_seal_is_not_forgotten(desk, wages):
    """司发通〔2010〕239号: a legal person's representative signs and the corporate seal is put on."""
    paper = _paper(desk, wages)
    papers.record_signatures(desk, paper.id, _all_signatures(desk, wages))
    with pytest.raises(UserError, match="公章"):
        papers.record_seal(desk, paper.id, SIGNED_ON)


def test_dates_in_the_future_are_refused(desk, wages):
    paper = _paper(desk, wages)
    later = tuple(replace(one, on=date(2027, 1, 1)) for one in _all_signatures(desk, wages))
    with pytest.raises(UserError, match="今天之后"):
        papers.record_signatures(desk, paper.id, later)


def test_copies_are_receipted_one_by_one(desk, wages):
    paper = _paper(desk, wages)
    parties = queries.dossier(desk, wages).parties
    handed = tuple(records.Delivery(party_id=party.id, on=SIGNED_ON) for party in parties)
    with pytest.raises(UserError, match="盖章"):
        papers.record_deliveries(desk, paper.id, handed)
    seals = (records.Signature(party_id=parties[-1].id, on=SIGNED_ON),)
    papers.record_signatures(desk, paper.id, _all_signatures(desk, wages), seals)
    papers.record_seal(desk, paper.id, SIGNED_ON)
    papers.record_deliveries(desk, paper.id, handed[:1])
    assert _paper(desk, wages).state is PaperState.SEALED
    papers.record_deliveries(desk, paper.id, handed)
    assert _paper(desk, wages).state is PaperState.DELIVERED


def test_an_unsigned_paper_may_be_printed_anew_and_says_so(desk, wages):
    papers.issue_agreement(desk, wages)
    states = [paper.state for paper in queries.dossier(desk, wages).papers]
    assert states == [PaperState.REPLACED, PaperState.PRINTED]


def test_a_signed_agreement_is_never_overwritten(desk, wages):
    paper = _paper(desk, wages)
    papers.record_signatures(desk, paper.id, _all_signatures(desk, wages)[:1])
    dossier = queries.dossier(desk, wages)
    with pytest.raises(UserError, match="签字"):
        agreements.save_agreement(desk, dossier.agreement, dossier.obligations)
    with pytest.raises(UserError, match="签字"):
        papers.issue_agreement(desk, wages)


def test_a_faulty_agreement_is_printed_only_with_a_reason_that_is_kept(desk, wages):
    dossier = queries.dossier(desk, wages)
    first, *others = dossier.obligations
    agreements.save_agreement(desk, dossier.agreement, [replace(first, amount_fen=1), *others])
    with pytest.raises(UserError, match="不符"):
        papers.issue_agreement(desk, wages)
    papers.issue_agreement(desk, wages, despite="当事人坚持照此写")
    kept = queries.dossier(desk, wages).overrides
    assert {override.reason for override in kept} == {"当事人坚持照此写"}
    assert agreements.open_faults(desk.codes, queries.dossier(desk, wages)) == []


def test_a_preview_issues_nothing_and_names_what_cannot_be_printed(desk, wages):
    before = len(queries.dossier(desk, wages).papers)
    party = queries.dossier(desk, wages).parties[0]
    with desk.office_file.change("汪承平", "改名") as work:
        work.update(replace(party, name=f"石{chr(0x30000)}贵"))
    shown = papers.preview(desk, wages)
    assert shown.pdf.data.startswith(b"%PDF")
    assert [missing.codepoint for missing in shown.missing][:1] == ["U+30000"]
    assert "U+30000" in "".join(shown.warnings)
    assert len(queries.dossier(desk, wages).papers) == before


def test_a_preview_says_what_is_still_blank(desk, wages):
    party = queries.dossier(desk, wages).parties[0]
    with desk.office_file.change("汪承平", "改") as work:
        work.update(replace(party, address=""))
    assert any("单位或住址" in warning for warning in papers.preview(desk, wages).warnings)


# Papers that are not sealed into effect.


@pytest.fixture
def planned(desk, clock, new_id):
    """Give a dispute with one session still to come, and the session's id."""
    clock.advance(days=150)
    dispute_id = enter(desk, _without_agreement(sample(3, new_id)))
    session = records.Session(
        id=new_id(), dispute_id=dispute_id, starts_at=datetime(2026, 11, 18, 15), place="镇调解室"
    )
    sessions.schedule_session(desk, session)
    return dispute_id, session.id


def drawn_alike(issued, shown):
    """Every page of the issued paper draws what was shown, and after that its code."""
    with pikepdf.open(io.BytesIO(issued)) as kept, pikepdf.open(io.BytesIO(shown)) as seen:
        pairs = zip(kept.pages, seen.pages, strict=True)
        contents = [(one.Contents.read_bytes(), other.Contents.read_bytes()) for one, other in pairs]
    return all(one.startswith(other.rstrip()) and len(one) > len(other) for one, other in contents)


def _without_agreement(case):
    return replace(case, dossier=replace(case.dossier, agreements=(), obligations=()), signing=None)


def test_every_form_that_applies_is_issued_frozen_and_told_in_the_history(desk, planned):
    dispute_id, _ = planned
    offered = shelves(queries.dossier(desk, dispute_id))
    assert [shelf.kind.form for shelf in offered] == [
        *("application", "registration", "rights_notice", "identity_copies", "power_of_attorney"),
        *("session_notice", "mediation_record", "mediation_record", "service_receipt"),
        *("cover", "contents", "dossier_statement", "back"),
    ]
    for shelf in offered:
        shown = papers.preview(desk, dispute_id, shelf.kind.form, shelf.subject_id)
        change = papers.issue(desk, dispute_id, shelf.kind.form, shelf.subject_id)
        paper = _paper(desk, dispute_id)
        assert (paper.id, paper.form, paper.subject_id) == (
            change.record_id,
            shelf.kind.form,
            shelf.subject_id,
        )
        assert drawn_alike(papers.paper_bytes(desk, paper), shown.pdf.data)
        assert (paper.form_version, paper.pages) == ("1.0.0", shown.pdf.pages)
    told = [line.action for line in queries.history(desk, dispute_id)]
    assert "打印人民调解通知书" in told
    assert queries.dossier(desk, dispute_id).dispute.state is DisputeState.MEDIATING


def test_a_mediator_from_outside_the_dispute_is_named_on_the_notice(desk, planned):
    dispute_id, session_id = planned
    other = office_view(desk).mediators[1]
    with desk.office_file.change("汪承平", "改") as work:
        session = work.get(records.Session, session_id)
        work.update(replace(session, mediator_ids=(other.id,)))
        work.update(replace(other, phone="13900000077"))
    shown = papers.preview(desk, dispute_id, "session_notice", session_id)
    assert shown.warnings == ()


def test_a_notice_printed_anew_replaces_one_that_nobody_has(desk, planned):
    dispute_id, session_id = planned
    papers.issue(desk, dispute_id, "session_notice", session_id)
    first = _paper(desk, dispute_id)
    papers.issue(desk, dispute_id, "session_notice", session_id)
    party = queries.dossier(desk, dispute_id).parties[0]
    second = _paper(desk, dispute_id)
    handed = (records.Delivery(party_id=party.id, on=date(2026, 11, 16)),)
    papers.record_deliveries(desk, second.id, handed)
    papers.issue(desk, dispute_id, "session_notice", session_id)
    states = {one.id: one.state for one in queries.dossier(desk, dispute_id).papers}
    assert states[first.id] is PaperState.REPLACED
    assert states[second.id] is PaperState.PRINTED


def test_a_notice_handed_to_everybody_is_delivered_without_a_seal(desk, planned):
    dispute_id, session_id = planned
    papers.issue(desk, dispute_id, "session_notice", session_id)
    parties = queries.dossier(desk, dispute_id).parties
    handed = tuple(records.Delivery(party_id=one.id, on=date(2026, 11, 16)) for one in parties)
    papers.record_deliveries(desk, _paper(desk, dispute_id).id, handed)
    assert _paper(desk, dispute_id).state is PaperState.DELIVERED
    later = (replace(handed[0], on=date(2027, 1, 1)),)
    with pytest.raises(UserError, match="今天之后"):
        papers.record_deliveries(desk, _paper(desk, dispute_id).id, later)


def test_a_signed_record_is_kept_and_never_sealed(desk, planned):
    dispute_id, _ = planned
    papers.issue(desk, dispute_id, "mediation_record")
    paper = _paper(desk, dispute_id)
    parties = queries.dossier(desk, dispute_id).parties
    signed = tuple(records.Signature(party_id=one.id, on=date(2026, 11, 16)) for one in parties)
    papers.record_signatures(desk, paper.id, signed)
    assert _paper(desk, dispute_id).state is PaperState.SIGNED
    with pytest.raises(UserError, match="盖章"):
        papers.record_seal(desk, paper.id, date(2026, 11, 16))
    with pytest.raises(UserError, match="签字"):
        papers.issue(desk, dispute_id, "mediation_record")


def test_notices_do_not_wait_on_the_first_screen_for_signatures(desk, planned):
    dispute_id, session_id = planned
    papers.issue(desk, dispute_id, "session_notice", session_id)
    papers.issue(desk, dispute_id, "rights_notice")
    assert home(desk).unsigned == ()


@pytest.mark.parametrize("form", ["termination", "not_accepted", "oral_agreement", "agreement", "followup"])
def test_a_paper_that_does_not_apply_is_refused_and_nothing_kept(desk, planned, form):
    dispute_id, _ = planned
    for do in (papers.preview, papers.issue):
        with pytest.raises(UserError) as caught:
            do(desk, dispute_id, form)
        assert caught.value.advice
    assert queries.dossier(desk, dispute_id).papers == ()


def test_an_offices_own_form_is_printed_about_the_record_it_names(desk, planned):
    dispute_id, session_id = planned
    own = desk.folder / "forms" / "lane_note"
    shutil.copytree(forms_folder() / "session_notice", own)
    text = (own / "form.toml").read_text(encoding="utf-8")
    text = text.replace('id = "session_notice"', 'id = "lane_note"')
    (own / "form.toml").write_text(text, encoding="utf-8")
    papers.issue(desk, dispute_id, "lane_note", session_id)
    assert (_paper(desk, dispute_id).form, _paper(desk, dispute_id).pages) == ("lane_note", 2)


def test_what_went_to_the_printer_is_noted_with_its_time_and_copies(desk, wages, clock):
    papers.issue_agreement(desk, wages)
    paper = _paper(desk, wages)
    assert paper.printings == ()
    assert told_printings(paper) == ""
    papers.record_printing(desk, paper.id, 4, tuple(range(1, paper.pages + 1)))
    clock.advance(days=1)
    papers.record_printing(desk, paper.id, 1, (2,))
    paper = _paper(desk, wages)
    assert [(one.copies, one.pages) for one in paper.printings] == [(4, ()), (1, (2,))]
    assert told_printings(paper).count("打印4份；") == 1
    assert told_printings(paper).endswith("打印1份（第2页）")
    assert paper.printings[1].at - paper.printings[0].at == timedelta(days=1)
    with desk.office_file.read() as reader:
        assert [line.action for line in reader.history(wages)].count("送往打印机") == 2
