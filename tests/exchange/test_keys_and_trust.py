"""Keys, fingerprints, trust files and activation packs: set up once, refused when malformed."""

import json
import re
from datetime import date, timedelta

import msgspec
import pytest
from carrying import DAY

from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.activation import ActivationPack, Recipient, read_activation, write_activation
from mediation_desktop.exchange.keys import DeviceKeys, fingerprint, new_device_keys
from mediation_desktop.exchange.trust import Trust, read_trust, write_trust
from mediation_desktop.system.problems import EnvironmentProblem


def test_device_keys_are_kept_as_text():
    keys = new_device_keys()
    assert DeviceKeys.from_text(keys.to_text()) == keys
    with pytest.raises(ValueError, match="device keys"):
        DeviceKeys.from_text("{}")


def test_secret_keys_are_not_shown():
    keys = new_device_keys()
    assert keys.signing_secret not in repr(keys)
    assert keys.sealing_secret not in repr(keys)


def test_a_fingerprint_is_four_groups_of_four_that_differ_by_key():
    one, other = new_device_keys(), new_device_keys()
    assert re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", one.fingerprint)
    assert one.fingerprint == fingerprint(one.signing_public) != other.fingerprint


def test_a_fingerprint_stays_the_same_for_ever():
    assert fingerprint("RWTZnqyLHuCazXThFBO93t6uMgGrPiRrAmoiye3ZRR6jmsx+PVPZM/rV") == "APDE-DLVL-JMCC-CVY4"


def admitted(trust, keys, code="XT-0101"):
    return trust.admitting(office_code=code, office_name="溪头村", public_key=keys.signing_public, on=DAY)


def test_a_trust_file_keeps_its_signers(tmp_path):
    one, other = new_device_keys(), new_device_keys()
    trust = admitted(admitted(Trust(), one), other)
    write_trust(tmp_path / "t.tjtrust", trust)
    found = read_trust(tmp_path / "t.tjtrust")
    assert found.signers == trust.signers
    assert found.find(other.signing_public).fingerprint == other.fingerprint
    assert found.find(new_device_keys().signing_public) is None
    assert isinstance(json.loads((tmp_path / "t.tjtrust").read_bytes()), list)


def test_admitting_a_key_again_replaces_its_entry():
    keys = new_device_keys()
    trust = admitted(admitted(Trust(), keys), keys, "XT-0102")
    assert [signer.office_code for signer in trust.signers] == ["XT-0102"]


@pytest.mark.parametrize("code", ["", "溪头", "a b", "../x", "x" * 33, "-x"])
def test_an_office_code_must_fit_a_file_name(code):
    with pytest.raises(UserError, match="单位代码"):
        admitted(Trust(), new_device_keys(), code)


@pytest.mark.parametrize("text", [b"", b"{}", b"[{}]", b"\xff", b"[1", b'[{"office_code":"A"}]'])
def test_another_file_is_no_trust_file(tmp_path, text):
    (tmp_path / "t.tjtrust").write_bytes(text)
    with pytest.raises(UserError, match="信任名单"):
        read_trust(tmp_path / "t.tjtrust")


@pytest.mark.parametrize(
    "change",
    [{"fingerprint": "AAAA-AAAA-AAAA-AAAA"}, {"public_key": "RWQ"}, {"office_code": "../x"}, {"more": 1}],
)
def test_a_trust_file_that_was_meddled_with_is_refused(tmp_path, change):
    path = tmp_path / "t.tjtrust"
    write_trust(path, admitted(Trust(), new_device_keys()))
    (entry,) = json.loads(path.read_bytes())
    path.write_text(json.dumps([entry | change]), encoding="utf-8")
    with pytest.raises(UserError):
        read_trust(path)


def test_a_missing_trust_file_or_pack_is_told(tmp_path):
    with pytest.raises(EnvironmentProblem):
        read_trust(tmp_path / "gone")
    with pytest.raises(EnvironmentProblem):
        read_activation(tmp_path / "gone", DAY)


@pytest.fixture
def pack():
    county = new_device_keys()
    return ActivationPack(
        county="示范县",
        office_code="XT-0101",
        office_name="溪头村人民调解委员会",
        recipients=(Recipient(id="county", name="县中心", public_key=county.sealing_public),),
        county_signers=(county.signing_public,),
        serial=1,
        valid_until=DAY + timedelta(days=30),
    )


def test_an_activation_pack_is_read_as_it_was_written(pack, tmp_path):
    write_activation(tmp_path / "a.tjkeys", pack)
    assert read_activation(tmp_path / "a.tjkeys", DAY) == pack
    assert read_activation(tmp_path / "a.tjkeys", pack.valid_until) == pack


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"valid_until": date(2026, 3, 5)}, "到期"),
        ({"recipients": ()}, "不完整"),
        ({"county_signers": ()}, "不完整"),
        ({"serial": 0}, "不完整"),
        ({"format": 2}, "版本"),
        ({"office_code": "溪头"}, "单位代码"),
        ({"county_signers": ("RWQ",)}, "签名公钥"),
        ({"recipients": (Recipient(id="x", name="x", public_key="age1x"),)}, "收件公钥"),
    ],
)
def test_a_pack_that_cannot_be_used_is_refused_with_its_reason(pack, tmp_path, change, word):
    write_activation(tmp_path / "a.tjkeys", msgspec.structs.replace(pack, **change))
    with pytest.raises(UserError, match=word):
        read_activation(tmp_path / "a.tjkeys", DAY)


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b"\xff\xfe", b'{"county":1}'])
def test_another_file_is_no_activation_pack(tmp_path, text):
    (tmp_path / "a.tjkeys").write_bytes(text)
    with pytest.raises(UserError, match="开通包"):
        read_activation(tmp_path / "a.tjkeys", DAY)
