"""Days off and working days: Saturdays, Sundays and the holidays of the yearly State Council notice.

A day off in the sense of the time limits (法定休假日) is every Saturday and Sunday that is not moved to a
working day, and every holiday with the days moved to it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from mediation_desktop.domain.errors import UserError

_SATURDAY = 5
_ADVICE = "请改正这个文件；删去它，就会重新使用随程序附带的那一份。"


class WorkCalendar(msgspec.Struct, frozen=True):
    """The years of which the notice is known, their days off and the weekends that are worked."""

    years: frozenset[int]
    off: frozenset[date]
    worked: frozenset[date]

    def is_off(self, day: date) -> bool:
        """Tell whether nobody works on ``day``; of a year not in the table only weekends are known."""
        if day in self.worked:
            return False
        return day in self.off or day.weekday() >= _SATURDAY

    def knows(self, day: date) -> bool:
        """Tell whether the notice of that year is in the table."""
        return day.year in self.years

    def not_off(self, day: date) -> date:
        """Return ``day``, or the first day after it that is no day off (民事诉讼法 第85条)."""
        while self.is_off(day):
            day += timedelta(days=1)
        return day


class _Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    year: int
    off: tuple[tuple[date, date], ...]
    worked: tuple[date, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    title: str
    status: str
    entry: tuple[_Year, ...]


def read_holidays(data: Mapping[str, Any], where: str) -> WorkCalendar:
    """Make the calendar from the parsed content of its file.

    Raises:
        UserError: something is missing, misspelt, of the wrong type, of another year, or ends before it
            begins.
    """
    try:
        years = msgspec.convert(data, _File).entry
    except msgspec.ValidationError as error:
        raise UserError(f"节假日表“{where}”写得不对。", _ADVICE) from error
    off: set[date] = set()
    worked: set[date] = set()
    for year in years:
        for first, last in year.off:
            if last < first or year.year not in {first.year, last.year}:
                raise UserError(f"节假日表“{where}”里{year.year}年的放假日期不对。", _ADVICE)
            off.update(first + timedelta(days=gone) for gone in range((last - first).days + 1))
        worked.update(year.worked)
    if off & worked:
        raise UserError(f"节假日表“{where}”里有一天既放假又上班。", _ADVICE)
    return WorkCalendar(frozenset(year.year for year in years), frozenset(off), frozenset(worked))
