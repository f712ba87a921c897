"""A PDF that somebody brings along: ours, unchanged, and the very one that was kept?"""

import io

import pikepdf
import pytest
from desks import about, sample
from msgspec.structs import replace

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.pdf import write_archive
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import papers, proofs, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.system.paths import forms_folder


@pytest.fixture
def issued(desk, clock, new_id):
    """Give the bytes of an agreement that was printed, and its dispute."""
    clock.advance(days=30)
    dispute_id = enter(desk, replace(sample(2, new_id), signing=None))
    return papers.paper_bytes(desk, queries.dossier(desk, dispute_id).papers[-1]), dispute_id


def saved_again(data):
    """The same paper after another program saved it."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(stream)
    return stream.getvalue()


def test_an_issued_paper_is_recognised_byte_for_byte(desk, issued):
    data, dispute_id = issued
    (line,) = proofs.verify_kept(desk, data)
    assert "一字不差" in line
    assert queries.dossier(desk, dispute_id).dispute.number in line


def test_a_paper_printed_anew_since_is_told(desk, issued):
    data, dispute_id = issued
    papers.issue_agreement(desk, dispute_id)
    assert "已经被替换" in proofs.verify_kept(desk, data)[-1]


def test_without_the_office_it_says_what_it_can_and_what_it_cannot(issued):
    described, whole, limits = proofs.verify_alone(issued[0])
    assert "《人民调解协议书》" in described
    assert "共3页" in described
    assert "没有改动" in whole
    assert "密码" in limits


def test_one_changed_byte_or_another_program_is_seen_without_the_office(issued):
    data = bytearray(issued[0])
    data[len(data) // 2] ^= 1
    for changed in (bytes(data), saved_again(issued[0])):
        with pytest.raises(UserError, match="改动过"):
            proofs.verify_alone(changed)


def test_a_changed_paper_is_told_from_a_foreign_one(desk, issued, clock, fonts_of, new_id):
    with pytest.raises(UserError, match="与存档的不一样"):
        proofs.verify_kept(desk, saved_again(issued[0]))
    paper = compose(load_form("agreement", [forms_folder()]), about(sample(1, new_id).dossier))
    for paper_id in (None, new_id()):
        foreign = write_archive(paper, fonts_of(desk), now=clock.now(), paper_id=paper_id).data
        with pytest.raises(UserError, match="没有存档"):
            proofs.verify_kept(desk, foreign)


@pytest.fixture
def fonts_of():
    return lambda desk: papers.faces(desk.folder)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7 something"])
def test_what_is_no_paper_of_ours_is_refused_with_advice(desk, data):
    for verify in (proofs.verify_alone, lambda one: proofs.verify_kept(desk, one)):
        with pytest.raises(UserError, match="不是本程序") as caught:
            verify(data)
        assert caught.value.advice
