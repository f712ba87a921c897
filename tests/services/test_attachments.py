"""Files are looked at, sealed and only then recorded; nothing readable stays on the disk."""

import os
import wave
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from desks import KEY, sample
from msgspec.structs import replace
from pictures import photo
from PIL import Image

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import attachments, disputes, drafts, queries, taking_in
from mediation_desktop.services.casefiles.entering import adopt
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.taking_in import Incoming
from mediation_desktop.storage.office_file import OfficeFile
from mediation_desktop.system.problems import EnvironmentProblem

PDF = b"%PDF-1.7 receipt of Zhang Fugen"


@pytest.fixture
def dispute_id(desk, new_id):
    """Give an accepted dispute."""
    case = adopt(desk, sample(1, new_id).dossier)
    disputes.register_dispute(desk, case.dispute, case.parties, case.invited, accept=True)
    return case.dispute.id


def incoming(name, data):
    return Incoming(name, data=data)


def take(desk, *files):
    taken = taking_in.take_in(desk, [incoming(name, data) for name, data in files])
    assert taken.refused == ()
    return taken.stored


def sealed(desk):
    return {path.stem for path in (desk.folder / "attachments").rglob("*.age")}


def sound():
    stream = BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(1600))
    return stream.getvalue()


def docx(*more):
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            package.writestr(name, b"<x/>")
    return stream.getvalue()


def test_a_file_is_recorded_with_its_digest_and_read_back(desk, dispute_id):
    (stored,) = take(desk, ("收条.pdf", PDF))
    attachments.attach(desk, dispute_id, dispute_id, [stored])
    (kept,) = queries.dossier(desk, dispute_id).attachments
    assert (kept.name, kept.media_type, kept.size) == ("收条.pdf", "application/pdf", len(PDF))
    assert attachments.read(desk, kept.sha256) == PDF
    assert attachments.of_subject(desk, dispute_id) == (kept,)


def test_no_bytes_of_an_attachment_are_in_the_database_or_readable_on_the_disk(desk, dispute_id):
    (stored,) = take(desk, ("收条.pdf", PDF))
    attachments.attach(desk, dispute_id, dispute_id, [stored])
    with desk.office_file._database.reading() as connection:
        blobs = connection.exec_driver_sql("SELECT count(*) FROM blob").scalar_one()
    assert blobs == 0
    for path in desk.folder.rglob("*"):
        assert path.is_dir() or b"Zhang" not in path.read_bytes()


def test_the_key_is_made_once_and_lies_in_the_encrypted_database(desk, clock, new_id):
    take(desk, ("一.pdf", PDF))
    (second,) = take(desk, ("二.pdf", PDF + b"2"))
    desk.office_file.close()
    reopened = OfficeFile.open(desk.folder, KEY, clock=clock, new_id=new_id)
    again = replace(desk, office_file=reopened)
    assert attachments.read(again, second.sha256) == PDF + b"2"
    reopened.close()


def test_a_photo_is_kept_at_print_size_without_place_or_camera(desk):
    data = photo(4000, 3000, place=(29.0, 1.0, 41.0))
    assert b"HUAWEI" in data
    (stored,) = take(desk, ("IMG_0001.JPG", data))
    kept = attachments.read(desk, stored.sha256)
    assert Image.open(BytesIO(kept)).size == (2339, 1754)
    assert b"HUAWEI" not in kept
    assert stored.media_type == "image/jpeg"
    assert stored.name == "IMG_0001.JPG"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("照片.jpeg", photo()),
        ("截图.PNG", photo(kind="PNG")),
        ("收条.pdf", PDF),
        ("情况说明.docx", docx()),
        ("录音.wav", sound()),
        ("录音.mp3", b"ID3\x04 sound"),
        ("录音.m4a", b"\0\0\0\x20ftypM4A sound"),
    ],
)
def test_every_allowed_kind_is_taken(desk, name, data):
    (stored,) = take(desk, (name, data))
    assert attachments.store(desk).has(stored.sha256)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("程序.exe", b"MZ", "不能加入"),
        ("没有扩展名", PDF, "不能加入"),
        ("照片.heic", b"\0\0\0\x18ftypheic", "HEIC"),
        ("收条.pdf", b"MZ a program", "内容不是"),
        ("照片.jpg", PDF, "内容不是"),
        ("宏.docx", docx("word/vbaProject.bin"), "宏"),
        ("坏.jpg", b"\xff\xd8\xff broken", "打不开"),
        ("空.pdf", b"", "内容不是"),
    ],
)
def test_what_may_not_be_taken_is_said_by_name_and_the_others_are_taken(desk, name, data, said):
    taken = taking_in.take_in(desk, [incoming(name, data), incoming("收条.pdf", PDF)])
    assert [file.name for file in taken.stored] == ["收条.pdf"]
    assert len(taken.refused) == 1
    assert taken.refused[0].startswith(f"“{name}”没有加入：")
    assert said in taken.refused[0]
    assert len(sealed(desk)) == 1


def test_the_largest_size_is_data_of_the_office(desk, tmp_path):
    own = desk.folder / "codes"
    own.mkdir()
    (own / "attachment_kinds.toml").write_text(
        'title = "附件种类"\nstatus = "默认值"\n[[entry]]\ncode = "pdf"\nname = "PDF 文件"\nmegabytes = 1\n',
        "utf-8",
    )
    small = replace(desk, codes=load_codes((own,)))
    large = tmp_path / "大.pdf"
    large.write_bytes(PDF + bytes(1024**2))
    taken = taking_in.take_in(small, [Incoming(large.name, large), incoming("照片.jpg", photo())])
    assert taken.stored == ()
    assert "超过1兆" in taken.refused[0]
    assert "不能加入" in taken.refused[1]


def test_a_folder_and_a_file_that_is_gone_are_told(desk, tmp_path):
    taken = taking_in.take_in(desk, [Incoming("DCIM.pdf", tmp_path)])
    assert "文件夹" in taken.refused[0]
    with pytest.raises(EnvironmentProblem, match="U盘已拔出"):
        taking_in.take_in(desk, [Incoming("没了.pdf", tmp_path / "没了.pdf")])


def test_progress_grows_to_the_end_over_all_files_and_stopping_keeps_nothing_recorded(desk, dispute_id):
    files = [incoming(f"{at}.pdf", PDF + bytes(600_000) + bytes([at])) for at in range(3)]
    heard = []
    taking_in.take_in(desk, files, lambda done, total, text="": heard.append((done, total, text)))
    assert [done for done, _, _ in heard] == sorted(done for done, _, _ in heard)
    assert heard[-1] == (3000, 3000, "2.pdf")

    class Stopped(Exception):
        pass

    def stop(done, _total, _text=""):
        if done > 1500:
            raise Stopped

    with pytest.raises(Stopped):
        taking_in.take_in(desk, files, stop)
    assert queries.dossier(desk, dispute_id).attachments == ()


def test_a_record_that_is_not_saved_leaves_an_orphan_that_is_cleared(desk, dispute_id):
    """The file is on the disk before its record is: a crash between leaves a file that nobody names."""
    (stored,) = take(desk, ("收条.pdf", PDF))
    assert sealed(desk) == {stored.sha256}
    assert attachments.clear_orphans(desk) == 1
    assert sealed(desk) == set()
    with pytest.raises(UserError, match="不见了"):
        attachments.attach(desk, dispute_id, dispute_id, [stored])
    assert queries.dossier(desk, dispute_id).attachments == ()


def test_clearing_keeps_what_a_record_its_history_or_a_draft_names(desk, dispute_id):
    recorded, removed, typed, nobody = take(desk, *((f"{at}.pdf", PDF + bytes([at])) for at in range(4)))
    attachments.attach(desk, dispute_id, dispute_id, [recorded, removed])
    _, gone = attachments.of_subject(desk, dispute_id)
    attachments.remove(desk, gone, "拿错了")
    drafts.keep_draft(desk, "a form", {"attachments.files": f'[{{"sha256":"{typed.sha256}"}}]'})
    assert attachments.clear_orphans(desk) == 1
    assert sealed(desk) == {recorded.sha256, removed.sha256, typed.sha256}
    assert nobody.sha256 not in sealed(desk)
    drafts.drop_draft(desk, "a form")
    assert attachments.clear_orphans(desk) == 1


def test_removing_needs_a_reason_and_stays_in_the_history(desk, dispute_id):
    attachments.attach(desk, dispute_id, dispute_id, take(desk, ("收条.pdf", PDF)))
    (kept,) = attachments.of_subject(desk, dispute_id)
    with pytest.raises(UserError, match="原因"):
        attachments.remove(desk, kept, " ")
    attachments.remove(desk, kept, "拿错了")
    assert attachments.of_subject(desk, dispute_id) == ()
    last = queries.history(desk, dispute_id)[-1]
    assert (last.action, last.changes[0].new) == ("移除附件", "拿错了")
    assert attachments.read(desk, kept.sha256) == PDF


def test_a_photo_that_a_sketch_is_drawn_over_cannot_go(desk, dispute_id, new_id):
    attachments.attach(desk, dispute_id, dispute_id, take(desk, ("地.jpg", photo())))
    (kept,) = attachments.of_subject(desk, dispute_id)
    drawn = records.Sketch(
        id=new_id(), dispute_id=dispute_id, position=0, title="附图一", background_id=kept.id
    )
    disputes.save_records(desk, "附图", drawn)
    with pytest.raises(UserError, match="附图"):
        attachments.remove(desk, kept, "拿错了")


def test_a_caption_and_the_number_of_sheets_are_kept_again_and_again(desk, dispute_id):
    attachments.attach(desk, dispute_id, dispute_id, take(desk, ("手写记录.jpg", photo())))
    (kept,) = attachments.of_subject(desk, dispute_id)
    attachments.describe(desk, kept, "手写调解记录", 2)
    attachments.describe(desk, kept, "手写调解记录第一页", 3)
    (now,) = attachments.of_subject(desk, dispute_id)
    assert (now.caption, now.sheets) == ("手写调解记录第一页", 3)


def test_a_readable_copy_for_the_player_is_cleared(desk):
    (stored,) = take(desk, ("录音.wav", sound()))
    path = attachments.working_copy(desk, stored)
    assert path.suffix == ".wav"
    assert path.read_bytes() == sound()
    assert attachments.clear_working_copies(desk.folder) == 1
    assert list(path.parent.iterdir()) == []
    assert attachments.clear_working_copies(desk.folder / "nowhere") == 0


def test_saving_a_copy_is_all_or_nothing(desk, tmp_path):
    (stored,) = take(desk, ("收条.pdf", PDF))
    attachments.save_as(desk, stored, tmp_path / "收条.pdf")
    assert (tmp_path / "收条.pdf").read_bytes() == PDF
    sealed_file = next((desk.folder / "attachments").rglob("*.age"))
    sealed_file.write_bytes(sealed_file.read_bytes()[:-1])
    with pytest.raises(UserError, match="损坏"):
        attachments.save_as(desk, stored, tmp_path / "again.pdf")
    assert not (tmp_path / "again.pdf").exists()


@pytest.fixture
def phone(tmp_path):
    """Give a phone's folder with photos of different age, a sound, and what is of no use."""
    folder = tmp_path / "DCIM"
    for at, name in enumerate(
        ("old.jpg", "Camera/new.JPG", ".thumbnails/x.jpg", "a.pdf", "song.mp3", "y.txt")
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(photo())
        os.utime(path, (1_780_000_000 + at, 1_780_000_000 + at))
    return folder


def test_a_phones_folder_is_listed_newest_first_without_hidden_and_foreign_files(desk, phone):
    found = taking_in.files_in(desk, phone)
    assert [(one.path.name, one.picture) for one in found] == [
        ("song.mp3", False),
        ("a.pdf", False),
        ("new.JPG", True),
        ("old.jpg", True),
    ]


def test_a_folder_that_is_gone_is_told(desk):
    with pytest.raises(EnvironmentProblem, match="U盘已拔出"):
        taking_in.files_in(desk, Path("/nowhere/DCIM"))


def test_small_pictures_are_made_of_files_and_of_what_is_kept(desk, phone):
    (stored,) = take(desk, ("照片.jpg", photo()))
    for data in (
        taking_in.thumbnail_of_file(phone / "old.jpg", 100),
        taking_in.thumbnail(desk, stored.sha256, 100),
    ):
        assert Image.open(BytesIO(data)).size == (100, 75)
