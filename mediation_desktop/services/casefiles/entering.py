"""Take the sample disputes into an office, step by step, as a mediator would have entered them."""

from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import agreements, disputes, papers, sessions
from mediation_desktop.services.casefiles.reader import CaseFile, Signing
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import office_view
from mediation_desktop.services.queries import dossier as read_dossier

AFTER_THE_SAMPLES = datetime(2026, 10, 12, 1, tzinfo=UTC)
"""All that the sample disputes tell has happened by then; an earlier clock would call it the future."""


def adopt(desk: Desk, case: Dossier) -> Dossier:
    """Return a dispute from a file as one of this office's own: its committee, studio and mediators.

    Mediators of the same name are the same person; others are added to the office's register.
    """
    view = office_view(desk)
    known = {mediator.name: mediator for mediator in view.mediators}
    fresh = [
        replace(mediator, committee_id=view.committee.id)
        for mediator in case.mediators
        if mediator.name not in known
    ]
    if fresh:
        with desk.office_file.change(desk.actor, "登记调解员") as work:
            for mediator in fresh:
                work.add(mediator)
    own = {mediator.name: mediator.id for mediator in (*view.mediators, *fresh)}
    ids = tuple(own[mediator.name] for mediator in case.mediators)
    return replace(
        case,
        dispute=replace(
            case.dispute,
            committee_id=view.committee.id,
            studio_id=view.studio.id if view.studio else None,
            mediator_ids=ids,
        ),
        committee=view.committee,
        studio=view.studio,
        sessions=tuple(replace(session, mediator_ids=ids) for session in case.sessions),
    )


def enter(desk: Desk, case_file: CaseFile) -> UUID:
    """Enter one sample dispute through the same actions that the window uses; return its id."""
    case = adopt(desk, case_file.dossier)
    dispute_id = case.dispute.id
    disputes.register_dispute(desk, case.dispute, case.parties, case.invited)
    _keep_beside(desk, case)
    if case.dispute.accepted_on:
        disputes.take_step(desk, dispute_id, Action.ACCEPT, case.dispute.accepted_on)
        for session in case.sessions:
            planned = session.state is records.SessionState.PLANNED
            (sessions.schedule_session if planned else sessions.record_session)(desk, session)
    if case.refusals:
        disputes.save_records(desk, "登记拒绝调解", *case.refusals)
    if case.agreement:
        _enter_agreement(desk, case, case.agreement, case_file.signing)
    for outcome in case.outcomes:
        disputes.take_step(desk, dispute_id, _END[outcome.kind], outcome.on, outcome=outcome)
    after = (*case.payments, *case.followups, *case.closings, *case.confirmations)
    if after:
        disputes.save_records(desk, "登记履行和回访", *after)
    return dispute_id


_END = {"terminated": Action.TERMINATE, "referred": Action.REFER, "not_accepted": Action.DECLINE}


def _keep_beside(desk: Desk, case: Dossier) -> None:
    beside = (
        *case.notices,
        *case.investigations,
        *case.evidence,
        *case.proposals,
        *case.minor_checks,
        *case.risks,
        *case.risk_reports,
    )
    if beside:
        disputes.save_records(desk, "登记告知、调查、证据和风险", *beside)


def _enter_agreement(
    desk: Desk, case: Dossier, agreement: records.Agreement, signing: Signing | None
) -> None:
    dispute_id = case.dispute.id
    agreed_on = agreement.agreed_on or (min(item.on for item in signing.signatures) if signing else None)
    agreements.save_agreement(desk, replace(agreement, agreed_on=agreed_on), case.obligations)
    if agreement.form is records.AgreementForm.ORAL:
        on = agreed_on or case.dispute.registered_on
        disputes.take_step(desk, dispute_id, Action.AGREE, on)
        disputes.take_step(desk, dispute_id, Action.TAKE_EFFECT, on)
        return
    papers.issue_agreement(desk, dispute_id)
    if signing is None:
        return
    paper = read_dossier(desk, dispute_id).papers[-1]
    papers.record_signatures(desk, paper.id, signing.signatures, signing.party_seals)
    if signing.sealed_on:
        papers.record_seal(desk, paper.id, signing.sealed_on)
