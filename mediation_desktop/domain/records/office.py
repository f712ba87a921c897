"""The office and the people who work in it."""

from dataclasses import dataclass
from uuid import UUID

from mediation_desktop.domain.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee(Record):
    """人民调解委员会. Its seal, and no other, goes on agreements (司规〔2018〕3号 for studios)."""

    name: str
    town: str = ""
    village: str = ""
    number_word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio(Record):
    """调解工作室: works under a committee and uses that committee's seal."""

    committee_id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator(Record):
    """人民调解员 of the committee (人民调解法 第13、14条)."""

    committee_id: UUID
    name: str
    phone: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Record):
    """One installation: the committee or studio that works at this desk.

    ``code`` is the office code the county gave out; it opens every bundle's file name.
    ``number_block`` keeps two PCs of one office from giving the same number.
    """

    code: str
    name: str
    committee_id: UUID
    studio_id: UUID | None = None
    recorder: str = ""
    number_block: str = ""
