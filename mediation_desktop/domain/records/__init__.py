"""The records of the house, and the one list of their kinds.

The database tables, the bundle's JSON and its schema are all derived from these definitions.
"""

from mediation_desktop.domain.records.agreement import (
    Agreement,
    AgreementChange,
    AgreementForm,
    AmountItem,
    Amounts,
    Closing,
    Confirmation,
    FollowUp,
    Instalment,
    Obligation,
    Payment,
    Subsidy,
    Term,
    Urging,
)
from mediation_desktop.domain.records.base import (
    DisputeRecord,
    Record,
)
from mediation_desktop.domain.records.dispute import (
    AcceptanceCheck,
    Answer,
    Dispute,
    DisputeState,
    Extension,
    Landmark,
    MediatorChoice,
    Outcome,
    Override,
    Pause,
    Regrading,
    StepTaken,
)
from mediation_desktop.domain.records.mediation import (
    Absence,
    Attachment,
    Attempt,
    Evidence,
    Investigation,
    Mark,
    Notice,
    PrivateNote,
    Proposal,
    Question,
    RecordLine,
    Session,
    SessionState,
    Sketch,
)
from mediation_desktop.domain.records.office import (
    Committee,
    Destruction,
    Handover,
    Mediator,
    Office,
    Studio,
    Training,
)
from mediation_desktop.domain.records.paper import (
    Delivery,
    IssuedPaper,
    PaperState,
    Signature,
)
from mediation_desktop.domain.records.party import (
    Agent,
    AgentPower,
    Capacity,
    Guardian,
    InvitedParticipant,
    Party,
    PartyKind,
    Refusal,
    Representative,
)
from mediation_desktop.domain.records.people import (
    Enquiry,
    Person,
    PersonKind,
    Tie,
)
from mediation_desktop.domain.records.safety import (
    MinorCheck,
    Risk,
    RiskReport,
    SealedRecord,
)
from mediation_desktop.domain.records.trace import (
    FieldChange,
    HistoryLine,
    Revision,
)

KINDS: dict[str, type[Record]] = {
    "office": Office,
    "committee": Committee,
    "studio": Studio,
    "mediator": Mediator,
    "training": Training,
    "handover": Handover,
    "destruction": Destruction,
    "enquiry": Enquiry,
    "person": Person,
    "tie": Tie,
    "dispute": Dispute,
    "step_taken": StepTaken,
    "acceptance_check": AcceptanceCheck,
    "pause": Pause,
    "extension": Extension,
    "regrading": Regrading,
    "override": Override,
    "party": Party,
    "invited": InvitedParticipant,
    "refusal": Refusal,
    "attempt": Attempt,
    "notice": Notice,
    "session": Session,
    "private_note": PrivateNote,
    "proposal": Proposal,
    "investigation": Investigation,
    "evidence": Evidence,
    "attachment": Attachment,
    "sketch": Sketch,
    "minor_check": MinorCheck,
    "risk": Risk,
    "risk_report": RiskReport,
    "sealed_record": SealedRecord,
    "outcome": Outcome,
    "agreement": Agreement,
    "obligation": Obligation,
    "payment": Payment,
    "urging": Urging,
    "followup": FollowUp,
    "closing": Closing,
    "subsidy": Subsidy,
    "confirmation": Confirmation,
    "paper": IssuedPaper,
}

STAYS_HERE: frozenset[str] = frozenset(
    {
        *("minor_check", "sealed_record", "private_note"),
        *("enquiry", "person", "tie", "training", "handover", "destruction"),
    }
)
"""Kinds that are in no bundle: special records, and what concerns nobody but this office."""

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
    "Absence",
    "AcceptanceCheck",
    "Agent",
    "AgentPower",
    "Agreement",
    "AgreementChange",
    "AgreementForm",
    "AmountItem",
    "Amounts",
    "Answer",
    "Attachment",
    "Attempt",
    "Capacity",
    "Closing",
    "Committee",
    "Confirmation",
    "Delivery",
    "Destruction",
    "Dispute",
    "DisputeRecord",
    "DisputeState",
    "Enquiry",
    "Evidence",
    "Extension",
    "FieldChange",
    "FollowUp",
    "Guardian",
    "Handover",
    "HistoryLine",
    "Instalment",
    "Investigation",
    "InvitedParticipant",
    "IssuedPaper",
    "Landmark",
    "Mark",
    "Mediator",
    "MediatorChoice",
    "MinorCheck",
    "Notice",
    "Obligation",
    "Office",
    "Outcome",
    "Override",
    "PaperState",
    "Party",
    "PartyKind",
    "Pause",
    "Payment",
    "Person",
    "PersonKind",
    "PrivateNote",
    "Proposal",
    "Question",
    "Record",
    "RecordLine",
    "Refusal",
    "Regrading",
    "Representative",
    "Revision",
    "Risk",
    "RiskReport",
    "SealedRecord",
    "Session",
    "SessionState",
    "Signature",
    "Sketch",
    "StepTaken",
    "Studio",
    "Subsidy",
    "Term",
    "Tie",
    "Training",
    "Urging",
    "kind_of",
]
