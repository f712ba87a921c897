"""Write the agreement and what each side is to do."""

from collections.abc import Sequence

from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import Finding, agreement_findings
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save
from mediation_desktop.services.numbers import next_number
from mediation_desktop.system.clock import today


def save_agreement(
    desk: Desk, agreement: records.Agreement, obligations: Sequence[records.Obligation]
) -> Change:
    """Keep the draft of an agreement and exactly these obligations; the first save gives it its number.

    Raises:
        UserError: a paper of this agreement is already signed; a signed agreement is never overwritten.
    """
    with desk.office_file.change(desk.actor, "起草协议") as work:
        papers = work.find(records.IssuedPaper, subject_id=agreement.id)
        if any(paper.signatures for paper in papers):
            raise UserError("这份协议书已经签字，不能再改。", "需要变更的，请另行达成新的协议。")
        if not agreement.number:
            dispute = work.get(records.Dispute, agreement.dispute_id)
            committee = work.get(records.Committee, dispute.committee_id)
            year = (agreement.agreed_on or today(desk.clock)).year
            agreement = replace(agreement, number=next_number(desk, work, "agreement", committee, year))
        save(work, agreement)
        kept = {obligation.id for obligation in obligations}
        for old in work.find(records.Obligation, agreement_id=agreement.id):
            if old.id not in kept:
                work.remove(old, "起草时删去")
        for obligation in obligations:
            save(work, obligation)
        return changed(work, record_id=agreement.id, dispute_id=agreement.dispute_id)


def findings(codes: CodeTables, dossier: Dossier) -> list[Finding]:
    """Return what is missing or doubtful in the dispute's agreement, if it has one."""
    return agreement_findings(dossier, dossier.agreement, codes.wording) if dossier.agreement else []
