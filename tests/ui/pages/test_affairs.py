"""The pages of the office's own affairs on a real office: mediator, hand-over, archive, subsidy."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QMessageBox
from ui.access import cut_off, unnamed_controls
from ui.shown import show
from village import TODAY

from mediation_desktop.domain import records
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.services import (
    disputes,
    drafts,
    handover,
    office,
    queries,
    retention,
    roster,
    sessions,
    subsidy,
)
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.office import DEVICE_KEYS
from mediation_desktop.system.paths import resource
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages import destruction as destruction_page
from mediation_desktop.ui.pages.destruction import DestructionPage
from mediation_desktop.ui.pages.dispute import DisputePage
from mediation_desktop.ui.pages.handover import HandoverPage
from mediation_desktop.ui.pages.home import HomePage
from mediation_desktop.ui.pages.mediator import MediatorPage
from mediation_desktop.ui.pages.settings import SettingsPage
from mediation_desktop.ui.pages.subsidy import SubsidyPage
from mediation_desktop.ui.papers import lists
from mediation_desktop.ui.papers.printing import PrintOrder

PAGES = (MediatorPage, HandoverPage, DestructionPage, SubsidyPage)


@pytest.fixture
def opened(qtbot, workspace, desk, operations):
    """Open a page of a kind and read everything it shows."""

    def open_page(kind, argument=None, at=None):
        page = kind(workspace, AtDesk(at or desk))
        page.resize(1200, 700)
        show(qtbot, page)
        page.come(argument)
        operations.drain()
        return page

    return open_page


def paid(desk):
    """Return the desk with a table that sets amounts."""
    own = desk.folder / "codes"
    own.mkdir(exist_ok=True)
    shipped = resource("codes", "subsidy.toml").read_text(encoding="utf-8")
    (own / "subsidy.toml").write_text(
        shipped.replace("\nrequires = [", "\namount_fen = 3000\nrequires = ["), "utf-8"
    )
    return replace(desk, codes=load_codes((own,)))


def closed(village, *names):
    """Enter a dispute with an oral agreement, performed and closed on the tests' day."""
    desk = village.desk
    dispute_id = village.dispute(*names, accepted_on=TODAY)
    session = village.session(dispute_id, datetime(2026, 6, 19, 15))
    sessions.record_session(desk, replace(session, result="达成协议"))
    village.agree_by_word(dispute_id)
    for step in (Action.AGREE, Action.TAKE_EFFECT, Action.PERFORM, Action.CLOSE):
        disputes.take_step(desk, dispute_id, step, TODAY)
    return dispute_id


def choose_from(page, mediator_id, operations):
    editor = page.who.fields["from"].editor
    editor.set_value(str(mediator_id))
    editor.edited.emit()
    operations.drain()


# One mediator.


def test_a_mediators_entry_and_training_are_written_down(opened, desk, village, operations):
    mine = village.dispute("甲", "乙", accepted_on=TODAY)
    mediator_id = village.mediators["汪承平"]
    page = opened(MediatorPage, mediator_id)
    assert page.open.row_at(0).accessibleName().startswith("甲与乙")
    page.entry.set_values({"role": "主任", "sex": "女", "since_on": date(2023, 8, 1)})
    page.trainings.add().set_values({"on": TODAY, "topic": "司法确认", "hours": 4})
    page.save_button.click()
    operations.drain()
    view = roster.mediator_view(desk, mediator_id)
    assert (view.mediator.role, view.mediator.sex, view.mediator.phone) == ("主任", "女", "")
    assert [(one.topic, one.hours) for one in view.trainings] == [("司法确认", 4)]
    assert "共 4 学时" in page.counts.text()
    assert [line.id for line in view.open] == [mine]


def test_what_is_being_typed_about_a_mediator_survives_changes_elsewhere(
    opened, village, workspace, operations
):
    page = opened(MediatorPage, village.mediators["汪承平"])
    page.entry.fields["phone"].editor.set_draft("1380")
    page.entry.edited.emit()
    village.dispute("甲", "乙", accepted_on=TODAY)
    workspace.broadcast(office.save_office(village.desk))
    page.refresh(None)
    operations.drain()
    assert page.entry.values()["phone"] == "1380"
    assert page.open.count.text() == "1 件"


# The committee in the settings.


@pytest.fixture
def settings(qtbot, workspace, desk, memory):
    with desk.office_file.change("汪承平", "开通") as work:
        work.put_setting(DEVICE_KEYS, new_device_keys().to_text())
    page = show(qtbot, SettingsPage(workspace, AtDesk(desk), memory))
    page.come(None)
    return page


def test_the_term_is_three_years_from_the_election_unless_changed(settings, desk, operations):
    card = settings.committee
    assert "3至9人" in card.findings.text()
    for elected, ends in ((date(2023, 8, 1), date(2026, 8, 1)), (date(2026, 8, 1), date(2029, 8, 1))):
        card.form.set_values({"elected_on": elected})
        card.save_button.click()
        operations.drain()
        assert roster.committee_view(desk).term_ends_on == ends
    card.form.set_values({"term_ends_on": date(2029, 12, 31)})
    card.save_button.click()
    operations.drain()
    assert roster.committee_view(desk).term_ends_on == date(2029, 12, 31)


def test_the_roster_is_copied_and_printed(settings, tmp_path, monkeypatch):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "roster.pdf"))
    monkeypatch.setattr(lists, "ask_printer", lambda *_: PrintOrder(printer, (0,), 1))
    settings.committee.copy_button.click()
    assert "汪承平\t" in QApplication.clipboard().text()
    settings.committee.print_button.click()
    assert (tmp_path / "roster.pdf").exists()


def test_the_settings_lead_to_each_affair_and_each_mediator(settings, gone):
    settings.people.rows[0].details.click()
    for row in settings.affairs.rows.values():
        row.click()
    assert [place for place, _argument in gone] == ["mediator", "handover", "destruction", "subsidy"]
    assert unnamed_controls(settings) == []


# Hand-over.


def test_a_hand_over_is_proposed_done_and_signed(opened, desk, village, operations):
    first = village.dispute("甲", "乙", accepted_on=TODAY)
    second = village.dispute("丙", "丁", accepted_on=TODAY)
    leaving, coming = village.mediators["汪承平"], village.mediators["周正明"]
    page = opened(HandoverPage)
    choose_from(page, leaving, operations)
    assert page.disputes.chosen() == (first, second)
    assert "档案柜钥匙" in page.things.values()["keys"]
    page.who.set_values({"to": str(coming), "reason": "任期届满"})
    page.save_button.click()
    operations.drain()
    assert {queries.dossier(desk, one).dispute.mediator_ids for one in (first, second)} == {(coming,)}
    assert page.disputes.ticks == {}
    (block,) = page.done.blocks
    block.copy_button.click()
    assert "甲与乙" in QApplication.clipboard().text()
    block.form.set_values({"from": TODAY})
    block.save_button.click()
    operations.drain()
    assert roster.mediator_view(desk, leaving).mediator.active
    (block,) = page.done.blocks
    block.form.set_values({"to": TODAY})
    block.save_button.click()
    operations.drain()
    assert not roster.mediator_view(desk, leaving).mediator.active


def test_a_dispute_left_out_stays_where_it_is(opened, desk, village, operations, workspace):
    first = village.dispute("甲", "乙", accepted_on=TODAY)
    second = village.dispute("丙", "丁", accepted_on=TODAY)
    leaving, coming = village.mediators["汪承平"], village.mediators["周正明"]
    page = opened(HandoverPage)
    choose_from(page, leaving, operations)
    page.disputes.ticks[second].click()
    third = village.dispute("戊", "己", accepted_on=TODAY)
    workspace.broadcast(disputes.save_dispute(desk, queries.dossier(desk, third).dispute))
    page.refresh(None)
    operations.drain()
    assert page.disputes.chosen() == (first, third)
    page.who.set_values({"to": str(coming), "reason": "离任"})
    page.save_button.click()
    operations.drain()
    assert queries.dossier(desk, second).dispute.mediator_ids == (leaving,)


def test_a_hand_over_half_written_is_there_again(opened, desk, village, operations):
    village.dispute("甲", "乙", accepted_on=TODAY)
    page = opened(HandoverPage)
    choose_from(page, village.mediators["汪承平"], operations)
    page.things.fields["note"].editor.set_draft("印章在司法所")
    page.sheet.edited.emit()
    page.go_away()
    operations.drain()
    assert drafts.draft(desk, "handover")
    again = opened(HandoverPage)
    assert again.things.values()["note"] == "印章在司法所"
    assert len(again.disputes.ticks) == 1
    assert "恢复" in again.banner.message


# The archive.


def test_archiving_asks_for_the_class_and_it_can_be_changed(opened, desk, village, operations):
    dispute_id = closed(village, "甲", "乙")
    page = opened(DisputePage, dispute_id)
    assert page.panel.key == "archive"
    assert page.panel.form.values()["retention"] == "short"
    page.panel.form.set_values({"retention": "long"})
    page.panel.save()
    operations.drain()
    kept = queries.dossier(desk, dispute_id).dispute
    assert (kept.state, kept.retention_code) == (records.DisputeState.ARCHIVED, "long")
    page.open_panel("retention")
    page.panel.form.set_values({"retention": "permanent"})
    page.panel.save()
    operations.drain()
    assert queries.dossier(desk, dispute_id).dispute.retention_code == "permanent"


@pytest.fixture
def past(desk, village, clock):
    """Give a dossier past its time, and one that nobody set a time for."""
    found = [closed(village, "甲", "乙"), closed(village, "丙", "丁")]
    retention.archive(desk, found[0], TODAY, "short")
    disputes.take_step(desk, found[1], Action.ARCHIVE, TODAY)
    clock.set(datetime(2037, 1, 5, 9))
    return found


def test_destruction_is_chosen_by_hand_and_confirmed_by_two(opened, past, operations, monkeypatch):
    asked = []
    monkeypatch.setattr(
        destruction_page, "confirm", lambda _page, question, *_rest: bool(asked.append(question)) or True
    )
    page = opened(DestructionPage)
    assert page.past.chosen() == ()
    assert list(page.past.ticks) == past[:1]
    page.form.set_values({"first_name": "汪承平", "second_name": "汪承平"})
    page.past.ticks[past[0]].click()
    page.destroy_button.click()
    operations.drain()
    assert "同一个人" in page.banner.message
    page.form.set_values({"second_name": "周正明"})
    page.destroy_button.click()
    operations.drain()
    assert asked == ["登记销毁1份卷宗？"] * 2
    assert page.past.ticks == {}
    assert "确认人：汪承平、周正明" in page.done.buttons[0].accessibleName()
    dispute = opened(DisputePage, past[0])
    assert any("纸质卷宗已销毁" in entry.sentence for entry in dispute._timeline._entries)


def test_a_dossier_without_a_class_leads_to_its_dispute(opened, past, gone):
    opened(DestructionPage).unset.row_at(0).click()
    assert gone == [("dispute", past[1])]


def test_turning_back_destroys_nothing(opened, desk, past, operations, monkeypatch):
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: None)
    page = opened(DestructionPage)
    page.past.ticks[past[0]].click()
    page.form.set_values({"first_name": "汪承平", "second_name": "周正明"})
    page.destroy_button.click()
    operations.drain()
    assert retention.destruction_sheets(desk) == ()


# Subsidy.


def test_a_month_is_confirmed_copied_and_taken_back(opened, desk, village, operations, clock):
    counts = closed(village, "甲", "乙")
    clock.set(datetime(2026, 7, 2, 9))
    page = opened(SubsidyPage, at=paid(desk))
    assert page.form.values()["month"] == "2026-06"
    assert page.lines.chosen() == (counts,)
    page.confirm_button.click()
    operations.drain()
    assert page.lines.ticks == {}
    assert "汪承平：1件，30.00元" in page.totals.text()
    page.copy_button.click()
    assert "合计\t\t1件\t\t\t30.00" in QApplication.clipboard().text()
    page.confirmed.buttons[0].click()
    operations.drain()
    assert subsidy.month_sheet(desk, "2026-06").confirmed == ()
    assert page.lines.chosen() == (counts,)


def test_without_amounts_nothing_can_be_confirmed_and_the_reason_stands_there(opened, village, clock):
    dispute_id = closed(village, "甲", "乙")
    clock.set(datetime(2026, 7, 2, 9))
    page = opened(SubsidyPage)
    tick = page.lines.ticks[dispute_id]
    assert not tick.isEnabled()
    assert "不计入：补贴金额未设定" in tick.accessibleName()
    assert not page.confirm_button.isEnabled()


# All of them.


@pytest.mark.usefixtures("past")
def test_the_first_screen_leads_to_what_the_office_is_to_see_to(opened, desk, gone):
    committee = roster.committee_view(desk).committee
    roster.save_term(desk, replace(committee, elected_on=date(2034, 1, 10)))
    page = opened(HomePage)
    assert page.office.isVisible()
    names = [page.office.row_at(at).accessibleName() for at in (0, 1)]
    assert names[0].startswith("委员会任期2037年1月10日届满")
    assert names[0].endswith("还剩 5 天")
    assert names[1].startswith("1份卷宗的保管期限已满")
    for at in (0, 1):
        page.office.row_at(at).click()
    assert gone == [("settings", None), ("destruction", None)]


@pytest.fixture(params=[False, True])
def busy(request, desk, village, past, theme):
    """Give an office with something on each of the pages, in normal type and in large."""
    theme.apply(dark=False, large=request.param)
    village.dispute("龙游县东华街道鸡鸣村村民委员会", "欧阳文秀", accepted_on=TODAY)
    given = records.Handover(id=desk.new_id(), on=TODAY, from_name="周正明", to_name="汪承平", reason="离任")
    handover.hand_over(desk, given)
    assert past
    return village.mediators["汪承平"]


@pytest.mark.parametrize("kind", PAGES)
def test_every_control_is_named_and_no_word_is_cut_off(opened, qtbot, busy, operations, kind):
    page = opened(kind, busy if kind is MediatorPage else None)
    if kind is HandoverPage:
        choose_from(page, busy, operations)
    assert unnamed_controls(page) == []
    qtbot.waitUntil(lambda: not cut_off(page))
