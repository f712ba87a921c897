"""Keeping people from harm: risk, reports, minors, and what only few may read."""

from datetime import date, datetime
from uuid import UUID

from mediation_desktop.domain.records.base import DisputeRecord


class MinorCheck(DisputeRecord, frozen=True, kw_only=True):
    """The check of the nine situations whenever someone under 18 is involved (强制报告意见 第四条).

    ``hits`` are the codes of the situations found or suspected.
    """

    on: date
    by: str
    result: str
    hits: tuple[str, ...] = ()


class Risk(DisputeRecord, frozen=True, kw_only=True):
    """Risk of escalation and what is done about it (人民调解法 第25条), judged anew at every session.

    ``signal`` names what the matter may turn into and a report is owed for; empty for none.
    """

    on: date | None = None
    by: str = ""
    session_id: UUID | None = None
    level: str
    signal: str = ""
    reason: str = ""
    measures: tuple[str, ...] = ()
    next_on: date | None = None


class RiskReport(DisputeRecord, frozen=True, kw_only=True):
    """A report to the police or another organ; an export to the county never replaces it."""

    told: str
    officer: str = ""
    told_at: datetime
    how: str = ""
    by: str = ""
    receipt_number: str = ""
    reply: str = ""


class SealedRecord(DisputeRecord, frozen=True, kw_only=True):
    """A special record: ``sealed`` is its content, which only personal passwords open (base64 of age).

    ``kind`` says what it is and nothing more: no time, no name, no hint of who wrote it.
    """

    kind: str
    sealed: str
