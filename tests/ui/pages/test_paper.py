"""看样、打印: what is shown is what is frozen, and what is frozen is what is printed."""

import shutil
from datetime import date

import pytest
from desks import make_desk, sample
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from ui.access import unnamed_controls
from ui.shown import show

from mediation_desktop.domain.papers import told_printings
from mediation_desktop.domain.records import PaperState, Signature
from mediation_desktop.services import agreements, papers, queries, sessions
from mediation_desktop.services.casefiles.entering import adopt, enter
from mediation_desktop.services.printers import PrinterChoice, Sides, last_printer
from mediation_desktop.system.paths import forms_folder
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.operations import OperationCancelled
from mediation_desktop.ui.pages import paper as module
from mediation_desktop.ui.pages.paper import PaperPage
from mediation_desktop.ui.papers import PrintOrder, sending


@pytest.fixture
def desk(tmp_path, clock, new_id):
    made = make_desk(tmp_path / "office", clock, new_id)
    clock.advance(days=150)
    yield made
    made.office_file.close()


@pytest.fixture
def drafted(desk, new_id):
    """Give a dispute whose agreement is drafted and not printed yet."""
    case = sample(1, new_id)
    dispute_id = enter(
        desk, replace(case, dossier=replace(case.dossier, agreements=(), payments=(), followups=()))
    )
    own = adopt(desk, case.dossier)
    agreements.save_agreement(desk, own.agreement, own.obligations)
    return dispute_id


@pytest.fixture
def sent(monkeypatch):
    """Catch what goes to the printer."""
    jobs = []
    monkeypatch.setattr(sending, "print_pdf", lambda data, _printer, **_more: jobs.append(data) or 1)
    return jobs


@pytest.fixture
def page(qtbot, workspace, desk):
    def order(_parent, pages, copies):
        return PrintOrder(QPrinter(), tuple(range(pages)), copies)

    made = PaperPage(workspace, AtDesk(desk), order)
    made.resize(1200, 700)
    return show(qtbot, made)


def _come(page, operations, dispute_id, paper_id=None):
    page.come((dispute_id, "agreement", None, paper_id))
    operations.drain()


def test_a_preview_freezes_nothing(page, operations, desk, drafted):
    _come(page, operations, drafted)
    assert page.preview.page_count == 2
    assert "张福根" in page.preview.text()
    assert queries.dossier(desk, drafted).papers == ()


def test_the_printer_gets_the_very_bytes_that_are_frozen_and_shown(page, operations, desk, drafted, sent):
    _come(page, operations, drafted)
    page.print()
    operations.drain()
    frozen = papers.paper_bytes(desk, queries.dossier(desk, drafted).papers[0])
    assert sent == [frozen]
    page.print()
    operations.drain()
    assert sent == [frozen, frozen]
    assert len(queries.dossier(desk, drafted).papers) == 1


def test_freezing_without_printing(page, operations, desk, drafted, sent):
    _come(page, operations, drafted)
    page.keep()
    operations.drain()
    assert len(queries.dossier(desk, drafted).papers) == 1
    assert sent == []


def test_turning_back_in_the_print_dialog_prints_nothing(page, operations, drafted, sent):
    _come(page, operations, drafted)
    page.printer_chooser = lambda *_: None
    page.print()
    operations.drain()
    assert sent == []


def test_a_fault_is_told_and_a_reason_lets_it_pass(page, operations, desk, drafted, sent):
    dossier = queries.dossier(desk, drafted)
    first, *others = dossier.obligations
    agreements.save_agreement(desk, dossier.agreement, [replace(first, creditor_id=first.debtor_id), *others])
    _come(page, operations, drafted)
    page.print()
    operations.drain()
    assert "同一" in page.banner.message
    assert page.reason.isVisible()
    page.reason.set_value("当事人坚持这样写")
    page.print()
    operations.drain()
    assert len(sent) == 1
    kept = queries.dossier(desk, drafted).overrides
    assert {override.reason for override in kept} == {"当事人坚持这样写"}


def test_what_cannot_be_printed_is_named_before_printing(page, operations, desk, drafted):
    party = queries.dossier(desk, drafted).parties[0]
    with desk.office_file.change("汪承平", "改名") as work:
        work.update(replace(party, name=f"张{chr(0x30000)}根"))
    _come(page, operations, drafted)
    assert "U+30000" in page.banner.message


def test_every_control_has_a_name(page, operations, drafted):
    _come(page, operations, drafted)
    assert unnamed_controls(page) == []


def test_notices_are_shown_issued_and_printed_for_every_party(page, operations, desk, drafted, sent):
    dossier = queries.dossier(desk, drafted)
    session = replace(dossier.sessions[0], id=desk.new_id(), revision=None, place="村委会")
    sessions.schedule_session(desk, session)
    page.come((drafted, "session_notice", session.id, None))
    operations.drain()
    assert page.heading.text() == "调解通知书"
    assert page.preview.page_count == 2
    page.print()
    operations.drain()
    (paper,) = queries.dossier(desk, drafted).papers
    assert sent == [papers.paper_bytes(desk, paper)]
    assert page.heading.text() == "调解通知书"
    assert page.anew_button.isVisible()


def test_an_issued_paper_is_set_anew_from_what_is_true_now(page, operations, desk, drafted, sent):
    papers.issue(desk, drafted, "registration")
    paper = queries.dossier(desk, drafted).papers[0]
    party = queries.dossier(desk, drafted).parties[0]
    with desk.office_file.change("汪承平", "改名") as work:
        work.update(replace(party, name="张福跟"))
    page.come((drafted, "registration", drafted, paper.id))
    operations.drain()
    assert "张福跟" not in page.preview.text()
    page.set_anew()
    operations.drain()
    assert "张福跟" in page.preview.text()
    page.keep()
    operations.drain()
    states = [one.state for one in queries.dossier(desk, drafted).papers]
    assert states == [PaperState.REPLACED, PaperState.PRINTED]
    assert sent == []


def test_a_signed_agreement_is_not_offered_to_be_set_anew(page, operations, desk, drafted):
    papers.issue_agreement(desk, drafted)
    paper = queries.dossier(desk, drafted).papers[0]
    papers.record_signatures(desk, paper.id, (Signature(party_id=None, on=date(2026, 6, 19)),))
    _come(page, operations, drafted, paper.id)
    assert not page.anew_button.isVisible()


@pytest.fixture
def own_form(desk):
    """Give the office its own agreement, changed where a test wants it."""

    def change(*pairs):
        shutil.copytree(forms_folder() / "agreement", desk.folder / "forms" / "agreement")
        path = desk.folder / "forms" / "agreement" / "form.toml"
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")

    return change


@pytest.fixture
def witnessed(own_form):
    """Give the office an agreement that asks for a witness."""
    field = '[[fields]]\nlabel = "见证人"\nsource = "added.witness"\n\n'
    line = '[[blocks]]\nkind = "line"\nrole = "field"\ntext = "见证人：{added.witness}"\n\n'
    own_form(("# ---- 抬头 ----\n", field), ("# ---- 事实 ----\n", line))


@pytest.mark.usefixtures("witnessed")
def test_what_a_form_asks_for_itself_is_typed_shown_and_kept(page, operations, desk, drafted, sent):
    _come(page, operations, drafted)
    assert page.fill_button.isVisible()
    assert unnamed_controls(page) == []
    page.added.set_values({"added.witness": "雷水根"})
    QTest.keyClick(page.added.fields["added.witness"].editor, Qt.Key.Key_Return)
    operations.drain()
    assert "见证人：雷水根" in page.preview.text()
    page.print()
    operations.drain()
    (paper,) = queries.dossier(desk, drafted).papers
    assert sent == [papers.paper_bytes(desk, paper)]
    assert [one.text for one in paper.added] == ["雷水根"]
    assert page.added is None
    assert not page.fill_button.isVisible()
    page.set_anew()
    operations.drain()
    assert page.added.values() == {"added.witness": "雷水根"}


def test_a_broken_form_of_the_offices_own_is_told_and_the_shipped_one_shown(
    page, operations, drafted, own_form
):
    own_form(('role = "title"', 'role = "titel"'))
    _come(page, operations, drafted)
    assert "titel" in page.banner.message
    assert "程序自带的格式" in page.banner.message
    assert page.preview.page_count == 2


def test_only_a_faulty_agreement_is_printed_for_a_reason(page, operations, drafted):
    page.come((drafted, "termination", None, None))
    operations.drain()
    assert "终止调解告知书" in page.banner.message
    assert not page.reason.isVisible()


def test_what_was_printed_when_is_noted_and_said(page, operations, desk, drafted, sent):
    _come(page, operations, drafted)
    assert not page.printed.isVisible()
    page.print()
    operations.drain()
    (paper,) = queries.dossier(desk, drafted).papers
    (printing,) = paper.printings
    assert (printing.copies, printing.pages) == (3, ())
    assert page.printed.text() == f"打印过：{told_printings(paper)}。"
    assert page.printed.isVisible()
    assert len(sent) == 1


def test_what_was_stopped_is_not_noted_as_printed(page, operations, desk, drafted, monkeypatch):
    def stop(*_, **__):
        raise OperationCancelled

    monkeypatch.setattr(sending, "print_pdf", stop)
    _come(page, operations, drafted)
    page.print()
    operations.drain()
    assert queries.dossier(desk, drafted).papers[0].printings == ()


@pytest.mark.usefixtures("sent")
def test_the_printer_used_last_is_offered_the_next_time(page, operations, desk, drafted, monkeypatch):
    used, offered = PrinterChoice("村委会激光", Sides.LONG_EDGE), []

    class Order(PrintOrder, frozen=True):
        choice = used

    def ask(_parent, pages, copies, last):
        offered.append(last)
        return Order(QPrinter(), tuple(range(pages)), copies)

    monkeypatch.setattr(module, "ask_printer", ask)
    other = PaperPage(page.workspace, page.at_desk)
    _come(other, operations, drafted)
    for _ in range(2):
        other.print()
        operations.drain()
    assert offered == [None, used]
    assert last_printer(desk) == used
