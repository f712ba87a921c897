"""Nothing hostile or careless inside a rightly signed bundle gets onto the disk."""

import io
import json
import random
import stat
import struct
import warnings
import zipfile

import pytest
import rfc8785
from carrying import PDF, item, some_lines
from hostile import good_bag, listed_anew, manifest, sealed, signed_around, zipped

from mediation_desktop.exchange import limits, opening
from mediation_desktop.exchange.bag import open_bag
from mediation_desktop.exchange.bundle import BundleRefused, Reason, open_bundle


@pytest.fixture
def content(ends):
    return ends.content()


@pytest.fixture
def reason(ends, content, tmp_path):
    """Return why plain bytes are refused, or ``None``; nothing may be left behind."""

    def of(plain):
        path = sealed(tmp_path / "b.tjb", ends, content, plain)
        into = tmp_path / "out"
        try:
            open_bundle(path, ends.trust, ends.county.sealing_secret, into)
        except BundleRefused as refused:
            found = refused.reason
        else:
            return None
        assert not into.exists()
        return found

    return of


def changed(content, **members):
    """Return the good bag with members replaced, listed anew; names with ``/`` written as ``__``."""
    bag = good_bag(content)
    bag |= {f"bag/{name}": data for name, data in members.items()}
    return listed_anew(bag)


def test_the_good_bag_passes(content, reason):
    bag = good_bag(content)
    assert listed_anew(bag) == bag
    assert reason(zipped(bag)) is None


def test_a_deflated_bag_passes(content, reason):
    assert reason(zipped(good_bag(content), method=zipfile.ZIP_DEFLATED)) is None


@pytest.mark.parametrize(
    "name",
    [
        "bag/autorun.inf",
        "bag/data/autorun.inf",
        "bag/data/attachments/evil.lnk",
        "bag/fetch.txt",
        "bag/manifest-md5.txt",
        "bag/schema/other.json",
        "bag/notes.txt",
        "bag/data/records.ndjson.exe",
        "bag/data/documents/" + "a" * 64 + ".exe",
        "../escape.txt",
        "bag/../../escape.txt",
        "/etc/escape.txt",
        "C:/escape.txt",
        "C:escape.txt",
        "bag\\data\\escape.txt",
        "\\\\server\\share\\escape.txt",
        "bag/data/RECORDS.ndjson",
        "Bag/bagit.txt",
        "bag/data/fdp.\u202ecod.exe",
        "bag/data/\u200erecords.ndjson",
        "bag/data/records.ndjson ",
        "bag/data/records.ndjson.",
        "bag/data/records.ndjson:stream",
        "bag/data/CON",
        "bag/data/documents/",
        "bag/data/records.ndjson\n",
    ],
)
def test_a_name_that_is_not_expected_is_refused(content, reason, name):
    bag = good_bag(content)
    bag[name] = b"x" if not name.endswith("/") else b""
    assert reason(zipped(listed_anew(bag) if name.startswith("bag/") else bag)) is Reason.BAD_NAME


def test_a_link_is_refused(content, reason):
    bag = good_bag(content)
    link = zipfile.ZipInfo("bag/data/records.ndjson")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    del bag[link.filename]
    assert reason(zipped([*bag.items(), (link, b"/etc/passwd")])) is Reason.BAD_NAME


def test_a_name_given_twice_is_refused(content, reason):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = zipped([*good_bag(content).items(), ("bag/data/records.ndjson", b"")])
    assert reason(plain) is Reason.BAD_NAME


@pytest.mark.parametrize(
    "missing",
    [
        "bagit.txt",
        "bag-info.txt",
        "bundle.json",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "data/records.ndjson",
    ],
)
def test_a_missing_member_is_refused(content, reason, missing):
    bag = good_bag(content)
    del bag["bag/" + missing]
    assert reason(zipped(bag)) is Reason.BAD_BAG


@pytest.mark.parametrize(
    "declaration",
    [
        b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n",
        b"BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n",
    ],
)
def test_another_declaration_is_refused(content, reason, declaration):
    assert reason(zipped(changed(content, **{"bagit.txt": declaration}))) is Reason.BAD_BAG


@pytest.mark.parametrize(
    "change",
    [
        lambda bag: bag | {"bag/data/records.ndjson": bag["bag/data/records.ndjson"] * 2},
        lambda bag: bag | {"bag/bundle.json": bag["bag/bundle.json"] + b" "},
        lambda bag: bag | {"bag/manifest-sha256.txt": b""},
        lambda bag: bag | {"bag/tagmanifest-sha256.txt": b""},
        lambda bag: {name: data for name, data in bag.items() if not name.endswith(".pdf")},
        lambda bag: (
            bag | {"bag/manifest-sha256.txt": bag["bag/manifest-sha256.txt"] + b"0" * 64 + b"  data/x\n"}
        ),
    ],
)
def test_content_that_the_manifests_do_not_confirm_is_refused(content, reason, change):
    assert reason(zipped(change(good_bag(content)))) is Reason.BAD_BAG


@pytest.mark.parametrize(
    "change",
    [
        lambda info: info.replace(b"Payload-Oxum: ", b"Payload-Oxum: 1"),
        lambda info: info.replace(b"Bagging-Date: 2026-03-06", b"Bagging-Date: 2026-02-30"),
        lambda info: info.replace(b"Bagging-Date: 2026-03-06", b"Bagging-Date: 2026-03-07"),
        lambda info: info + b"Contact-Phone: 1\n",
        lambda info: b"\xff" + info,
        lambda info: info.replace(b"urn:uuid:0", b"urn:uuid:1"),
    ],
)
def test_a_false_bag_info_is_refused(content, reason, change):
    bag = good_bag(content)
    bag["bag/bag-info.txt"] = change(bag["bag/bag-info.txt"])
    tags = {name: data for name, data in bag.items() if not name.startswith("bag/data/")}
    del tags["bag/tagmanifest-sha256.txt"]
    assert reason(zipped(bag | {"bag/tagmanifest-sha256.txt": manifest(tags)})) is Reason.BAD_BAG


@pytest.mark.parametrize(
    "change",
    [
        {"serial": 8},
        {"kind": "receipt"},
        {"office": "XT-0102"},
        {"format": 2},
        {"more": 1},
        {"have": {"x": "y"}},
        {"have": None},
    ],
)
def test_a_description_other_than_the_signed_header_is_refused(content, reason, change):
    description = json.loads(good_bag(content)["bag/bundle.json"]) | change
    assert reason(zipped(changed(content, **{"bundle.json": rfc8785.dumps(description)}))) is Reason.BAD_BAG


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"[" * 100_000, b"\xff", b'{"format":1,"format":1}'])
def test_a_broken_description_is_refused(content, reason, text):
    assert reason(zipped(changed(content, **{"bundle.json": text}))) is Reason.BAD_BAG


def _docx(*names):
    return zipped(dict.fromkeys(("[Content_Types].xml", "word/document.xml", *names), b"x"))


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (b"MZ\x90 a program", "pdf"),
        (PDF, "jpg"),
        (_docx("word/vbaProject.bin"), "docx"),
        (_docx("word/activeX/activeX1.xml"), "docx"),
        (_docx("word/embeddings/oleObject1.bin"), "docx"),
        (zipped({"a.txt": b"x"}), "docx"),
        (b"PK\x03\x04 nothing", "docx"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(content, reason, data, extension):
    digest = item(data, extension).sha256
    name = f"data/attachments/{digest[:2]}/{digest}.{extension}"
    assert reason(zipped(changed(content, **{name: data}))) is Reason.BAD_FILE


def test_a_plain_docx_passes(content, reason):
    data = _docx("word/styles.xml")
    digest = item(data, "docx").sha256
    assert reason(zipped(changed(content, **{f"data/documents/{digest}.docx": data}))) is None


def test_a_file_under_another_digest_or_shelf_is_refused(content, reason):
    digest = item(PDF, "pdf").sha256
    wrong = "0" * 64
    assert reason(zipped(changed(content, **{f"data/documents/{wrong}.pdf": PDF}))) is Reason.BAD_FILE
    assert reason(zipped(changed(content, **{f"data/attachments/00/{digest}.pdf": PDF}))) is Reason.BAD_FILE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_compression_is_refused(content, reason, method):
    assert reason(zipped(good_bag(content), method=method)) is Reason.BAD_ARCHIVE


def test_a_bomb_is_refused_before_it_swells(content, reason):
    bag = changed(content, **{"data/records.ndjson": bytes(20_000_000)})
    assert reason(zipped(bag, method=zipfile.ZIP_DEFLATED)) is Reason.TOO_LARGE


def test_a_declared_size_is_not_believed(content, reason):
    plain = zipped(good_bag(content), method=zipfile.ZIP_DEFLATED)
    size = len(good_bag(content)["bag/data/records.ndjson"])
    for claim in (size - 1, size + 1, 1, 0):
        forged = plain.replace(struct.pack("<I", size), struct.pack("<I", claim))
        assert forged != plain
        assert reason(forged) in {Reason.BAD_ARCHIVE, Reason.TOO_LARGE, Reason.BAD_BAG}


def test_too_many_or_too_large_members_are_refused(content, reason, monkeypatch):
    plain = zipped(good_bag(content))
    with monkeypatch.context() as patch:
        patch.setattr(limits, "MAX_MEMBERS", 5)
        assert reason(plain) is Reason.TOO_LARGE
    with monkeypatch.context() as patch:
        patch.setattr(limits, "MAX_MEMBER_BYTES", 1000)
        assert reason(plain) is Reason.TOO_LARGE


def test_more_than_a_bundle_may_hold_is_refused(ends, content, tmp_path, monkeypatch):
    path = sealed(tmp_path / "b.tjb", ends, content, bytes(200_000))
    monkeypatch.setattr(limits, "MAX_BUNDLE_BYTES", path.stat().st_size - 10_000)
    with pytest.raises(BundleRefused) as refused:
        open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
    assert refused.value.reason is Reason.TOO_LARGE


def test_an_encrypted_member_a_comment_an_extra_field_and_added_bytes_are_refused(content, reason):
    bag = good_bag(content)
    plain = zipped(bag)
    flagged = bytearray(plain)
    flagged[plain.index(b"PK\x01\x02") + 8] |= 1
    extra = zipfile.ZipInfo("bag/bundle.json")
    extra.extra = struct.pack("<HHB", 0x7075, 1, 1)
    rest = [(name, data) for name, data in bag.items() if name != extra.filename]
    for hostile in (
        bytes(flagged),
        zipped(bag, comment=b"hello"),
        zipped([*rest, (extra, bag[extra.filename])]),
        b"MZ" + plain,
        plain + b"\0",
        plain[:-1],
        plain[: len(plain) // 2],
        b"",
        b"no zip at all, but long enough for an end record",
        io.BytesIO(plain).read().replace(b"PK\x03\x04", b"PK\x03\x05"),
    ):
        assert reason(hostile) is Reason.BAD_ARCHIVE


def _text(lines):
    return b"".join(rfc8785.dumps(line) + b"\n" for line in lines)


def _with(index, **changes):
    lines = some_lines()
    lines[index] |= changes
    return _text(lines)


def _snapshot(**changes):
    lines = some_lines()
    lines[1]["snapshot"] |= changes
    return _text(lines)


@pytest.mark.parametrize(
    "text",
    [
        b"\n",
        b"[]\n",
        b"null\n",
        b"{}\n",
        b"{\n",
        b"\xff\n",
        b"\xef\xbb\xbf{}\n",
        b"[" * 100_000 + b"\n",
        b'{"number":NaN}\n',
        _text(some_lines())[:-1],
        _text(some_lines()) + b"\n",
        _text(some_lines()).replace(b"\n", b"\r\n"),
        _text(some_lines()).replace(b'"actor":', b'"actor": '),
        _text(some_lines()).replace(b'{"actor":', b'{"actor":"x","actor":'),
        _text(some_lines()).replace(b'"number":1,', b'"number":1.0,'),
        _text(some_lines()).replace(b'"number":1,', b'"number":1e2,'),
        _text(some_lines()).replace(b'"number":1,', b'"number":99999999999999999999,'),
        _text(some_lines()).replace("树".encode(), b"\\ud800"),
        _with(0, kind="minor_check"),
        _with(0, kind="nonsense"),
        _with(0, kind="session"),
        _with(0, number=0),
        _with(0, sequence="1"),
        _with(0, more=1),
        _with(0, id="not an id"),
        _with(0, record_id="01890a5d-ac96-774b-bcce-b302099a8057"),
        _snapshot(starts_at="2026-13-02T09:30:00"),
        _snapshot(starts_at="2026-03-02T09:30:00Z"),
        _snapshot(created_at="2026-03-02T09:30:00"),
        _snapshot(next_on="2026-02-30"),
        _snapshot(minutes="60"),
        _snapshot(state="finished"),
        _snapshot(lines=[{"speaker_id": None, "said": "x", "more": 1}]),
        _snapshot(more=1),
        _snapshot(dispute_id=None),
    ],
)
def test_a_record_line_that_is_not_canonical_or_against_the_schema_is_refused(content, reason, text):
    assert reason(zipped(changed(content, **{"data/records.ndjson": text}))) is Reason.BAD_RECORD


def test_a_record_of_a_newer_schema_asks_for_an_upgrade(content, reason):
    text = _with(0, schema_version=99, kind="of the future")
    assert reason(zipped(changed(content, **{"data/records.ndjson": text}))) is Reason.NEWER_FORMAT


def test_an_endless_line_is_refused(content, reason, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LINE_BYTES", 10_000)
    monkeypatch.setattr(limits, "CHUNK", 1_000)
    text = b'"' + b"x" * 50_000 + b'"\n'
    assert reason(zipped(changed(content, **{"data/records.ndjson": text}))) is Reason.TOO_LARGE


def test_a_refused_record_is_named_by_line_and_field_but_its_value_is_not(ends, content, tmp_path):
    text = _snapshot(minutes="13800000000")
    path = sealed(
        tmp_path / "b.tjb", ends, content, zipped(changed(content, **{"data/records.ndjson": text}))
    )
    with pytest.raises(BundleRefused) as refused:
        open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
    assert "第2行" in str(refused.value)
    assert "snapshot/minutes" in str(refused.value)
    assert "13800000000" not in str(refused.value)


@pytest.mark.parametrize("payload", [b"", b"not age", b"age-encryption.org/v1\n"])
def test_what_is_signed_but_not_sealed_with_age_is_refused(ends, content, tmp_path, payload):
    path = signed_around(tmp_path / "b.tjb", ends, content, payload)
    with pytest.raises(BundleRefused) as refused:
        open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
    assert refused.value.reason is Reason.CANNOT_UNSEAL


def test_a_stick_that_shows_other_bytes_after_the_check_is_refused(ends, content, tmp_path, monkeypatch):
    bag = good_bag(content)
    path = sealed(tmp_path / "b.tjb", ends, content, zipped(bag))
    size = path.stat().st_size
    tries = (sealed(tmp_path / "c.tjb", ends, content, zipped(bag)).read_bytes() for _ in range(5000))
    other = next(data for data in tries if len(data) == size)  # age adds a stanza of random length
    read = opening.read_container

    def read_then_exchange(*arguments):
        container = read(*arguments)
        path.write_bytes(other)
        return container

    monkeypatch.setattr(opening, "read_container", read_then_exchange)
    with pytest.raises(BundleRefused) as refused:
        open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
    assert refused.value.reason is Reason.BAD_SIGNATURE
    assert not (tmp_path / "out").exists()


def test_all_members_together_may_hold_only_so_much(content, tmp_path, ends, monkeypatch):
    path = sealed(tmp_path / "b.tjb", ends, content, zipped(good_bag(content), method=zipfile.ZIP_DEFLATED))
    monkeypatch.setattr(limits, "MAX_BUNDLE_BYTES", path.stat().st_size)
    with pytest.raises(BundleRefused) as refused:
        open_bundle(path, ends.trust, ends.county.sealing_secret, tmp_path / "out")
    assert refused.value.reason is Reason.TOO_LARGE


def test_a_stored_member_that_claims_two_sizes_is_refused(content, reason):
    plain = bytearray(zipped(good_bag(content)))
    directory = plain.index(b"PK\x01\x02")
    plain[directory + 24] ^= 1
    assert reason(bytes(plain)) is Reason.BAD_ARCHIVE


@pytest.mark.parametrize("seed", range(20))
def test_random_damage_to_the_inner_zip_never_does_more_than_be_refused(content, seed):
    bag = good_bag(content)
    plain = zipped(bag, method=zipfile.ZIP_DEFLATED)
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    for _ in range(100):
        at, length = dice.randrange(len(plain)), dice.randrange(1, 100)
        damage = dice.choice((b"", bytes([dice.randrange(256)]), dice.randbytes(length)))
        damaged = plain[:at] + damage + plain[at + dice.choice((1, length)) :]
        try:
            archive, _ = open_bag(io.BytesIO(damaged))
            found = {name: b"".join(archive.chunks(name)) for name in archive.sizes}
        except BundleRefused:
            continue
        assert found == bag
