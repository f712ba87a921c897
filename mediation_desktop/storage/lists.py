"""The questions that lists on the screen ask, each answered from an index."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from mediation_desktop.domain.records import DisputeState, PaperState
from mediation_desktop.storage.tables import RECORDS

_DISPUTE, _PARTY, _OBLIGATION = RECORDS["dispute"], RECORDS["party"], RECORDS["obligation"]
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
_OWING = (DisputeState.AGREED, DisputeState.PERFORMING, DisputeState.IN_DEFAULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeRow:
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
    party_names: tuple[str, ...]


def dispute_rows(
    connection: Connection, text: str, states: Collection[DisputeState], offset: int, limit: int
) -> tuple[DisputeRow, ...]:
    """Return one page of disputes, newest first, as ``Reader.dispute_rows`` says."""
    statement = (
        select(*(_DISPUTE.c[name] for name in _SHOWN))
        .where(*_filter(text, states))
        .order_by(_DISPUTE.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = connection.execute(statement).all()
    names = _party_names(connection, [row.id for row in rows])
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
            party_names=tuple(names.get(row.id, ())),
        )
        for row in rows
    )


def count_disputes(connection: Connection, text: str, states: Collection[DisputeState]) -> int:
    """Return how many disputes pass the filter."""
    return connection.execute(
        select(func.count()).select_from(_DISPUTE).where(*_filter(text, states))
    ).scalar_one()


def sessions_between(start: datetime, end: datetime) -> Select[Any]:
    """Select the sessions that start in [start, end), local wall time."""
    table = RECORDS["session"]
    begins = table.c.starts_at
    return (
        select(table)
        .where(begins >= start.isoformat(), begins < end.isoformat())
        .order_by(begins, table.c.id)
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


def _party_names(connection: Connection, dispute_ids: list[str]) -> dict[str, list[str]]:
    statement = (
        select(_PARTY.c.dispute_id, _PARTY.c.name)
        .where(_PARTY.c.dispute_id.in_(dispute_ids))
        .order_by(_PARTY.c.dispute_id, _PARTY.c.position)
    )
    names: dict[str, list[str]] = {}
    for dispute_id, name in connection.execute(statement):
        names.setdefault(dispute_id, []).append(name)
    return names


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
