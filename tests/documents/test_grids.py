"""Ruled grids and frames to paste into, alike on the printed page and in the file to edit."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from helpers import NINE_O_CLOCK

from mediation_desktop.documents.docx import write_docx
from mediation_desktop.documents.forms import standard_style
from mediation_desktop.documents.layout import MM, Setter
from mediation_desktop.documents.page import Column, Frame, Line, Paper, Paragraph, Table
from mediation_desktop.documents.pdf import write_pdf

GRID = (Column("", 1, "center"), Column("", 3), Column("", 1, "center"), Column("", 3))


def paper(*blocks, footer="第{page}页　共{pages}页"):
    return Paper("x", "1", "格", "调委会", standard_style(), footer, (blocks,))


@pytest.fixture
def boxes(fonts):
    def lay_out(*blocks):
        (paged,) = Setter(paper(*blocks), fonts).parts()
        return [box for page in paged.pages for _, box in page.boxes]

    return lay_out


@pytest.fixture
def body():
    def write(*blocks, footer="第{page}页　共{pages}页"):
        return docx.Document(io.BytesIO(write_docx(paper(*blocks, footer=footer), now=NINE_O_CLOCK)))

    return write


def test_the_last_cell_of_a_short_row_reaches_to_the_edge(boxes, body):
    grid = Table(GRID, (("姓名", "童来喜", "电话", "13900000081"), ("住址", "龙游县塔石镇童岗坞村18号")))
    long, short = boxes(grid)
    uprights = [sorted({rule.x1 for rule in box.rules if rule.x1 == rule.x2}) for box in (long, short)]
    assert len(uprights[0]) == 5
    assert uprights[1] == [uprights[0][0], uprights[0][1], uprights[0][4]]
    cells = body(grid).element.body.iter(qn("w:gridSpan"))
    assert [cell.get(qn("w:val")) for cell in cells] == ["3"]


def test_a_grid_has_no_head_and_a_table_with_heads_keeps_its_own(boxes):
    assert len(boxes(Table(GRID, (("一", "二", "三", "四"),)))) == 1
    headed = (Column("名称", 1), Column("", 1))
    assert len(boxes(Table(headed, (("一", "二"),)))) == 2


def test_a_row_is_as_high_as_it_is_asked_to_be_and_stays_whole(boxes, body):
    style = standard_style().text["table"]
    low, high = boxes(Table(GRID, (("一",), ("二",)), lines=(1, 9)))
    assert high.height - low.height == pytest.approx(8 * style.pitch)
    heights = body(Table(GRID, (("一",), ("二",)), lines=(1, 9))).element.body.iter(qn("w:trHeight"))
    assert [int(one.get(qn("w:val"))) for one in heights] == [round(9 * style.pitch * 20) + 120]


def test_a_frame_is_dashed_and_of_the_height_given(boxes, body):
    (box,) = boxes(Frame("粘贴处", 60))
    assert box.height == pytest.approx(60 * MM)
    assert len(box.rules) > 100
    assert {rule.y1 for rule in box.rules if rule.y1 == rule.y2} == {0, box.height}
    borders = body(Frame("粘贴处", 60)).element.body.iter(qn("w:left"))
    assert "dashed" in {one.get(qn("w:val")) for one in borders}


def test_a_caption_goes_with_its_frame_to_the_next_page(fonts, clock, outsider):
    blocks = (
        *(Paragraph("证据已经核对。") for _ in range(20)),
        Line("粘贴页", "heading"),
        Frame("粘贴处", 190),
    )
    pages = outsider.pages(write_pdf(paper(*blocks), fonts, now=clock.now()).data)
    assert len(pages) == 2
    assert "粘贴页" in pages[1]
    assert "粘贴处" in pages[1]


def test_two_frames_one_below_the_other_stay_two_in_word(body):
    assert len(body(Frame("正面", 60), Frame("反面", 60)).tables) == 2


def test_a_paper_without_a_footer_has_no_page_number_anywhere(body, fonts, clock, outsider):
    made = paper(Paragraph("卷宗封面"), footer="")
    (page,) = outsider.pages(write_pdf(made, fonts, now=clock.now()).data)
    assert page.strip() == "卷宗封面"
    section = body(Paragraph("卷宗封面"), footer="").sections[0]
    assert list(section.footer._element.iter(qn("w:fldSimple"))) == []
