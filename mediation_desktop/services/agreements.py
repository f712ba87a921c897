"""Write the agreement and what each side is to do; look at it; change it once it is signed."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import records, standing, terms
from mediation_desktop.domain.checks import Finding, agreement_findings, faults, unexplained
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import move, save
from mediation_desktop.services.numbers import next_number
from mediation_desktop.services.queries import gather
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import today


def save_agreement(
    desk: Desk, agreement: records.Agreement, obligations: Sequence[records.Obligation]
) -> Change:
    """Keep the draft of an agreement and exactly these obligations; the first save gives it its number.

    A term that came from an accepted proposal and was reworded takes the proposal along.

    Raises:
        UserError: a paper of this agreement is already signed; a signed agreement is never overwritten.
    """
    with desk.office_file.change(desk.actor, "起草协议") as work:
        _keep(desk, work, agreement, obligations)
        return changed(work, record_id=agreement.id, dispute_id=agreement.dispute_id)


def reach_orally(
    desk: Desk, agreement: records.Agreement, obligations: Sequence[records.Obligation]
) -> Change:
    """达成口头协议: the mediator records what was agreed, in force from that day (人民调解法 第28、30条).

    Raises:
        UserError: the day is missing or lies in the future, nothing is written, or as ``save_agreement``.
    """
    on = agreement.agreed_on
    if on is None or not any(term.text.strip() for term in agreement.terms):
        raise UserError("口头协议要写明内容和达成的日期。", "请补上再保存；从这一天起生效。")
    if on > today(desk.clock):
        raise UserError("达成协议的日期在今天之后。", "请填写实际达成口头协议的日期。")
    with desk.office_file.change(desk.actor, "达成口头协议") as work:
        _keep(desk, work, replace(agreement, form=records.AgreementForm.ORAL), obligations)
        move(desk, work, agreement.dispute_id, Action.AGREE, on)
        move(desk, work, agreement.dispute_id, Action.TAKE_EFFECT, on)
        return changed(work, record_id=agreement.id, dispute_id=agreement.dispute_id)


def begin_change(desk: Desk, dispute_id: UUID, change: records.AgreementChange) -> Change:
    """变更协议: begin a new agreement that amends or replaces the one in force, which stays as it is.

    The new one lists all that is owed from then on and counts from its own signatures and seal.

    Raises:
        UserError: nothing is in force yet, or a change is being drafted already.
    """
    with desk.office_file.change(desk.actor, "变更协议") as work:
        dossier = gather(work, dispute_id)
        earlier, newest = dossier.standing, dossier.agreement
        if earlier is None or not standing.is_effective(earlier, dossier.papers):
            raise UserError("协议还没有生效，不必另行变更。", "请直接修改协议草稿。")
        if newest is not earlier:
            raise UserError("已经在起草变更协议。", "请接着写那一份，或者先删去它。")
        fresh = records.Agreement(id=desk.new_id(), dispute_id=dispute_id, number="")
        draft = standing.begun(earlier, change, fresh)
        owed = [
            replace(
                item, id=desk.new_id(), agreement_id=draft.id, revision=None, created_at=None, updated_at=None
            )
            for item in dossier.obligations_of(earlier)
        ]
        _keep(desk, work, draft, owed)
        return changed(work, record_id=draft.id, dispute_id=dispute_id)


def drop_change(desk: Desk, dispute_id: UUID) -> Change:
    """Give up the draft of a change; the agreement in force stays.

    Raises:
        UserError: there is no such draft, or somebody signed it.
    """
    with desk.office_file.change(desk.actor, "放弃变更协议") as work:
        dossier = gather(work, dispute_id)
        draft = dossier.agreement
        if draft is None or draft.earlier_id is None or draft == dossier.standing:
            raise UserError("没有正在起草的变更协议。", "生效的协议不能删去。")
        if terms.frozen(draft, dossier.papers):
            raise UserError("变更协议已经有人签字，不能删去。", "请继续办理签字盖章。")
        for item in dossier.obligations_of(draft):
            work.remove(item, "不再变更")
        work.remove(draft, "不再变更")
        return changed(work, record_id=draft.id, dispute_id=dispute_id)


def findings(codes: CodeTables, dossier: Dossier) -> list[Finding]:
    """Return what is missing or doubtful in the dispute's agreement, if it has one."""
    return agreement_findings(dossier, dossier.agreement, codes.wording) if dossier.agreement else []


def explain(desk: Desk, dispute_id: UUID, finding: Finding, reason: str) -> Change:
    """说明理由: leave a finding as it is, with the reason why; it stays in sight as 已说明理由.

    Raises:
        UserError: no reason is given.
    """
    if not reason.strip():
        raise UserError("还没有写理由。", "请写明为什么照原样保留。")
    with desk.office_file.change(desk.actor, "说明理由") as work:
        keep_reasons(desk, work, dispute_id, [finding], reason)
        return changed(work, dispute_id=dispute_id)


def keep_reasons(
    desk: Desk, work: UnitOfWork, dispute_id: UUID, found: Iterable[Finding], reason: str
) -> None:
    """Note inside a running change why findings were left as they are."""
    for finding in found:
        work.add(
            records.Override(
                id=desk.new_id(),
                dispute_id=dispute_id,
                code=finding.code,
                subject_id=finding.record_id,
                field=finding.mark,
                reason=reason.strip(),
                by=desk.actor,
                on=today(desk.clock),
            )
        )


def open_faults(codes: CodeTables, dossier: Dossier) -> list[Finding]:
    """Return the faults that nobody gave a reason for."""
    return unexplained(faults(findings(codes, dossier)), dossier.overrides)


def _keep(
    desk: Desk, work: UnitOfWork, agreement: records.Agreement, obligations: Sequence[records.Obligation]
) -> None:
    if terms.frozen(agreement, work.find(records.IssuedPaper, subject_id=agreement.id)):
        raise UserError("这份协议书已经签字，不能再改。", "需要变更的，请另行达成新的协议。")
    if not agreement.number:
        dispute = work.get(records.Dispute, agreement.dispute_id)
        committee = work.get(records.Committee, dispute.committee_id)
        year = (agreement.agreed_on or today(desk.clock)).year
        agreement = replace(agreement, number=next_number(desk, work, "agreement", committee, year))
    save(work, agreement)
    for proposal in terms.reworded(agreement, work.find(records.Proposal, dispute_id=agreement.dispute_id)):
        work.update(proposal)
    kept = {obligation.id for obligation in obligations}
    for old in work.find(records.Obligation, agreement_id=agreement.id):
        if old.id not in kept:
            work.remove(old, "起草时删去")
    for obligation in obligations:
        save(work, obligation)
