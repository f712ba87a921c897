"""The records of the house, and the one list of their kinds.

The database tables, the bundle's JSON and its schema are all derived from these definitions.
"""

from mediation_desktop.domain.records.agreement import (
    Agreement,
    AgreementForm,
    AmountItem,
    Amounts,
    Confirmation,
    FollowUp,
    Instalment,
    Obligation,
    Payment,
)
from mediation_desktop.domain.records.base import DisputeRecord, Record
from mediation_desktop.domain.records.dispute import (
    Dispute,
    DisputeState,
    Evidence,
    Landmark,
    MinorCheck,
    Notice,
    Outcome,
    Proposal,
    RecordLine,
    Risk,
    RiskReport,
    Session,
    SessionState,
)
from mediation_desktop.domain.records.office import Committee, Mediator, Office, Studio
from mediation_desktop.domain.records.paper import Delivery, IssuedPaper, PaperState, Signature
from mediation_desktop.domain.records.party import (
    Agent,
    AgentPower,
    Guardian,
    InvitedParticipant,
    Party,
    PartyKind,
    Refusal,
    Representative,
)
from mediation_desktop.domain.records.trace import FieldChange, HistoryLine, Revision

KINDS: dict[str, type[Record]] = {
    "office": Office,
    "committee": Committee,
    "studio": Studio,
    "mediator": Mediator,
    "dispute": Dispute,
    "party": Party,
    "invited": InvitedParticipant,
    "refusal": Refusal,
    "notice": Notice,
    "session": Session,
    "proposal": Proposal,
    "evidence": Evidence,
    "minor_check": MinorCheck,
    "risk": Risk,
    "risk_report": RiskReport,
    "outcome": Outcome,
    "agreement": Agreement,
    "obligation": Obligation,
    "payment": Payment,
    "followup": FollowUp,
    "confirmation": Confirmation,
    "paper": IssuedPaper,
}

STAYS_HERE: frozenset[str] = frozenset({"minor_check"})
"""Kinds that are special records: they are in no bundle."""

SCHEMA_VERSION = 1
"""Version of the record definitions, written into every revision."""


def kind_of(record: Record | type[Record]) -> str:
    """Return the short name of a record's kind."""
    return _NAMES[record if isinstance(record, type) else type(record)]


_NAMES = {cls: name for name, cls in KINDS.items()}

__all__ = [
    "KINDS",
    "SCHEMA_VERSION",
    "STAYS_HERE",
    "Agent",
    "AgentPower",
    "Agreement",
    "AgreementForm",
    "AmountItem",
    "Amounts",
    "Committee",
    "Confirmation",
    "Delivery",
    "Dispute",
    "DisputeRecord",
    "DisputeState",
    "Evidence",
    "FieldChange",
    "FollowUp",
    "Guardian",
    "HistoryLine",
    "Instalment",
    "InvitedParticipant",
    "IssuedPaper",
    "Landmark",
    "Mediator",
    "MinorCheck",
    "Notice",
    "Obligation",
    "Office",
    "Outcome",
    "PaperState",
    "Party",
    "PartyKind",
    "Payment",
    "Proposal",
    "Record",
    "RecordLine",
    "Refusal",
    "Representative",
    "Revision",
    "Risk",
    "RiskReport",
    "Session",
    "SessionState",
    "Signature",
    "Studio",
    "kind_of",
]
