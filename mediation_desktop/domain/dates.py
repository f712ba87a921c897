"""Dates as they are printed, kept and typed."""

import re
import unicodedata
from datetime import date, timedelta

from mediation_desktop.domain.errors import UserError

_NEAR_DAYS = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_THIS_YEAR = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")


def printed(day: date) -> str:
    """Return the date as papers print it, without leading zeros: ``2026年6月19日`` (GB/T 7408)."""
    return f"{day.year}年{day.month}月{day.day}日"


def printed_month(month: str) -> str:
    """Return a month kept as ``2026-10`` as papers print it: 2026年10月."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year}年{number}月"


def years_later(day: date, years: int) -> date:
    """Return the same day ``years`` later; where that year has none, the month's last (民法典 第202条)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def parse_date(text: str, today: date) -> date:
    """Read a date as people type it; a date without a year is of the year of ``today``.

    Takes ``6.18``, ``6月18日``, ``2026-6-18``, ``2026年6月18日``, ``20260618``, 昨天, 明天 and so on.

    Raises:
        UserError: when it cannot be read or there is no such day.
    """
    typed = unicodedata.normalize("NFKC", text).replace(" ", "")
    if typed in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[typed])
    if match := _COMPACT.fullmatch(typed) or _FULL.fullmatch(typed):
        year, month, day = (int(part) for part in match.groups())
    elif match := _THIS_YEAR.fullmatch(typed):
        year, month, day = today.year, int(match[1]), int(match[2])
    else:
        raise UserError("日期没有读懂。", "请写成 2026-6-18、6.18 或 20260618 的样子。")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UserError("没有这一天。", "请核对年、月、日后重新填写。") from error
