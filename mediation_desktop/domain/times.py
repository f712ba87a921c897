"""Times of day as people type them and as papers print them."""

import re
import unicodedata
from datetime import date, datetime, time

from mediation_desktop.domain.dates import parse_date, printed
from mediation_desktop.domain.errors import UserError

_NOON = 12
_AFTERNOON = ("下午", "傍晚", "晚上", "晚")
_NOON_ENDS = 3
_PARTS_OF_DAY = ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
_TYPED = re.compile(
    r"(上午|早上|凌晨|中午|下午|傍晚|晚上|晚)?(\d{1,2})(?:[:.时点](?:(\d{1,2})分?|(半)|(整)|)|)"
)
_MOMENT = re.compile(r"(大前天|前天|昨天|今天|[\d.\-/年月]+日|[\d.\-/]+(?=\s))\s*(\S.*)")
_COMPACT = re.compile(r"()(\d{1,2})(\d{2})()()")


def printed_time(moment: time) -> str:
    """Return the time as papers print it: ``09:30`` (GB/T 7408)."""
    return f"{moment:%H:%M}"


def spoken_time(moment: time) -> str:
    """Return the time as people say it: ``下午3时30分``."""
    part = next(word for until, word in _PARTS_OF_DAY if moment.hour < until)
    hour = moment.hour if moment.hour <= _NOON else moment.hour - _NOON
    return f"{part}{hour}时{f'{moment.minute}分' if moment.minute else ''}"


def printed_moment(moment: datetime) -> str:
    """Return day and time as papers print them: ``2026年6月19日 09:30``."""
    return f"{printed(moment.date())} {printed_time(moment.time())}"


def short_moment(moment: datetime, today: date) -> str:
    """Return day and time without the year where it is this year: ``6月19日 09:30``."""
    if moment.year != today.year:
        return printed_moment(moment)
    return f"{moment.month}月{moment.day}日 {printed_time(moment.time())}"


def parse_moment(text: str, today: date) -> datetime:
    """Read a day and a time in one line: ``6.18 9:30``, ``昨天下午3点``, ``930`` (today).

    Raises:
        UserError: when it cannot be read; a day alone is not enough.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    match = _MOMENT.fullmatch(typed)
    day = parse_date(match[1], today) if match else today
    return datetime.combine(day, parse_time(match[2] if match else typed))


def parse_time(text: str) -> time:
    """Read a time of day as people type it: ``9:30``, ``930``, ``9点半``, ``下午3点``, ``15时20分``.

    Raises:
        UserError: when it cannot be read or there is no such time.
    """
    typed = unicodedata.normalize("NFKC", text).replace(" ", "")
    match = _COMPACT.fullmatch(typed) or _TYPED.fullmatch(typed)
    if match is None:
        raise UserError("时间没有读懂。", "请写成 9:30、9点半或下午3点这样。")
    part, hour, minute, half, _sharp = match.groups()
    hours = int(hour)
    if (part in _AFTERNOON and hours < _NOON) or (part == "中午" and hours < _NOON_ENDS):
        hours += _NOON
    try:
        return time(hours, 30 if half else int(minute or 0))
    except ValueError as error:
        raise UserError("没有这个时间。", "请核对后重新填写，例如 15:30。") from error
