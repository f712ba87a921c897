"""The office file's key, wrapped once for every secret that may open it.

The key itself is random and never leaves memory; ``office.keys`` holds it only wrapped (AES key wrap,
RFC 3394).  A password is stretched by Argon2id (RFC 9106, second recommendation) first; a recovery code
is random enough to do without.
"""

import secrets
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from msgspec import Struct

from mediation_desktop.domain.errors import UserError
from mediation_desktop.storage import recovery_code
from mediation_desktop.system.files import problem, write_file

KEY_BYTES = 32
SHORTEST_PASSWORD = 8
_SALT_BYTES = 16
_FORMAT = 1

_RECOVERY_PURPOSE = b"mediation-desktop office key, recovery code"

_Bytes = Annotated[bytes, msgspec.Meta(min_length=16, max_length=96)]


class Stretching(Struct, frozen=True, kw_only=True):
    """Argon2id's cost: memory in KiB, passes, lanes. Its bounds keep a forged file from eating the PC."""

    memory_kib: Annotated[int, msgspec.Meta(ge=64 * 1024, le=1024 * 1024)] = 64 * 1024
    iterations: Annotated[int, msgspec.Meta(ge=1, le=16)] = 3
    lanes: Annotated[int, msgspec.Meta(ge=1, le=16)] = 4


class Slot(Struct, frozen=True, kw_only=True):
    """One way to the key. Only a password slot is stretched."""

    name: str
    kind: Literal["password", "recovery"]
    salt: _Bytes
    stretching: Stretching | None = None
    wrapped_key: _Bytes


class _Keyring(Struct, frozen=True, kw_only=True):
    """What ``office.keys`` holds, as JSON."""

    format: Literal[1] = _FORMAT
    slots: tuple[Slot, ...] = ()


def create_key() -> bytes:
    """Return a new random key for an office file."""
    return secrets.token_bytes(KEY_BYTES)


def slots(path: Path) -> tuple[Slot, ...]:
    """Return every slot of the keys file at ``path``, in the order they were made.

    Raises:
        UserError: the file is damaged, or of a newer program.
        EnvironmentProblem: it cannot be read.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Keyring).slots
    except OSError as error:
        raise problem(error, path) from error
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise UserError(
            f"密码文件“{path.name}”已损坏，或者是更新版本的程序保存的。",
            "请从备份中恢复这个文件，或者安装新版本的程序；办公数据本身没有改动。",
        ) from error


def check_password(password: str) -> None:
    """Make sure that a new password is long enough.

    Raises:
        UserError: it is not.
    """
    if len(_normal(password)) < SHORTEST_PASSWORD:
        raise UserError(f"密码太短，至少要 {SHORTEST_PASSWORD} 个字。", "请换一个长一些、自己记得住的密码。")


def add_password_slot(path: Path, name: str, key: bytes, password: str) -> None:
    """Let ``password`` open ``key``; a slot of the same name is replaced, which changes its password.

    Raises:
        UserError: the password is too short, or the keys file is damaged.
        EnvironmentProblem: the file cannot be written; it is as it was.
    """
    _put(path, password_slot(name, key, password))


def password_slot(name: str, key: bytes, password: str) -> Slot:
    """Return a slot in which ``password`` opens ``key``, to be kept anywhere.

    ``key`` has 16 to 88 bytes, a multiple of 8.

    Raises:
        UserError: the password is too short.
    """
    check_password(password)
    salt = secrets.token_bytes(_SALT_BYTES)
    cost = Stretching()
    wrapped = aes_key_wrap(_stretched(_normal(password), salt, cost), key)
    return Slot(name=name, kind="password", salt=salt, stretching=cost, wrapped_key=wrapped)


def open_slot(slot: Slot, password: str) -> bytes | None:
    """Return the key in one password slot, or ``None`` when ``password`` does not open it."""
    if slot.stretching is None:
        return None
    return _unwrapped(_stretched(_normal(password), slot.salt, slot.stretching), slot)


def unlock(path: Path, password: str) -> bytes:
    """Return the key that ``password`` opens, whichever slot it belongs to.

    Raises:
        UserError: it opens none, or the keys file is damaged.
    """
    for slot in slots(path):
        key = open_slot(slot, password)
        if key:
            return key
    raise UserError("密码不对。", "请检查大小写和输入法后再输一次；忘记密码可以用恢复码打开。")


def add_recovery_slot(path: Path, name: str, key: bytes) -> str:
    """Make a recovery code that opens ``key`` and return it for printing; it is kept nowhere.

    A slot of the same name is replaced: its earlier code then opens nothing.
    """
    secret = recovery_code.create()
    salt = secrets.token_bytes(_SALT_BYTES)
    wrapped = aes_key_wrap(_derived(secret, salt), key)
    _put(path, Slot(name=name, kind="recovery", salt=salt, wrapped_key=wrapped))
    return recovery_code.write(secret)


def unlock_with_recovery(path: Path, code: str) -> bytes:
    """Return the key that a recovery code opens.

    Raises:
        UserError: the code is mistyped or opens nothing, or the keys file is damaged.
    """
    secret = recovery_code.read(code)
    for slot in slots(path):
        if slot.kind == "recovery":
            key = _unwrapped(_derived(secret, slot.salt), slot)
            if key:
                return key
    raise UserError("这个恢复码打不开办公数据。", "请确认用的是最近一次打印的恢复单，并逐组核对。")


def _put(path: Path, slot: Slot) -> None:
    others = slots(path) if path.exists() else ()
    _write(path, (*(other for other in others if other.name != slot.name), slot))


def _write(path: Path, kept: tuple[Slot, ...]) -> None:
    write_file(path, msgspec.json.format(msgspec.json.encode(_Keyring(slots=kept))), read_back=True)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _stretched(password: str, salt: bytes, cost: Stretching) -> bytes:
    function = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return function.derive(password.encode())


def _derived(secret: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=_RECOVERY_PURPOSE).derive(secret)


def _unwrapped(wrapping_key: bytes, slot: Slot) -> bytes | None:
    try:
        return aes_key_unwrap(wrapping_key, slot.wrapped_key)
    except InvalidUnwrap:
        return None
