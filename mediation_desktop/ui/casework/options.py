"""Lists to choose from, made of the office's code tables and of its people."""

from collections.abc import Iterable
from typing import TypeVar

from mediation_desktop.domain import records
from mediation_desktop.domain.codes import Entry, Table
from mediation_desktop.ui.widgets.choice import Option

E = TypeVar("E", bound=Entry)


def of_table(table: Table[E]) -> list[Option]:
    """Return a code table's entries; the value is the code."""
    return [Option(entry.code, entry.name, " ".join(entry.aliases)) for entry in table.entries]


def of_names(table: Table[E]) -> list[Option]:
    """Return a table's entries where the record keeps the word itself."""
    return [Option(entry.name, entry.name, " ".join(entry.aliases)) for entry in table.entries]


def of_words(*words: str) -> list[Option]:
    """Return plain words, each its own value."""
    return [Option(word, word) for word in words]


def of_parties(parties: Iterable[records.Party]) -> list[Option]:
    """Return the parties of a dispute; the value is the id as text."""
    return [Option(str(party.id), party.name, party.side) for party in parties]


def of_invited(guests: Iterable[records.InvitedParticipant]) -> list[Option]:
    """Return those asked to help, with who they are and whether the parties agreed (人民调解法 第20条)."""
    return [
        Option(str(guest.id), "，".join(part for part in _guest_words(guest) if part)) for guest in guests
    ]


def _guest_words(guest: records.InvitedParticipant) -> tuple[str, ...]:
    return guest.name, guest.role, "" if guest.consent else "未记同意"


def of_mediators(mediators: Iterable[records.Mediator]) -> list[Option]:
    """Return mediators; the value is the id as text."""
    return [Option(str(mediator.id), mediator.name) for mediator in mediators]
