"""Papers of the office from their pages: seen, printed, saved; and the sheet of a report, seen and gone."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtPrintSupport import QPrinter
from ui.access import unnamed_controls
from ui.shown import show
from village import TODAY

from mediation_desktop.domain import records
from mediation_desktop.domain.ledger import Account, Ledger
from mediation_desktop.domain.special import MandatoryReport
from mediation_desktop.services import queries, special
from mediation_desktop.services.ledger import ledger
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework import reportsheet
from mediation_desktop.ui.casework.special import Opened
from mediation_desktop.ui.pages.dispute import DisputePage
from mediation_desktop.ui.pages.handover import HandoverPage
from mediation_desktop.ui.pages.ledger import LedgerPage
from mediation_desktop.ui.pages.officepaper import OfficePaperPage
from mediation_desktop.ui.papers import PrintOrder, sending

OWN = "自己的密码123"
REPORT = MandatoryReport(
    told_at=datetime(2026, 6, 19, 15, 42), unit="东华派出所", what="孩子身上有伤", reporter="邻居吴阿婆"
)


def order(_parent, pages, copies=1):
    return PrintOrder(QPrinter(), tuple(range(pages)), copies)


@pytest.fixture
def page(qtbot, workspace, desk):
    made = OfficePaperPage(workspace, AtDesk(desk), order)
    made.resize(1200, 700)
    return show(qtbot, made)


@pytest.fixture
def sent(monkeypatch):
    """Catch what goes to the printer."""
    jobs = []
    for place in (sending, reportsheet):
        monkeypatch.setattr(place, "print_pdf", lambda data, _printer, **_more: jobs.append(data) or 1)
    return jobs


def of_the_year(desk):
    return ledger(desk, date(2026, 1, 1), date(2026, 12, 31), Account.ACCEPTED)


def test_a_register_is_seen_and_the_printer_gets_the_same_bytes(page, operations, village, sent):
    village.dispute("甲大山", "乙小河", accepted_on=TODAY)
    page.come(("ledger", of_the_year, "ledger"))
    operations.drain()
    assert page.heading.text() == "案件汇总登记簿"
    assert "甲大山、乙小河" in page.preview.text()
    page.print()
    operations.drain()
    assert sent == [page._shown.pdf.data]
    assert unnamed_controls(page) == []


@pytest.mark.parametrize(("which", "ending"), [("sheet_button", ".xlsx"), ("word_button", ".docx")])
def test_it_is_saved_where_the_user_says(page, operations, which, ending, tmp_path):
    page.come(("ledger", of_the_year, "ledger"))
    operations.drain()
    page.file_chooser = lambda _page, name, _kind: str(tmp_path / name)
    getattr(page, which).click()
    operations.drain()
    assert (tmp_path / f"案件汇总登记簿20260619{ending}").exists()
    assert "没有加密" in page.banner.message


def test_turning_back_saves_nothing(page, operations, tmp_path):
    page.come(("ledger", of_the_year, "ledger"))
    operations.drain()
    page.file_chooser = lambda *_asked: ""
    page.sheet_button.click()
    operations.drain()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_leaving_lets_go_of_the_paper_and_going_back_leads_where_it_came_from(page, operations, gone):
    page.come(("ledger", of_the_year, "ledger"))
    operations.drain()
    page.go_away()
    assert page.preview.page_count == 0
    page._go_back()
    assert gone == [("ledger", None)]


def test_what_cannot_be_read_is_said_and_nothing_can_be_printed(page, operations, sent):
    page.come(("ledger", lambda desk: ledger(desk, TODAY, date(2026, 1, 1), Account.ACCEPTED), "ledger"))
    operations.drain()
    assert "之前" in page.banner.message
    assert not page.print_button.isEnabled()
    page.print()
    assert sent == []


def test_the_ledger_page_asks_for_a_period_and_an_account(qtbot, workspace, desk, operations, gone):
    page = LedgerPage(workspace, AtDesk(desk))
    show(qtbot, page)
    page.come(None)
    operations.drain()
    page.form.set_values({"first": date(2026, 6, 1), "account": Account.FINISHED})
    page.look_button.click()
    ((key, (form, read, back)),) = gone
    assert (key, form, back) == ("officepaper", "ledger", "ledger")
    assert read(desk) == Ledger(date(2026, 6, 1), TODAY, Account.FINISHED, ())
    assert unnamed_controls(page) == []


def test_a_hand_over_is_printed_from_its_block(qtbot, workspace, desk, operations, gone):
    handed = records.Handover(id=desk.new_id(), on=TODAY, from_name="汪承平", to_name="周正明")
    with desk.office_file.change("汪承平", "移交") as work:
        work.add(handed)
    page = HandoverPage(workspace, AtDesk(desk))
    show(qtbot, page)
    page.come(None)
    operations.drain()
    (block,) = page.done.blocks
    block.look_button.click()
    ((key, (form, read, _back)),) = gone
    assert (key, form) == ("officepaper", "handover")
    assert read(desk).handover.id == handed.id


# The sheet of a mandatory report.


@pytest.fixture
def reported(desk, village):
    """Give a dispute with a report that was sealed."""
    dispute_id = village.dispute("甲大山", "乙小河", accepted_on=TODAY)
    special.set_personal_password(desk, OWN)
    special.keep_special(desk, dispute_id, REPORT)
    return dispute_id


@pytest.fixture
def dispute_page(qtbot, workspace, desk, operations, reported):
    """Give the page of that dispute with the report opened by its password."""
    page = DisputePage(workspace, AtDesk(desk))
    page.resize(1200, 900)
    show(qtbot, page)
    page.come(reported)
    operations.drain()
    (record,) = queries.dossier(desk, reported).sealed_records
    page.open_panel("minor_report", Opened(record, special.open_special(desk, record, OWN)))
    return page


def look(page, operations):
    """Ask for the sheet as a person does, and return its panel."""
    buttons = {page.panel.buttons.itemAt(at).widget() for at in range(page.panel.buttons.count())}
    next(one for one in buttons if one and one.text() == "看样打印登记表").click()
    operations.drain()
    page.panel.printer_chooser = order
    return page.panel


def test_who_opened_the_report_sees_its_sheet_and_prints_it(dispute_page, operations, desk, reported, sent):
    panel = look(dispute_page, operations)
    assert panel.key == "minor_report_sheet"
    assert "孩子身上有伤" in panel.preview.text()
    assert "吴阿婆" not in panel.preview.text()
    assert unnamed_controls(panel) == []
    panel.main.click()
    operations.drain()
    assert len(sent) == 1
    (record,) = queries.dossier(desk, reported).sealed_records
    (printing,) = special.open_special(desk, record, OWN).printings
    assert (printing.by, printing.copies) == ("汪承平", 1)
    assert queries.dossier(desk, reported).papers == ()


def test_without_its_note_nothing_is_printed(dispute_page, operations, desk, reported, sent):
    panel = look(dispute_page, operations)
    (record,) = queries.dossier(desk, reported).sealed_records
    special.keep_special(desk, reported, replace(REPORT, receipt_number="警1"), record)
    panel.main.click()
    operations.drain()
    assert sent == []
    assert "没有保存" in dispute_page.banner.message


def test_the_sheet_is_gone_on_leaving_on_locking_and_on_changing_seats(
    dispute_page, operations, desk, reported
):
    at_desk = dispute_page.at_desk
    for go in (
        dispute_page.go_away,
        dispute_page.flush_drafts,
        lambda: at_desk.switch(replace(desk, actor="周正明")),
    ):
        (record,) = queries.dossier(desk, reported).sealed_records
        dispute_page.open_panel("minor_report", Opened(record, REPORT))
        panel = look(dispute_page, operations)
        assert panel.preview.page_count == 1
        go()
        operations.drain()
        assert dispute_page.panel is None or dispute_page.panel.key != "minor_report_sheet"
        assert panel.preview.page_count == 0
        assert panel._shown is None


def test_what_is_not_sealed_yet_is_not_printed(dispute_page, operations):
    dispute_page.panel.form.set_values({"receipt_number": "警0619"})
    panel = look(dispute_page, operations)
    assert panel.key == "minor_report"
    assert "还没有封存" in dispute_page.banner.message


def test_words_that_may_give_the_reporter_away_are_pointed_out(dispute_page, operations, desk, reported):
    (record,) = queries.dossier(desk, reported).sealed_records
    dispute_page.open_panel("minor_report_sheet", Opened(record, replace(REPORT, what="吴阿婆看见的")))
    operations.drain()
    assert "吴阿、阿婆" in dispute_page.panel.look_at.text()
