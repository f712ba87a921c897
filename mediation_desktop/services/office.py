"""Set up an office, open it, and keep what it says about itself."""

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from msgspec.structs import fields, replace

from mediation_desktop.domain import records
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.committee import require_people
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.numbering import number
from mediation_desktop.exchange.activation import ActivationPack, read_activation
from mediation_desktop.exchange.header import check_office_code
from mediation_desktop.exchange.keys import DeviceKeys, new_device_keys
from mediation_desktop.services.codes import load_codes
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save
from mediation_desktop.services.handover import require_may_leave
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.database import fold_log
from mediation_desktop.storage.office_file import DATABASE_NAME, KEYS_NAME, OfficeFile
from mediation_desktop.storage.outbox import Recipient
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import Clock, SystemClock, today
from mediation_desktop.system.files import make_folder, replace_file
from mediation_desktop.system.ids import new_id as fresh_id
from mediation_desktop.system.lock import OfficeLock

DEVICE_KEYS = "device_keys"
_LAST_ACTOR = "last_actor"
_SETTING_UP = "setting-up"
"""The working folder of a first start."""

PASSWORD_SLOT = "office"  # noqa: S105 - the name of a slot, not a password
RECOVERY_SLOT = "recovery"
RECOVERY_SHEET = "recovery_sheet"
_ACTIVATION = "activation"


class OfficeSetup(Struct, frozen=True, kw_only=True):
    """What the first-start questions ask."""

    code: str
    name: str
    committee: str
    town: str = ""
    village: str = ""
    number_word: str = ""
    studio: str = ""
    mediators: tuple[str, ...]
    recorder: str = ""


class NewOffice(Struct, frozen=True):
    """A freshly made office, open, and the recovery code to be kept on paper."""

    desk: Desk
    recovery_code: str


def office_exists(folder: Path) -> bool:
    """Tell whether an office works in this folder already."""
    return (folder / DATABASE_NAME).exists()


def create_office(
    folder: Path,
    setup: OfficeSetup,
    password: str,
    *,
    pack: ActivationPack | None = None,
    clock: Clock | None = None,
    new_id: Callable[[], UUID] = fresh_id,
) -> NewOffice:
    """Make an office: its key and slots, its encrypted file, its own signing keys, its people.

    Raises:
        UserError: something is missing or the password is too short; nothing is left behind.
        EnvironmentProblem: the folder cannot be written; nothing is left behind.
    """
    setup = _tidied(setup)
    _require_complete(setup)
    keyslots.check_password(password)
    clock = clock or SystemClock()
    key, slots = keyslots.create_key(), folder / KEYS_NAME
    make_folder(folder)
    with OfficeLock(folder):
        if office_exists(folder):
            raise UserError("这个文件夹里已经有办公数据。", "请直接打开它，或者换一个文件夹。")
        try:
            with (
                _making(folder, key, clock, new_id) as made,
                made.change(setup.mediators[0], "开通本单位") as work,
            ):
                _fill(work, setup, new_id)
                work.put_setting(DEVICE_KEYS, new_device_keys().to_text())
                work.put_setting(RECOVERY_SHEET, "later")
                if pack is not None:
                    _take_over(work, pack)
            keyslots.add_password_slot(slots, PASSWORD_SLOT, key, password)
            code = keyslots.add_recovery_slot(slots, RECOVERY_SLOT, key)
            fold_log(folder / _SETTING_UP / DATABASE_NAME, key)
            replace_file(folder / _SETTING_UP / DATABASE_NAME, folder / DATABASE_NAME)
        except BaseException:
            slots.unlink(missing_ok=True)
            raise
        finally:
            shutil.rmtree(folder / _SETTING_UP, ignore_errors=True)
    return NewOffice(open_with_key(folder, key, clock=clock, new_id=new_id), code)


def _making(folder: Path, key: bytes, clock: Clock, new_id: Callable[[], UUID]) -> OfficeFile:
    """Begin a new office beside its place: only a whole one, whose keys are written, is moved there.

    What a power cut left of an earlier try is cleared; without its database nothing of it is of use.
    """
    shutil.rmtree(folder / _SETTING_UP, ignore_errors=True)
    (folder / KEYS_NAME).unlink(missing_ok=True)
    return OfficeFile.create(folder / _SETTING_UP, key, clock=clock, new_id=new_id)


def _tidied(setup: OfficeSetup) -> OfficeSetup:
    """Return the answers without stray blanks; the same name given twice is one person."""
    values = {
        item.name: getattr(setup, item.name).strip() for item in fields(setup) if item.name != "mediators"
    }
    names = dict.fromkeys(name.strip() for name in setup.mediators)
    return OfficeSetup(**values, mediators=tuple(name for name in names if name))


def _require_complete(setup: OfficeSetup) -> None:
    check_office_code(setup.code)
    _require_names(setup.name, setup.committee)
    if not setup.mediators:
        raise UserError("还没有填写调解员姓名。", "请至少填写一名调解员。")


def _require_names(*names: str) -> None:
    if not all(name.strip() for name in names):
        raise UserError("还没有填写单位名称或调解委员会名称。", "请填写后再继续。")


def _fill(work: UnitOfWork, setup: OfficeSetup, new_id: Callable[[], UUID]) -> None:
    committee = work.add(
        records.Committee(
            id=new_id(),
            name=setup.committee,
            town=setup.town,
            village=setup.village,
            number_word=setup.number_word,
        )
    )
    studio = None
    if setup.studio:
        studio = work.add(records.Studio(id=new_id(), committee_id=committee.id, name=setup.studio))
    for name in setup.mediators:
        work.add(records.Mediator(id=new_id(), committee_id=committee.id, name=name))
    work.add(
        records.Office(
            id=new_id(),
            code=setup.code,
            name=setup.name,
            committee_id=committee.id,
            studio_id=studio.id if studio else None,
            recorder=setup.recorder,
        )
    )


def open_office(
    folder: Path,
    password: str,
    *,
    clock: Clock | None = None,
    new_id: Callable[[], UUID] = fresh_id,
) -> Desk:
    """Open the office with its password.

    Raises:
        UserError: the password is wrong, the file is damaged, newer, or open elsewhere.
    """
    return open_with_key(folder, keyslots.unlock(folder / KEYS_NAME, password), clock=clock, new_id=new_id)


def open_with_key(
    folder: Path, key: bytes, *, clock: Clock | None = None, new_id: Callable[[], UUID] = fresh_id
) -> Desk:
    """Open the office with its raw key."""
    clock = clock or SystemClock()
    codes = load_codes((folder / "codes",))
    office_file = OfficeFile.open(folder, key, clock=clock, new_id=new_id)
    try:
        desk = Desk(office_file, folder, codes, clock, new_id, "")
        return replace(desk, actor=_last_actor(desk))
    except BaseException:
        office_file.close()
        raise


def _last_actor(desk: Desk) -> str:
    with desk.office_file.read() as reader:
        last = str(reader.setting(_LAST_ACTOR, ""))
    names = office_view(desk).names
    return last if last in names else next(iter(names), "")


def switch_actor(desk: Desk, actor: str) -> Desk:
    """Return the desk with somebody else at it; the name is offered first next time."""
    with desk.office_file.change(actor, "换人") as work:
        work.put_setting(_LAST_ACTOR, actor)
    return replace(desk, actor=actor)


class OfficeView(Struct, frozen=True):
    """What the office says about itself."""

    office: records.Office
    committee: records.Committee
    studio: records.Studio | None
    mediators: tuple[records.Mediator, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Who may sit at the desk: the active mediators, and the recorder if it is somebody else."""
        everyone = (*(mediator.name for mediator in self.mediators), self.office.recorder)
        return tuple(dict.fromkeys(name for name in everyone if name))


def office_view(desk: Desk) -> OfficeView:
    """Return the office, its committee, its studio and its active mediators."""
    with desk.office_file.read() as reader:
        office = reader.find(records.Office)[0]
        return OfficeView(
            office=office,
            committee=reader.get(records.Committee, office.committee_id),
            studio=reader.get(records.Studio, office.studio_id) if office.studio_id else None,
            mediators=reader.find(records.Mediator, committee_id=office.committee_id, active=True),
        )


def all_mediators(desk: Desk) -> tuple[records.Mediator, ...]:
    """Return every mediator in order of entry, those who left too."""
    with desk.office_file.read() as reader:
        return reader.find(records.Mediator)


def save_office(desk: Desk, *items: records.Record) -> Change:
    """Keep edited or new records about the office and its people.

    Raises:
        UserError: a name or the office code is missing or malformed, a name is there twice, no active
            mediator would be left, or one leaves who has not handed over.
    """
    with desk.office_file.change(desk.actor, "修改单位资料") as work:
        for item in items:
            if isinstance(item, records.Mediator):
                require_may_leave(work, item)
            save(work, item)
        office, committee = work.find(records.Office)[0], work.find(records.Committee)[0]
        check_office_code(office.code)
        _require_names(office.name, committee.name, *(studio.name for studio in work.find(records.Studio)))
        require_people(work.find(records.Mediator, active=True))
        return changed(work)


def read_pack(path: Path, clock: Clock | None = None) -> ActivationPack:
    """Read the activation pack (开通包) that the county handed out."""
    return read_activation(path, today(clock or SystemClock()))


def apply_pack(desk: Desk, pack: ActivationPack) -> Change:
    """Take over the recipients of an activation pack; everything kept so far will be sent to them.

    Raises:
        UserError: the pack was made for another office, is older than the one in force, or names another
            key for a known recipient.
    """
    with desk.office_file.change(desk.actor, "读入开通包") as work:
        if work.find(records.Office)[0].code != pack.office_code:
            raise UserError("这个开通包是给别的单位的。", "请选择给本单位的开通包。")
        _take_over(work, pack)
        return Change(work.touched | {"recipient"})


def _take_over(work: UnitOfWork, pack: ActivationPack) -> None:
    """Keep what the pack says: whom to send to, and whose receipts are believed."""
    kept = work.setting(_ACTIVATION)
    if isinstance(kept, dict) and pack.serial < kept["serial"]:
        raise UserError("这个开通包比本机正在用的旧。", "请向县里索取最新的开通包。")
    known = {recipient.id: recipient.public_key for recipient in work.recipients()}
    for recipient in pack.recipients:
        if recipient.id not in known:
            work.add_recipient(recipient.id, recipient.name, recipient.public_key)
        elif known[recipient.id] != recipient.public_key:
            raise UserError(
                "开通包更换了一个已有收件单位的公钥，没有读入。", "请先打电话向县里核实，核实前不要导出数据。"
            )
    work.put_setting(
        _ACTIVATION,
        {"county": pack.county, "serial": pack.serial, "county_signers": list(pack.county_signers)},
    )


def recipients(desk: Desk) -> tuple[Recipient, ...]:
    """Return everyone this office sends records to."""
    with desk.office_file.read() as reader:
        return reader.recipients()


def example_number(codes: CodeTables, year: int, word: str) -> str:
    """Return the number of the first dispute of a year, to show what a 编号用字 does."""
    return number(codes.numbering["dispute"], year=year, word=word, block="", serial=1)


def device_keys(desk: Desk) -> DeviceKeys:
    """Return this PC's own keys; they never leave the encrypted file."""
    with desk.office_file.read() as reader:
        return DeviceKeys.from_text(str(reader.setting(DEVICE_KEYS)))
