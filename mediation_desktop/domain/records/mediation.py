"""What happens on the way: notices, sessions, proposals, investigations, evidence, drawings."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from mediation_desktop.domain.records.base import DisputeRecord, Value


class Notice(DisputeRecord, frozen=True, kw_only=True):
    """权利义务告知: oral or written, with time and teller (司法部令第75号 第30条).

    ``party_ids`` are those who were told; none means all.
    """

    how: str
    told_at: datetime
    teller: str
    party_ids: tuple[UUID, ...] = ()


class RecordLine(Value, frozen=True, kw_only=True):
    """Who said what in a session. ``speaker_id`` is a party, or ``None`` for the mediator."""

    speaker_id: UUID | None
    said: str


class SessionState(StrEnum):
    """Whether a session is still to come, was held, or was called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Absence(Value, frozen=True, kw_only=True):
    """A party that did not come to a session, and what is known of the reason."""

    party_id: UUID
    reason: str = ""


class Session(DisputeRecord, frozen=True, kw_only=True):
    """调解 on one day at one place; each has its own record and result (form G).

    ``public`` is whether others may listen, ``None`` while nobody said; ``sheets`` are the sheets of a
    handwritten record, which then is the record.
    """

    starts_at: datetime
    minutes: int = 60
    place: str = ""
    mediator_ids: tuple[UUID, ...] = ()
    recorder: str = ""
    invited_ids: tuple[UUID, ...] = ()
    public: bool | None = None
    closed_because: str = ""
    state: SessionState = SessionState.PLANNED
    absences: tuple[Absence, ...] = ()
    lines: tuple[RecordLine, ...] = ()
    result: str = ""
    next_on: date | None = None
    sheets: int | None = None


class PrivateNote(DisputeRecord, frozen=True, kw_only=True):
    """A mediator's own note; never printed, never carried anywhere."""

    session_id: UUID | None = None
    on: date
    by: str
    text: str


class Attempt(DisputeRecord, frozen=True, kw_only=True):
    """One try to reach a party: a visit, a call, a notice. Silence is no refusal."""

    party_id: UUID
    at: datetime
    how: str
    by: str = ""
    result: str = ""


class Question(Value, frozen=True, kw_only=True):
    """One question of an investigation and its answer."""

    question: str
    answer: str = ""


class Investigation(DisputeRecord, frozen=True, kw_only=True):
    """调查记录 (form E): somebody was asked; ``sheets`` as in a session."""

    at: datetime
    place: str = ""
    asked: str
    party_id: UUID | None = None
    present: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    investigator: str = ""
    recorder: str = ""
    sheets: int | None = None


class Proposal(DisputeRecord, frozen=True, kw_only=True):
    """An offer or counter-offer. ``party_id`` is ``None`` when the mediator made it."""

    position: int
    session_id: UUID | None = None
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
    note: str = ""


class Attachment(DisputeRecord, frozen=True, kw_only=True):
    """A file that belongs to the record ``subject_id``; its bytes are kept sealed under ``sha256``.

    ``name`` is what the file was called; ``sheets`` are the sheets of paper it shows.
    """

    subject_id: UUID
    name: str
    media_type: str
    sha256: str
    size: int
    caption: str = ""
    sheets: int | None = None


class Mark(Value, frozen=True, kw_only=True):
    """One thing drawn: ``line``, ``arrow``, ``post`` (界桩) or ``text``.

    ``points`` are x and y in turn, in ten-thousandths of the width and the height of the drawing.
    """

    shape: str
    points: tuple[int, ...]
    text: str = ""


class Sketch(DisputeRecord, frozen=True, kw_only=True):
    """附图: the place, drawn on white or over a photo (``background_id``); it shows use, never title."""

    position: int
    title: str
    background_id: UUID | None = None
    marks: tuple[Mark, ...] = ()
