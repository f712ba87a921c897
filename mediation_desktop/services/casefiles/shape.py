"""The shape of a dispute file (TOML), as people write it: Chinese words, parties named by short ids.

Unknown keys are refused, so that a mistyped key is told and not lost.
"""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from mediation_desktop.domain import records
from mediation_desktop.domain.money import LARGEST_FEN

Fen = Annotated[int, Meta(ge=0, le=LARGEST_FEN)]
Count = Annotated[int, Meta(ge=1, le=1_000_000)]
Percent = Annotated[int, Meta(ge=0, le=100)]
WallTime = Annotated[datetime, Meta(tz=False)]
"""The time on the office's wall; with another zone it would be another moment."""


class Shape(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Base of every table in a dispute file."""


class CommitteeShape(Shape, kw_only=True):
    """``[committee]``; ``phones`` are those of mediators, by name."""

    name: str
    studio: str = ""
    mediators: list[str] = []
    recorder: str = ""
    phones: dict[str, str] = {}


class DisputeShape(Shape, kw_only=True):
    """``[dispute]``."""

    type: str
    source: str
    source_note: str = ""
    referred_by: str = ""
    referral_number: str = ""
    referred_on: date | None = None
    grade: str
    occurred_on: date | None = None
    applied_on: date | None = None
    accepted_on: date | None = None
    closed_on: date | None = None
    town: str = ""
    village: str = ""
    place: str = ""
    people_involved: Count | None = None
    special_groups: list[str] = []
    document_numbers: list[str] = []
    landmarks: dict[str, str] = {}
    summary: str = ""
    requests: list[str] = []
    amount_claimed_fen: Fen | None = None


class GuardianShape(Shape, kw_only=True):
    """``[party.guardian]``."""

    name: str
    relation: str = ""
    id_number: str = ""
    phone: str = ""
    proof: str = ""
    other_parent: str = ""


class AgentShape(Shape, kw_only=True):
    """``[party.agent]``."""

    name: str
    relation: str = ""
    id_number: str = ""
    phone: str = ""
    power: str = "一般代理"
    scope: list[str] = []
    proof: str = ""


class RepresentativeShape(Shape, kw_only=True):
    """``[party.representative]``."""

    name: str
    title: str = ""
    certificate: bool = False


class PartyShape(Shape, kw_only=True):
    """``[[party]]``."""

    id: str
    side: str
    kind: records.PartyKind = records.PartyKind.PERSON
    name: str
    sex: str = ""
    id_number: str = ""
    uscc: str = ""
    nation: str = ""
    occupation: str = ""
    phone: str = ""
    address: str = ""
    household: bool = False
    representative_note: str = ""
    document_missing: str = ""
    guardian: GuardianShape | None = None
    agent: AgentShape | None = None
    representative: RepresentativeShape | None = None


class InvitedShape(Shape, kw_only=True):
    """``[[invited]]``."""

    name: str
    role: str = ""
    consent: bool = False


class NoticeShape(Shape, kw_only=True):
    """``[[notice]]``."""

    kind: str = ""
    how: str
    at: WallTime
    by: str


class EvidenceShape(Shape, kw_only=True):
    """``[[evidence]]``."""

    kind: str
    name: str
    provider: str = ""
    original: bool | None = None
    pages: Count | None = None


class LineShape(Shape, kw_only=True):
    """``[[session.record]]``."""

    who: str
    said: str


class SessionShape(Shape, kw_only=True):
    """``[[session]]``; one without a result is still to come."""

    at: WallTime
    place: str = ""
    public: bool | None = None
    sheets: Count | None = None
    result: str = ""
    next_on: date | None = None
    record: list[LineShape] = []


class QuestionShape(Shape, kw_only=True):
    """``[[investigation.question]]``."""

    question: str
    answer: str = ""


class InvestigationShape(Shape, kw_only=True):
    """``[[investigation]]``."""

    at: WallTime
    place: str = ""
    asked: str
    present: list[str] = []
    investigator: str = ""
    recorder: str = ""
    sheets: Count | None = None
    question: list[QuestionShape] = []


class ProposalShape(Shape, kw_only=True):
    """``[[proposal]]``."""

    by: str
    text: str
    state: str = ""


class InstalmentShape(Shape, kw_only=True):
    """One entry of ``instalments``."""

    due: date
    amount_fen: Fen


class ObligationShape(Shape, kw_only=True):
    """``[[agreement.obligation]]``."""

    debtor: str
    creditor: str
    what: str = ""
    amount_fen: Fen | None = None
    method: str = ""
    place: str = ""
    account: str = ""
    due: date | None = None
    instalments: list[InstalmentShape] = []


class SigningShape(Shape, kw_only=True):
    """``[agreement.signing]``: days by party id, and ``mediator``."""

    signed: dict[str, date] = {}
    party_seals: dict[str, date] = {}
    sealed_on: date | None = None


class AgreementShape(Shape, kw_only=True):
    """``[agreement]``."""

    facts: str = ""
    responsibility: str = ""
    agreed_on: date | None = None
    co_owners: str = ""
    terms: list[str]
    items: dict[str, Fen] = {}
    total_fen: Fen | None = None
    borne_percent: Percent | None = None
    borne_fen: Fen | None = None
    paid_before_fen: Fen | None = None
    due_fen: Fen | None = None
    extra_copies: list[str] = []
    obligation: list[ObligationShape] = []
    signing: SigningShape | None = None


class OralAgreementShape(Shape, kw_only=True):
    """``[oral_agreement]``."""

    agreed_on: date
    terms: list[str]
    facts: str = ""
    obligation: list[ObligationShape] = []


class RefusalShape(Shape, kw_only=True):
    """``[refusal]``."""

    by: str
    on: date
    how: str = ""


class TerminationShape(Shape, kw_only=True):
    """``[termination]``."""

    on: date
    reason: str
    routes_told: list[str] = []


class ReferralShape(Shape, kw_only=True):
    """``[referral]``."""

    accepted: bool = False
    on: date
    reason: str
    to: str = ""
    routes_told: list[str] = []


class ConfirmationShape(Shape, kw_only=True):
    """``[confirmation]``."""

    court: str
    applicants: list[str] = []
    applied_on: date | None = None
    materials: list[str] = []
    note: str = ""
    result: str = ""
    ruling_number: str = ""
    ruled_on: date | None = None


class PaymentShape(Shape, kw_only=True):
    """``[[payment]]``."""

    debtor: str
    creditor: str
    amount_fen: Fen
    on: date
    proof: str = ""


class FollowUpShape(Shape, kw_only=True):
    """``[[followup]]``."""

    on: date
    how: str = ""
    by: str = ""
    party: str = ""
    performance: str = ""
    satisfaction: str = ""
    relapse: str = ""
    result: str = ""
    next_on: date | None = None


class ClosingShape(Shape, kw_only=True):
    """``[closing]``."""

    on: date
    by: str
    result: str
    summary: str = ""


class MinorCheckShape(Shape, kw_only=True):
    """``[minor_check]``."""

    on: date
    by: str
    result: str


class RiskReportShape(Shape, kw_only=True):
    """``[[risk.report]]``."""

    to: str
    officer: str = ""
    at: WallTime
    how: str = ""
    reply: str = ""


class RiskShape(Shape, kw_only=True):
    """``[risk]``."""

    level: str
    reason: str = ""
    measures: list[str] = []
    report: list[RiskReportShape] = []


class CaseShape(Shape, kw_only=True):
    """A whole dispute file. ``check`` holds wording examples and is not stored."""

    committee: CommitteeShape
    dispute: DisputeShape
    party: list[PartyShape] = []
    invited: list[InvitedShape] = []
    notice: list[NoticeShape] = []
    evidence: list[EvidenceShape] = []
    session: list[SessionShape] = []
    investigation: list[InvestigationShape] = []
    proposal: list[ProposalShape] = []
    agreement: AgreementShape | None = None
    oral_agreement: OralAgreementShape | None = None
    refusal: RefusalShape | None = None
    termination: TerminationShape | None = None
    referral: ReferralShape | None = None
    confirmation: ConfirmationShape | None = None
    payment: list[PaymentShape] = []
    followup: list[FollowUpShape] = []
    closing: ClosingShape | None = None
    minor_check: MinorCheckShape | None = None
    risk: RiskShape | None = None
    check: dict[str, str] = {}
