"""A bundle carries what was put in, to those it is meant for, and to nobody else."""

import hashlib
import io
import json
import os
from dataclasses import replace

import pytest
from carrying import DAY, PDF, PNG, item, line, some_lines

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import MinorCheck
from mediation_desktop.exchange import limits, signing, writing
from mediation_desktop.exchange.bundle import (
    BundleItem,
    BundleRefused,
    Reason,
    WritingCancelled,
    open_bundle,
    verify_bundle,
    write_bundle,
)
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.exchange.trust import Trust
from mediation_desktop.system.ids import new_id
from mediation_desktop.system.problems import EnvironmentProblem


def test_what_was_put_in_comes_out(ends, tmp_path):
    lines = some_lines()
    content = ends.content(records=lines, in_reply_to=new_id())
    path = tmp_path / content.header.file_name
    written = write_bundle(path, content, ends.office, [ends.county.sealing_public])
    opened = open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
    assert [json.loads(text) for text in opened.records.read_text(encoding="utf-8").splitlines()] == lines
    assert {file.read_bytes() for file in opened.files} == {PDF, PNG}
    assert (opened.description.have, opened.description.in_reply_to) == (content.have, content.in_reply_to)
    assert opened.verified.header == content.header == written.header
    assert opened.verified.answer_to == ends.office.sealing_public
    assert (written.revisions, written.files, opened.revisions) == (2, 2, 2)
    assert written.digest == opened.verified.digest
    assert written.size == path.stat().st_size


def test_the_file_name_says_office_day_and_serial(ends):
    assert ends.content().header.file_name == "XT-0101-20260306-0007.tjb"


def test_every_recipient_can_open_it(ends, tmp_path):
    township = new_device_keys()
    path = tmp_path / "b.tjb"
    write_bundle(path, ends.content(), ends.office, [ends.county.sealing_public, township.sealing_public])
    for number, keys in enumerate((ends.county, township)):
        open_bundle(path, ends.trust, keys.sealing_secret, tmp_path / str(number))


def test_nobody_else_can_open_it(ends, bundle, tmp_path):
    with pytest.raises(BundleRefused) as refused:
        open_bundle(bundle, ends.trust, new_device_keys().sealing_secret, tmp_path / "out")
    assert refused.value.reason is Reason.CANNOT_UNSEAL
    assert not (tmp_path / "out").exists()


def test_verifying_needs_no_key(ends, bundle):
    verified = verify_bundle(bundle, ends.trust)
    assert verified.signer.office_name == "溪头村人民调解委员会"


def test_an_unknown_signer_is_refused_with_the_fingerprint_to_compare(ends, bundle, tmp_path):
    for attempt in (
        lambda: verify_bundle(bundle, Trust()),
        lambda: open_bundle(bundle, Trust(), ends.county.sealing_secret, tmp_path / "out"),
    ):
        with pytest.raises(BundleRefused) as refused:
            attempt()
        assert refused.value.reason is Reason.UNKNOWN_SIGNER
        assert ends.office.fingerprint in refused.value.text


def test_a_signer_admitted_for_another_office_is_refused(ends, bundle):
    trust = Trust().admitting(
        office_code="XT-0202", office_name="别村", public_key=ends.office.signing_public, on=DAY
    )
    with pytest.raises(BundleRefused) as refused:
        verify_bundle(bundle, trust)
    assert refused.value.reason is Reason.WRONG_OFFICE


def test_a_stranger_cannot_put_his_own_payload_under_an_admitted_name(ends, tmp_path):
    stranger = replace(new_device_keys(), signing_public=ends.office.signing_public)
    path = tmp_path / "b.tjb"
    with pytest.raises(EnvironmentProblem):  # his own reading back already sees it
        write_bundle(path, ends.content(), stranger, [ends.county.sealing_public])
    assert list(tmp_path.iterdir()) == []


def test_the_outside_of_a_bundle_names_no_person(bundle):
    data = bundle.read_bytes()
    for secret in ("李调解", "𬎆三", "溪头村", "采光", hashlib.sha256(PDF).hexdigest()):
        assert secret.encode() not in data


def test_opening_refuses_a_folder_that_holds_something(ends, bundle, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match="不是空的"):
        open_bundle(bundle, ends.trust, ends.county.sealing_secret, folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_an_empty_folder_stays_empty_when_opening_fails(ends, bundle, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(BundleRefused):
        open_bundle(bundle, ends.trust, new_device_keys().sealing_secret, folder)
    assert list(folder.iterdir()) == []


def test_a_text_without_a_key_is_no_identity(ends, bundle, tmp_path):
    with pytest.raises(UserError, match="密钥文件"):
        open_bundle(bundle, ends.trust, "你好\n", tmp_path / "out")


def test_cancelling_leaves_nothing(ends, tmp_path):
    asked = iter([False] * 3)
    with pytest.raises(WritingCancelled):
        write_bundle(
            tmp_path / "b.tjb",
            ends.content(),
            ends.office,
            [ends.county.sealing_public],
            cancelled=lambda: next(asked, True),
        )
    assert list(tmp_path.iterdir()) == []


def test_progress_grows_to_the_whole(ends, tmp_path):
    told = []
    write_bundle(
        tmp_path / "b.tjb",
        ends.content(),
        ends.office,
        [ends.county.sealing_public],
        progress=lambda done, total: told.append((done, total)),
    )
    done = [each for each, _ in told]
    assert done == sorted(done)
    assert done[-1] == told[-1][1] > 0


def test_a_record_that_may_not_leave_is_never_written(ends, tmp_path):
    special = MinorCheck(id=new_id(), dispute_id=new_id(), on=DAY, by="李调解", result="无")
    with pytest.raises(ValueError, match="kind"):
        ends.write(tmp_path / "b.tjb", records=[line(special, 1)])
    assert list(tmp_path.iterdir()) == []


def test_a_record_against_the_schema_is_our_fault_and_is_never_written(ends, tmp_path):
    bad = some_lines()
    bad[1]["snapshot"]["starts_at"] = "昨天"
    with pytest.raises(ValueError, match="starts_at"):
        ends.write(tmp_path / "b.tjb", records=bad)


def test_an_attachment_that_changed_on_the_disk_stops_the_export(ends, tmp_path):
    digest = hashlib.sha256(PNG).hexdigest()
    rotten = BundleItem(digest, "png", len(PNG), lambda: io.BytesIO(PNG + b"!"))
    with pytest.raises(UserError, match="不一致"):
        ends.write(tmp_path / "b.tjb", attachments=(rotten,))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (b"MZ program", "exe"),
        (PDF, "png"),
        (b"MZ program", "pdf"),
        (b"PK\x03\x04 no zip", "docx"),
        (b"", "jpg"),
    ],
)
def test_a_file_of_another_type_does_not_leave(ends, tmp_path, data, extension):
    with pytest.raises(UserError, match="类型"):
        ends.write(tmp_path / "b.tjb", attachments=(item(data, extension),))


def test_the_same_file_twice_is_carried_once(ends, tmp_path):
    path = ends.write(tmp_path / "b.tjb", attachments=(item(PNG, "png"), item(PNG, "png")))
    opened = open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
    assert len(opened.files) == 2


def test_too_little_space_is_seen_before_writing(ends, tmp_path, monkeypatch):
    monkeypatch.setattr(writing.drives, "free_space", lambda _: 15 * 1024**2)
    with pytest.raises(EnvironmentProblem, match="空间不够"):
        ends.write(tmp_path / "b.tjb")
    assert list(tmp_path.iterdir()) == []


def test_too_much_for_one_bundle_is_refused_before_writing(ends, tmp_path):
    huge = BundleItem("0" * 64, "pdf", limits.MAX_MEMBER_BYTES + 1, lambda: io.BytesIO(PDF))
    with pytest.raises(UserError, match="分几次"):
        ends.write(tmp_path / "b.tjb", documents=(huge,))


def test_a_recipient_without_a_usable_key_is_told(ends, tmp_path):
    with pytest.raises(UserError, match="开通包"):
        write_bundle(tmp_path / "b.tjb", ends.content(), ends.office, ["age1nonsense"])
    with pytest.raises(UserError, match="开通包"):
        write_bundle(tmp_path / "b.tjb", ends.content(), ends.office, [])


def test_a_newer_format_asks_for_an_upgrade(ends, bundle):
    data = bundle.read_bytes().replace(b"comment: format=1 ", b"comment: format=2 ")
    bundle.write_bytes(data)
    with pytest.raises(BundleRefused) as refused:
        verify_bundle(bundle, ends.trust)
    assert refused.value.reason is Reason.NEWER_FORMAT


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), os.urandom(5000)])
def test_any_other_file_is_no_bundle(ends, tmp_path, data):
    path = tmp_path / "x.tjb"
    path.write_bytes(data)
    with pytest.raises(BundleRefused) as refused:
        verify_bundle(path, ends.trust)
    assert refused.value.reason is Reason.NOT_A_BUNDLE


def test_a_missing_file_is_told_as_such(ends, tmp_path):
    with pytest.raises(EnvironmentProblem, match="不存在"):
        verify_bundle(tmp_path / "gone.tjb", ends.trust)


def test_a_signature_of_a_plain_digest_is_minisign_prehashed(ends):
    digest = signing.new_digest().digest()
    minisig = signing.sign(ends.office.signing_secret, digest, "hello")
    signing.verify(ends.office.signing_public, digest, minisig)
    with pytest.raises(BundleRefused):
        signing.verify(ends.office.signing_public, b"x" * 64, minisig)
    with pytest.raises(BundleRefused):
        signing.verify(ends.office.signing_public, digest, minisig.replace(b"hello", b"hallo"))


def test_records_beyond_what_a_bundle_may_hold_are_told_and_leave_nothing(ends, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BUNDLE_BYTES", 17 * 1024**2)
    many = (record for _ in range(15_000) for record in some_lines()[:1])
    monkeypatch.setattr(writing, "encode_line", lambda _: b"x" * 2000)
    with pytest.raises(UserError, match="分几次"):
        ends.write(tmp_path / "b.tjb", records=many)
    assert list(tmp_path.iterdir()) == []
