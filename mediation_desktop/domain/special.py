"""What special records say: read by few, sealed to their personal passwords."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.records.base import Value
from mediation_desktop.domain.records.dispute import Answer
from mediation_desktop.domain.safety import MINOR_REPORT, PRIVATE_TALK


class FurtherReport(Value, frozen=True, kw_only=True):
    """Who else was told: 民政, 教育, 妇联 (未成年人保护法 第11条)."""

    to: str
    on: date | None = None
    note: str = ""


class Printing(Value, frozen=True, kw_only=True):
    """That the sheet of a report was printed: told to nobody but those who may read the report."""

    at: datetime
    by: str
    copies: int


class MandatoryReport(Value, frozen=True, kw_only=True):
    """强制报告: the call to the police, and who told of it; ``reporter`` is kept from everybody else."""

    told_at: datetime
    unit: str
    officer: str = ""
    receipt_number: str = ""
    about: str = ""
    what: str
    reporter: str = ""
    caller: str = ""
    further: tuple[FurtherReport, ...] = ()
    printings: tuple[Printing, ...] = ()


class ReportSheet(Struct, frozen=True):
    """What 强制报告登记表 is made of: the report, and the number of the dispute it came up in."""

    number: str
    report: MandatoryReport


class PrivateTalk(Value, frozen=True, kw_only=True):
    """单独询问: one party alone was asked about violence and pressure; never printed."""

    party_id: UUID
    on: date
    by: str
    answers: tuple[Answer, ...] = ()
    note: str = ""


Content = MandatoryReport | PrivateTalk

CONTENTS: dict[str, type[Content]] = {MINOR_REPORT: MandatoryReport, PRIVATE_TALK: PrivateTalk}
"""What a sealed record of each kind holds."""

KINDS_OF = {cls: kind for kind, cls in CONTENTS.items()}
"""The kind of record that each content is kept in."""


def tells_of_reporter(report: MandatoryReport) -> tuple[str, ...]:
    """Return the words of the sheet that also stand in what is known of who told of it, to be looked at.

    The sheet itself never names that person; what somebody wrote into it may.
    """
    secret = [text for text in (report.reporter, report.caller) if text]
    shown = (report.about, report.what, *(f"{one.to} {one.note}" for one in report.further))
    pairs = (text[at : at + 2] for text in secret for at in range(len(text) - 1))
    return tuple(dict.fromkeys(pair for pair in pairs if any(pair in text for text in shown)))
