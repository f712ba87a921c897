"""Code tables: the lists that an office may edit, as values.

What a table says is data.  Here stands only what an entry of each table must have, and how one is found.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.numbering import number
from mediation_desktop.domain.soundness.wording import Wording, read_wording
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
    """案件等级. ``days`` from acceptance in which it is to be settled: calendar days, or ``working`` days.

    A last day no more than ``soon`` days ahead is shown as near.
    """

    days: Annotated[int, msgspec.Meta(ge=1)]
    working: bool = False
    soon: int = 2


class EndReason(Entry, frozen=True, kw_only=True):
    """Why a dispute ends without an agreement. ``ends`` are the kinds of ``Outcome`` it is given for.

    ``question`` is asked before acceptance, and a yes bars it; ``routes`` are what the parties are told of.
    """

    ends: tuple[str, ...]
    question: str = ""
    routes: tuple[str, ...] = ()


class ProposalState(Entry, frozen=True, kw_only=True):
    """What became of an offer: ``open`` while it may still be talked about, ``accepted`` by both sides."""

    open: bool = False
    accepted: bool = False


class ReachResult(Entry, frozen=True, kw_only=True):
    """How a try to reach a party ended; ``reached`` when the party itself was spoken to."""

    reached: bool = False


class Reminder(Entry, frozen=True, kw_only=True):
    """When to remind of a session: so many minutes before it begins."""

    minutes: int


class AttachmentKind(Entry, frozen=True, kw_only=True):
    """附件种类. ``code`` is the extension; ``aliases`` are other extensions of the same sort of file.

    ``megabytes`` is the most that one file may have.  A picture is scaled to what A4 takes at
    ``dots_per_inch``; 0 is for what is no picture.
    """

    megabytes: int
    dots_per_inch: int = 0


class Role(Entry, frozen=True, kw_only=True):
    """职务. ``elected`` ones are members of the committee, one of them the ``chair`` (人民调解法 第8条)."""

    elected: bool
    chair: bool = False


class OfficeReminder(Entry, frozen=True, kw_only=True):
    """What the first screen reminds of, ``days`` ahead."""

    days: Annotated[int, msgspec.Meta(ge=0)]


class Retention(Entry, frozen=True, kw_only=True):
    """保管期限: kept for ``years`` from archiving; without a number for ever."""

    years: Annotated[int, msgspec.Meta(ge=1)] | None = None


class RetentionRule(Entry, frozen=True, kw_only=True):
    """Which 保管期限 is proposed for disputes of these types and grades; none named means all."""

    types: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    retention: str


class HandoverReason(Entry, frozen=True, kw_only=True):
    """移交原因. ``leaves`` says that whoever hands over is no mediator any more afterwards."""

    leaves: bool


class HandoverItem(Entry, frozen=True, kw_only=True):
    """What is usually handed over beside disputes: a duty, or a key or another thing in the hand."""

    kind: Literal["duty", "key"]


class SubsidyRate(Entry, frozen=True, kw_only=True):
    """以案定补标准 for disputes of one grade and form of agreement closed from ``effective_from`` on.

    ``amount_fen`` is ``None`` while nobody set it.  ``requires`` names the records a complete dossier has.
    ``performed`` asks for performance besides an agreement in force.  ``split`` says who of several
    mediators gets it: the first named, or all of them equal parts.
    """

    effective_from: date
    grade: str
    form: Literal["oral", "written"]
    amount_fen: Annotated[int, msgspec.Meta(ge=0)] | None = None
    requires: tuple[
        Literal["notice", "session", "investigation", "evidence", "agreement", "visit", "closing"], ...
    ] = ()
    performed: bool = True
    split: Literal["first", "equal"] = "first"


class VisitRule(Entry, frozen=True, kw_only=True):
    """When a visit (回访) is due: ``days`` calendar days after the day that ``after`` names.

    ``effect`` is the agreement's, ``last_due`` the last day on which something is owed, ``ended`` the end
    without an agreement.  ``grades`` are the grades it is for; none means all.
    """

    after: Literal["effect", "last_due", "ended"]
    days: int
    grades: tuple[str, ...] = ()


class RiskReason(Entry, frozen=True, kw_only=True):
    """Why a dispute may escalate; ``special`` asks for the sealed record of a mandatory report."""

    special: bool = False


class ConfirmationResult(Entry, frozen=True, kw_only=True):
    """What became of an application for judicial confirmation; ``step`` is the lifecycle's, if any."""

    step: Literal["", "confirm", "not_confirm"] = ""


class ConfirmationReason(Entry, frozen=True, kw_only=True):
    """Why a court did not confirm; ``result`` is the code of the result it belongs to, or all."""

    result: str = ""


class Material(Entry, frozen=True, kw_only=True):
    """司法确认材料. ``form`` is the form that the program prints for it, if any."""

    form: str = ""


class DossierPart(Entry, frozen=True, kw_only=True):
    """One part of a dossier in its order: the ``forms`` that belong there, and whether it ``needs`` one."""

    forms: tuple[str, ...] = ()
    needed: bool = False


class DossierPoint(Entry, frozen=True, kw_only=True):
    """One line of the checklist of a dossier: so many ``points`` for something of one of the ``forms``.

    ``original`` asks for the image of a signed or other original, which no printed paper replaces.
    """

    points: Annotated[int, msgspec.Meta(ge=0)]
    forms: tuple[str, ...]
    original: bool = False
    when: Literal[
        "always",
        "represented",
        "investigated",
        "evidence",
        "mediated",
        "written",
        "in_force",
        "paid",
        "closed",
    ] = "always"


class Phrase(Entry, frozen=True, kw_only=True):
    """常用条款: a sentence with ``{variables}`` for the terms of an agreement.

    ``types`` are codes of the dispute types it is for, none means all; ``plain`` says it in everyday words.
    """

    text: str
    plain: str
    types: tuple[str, ...] = ()


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

    def words(self, wanted: Callable[[E], bool]) -> frozenset[str]:
        """Return the names and aliases of the entries that ``wanted`` takes, for records that keep a word."""
        return frozenset(word for one in self.entries if wanted(one) for word in (one.name, *one.aliases))

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
    scales = TableOf(Entry)
    pause_reasons = TableOf(Entry)
    end_reasons = TableOf(EndReason)
    session_results = TableOf(Entry)
    evidence_kinds = TableOf(Entry)
    payment_methods = TableOf(Entry)
    relations = TableOf(Entry)
    proposal_states = TableOf(ProposalState)
    reach_ways = TableOf(Entry)
    reach_results = TableOf(ReachResult)
    closed_reasons = TableOf(Entry)
    reminders = TableOf(Reminder)
    agent_powers = TableOf(Entry)
    tie_kinds = TableOf(Entry)
    attachment_kinds = TableOf(AttachmentKind)
    roles = TableOf(Role)
    educations = TableOf(Entry)
    office_reminders = TableOf(OfficeReminder)
    retention = TableOf(Retention)
    retention_rules = TableOf(RetentionRule)
    handover_reasons = TableOf(HandoverReason)
    handover_items = TableOf(HandoverItem)
    subsidy = TableOf(SubsidyRate)
    performance_states = TableOf(Entry)
    satisfaction = TableOf(Entry)
    relapse_risks = TableOf(Entry)
    visit_ways = TableOf(Entry)
    visit_rules = TableOf(VisitRule)
    risk_levels = TableOf(Entry)
    risk_signals = TableOf(Entry)
    risk_reasons = TableOf(RiskReason)
    risk_measures = TableOf(Entry)
    minor_situations = TableOf(Entry)
    private_questions = TableOf(Entry)
    confirmation_materials = TableOf(Material)
    dossier_parts = TableOf(DossierPart)
    confirmation_results = TableOf(ConfirmationResult)
    confirmation_reasons = TableOf(ConfirmationReason)
    closing_results = TableOf(Entry)
    phrases = TableOf(Phrase)
    enquiry_ways = TableOf(Entry)
    dossier_points = TableOf(DossierPoint)

    @cached_property
    def numbering(self) -> Mapping[str, str]:
        """The number pattern of each purpose."""
        return read_numbering(*self.find("numbering"))

    @cached_property
    def holidays(self) -> WorkCalendar:
        """Days off and working days."""
        return read_holidays(*self.find("holidays"))

    @cached_property
    def wording(self) -> Wording:
        """Words and patterns that the check of an agreement looks for."""
        return read_wording(*self.find("wording"))


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
