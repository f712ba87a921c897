"""The questions that lists on the screen ask, each answered from an index."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    Text,
    and_,
    desc,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union,
)

from mediation_desktop.domain.enquiries import EnquiryState
from mediation_desktop.domain.ledger import Account
from mediation_desktop.domain.limits import CaseClock
from mediation_desktop.domain.records import DisputeState, PaperState, SessionState
from mediation_desktop.domain.visits import ENDED
from mediation_desktop.storage.clocks import CLOCK_COLUMNS, clocks_of
from mediation_desktop.storage.idlist import IdList, ids_found
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
    "registered_on",
    "village",
    *CLOCK_COLUMNS,
)
_MOST_NEAR = 100
"""A name that more disputes share says nothing any more."""

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


class ArchivedDispute(Struct, frozen=True, kw_only=True):
    """A dispute whose dossier is in the archive, and for how long it is to be kept."""

    id: UUID
    retention_code: str
    archived_on: date


class DisputeRow(Struct, frozen=True, kw_only=True):
    """A dispute as a list shows it."""

    id: UUID
    number: str
    state: DisputeState
    type_code: str
    grade_code: str
    registered_on: date
    clock: CaseClock
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


def dispute_ids(connection: Connection, text: str, states: Collection[DisputeState]) -> IdList:
    """Return every dispute that passes the filter, newest first, by its id alone."""
    statement = select(_DISPUTE.c.id).where(*_filter(text, states)).order_by(_DISPUTE.c.id.desc())
    return ids_found(connection, statement)


def disputes_near(
    names: Collection[str], id_numbers: Collection[str], village: str, first: date, last: date
) -> CompoundSelect[Any]:
    """Select the ids of disputes with one of these people, or of this village and days; the newest first."""
    newest = _PARTY.c.dispute_id.desc()
    same_person = [
        select(_PARTY.c.dispute_id).where(column == value).order_by(newest).limit(_MOST_NEAR)
        for column, values in ((_PARTY.c.name, names), (_PARTY.c.id_number, id_numbers))
        for value in values
    ]
    same_place = select(_DISPUTE.c.id).where(
        _DISPUTE.c.village == village,
        _DISPUTE.c.village != "",
        _DISPUTE.c.occurred_on.between(first.isoformat(), last.isoformat()),
    )
    parts = [part.subquery() for part in (*same_person, same_place.limit(_MOST_NEAR))]
    found = union(*(select(part.c[0].label("dispute_id")) for part in parts))
    return found.order_by(desc("dispute_id")).limit(_MOST_NEAR)


def archived_disputes(connection: Connection) -> tuple[ArchivedDispute, ...]:
    """Return every archived dispute, the one archived first first."""
    wanted = (_DISPUTE.c.id, _DISPUTE.c.retention_code, _DISPUTE.c.archived_on)
    statement = (
        select(*wanted)
        .where(_DISPUTE.c.state == DisputeState.ARCHIVED, _DISPUTE.c.archived_on.is_not(None))
        .order_by(_DISPUTE.c.archived_on, _DISPUTE.c.id)
    )
    return tuple(
        ArchivedDispute(
            id=UUID(row.id),
            retention_code=row.retention_code,
            archived_on=date.fromisoformat(row.archived_on),
        )
        for row in connection.execute(statement)
    )


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


def disputes_of_mediator(
    connection: Connection, mediator_id: UUID, states: Collection[DisputeState]
) -> tuple[UUID, ...]:
    """Return the disputes in ``states`` that a mediator has alone or with others, oldest first."""
    named = func.json_each(_DISPUTE.c.mediator_ids).table_valued("value")
    statement = (
        select(_DISPUTE.c.id)
        .where(_DISPUTE.c.state.in_(states), exists().where(named.c.value == str(mediator_id)))
        .order_by(_DISPUTE.c.id)
    )
    return tuple(UUID(found) for found in connection.execute(statement).scalars())


def disputes_closed(connection: Connection, first: date, last: date) -> tuple[UUID, ...]:
    """Return the disputes closed (结案) from ``first`` to ``last``, in order of that day."""
    statement = (
        select(_DISPUTE.c.id)
        .where(
            _DISPUTE.c.state.in_((DisputeState.CLOSED, DisputeState.ARCHIVED)),
            _DISPUTE.c.closed_on.between(first.isoformat(), last.isoformat()),
        )
        .order_by(_DISPUTE.c.closed_on, _DISPUTE.c.id)
    )
    return tuple(UUID(found) for found in connection.execute(statement).scalars())


def disputes_between(connection: Connection, account: Account, first: date, last: date) -> tuple[UUID, ...]:
    """Return the disputes whose day by ``account`` is from ``first`` to ``last``, in order of that day."""
    day = _DISPUTE.c.accepted_on if account is Account.ACCEPTED else _DISPUTE.c.finished_on
    statement = select(_DISPUTE.c.id).where(day.between(first.isoformat(), last.isoformat()))
    found = connection.execute(statement.order_by(day, _DISPUTE.c.id)).scalars()
    return tuple(UUID(one) for one in found)


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


def settled_disputes(since: date) -> Select[Any]:
    """Select the disputes that came to an end and are not closed, as ``Reader.settled_disputes`` says."""
    after = (DisputeState.PERFORMED, *ENDED)
    return (
        select(_DISPUTE)
        .where(
            or_(
                _DISPUTE.c.state.in_(_OWING),
                _DISPUTE.c.state.in_(after) & (_DISPUTE.c.finished_on >= since.isoformat()),
            )
        )
        .order_by(_DISPUTE.c.id)
    )


def risks_to_report(signs: Collection[str]) -> Select[Any]:
    """Select the risks that carry a signal, or one of ``signs`` among their reasons."""
    table = RECORDS["risk"]
    named = (table.c.reason.contains(sign, autoescape=True) for sign in signs)
    return select(table).where(or_(table.c.signal != "", *named)).order_by(table.c.id)


def checks_to_report() -> Select[Any]:
    """Select every check of the disputes where harm to a minor was ever found or suspected."""
    table = RECORDS["minor_check"]
    found = select(table.c.dispute_id).where(type_coerce(table.c.hits, Text) != "[]")
    return select(table).where(table.c.dispute_id.in_(found)).order_by(table.c.id)


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
    ids = [row.id for row in rows]
    parties, clocks = _parties(connection, ids), clocks_of(connection, rows, ids)
    return tuple(
        DisputeRow(
            id=UUID(row.id),
            number=row.number,
            state=DisputeState(row.state),
            type_code=row.type_code,
            grade_code=row.grade_code,
            registered_on=date.fromisoformat(row.registered_on),
            clock=clock,
            village=row.village,
            parties=tuple(parties.get(row.id, ())),
        )
        for row, clock in zip(rows, clocks, strict=True)
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
