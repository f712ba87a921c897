"""A scanned page finds its dispute, its paper and its page."""

import shutil
from datetime import date

import pytest
from desks import about, sample
from msgspec.structs import replace
from scanner import page_picture, scanned, scanned_pdf

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.pdf import write_archive
from mediation_desktop.domain import closing, records
from mediation_desktop.services import attachments, papers, queries, scans, taking_in
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.taking_in import Incoming
from mediation_desktop.system.paths import forms_folder

pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed")


@pytest.fixture
def wages(desk, clock, new_id):
    """Give the wage dispute with its printed agreement of three pages."""
    clock.advance(days=30)
    return enter(desk, replace(sample(2, new_id), signing=None))


@pytest.fixture
def elsewhere(desk, new_id):
    """Give another dispute of the office."""
    return enter(desk, replace(sample(1, new_id), signing=None))


def newest(desk, dispute_id):
    return queries.dossier(desk, dispute_id).papers[-1]


def taken(desk, name, data):
    (stored,) = taking_in.take_in(desk, [Incoming(name, data=data)]).stored
    return stored


def picture_of(desk, paper, folder, page=1):
    return page_picture(papers.paper_bytes(desk, paper), folder, page)


def test_a_scan_taken_in_anywhere_finds_its_dispute_paper_and_page(desk, wages, elsewhere, tmp_path):
    paper = newest(desk, wages)
    picture = picture_of(desk, paper, tmp_path, 2)
    stored = taken(desk, "扫描0001.jpg", scanned(picture, turned=181, dirt=0.2))
    attachments.attach(desk, elsewhere, elsewhere, [stored])
    (scan,) = scans.recognised(desk, [stored])
    assert (scan.paper.id, scan.paper.dispute_id, scan.pages) == (paper.id, wages, (2,))
    assert scan.name == "调解协议书扫描件（第2页）"
    scans.keep(desk, [scan])
    (kept,) = attachments.of_subject(desk, paper.id)
    assert (kept.dispute_id, kept.caption, kept.sheets) == (wages, scan.name, 1)
    assert queries.dossier(desk, elsewhere).attachments == ()
    scans.keep(desk, [scan])
    assert len(attachments.of_subject(desk, paper.id)) == 1


def test_all_pages_in_one_pdf_are_one_scan(desk, wages, tmp_path):
    paper = newest(desk, wages)
    pictures = [picture_of(desk, paper, tmp_path, page) for page in (1, 2, 3)]
    (scan,) = scans.recognised(desk, [taken(desk, "协议.pdf", scanned_pdf(pictures))])
    assert scan.pages == (1, 2, 3)


def test_a_page_of_another_office_or_a_plain_photo_is_no_scan_of_ours(desk, wages, tmp_path):
    blank = picture_of(desk, newest(desk, wages), tmp_path).point(lambda _value: 255)
    stored = taken(desk, "照片.jpg", scanned(blank))
    assert scans.recognised(desk, [stored]) == ()
    picture = picture_of(desk, newest(desk, wages), tmp_path)
    foreign = taken(desk, "别处.jpg", scanned(picture))
    with desk.office_file.change("汪承平", "移除") as work:
        work.remove(newest(desk, wages), "换了单位")
    assert scans.recognised(desk, [foreign]) == ()


def test_two_papers_in_one_file_are_not_guessed_at(desk, wages, tmp_path):
    first = picture_of(desk, newest(desk, wages), tmp_path)
    papers.issue_agreement(desk, wages)
    second = picture_of(desk, newest(desk, wages), tmp_path)
    assert scans.recognised(desk, [taken(desk, "两份.pdf", scanned_pdf([first, second]))]) == ()


def test_the_dossier_wants_the_scan_of_a_signed_agreement_until_it_is_there(desk, wages, tmp_path):
    paper, on = newest(desk, wages), date(2026, 6, 29)
    wanting = "签好的协议书还没有扫描或拍照存入"
    assert wanting not in "".join(closing.warnings(queries.dossier(desk, wages)))
    parties = [party.id for party in queries.dossier(desk, wages).parties]
    signed = tuple(records.Signature(party_id=who, on=on) for who in (*parties, None))
    papers.record_signatures(desk, paper.id, signed)
    assert wanting in "".join(closing.warnings(queries.dossier(desk, wages)))
    stored = taken(desk, "扫描.jpg", scanned(picture_of(desk, paper, tmp_path)))
    scans.keep(desk, scans.recognised(desk, [stored]))
    assert wanting not in "".join(closing.warnings(queries.dossier(desk, wages)))


def test_a_code_that_does_not_fit_the_kept_paper_is_not_believed(desk, wages, clock, tmp_path):
    """Somebody printed other words under the id of a paper that was issued."""
    dossier = queries.dossier(desk, wages)
    paper = compose(load_form("agreement", [forms_folder()]), about(dossier))
    faces, now, paper_id = papers.faces(desk.folder), clock.now(), dossier.papers[-1].id
    for title, recognised in ((paper.title, 1), ("另一份", 0)):
        data = write_archive(replace(paper, title=title), faces, now=now, paper_id=paper_id).data
        stored = taken(desk, "扫描.jpg", scanned(page_picture(data, tmp_path)))
        assert len(scans.recognised(desk, [stored])) == recognised
