"""What special records say: read by few, sealed to their personal passwords."""

from datetime import date, datetime
from uuid import UUID

from mediation_desktop.domain.records.base import Value
from mediation_desktop.domain.records.dispute import Answer
from mediation_desktop.domain.safety import MINOR_REPORT, PRIVATE_TALK


class FurtherReport(Value, frozen=True, kw_only=True):
    """Who else was told: 民政, 教育, 妇联 (未成年人保护法 第11条)."""

    to: str
    on: date | None = None
    note: str = ""


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
