"""The code on each page: at a fixed place, free of anybody's data, and read from any scan."""

import io
import shutil
import tomllib
from uuid import UUID

import pikepdf
import pytest
from desks import about
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image
from scanner import page_picture, scanned, scanned_pdf

from mediation_desktop.documents.codes import FROM_BOTTOM, FROM_RIGHT, SIDE, codes_in
from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.pdf import content_of, write_archive, write_pdf
from mediation_desktop.domain.papercode import PaperCode, paper_code, read_code
from mediation_desktop.system.paths import resource

DRAWS_PAGES = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm is not installed")


@pytest.fixture
def paper(case, form):
    return compose(form, about(case(2)))


@pytest.fixture
def issued(paper, fonts, clock, new_id):
    """The agreement of three pages with its codes, and the code of the whole."""
    paper_id = new_id()
    return write_archive(paper, fonts, now=clock.now(), paper_id=paper_id).data, paper_code(
        paper_id, content_of(paper)
    )


@given(st.uuids(), st.binary(), st.integers(1, 9999))
def test_a_code_says_the_same_to_whoever_reads_it(paper_id, content, page):
    code = paper_code(paper_id, content).on_page(page)
    assert read_code(code.text) == code
    assert code.text.isascii()
    assert len(code.text) <= 48


@pytest.mark.parametrize("text", ["", "PA1", "https://example.invalid/PA1", "PA1.AAAA.BBBB.1", "PA1.é.1.1"])
def test_a_foreign_code_is_not_taken_for_ours(text):
    assert read_code(text) is None


def test_the_code_follows_what_is_written(paper, new_id):
    paper_id = new_id()
    other = replace(paper, title="另一份")
    assert paper_code(paper_id, content_of(paper)) != paper_code(paper_id, content_of(other))


@DRAWS_PAGES
@pytest.mark.parametrize("page", [1, 2, 3])
def test_every_page_bears_its_own_code_at_the_same_place(issued, tmp_path, page):
    data, code = issued
    picture = page_picture(data, tmp_path, page)
    millimetre = 200 / 25.4
    right, bottom = picture.width - FROM_RIGHT * millimetre, picture.height - FROM_BOTTOM * millimetre
    margin = 1.5 * millimetre
    corner = picture.crop(
        tuple(map(round, (right - SIDE * millimetre - margin, bottom - SIDE * millimetre - margin,
                          right + margin, bottom + margin)))
    )  # fmt: skip
    stream = io.BytesIO()
    corner.save(stream, "PNG")
    assert codes_in(stream.getvalue(), "image/png") == (code.on_page(page),)


@pytest.mark.parametrize("name", ["standard", "large"])
def test_the_code_keeps_clear_of_the_text(name):
    """It lies in the outer margin with the four modules of white that a reader wants."""
    sheet = tomllib.loads(resource("styles", f"{name}.toml").read_text(encoding="utf-8"))["page"]
    assert sheet["right"] >= FROM_RIGHT + SIDE + 4 * SIDE / 29


@DRAWS_PAGES
def test_a_paper_that_was_only_looked_at_bears_no_code(paper, fonts, clock, tmp_path):
    picture = page_picture(write_pdf(paper, fonts, now=clock.now()).data, tmp_path)
    assert codes_in(scanned(picture), "image/jpeg") == ()


@DRAWS_PAGES
@pytest.mark.parametrize("turned", [0, 1.5, -4, 90, 180, 183])
def test_a_scan_askew_and_dirty_is_recognised(issued, tmp_path, turned):
    data, code = issued
    picture = page_picture(data, tmp_path)
    assert codes_in(scanned(picture, turned=turned, dirt=0.25), "image/jpeg") == (code.on_page(1),)


@DRAWS_PAGES
def test_a_scan_of_many_pages_in_one_file_tells_them_all(issued, tmp_path):
    data, code = issued
    pictures = [page_picture(data, tmp_path, page).rotate(2, fillcolor=255) for page in (1, 2, 3)]
    found = codes_in(scanned_pdf(pictures), "application/pdf")
    assert found == tuple(code.on_page(page) for page in (1, 2, 3))


@DRAWS_PAGES
def test_a_corner_under_a_finger_is_still_read(issued, tmp_path):
    data, code = issued
    picture = page_picture(data, tmp_path)
    millimetre = 200 / 25.4
    left = round(picture.width - (FROM_RIGHT + 4) * millimetre)
    top = round(picture.height - (FROM_BOTTOM + 3.5) * millimetre)
    picture.paste(90, (left, top, left + round(2.5 * millimetre), top + round(2.5 * millimetre)))
    assert codes_in(scanned(picture), "image/jpeg") == (code.on_page(1),)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "application/pdf"),
        (b"%PDF-1.7 broken", "application/pdf"),
        (b"\xff\xd8\xff broken", "image/jpeg"),
        (b"ID3", "audio/mpeg"),
    ],
)
def test_a_file_that_shows_no_page_tells_no_code(data, kind):
    assert codes_in(data, kind) == ()


def test_a_locked_pdf_tells_no_code(issued):
    with pikepdf.open(io.BytesIO(issued[0])) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert codes_in(target.getvalue(), "application/pdf") == ()


def test_a_code_of_the_whole_paper_is_no_page():
    code = PaperCode(UUID(int=1), "A" * 12)
    assert read_code(code.text) == code
    blank = io.BytesIO()
    Image.new("L", (300, 300), "white").save(blank, "PNG")
    assert codes_in(blank.getvalue(), "image/png") == ()


@DRAWS_PAGES
def test_an_image_that_cannot_be_read_does_not_hide_the_others(issued, tmp_path):
    data, code = issued
    scan = scanned_pdf([page_picture(data, tmp_path, page) for page in (1, 2)])
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(scan)) as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        picture.Width = 1_000_000
        pdf.pages[0].Resources.XObject["/Broken"] = pdf.make_stream(
            b"no picture", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=9, Height=9
        )
        pdf.save(target)
    assert codes_in(target.getvalue(), "application/pdf") == (code.on_page(2),)
