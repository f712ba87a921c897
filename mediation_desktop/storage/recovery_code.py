"""The recovery code: 130 random bits as a person copies them from paper.

Five groups of six letters and digits in Crockford's base 32 (no I, L, O or U).  A group is 26 bits, then
four that make it divisible by 13, so that nearly every slip is known to be in its group.
"""

import secrets
import unicodedata

from mediation_desktop.domain.errors import UserError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")
_GROUPS = 5
_GROUP_LETTERS = 6
_GROUP_BITS = 26
_DIVISOR = 13


def create() -> bytes:
    """Return a new secret: 130 random bits in 17 bytes."""
    return _packed(secrets.randbits(_GROUPS * _GROUP_BITS))


def write(secret: bytes) -> str:
    """Return the code that stands for ``secret``, such as ``4F7K2M-…``."""
    number = int.from_bytes(secret)
    shifts = range((_GROUPS - 1) * _GROUP_BITS, -1, -_GROUP_BITS)
    return "-".join(_group(number >> shift & (1 << _GROUP_BITS) - 1) for shift in shifts)


def read(code: str) -> bytes:
    """Return the secret that a typed code stands for; case, spaces, dashes and full width do not matter.

    Raises:
        UserError: the code is not whole, or which group is mistyped.
    """
    letters = unicodedata.normalize("NFKC", code).upper().translate(_LOOKALIKES)
    letters = "".join(letter for letter in letters if letter.isalnum())
    if len(letters) != _GROUPS * _GROUP_LETTERS:
        raise UserError(
            f"恢复码应当是 {_GROUPS} 组、每组 {_GROUP_LETTERS} 个字母或数字。", "请对照恢复单补全后再试。"
        )
    number = 0
    for index in range(_GROUPS):
        group = letters[index * _GROUP_LETTERS :][:_GROUP_LETTERS]
        number = number << _GROUP_BITS | _bits(group, index + 1)
    return _packed(number)


def _group(bits: int) -> str:
    shifted = bits << 4
    value = shifted + -shifted % _DIVISOR
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(25, -1, -5))


def _bits(group: str, place: int) -> int:
    value = 0
    for letter in group:
        value = value << 5 | max(_ALPHABET.find(letter), 0)
    if value % _DIVISOR or not set(group) <= set(_ALPHABET):
        raise UserError(f"恢复码的第 {place} 组抄错了。", "请对照恢复单改正这一组后再试。")
    return value >> 4


def _packed(number: int) -> bytes:
    return number.to_bytes(17)
