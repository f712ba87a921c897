"""Why a mediator should perhaps not mediate between these parties (人民调解法 第13、15、19条).

Nothing here forbids: the committee names another mediator, or writes down why this one stays.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.people import Place, Sameness, Standing, place_of, sameness, standings
from mediation_desktop.domain.records import Mediator, Party, Person, Tie

CONFLICT = "conflict"
"""The code under which the reason for staying is kept (``Override.code``)."""


class ConflictKind(StrEnum):
    """What stands between a mediator and a party; the last three only ask for a second look."""

    SELF = "self"
    HOUSEHOLD = "household"
    TIE = "tie"
    EARLIER = "earlier"
    NAMESAKE = "namesake"
    ADDRESS = "address"
    NEIGHBOUR = "neighbour"


_HINTS = frozenset({ConflictKind.NAMESAKE, ConflictKind.ADDRESS, ConflictKind.NEIGHBOUR})


class Conflict(Struct, frozen=True):
    """One reason, in words. ``certain`` is false where it has to be looked into first."""

    mediator_id: UUID
    party_id: UUID
    kind: ConflictKind
    reason: str
    certain: bool = True


class Earlier(Struct, frozen=True):
    """Another dispute and everyone who stood in it."""

    dispute_id: UUID
    number: str
    standings: tuple[Standing, ...]


class Known(Struct, frozen=True, kw_only=True):
    """What the office knows: entries of the register, ties, other disputes, the words of tie kinds."""

    people: tuple[Person, ...] = ()
    ties: tuple[Tie, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    tie_words: dict[str, str] = {}

    def person_of(self, standing: Standing) -> Person | None:
        """Return the entry of somebody in a dispute, by link or number."""
        sure = (one for one in self.people if sameness(one, standing) is Sameness.SURE)
        return next(iter(sorted(sure, key=lambda one: one.id != standing.person_id)), None)

    def entry(self, person_id: UUID | None) -> Person | None:
        """Return an entry by its id."""
        return next((one for one in self.people if one.id == person_id), None)


def conflicts(mediator: Mediator, parties: Sequence[Party], known: Known) -> tuple[Conflict, ...]:
    """Return every reason why ``mediator`` stands near one of ``parties`` or near who acts for them."""
    own = known.entry(mediator.person_id)
    return tuple(
        conflict
        for party in parties
        for standing in standings(party)
        for conflict in _between(mediator, own, party, standing, known)
    )


def _between(
    mediator: Mediator, own: Person | None, party: Party, standing: Standing, known: Known
) -> Iterator[Conflict]:
    who = _named(party, standing)

    def found(kind: ConflictKind, reason: str, *, certain: bool = True) -> Conflict:
        return Conflict(mediator.id, party.id, kind, reason, certain and kind not in _HINTS)

    same = sameness(own, standing) if own else None
    if same is Sameness.SURE:
        yield found(ConflictKind.SELF, f"{mediator.name}就是{who}")
        return
    other = known.person_of(standing)
    if same is Sameness.NAMESAKE or (own is None and standing.name == mediator.name):
        yield found(ConflictKind.NAMESAKE, f"{mediator.name}与{who}同名，请核对是不是本人")
    household = bool(own and other and own.household_id and own.household_id == other.household_id)
    if household:
        yield found(ConflictKind.HOUSEHOLD, f"{mediator.name}与{who}是同一户")
    for tie in _ties(mediator, other, known):
        word = known.tie_words.get(tie.kind, tie.kind) + (f"：{tie.note}" if tie.note else "")
        yield found(ConflictKind.TIE, f"{mediator.name}与{who}有登记的关系（{word}）")
    if own and standing.main:
        for number, role, certain in _earlier(own, standing, known.earlier):
            doubt = "" if certain else "（同名，请核对）"
            yield found(
                ConflictKind.EARLIER,
                f"{mediator.name}曾在{who}的另一件纠纷（{number}）中是{role}{doubt}",
                certain=certain,
            )
        if not household and (kind := _near(own, _place(party, other))):
            word = "住址相同" if kind is ConflictKind.ADDRESS else "住在同一条巷（组）"
            yield found(kind, f"{mediator.name}与{who}{word}")


def _named(party: Party, standing: Standing) -> str:
    role = f"{party.side}{party.name}"
    return role if standing.main else f"{role}的{standing.role}{standing.name}"


def _ties(mediator: Mediator, other: Person | None, known: Known) -> Iterator[Tie]:
    """Yield the ties with somebody, or with the whole household."""
    if other:
        for tie in known.ties:
            if tie.mediator_id == mediator.id and tie.person_id in (other.id, other.household_id):
                yield tie


def _earlier(own: Person, standing: Standing, earlier: Iterable[Earlier]) -> Iterator[tuple[str, str, bool]]:
    """Yield number, the mediator's role and whether it is sure, of each dispute both stood in."""
    for dispute in earlier:
        if dispute.dispute_id == standing.dispute_id or not _was_party(standing, dispute):
            continue
        for one in dispute.standings:
            same = sameness(own, one)
            if same and one.party_id:
                yield dispute.number, one.role, same is Sameness.SURE
                break


def _was_party(standing: Standing, dispute: Earlier) -> bool:
    return any(
        one.main
        and (
            (one.person_id is not None and one.person_id == standing.person_id)
            or (bool(one.number) and one.number == standing.number)
        )
        for one in dispute.standings
    )


def _place(party: Party, other: Person | None) -> Place:
    return place_of(party.address or (other.address if other else ""), other.village if other else "")


def _near(own: Person, there: Place) -> ConflictKind | None:
    """Tell whether two live at one address, or in one lane of one village."""
    here = place_of(own.address, own.village)
    if not here.village or here.village != there.village or here.lane != there.lane:
        return None
    if here.house and here.house == there.house:
        return ConflictKind.ADDRESS
    return ConflictKind.NEIGHBOUR if here.lane else None
