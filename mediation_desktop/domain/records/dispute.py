"""纠纷 and what happens to it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from mediation_desktop.domain.records.base import DisputeRecord, Record, Value


class DisputeState(StrEnum):
    """Where a dispute stands; the allowed moves are in ``domain.lifecycle``."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    REFERRED = "referred"
    MEDIATING = "mediating"
    AGREED = "agreed"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    PERFORMING = "performing"
    PERFORMED = "performed"
    IN_DEFAULT = "in_default"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Landmark(Value, frozen=True, kw_only=True):
    """One side of a piece of land as villagers name it: 东至老枫树."""

    direction: str
    mark: str


class Dispute(Record, frozen=True, kw_only=True):
    """纠纷.

    ``type_code``, ``source_code`` and ``grade_code`` name entries of the editable code tables.
    Money is in fen.  ``number`` is the office's own number for life; it is given on registration.
    """

    number: str
    state: DisputeState = DisputeState.REGISTERED
    type_code: str
    source_code: str
    source_note: str = ""
    referral_number: str = ""
    referred_on: date | None = None
    grade_code: str
    committee_id: UUID
    studio_id: UUID | None = None
    mediator_ids: tuple[UUID, ...] = ()
    recorder: str = ""
    occurred_on: date | None = None
    applied_on: date | None = None
    registered_on: date
    accepted_on: date | None = None
    finished_on: date | None = None
    town: str = ""
    village: str = ""
    place: str = ""
    landmarks: tuple[Landmark, ...] = ()
    summary: str = ""
    requests: tuple[str, ...] = ()
    amount_claimed_fen: int | None = None
    people_involved: int | None = None
    special_groups: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()


class Notice(DisputeRecord, frozen=True, kw_only=True):
    """权利义务告知: oral or written, with time and teller (司法部令第75号 第30条)."""

    how: str
    told_at: datetime
    teller: str


class RecordLine(Value, frozen=True, kw_only=True):
    """Who said what in a session. ``speaker_id`` is a party, or ``None`` for the mediator."""

    speaker_id: UUID | None
    said: str


class SessionState(StrEnum):
    """Whether a session is still to come, was held, or was called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Session(DisputeRecord, frozen=True, kw_only=True):
    """调解 on one day at one place; each has its own record and result (form G)."""

    starts_at: datetime
    minutes: int = 60
    place: str = ""
    mediator_ids: tuple[UUID, ...] = ()
    recorder: str = ""
    state: SessionState = SessionState.PLANNED
    lines: tuple[RecordLine, ...] = ()
    result: str = ""
    next_on: date | None = None


class Proposal(DisputeRecord, frozen=True, kw_only=True):
    """An offer or counter-offer. ``party_id`` is ``None`` when the mediator made it."""

    position: int
    party_id: UUID | None
    text: str
    state: str = ""


class Evidence(DisputeRecord, frozen=True, kw_only=True):
    """证据材料: one item of the evidence list. ``party_id`` is ``None`` when the mediator gathered it."""

    kind: str
    name: str
    party_id: UUID | None = None
    original: bool | None = None
    pages: int | None = None


class MinorCheck(DisputeRecord, frozen=True, kw_only=True):
    """The check of the nine situations whenever someone under 18 is involved (强制报告意见 第四条)."""

    on: date
    by: str
    result: str


class Risk(DisputeRecord, frozen=True, kw_only=True):
    """Risk of escalation and what is done about it (人民调解法 第25条)."""

    level: str
    reason: str = ""
    measures: tuple[str, ...] = ()


class RiskReport(DisputeRecord, frozen=True, kw_only=True):
    """A report to the police or another organ; an export to the county never replaces it."""

    told: str
    officer: str = ""
    told_at: datetime
    how: str = ""
    reply: str = ""


class Outcome(DisputeRecord, frozen=True, kw_only=True):
    """How a dispute ended without an agreement: 终止, 不予受理 or 移送, with the routes told (第26条)."""

    kind: str
    on: date
    reason: str
    to: str = ""
    routes_told: tuple[str, ...] = ()
