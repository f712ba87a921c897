"""空白表: every form for handwriting, with nothing in it but the committee's name and room to write."""

import io
import re
import shutil

import docx
import pytest
from docx.oxml.ns import qn

from mediation_desktop.documents.blanks import compose_blank
from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.fonts import FontSet, missing_characters
from mediation_desktop.documents.forms import load_form
from mediation_desktop.documents.page import FieldLine, Frame, Signatures, Table
from mediation_desktop.documents.pdf import write_pdf, write_together
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papers import PAPERS
from mediation_desktop.system.paths import forms_folder

COMMITTEE = "龙游县东华街道鸡鸣村人民调解委员会"
FORMS = [kind.form for kind in PAPERS]
FOOTER = re.compile(r"^第\d+页 +共\d+页$", re.MULTILINE)


def blank(name, folder=None):
    return compose_blank(load_form(name, [folder or forms_folder()]), COMMITTEE)


def bare(text):
    return re.sub(r"\s", "", text)


def headless(text, paper):
    """Take out the heads of tables, which come again on every page."""
    for block in paper.blocks:
        if isinstance(block, Table) and block.heads:
            text = text.replace(bare("".join(block.heads)), "")
    return text


def words(paper):
    return "\n".join(text for text, _ in paper.texts() if text)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_has_a_blank_copy_with_room_to_write_and_to_sign(name, fonts):
    paper = blank(name)
    room = [
        block
        for block in paper.blocks
        if (isinstance(block, FieldLine) and any(not cell.value.strip() for cell in block.cells))
        or (isinstance(block, Table) and any("" in row for row in block.rows))
        or (isinstance(block, Signatures) and (block.seal or block.rows))
        or isinstance(block, Frame)
    ]
    assert room
    assert missing_characters(paper, fonts) == ()


@pytest.mark.parametrize("name", FORMS)
def test_no_value_of_a_dispute_and_no_empty_place_in_a_sentence_is_left_on_a_blank_copy(name):
    text = words(blank(name))
    assert not re.search(r"[{}\[\]]", text)
    assert "None" not in text
    assert not re.search(r"：。|于，|由主持|、、|（）", text)
    assert not re.search(r"\d{4}年", text)


@pytest.mark.parametrize("name", FORMS)
def test_pdf_and_docx_of_every_blank_copy_say_the_same(name, fonts, clock, outsider):
    paper = blank(name)
    expected = bare("".join(text for text, _ in paper.texts()))
    pages = outsider.pages(write_pdf(paper, fonts, now=clock.now()).data)
    body = docx.Document(io.BytesIO(write_docx(paper, now=clock.now()))).element.body
    in_pdf = bare("".join(FOOTER.sub("", page) for page in pages))
    assert headless(in_pdf, paper) == headless(expected, paper)
    assert bare("".join(node.text for node in body.iter(qn("w:t")))) == expected


def test_the_usual_shape_of_a_dispute_has_room():
    text = words(blank("agreement"))
    assert text.count("当事人　（") == 2
    assert text.count("当事人（签名盖章或按指印）：") == 2
    assert [text.count(f"{number}．") for number in (1, 6, 7)] == [1, 1, 0]
    assert "各方责任：" in text
    assert "本协议一式＿＿＿＿份，当事人、人民调解委员会各持一份。" in text


def test_where_the_dispute_decides_both_ways_are_there_to_tick():
    text = words(blank("registration"))
    assert "□依当事人申请　□主动调解" in text
    assert "□当事人申请　□人民调解委员会主动调解" in text
    assert "□一般授权　□特别授权" in words(blank("power_of_attorney"))
    assert "□申请　□主动　□公安移交" in words(blank("closing_report"))


def test_a_form_of_which_everybody_gets_one_is_printed_once():
    assert len(blank("session_notice").parts) == len(blank("identity_copies").parts) == 1


def test_lines_for_handwriting_in_a_table_are_high_enough():
    (table,) = (block for block in blank("evidence").blocks if isinstance(block, Table))
    assert len(table.rows) == 8
    assert set(table.lines) == {2}


def test_an_office_says_in_its_own_form_how_much_room_there_is(tmp_path):
    shutil.copytree(forms_folder() / "agreement", tmp_path / "agreement")
    path = tmp_path / "agreement" / "form.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("rows = { terms = 6 }", "rows = { terms = 9 }"), encoding="utf-8")
    assert "9．" in words(blank("agreement", tmp_path))
    path.write_text(text.replace("rows = { terms = 6 }", "rows = { term = 9 }"), encoding="utf-8")
    with pytest.raises(UserError, match="term"):
        blank("agreement", tmp_path)


def test_papers_in_one_file_keep_their_own_page_numbers(clock, outsider):
    papers = [blank(name) for name in ("followup", "agreement", "cover")]
    pdf = write_together(papers, FontSet.bundled(), now=clock.now())
    pages = outsider.pages(pdf.data)
    assert len(pages) == pdf.pages == 4
    counts = [re.findall(r"第(\d+)页 +共(\d+)页", page) for page in pages]
    assert counts == [[("1", "1")], [("1", "2")], [("2", "2")], []]
