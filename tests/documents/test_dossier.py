"""电子卷宗 as a file: PDF/A where everything in it conforms, scans as they lie, on A4."""

from io import BytesIO

import pikepdf
import pytest
from archive_rules import broken_clauses
from desks import about
from documents.test_archive import as_part_one, preflight  # noqa: F401 - a fixture
from msgspec.structs import replace
from pictures import photo
from PIL import Image
from scanner import scanned_pdf

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.dossier import Entry, Heading, Leaf, assemble
from mediation_desktop.documents.pdf import write_archive
from mediation_desktop.domain.errors import UserError

HEADING = Heading("张福根与李木水", "龙东调字〔2026〕1号", "鸡鸣村人民调解委员会", "2026年6月19日")
NARROW = {"6.2.2", "6.2.4", "6.2.5,"}
"""Clauses whose rules are for papers without images: here it is an outsider who looks at those."""


def leaf(data, kind="application/pdf", name="文件"):
    return Leaf(name, kind, lambda: data)


@pytest.fixture
def paper(case, form, fonts, clock, new_id):
    """The bytes of an issued agreement."""
    return write_archive(compose(form, about(case(2))), fonts, now=clock.now(), paper_id=new_id()).data


@pytest.fixture
def bound(fonts, clock):
    """Give a function that assembles entries and returns what was made and the file."""

    def make(*entries, heading=HEADING):
        sink = BytesIO()
        return assemble(heading, entries, sink, fonts, now=clock.now()), sink.getvalue()

    return make


def scan(size=(1654, 2339), colour=230):
    return Image.new("L", size, colour)


def everything(paper):
    pictures = (leaf(photo(), "image/jpeg"), leaf(photo(kind="PNG"), "image/png"))
    return (
        Entry("封面", (leaf(paper),), numbered=False),
        Entry("协议书", (leaf(paper),)),
        Entry("证据材料", pictures),
        Entry("调解记录", (leaf(scanned_pdf([scan(), scan((2339, 1654))])),)),
        Entry("封底", (leaf(paper),), numbered=False),
    )


def test_papers_photos_and_a_scanners_pdf_together_are_pdf_a(bound, paper):
    made, data = bound(*everything(paper))
    assert made.archival
    assert {clause.split()[0] for clause in broken_clauses(data)} <= NARROW


@pytest.mark.slow
def test_an_independent_validator_finds_it_valid(bound, paper, preflight):  # noqa: F811 - the fixture
    _, data = bound(*everything(paper))
    answers = preflight({"dossier": as_part_one(data)})
    assert "is a valid PDF/A-1b file" in answers["dossier"], answers


def test_pages_lie_as_what_is_on_them_also_when_a_pdf_turns_it(bound, paper):
    with pikepdf.open(BytesIO(scanned_pdf([scan()]))) as pdf:
        pdf.pages[0].rotate(90, relative=False)
        target = BytesIO()
        pdf.save(target)
    made, data = bound(Entry("横", (leaf(target.getvalue()),)), Entry("竖", (leaf(paper),)))
    with pikepdf.open(BytesIO(data)) as pdf:
        sizes = [tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) for page in pdf.pages]
    assert sizes[1:] == [(297, 210), *[(210, 297)] * (made.pages - 2)]


def test_a_photo_that_tells_where_it_was_taken_tells_nothing_here(bound):
    _, data = bound(Entry("照片", (leaf(photo(place=(28.0, 58.0, 12.0)), "image/jpeg"),)))
    assert b"HUAWEI" not in data
    assert b"Exif" not in data


def test_contents_of_many_pages_still_say_the_right_page(bound, outsider):
    made, data = bound(*(Entry(f"材料{at}", (leaf(photo(), "image/jpeg"),)) for at in range(90)))
    pages = outsider.pages(data)
    front = made.pages - 90
    assert front > 1
    assert "材料89 90 1" in "".join(pages[:front])
    assert "卷内第90页 共90页" in pages[-1]
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        places = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        assert places[outline.root[-1].destination[0].objgen] == made.pages - 1
        assert [str(label) for label in (pdf.pages[front].label, pdf.pages[-1].label)] == ["1", "90"]


def test_several_files_of_one_item_have_bookmarks_of_their_own(bound):
    files = tuple(leaf(photo(), "image/jpeg", name) for name in ("现场照片", "收条照片"))
    _, data = bound(Entry("证据材料", files))
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root[1].children] == ["现场照片", "收条照片"]


def test_a_locked_pdf_is_left_out_and_named(bound, paper):
    with pikepdf.open(BytesIO(paper)) as pdf:
        target = BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    made, _ = bound(Entry("甲", (leaf(target.getvalue(), name="锁着的"),)), Entry("乙", (leaf(paper),)))
    assert made.unreadable == ("锁着的",)


def test_nothing_to_put_in_is_said_in_words(bound):
    with pytest.raises(UserError):
        bound(Entry("坏", (leaf(b"no image", "image/jpeg"),)))


def test_another_heading_is_another_file(bound, paper):
    entry = Entry("协议书", (leaf(paper),))
    assert bound(entry)[1] == bound(entry)[1]
    assert bound(entry, heading=replace(HEADING, number="另一号"))[1] != bound(entry)[1]
