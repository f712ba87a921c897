"""文书: which papers a dispute can have now, what each is about, and what becomes of it once printed."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import UNSETTLED, in_force
from mediation_desktop.domain.records import (
    Agreement,
    AgreementForm,
    Closing,
    Dispute,
    FollowUp,
    Investigation,
    IssuedPaper,
    Outcome,
    PaperState,
    Party,
    PartyKind,
    Payment,
    Record,
    Session,
    SessionState,
)
from mediation_desktop.domain.times import printed_moment

AGREEMENT = "agreement"
_INITIATIVE = "initiative"
"""The source of a dispute that the committee took up of its own accord (人民调解法 第17条)."""


class Way(StrEnum):
    """What becomes of a printed paper: it is signed and sealed into effect, only signed, or handed over."""

    SEALED = "sealed"
    SIGNED = "signed"
    HANDED = "handed"


class Pack(StrEnum):
    """Where a mediator looks for a paper.

    With the dispute, among what is needed now and then, in the pack for the court, or on filing.
    """

    CASE = "case"
    BESIDE = "beside"
    CONFIRMATION = "confirmation"
    FILING = "filing"


def _everybody(dossier: Dossier, _: UUID) -> tuple[Party, ...]:
    return dossier.parties


def _nobody(_: Dossier, __: UUID) -> tuple[Party, ...]:
    """Only people of the committee sign; on oral agreements see 人民调解法 第30条."""
    return ()


class PaperKind(Struct, frozen=True):
    """One kind of paper: its form, its everyday name, and the records of which there is one now.

    ``concerned`` are the parties who sign it or are handed it, by the record it is about.  ``pack`` is where
    it is offered; those of a pack are mostly issued together.
    """

    form: str
    name: str
    way: Way
    subjects: Callable[[Dossier], tuple[Record, ...]]
    concerned: Callable[[Dossier, UUID], tuple[Party, ...]] = _everybody
    pack: Pack = Pack.CASE


def _accepted(dossier: Dossier) -> tuple[Record, ...]:
    return (dossier.dispute,) if dossier.dispute.accepted_on else ()


def _over(dossier: Dossier) -> tuple[Record, ...]:
    """The register takes a dispute down once mediation came to an end."""
    dispute = dossier.dispute
    return (dispute,) if dispute.finished_on or dispute.closed_on else ()


def _closed(dossier: Dossier) -> tuple[Record, ...]:
    """A subsidy is for what was closed with an agreement in effect."""
    return (dossier.dispute,) if dossier.dispute.closed_on and in_force(dossier) else ()


def _unsettled(dossier: Dossier) -> tuple[Record, ...]:
    """司法部令第75号 第30条: rights and duties are told before mediating."""
    return (dossier.dispute,) if dossier.dispute.state in UNSETTLED else ()


def _applying(dossier: Dossier) -> tuple[Record, ...]:
    """An application is printed until it is settled, and never where the committee took the first step."""
    return () if dossier.dispute.source_code == _INITIATIVE else _unsettled(dossier)


def _dispute_if(holds: Callable[[Dossier], object]) -> Callable[[Dossier], tuple[Record, ...]]:
    return lambda dossier: (dossier.dispute,) if holds(dossier) else ()


def _confirmable(dossier: Dossier) -> tuple[Record, ...]:
    """Return the written agreement in force, or the newest: a court is shown a paper."""
    agreement = dossier.standing
    return (agreement,) if agreement and agreement.form is AgreementForm.WRITTEN else ()


def _agreement_if(holds: Callable[[Dossier], object]) -> Callable[[Dossier], tuple[Record, ...]]:
    return lambda dossier: _confirmable(dossier) if holds(dossier) else ()


def on_property(dossier: Dossier) -> bool:
    """Tell whether property is dealt with: land, or something that has other owners."""
    dispute, agreement = dossier.dispute, dossier.standing
    return bool(dispute.landmarks or dispute.land_use or (agreement and agreement.co_owners))


def _on_file(dossier: Dossier) -> bool:
    return bool(dossier.dispute.accepted_on or dossier.outcomes)


def _serves(dossier: Dossier) -> bool:
    """Tell whether there is anything to hand to a party: a notice, an agreement, how it ended."""
    return bool(dossier.sessions or dossier.agreements or dossier.outcomes)


def _performed(dossier: Dossier) -> bool:
    return bool(dossier.payments) or any(item.performed_on for item in dossier.obligations)


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


def respondents(dossier: Dossier) -> tuple[Party, ...]:
    """Return the parties of all other sides."""
    return tuple(party for party in dossier.parties if party.side != dossier.parties[0].side)


def represented(dossier: Dossier) -> tuple[Party, ...]:
    """Return the parties who gave somebody a power of attorney."""
    return tuple(party for party in dossier.parties if party.agents)


def organisations(dossier: Dossier) -> tuple[Party, ...]:
    """Return the parties that are no human beings."""
    return tuple(party for party in dossier.parties if party.kind is PartyKind.ORGANISATION)


def papers_for(dossier: Dossier, party: Party) -> tuple[IssuedPaper, ...]:
    """Return the papers in hand that this party is to be handed, in the order of printing."""
    return tuple(
        paper
        for paper in dossier.papers
        if paper.state is not PaperState.REPLACED
        and (kind := kind_of_paper(paper.form))
        and kind.way is not Way.SIGNED
        and party in kind.concerned(dossier, paper.subject_id)
    )


def _applicants(dossier: Dossier, _: UUID) -> tuple[Party, ...]:
    return applicants(dossier)


def _present(dossier: Dossier, session_id: UUID) -> tuple[Party, ...]:
    sessions = (session for session in dossier.sessions if session.id == session_id)
    return tuple(party for session in sessions for party in present(dossier, session))


def _asked(dossier: Dossier, investigation_id: UUID) -> tuple[Party, ...]:
    asked = {item.party_id for item in dossier.investigations if item.id == investigation_id}
    return tuple(party for party in dossier.parties if party.id in asked)


def _given_power(dossier: Dossier, _: UUID) -> tuple[Party, ...]:
    return represented(dossier)


def _organisations(dossier: Dossier, _: UUID) -> tuple[Party, ...]:
    return organisations(dossier)


def _paid(dossier: Dossier, payment_id: UUID) -> tuple[Party, ...]:
    return tuple(dossier.party(item.creditor_id) for item in dossier.payments if item.id == payment_id)


PAPERS: tuple[PaperKind, ...] = (
    PaperKind("application", "申请书", Way.SIGNED, _applying, _applicants),
    PaperKind("registration", "受理登记表", Way.SIGNED, _accepted),
    PaperKind("rights_notice", "权利义务告知书", Way.SIGNED, _unsettled),
    PaperKind(
        "identity_copies",
        "身份证明复印件粘贴页",
        Way.SIGNED,
        _dispute_if(lambda d: d.parties),
        _nobody,
        pack=Pack.BESIDE,
    ),
    PaperKind(
        "power_of_attorney",
        "授权委托书",
        Way.SIGNED,
        _dispute_if(represented),
        _given_power,
        pack=Pack.BESIDE,
    ),
    PaperKind("investigation_record", "调查记录", Way.SIGNED, lambda dossier: dossier.investigations, _asked),
    PaperKind(
        "evidence", "证据材料", Way.SIGNED, _dispute_if(lambda d: d.evidence), _nobody, pack=Pack.BESIDE
    ),
    PaperKind("session_notice", "调解通知书", Way.HANDED, _sessions(SessionState.PLANNED)),
    PaperKind("mediation_record", "调解记录", Way.SIGNED, _sessions(SessionState.HELD), _present),
    PaperKind(AGREEMENT, "调解协议书", Way.SEALED, _agreement(AgreementForm.WRITTEN)),
    PaperKind("oral_agreement", "口头协议登记表", Way.SIGNED, _agreement(AgreementForm.ORAL), _nobody),
    PaperKind(
        "reading_confirmation", "宣读确认", Way.SIGNED, lambda d: d.agreements[-1:], _nobody, pack=Pack.BESIDE
    ),
    PaperKind("not_accepted", "不予受理告知书", Way.HANDED, _outcome("not_accepted"), _applicants),
    PaperKind("termination", "终止调解告知书", Way.HANDED, _outcome("terminated")),
    PaperKind("service_receipt", "送达回证", Way.SIGNED, _dispute_if(_serves), pack=Pack.BESIDE),
    PaperKind(
        "payment_receipt", "收条", Way.SIGNED, lambda dossier: dossier.payments, _paid, pack=Pack.BESIDE
    ),
    PaperKind(
        "performance_proof", "履行凭证", Way.SIGNED, _dispute_if(_performed), _nobody, pack=Pack.BESIDE
    ),
    PaperKind("followup", "回访记录", Way.SIGNED, lambda dossier: dossier.followups, _nobody),
    PaperKind(
        "confirmation_application",
        "司法确认申请书",
        Way.SIGNED,
        _confirmable,
        pack=Pack.CONFIRMATION,
    ),
    PaperKind("presided_proof", "主持调解的证明", Way.SIGNED, _confirmable, _nobody, pack=Pack.CONFIRMATION),
    PaperKind(
        "representative_certificate",
        "法定代表人身份证明书",
        Way.SIGNED,
        _agreement_if(organisations),
        _organisations,
        pack=Pack.CONFIRMATION,
    ),
    PaperKind("service_address", "送达地址确认书", Way.SIGNED, _confirmable, pack=Pack.CONFIRMATION),
    PaperKind(
        "property_list", "财产权利清单", Way.SIGNED, _agreement_if(on_property), pack=Pack.CONFIRMATION
    ),
    PaperKind("cover", "卷宗封面", Way.SIGNED, _dispute_if(_on_file), _nobody, pack=Pack.FILING),
    PaperKind("contents", "卷内目录", Way.SIGNED, _dispute_if(_on_file), _nobody, pack=Pack.FILING),
    PaperKind(
        "closing_report",
        "结案报告表",
        Way.SIGNED,
        lambda dossier: dossier.closings[-1:],
        _nobody,
        pack=Pack.FILING,
    ),
    PaperKind(
        "dossier_statement", "卷宗情况说明", Way.SIGNED, _dispute_if(_on_file), _nobody, pack=Pack.FILING
    ),
    PaperKind("back", "封底", Way.SIGNED, _dispute_if(_on_file), _nobody, pack=Pack.FILING),
    PaperKind("case_slip", "案件登记单", Way.SIGNED, _over, _nobody),
    PaperKind("subsidy_case", "补贴认定表", Way.SIGNED, _closed, _nobody),
)
"""Every shipped form, in the order in which a dispute needs them."""


def kind_of_paper(form: str) -> PaperKind | None:
    """Return what is known of a form; ``None`` for one that an office added itself."""
    return next((kind for kind in PAPERS if kind.form == form), None)


def name_of_form(form: str, otherwise: str = "文书") -> str:
    """Return the everyday name of a form's papers, ``otherwise`` for one that an office added itself."""
    kind = kind_of_paper(form)
    return kind.name if kind else otherwise


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
            *(*dossier.payments, *dossier.closings),
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
        case Outcome() | FollowUp() | Payment() | Closing():
            return subject.on
        case Agreement():
            return subject.agreed_on
        case Dispute():
            return subject.accepted_on or subject.registered_on
        case _:
            return None
