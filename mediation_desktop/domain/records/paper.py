"""A printed paper, frozen as it left the printer."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from mediation_desktop.domain.records.base import DisputeRecord, Value


class PaperState(StrEnum):
    """已打印 → 已签字待盖章 → 已盖章生效 → 已交各方; an unsigned paper printed anew is 已被替换."""

    PRINTED = "printed"
    SIGNED = "signed"
    SEALED = "sealed"
    DELIVERED = "delivered"
    REPLACED = "replaced"


class Signature(Value, frozen=True, kw_only=True):
    """A signature or fingerprint on the paper. ``party_id`` is ``None`` for the mediator."""

    party_id: UUID | None
    on: date


class Delivery(Value, frozen=True, kw_only=True):
    """One party's receipt for its copy (领取签收)."""

    party_id: UUID
    on: date


class AddedValue(Value, frozen=True, kw_only=True):
    """What was written for a value that the form asks for itself; ``name`` is the form's for it."""

    name: str
    label: str
    text: str


class Printing(Value, frozen=True, kw_only=True):
    """One time that a paper went to the printer: when, how many copies.

    ``pages`` (from 1) are those that were printed where it was not the whole paper.
    """

    at: datetime
    copies: int
    pages: tuple[int, ...] = ()


class IssuedPaper(DisputeRecord, frozen=True, kw_only=True):
    """An issued paper: its bytes never change and are kept under their SHA-256.

    ``copies`` is how many there are to be, ``printings`` what went to the printer of them and when.
    ``party_seals`` are the corporate seals that follow a representative's signature.
    """

    subject_id: UUID
    form: str
    form_version: str
    printed_at: datetime
    copies: int
    pages: int
    pdf_sha256: str
    docx_sha256: str
    state: PaperState = PaperState.PRINTED
    signatures: tuple[Signature, ...] = ()
    party_seals: tuple[Signature, ...] = ()
    sealed_on: date | None = None
    effective_on: date | None = None
    deliveries: tuple[Delivery, ...] = ()
    added: tuple[AddedValue, ...] = ()
    printings: tuple[Printing, ...] = ()


class FiledItem(DisputeRecord, frozen=True, kw_only=True):
    """卷内目录: what the contents say of one item in place of what is counted, or of one more item.

    ``form`` is the form of the paper, with ``subject_id`` the record it is about; of one more item it is the
    part of the dossier.  An item of no sheets is left out.
    """

    form: str
    subject_id: UUID | None = None
    name: str
    sheets: int | None = None
    note: str = ""
