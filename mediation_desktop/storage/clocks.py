"""The time limits of many disputes at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, func, select

from mediation_desktop.domain.lifecycle import IN_MEDIATION
from mediation_desktop.domain.limits import CaseClock, Span
from mediation_desktop.storage.tables import RECORDS

_DISPUTE, _PAUSE, _EXTENSION = RECORDS["dispute"], RECORDS["pause"], RECORDS["extension"]
CLOCK_COLUMNS = ("grade_code", "accepted_on", "reopened_on", "finished_on", "deadline_above")
"""What ``clocks_of`` reads from a row of a dispute besides its ``id``."""


def running_clocks(connection: Connection) -> dict[UUID, CaseClock]:
    """Return the clock of every dispute that is accepted and neither settled nor ended."""
    running = select(_DISPUTE.c.id, *(_DISPUTE.c[name] for name in CLOCK_COLUMNS)).where(
        _DISPUTE.c.state.in_(IN_MEDIATION), _DISPUTE.c.accepted_on.is_not(None)
    )
    rows = connection.execute(running).all()
    clocks = clocks_of(connection, rows, running.with_only_columns(_DISPUTE.c.id))
    return {UUID(row.id): clock for row, clock in zip(rows, clocks, strict=True)}


def clocks_of(
    connection: Connection, rows: Sequence[Row[Any]], ids: Select[tuple[Any]] | list[str]
) -> list[CaseClock]:
    """Return the clock of each row of disputes, in their order; ``ids`` are those of the rows."""
    pauses: dict[str, list[Span]] = {}
    spans = select(_PAUSE.c.dispute_id, _PAUSE.c.from_on, _PAUSE.c.until_on).where(
        _PAUSE.c.dispute_id.in_(ids)
    )
    for dispute_id, start, end in connection.execute(spans):
        pauses.setdefault(dispute_id, []).append(Span(date.fromisoformat(start), _day(end)))
    latest = select(_EXTENSION.c.dispute_id, func.max(_EXTENSION.c.until_on))
    extended = dict(
        connection.execute(
            latest.where(_EXTENSION.c.dispute_id.in_(ids)).group_by(_EXTENSION.c.dispute_id)
        ).all()
    )
    return [
        CaseClock(
            grade_code=row.grade_code,
            started_on=_day(row.reopened_on or row.accepted_on),
            stopped_on=_day(row.finished_on),
            pauses=tuple(pauses.get(row.id, ())),
            extended_to=_day(extended.get(row.id)),
            above=_day(row.deadline_above),
        )
        for row in rows
    ]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
