"""成套文书、卷内张数和空白表 in the window."""

from datetime import date, datetime

import pytest
from desks import sample
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from ui.access import cut_off, unnamed_controls
from ui.shown import show

from mediation_desktop.domain import records
from mediation_desktop.services import packs, papers, queries
from mediation_desktop.services.blanks import blank_forms, blank_pdf
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.performance import record_payment
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework import pack as pack_module
from mediation_desktop.ui.pages import blanks as blanks_module
from mediation_desktop.ui.pages.blanks import BlanksPage
from mediation_desktop.ui.papers import PrintOrder, sending
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def loan(desk, new_id, clock):
    """Give a dispute settled in writing that is to be confirmed by the court."""
    clock.advance(days=150)
    return enter(desk, sample(7, new_id))


@pytest.fixture
def come(page, operations):
    def again(dispute_id, key, argument=None):
        page.come(dispute_id)
        operations.drain()
        page.open_panel(key, argument)
        operations.drain()
        QApplication.processEvents()
        return page.panel

    return again


@pytest.fixture
def sent(monkeypatch):
    """Choose a printer, and catch what goes to it."""
    jobs = []

    def order(_parent, pages, copies=1, last=None):
        del last
        return PrintOrder(QPrinter(), tuple(range(pages)), copies)

    def print_pdf(data, _printer, *, copies=1, **_more):
        jobs.append((data, copies))
        return copies

    for module in (pack_module, blanks_module):
        monkeypatch.setattr(module, "ask_printer", order)
    monkeypatch.setattr(sending, "print_pdf", print_pdf)
    return jobs


def told(widget):
    return "".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def _rows(page):
    return {row.accessibleName(): row for row in page.findChildren(RowButton) if row.isVisibleTo(page)}


def test_packs_are_offered_beside_the_papers_and_name_what_is_in_them(page, operations, loan):
    page.come(loan)
    operations.drain()
    (row,) = (row for name, row in _rows(page).items() if name.startswith("司法确认材料包："))
    assert "送达地址确认书" in row.accessibleName()
    row.click()
    operations.drain()
    assert (page.panel.key, page.panel.pack) == ("pack", packs.Pack.CONFIRMATION)


def test_the_courts_pack_is_frozen_and_printed_at_one_click_and_says_what_is_missing(
    come, operations, desk, loan, sent
):
    panel = come(loan, "pack", "confirmation")
    assert "请附各方签字、调委会盖章的原件" in told(panel)
    assert "请收取各申请人的复印件" in told(panel)
    panel.main.click()
    operations.drain()
    QApplication.processEvents()
    operations.drain()
    held = packs.papers_of(desk, loan, packs.Pack.CONFIRMATION)
    assert [one.form for one in held] == [
        *("confirmation_application", "identity_copies", "presided_proof", "service_address")
    ]
    assert sent == [(papers.paper_bytes(desk, one), one.copies) for one in held]


def test_papers_of_a_pack_are_signed_like_any_other(come, page, desk, loan, operations):
    packs.issue_pack(desk, loan, packs.Pack.CONFIRMATION)
    come(loan, "pack", "confirmation")
    buttons = {one.accessibleName(): one for one in page.findChildren(QPushButton)}
    buttons["登记司法确认申请书的签字"].click()
    operations.drain()
    assert page.panel.key == "receipt"


def test_other_papers_are_looked_at_one_by_one(come, page, gone, loan):
    panel = come(loan, "pack", "beside")
    assert panel.main is None
    _rows(page)["身份证明复印件粘贴页，还没有打印，点开看样、打印"].click()
    assert gone[-1] == ("paper", (loan, "identity_copies", loan, None))


def test_receipts_of_several_payments_are_told_apart_by_their_day(come, page, desk, clock, new_id):
    clock.set(datetime(2026, 8, 16, 9))
    dispute_id = enter(desk, sample(2, new_id))
    owed = queries.dossier(desk, dispute_id).obligations[0]
    for on in (date(2026, 7, 15), date(2026, 8, 15)):
        paid = records.Payment(
            id=new_id(),
            dispute_id=dispute_id,
            debtor_id=owed.debtor_id,
            creditor_id=owed.creditor_id,
            amount_fen=600000,
            on=on,
        )
        record_payment(desk, paid)
    come(dispute_id, "pack", "beside")
    receipts = [name for name in _rows(page) if name.startswith("收条")]
    assert receipts == [f"收条　{on}，还没有打印，点开看样、打印" for on in ("7月15日", "8月15日")]


def test_counts_of_the_contents_are_mended_and_more_is_added(come, operations, desk, loan):
    panel = come(loan, "contents")
    (line,) = (line for line in panel.lines if line.form == "agreement")
    at = panel.lines.index(line)
    panel.counts.set_values({f"sheets{at}": line.sheets + 2, f"note{at}": "附图两张"})
    panel.more.set_values([{"form": "performance", "name": "汇款单", "sheets": 1, "note": ""}])
    panel.main.click()
    operations.drain()
    kept = {item.form: item for item in queries.dossier(desk, loan).filed_items}
    assert (kept["agreement"].sheets, kept["agreement"].note) == (line.sheets + 2, "附图两张")
    assert (kept["performance"].name, kept["performance"].sheets) == ("汇款单", 1)
    again = come(loan, "contents")
    assert again.counts.values()[f"sheets{at}"] == line.sheets + 2
    assert [form.values()["name"] for form in again.more.forms] == ["汇款单"]


@pytest.mark.parametrize("argument", ["beside", "confirmation", "filing"])
def test_every_control_of_a_pack_has_a_name_and_nothing_is_cut_off(come, page, loan, argument):
    come(loan, "pack", argument)
    assert unnamed_controls(page) == []
    assert cut_off(page) == []


@pytest.fixture
def blanks(qtbot, workspace, desk):
    made = BlanksPage(workspace, AtDesk(desk))
    made.resize(1200, 700)
    return show(qtbot, made)


def test_a_blank_form_is_chosen_looked_at_and_printed(blanks, operations, desk, sent):
    blanks.come("followup")
    operations.drain()
    assert "人民调解回访记录" in blanks.preview.text()
    blanks.printer_chooser = lambda _parent, pages: PrintOrder(QPrinter(), tuple(range(pages)), 3)
    blanks.print()
    operations.drain()
    assert sent == [(blank_pdf(desk, "followup").data, 3)]


def test_all_blank_forms_are_one_file(blanks, operations, desk, tmp_path):
    blanks.come(None)
    operations.drain()
    text = blanks.preview.text()
    assert all(title in text for title in ("人民调解协议书", "授权委托书", "卷内目录", "司法确认申请书"))
    assert blanks.preview.page_count >= len(blank_forms(desk))
    blanks.file_chooser = lambda _parent, name: str(tmp_path / name)
    blanks.save()
    operations.drain()
    assert (tmp_path / "全部空白表.pdf").read_bytes() == blank_pdf(desk).data
    assert unnamed_controls(blanks) == []
