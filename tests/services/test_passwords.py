"""Passwords and the recovery code, with the real key slots."""

import pytest
from desks import KEY, make_desk

from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import passwords
from mediation_desktop.services.office import PASSWORD_SLOT, RECOVERY_SLOT, open_office
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.office_file import KEYS_NAME
from mediation_desktop.system.problems import EnvironmentProblem

OLD, NEW = "竹海2026abc", "梅雨2027xyz"


@pytest.fixture
def desk(tmp_path, clock, new_id):
    made = make_desk(tmp_path, clock, new_id)
    keyslots.add_password_slot(tmp_path / KEYS_NAME, PASSWORD_SLOT, KEY, OLD)
    yield made
    made.office_file.close()


def test_a_forgotten_password_is_replaced_with_the_recovery_code(tmp_path, desk):
    code = keyslots.add_recovery_slot(tmp_path / KEYS_NAME, RECOVERY_SLOT, KEY)
    desk.office_file.close()
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    slip = letters[(letters.index(code[-1]) + 1) % len(letters)]
    with pytest.raises(UserError, match="抄错了"):
        passwords.recover(tmp_path, code[:-1] + slip, NEW)
    passwords.recover(tmp_path, code.lower().replace("-", " "), NEW).office_file.close()
    with pytest.raises(UserError, match="密码不对"):
        passwords.confirm_password(tmp_path, OLD)
    open_office(tmp_path, NEW).office_file.close()


def test_a_short_new_password_changes_nothing(tmp_path, desk):
    code = keyslots.add_recovery_slot(tmp_path / KEYS_NAME, RECOVERY_SLOT, KEY)
    desk.office_file.close()
    with pytest.raises(UserError, match="密码太短"):
        passwords.recover(tmp_path, code, "1234567")
    passwords.confirm_password(tmp_path, OLD)


@pytest.mark.usefixtures("desk")
def test_the_password_is_changed_only_by_who_knows_the_old_one(tmp_path):
    with pytest.raises(UserError, match="密码不对"):
        passwords.change_password(tmp_path, NEW, NEW)
    passwords.change_password(tmp_path, OLD, NEW)
    passwords.confirm_password(tmp_path, NEW)


def test_a_new_recovery_code_ends_the_old_one(tmp_path, desk):
    first = passwords.renew_recovery_code(desk, OLD)
    second = passwords.renew_recovery_code(desk, OLD)
    with pytest.raises(UserError, match="打不开"):
        keyslots.unlock_with_recovery(tmp_path / KEYS_NAME, first)
    assert keyslots.unlock_with_recovery(tmp_path / KEYS_NAME, second) == KEY


def test_the_sheet_is_asked_for_until_it_is_printed(desk):
    with desk.office_file.change("汪承平", "开通本单位") as work:
        work.put_setting("recovery_sheet", "later")
    assert passwords.recovery_sheet_due(desk)
    passwords.note_recovery_sheet(desk)
    assert not passwords.recovery_sheet_due(desk)


def test_an_office_open_elsewhere_is_named(tmp_path, desk):
    with pytest.raises(EnvironmentProblem, match="打开着办公数据"):
        passwords.ensure_free(tmp_path)
    desk.office_file.close()
    passwords.ensure_free(tmp_path)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", ""),
        ("abc", "还差 5 个字。"),
        ("12345678", "很容易被猜到"),
        ("11111111", "很容易被猜到"),
        ("19620514", "较弱"),
        ("zhuhai26", "可以用"),
        ("竹海2026abc", "较强"),
    ],
)
def test_the_hint_says_how_good_a_password_is(typed, hint):
    assert hint in passwords.password_hint(typed)
    assert bool(passwords.password_hint(typed)) == bool(typed)
