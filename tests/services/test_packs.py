"""Papers issued together: one action, in the court's order, and what is missing said in words."""

import shutil

import pytest
from desks import sample
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papers import Pack, shelves
from mediation_desktop.domain.records import PaperState
from mediation_desktop.services import packs, papers, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.filing import save_contents
from mediation_desktop.system.paths import resource

COURT = Pack.CONFIRMATION


@pytest.fixture
def entered(desk, clock, new_id):
    """Enter a sample dispute by its number, with its agreement signed and sealed."""
    clock.advance(days=150)
    return lambda number: enter(desk, sample(number, new_id))


def _forms(desk, dispute_id, pack=COURT):
    return [paper.form for paper in packs.papers_of(desk, dispute_id, pack)]


def test_the_courts_pack_is_issued_in_one_action_in_the_order_of_the_table(desk, entered):
    wages = entered(2)
    before = {line.id for line in queries.history(desk, wages)}
    packs.issue_pack(desk, wages, COURT)
    assert _forms(desk, wages) == [
        *("confirmation_application", "identity_copies", "presided_proof", "service_address"),
        "representative_certificate",
    ]
    fresh = [line for line in queries.history(desk, wages) if line.id not in before]
    assert {line.action for line in fresh} == {"打印司法确认材料包"}
    assert len({line.change_id for line in fresh}) == 1


def test_a_county_may_put_the_pack_into_another_order(desk, entered):
    loan = entered(7)
    own = desk.folder / "codes"
    own.mkdir(exist_ok=True)
    shutil.copy(resource("codes", "confirmation_materials.toml"), own)
    path = own / "confirmation_materials.toml"
    text = path.read_text(encoding="utf-8")
    first, _, rest = text.partition('[[entry]]\ncode = "presided"')
    head, _, before = first.partition("[[entry]]")
    presided, _, after = rest.partition("[[entry]]")
    moved = f'{head}[[entry]]\ncode = "presided"{presided}[[entry]]{before}[[entry]]{after}'
    path.write_text(moved, encoding="utf-8")
    again = replace(desk, codes=load_codes((own,)))
    packs.issue_pack(again, loan, COURT)
    assert _forms(again, loan)[0] == "presided_proof"


def test_what_is_missing_is_told(desk, entered):
    told = "".join(packs.view(desk, entered(3), COURT).missing)
    assert "请附方子睿的监护关系证明（登记的是户口簿）。" in told
    assert "司法确认须由双方共同申请" in told
    assert "还没有登记向哪个法院申请" in told
    assert "请附各方签字、调委会盖章的原件" in told
    assert "司法确认申请书还空着：法院。" in told
    assert "还没有签字盖章生效" not in told


def test_an_agreement_that_is_not_in_effect_is_said_to_be_missing(desk, clock, new_id):
    clock.advance(days=150)
    loan = enter(desk, replace(sample(7, new_id), signing=None))
    assert any("还没有签字盖章生效" in one for one in packs.view(desk, loan, COURT).missing)


def test_an_unsigned_pack_is_replaced_and_a_signed_paper_stays(desk, entered):
    loan = entered(7)
    packs.issue_pack(desk, loan, COURT)
    first = {paper.form: paper for paper in packs.papers_of(desk, loan, COURT)}
    signed = first["confirmation_application"]
    who = queries.dossier(desk, loan).parties[0].id
    papers.record_signatures(desk, signed.id, (records.Signature(party_id=who, on=signed.printed_at.date()),))
    packs.issue_pack(desk, loan, COURT)
    second = {paper.form: paper for paper in packs.papers_of(desk, loan, COURT)}
    assert second["confirmation_application"].id == signed.id
    assert second["presided_proof"].id != first["presided_proof"].id
    old = [one for one in queries.dossier(desk, loan).papers if one.id == first["presided_proof"].id]
    assert old[0].state is PaperState.REPLACED


def test_the_contents_of_a_pack_count_what_is_issued_with_them(desk, entered):
    loan = entered(7)
    packs.issue_pack(desk, loan, Pack.FILING)
    forms = _forms(desk, loan, Pack.FILING)
    assert forms == ["cover", "contents", "dossier_statement", "back"]
    contents = packs.papers_of(desk, loan, Pack.FILING)[1]
    with desk.office_file.read() as reader:
        assert reader.blob(contents.docx_sha256)
    told = packs.view(desk, loan, Pack.FILING).missing
    assert "卷内还没有：权利义务告知书。" in told


def test_a_pack_of_nothing_is_refused_with_the_remedy(desk, entered):
    refused = entered(6)
    with pytest.raises(UserError) as caught:
        packs.issue_pack(desk, refused, COURT)
    assert caught.value.advice
    assert queries.dossier(desk, refused).papers == ()


def test_counts_are_kept_as_the_same_record_and_history_tells_what_changed(desk, entered, new_id):
    loan = entered(7)
    accord = queries.dossier(desk, loan).agreement

    def item(sheets):
        return records.FiledItem(
            id=new_id(),
            dispute_id=loan,
            form="agreement",
            subject_id=accord.id,
            name="调解协议书",
            sheets=sheets,
        )

    save_contents(desk, loan, (item(4),))
    (first,) = queries.dossier(desk, loan).filed_items
    save_contents(desk, loan, (item(5),))
    (second,) = queries.dossier(desk, loan).filed_items
    assert (second.id, second.sheets) == (first.id, 5)
    save_contents(desk, loan, ())
    assert queries.dossier(desk, loan).filed_items == ()


@pytest.mark.parametrize("number", range(1, 9))
def test_every_paper_of_every_sample_dispute_is_issued_without_a_fault(desk, entered, number):
    dispute_id = entered(number)
    offered = [shelf for shelf in shelves(queries.dossier(desk, dispute_id)) if shelf.subject]
    assert offered
    for shelf in offered:
        if shelf.kind.form != "agreement":
            preview = papers.preview(desk, dispute_id, shelf.kind.form, shelf.subject_id)
            papers.issue(desk, dispute_id, shelf.kind.form, shelf.subject_id)
            assert preview.missing == ()
            assert preview.pdf.pages >= 1
