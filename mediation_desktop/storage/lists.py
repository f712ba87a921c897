"""The questions that lists on the screen ask, each answered from an index."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, func, or_, select

from mediation_desktop.domain.enquiries import EnquiryState
from mediation_desktop.domain.lifecycle import IN_MEDIATION
from mediation_desktop.domain.records import DisputeState, PaperState, SessionState
from mediation_desktop.storage.tables import RECORDS

_DISPUTE, _PARTY, _OBLIGATION = RECORDS["dispute"], RECORDS["party"], RECORDS["obligation"]
_ENQUIRY = RECORDS["enquiry"]
_ENQUIRY_WORDS = ("name", "phone", "village", "said", "answer")
_ENQUIRY_STATES: dict[EnquiryState, ColumnElement[bool]] = {
    EnquiryState.OPEN: and_(_ENQUIRY.c.became_id.is_(None), func.trim(_ENQUIRY.c.answer) == ""),
    EnquiryState.ANSWERED: and_(_ENQUIRY.c.became_id.is_(None), func.trim(_ENQUIRY.c.answer) != ""),
    EnquiryState.REGISTERED: _ENQUIRY.c.became_id.is_not(None),
}
_SHOWN = (
    "id",
    "number",
    "state",
    "type_code",
    "grade_code",
    "registered_on",
    "accepted_on",
    "finished_on",
    "village",
)
_OWING = (
    DisputeState.AGREED,
    DisputeState.PERFORMING,
    DisputeState.IN_DEFAULT,
    DisputeState.CONFIRMED,
    DisputeState.NOT_CONFIRMED,
)


class PartyName(NamedTuple):
    """A party as lists name it."""

    id: UUID
    side: str
    name: str


class RunningDispute(Struct, frozen=True, kw_only=True):
    """A dispute whose time limit runs."""

    id: UUID
    grade_code: str
    accepted_on: date


class DisputeRow(Struct, frozen=True, kw_only=True):
    """A dispute as a list shows it."""

    id: UUID
    number: str
    state: DisputeState
    type_code: str
    grade_code: str
    registered_on: date
    accepted_on: date | None
    finished_on: date | None
    village: str
    parties: tuple[PartyName, ...]

    @property
    def party_names(self) -> tuple[str, ...]:
        """Every party's name, in printed order."""
        return tuple(party.name for party in self.parties)


def dispute_rows(
    connection: Connection, text: str, states: Collection[DisputeState], offset: int, limit: int
) -> tuple[DisputeRow, ...]:
    """Return one page of disputes, newest first, as ``Reader.dispute_rows`` says."""
    statement = _shown().where(*_filter(text, states)).order_by(_DISPUTE.c.id.desc())
    return _rows(connection, statement.offset(offset).limit(limit))


def rows_of(connection: Connection, dispute_ids: Collection[UUID]) -> tuple[DisputeRow, ...]:
    """Return the rows of these disputes, in no particular order."""
    return _rows(connection, _shown().where(_DISPUTE.c.id.in_([str(one) for one in dispute_ids])))


def dispute_ids(connection: Connection, text: str, states: Collection[DisputeState]) -> tuple[UUID, ...]:
    """Return every dispute that passes the filter, newest first, by its id alone."""
    statement = select(_DISPUTE.c.id).where(*_filter(text, states)).order_by(_DISPUTE.c.id.desc())
    return tuple(UUID(found) for found in connection.execute(statement).scalars())


def enquiry_ids(connection: Connection, text: str, state: EnquiryState | None) -> tuple[UUID, ...]:
    """Return every enquiry that passes the filter, by its id alone, who came last first."""
    words = [
        or_(*(_ENQUIRY.c[name].contains(word, autoescape=True) for name in _ENQUIRY_WORDS))
        for word in text.split()
    ]
    wanted = [_ENQUIRY_STATES[state]] if state else []
    statement = select(_ENQUIRY.c.id).where(*words, *wanted)
    found = connection.execute(statement.order_by(_ENQUIRY.c.at.desc(), _ENQUIRY.c.id.desc()))
    return tuple(UUID(one) for one in found.scalars())


def running_disputes(connection: Connection) -> tuple[RunningDispute, ...]:
    """Return every dispute that is accepted and neither settled nor ended."""
    wanted = (_DISPUTE.c.id, _DISPUTE.c.grade_code, _DISPUTE.c.accepted_on)
    statement = select(*wanted).where(
        _DISPUTE.c.state.in_(IN_MEDIATION),
        _DISPUTE.c.accepted_on.is_not(None),
        _DISPUTE.c.finished_on.is_(None),
    )
    return tuple(
        RunningDispute(
            id=UUID(row.id), grade_code=row.grade_code, accepted_on=date.fromisoformat(row.accepted_on)
        )
        for row in connection.execute(statement)
    )


def count_disputes(connection: Connection, text: str, states: Collection[DisputeState]) -> int:
    """Return how many disputes pass the filter."""
    return connection.execute(
        select(func.count()).select_from(_DISPUTE).where(*_filter(text, states))
    ).scalar_one()


def sessions_between(start: datetime, end: datetime, states: Collection[SessionState]) -> Select[Any]:
    """Select the sessions in ``states`` (none means all) that start in [start, end), local wall time."""
    table = RECORDS["session"]
    begins = table.c.starts_at
    wanted = [table.c.state.in_(states)] if states else []
    return (
        select(table)
        .where(begins >= start.isoformat(), begins < end.isoformat(), *wanted)
        .order_by(begins, table.c.id)
    )


def of_disputes(table: Table, dispute_ids: Collection[UUID]) -> Select[Any]:
    """Select the records of one kind that belong to one of the disputes."""
    return (
        select(table)
        .where(table.c.dispute_id.in_([str(one) for one in dispute_ids]))
        .order_by(table.c.dispute_id, table.c.id)
    )


def papers_in_state(states: Collection[PaperState]) -> Select[Any]:
    """Select the issued papers in one of ``states``."""
    table = RECORDS["paper"]
    return select(table).where(table.c.state.in_(states)).order_by(table.c.id)


def open_obligations(until: date) -> Select[Any]:
    """Select the obligations with something due by ``until`` in disputes still to be performed."""
    day = until.isoformat()
    part = func.json_each(_OBLIGATION.c.instalments).table_valued("value")
    instalment_due = exists().where(func.json_extract(part.c.value, "$.due_on") <= day)
    return (
        select(_OBLIGATION)
        .join(_DISPUTE, _DISPUTE.c.id == _OBLIGATION.c.dispute_id)
        .where(_DISPUTE.c.state.in_(_OWING), or_(_OBLIGATION.c.due_on <= day, instalment_due))
        .order_by(_OBLIGATION.c.dispute_id, _OBLIGATION.c.position, _OBLIGATION.c.id)
    )


def _filter(text: str, states: Collection[DisputeState]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_has_word(word) for word in text.split()]
    if states:
        conditions.append(_DISPUTE.c.state.in_(states))
    return conditions


def _has_word(word: str) -> ColumnElement[bool]:
    party_matches = exists().where(
        _PARTY.c.dispute_id == _DISPUTE.c.id,
        or_(*(_PARTY.c[name].contains(word, autoescape=True) for name in ("name", "phone", "id_number"))),
    )
    return or_(
        _DISPUTE.c.number.contains(word, autoescape=True),
        party_matches,
        _DISPUTE.c.summary.contains(word, autoescape=True),
    )


def _shown() -> Select[Any]:
    return select(*(_DISPUTE.c[name] for name in _SHOWN))


def _rows(connection: Connection, statement: Select[Any]) -> tuple[DisputeRow, ...]:
    rows = connection.execute(statement).all()
    parties = _parties(connection, [row.id for row in rows])
    return tuple(
        DisputeRow(
            id=UUID(row.id),
            number=row.number,
            state=DisputeState(row.state),
            type_code=row.type_code,
            grade_code=row.grade_code,
            registered_on=date.fromisoformat(row.registered_on),
            accepted_on=_day(row.accepted_on),
            finished_on=_day(row.finished_on),
            village=row.village,
            parties=tuple(parties.get(row.id, ())),
        )
        for row in rows
    )


def _parties(connection: Connection, dispute_ids: list[str]) -> dict[str, list[PartyName]]:
    statement = (
        select(_PARTY.c.dispute_id, _PARTY.c.id, _PARTY.c.side, _PARTY.c.name)
        .where(_PARTY.c.dispute_id.in_(dispute_ids))
        .order_by(_PARTY.c.dispute_id, _PARTY.c.position)
    )
    found: dict[str, list[PartyName]] = {}
    for dispute_id, party_id, side, name in connection.execute(statement):
        found.setdefault(dispute_id, []).append(PartyName(UUID(party_id), side, name))
    return found


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
