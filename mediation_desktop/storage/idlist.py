"""The ids of everything a question finds, however many."""

from collections.abc import Sequence
from typing import Any, overload
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

_LENGTH = 36
"""Of an id's text, as every table keeps it."""

_STEP = _LENGTH + 1


class IdList(Sequence[UUID]):
    """Ids in their order, each made when it is looked at.

    They stand in one text: a hundred thousand take 4 MB, are read in one step in which other threads go on,
    and finding one among them asks no other.
    """

    def __init__(self, joined: str) -> None:
        """Take the ids' texts with a comma between them."""
        self._joined = joined

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> UUID: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[UUID, ...]: ...
    def __getitem__(self, at: int | slice) -> UUID | tuple[UUID, ...]:
        """Return the id at a place, or those of a part of the list."""
        found = self._places[at]
        if isinstance(found, range):
            return tuple(self._made(place) for place in found)
        return self._made(found)

    def __contains__(self, one: object) -> bool:
        """Say whether an id is among them."""
        return isinstance(one, UUID) and str(one) in self._joined

    def index(self, value: UUID, start: int = 0, stop: int | None = None) -> int:
        """Return the place of an id.

        Raises:
            ValueError: it is not among them.
        """
        end = len(self._joined) if stop is None else stop * _STEP
        return self._joined.index(str(value), start * _STEP, end) // _STEP

    @property
    def _places(self) -> range:
        return range(0, len(self._joined), _STEP)

    def _made(self, place: int) -> UUID:
        return UUID(self._joined[place : place + _LENGTH])


def ids_found(connection: Connection, statement: Select[tuple[Any]]) -> IdList:
    """Return the one column of ids that ``statement`` selects, in its order."""
    found = statement.subquery()
    return IdList(connection.execute(select(func.group_concat(found.c[0]))).scalar_one() or "")
