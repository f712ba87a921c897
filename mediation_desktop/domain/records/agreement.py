"""调解协议, written or oral, and its performance."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from mediation_desktop.domain.records.base import DisputeRecord, Value


class AgreementForm(StrEnum):
    """书面 (人民调解法 第29条) or 口头 (第30条)."""

    WRITTEN = "written"
    ORAL = "oral"


class AmountItem(Value, frozen=True, kw_only=True):
    """One named part of a total, such as 医疗费."""

    name: str
    amount_fen: int


class Amounts(Value, frozen=True, kw_only=True):
    """The five amounts that are never mixed (fen): total loss, share borne, paid before, still due."""

    items: tuple[AmountItem, ...] = ()
    total_fen: int | None = None
    borne_percent: int | None = None
    borne_fen: int | None = None
    paid_before_fen: int | None = None
    due_fen: int | None = None


class Agreement(DisputeRecord, frozen=True, kw_only=True):
    """调解协议. ``extra_copies`` names who else gets one besides every party and the committee."""

    number: str
    form: AgreementForm = AgreementForm.WRITTEN
    facts: str = ""
    responsibility: str = ""
    terms: tuple[str, ...] = ()
    amounts: Amounts = Amounts()
    extra_copies: tuple[str, ...] = ()
    agreed_on: date | None = None


class Instalment(Value, frozen=True, kw_only=True):
    """One part of a payment."""

    due_on: date
    amount_fen: int


class Obligation(DisputeRecord, frozen=True, kw_only=True):
    """履行义务: an act (``what``) or a payment (``amount_fen``), who owes it to whom, how, where, by when."""

    agreement_id: UUID
    position: int
    debtor_id: UUID
    creditor_id: UUID
    what: str = ""
    amount_fen: int | None = None
    method: str = ""
    place: str = ""
    account: str = ""
    due_on: date | None = None
    instalments: tuple[Instalment, ...] = ()


class Payment(DisputeRecord, frozen=True, kw_only=True):
    """Money that changed hands in performance of an agreement."""

    debtor_id: UUID
    creditor_id: UUID
    amount_fen: int
    on: date
    proof: str = ""


class FollowUp(DisputeRecord, frozen=True, kw_only=True):
    """回访: a visit to see whether the agreement holds (form J)."""

    on: date
    how: str = ""
    by: str = ""
    result: str = ""


class Confirmation(DisputeRecord, frozen=True, kw_only=True):
    """司法确认: the joint application to a court and its answer (人民调解法 第33条)."""

    court: str
    applicant_ids: tuple[UUID, ...] = ()
    applied_on: date | None = None
    materials: tuple[str, ...] = ()
    note: str = ""
    result: str = ""
    ruling_number: str = ""
    ruled_on: date | None = None
