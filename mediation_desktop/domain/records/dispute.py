"""纠纷: the dispute itself, its clock, and how it moves on or ends."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from mediation_desktop.domain.records.base import DisputeRecord, Record, Value


class DisputeState(StrEnum):
    """Where a dispute stands; the allowed moves are in ``domain.lifecycle``."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    REFERRED = "referred"
    INVESTIGATING = "investigating"
    MEDIATING = "mediating"
    AGREED = "agreed"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    PERFORMING = "performing"
    PERFORMED = "performed"
    IN_DEFAULT = "in_default"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Landmark(Value, frozen=True, kw_only=True):
    """One side of a piece of land as villagers name it: 东至老枫树."""

    direction: str
    mark: str


class MediatorChoice(Value, frozen=True, kw_only=True):
    """A mediator whom parties chose themselves (人民调解法 第19条); others are appointed."""

    mediator_id: UUID
    party_ids: tuple[UUID, ...]


class Dispute(Record, frozen=True, kw_only=True):
    """纠纷.

    ``type_code``, ``source_code``, ``grade_code`` and the other codes name entries of the editable code
    tables.  Money is in fen.  ``number`` is the office's own number for life; it is given on registration.
    ``reporter`` is who told of it for somebody else.  ``linked_ids`` are disputes it goes back to.  The clock
    starts anew on ``reopened_on``.  ``deadline_above`` is a last day set by the township or county
    (``deadline_above_by``), which nobody here moves.
    """

    number: str
    state: DisputeState = DisputeState.REGISTERED
    type_code: str
    source_code: str
    source_note: str = ""
    reporter: str = ""
    referral_number: str = ""
    referred_on: date | None = None
    grade_code: str
    committee_id: UUID
    studio_id: UUID | None = None
    mediator_ids: tuple[UUID, ...] = ()
    mediator_choices: tuple[MediatorChoice, ...] = ()
    recorder: str = ""
    occurred_on: date | None = None
    applied_on: date | None = None
    registered_on: date
    accepted_on: date | None = None
    finished_on: date | None = None
    reopened_on: date | None = None
    closed_on: date | None = None
    archived_on: date | None = None
    deadline_above: date | None = None
    deadline_above_by: str = ""
    town: str = ""
    village: str = ""
    place: str = ""
    landmarks: tuple[Landmark, ...] = ()
    land_use: str = ""
    summary: str = ""
    requests: tuple[str, ...] = ()
    amount_claimed_fen: int | None = None
    people_involved: int | None = None
    scale_code: str = ""
    special_groups: tuple[str, ...] = ()
    document_numbers: tuple[str, ...] = ()
    linked_ids: tuple[UUID, ...] = ()
    retention_code: str = ""


class StepTaken(DisputeRecord, frozen=True, kw_only=True):
    """One step of the lifecycle as it was taken: which, when, by whom and, where asked for, why."""

    action: str
    before: DisputeState
    after: DisputeState
    on: date
    by: str
    reason: str = ""


class Answer(Value, frozen=True, kw_only=True):
    """The answer to one question of a list of questions that is data; ``code`` names the question."""

    code: str
    yes: bool
    note: str = ""


class AcceptanceCheck(DisputeRecord, frozen=True, kw_only=True):
    """May this be mediated at all? (司法部令第75号 第22条; 人民调解法 第17条)."""

    on: date
    by: str
    answers: tuple[Answer, ...] = ()


class Pause(DisputeRecord, frozen=True, kw_only=True):
    """Days that do not count, from ``from_on`` to before ``until_on``; open while that is ``None``."""

    from_on: date
    until_on: date | None = None
    reason_code: str
    note: str = ""


class Extension(DisputeRecord, frozen=True, kw_only=True):
    """A longer time that all parties agreed to; the signed record says 各方同意调解期限延长至…."""

    agreed_on: date
    until_on: date
    note: str = ""


class Regrading(DisputeRecord, frozen=True, kw_only=True):
    """Another grade from ``on``, and why; the start of the clock stays."""

    on: date
    before_code: str
    after_code: str
    reason: str
    by: str = ""


class Override(DisputeRecord, frozen=True, kw_only=True):
    """Why a finding of a check was left as it is. ``code`` names the check, ``subject_id`` the record."""

    code: str
    subject_id: UUID
    field: str = ""
    reason: str
    by: str
    on: date


class Outcome(DisputeRecord, frozen=True, kw_only=True):
    """How a dispute ended without an agreement: 终止, 不予受理 or 移送, with the routes told (第26条)."""

    kind: str
    on: date
    reason_code: str = ""
    reason: str
    to: str = ""
    routes_told: tuple[str, ...] = ()
