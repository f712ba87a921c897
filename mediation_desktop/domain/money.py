"""Money is a whole number of fen; here it becomes figures and capitals and is read from what people type."""

import re
import unicodedata

from mediation_desktop.domain.errors import UserError

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SMALL_UNITS = ("", "拾", "佰", "仟")
_LARGE_UNITS = ("", "万", "亿")
_FIRST_FOUR_DIGITS = 1000
_TYPED = re.compile(r"[¥￥]?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?元?")
LARGEST_FEN = 10**14 - 1
"""Just below 万亿 yuan: more than any village will ever settle, and all that the capitals can say."""


def figures(fen: int) -> str:
    """Return yuan with thousands separators and two decimals: 4685050 → ``46,850.50``.

    Sums may be larger than any one amount may be.
    """
    if fen < 0:
        raise ValueError("fen out of range")
    return f"{fen // 100:,}.{fen % 100:02d}"


def capitals(fen: int) -> str:
    """Return the amount in capitals, without 人民币: 32504 → ``叁佰贰拾伍元零肆分``.

    《正确填写票据和结算凭证的基本规定》; where it leaves a 零 to choice, the 零 is written.
    """
    _check(fen)
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    if not fen:
        return "零元整"
    text = f"{number_capitals(yuan)}元" if yuan else ""
    if not jiao and not cent:
        return text + "整"
    if yuan and (jiao == 0 or yuan % 10 == 0):
        text += "零"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    return text + (f"{_DIGITS[cent]}分" if cent else "")


def number_capitals(number: int) -> str:
    """Return a whole number in capitals: 3 → ``叁``, 107000 → ``壹拾万零柒仟``."""
    if number == 0:
        return _DIGITS[0]
    text = ""
    zero_due = False
    for place in reversed(range(len(_LARGE_UNITS))):
        group = number // 10000**place % 10000
        if group == 0:
            zero_due = bool(text)
            continue
        starts_low = group < _FIRST_FOUR_DIGITS or number // 10000 ** (place + 1) % 10 == 0
        if text and (zero_due or starts_low):
            text += _DIGITS[0]
        text += _group_capitals(group) + _LARGE_UNITS[place]
        zero_due = False
    return text


def parse_fen(text: str) -> int:
    """Read an amount in yuan as people type it (``800``, ``1,200.5``, ``￥800元``) and return fen.

    Raises:
        UserError: when it is not a plain number of yuan with at most two decimals.
    """
    typed = unicodedata.normalize("NFKC", text).replace(" ", "")
    match = _TYPED.fullmatch(typed)
    if match is None:
        raise UserError("金额没有读懂。", "请用阿拉伯数字写元数，最多两位小数，例如 800 或 1,200.50。")
    fen = int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0"))
    if fen > LARGEST_FEN:
        raise UserError("金额太大。", "请核对位数后重新填写。")
    return fen


def _check(fen: int) -> None:
    if not 0 <= fen <= LARGEST_FEN:
        raise ValueError("fen out of range")


def _group_capitals(group: int) -> str:
    text = ""
    zero_due = False
    for place in reversed(range(len(_SMALL_UNITS))):
        digit = group // 10**place % 10
        if digit == 0:
            zero_due = bool(text)
            continue
        text += (_DIGITS[0] if zero_due else "") + _DIGITS[digit] + _SMALL_UNITS[place]
        zero_due = False
    return text
