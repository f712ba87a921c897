"""What every vocabulary is made of: the realm of a paper, what it is about, and its lists."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from mediation_desktop.documents import filed, values
from mediation_desktop.documents.matter import Matter, OfficeMatter, Told
from mediation_desktop.documents.values import Table


class Realm(Struct, frozen=True):
    """Papers of one dispute, or of the office: what they tell of, and the values that all of them know."""

    name: str
    matter: type[Matter | OfficeMatter]
    table: Table[None]


DISPUTE = Realm("dispute", Matter, {**values.GENERAL, **filed.FILE})


class About(Struct, frozen=True):
    """What a paper can be about: how to find it, its values, and what to say when it is not there."""

    find: Callable[[Any], object]
    table: Table[Any]
    absent: str
    advice: str
    realm: Realm = DISPUTE


class Listed(Struct, frozen=True):
    """A list for ``each``: its items in a matter (``outer`` is the item it stands within) and their values.

    ``noun`` makes the value ``noun.number``, which counts from 1.  ``within`` names the list, the ``about``
    or the realm without which it is not known.
    """

    noun: str
    items: Callable[[Any, Any], Sequence[Any]]
    table: Table[Any]
    within: str = DISPUTE.name

    def scopes(self, matter: Told, outer: object) -> Iterator[tuple[values.Values, object]]:
        """Return every item with its values."""
        for place, item in enumerate(self.items(matter, outer), 1):
            yield {f"{self.noun}.number": str(place), **values.values_of(self.table, item, matter)}, item

    @property
    def names(self) -> frozenset[str]:
        """The values that every item adds."""
        return frozenset({f"{self.noun}.number", *self.table})
