"""公民身份号码 (GB 11643-1999) and 统一社会信用代码 (GB 32100-2015): what the numbers tell.

Only check digit and birth date are judged.  The area digits are not: cards issued before a county had
its present code are real.
"""

from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2

ADULT_AGE = 18
_ID_LENGTH = 18
_HEAD, _TAIL = 3, 4
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18


def clean_number(text: str) -> str:
    """Return a typed number without blanks, in capitals, as it is stored."""
    return "".join(text.split()).upper()


def masked(number: str) -> str:
    """Return an ID or phone number as lists show it: enough to tell two apart, too little to copy.

    The first three and the last four characters stay; of a shorter number only the last two.
    """
    if len(number) <= _HEAD + _TAIL:
        return "*" * (len(number) - 2) + number[-2:]
    return number[:_HEAD] + "*" * 4 + number[-_TAIL:]


def id_number_fault(number: str) -> str:
    """Return in Chinese what is wrong with an ID number, or nothing when it is sound.

    A fault is a reason to ask, never to refuse: cards with known faults exist.
    """
    if len(number) != _ID_LENGTH or not number[:17].isdecimal() or not number.isascii():
        return "身份证号应为18位数字，最后一位可以是X。"
    if birth_date(number) is None:
        return "身份证号中的出生日期不存在，请与证件核对。"
    try:
        mod_11_2.validate(number)
    except ValidationError:
        return "身份证号校验位不符，请与证件逐位核对。"
    return ""


def birth_date(number: str) -> date | None:
    """Return the birth date that an ID number holds, or ``None`` when there is none in it."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """Return 男 or 女 from the sequence digit of an 18-digit ID number, or nothing."""
    if len(number) != _ID_LENGTH or not number[16].isdecimal():
        return ""
    return "男" if int(number[16]) % 2 else "女"


def age_on(birth: date, day: date) -> int:
    """Return the full years lived on ``day``."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_minor(birth: date | None, day: date) -> bool:
    """Tell whether someone born then is under 18 on ``day``; unknown birth counts as adult."""
    return birth is not None and age_on(birth, day) < ADULT_AGE


def uscc_fault(code: str) -> str:
    """Return in Chinese what is wrong with a unified social credit code, or nothing."""
    if len(code) != _USCC_LENGTH or any(character not in _USCC_ALPHABET for character in code):
        return "统一社会信用代码应为18位，不含字母I、O、S、V、Z。"
    total = sum(_USCC_ALPHABET.index(code[place]) * pow(3, place, 31) for place in range(17))
    if code[17] != _USCC_ALPHABET[(31 - total % 31) % 31]:
        return "统一社会信用代码校验位不符，请与执照逐位核对。"
    return ""
