"""Exporting through the real page: real office, real bundle, a stick made of a folder."""

from datetime import date

import pytest
from desks import make_desk, sample
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui.access import unnamed_controls
from ui.shown import show

from mediation_desktop.exchange.activation import ActivationPack, Recipient, write_activation
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.services import office, transfer
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.office import DEVICE_KEYS
from mediation_desktop.services.outbox import outbox
from mediation_desktop.system import sealing
from mediation_desktop.system.drives import Drive
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.exchange import ExchangePage


class Sticks:
    """The sticks plugged in."""

    def __init__(self):
        self.plugged = ()

    def removable(self):
        return self.plugged


@pytest.fixture
def sticks():
    return Sticks()


@pytest.fixture
def stick(tmp_path, sticks):
    path = tmp_path / "stick"
    path.mkdir()
    sticks.plugged = (Drive(path, "KINGSTON", 8 * 1024**3, 16 * 1024**3),)
    return path


@pytest.fixture
def desk(tmp_path, clock, new_id):
    made = make_desk(tmp_path / "office", clock, new_id)
    with made.office_file.change("汪承平", "开通本单位") as work:
        work.put_setting(DEVICE_KEYS, new_device_keys().to_text())
    yield made
    made.office_file.close()


@pytest.fixture
def pack():
    return ActivationPack(
        county="龙游县社会治理中心",
        office_code="LY0101",
        office_name="鸡鸣村调委会",
        recipients=(
            Recipient(id="county", name="县社会治理中心", public_key=sealing.new_identity().public),
            Recipient(id="justice", name="东华司法所", public_key=sealing.new_identity().public),
        ),
        county_signers=(new_device_keys().signing_public,),
        serial=1,
        valid_until=date(2027, 12, 31),
    )


@pytest.fixture
def enrolled(desk, pack, new_id, clock):
    clock.advance(days=11)  # the sample is sealed some days after it was mediated
    office.apply_pack(desk, pack)
    enter(desk, sample(1, new_id))
    return desk


@pytest.fixture
def page(qtbot, workspace, desk, sticks):
    made = show(qtbot, ExchangePage(workspace, AtDesk(desk), sticks))
    yield made
    made.go_away()


def come(page):
    page.come(None)
    page.workspace.operations.drain()


def test_without_recipients_the_page_teaches_the_first_step(page, pack, tmp_path, operations):
    come(page)
    assert page.pack.isVisible()
    assert not page.export_button.isVisible()
    path = tmp_path / "county.tjkeys"
    write_activation(path, pack)
    page.pack.chosen.emit(path)
    operations.drain()
    operations.drain()
    assert "开通包已读入" in page.banner.message
    assert page.recipients.isVisible()
    assert page.recipients.current.name == "县社会治理中心"


@pytest.mark.usefixtures("enrolled")
def test_a_stick_appears_by_itself_and_goes_again(page, sticks, stick, operations):
    drives, sticks.plugged = sticks.plugged, ()
    come(page)
    assert page.target.folder is None
    assert not page.export_button.isEnabled()
    sticks.plugged = drives
    page._timer.timeout.emit()
    operations.drain()
    assert page.target.folder == stick
    assert page.export_button.isEnabled()
    sticks.plugged = ()
    page._timer.timeout.emit()
    operations.drain()
    assert page.target.folder is None
    assert not page.export_button.isEnabled()


@pytest.mark.usefixtures("enrolled")
def test_one_click_writes_the_bundle_and_says_when_to_take_the_stick_out(page, desk, stick, operations):
    come(page)
    assert page.preview.text() == "报送县社会治理中心：1个纠纷，不含附件。"
    QTest.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    operations.drain()
    assert "可以拔出U盘了" in page.banner.message
    bundle = next(stick.glob("*.tjb"))
    assert str(bundle) in page.banner.message
    export = transfer.log(desk)[0]
    assert (export.actor, export.recipient_id, export.file_name) == ("汪承平", "county", bundle.name)
    shown = [page.log.data(page.log.index(0, at)) for at in range(page.log.columnCount())]
    assert shown[:3] == ["2026-06-30 09:00", "汪承平", "县社会治理中心"]
    assert bundle.name in shown
    assert page.recipients.current.fresh == 0


@pytest.mark.usefixtures("enrolled", "stick")
def test_a_dossier_goes_along_only_with_its_purpose(page, desk, operations):
    come(page)
    page.dossiers.add_button.click()
    page.dossiers.table.opened.emit(page.dossiers._model.row(0))
    operations.drain()
    assert "另按要求附1个纠纷的文书" in page.preview.text()
    page.export_button.click()
    operations.drain()
    assert not transfer.log(desk)
    field = next(iter(page.dossiers._chosen.values()))[1]
    assert "用途" in field.finding
    field.editor.set_value("县中心调卷评查")
    page.export_button.click()
    operations.drain()
    assert transfer.log(desk)[0].purpose == "县中心调卷评查"
    assert page.dossiers.requests() == ()


@pytest.mark.usefixtures("enrolled", "stick")
def test_a_dispute_is_found_by_its_people(page):
    come(page)
    page.dossiers.add_button.click()
    page.dossiers.search.searched.emit("李木水")
    assert page.dossiers._model.rowCount() == 1
    page.dossiers.search.searched.emit("无此人")
    assert page.dossiers._model.rowCount() == 0


@pytest.mark.usefixtures("enrolled")
def test_a_folder_is_a_target_too(page, tmp_path, operations):
    folder = tmp_path / "upload"
    folder.mkdir()
    come(page)
    page.target.choose_folder(folder)
    page.export_button.click()
    operations.drain()
    assert "U盘" not in page.banner.message
    assert list(folder.glob("*.tjb"))


@pytest.mark.usefixtures("enrolled")
def test_a_pulled_stick_is_said_above_and_the_outbox_stays(page, desk, stick, operations):
    come(page)
    stick.rmdir()
    page.export_button.click()
    operations.drain()
    assert "没有成功" in page.banner.message
    assert not transfer.log(desk)
    assert page.export_button.isEnabled()


@pytest.mark.usefixtures("enrolled")
def test_cancelling_leaves_the_stick_and_the_outbox_as_they_were(page, desk, stick, operations):
    come(page)
    operations.began.connect(lambda operation: operation.cancel() if operation.cancellable else None)
    page.export_button.click()
    operations.drain()
    assert not transfer.log(desk)
    assert not list(stick.iterdir())
    assert page.banner.message == ""


def test_the_machines_own_faults_come_above(page, sticks):
    def broken():
        raise EnvironmentProblem("看不到U盘。", "请重新插好。")

    sticks.removable = broken
    come(page)
    assert "看不到U盘" in page.banner.message


@pytest.mark.usefixtures("enrolled", "stick")
def test_the_other_recipient_has_a_stream_of_its_own(page, desk, operations):
    come(page)
    for button in page.recipients._group.buttons():
        if button.text() == "东华司法所":
            button.click()
    operations.drain()
    assert page.preview.text().startswith("报送东华司法所")
    page.export_button.click()
    operations.drain()
    lines = {line.recipient_id: line for line in outbox(desk)}
    assert lines["justice"].fresh == 0
    assert lines["county"].fresh > 0


@pytest.mark.usefixtures("enrolled", "stick")
def test_every_control_has_a_name(page):
    come(page)
    page.dossiers.add_button.click()
    assert unnamed_controls(page) == []
