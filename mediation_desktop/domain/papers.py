"""文书: which papers a dispute can have now, what each is about, and what becomes of it once printed."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import UNSETTLED
from mediation_desktop.domain.records import (
    Agreement,
    AgreementForm,
    Dispute,
    FollowUp,
    Investigation,
    IssuedPaper,
    Outcome,
    PaperState,
    Party,
    Record,
    Session,
    SessionState,
)
from mediation_desktop.domain.times import printed_moment

AGREEMENT = "agreement"


class Way(StrEnum):
    """What becomes of a printed paper: it is signed and sealed into effect, only signed, or handed over."""

    SEALED = "sealed"
    SIGNED = "signed"
    HANDED = "handed"


def _everybody(dossier: Dossier, _: UUID) -> tuple[Party, ...]:
    return dossier.parties


def _nobody(_: Dossier, __: UUID) -> tuple[Party, ...]:
    """Only people of the committee sign; on oral agreements see 人民调解法 第30条."""
    return ()


class PaperKind(Struct, frozen=True):
    """One kind of paper: its form, its everyday name, and the records of which there is one now.

    ``concerned`` are the parties who sign it or are handed it, by the record it is about.
    """

    form: str
    name: str
    way: Way
    subjects: Callable[[Dossier], tuple[Record, ...]]
    concerned: Callable[[Dossier, UUID], tuple[Party, ...]] = _everybody


def _accepted(dossier: Dossier) -> tuple[Record, ...]:
    return (dossier.dispute,) if dossier.dispute.accepted_on else ()


def _unsettled(dossier: Dossier) -> tuple[Record, ...]:
    """司法部令第75号 第30条: rights and duties are told before mediating."""
    return (dossier.dispute,) if dossier.dispute.state in UNSETTLED else ()


def _sessions(state: SessionState) -> Callable[[Dossier], tuple[Record, ...]]:
    return lambda dossier: tuple(item for item in dossier.sessions if item.state is state)


def _agreement(form: AgreementForm) -> Callable[[Dossier], tuple[Record, ...]]:
    """Return the newest agreement only: what an earlier one said is no longer to be printed."""
    return lambda dossier: tuple(item for item in dossier.agreements[-1:] if item.form is form)


def _outcome(kind: str) -> Callable[[Dossier], tuple[Record, ...]]:
    return lambda dossier: tuple(item for item in dossier.outcomes[-1:] if item.kind == kind)


def applicants(dossier: Dossier) -> tuple[Party, ...]:
    """Return the parties of the side that asked for mediation: that of the first party."""
    return tuple(party for party in dossier.parties if party.side == dossier.parties[0].side)


def present(dossier: Dossier, session: Session) -> tuple[Party, ...]:
    """Return the parties who came to a session, or are asked to come."""
    absent = {absence.party_id for absence in session.absences}
    return tuple(party for party in dossier.parties if party.id not in absent)


def _applicants(dossier: Dossier, _: UUID) -> tuple[Party, ...]:
    return applicants(dossier)


def _present(dossier: Dossier, session_id: UUID) -> tuple[Party, ...]:
    sessions = (session for session in dossier.sessions if session.id == session_id)
    return tuple(party for session in sessions for party in present(dossier, session))


def _asked(dossier: Dossier, investigation_id: UUID) -> tuple[Party, ...]:
    asked = {item.party_id for item in dossier.investigations if item.id == investigation_id}
    return tuple(party for party in dossier.parties if party.id in asked)


PAPERS: tuple[PaperKind, ...] = (
    PaperKind("registration", "受理登记表", Way.SIGNED, _accepted),
    PaperKind("rights_notice", "权利义务告知书", Way.SIGNED, _unsettled),
    PaperKind("investigation_record", "调查记录", Way.SIGNED, lambda dossier: dossier.investigations, _asked),
    PaperKind("session_notice", "调解通知书", Way.HANDED, _sessions(SessionState.PLANNED)),
    PaperKind("mediation_record", "调解记录", Way.SIGNED, _sessions(SessionState.HELD), _present),
    PaperKind(AGREEMENT, "调解协议书", Way.SEALED, _agreement(AgreementForm.WRITTEN)),
    PaperKind("oral_agreement", "口头协议登记表", Way.SIGNED, _agreement(AgreementForm.ORAL), _nobody),
    PaperKind("not_accepted", "不予受理告知书", Way.HANDED, _outcome("not_accepted"), _applicants),
    PaperKind("termination", "终止调解告知书", Way.HANDED, _outcome("terminated")),
    PaperKind("followup", "回访记录", Way.SIGNED, lambda dossier: dossier.followups, _nobody),
)
"""Every shipped form, in the order in which a dispute needs them."""


def kind_of_paper(form: str) -> PaperKind | None:
    """Return what is known of a form; ``None`` for one that an office added itself."""
    return next((kind for kind in PAPERS if kind.form == form), None)


def sealed_into_effect(paper: IssuedPaper) -> bool:
    """Tell whether a paper goes the way of the agreement: signed, sealed, in effect, handed over."""
    return paper.form == AGREEMENT


def subject_of(dossier: Dossier, form: str, subject_id: UUID | None = None) -> Record | None:
    """Return what a paper of this form is about: the record named, else the newest there is.

    For a form that an office added itself the record has to be named.
    """
    kind = kind_of_paper(form)
    if kind is None:
        records = (
            *(dossier.dispute, *dossier.sessions, *dossier.investigations),
            *(*dossier.agreements, *dossier.outcomes, *dossier.followups),
        )
        return next((record for record in records if record.id == subject_id), None)
    subjects = kind.subjects(dossier)
    if subject_id is None:
        return subjects[-1] if subjects else None
    return next((record for record in subjects if record.id == subject_id), None)


def told_printings(paper: IssuedPaper) -> str:
    """Say what went to the printer and when: ``2026年6月19日 09:30打印3份``; nothing where nothing did."""
    return "；".join(
        f"{printed_moment(item.at)}打印{item.copies}份{_told_pages(item.pages)}" for item in paper.printings
    )


def _told_pages(pages: tuple[int, ...]) -> str:
    return f"（第{'、'.join(map(str, pages))}页）" if pages else ""


def concerned(dossier: Dossier, paper: IssuedPaper) -> tuple[Party, ...]:
    """Return the parties who are to sign a paper or to be handed it."""
    kind = kind_of_paper(paper.form)
    return kind.concerned(dossier, paper.subject_id) if kind else dossier.parties


class Shelf(Struct, frozen=True):
    """One paper of a dispute: what it is about, and how it was issued so far, newest last.

    ``subject`` is ``None`` where the paper no longer applies; what was issued is still reprinted.
    """

    kind: PaperKind
    subject_id: UUID
    subject: Record | None
    issued: tuple[IssuedPaper, ...]

    @property
    def newest(self) -> IssuedPaper | None:
        """The paper in hand, unless none was issued."""
        return self.issued[-1] if self.issued else None


def shelves(dossier: Dossier) -> tuple[Shelf, ...]:
    """Return every paper that a dispute can have now or was given, in the order of the table."""
    found = []
    for kind in PAPERS:
        issued: dict[UUID, list[IssuedPaper]] = {}
        for paper in dossier.papers:
            if paper.form == kind.form and paper.state is not PaperState.REPLACED:
                issued.setdefault(paper.subject_id, []).append(paper)
        subjects = {record.id: record for record in kind.subjects(dossier)}
        found += [
            Shelf(kind, one, subjects.get(one), tuple(issued.get(one, ()))) for one in subjects | issued
        ]
    return tuple(found)


def day_of(subject: Record) -> date | None:
    """Return the day on which that which a paper is about happened or is to happen."""
    match subject:
        case Session():
            return subject.starts_at.date()
        case Investigation():
            return subject.at.date()
        case Outcome() | FollowUp():
            return subject.on
        case Agreement():
            return subject.agreed_on
        case Dispute():
            return subject.accepted_on or subject.registered_on
        case _:
            return None
