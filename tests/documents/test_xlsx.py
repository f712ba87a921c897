"""Spreadsheets: laid out as the printed paper, with numbers that count, and no text taken for a formula."""

import io
import re
import zipfile
from datetime import date
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from helpers import NINE_O_CLOCK
from msgspec.structs import replace
from office_papers import TODAY, ledger, line, month, shipped, told

from mediation_desktop.documents.compose import compose
from mediation_desktop.documents.xlsx import write_xlsx
from mediation_desktop.domain import records
from mediation_desktop.domain.handover import HandoverSheet
from mediation_desktop.domain.ledger import Account, Ledger

HANDED = HandoverSheet(
    "",
    records.Handover(
        id=UUID(int=1), on=TODAY, from_name="汪承平", to_name="周正明", reason="离任", keys=("柜钥匙",)
    ),
    (),
)
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Book:
    """A workbook as its parts say (ECMA-376), read with nothing of ours."""

    def __init__(self, data):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        shared = self.tree("xl/sharedStrings.xml")
        self.shared = ["".join(t.itertext()) for t in shared.iterfind("x:si", NS)]
        self.book = self.tree("xl/workbook.xml")
        self.names = [sheet.get("name") for sheet in self.book.iterfind(".//x:sheet", NS)]
        self.titles = {one.get("name"): one.text for one in self.book.iterfind(".//x:definedName", NS)}

    def tree(self, name):
        return ET.fromstring(self.zip.read(name))  # noqa: S314 - written by ourselves a line above

    def sheet(self, number=1):
        return self.tree(f"xl/worksheets/sheet{number}.xml")

    def cells(self, number=1):
        found = {}
        for cell in self.sheet(number).iterfind(".//x:c", NS):
            value = cell.find("x:v", NS)
            if value is not None:
                text = self.shared[int(value.text)] if cell.get("t") == "s" else float(value.text)
                found[cell.get("r")] = text
            assert cell.find("x:f", NS) is None, "nothing is a formula"
        return found


def book(name, subject, fonts):
    return Book(write_xlsx(compose(shipped(name), told(subject)), fonts, now=NINE_O_CLOCK))


def test_the_register_as_a_spreadsheet_is_laid_out_as_it_is_printed(fonts):
    made = book("ledger", ledger(3), fonts)
    sheet, cells = made.sheet(), made.cells()
    assert made.names == ["人民调解委员会调解案件汇总登记簿"]
    assert cells["A2"] == "人民调解委员会调解案件汇总登记簿"
    merged = {one.get("ref") for one in sheet.iterfind(".//x:mergeCell", NS)}
    assert {"A1:M1", "A2:M2"} <= merged
    setup = sheet.find("x:pageSetup", NS)
    assert (setup.get("paperSize"), setup.get("orientation")) == ("9", "landscape")
    assert setup.get("fitToHeight") == "0"
    assert made.titles["_xlnm.Print_Titles"].endswith("!$4:$4")
    footer = sheet.find("x:headerFooter/x:oddFooter", NS).text
    assert "第&P页" in footer
    assert "共&N页" in footer
    margins = sheet.find("x:pageMargins", NS)
    assert float(margins.get("left")) * 25.4 == pytest.approx(25)
    widths = [
        float(column.get("width"))
        for column in sheet.iterfind(".//x:col", NS)
        for _ in range(int(column.get("min")), int(column.get("max")) + 1)
    ]
    assert len(widths) == 13
    assert widths[4] == max(widths)


def test_amounts_and_days_can_be_counted_with(fonts):
    made = book("ledger", ledger(2), fonts)
    cells = made.cells()
    assert [cells["A5"], cells["A6"]] == [1, 2]
    assert [cells["L5"], cells["L6"], cells["L7"]] == [1.01, 2.01, 3.02]
    assert cells["B5"] == (TODAY - date(1899, 12, 30)).days
    formats = made.zip.read("xl/styles.xml").decode()
    assert "yyyy\\-mm\\-dd" in formats or "yyyy-mm-dd" in formats
    assert 'numFmtId="4"' in formats or "#,##0.00" in formats


@pytest.mark.parametrize("name", ["=1+1", "+86", "-3", "@SUM(A1)", "http://example.com", "00123"])
def test_no_text_is_taken_for_anything_else(name, fonts):
    lines = (line(1, parties=name),)
    made = book("ledger", Ledger(TODAY, TODAY, Account.ACCEPTED, lines), fonts)
    assert made.cells()["C5"] == name
    assert "hyperlink" not in made.zip.read("xl/worksheets/sheet1.xml").decode()


def test_every_mediator_has_a_sheet_of_that_name(fonts):
    made = book("subsidy_people", month([(3001, 2, True, True), (500, 1, True, True)]), fonts)
    assert made.names == ["调解员1", "调解员2"]
    assert 20.01 in made.cells(1).values()
    assert 15.0 in made.cells(2).values()


def test_names_that_a_sheet_may_not_have_are_mended_and_never_twice(fonts):
    sheet = month([(200, 2, True, True)])
    (only,) = sheet.lines
    same = tuple(replace(due, name="甲/乙:" + "长" * 40) for due in only.due)
    made = book("subsidy_people", replace(sheet, lines=(replace(only, due=same),)), fonts)
    assert len(set(made.names)) == 2
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in made.names)


def test_every_field_of_every_sample_is_in_a_cell_of_its_own(fonts):
    made = book("handover", HANDED, fonts)
    texts = [text for text in made.cells().values() if isinstance(text, str)]
    for told_once in ("移交人：汪承平", "接收人：周正明", "移交日期：2026年6月19日", "移交原因：离任"):
        assert texts.count(told_once) == 1


def test_two_tables_of_different_columns_share_one_grid(fonts):
    made = book("subsidy_month", month([(3001, 2, True, True)]), fonts)
    sheet, cells = made.sheet(), made.cells()
    columns = len(list(sheet.iterfind(".//x:col", NS)))
    assert 8 <= columns <= 13
    heads = [text for text in cells.values() if text in {"人民调解员", "金额大写", "纠纷编号", "分配"}]
    assert len(heads) == 4
    assert "_xlnm.Print_Titles" not in made.titles


def test_long_texts_get_rows_high_enough(fonts):
    lines = (line(1), line(2, parties="、".join(["阿卜杜热依木·买买提"] * 12)))
    made = book("ledger", Ledger(TODAY, TODAY, Account.ACCEPTED, lines), fonts)
    heights = {row.get("r"): float(row.get("ht")) for row in made.sheet().iterfind(".//x:row", NS)}
    assert heights["6"] > 2 * heights["5"]
    assert max(heights.values()) <= 409


def test_the_same_paper_gives_the_same_bytes(fonts):
    paper = compose(shipped("subsidy_month"), told(month([(1, 1, True, True)])))
    assert write_xlsx(paper, fonts, now=NINE_O_CLOCK) == write_xlsx(paper, fonts, now=NINE_O_CLOCK)
