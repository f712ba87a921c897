import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from desks import about
from docx.oxml.ns import qn
from msgspec.structs import replace

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import SLOT, FontSet, missing_characters
from mediation_desktop.documents.pdf import write_pdf
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import AgreementForm, Term
from mediation_desktop.system.paths import resource

GOLDEN = Path(__file__).parents[1] / "golden"
WRITTEN = (1, 2, 3, 4, 7)
FOOTER = re.compile(r"^第\d+页 +共\d+页$", re.MULTILINE)


@pytest.fixture
def rare(case):
    """The two people with rare characters in their names, with a written agreement."""
    dossier = case(5)
    written = replace(
        dossier.agreement, form=AgreementForm.WRITTEN, facts="蓝𬭎娥与雷䶮因热水瓶发生口角。", number="1"
    )
    return replace(dossier, agreements=(written,))


@pytest.fixture
def printed(form, fonts, clock):
    def write(dossier):
        paper = compose(form, about(dossier))
        return paper, write_pdf(paper, fonts, now=clock.now())

    return write


def bare(text):
    """Take away white space."""
    return re.sub(r"\s", "", text)


def heads_once(text):
    return text.replace("序号义务人权利人履行内容方式、地点时限（含当日）", "")


def docx_text(data):
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(node.text for node in body.iter(qn("w:t")))


@pytest.mark.parametrize("number", WRITTEN)
def test_the_words_of_every_sample_agreement_are_as_they_were_approved(number, form, case):
    lines = [text for text, _ in compose(form, about(case(number))).texts() if text]
    golden = GOLDEN / f"agreement-case{number}.txt"
    assert "\n".join(lines) + "\n" == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", WRITTEN)
def test_pdf_and_docx_say_the_same_in_the_same_order(number, case, printed, outsider, clock):
    paper, pdf = printed(case(number))
    expected = heads_once(bare("".join(text for text, _ in paper.texts())))
    pages = outsider.pages(pdf.data)
    assert heads_once(bare("".join(FOOTER.sub("", page) for page in pages))) == expected
    assert heads_once(bare(docx_text(write_docx(paper, now=clock.now())))) == expected


@pytest.mark.parametrize("number", WRITTEN)
def test_every_page_tells_its_number_and_how_many_there_are(number, case, printed, outsider):
    _, pdf = printed(case(number))
    pages = outsider.pages(pdf.data)
    assert len(pages) == pdf.pages
    for place, page in enumerate(pages, 1):
        assert re.search(rf"第{place}页 +共{pdf.pages}页$", page.strip())


def test_faces_are_embedded_as_subsets_and_text_can_be_copied(rare, printed, outsider):
    _, pdf = printed(rare)
    faces = outsider.pdf_faces(pdf.data)
    assert faces
    for face in faces:
        assert "Serif" in face[0] or "Rare" in face[0]
        assert face[-5:-2] == ["yes", "yes", "yes"]
    assert b"Helvetica" not in pdf.data


def test_names_amounts_and_dates_can_be_copied_exactly(case, rare, printed, outsider):
    text = "".join(outsider.pages(printed(case(2))[1].data))
    for exact in ("46,850.50", "15,250.50", "91330825MA28F0000W", "2026年7月15日", "杨小英", "肆仟元整"):
        assert exact in text
    text = "".join(outsider.pages(printed(rare)[1].data))
    assert text.count("蓝𬭎娥") == 4
    assert text.count("雷䶮") == 4


def test_a_character_the_text_face_lacks_is_set_in_another(rare, printed, outsider, fonts):
    first, second = rare.parties
    paper, pdf = printed(replace(rare, parties=(replace(first, name="蓝𡌴娥"), second)))
    assert missing_characters(paper, fonts) == ()
    assert "蓝𡌴娥" in "".join(outsider.pages(pdf.data))
    assert any("PingAnRareMing" in face[0] for face in outsider.pdf_faces(pdf.data))


def test_an_offices_own_faces_are_asked_for_rare_characters(fonts, tmp_path):
    (tmp_path / "own.ttf").write_bytes(resource("fonts", "PingAnRareMing-Regular.ttf").read_bytes())
    assert FontSet(fonts.body, fonts.bold).lacking("𡌴") == {"𡌴"}
    assert FontSet.bundled(tmp_path).helper("𡌴").name == "PingAnRareMing-Regular"
    assert any(face.path == tmp_path / "own.ttf" for face in FontSet.bundled(tmp_path).fallbacks)


def test_an_office_may_choose_another_face_for_its_papers(case, form, outsider, tmp_path, clock):
    sans = resource("fonts", "NotoSansSC-Regular.ttf")
    choice = f'body = "{sans.as_posix()}"\nbold = "{sans.as_posix()}"\n'
    (tmp_path / "faces.toml").write_text(choice, encoding="utf-8")
    pdf = write_pdf(compose(form, about(case(1))), FontSet.bundled(tmp_path), now=clock.now())
    assert {row[0].partition("+")[2] for row in outsider.pdf_faces(pdf.data)} == {"NotoSansSC-Regular"}


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("body = 3", "写得不对"),
        ('body = "FangSong.ttf"\nbold = "FangSong.ttf"', "FangSong.ttf"),
        ('body = "broken.ttf"\nbold = "broken.ttf"', "TrueType"),
    ],
)
def test_a_choice_of_faces_that_cannot_be_used_is_told_with_the_remedy(tmp_path, choice, words):
    (tmp_path / "broken.ttf").write_bytes(b"OTTO" + bytes(100))
    (tmp_path / "faces.toml").write_text(choice, encoding="utf-8")
    with pytest.raises(UserError, match=words) as caught:
        FontSet.bundled(tmp_path)
    assert "faces.toml" in caught.value.advice


def test_a_character_no_face_has_is_named_and_leaves_a_slot(rare, printed, outsider, fonts):
    first, second = rare.parties
    paper, pdf = printed(replace(rare, parties=(replace(first, name="蓝\U00031350娥"), second)))
    missing = missing_characters(paper, fonts)
    assert {(item.codepoint, item.where) for item in missing} == {
        ("U+31350", where) for where in ("姓名", "权利人", "签名处")
    }
    assert f"蓝{SLOT}娥" in "".join(outsider.pages(pdf.data))


def test_all_of_the_standard_name_characters_print(fonts):
    table = (
        Path(__file__).with_name("standard_characters_beyond_ffff.txt").read_text(encoding="utf-8").strip()
    )
    assert len(table) == 196
    assert fonts.lacking(table + "䶮㛃㻬") == set()


def test_the_same_paper_gives_the_same_bytes(case, form, fonts, clock):
    paper = compose(form, about(case(2)))
    again = compose(form, about(case(2)))
    assert write_pdf(paper, fonts, now=clock.now()) == write_pdf(again, fonts, now=clock.now())
    assert write_docx(paper, now=clock.now()) == write_docx(again, now=clock.now())


def test_the_pdf_says_what_it_is(case, printed, outsider):
    _, pdf = printed(case(1))
    outsider.pages(pdf.data)
    about = outsider.run("pdfinfo", "paper.pdf")
    assert "人民调解协议书" in about
    assert "龙游县东华街道鸡鸣村人民调解委员会" in about
    assert "595.276 x 841.89 pts (A4)" in about
    assert b"/Lang (zh-CN)" in pdf.data
    assert b"D:20260619090000+08'00'" in pdf.data


def signature_pages(pages):
    return [page for page in pages if "签署日期" in page or "印章）" in page]


def text_above(page):
    """The printed lines above the first signature place."""
    head = re.split("当事人（签名|人民调解员（签名|记录人（签名|（人民调解委员会印章", page)[0]
    return [line for line in head.splitlines() if line.strip()]


@pytest.mark.parametrize("count", [*range(2, 10), 14, 25])
@pytest.mark.parametrize("filler", [0, 3, 7, 12])
def test_no_page_holds_signatures_without_two_lines_of_text(count, filler, crowd, printed, outsider):
    dossier = crowd(count)
    terms = (*dossier.agreement.terms, *[Term(text="双方互谅互让，不再就此事发生争执。")] * filler)
    dossier = replace(dossier, agreements=(replace(dossier.agreement, terms=terms),))
    _, pdf = printed(dossier)
    pages = outsider.pages(pdf.data)
    for page in signature_pages(pages):
        assert len(text_above(page)) >= 2, page
    assert "".join(pages).count("签署日期") == count + 2


@pytest.mark.parametrize("count", range(2, 9))
def test_up_to_eight_parties_sign_on_one_page(count, crowd, printed, outsider):
    _, pdf = printed(crowd(count))
    assert len(signature_pages(outsider.pages(pdf.data))) == 1


def test_the_instalments_of_one_obligation_stand_on_one_page(case, printed, outsider):
    dossier = case(2)
    for filler in range(8):
        terms = (*dossier.agreement.terms, *[Term(text="双方互谅互让，不再就此事发生争执。")] * filler)
        _, pdf = printed(replace(dossier, agreements=(replace(dossier.agreement, terms=terms),)))
        for page in map(bare, outsider.pages(pdf.data)):
            assert {page.count(f"第{number}期：") for number in range(1, 5)} == {page.count("分4期支付")}


def test_a_page_of_signatures_shows_what_was_agreed_and_not_set_phrases_only(case, printed, outsider):
    dossier = case(1)
    for filler in range(12):
        terms = (*dossier.agreement.terms, *[Term(text="双方互谅互让，不再就此事发生争执。")] * filler)
        _, pdf = printed(replace(dossier, agreements=(replace(dossier.agreement, terms=terms),)))
        (page,) = signature_pages(outsider.pages(pdf.data))
        assert "砍除另一棵倾斜香樟树" in page


def test_more_instalments_than_a_page_holds_are_parted(case, printed, outsider):
    dossier = case(2)
    owed = dossier.obligations[0]
    many = replace(owed, amount_fen=60 * 10000, instalments=tuple(
        replace(owed.instalments[0], amount_fen=10000) for _ in range(60)
    ))  # fmt: skip
    _, pdf = printed(replace(dossier, obligations=(many,)))
    text = "".join(outsider.pages(pdf.data))
    assert all(f"第{number}期：" in text for number in range(1, 61))


def test_a_story_of_fifty_pages_prints_whole(case, printed, outsider):
    dossier = case(1)
    facts = "双方对房屋受损的经过各执一词，调解员逐项核对了票据和现场照片。" * 1400
    _, pdf = printed(replace(dossier, agreements=(replace(dossier.agreement, facts=facts),)))
    assert pdf.pages > 45
    pages = outsider.pages(pdf.data)
    assert facts in bare("".join(FOOTER.sub("", page) for page in pages))


def test_one_endless_table_cell_prints_whole(case, printed, outsider):
    dossier = case(1)
    what = "修补墙面" * 2000
    endless = replace(dossier.obligations[0], what=what)
    _, pdf = printed(replace(dossier, obligations=(endless,)))
    assert bare("".join(outsider.pages(pdf.data))).count("修补墙面") == 2000


def test_the_docx_names_chinese_faces_only_and_has_live_page_numbers(case, form, clock):
    data = write_docx(compose(form, about(case(1))), now=clock.now())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = "".join(package.read(name).decode() for name in package.namelist())
    assert "ja-JP" not in everything
    assert set(re.findall(r'w:eastAsia="([^"]+)"', everything)) == {"zh-CN", "宋体"}
    assert 'w:instr=" PAGE "' in everything
    assert 'w:instr=" NUMPAGES "' in everything


def test_the_docx_has_as_many_pages_as_the_pdf(case, printed, outsider, clock):
    paper, pdf = printed(case(4))
    assert outsider.office_pages(write_docx(paper, now=clock.now())) == pdf.pages == 3


def test_the_docx_opens_in_libreoffice_with_the_same_text(rare, form, outsider, clock):
    paper = compose(form, about(rare))
    expected = bare("".join(text for text, _ in paper.texts()))
    assert bare(outsider.office_text(write_docx(paper, now=clock.now()))) == expected
