"""Special records: anybody at the desk may write one, only personal passwords open it.

Whoever sets a personal password gets a key pair.  Its secret half is wrapped under that password and kept in
the encrypted office file with the public half, so a backup holds it too.  Content is sealed to the public
keys of everybody who has one and works here; neither the office password nor the recovery code opens it.
"""

from base64 import b64decode, b64encode
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.safety import CONFIDENTIAL
from mediation_desktop.domain.special import (
    CONTENTS,
    KINDS_OF,
    Content,
    MandatoryReport,
    Printing,
    ReportSheet,
)
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.office import office_view
from mediation_desktop.storage import keyslots
from mediation_desktop.storage.reader import Reader
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import WholeDays, wall_time
from mediation_desktop.system.ids import id_of_day
from mediation_desktop.system.sealing import CannotUnseal, new_identity, seal_stream, unseal_stream

_PERSONAL_KEYS = "personal_keys"
_SECRET_BYTES = 80
"""An age secret in text form, filled up with blanks to what the key wrap takes."""

_ACTION = "专门登记"
_PRINTED = "打印专门登记"
_LAST_MOMENT = timedelta(days=1, milliseconds=-1)


class PersonalKey(Struct, frozen=True, kw_only=True):
    """One person's keys. ``who`` is a mediator's id, or the name of who is no mediator (the recorder)."""

    who: str
    public: str
    slot: keyslots.Slot


class Resealed(Struct, frozen=True):
    """How many earlier records are open to everybody now, and how many this person cannot open."""

    change: Change
    done: int
    closed: int


def key_holders(desk: Desk) -> tuple[str, ...]:
    """Return who of those working here has a personal password: a record written now is sealed to them."""
    with desk.office_file.read() as reader:
        known = {key.who for key in _keys(reader)}
    return tuple(name for name, who in _people(desk).items() if who in known)


def set_personal_password(desk: Desk, password: str, *, forgotten: bool = False) -> Change:
    """Give the person at the desk a personal password, with new keys.

    Earlier records stay closed to them until somebody who can read them lets them in.  ``forgotten`` replaces
    a password that is there; what only its keys opened is lost.

    Raises:
        UserError: the password is too short, or there is one already.
    """
    who, pair = _at_desk(desk), new_identity()
    slot = keyslots.password_slot("personal", pair.secret.encode().ljust(_SECRET_BYTES), password)
    with desk.office_file.change(desk.actor, "设个人密码") as work:
        kept = _keys(work)
        if not forgotten and any(key.who == who for key in kept):
            raise UserError("您已经设过个人密码。", "要换一个，请用“改个人密码”；忘了的，用“忘了，重新设”。")
        _keep_keys(work, (*_without(kept, who), PersonalKey(who=who, public=pair.public, slot=slot)))
        return changed(work)


def change_personal_password(desk: Desk, old: str, new: str) -> Change:
    """Give the person at the desk another personal password; the keys stay, and what they open.

    Raises:
        UserError: the old one is wrong, or the new one too short.
    """
    who, secret = _at_desk(desk), _secret(desk, old)
    slot = keyslots.password_slot("personal", secret.encode().ljust(_SECRET_BYTES), new)
    with desk.office_file.change(desk.actor, "改个人密码") as work:
        kept = _keys(work)
        mine = next(key for key in kept if key.who == who)
        _keep_keys(work, (*_without(kept, who), replace(mine, slot=slot)))
        return changed(work)


def confirm_personal_password(desk: Desk, password: str) -> None:
    """Raise ``UserError`` unless this is the personal password of the person at the desk."""
    _secret(desk, password)


def keep_special(
    desk: Desk,
    dispute_id: UUID,
    content: Content,
    record: records.SealedRecord | None = None,
    action: str = _ACTION,
) -> Change:
    """专门登记: seal what was written, new or in place of ``record``.

    The trace names nobody and tells the day only.

    Raises:
        UserError: nobody has a personal password yet, so that nobody could ever read it.
    """
    public = _public_keys(desk)
    sealed = _seal(content, public)
    with desk.office_file.change(CONFIDENTIAL, action, day_only=True) as work:
        if record is None:
            place = work.count(records.SealedRecord, dispute_id=dispute_id)
            record_id = special_id(desk, place)
            kind = KINDS_OF[type(content)]
            work.add(records.SealedRecord(id=record_id, dispute_id=dispute_id, kind=kind, sealed=sealed))
        else:
            record_id = record.id
            work.update(replace(record, sealed=sealed))
        return changed(work, record_id=record_id, dispute_id=dispute_id)


def open_special(desk: Desk, record: records.SealedRecord, password: str) -> Content:
    """Return what a special record says.

    Raises:
        UserError: the personal password of the person at the desk is wrong or was never set, or the record
            was sealed before they had one.
    """
    try:
        return _unseal(record, _secret(desk, password))
    except CannotUnseal as error:
        raise UserError(
            "这条登记没有封给您。", "请看得到的人在“设置”里输入个人密码，点“让他也能看以前的”。"
        ) from error


def report_sheet(desk: Desk, dispute_id: UUID, report: MandatoryReport) -> ReportSheet:
    """Return 强制报告登记表 of a report that somebody has opened; it is never kept, in no file either."""
    with desk.office_file.read() as reader:
        return ReportSheet(reader.get(records.Dispute, dispute_id).number, report)


def note_printing(desk: Desk, record: records.SealedRecord, report: MandatoryReport, copies: int) -> Change:
    """Note that the sheet of an opened report goes to the printer.

    The history says the day and names nobody; who printed it and when is sealed with the report.
    """
    printing = Printing(at=wall_time(desk.clock.now()), by=desk.actor, copies=copies)
    noted = replace(report, printings=(*report.printings, printing))
    return keep_special(desk, record.dispute_id, noted, record, _PRINTED)


def let_read_earlier(desk: Desk, password: str) -> Resealed:
    """让他也能看以前的: seal every record that the person at the desk can open anew to all who may read now.

    Raises:
        UserError: the personal password is wrong.
    """
    secret, public = _secret(desk, password), _public_keys(desk)
    done = closed = 0
    with desk.office_file.change(CONFIDENTIAL, _ACTION, day_only=True) as work:
        for record in work.find(records.SealedRecord):
            try:
                content = _unseal(record, secret)
            except CannotUnseal:
                closed += 1
                continue
            work.update(replace(record, sealed=_seal(content, public)))
            done += 1
        return Resealed(changed(work), done, closed)


def special_id(desk: Desk, place: int) -> UUID:
    """Return an id that tells the day and not the hour; it sorts last of that day, in order of ``place``."""
    return id_of_day(desk.new_id(), WholeDays(desk.clock).now() + _LAST_MOMENT, place)


# Inside.


def _people(desk: Desk) -> dict[str, str]:
    """Return under what everybody's keys are kept, by name."""
    view = office_view(desk)
    ids = {mediator.name: str(mediator.id) for mediator in view.mediators}
    return {name: ids.get(name, name) for name in view.names}


def _at_desk(desk: Desk) -> str:
    return _people(desk).get(desk.actor, desk.actor)


def _keys(reader: Reader) -> tuple[PersonalKey, ...]:
    return msgspec.convert(reader.setting(_PERSONAL_KEYS, []), tuple[PersonalKey, ...])


def _keep_keys(work: UnitOfWork, keys: tuple[PersonalKey, ...]) -> None:
    work.put_setting(_PERSONAL_KEYS, msgspec.to_builtins(keys))


def _without(keys: tuple[PersonalKey, ...], who: str) -> tuple[PersonalKey, ...]:
    return tuple(key for key in keys if key.who != who)


def _public_keys(desk: Desk) -> tuple[str, ...]:
    here = set(_people(desk).values())
    with desk.office_file.read() as reader:
        public = tuple(key.public for key in _keys(reader) if key.who in here)
    if not public:
        raise UserError("还没有人设过个人密码，写了也没有人看得到。", "请先设一个个人密码，再登记。")
    return public


def _secret(desk: Desk, password: str) -> str:
    who = _at_desk(desk)
    with desk.office_file.read() as reader:
        mine = next((key for key in _keys(reader) if key.who == who), None)
    if mine is None:
        raise UserError("您还没有设过个人密码。", "请先在“设置”里设一个；设了以后登记的，才看得到。")
    secret = keyslots.open_slot(mine.slot, password)
    if secret is None:
        raise UserError("个人密码不对。", "请检查大小写和输入法后再输一次；这里不能用办公密码。")
    return secret.decode().strip()


def _seal(content: Content, public: tuple[str, ...]) -> str:
    sealed = BytesIO()
    seal_stream(BytesIO(msgspec.json.encode(content)), sealed, public)
    return b64encode(sealed.getvalue()).decode()


def _unseal(record: records.SealedRecord, secret: str) -> Content:
    plain = BytesIO()
    unseal_stream(BytesIO(b64decode(record.sealed)), plain, secret)
    return msgspec.json.decode(plain.getvalue(), type=CONTENTS[record.kind])
