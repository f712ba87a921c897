"""Whether two registrations are about the same quarrel: same people, place, time, similar words.

Nothing is ever joined by this alone: it only shows the possible twin and why.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from rapidfuzz import fuzz

from mediation_desktop.domain.records import Dispute, Party

_NEAR_DAYS = 30
_SAME_DAYS = 3
_SIMILAR, _ALIKE = 45, 70
"""Likeness of words, 0 to 100, from which two summaries are similar, or all but the same."""


class Matter(Struct, frozen=True):
    """What a dispute is recognised by."""

    dispute: Dispute
    parties: tuple[Party, ...]


class Likeness(Struct, frozen=True):
    """What two matters have in common (``words``: how alike, 0 to 100), and whether they are likely twins."""

    same_people: tuple[str, ...]
    near_in_time: bool
    same_place: bool
    words: int
    twin: bool

    @property
    def reasons(self) -> tuple[str, ...]:
        """What they share, in Chinese."""
        return tuple(
            word
            for word, holds in (
                (f"同有{'、'.join(self.same_people)}", self.same_people),
                ("时间相近", self.near_in_time),
                ("地点相同", self.same_place),
                ("情况相似", self.words >= _SIMILAR),
            )
            if holds
        )


def likeness(new: Matter, old: Matter) -> Likeness:
    """Compare a new matter with one that is kept.

    Twins are: the same people on both sides, near in time or with similar words; one person in common, with
    similar words and near in time; or nobody in common, but the same place, the same days and all but the
    same words, which is how one event reaches the office through two mouths.
    """
    people = _same_people(new.parties, old.parties)
    apart = _days_apart(new.dispute, old.dispute)
    near, same_days = apart <= _NEAR_DAYS, apart <= _SAME_DAYS
    place = _same_place(new.dispute, old.dispute)
    words = round(fuzz.token_set_ratio(_pairs(new.dispute.summary), _pairs(old.dispute.summary)))
    similar = words >= _SIMILAR
    both_sides = len(people) > 1
    twin = (
        (both_sides and (near or similar))
        or (bool(people) and near and similar)
        or (place and same_days and words >= _ALIKE)
    )
    return Likeness(people, near, place, words, twin)


def _same_people(new: Sequence[Party], old: Sequence[Party]) -> tuple[str, ...]:
    """Return the names of those who are parties of both: the same ID number, or the same name."""
    numbers = {party.id_number for party in old if party.id_number}
    names = {party.name for party in old}
    return tuple(party.name for party in new if party.id_number in numbers or party.name in names)


def _days_apart(new: Dispute, old: Dispute) -> int:
    return abs((_day(new) - _day(old)).days)


def _day(dispute: Dispute) -> date:
    return dispute.occurred_on or dispute.registered_on


def _same_place(new: Dispute, old: Dispute) -> bool:
    if not new.village or (new.town, new.village) != (old.town, old.village):
        return False
    return not new.place or not old.place or new.place in old.place or old.place in new.place


def _pairs(text: str) -> str:
    """Return the pairs of neighbouring characters, which stand for the words that Chinese does not part."""
    letters = "".join(filter(str.isalnum, text))
    return " ".join(letters[at : at + 2] for at in range(len(letters) - 1))
