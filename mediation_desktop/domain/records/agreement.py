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


class Term(Value, frozen=True, kw_only=True):
    """One term.  ``proposal_id`` is the accepted point it came from; it says what that point says."""

    text: str
    proposal_id: UUID | None = None


class AgreementChange(StrEnum):
    """What a later agreement does to the earlier one: 变更 some of it, or 替代 it as a whole."""

    AMENDS = "amends"
    REPLACES = "replaces"


class Agreement(DisputeRecord, frozen=True, kw_only=True):
    """调解协议. ``extra_copies`` names who else gets one besides every party and the committee.

    ``earlier_id`` is the agreement this one changes.  ``co_owners`` answers whether the property has other
    owners and whether they agreed.
    """

    number: str
    form: AgreementForm = AgreementForm.WRITTEN
    facts: str = ""
    responsibility: str = ""
    terms: tuple[Term, ...] = ()
    amounts: Amounts = Amounts()
    extra_copies: tuple[str, ...] = ()
    agreed_on: date | None = None
    co_owners: str = ""
    earlier_id: UUID | None = None
    change: AgreementChange | None = None


class Instalment(Value, frozen=True, kw_only=True):
    """One part of a payment."""

    due_on: date
    amount_fen: int


class Obligation(DisputeRecord, frozen=True, kw_only=True):
    """履行义务: an act (``what``) or a payment (``amount_fen``), who owes it to whom, how, where, by when.

    ``standard`` says when an act counts as done.  ``performed_on`` is for acts; what is paid, payments tell.
    """

    agreement_id: UUID
    position: int
    debtor_id: UUID
    creditor_id: UUID
    what: str = ""
    standard: str = ""
    amount_fen: int | None = None
    method: str = ""
    place: str = ""
    account: str = ""
    due_on: date | None = None
    instalments: tuple[Instalment, ...] = ()
    performed_on: date | None = None
    performed_note: str = ""


class Payment(DisputeRecord, frozen=True, kw_only=True):
    """Money that changed hands in performance of an agreement; ``proof`` is the receipt or bank slip."""

    debtor_id: UUID
    creditor_id: UUID
    amount_fen: int
    on: date
    proof: str = ""


class Urging(DisputeRecord, frozen=True, kw_only=True):
    """催促履行: a reminder of something due that was not performed, and what the debtor said."""

    on: date
    party_id: UUID
    obligation_id: UUID | None = None
    how: str = ""
    by: str = ""
    reply: str = ""


class FollowUp(DisputeRecord, frozen=True, kw_only=True):
    """回访: a visit to see whether the agreement holds (form J); ``next_on`` is when to look again.

    ``performance``, ``satisfaction`` and ``relapse`` are words of the code tables of those names.
    """

    on: date
    how: str = ""
    by: str = ""
    party_id: UUID | None = None
    performance: str = ""
    satisfaction: str = ""
    relapse: str = ""
    result: str = ""
    next_on: date | None = None


class Closing(DisputeRecord, frozen=True, kw_only=True):
    """结案报告: how the dispute ended, in the mediator's words."""

    on: date
    by: str
    result: str
    summary: str = ""


class Subsidy(DisputeRecord, frozen=True, kw_only=True):
    """以案定补: what one mediator is due for one dispute; a dispute counts once. Fen.

    ``month`` is written ``2026-10``; ``rule`` names the entry of the table that gave the amount.
    """

    mediator_id: UUID
    month: str
    rule: str
    amount_fen: int
    on: date
    note: str = ""


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
