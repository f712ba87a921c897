"""Code tables: the lists that an office may edit, as values.

What a table says is data.  Here stands only what an entry of each table must have, and how one is found.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.numbering import number
from mediation_desktop.domain.workdays import WorkCalendar, read_holidays


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry. ``code`` is kept in records and never changes; ``name`` is what people read.

    ``aliases`` are other names under which people write the same thing in files and older forms.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()


class DisputeType(Entry, frozen=True, kw_only=True):
    """纠纷类型, as fine as the office likes.

    ``ministry`` is its number (1 to 18) in 人民调解案件情况统计表, ``governance`` its 综治 code.
    ``note`` is a warning to show when the type is chosen.
    """

    ministry: int
    governance: str
    note: str = ""


class Source(Entry, frozen=True, kw_only=True):
    """案件来源. ``printed`` is the one of the two sources that 受理登记表 knows.

    ``column`` is the column of 人民调解案件情况统计表, ``part`` the sub-column of the delegated ones.
    """

    printed: str
    column: str
    part: str = ""


class Grade(Entry, frozen=True, kw_only=True):
    """案件等级. ``days`` are the calendar days from acceptance within which it is to be settled."""

    days: int


E = TypeVar("E", bound=Entry)


class Table(msgspec.Struct, Generic[E], frozen=True, kw_only=True):
    """One code table. ``status`` says which of its values are firm, a default, or unverified."""

    title: str
    status: str
    entries: tuple[E, ...]

    def entry(self, code: str) -> E:
        """Return the entry with this code.

        Raises:
            UserError: there is none.
        """
        return self._found(code, (entry for entry in self.entries if entry.code == code))

    def name(self, code: str) -> str:
        """Return the name of a code; errors as ``entry``."""
        return self.entry(code).name

    def code_named(self, name: str) -> str:
        """Return the code of a name or of one of its aliases.

        Raises:
            UserError: no entry is called so.
        """
        named = (entry for entry in self.entries if name == entry.name or name in entry.aliases)
        return self._found(name, named).code

    def _found(self, sought: str, matches: Iterable[E]) -> E:
        for entry in matches:
            return entry
        raise UserError(
            f"“{self.title}”代码表中没有“{sought}”。",
            f"请改用表中已有的一项（如“{self.entries[0].name}”），或在代码表中补上这一项。",
        )


class TableOf(Generic[E]):
    """A table of ``CodeTables``, read from the file of its name when it is first asked for."""

    def __init__(self, entry_type: type[E]) -> None:
        self.entry_type = entry_type
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name under which it stands: it is the name of the file."""
        self._name = name

    def __get__(self, codes: "CodeTables", owner: type | None = None) -> Table[E]:
        """Return the table, reading it once."""
        content, where = codes.find(self._name)
        table = codes.__dict__[self._name] = read_table(content, self.entry_type, where)
        return table


class CodeTables:
    """All code tables of an office. The attributes are called as the files they are kept in.

    ``find`` returns the parsed content of a file of that name and how to call the file.
    """

    def __init__(self, find: Callable[[str], tuple[Mapping[str, Any], str]]) -> None:
        self.find = find

    dispute_types = TableOf(DisputeType)
    sources = TableOf(Source)
    grades = TableOf(Grade)
    regions = TableOf(Entry)
    nations = TableOf(Entry)
    special_groups = TableOf(Entry)
    session_results = TableOf(Entry)
    evidence_kinds = TableOf(Entry)
    payment_methods = TableOf(Entry)
    relations = TableOf(Entry)
    enquiry_ways = TableOf(Entry)

    @cached_property
    def numbering(self) -> Mapping[str, str]:
        """The number pattern of each purpose."""
        return read_numbering(*self.find("numbering"))

    @cached_property
    def holidays(self) -> WorkCalendar:
        """Days off and working days."""
        return read_holidays(*self.find("holidays"))


TABLES: Mapping[str, type[Entry]] = {
    name: table.entry_type for name, table in vars(CodeTables).items() if isinstance(table, TableOf)
}
"""Every plain table by the name of its file, with what its entries are."""


def read_table(data: Mapping[str, Any], entry_type: type[E], where: str) -> Table[E]:
    """Make a table from the parsed content of its file.

    Args:
        data: ``title``, ``status`` and the list ``entry``.
        entry_type: what every entry has to be.
        where: how to call the file when something is wrong with it.

    Raises:
        UserError: something is missing, misspelt, of the wrong type, or given twice.
    """
    try:
        table = msgspec.convert(
            {"title": data.get("title"), "status": data.get("status"), "entries": data.get("entry")},
            Table[entry_type],
        )
    except msgspec.ValidationError as error:
        raise UserError(f"代码表“{where}”{_place(str(error))}写得不对。", _ADVICE) from error
    if not table.entries:
        raise UserError(f"代码表“{where}”是空的。", _ADVICE)
    for what in ("code", "name"):
        values = [getattr(entry, what) for entry in table.entries]
        if twice := next((value for value in values if values.count(value) > 1), None):
            raise UserError(f"代码表“{where}”里“{twice}”出现了两次。", _ADVICE)
    return table


def read_numbering(data: Mapping[str, Any], where: str) -> Mapping[str, str]:
    """Return the number pattern of each purpose (``dispute``, ``agreement``) from its file.

    Raises:
        UserError: a pattern is missing, cannot make a number, or would give one number twice.
    """
    patterns: dict[str, str] = {}
    for purpose in ("dispute", "agreement"):
        pattern = data.get(purpose)
        if not isinstance(pattern, str):
            raise UserError(f"“{where}”里没有写“{purpose}”的编号格式。", _ADVICE)
        number(pattern, year=2026, word="", block="", serial=1)
        if "{year" not in pattern or "{serial" not in pattern:
            raise UserError(f"“{where}”里“{purpose}”的编号会重复。", "请在格式中写上 {year} 和 {serial}。")
        patterns[purpose] = pattern
    return patterns


_ADVICE = "请改正这个文件；删去它，就会重新使用随程序附带的那一份。"


def _place(fault: str) -> str:
    """Put msgspec's path, as in ``… - at `$.entries[2].days```, into words."""
    path = re.search(r"`\$\.?(\w*)(?:\[(\d+)\])?\.?(\w*)", fault)
    field, index, part = path.groups() if path else ("", None, "")
    named = part or next(iter(re.findall(r"(?:field|unknown field) `(\w+)`", fault)), "")
    if index is not None:
        return f"第 {int(index) + 1} 项" + (f"的“{named}”" if named else "")
    return f"的“{'entry' if field == 'entries' else field or named}”"
