"""The office and the people who work in it."""

from uuid import UUID

from mediation_desktop.domain.records.base import Record


class Committee(Record, frozen=True, kw_only=True):
    """人民调解委员会. Its seal, and no other, goes on agreements (司规〔2018〕3号 for studios)."""

    name: str
    town: str = ""
    village: str = ""
    number_word: str = ""


class Studio(Record, frozen=True, kw_only=True):
    """调解工作室: works under a committee and uses that committee's seal."""

    committee_id: UUID
    name: str


class Mediator(Record, frozen=True, kw_only=True):
    """人民调解员 of the committee (人民调解法 第13、14条)."""

    committee_id: UUID
    name: str
    phone: str = ""
    active: bool = True


class Office(Record, frozen=True, kw_only=True):
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
