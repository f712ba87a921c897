"""The questions asked of the register of people, and of the parties as people.

What is typed finds by index; a word anywhere in an entry, or somebody beside a party, by one pass over the
table, which a hundred thousand entries bear.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, or_, select

from mediation_desktop.domain.records import PersonKind
from mediation_desktop.storage.tables import RECORDS

_PERSON, _PARTY, _INVITED = RECORDS["person"], RECORDS["party"], RECORDS["invited"]
_SEARCHED = ("name", "other_names", "id_number", "uscc", "phone", "village")
_BESIDE = ("guardian", "representative", "agents")
_AFTER = chr(0x10FFFF)
"""Sorts behind every text that begins with what stands before it."""


def ids(text: str, kinds: Collection[PersonKind]) -> Select[Any]:
    """Select the ids of the entries that have every word of ``text``, newest first."""
    conditions = [_has_word(word) for word in text.split()]
    if kinds:
        conditions.append(_PERSON.c.kind.in_(kinds))
    return select(_PERSON.c.id).where(*conditions).order_by(_PERSON.c.id.desc())


def of_ids(person_ids: Collection[UUID]) -> Select[Any]:
    """Select these entries, in no particular order."""
    return select(_PERSON).where(_PERSON.c.id.in_([str(one) for one in person_ids]))


def beginning(text: str, limit: int) -> Select[Any]:
    """Select the first entries whose name or ID number begins with ``text``."""
    starts = (column.between(text, text + _AFTER) for column in (_PERSON.c.name, _PERSON.c.id_number))
    return select(_PERSON).where(or_(*starts)).order_by(_PERSON.c.id.desc()).limit(limit)


def alike(names: Collection[str], numbers: Collection[str]) -> Select[Any]:
    """Select the entries of one of these names or numbers."""
    return (
        select(_PERSON)
        .where(
            or_(
                _PERSON.c.name.in_(names),
                _PERSON.c.id_number.in_([one for one in numbers if one]),
            )
        )
        .order_by(_PERSON.c.id)
    )


def parties_who_are(person_ids: Collection[UUID], numbers: Collection[str]) -> Select[Any]:
    """Select the parties that were taken from these entries or bear one of these ID numbers, by index."""
    return (
        select(_PARTY)
        .where(
            or_(
                _PARTY.c.person_id.in_([str(one) for one in person_ids]),
                _PARTY.c.id_number.in_([one for one in numbers if one]),
            )
        )
        .order_by(_PARTY.c.id)
    )


def parties_naming(person_id: UUID, words: Collection[str]) -> Select[Any]:
    """Select the parties that are this entry, or where a name or number stands for it or beside it."""
    named: list[ColumnElement[bool]] = [_PARTY.c.person_id == str(person_id)]
    for word in words:
        named += [_PARTY.c.name == word, _PARTY.c.id_number == word, _PARTY.c.uscc == word]
        named += [_holds(_PARTY, name, word) for name in _BESIDE]
    return select(_PARTY).where(or_(*named)).order_by(_PARTY.c.id)


def guests_named(names: Collection[str]) -> Select[Any]:
    """Select the invited participants of one of these names."""
    return select(_INVITED).where(_INVITED.c.name.in_(names)).order_by(_INVITED.c.id)


def _has_word(word: str) -> ColumnElement[bool]:
    return or_(*(_holds(_PERSON, name, word) for name in _SEARCHED))


def _holds(table: Table, name: str, word: str) -> ColumnElement[bool]:
    return table.c[name].contains(word, autoescape=True)
