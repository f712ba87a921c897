"""Investigations, evidence, land and attachments through the dispute page."""

import os
import wave
from datetime import datetime
from pathlib import Path

import pytest
from desks import sample
from pictures import photo
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from reportlab.pdfgen.canvas import Canvas
from ui.access import unnamed_controls

from mediation_desktop.domain.records import DisputeState, Mark, Session
from mediation_desktop.services import attachments, disputes, queries, sessions
from mediation_desktop.services.casefiles.entering import adopt
from mediation_desktop.services.taking_in import Incoming
from mediation_desktop.ui.casework.folder import FolderPicker
from mediation_desktop.ui.casework.viewer import AttachmentViewer, PictureView
from mediation_desktop.ui.papers import PaperPreview
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def dispute_id(page, operations, desk, new_id):
    """Give a dispute that was accepted, shown on the page."""
    case = adopt(desk, sample(1, new_id).dossier)
    disputes.register_dispute(desk, case.dispute, case.parties, case.invited, accept=True)
    page.come(case.dispute.id)
    operations.drain()
    return case.dispute.id


pytestmark = pytest.mark.usefixtures("dispute_id")


@pytest.fixture
def photos(tmp_path):
    """Give a phone's folder with three photos, the last one the newest."""
    folder = tmp_path / "DCIM"
    folder.mkdir()
    for at in range(3):
        path = folder / f"IMG_{at}.jpg"
        path.write_bytes(photo(colour=(60 * at, 90, 90)))
        os.utime(path, (1_780_000_000 + at, 1_780_000_000 + at))
    return folder


def files_of(folder):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted(folder.iterdir())])
    return mime


def drop(widget, mime):
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(QPointF(9, 9), *how), QDropEvent(QPointF(9, 9), *how)):
        QApplication.sendEvent(widget, event)
        assert event.isAccepted()


def settle(operations):
    """Work may bring further work: let it all be done."""
    for _ in range(4):
        operations.drain()


def told(page):
    return [each.accessibleName() for each in page.findChildren(RowButton)]


def test_photos_dropped_anywhere_on_the_page_become_evidence(page, operations, desk, dispute_id, photos):
    drop(page, files_of(photos))
    settle(operations)
    assert page.panel.key == "evidence"
    assert page.panel.form.values()["name"] == "现场照片"
    assert page.panel.strip.shelf.count() == 3
    page.panel.save()
    settle(operations)
    dossier = queries.dossier(desk, dispute_id)
    (item,) = dossier.evidence
    assert (item.kind, item.pages) == ("photo", 3)
    assert [one.name for one in dossier.attachments] == ["IMG_0.jpg", "IMG_1.jpg", "IMG_2.jpg"]
    assert {one.subject_id for one in dossier.attachments} == {item.id}
    assert any("证据：现场照片" in name and "附件3份" in name for name in told(page))


def test_a_picture_is_pasted_from_the_clipboard(page, operations):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    page.open_panel("evidence")
    settle(operations)
    page.panel.strip.paste_button.click()
    settle(operations)
    assert [item.name for item in page.panel.strip.collected] == ["粘贴的图片.png"]
    QGuiApplication.clipboard().setText("no picture")
    page.panel.strip.paste_button.click()
    settle(operations)
    assert len(page.panel.strip.collected) == 1
    assert "没有图片" in page.banner.message


def test_files_that_were_added_and_not_saved_are_there_again(page, operations, desk, photos):
    page.open_panel("investigation")
    drop(page.panel.strip, files_of(photos))
    settle(operations)
    page.go_away()
    settle(operations)
    assert attachments.clear_orphans(desk) == 0
    page.open_panel("facts")
    page.open_panel("investigation")
    settle(operations)
    assert len(page.panel.strip.collected) == 3
    assert page.panel.strip.shelf.count() == 3


def test_files_dropped_on_a_saved_record_belong_to_it_at_once(page, operations, desk, dispute_id, photos):
    session = Session(
        id=desk.new_id(), dispute_id=dispute_id, starts_at=datetime(2026, 6, 19, 8), place="村里"
    )
    sessions.schedule_session(desk, session)
    page.refresh(None)
    settle(operations)
    page.open_panel("record", session.id)
    drop(page.panel.strip, files_of(photos))
    settle(operations)
    kept = attachments.of_subject(desk, session.id)
    assert len(kept) == page.panel.strip.shelf.count() == 3
    assert (page.panel.key, page.panel.argument) == ("record", session.id)
    page.panel.strip.shelf.setCurrentRow(1)
    page.panel.strip.remove_button.click()
    page.panel.strip.reason.yes.click()  # without a reason nothing goes
    settle(operations)
    assert len(attachments.of_subject(desk, session.id)) == 3
    page.panel.strip.reason.form.set_values({"reason": "拍糊了"})
    page.panel.strip.reason.yes.click()
    settle(operations)
    assert [item.name for item in attachments.of_subject(desk, session.id)] == ["IMG_0.jpg", "IMG_2.jpg"]
    assert page.panel.strip.shelf.count() == 2


def test_a_refused_file_is_named_and_the_others_are_taken(page, operations):
    page.open_panel("evidence")
    page.panel.strip.add_files([Incoming("照片.heic", data=b"x"), Incoming("照片.jpg", data=photo())])
    settle(operations)
    assert [item.name for item in page.panel.strip.collected] == ["照片.jpg"]
    assert "“照片.heic”没有加入" in page.banner.message


def test_files_for_a_panel_that_was_put_away_meanwhile_are_told(page, operations, desk, dispute_id):
    page.open_panel("evidence")
    operations.drain()
    page.panel.strip.add_files([Incoming("照片.jpg", data=photo())])
    page.open_panel("facts")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle(operations)
    assert "没有加入" in page.banner.message
    assert queries.dossier(desk, dispute_id).attachments == ()


def test_a_damaged_file_is_told_and_the_others_are_shown(page, operations, desk, dispute_id, photos):
    drop(page, files_of(photos))
    settle(operations)
    page.panel.save()
    settle(operations)
    broken = queries.dossier(desk, dispute_id).attachments[0]
    path = desk.folder / "attachments" / broken.sha256[:2] / f"{broken.sha256}.age"
    path.write_bytes(b"")
    page.open_panel("evidence", queries.dossier(desk, dispute_id).evidence[0].id)
    settle(operations)
    tips = [item.toolTip() for item in page.panel.strip.shelf.all()]
    assert "损坏" in tips[0]
    assert not any("损坏" in tip for tip in tips[1:])


@pytest.fixture
def open_viewer(page, operations, qtbot):
    """Take one file in as evidence and open it."""

    def run(name, data):
        page.open_panel("evidence")
        page.panel.strip.add_files([Incoming(name, data=data)])
        settle(operations)
        qtbot.keyClick(page.panel.strip.shelf, Qt.Key.Key_Home)
        qtbot.keyClick(page.panel.strip.shelf, Qt.Key.Key_Return)
        viewer = page.window().findChildren(AttachmentViewer)[-1]
        settle(operations)
        viewer.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is viewer)
        return viewer

    return run


def test_a_photo_is_looked_at_and_zoomed_by_keyboard(open_viewer, qtbot, page):
    viewer = open_viewer("照片.jpg", photo(2000, 1500))
    assert isinstance(viewer.view, PictureView)
    fitting = viewer.view.zoom
    qtbot.keyClick(viewer.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.view.zoom > fitting
    qtbot.keyClick(viewer.view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert viewer.view.zoom == fitting
    assert unnamed_controls(viewer) == []
    viewer.form.set_values({"caption": "倒下的树", "sheets": 1})
    viewer.caption_button.click()
    assert page.panel.strip.collected[0].caption == "倒下的树"
    viewer.reject()


def test_a_pdf_is_looked_at_inside_the_program(open_viewer, desk):
    path = desk.folder / "made.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(100, 100, "receipt")
    canvas.save()
    viewer = open_viewer("收条.pdf", path.read_bytes())
    assert isinstance(viewer.view, PaperPreview)
    assert "receipt" in viewer.view.text()
    viewer.reject()


def test_a_pdf_that_cannot_be_opened_is_told_and_can_still_be_saved(open_viewer):
    viewer = open_viewer("收条.pdf", b"%PDF-1.7 nothing behind it")
    assert viewer.view is None
    assert "打不开" in viewer._said.text()
    viewer.reject()


class Player(QObject):
    """Stands for the system's own player."""

    def __init__(self):
        super().__init__()
        self.played = []

    @Slot(QUrl)
    def play(self, url):
        self.played.append(url.toLocalFile())


def test_a_sound_goes_to_the_systems_player_on_a_click_and_the_copy_is_cleared(open_viewer, operations, desk):
    path = desk.folder / "made.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(800))
    data = path.read_bytes()
    path.unlink()
    player = Player()
    QDesktopServices.setUrlHandler("file", player, "play")
    try:
        viewer = open_viewer("录音.wav", data)
        assert player.played == []
        next(one for one in viewer.findChildren(QPushButton) if one.text() == "用电脑里的程序打开").click()
        settle(operations)
        (copy,) = player.played
        assert copy.endswith(".wav")
        assert Path(copy).exists()
        viewer.reject()
        assert not Path(copy).exists()
    finally:
        QDesktopServices.unsetUrlHandler("file")


def test_files_of_a_folder_are_ticked_newest_first_by_keyboard(page, operations, qtbot, photos, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(photos))
    page.open_panel("evidence")
    settle(operations)
    page.panel.strip.folder_button.click()
    picker = page.window().findChild(FolderPicker)
    settle(operations)
    picker.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is picker)
    assert [item.text().splitlines()[1] for item in picker.shelf.all()] == [
        "IMG_2.jpg",
        "IMG_1.jpg",
        "IMG_0.jpg",
    ]
    assert not picker.take_button.isEnabled()
    picker.shelf.setFocus()
    qtbot.keyClick(picker.shelf, Qt.Key.Key_Home)
    qtbot.keyClick(picker.shelf, Qt.Key.Key_Space)
    qtbot.keyClick(picker.shelf, Qt.Key.Key_Right)
    qtbot.keyClick(picker.shelf, Qt.Key.Key_Space)
    assert picker.take_button.text() == "导入选中的2个"
    assert unnamed_controls(picker) == []
    picker.take_button.click()
    settle(operations)
    assert [item.name for item in page.panel.strip.collected] == ["IMG_2.jpg", "IMG_1.jpg"]


def test_an_investigation_is_written_down_and_begins_the_stage(page, operations, desk, dispute_id):
    page.open_panel("investigation")
    settle(operations)
    panel = page.panel
    party = queries.dossier(desk, dispute_id).parties[0]
    panel.frame.set_values({"place": "石塔巷", "party": str(party.id), "present": "余阿婆、王会计"})
    panel._follow()
    assert not panel.frame.fields["asked"].isVisibleTo(panel)
    panel.questions.set_values([{"question": "树是谁家的？", "answer": "李家的。"}])
    panel.save()
    settle(operations)
    dossier = queries.dossier(desk, dispute_id)
    (kept,) = dossier.investigations
    assert (kept.asked, kept.party_id) == (party.name, party.id)
    assert kept.present == ("余阿婆", "王会计")
    assert kept.questions[0].answer == "李家的。"
    assert dossier.dispute.state is DisputeState.INVESTIGATING
    assert any(f"调查{party.name}" in name and "树是谁家的" in name for name in told(page))
    page.open_panel("investigation", kept.id)
    settle(operations)
    assert page.panel.frame.values()["present"] == "余阿婆、王会计"


def test_a_handwritten_record_of_somebody_else_needs_no_questions(page, operations, desk, dispute_id):
    page.open_panel("investigation")
    settle(operations)
    panel = page.panel
    panel.frame.set_values({"place": "村口", "party": "somebody-else", "sheets": 2})
    panel._follow()
    panel.save()
    assert panel.frame.fields["asked"].finding.startswith("须改正")
    panel.frame.set_values({"asked": "余阿婆"})
    panel.save()
    settle(operations)
    (kept,) = queries.dossier(desk, dispute_id).investigations
    assert (kept.asked, kept.party_id, kept.sheets) == ("余阿婆", None, 2)


def test_evidence_is_mended_from_the_list_and_removed_for_a_reason(page, operations, desk, dispute_id):
    page.open_panel("evidence")
    settle(operations)
    page.panel.form.set_values(
        {"kind": "document", "name": "收条", "provider": "mediator", "original": "原件"}
    )
    page.panel.save()
    settle(operations)
    page.open_panel("evidence")
    row = next(each for each in page.panel.findChildren(RowButton) if "原件" in each.accessibleName())
    row.click()
    settle(operations)
    assert page.panel.form.values()["name"] == "收条"
    page.panel._ask_why()
    page.panel.reason.form.set_values({"reason": "重复登记"})
    page.panel.reason.yes.click()
    settle(operations)
    assert queries.dossier(desk, dispute_id).evidence == ()


def test_land_is_told_in_words_drawn_from_them_and_kept(page, operations, desk, dispute_id):
    page.open_panel("land")
    settle(operations)
    panel = page.panel
    panel.sides.set_values({"东": "老枫树", "南": "水渠"})
    panel.others.add().set_values({"direction": "坎下", "mark": "水田"})
    panel.use.set_values({"land_use": "李家管护、砍竹"})
    panel.draw()
    settle(operations)
    assert page.panel.key == "sketch"
    dispute = queries.dossier(desk, dispute_id).dispute
    assert [(one.direction, one.mark) for one in dispute.landmarks] == [
        ("东", "老枫树"),
        ("南", "水渠"),
        ("坎下", "水田"),
    ]
    written = {mark.text for mark in page.panel.board.marks}
    assert {"东至老枫树", "南至水渠", "坎下至水田", "北"} <= written
    page.panel.save()
    settle(operations)
    (kept,) = queries.dossier(desk, dispute_id).sketches
    assert kept.title == "附图一　四至示意图"
    assert page.panel.key == "land"
    assert any("画附图：附图一" in name for name in told(page))


def test_words_of_ownership_are_warned_of_and_never_bar_saving(page, operations, desk, dispute_id):
    page.open_panel("land")
    settle(operations)
    field = page.panel.use.fields["land_use"]
    field.editor.set_draft("归李家所有")
    field.editor.edited.emit()
    assert field.finding.startswith("请核对")
    page.panel.save()
    settle(operations)
    assert queries.dossier(desk, dispute_id).dispute.land_use == "归李家所有"


def test_a_sketch_is_drawn_over_a_photo_of_the_dispute(page, operations, desk, dispute_id, photos):
    drop(page, files_of(photos))
    settle(operations)
    page.panel.save()
    settle(operations)
    ground = queries.dossier(desk, dispute_id).attachments[0]
    page.open_panel("sketch")
    settle(operations)
    page.panel.form.set_values({"background": str(ground.id)})
    page.panel._follow_background()
    settle(operations)
    assert not page.panel.board.canvas._photo.isNull()
    page.panel.board.add(Mark(shape="post", points=(5000, 5000), text="李家的树"))
    page.panel.save()
    settle(operations)
    (kept,) = queries.dossier(desk, dispute_id).sketches
    assert kept.background_id == ground.id


def test_every_control_of_the_panels_is_named(page, operations, photos):
    drop(page, files_of(photos))
    settle(operations)
    assert unnamed_controls(page) == []
    for key in ("investigation", "land", "sketch"):
        page.open_panel(key)
        settle(operations)
        assert unnamed_controls(page) == []
