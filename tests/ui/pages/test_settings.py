"""The settings page on a real office."""

import shutil
from datetime import datetime

import pytest
from desks import KEY, make_desk
from msgspec.structs import replace
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from ui.access import unnamed_controls
from ui.shown import show
from village import Village

from mediation_desktop.domain.special import MandatoryReport
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.services import office, passwords, queries, special
from mediation_desktop.services.office import DEVICE_KEYS, PASSWORD_SLOT
from mediation_desktop.services.undo import undo
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.office_file import KEYS_NAME
from mediation_desktop.system.paths import forms_folder
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.entry import recovery
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.settings import SettingsPage
from mediation_desktop.ui.papers.printing import PrintOrder
from mediation_desktop.ui.settings import personal

OLD, NEW = "zhuhai2026", "meiyu2027"


@pytest.fixture
def desk(tmp_path, clock, new_id):
    made = make_desk(tmp_path, clock, new_id)
    with made.office_file.change("汪承平", "开通本单位") as work:
        work.put_setting(DEVICE_KEYS, new_device_keys().to_text())
        work.put_setting("recovery_sheet", "later")
    yield made
    made.office_file.close()


@pytest.fixture
def page(qtbot, workspace, desk, memory):
    made = show(qtbot, SettingsPage(workspace, AtDesk(desk), memory))
    made.come(None)
    return made


def test_an_own_form_that_is_broken_or_overtaken_is_told(qtbot, workspace, desk, memory):
    for name, old, new in (
        ("agreement", 'version = "1.1.0"', 'version = "1.0.0"'),
        ("followup", 'role = "title"', 'role = "titel"'),
    ):
        shutil.copytree(forms_folder() / name, desk.folder / "forms" / name)
        path = desk.folder / "forms" / name / "form.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    page = show(qtbot, SettingsPage(workspace, AtDesk(desk), memory))
    told = "".join(one.text() for one in page.machine.findChildren(QLabel))
    assert "用本单位自己的1.0.0版；程序自带的1.1.0版更新" in told
    assert "titel" in told


def name_row(page, name):
    return next(row for row in page.people.rows if row.name.text() == name)


def test_the_office_is_edited_and_the_rest_of_it_stays(page, desk, operations):
    before = office.office_view(desk)
    page.office.form.set_values({"number_word": "龙华", "name": "鸡鸣调委会"})
    page.office.save_button.click()
    operations.drain()
    after = office.office_view(desk)
    assert (after.committee.number_word, after.office.name) == ("龙华", "鸡鸣调委会")
    assert after.studio == before.studio
    assert "已保存" in page.banner.message


def test_a_studio_can_be_taken_out_and_put_in(page, desk, operations):
    page.office.form.set_values({"studio": ""})
    page.office.save()
    operations.drain()
    assert office.office_view(desk).studio is None
    page.office.form.set_values({"studio": "竹海调解工作室"})
    page.office.save()
    operations.drain()
    assert office.office_view(desk).studio.name == "竹海调解工作室"


def test_an_empty_committee_is_said_beside_its_field(page, desk, operations):
    page.office.form.set_values({"committee": ""})
    page.office.save_button.click()
    operations.drain()
    assert "调解委员会全称" in page.office.form.fields["committee"].finding
    assert office.office_view(desk).committee.name


def test_what_is_being_typed_elsewhere_survives_a_change_of_people(page, operations):
    page.office.form.set_values({"village": "新村名"})
    page.people.new_name.setText("方丽芬")
    page.people.add_button.click()
    operations.drain()
    assert page.office.form.values()["village"] == "新村名"
    assert name_row(page, "方丽芬")


def test_a_mediator_is_renamed_leaves_and_comes_back(page, desk, operations):
    row = name_row(page, "周正明")
    row.name.setText("周正民")
    row.name.edited.emit()
    row.save_button.click()
    operations.drain()
    assert "周正民" in office.office_view(desk).names
    name_row(page, "周正民").toggle.click()
    operations.drain()
    assert "周正民" not in office.office_view(desk).names
    name_row(page, "周正民").toggle.click()
    operations.drain()
    assert "周正民" in office.office_view(desk).names


def test_a_second_person_of_the_same_name_is_refused_above(page, desk, operations):
    page.people.new_name.setText("汪承平")
    page.people.add_button.click()
    operations.drain()
    assert "同名" in page.banner.message
    assert len(office.all_mediators(desk)) == 2
    assert page.people.new_name.text() == "汪承平"


def test_large_type_and_dark_take_effect_at_once_and_are_remembered(page, memory):
    page.look.large.click()
    page.look.dark.click()
    assert theme().large
    assert theme().dark
    assert (memory.load("large"), memory.load("dark")) == ("1", "1")
    page.look.dark.click()
    assert not theme().dark
    assert memory.load("dark") == ""


def test_the_fingerprint_of_this_pc_is_shown_in_four_groups(page, desk):
    shown = page.machine.fingerprint.text()
    assert shown == office.device_keys(desk).fingerprint
    assert [len(group) for group in shown.split("-")] == [4, 4, 4, 4]


def test_the_notices_are_read_when_asked_for(page):
    assert not page.licence.text.isVisible()
    page.licence.show_button.click()
    assert page.licence.text.isVisible()
    assert "PySide6" in page.licence.text.toPlainText()


def test_an_office_without_a_password_offers_none_to_change(page):
    assert not page.secrets.isVisible()


@pytest.fixture
def locked_page(qtbot, workspace, desk, memory):
    keyslots.add_password_slot(desk.folder / KEYS_NAME, PASSWORD_SLOT, KEY, OLD)
    made = show(qtbot, SettingsPage(workspace, AtDesk(desk), memory))
    made.come(None)
    return made


def test_the_password_is_changed(locked_page, desk, operations):
    card = locked_page.secrets
    card.form.set_values({"old": OLD, "new": NEW, "again": NEW})
    card.change_button.click()
    operations.drain()
    assert "密码已改" in locked_page.banner.message
    assert card.form.values() == {"old": "", "new": "", "again": ""}
    passwords.confirm_password(desk.folder, NEW)


def test_a_sheet_that_was_put_off_is_printed_later(locked_page, desk, operations, monkeypatch):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(desk.folder / "sheet.pdf"))
    monkeypatch.setattr(recovery, "ask_printer", lambda *_: PrintOrder(printer, (0,), 1))
    card = locked_page.secrets
    assert "还没有打印" in card.due.text()
    card.form.set_values({"old": OLD})
    card.renew_button.click()
    operations.drain()
    code = card.panel.code.text()
    card.panel.print_button.click()
    operations.drain()
    assert (desk.folder / "sheet.pdf").exists()
    assert not passwords.recovery_sheet_due(desk)
    assert not card.due.isVisible()
    assert keyslots.unlock_with_recovery(desk.folder / KEYS_NAME, code) == KEY


def test_every_control_has_a_name(locked_page):
    locked_page.licence.show_button.click()
    assert unnamed_controls(locked_page) == []


def test_a_personal_password_is_set_and_changed_and_lets_another_in(page, desk, operations):
    card, other = page.personal, replace(desk, actor="周正明")
    dispute_id = Village(desk).dispute("甲", "乙")
    assert not card.change_button.isVisible()
    card.form.set_values({"new": NEW, "again": NEW})
    card.set_button.click()
    operations.drain()
    assert special.key_holders(desk) == ("汪承平",)
    assert not card.set_button.isVisible()
    assert not card.share_button.isVisible()
    report = MandatoryReport(told_at=datetime(2026, 6, 19, 8), unit="110", what="有伤")
    special.keep_special(desk, dispute_id, report)
    special.set_personal_password(other, "他的密码456789")
    card.show_state()
    card.form.set_values({"mine": OLD})
    card.share_button.click()
    operations.drain()
    assert "个人密码不对" in page.banner.message
    card.form.set_values({"mine": NEW})
    card.share_button.click()
    operations.drain()
    assert "以前的 1 条" in page.banner.message
    (record,) = queries.dossier(desk, dispute_id).sealed_records
    assert special.open_special(other, record, "他的密码456789") == report
    card.form.set_values({"mine": NEW, "new": OLD, "again": OLD})
    card.change_button.click()
    operations.drain()
    special.confirm_personal_password(desk, OLD)


def test_a_forgotten_personal_password_is_replaced_after_a_question(page, desk, operations, monkeypatch):
    special.set_personal_password(desk, OLD)
    card, asked = page.personal, []
    card.show_state()
    monkeypatch.setattr(personal, "confirm", lambda *words: bool(asked.append(words)) or len(asked) > 1)
    card.forgotten_button.click()
    assert asked == []
    for _ in range(2):
        card.form.set_values({"new": NEW, "again": NEW})
        card.forgotten_button.click()
        operations.drain()
    assert len(asked) == 2
    special.confirm_personal_password(desk, NEW)


def test_a_number_that_stands_for_nothing_is_explained(page, desk, village, workspace):
    assert not page.numbers.isVisible()
    first = village.dispute("张福根", "李木水")
    village.dispute("赵铁柱", "钱有财")
    workspace.broadcast(undo(desk, queries.history(desk, first)[-1].change_id))
    assert page.numbers.isVisible()
    assert page.numbers._said.text() == "（2026）龙东人调字第001号　2026年6月19日　汪承平　撤销：登记纠纷"
