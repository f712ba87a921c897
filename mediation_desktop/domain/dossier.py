"""Everything that belongs to one dispute, gathered for reading, checking and printing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.records import (
    AcceptanceCheck,
    Agreement,
    Attachment,
    Attempt,
    Closing,
    Committee,
    Confirmation,
    Destruction,
    Dispute,
    Evidence,
    Extension,
    FiledItem,
    FollowUp,
    Investigation,
    InvitedParticipant,
    IssuedPaper,
    Mediator,
    MinorCheck,
    Notice,
    Obligation,
    Outcome,
    Override,
    Party,
    Pause,
    Payment,
    PrivateNote,
    Proposal,
    Refusal,
    Regrading,
    Risk,
    RiskReport,
    SealedRecord,
    Session,
    Sketch,
    StepTaken,
    Studio,
    Subsidy,
    Urging,
)
from mediation_desktop.domain.standing import standing


class Dossier(Struct, frozen=True, kw_only=True):
    """卷宗: one dispute with all its records, parties and obligations in printed order."""

    dispute: Dispute
    committee: Committee
    studio: Studio | None = None
    mediators: tuple[Mediator, ...] = ()
    steps: tuple[StepTaken, ...] = ()
    acceptance_checks: tuple[AcceptanceCheck, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    regradings: tuple[Regrading, ...] = ()
    overrides: tuple[Override, ...] = ()
    parties: tuple[Party, ...] = ()
    invited: tuple[InvitedParticipant, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    notices: tuple[Notice, ...] = ()
    sessions: tuple[Session, ...] = ()
    private_notes: tuple[PrivateNote, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    investigations: tuple[Investigation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    minor_checks: tuple[MinorCheck, ...] = ()
    risks: tuple[Risk, ...] = ()
    risk_reports: tuple[RiskReport, ...] = ()
    sealed_records: tuple[SealedRecord, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    payments: tuple[Payment, ...] = ()
    urgings: tuple[Urging, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    closings: tuple[Closing, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    papers: tuple[IssuedPaper, ...] = ()
    filed_items: tuple[FiledItem, ...] = ()
    destructions: tuple[Destruction, ...] = ()

    @property
    def agreement(self) -> Agreement | None:
        """The newest agreement: the one being drafted, else the last one made (see ``standing``)."""
        return self.agreements[-1] if self.agreements else None

    @property
    def standing(self) -> Agreement | None:
        """The agreement that binds the parties now; before any took effect the newest."""
        return standing(self.agreements, self.papers)

    @property
    def title(self) -> str:
        """卷名 without the type: 甲与乙, or the first of each side and 等."""
        return title_of((party.side, party.name) for party in self.parties)

    def party(self, party_id: UUID) -> Party:
        """Return one of the parties by id."""
        return next(party for party in self.parties if party.id == party_id)

    def speaks_of(self, party_id: UUID) -> bool:
        """Tell whether any record names this party, so that taking the party out would leave a gap."""
        named = {
            *(line.speaker_id for session in self.sessions for line in session.lines),
            *(absence.party_id for session in self.sessions for absence in session.absences),
            *(item.party_id for item in (*self.refusals, *self.attempts, *self.proposals)),
            *(
                item.party_id
                for item in (*self.investigations, *self.evidence, *self.urgings, *self.followups)
            ),
            *(one for item in self.notices for one in item.party_ids),
            *(one for choice in self.dispute.mediator_choices for one in choice.party_ids),
            *(
                one
                for item in (*self.obligations, *self.payments)
                for one in (item.debtor_id, item.creditor_id)
            ),
            *(one for item in self.confirmations for one in item.applicant_ids),
            *(item.party_id for paper in self.papers for item in (*paper.signatures, *paper.deliveries)),
        }
        return party_id in named

    def obligations_of(self, agreement: Agreement) -> tuple[Obligation, ...]:
        """Return the obligations that one agreement created."""
        return tuple(item for item in self.obligations if item.agreement_id == agreement.id)

    def copies_of(self, agreement: Agreement) -> int:
        """Return how many copies to print: every party, the committee, and whoever else is named."""
        return len(self.parties) + 1 + len(agreement.extra_copies)

    def barred_since(self) -> date | None:
        """Return the day from which an unrevoked refusal bars sessions (人民调解法 第17条)."""
        days = [refusal.on for refusal in self.refusals if refusal.consented_again_on is None]
        return min(days, default=None)


def title_of(parties: Iterable[tuple[str, str]]) -> str:
    """Return the title of a dispute from the side and the name of each party, in printed order."""
    sides: dict[str, list[str]] = {}
    for side, name in parties:
        sides.setdefault(side, []).append(name)
    return "与".join(names[0] + ("等" if len(names) > 1 else "") for names in list(sides.values())[:2])
