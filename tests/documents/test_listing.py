"""A list for the printer: every row is there, and the head returns on every page."""

from mediation_desktop.documents.listing import listing
from mediation_desktop.documents.page import Column
from mediation_desktop.documents.pdf import write_pdf

COLUMNS = (Column("编号", 0.3), Column("当事人", 0.5), Column("办结期限", 0.2))


def test_every_row_is_printed_and_the_head_returns_on_every_page(fonts, clock, outsider):
    rows = [(f"第{number:03d}号", f"甲{number}、乙{number}", "2026年6月22日") for number in range(60)]
    paper = listing("纠纷清单", "2026年6月19日　60件", "鸡鸣村人民调解委员会", COLUMNS, rows)
    pages = outsider.pages(write_pdf(paper, fonts, now=clock.now()).data)
    assert len(pages) > 1
    assert all("办结期限" in page and "编号" in page for page in pages)
    text = "".join(pages)
    assert all(f"第{number:03d}号" in text and f"乙{number}" in text for number in range(60))
    assert "60件" in pages[0]
    assert pages[0].split()[-2:] == ["第1页", f"共{len(pages)}页"]


def test_an_empty_list_is_still_a_paper(fonts, clock):
    paper = listing("纠纷清单", "没有", "鸡鸣村人民调解委员会", COLUMNS, ())
    assert write_pdf(paper, fonts, now=clock.now()).pages == 1
