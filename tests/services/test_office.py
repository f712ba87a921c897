"""Setting up and keeping an office: real files, real encryption; a raw key where no password is the point."""

from contextlib import contextmanager
from datetime import date

import pytest
from desks import KEY, make_desk
from msgspec.structs import replace

from mediation_desktop.domain.errors import UserError
from mediation_desktop.exchange.activation import ActivationPack, Recipient, write_activation
from mediation_desktop.exchange.keys import new_device_keys
from mediation_desktop.services import office
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.tables import HISTORY
from mediation_desktop.system import sealing
from mediation_desktop.system.problems import EnvironmentProblem

SETUP = office.OfficeSetup(
    code="LY0101",
    name="鸡鸣村调委会",
    committee="龙游县东华街道鸡鸣村人民调解委员会",
    town="东华街道",
    village="鸡鸣村",
    number_word="龙东",
    studio="舒心调解工作室",
    mediators=("汪承平", "周正明"),
    recorder="余小雯",
)
PASSWORD = "竹海2026abc"  # noqa: S105 - made up for this test


def make_pack(**changed):
    values = {
        "county": "龙游县社会治理中心",
        "office_code": "LY0101",
        "office_name": "鸡鸣村调委会",
        "recipients": (
            Recipient(id="county", name="县社会治理中心", public_key=sealing.new_identity().public),
            Recipient(id="justice", name="东华司法所", public_key=sealing.new_identity().public),
        ),
        "county_signers": (new_device_keys().signing_public,),
        "serial": 2,
        "valid_until": date(2027, 12, 31),
    }
    return ActivationPack(**(values | changed))


@contextmanager
def desk_in(folder, clock, new_id):
    desk = make_desk(folder, clock, new_id)
    try:
        yield desk
    finally:
        desk.office_file.close()


@pytest.fixture
def desk(tmp_path, clock, new_id):
    with desk_in(tmp_path, clock, new_id) as made:
        yield made


def history(desk):
    with desk.office_file.read() as reader:
        return [tuple(row) for row in reader._connection.execute(HISTORY.select())]


def test_a_new_office_knows_its_people_and_recipients_and_opens_again(tmp_path, clock, new_id):
    made = office.create_office(tmp_path, SETUP, PASSWORD, pack=make_pack(), clock=clock, new_id=new_id)
    fingerprint = office.device_keys(made.desk).fingerprint
    made.desk.office_file.close()
    desk = office.open_office(tmp_path, PASSWORD, clock=clock, new_id=new_id)
    with desk.office_file:
        view = office.office_view(desk)
        assert view.names == ("汪承平", "周正明", "余小雯")
        assert (view.committee.number_word, view.studio.name) == ("龙东", "舒心调解工作室")
        assert [one.id for one in office.recipients(desk)] == ["county", "justice"]
        assert office.device_keys(desk).fingerprint == fingerprint
        assert desk.actor == "汪承平"


def test_stray_blanks_and_repeated_names_are_tidied(tmp_path, clock, new_id, monkeypatch):
    monkeypatch.setattr(keyslots, "add_password_slot", lambda *_: None)
    setup = replace(
        SETUP, committee=" 甲村调委会 ", mediators=("汪承平 ", "", "汪承平", "周正明"), studio=" "
    )
    made = office.create_office(tmp_path, setup, PASSWORD, clock=clock, new_id=new_id)
    with made.desk.office_file:
        view = office.office_view(made.desk)
        assert view.committee.name == "甲村调委会"
        assert [mediator.name for mediator in view.mediators] == ["汪承平", "周正明"]
        assert view.studio is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "东华"}, "单位代码"),
        ({"committee": "  "}, "还没有填写"),
        ({"mediators": (" ",)}, "调解员"),
    ],
)
def test_incomplete_answers_are_named_and_leave_nothing_behind(tmp_path, change, sentence):
    with pytest.raises(UserError, match=sentence):
        office.create_office(tmp_path / "new", replace(SETUP, **change), PASSWORD)
    assert not (tmp_path / "new").exists()


def test_a_failure_half_way_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_):
        raise EnvironmentProblem("磁盘已满。", "请清理磁盘。")

    monkeypatch.setattr(keyslots, "add_password_slot", full)
    with pytest.raises(EnvironmentProblem):
        office.create_office(tmp_path, SETUP, PASSWORD)
    assert not office.office_exists(tmp_path)
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith("office.lock")]


def test_who_sat_here_last_sits_here_again_unless_they_left(tmp_path, clock, new_id):
    with desk_in(tmp_path, clock, new_id) as desk:
        assert office.switch_actor(desk, "周正明").actor == "周正明"
    again = office.open_with_key(tmp_path, KEY, clock=clock, new_id=new_id)
    with again.office_file:
        assert again.actor == "周正明"
        gone = office.all_mediators(again)[1]
        office.save_office(again, replace(gone, active=False))
    third = office.open_with_key(tmp_path, KEY, clock=clock, new_id=new_id)
    with third.office_file:
        assert third.actor == "汪承平"
        assert len(office.all_mediators(third)) == 2


def test_editing_the_office_is_in_the_history(desk):
    committee = office.office_view(desk).committee
    before = len(history(desk))
    change = office.save_office(desk, replace(committee, number_word="龙华"))
    assert change.kinds == {"committee"}
    assert office.office_view(desk).committee.number_word == "龙华"
    assert len(history(desk)) == before + 1
    assert "龙华" in str(history(desk)[-1])


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda view: replace(view.office, code="a b"), "单位代码"),
        (lambda view: replace(view.committee, name=" "), "还没有填写"),
        (lambda view: replace(view.mediators[1], name="汪承平"), "同名"),
        (lambda view: replace(view.mediators[1], name=""), "姓名"),
    ],
)
def test_the_office_cannot_be_edited_into_nonsense(desk, edit, sentence):
    view = office.office_view(desk)
    with pytest.raises(UserError, match=sentence):
        office.save_office(desk, edit(view))
    assert office.office_view(desk) == view


def test_the_last_mediator_stays(desk):
    first, second = office.office_view(desk).mediators
    office.save_office(desk, replace(first, active=False))
    with pytest.raises(UserError, match="至少保留一名"):
        office.save_office(desk, replace(second, active=False))


def test_a_pack_read_later_starts_the_streams_once(tmp_path, desk, clock):
    pack = make_pack()
    path = tmp_path / "county.tjkeys"
    write_activation(path, pack)
    change = office.apply_pack(desk, office.read_pack(path, clock))
    assert "recipient" in change.kinds
    first = office.recipients(desk)
    assert [one.name for one in first] == ["县社会治理中心", "东华司法所"]
    assert first[0].streamed > 0
    office.apply_pack(desk, pack)
    assert office.recipients(desk) == first


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"office_code": "LY0999"}, "别的单位"), ({"serial": 1}, "旧"), ({}, "公钥")],
)
def test_a_pack_that_does_not_belong_here_changes_nothing(desk, changed, sentence):
    office.apply_pack(desk, make_pack())
    kept = office.recipients(desk)
    with pytest.raises(UserError, match=sentence):
        office.apply_pack(desk, make_pack(**changed))
    assert office.recipients(desk) == kept


@pytest.mark.parametrize("step", ["fill", "password", "recovery", "swap"])
def test_a_power_cut_while_setting_up_never_locks_anybody_out(tmp_path, clock, new_id, monkeypatch, step):
    """Wherever it happens, the next start asks the first questions again, and they work."""

    class PowerCut(BaseException):
        pass

    def cut(*_arguments, **_named):
        raise PowerCut

    broken = {
        "fill": (office, "_fill"),
        "password": (keyslots, "add_password_slot"),
        "recovery": (keyslots, "add_recovery_slot"),
        "swap": (office, "replace_file"),
    }[step]
    with monkeypatch.context() as patch:
        patch.setattr(*broken, cut)
        patch.setattr(office.shutil, "rmtree", lambda *_a, **_n: None)
        patch.setattr(office.Path, "unlink", lambda *_a, **_n: None)
        with pytest.raises(PowerCut):
            office.create_office(tmp_path, SETUP, PASSWORD, clock=clock, new_id=new_id)
    assert not office.office_exists(tmp_path)
    office.create_office(tmp_path, SETUP, PASSWORD, clock=clock, new_id=new_id).desk.office_file.close()
    with office.open_office(tmp_path, PASSWORD, clock=clock, new_id=new_id).office_file:
        assert [slot.name for slot in keyslots.slots(tmp_path / "office.keys")] == ["office", "recovery"]
