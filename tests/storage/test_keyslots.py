"""The key opens with each of its secrets and with nothing else."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain.errors import UserError
from mediation_desktop.storage import keyslots, recovery_code
from mediation_desktop.system.problems import EnvironmentProblem


@pytest.fixture
def keys(tmp_path):
    return tmp_path / "office.keys"


def test_every_password_opens_the_same_key(keys):
    key = keyslots.create_key()
    keyslots.add_password_slot(keys, "office", key, "平安村调委会2024")
    keyslots.add_password_slot(keys, "王调解", key, "correct horse")
    assert keyslots.unlock(keys, "平安村调委会2024") == key
    assert keyslots.unlock(keys, "correct horse") == key


def test_wrong_password_is_refused_in_plain_words(keys):
    keyslots.add_password_slot(keys, "office", keyslots.create_key(), "correct horse")
    with pytest.raises(UserError, match="密码不对"):
        keyslots.unlock(keys, "correct hoRse")


def test_password_opens_however_the_keyboard_composed_it(keys):
    key = keyslots.create_key()
    keyslots.add_password_slot(keys, "office", key, unicodedata.normalize("NFD", "ǘǚéàè平安村"))
    assert keyslots.unlock(keys, unicodedata.normalize("NFC", "ǘǚéàè平安村")) == key


def test_short_password_is_refused_and_nothing_is_written(keys):
    with pytest.raises(UserError, match="密码太短"):
        keyslots.add_password_slot(keys, "office", keyslots.create_key(), "1234567")
    assert not keys.exists()


def test_new_password_in_the_same_slot_shuts_the_old_one_out(keys):
    key = keyslots.create_key()
    keyslots.add_password_slot(keys, "office", key, "old password")
    keyslots.add_password_slot(keys, "office", key, "new password")
    assert keyslots.unlock(keys, "new password") == key
    with pytest.raises(UserError):
        keyslots.unlock(keys, "old password")


def test_recovery_code_opens_however_it_is_typed(keys):
    key = keyslots.create_key()
    keyslots.add_password_slot(keys, "office", key, "forgotten word")
    code = keyslots.add_recovery_slot(keys, "recovery", key)
    keyslots.add_password_slot(keys, "王调解", key, "another word")
    assert keyslots.unlock(keys, "another word") == key
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("0", "o").replace("1", "l")):
        assert keyslots.unlock_with_recovery(keys, typed) == key
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    assert keyslots.unlock_with_recovery(keys, full_width) == key


def test_replaced_recovery_sheet_opens_nothing(keys):
    key = keyslots.create_key()
    old = keyslots.add_recovery_slot(keys, "recovery", key)
    keyslots.add_recovery_slot(keys, "recovery", key)
    with pytest.raises(UserError, match="恢复码打不开"):
        keyslots.unlock_with_recovery(keys, old)


def test_slip_in_a_recovery_code_names_its_group():
    groups = recovery_code.write(b"\x02" + bytes(range(16))).split("-")
    first, second = groups[2][:2]
    assert first != second
    groups[2] = second + first + groups[2][2:]
    with pytest.raises(UserError, match="第 3 组"):
        recovery_code.read("-".join(groups))


def test_incomplete_recovery_code_says_what_a_whole_one_is():
    with pytest.raises(UserError, match="5 组"):
        recovery_code.read("ABCDEF-123456")


@given(st.integers(min_value=0, max_value=(1 << 130) - 1))
def test_recovery_code_carries_all_130_bits(number):
    secret = number.to_bytes(17)
    assert recovery_code.read(recovery_code.write(secret)) == secret


def test_file_holds_neither_key_nor_secrets_and_says_its_cost(keys):
    key = keyslots.create_key()
    keyslots.add_password_slot(keys, "office", key, "correct horse")
    code = keyslots.add_recovery_slot(keys, "recovery", key)
    text = keys.read_text()
    assert "horse" not in text
    assert code not in text
    assert key.hex() not in text
    password, _ = json.loads(text)["slots"]
    assert password["stretching"] == {"memory_kib": 65536, "iterations": 3, "lanes": 4}


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-10],
        lambda _: "",
        lambda text: text.replace('"format": 1', '"format": 2'),
        lambda text: text.replace("65536", "99999999"),
        lambda text: text.replace('"kind": "password"', '"kind": "face"'),
    ],
)
def test_damaged_keys_file_is_named(keys, damage):
    keyslots.add_password_slot(keys, "office", keyslots.create_key(), "correct horse")
    text = keys.read_text()
    assert damage(text) != text
    keys.write_text(damage(text))
    with pytest.raises(UserError, match=r"密码文件“office\.keys”已损坏"):
        keyslots.unlock(keys, "correct horse")


def test_missing_keys_file_is_named(keys):
    with pytest.raises(EnvironmentProblem, match=r"office\.keys"):
        keyslots.unlock(keys, "correct horse")


def test_a_slot_kept_elsewhere_opens_with_its_password_only():
    secret = b"x" * 80
    slot = keyslots.password_slot("personal", secret, "自己的密码123")
    assert keyslots.open_slot(slot, "自己的密码123") == secret
    assert keyslots.open_slot(slot, "别人的密码123") is None
