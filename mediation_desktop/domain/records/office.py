"""The office and the people who work in it."""

from datetime import date
from uuid import UUID

from mediation_desktop.domain.records.base import Record


class Committee(Record, frozen=True, kw_only=True):
    """人民调解委员会. Its seal, and no other, goes on agreements (司规〔2018〕3号 for studios).

    Its members are elected for three years (人民调解法 第9条); ``mixed_area`` asks for a member of a smaller
    nationality (第8条).
    """

    name: str
    town: str = ""
    village: str = ""
    number_word: str = ""
    elected_on: date | None = None
    term_ends_on: date | None = None
    mixed_area: bool = False


class Studio(Record, frozen=True, kw_only=True):
    """调解工作室: works under a committee and uses that committee's seal."""

    committee_id: UUID
    name: str


class Mediator(Record, frozen=True, kw_only=True):
    """人民调解员 of the committee, elected or hired (人民调解法 第13、14条).

    ``role`` is a word of the table of roles (主任, 副主任, 委员, 聘任).  ``person_id`` is the mediator's
    own entry in the register of people, by which kin and earlier dealings are found.
    """

    committee_id: UUID
    name: str
    phone: str = ""
    active: bool = True
    role: str = ""
    sex: str = ""
    nation: str = ""
    education: str = ""
    since_on: date | None = None
    until_on: date | None = None
    person_id: UUID | None = None


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


class Training(Record, frozen=True, kw_only=True):
    """培训: what a mediator was taught, when and by whom."""

    mediator_id: UUID
    on: date
    topic: str
    hours: int | None = None
    organiser: str = ""


class Handover(Record, frozen=True, kw_only=True):
    """移交: open disputes, duties, files and keys that go from one person to the next, signed by both."""

    on: date
    from_name: str
    to_name: str
    reason: str = ""
    dispute_ids: tuple[UUID, ...] = ()
    duties: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    note: str = ""
    from_signed_on: date | None = None
    to_signed_on: date | None = None


class Destruction(Record, frozen=True, kw_only=True):
    """销毁清单: dossiers past their time, destroyed on the word of two people."""

    on: date
    dispute_ids: tuple[UUID, ...]
    first_name: str
    second_name: str
    note: str = ""
