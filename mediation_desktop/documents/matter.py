"""What a paper tells of, and the few turns of phrase that its values share."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import dates
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.papers import day_of
from mediation_desktop.domain.records import Agreement, Committee, Mediator, Record

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Matter(Struct, frozen=True):
    """A dispute with all its records, and of these the one a paper is about (``subject``).

    ``codes`` turns codes into words.  ``mediators`` are all of the office, for a session may be led by
    another than the dispute's own.
    """

    dossier: Dossier
    codes: CodeTables
    subject: Record | None = None
    mediators: tuple[Mediator, ...] = ()

    def about(self, cls: type[R]) -> R | None:
        """Return what the paper is about, if it is of this kind."""
        return self.subject if isinstance(self.subject, cls) else None

    @property
    def committee(self) -> Committee:
        """The committee whose paper it is."""
        return self.dossier.committee

    @property
    def agreement(self) -> Agreement | None:
        """The agreement the paper is about, else the newest."""
        return self.about(Agreement) or self.dossier.agreement

    @property
    def day(self) -> date:
        """The day on which ages count: that of what the paper is about, else the day of acceptance."""
        dispute = self.dossier.dispute
        return (
            (day_of(self.subject) if self.subject else None) or dispute.accepted_on or dispute.registered_on
        )

    def mediators_of(self, ids: Iterable[UUID]) -> tuple[Mediator, ...]:
        """Return mediators by their ids, in that order."""
        known = {one.id: one for one in (*self.mediators, *self.dossier.mediators)}
        return tuple(known[one] for one in ids)


class OfficeMatter(Struct, frozen=True):
    """What the office did, of which a paper tells (``subject``): a hand-over, a month, a register.

    ``on`` is the day on which the paper is made and ``by`` who makes it.
    """

    committee: Committee
    codes: CodeTables
    subject: object
    on: date
    by: str = ""

    def about(self, cls: type[T]) -> T | None:
        """Return what the paper is about, if it is of this kind."""
        return self.subject if isinstance(self.subject, cls) else None


Told = Matter | OfficeMatter
"""What a paper tells of."""


def day(value: date | None) -> str:
    """Return a date as papers print it, nothing for none."""
    return dates.printed(value) if value else ""


def flag(holds: object) -> str:
    """Return a value that conditions take as true or as false."""
    return "是" if holds else ""


def joined(texts: Iterable[str]) -> str:
    """Return a list within a sentence."""
    return "、".join(text for text in texts if text)


def unstopped(text: str) -> str:
    """Return a sentence without its full stop, which forms put themselves."""
    return text.rstrip("。；;. ")
