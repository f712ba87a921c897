"""After the agreement: who paid, what was done, who was visited, what a court said, how it closed."""

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain import closing, lifecycle, records
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.performance import open_parts
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import ACTION_NAMES, move, save, save_records
from mediation_desktop.services.queries import gather
from mediation_desktop.system.clock import today


def record_payment(desk: Desk, payment: records.Payment) -> Change:
    """登记付款: money changed hands, the whole or a part.

    Raises:
        UserError: no money, from somebody to himself, or on a day after today.
    """
    if payment.amount_fen <= 0:
        raise UserError("付款金额是零。", "请填写实际付了多少。")
    if payment.debtor_id == payment.creditor_id:
        raise UserError("付款人和收款人是同一个人。", "请核对是谁付给谁。")
    _not_in_future(desk, payment.on)
    return save_records(desk, "登记付款", payment)


def record_act(desk: Desk, obligation_id: UUID, on: date | None, note: str) -> Change:
    """登记做到的事: an act was performed on ``on``; ``None`` takes that back.

    Raises:
        UserError: it is a payment, or the day lies after today.
    """
    _not_in_future(desk, on)
    with desk.office_file.change(desk.actor, "登记履行") as work:
        obligation = work.get(records.Obligation, obligation_id)
        if obligation.amount_fen is not None:
            raise UserError("这一项是付款。", "请用“登记付款”。")
        work.update(replace(obligation, performed_on=on, performed_note=note))
        return changed(work, record_id=obligation_id, dispute_id=obligation.dispute_id)


def record_visit(desk: Desk, visit: records.FollowUp) -> Change:
    """登记回访: somebody looked whether it holds.

    Raises:
        UserError: the day lies after today, or the next visit not after this one.
    """
    _not_in_future(desk, visit.on)
    if visit.next_on and visit.next_on <= visit.on:
        raise UserError("下次回访的日期不在这次之后。", "请核对两个日期。")
    return save_records(desk, "登记回访", visit)


def mark_performed(desk: Desk, dispute_id: UUID, on: date) -> Change:
    """履行完毕: everything is done, or everybody says so; what was open is then noted as the reason."""
    with desk.office_file.change(desk.actor, ACTION_NAMES[Action.PERFORM]) as work:
        dossier = gather(work, dispute_id)
        left = [closing.named(dossier, part) for part in open_parts(dossier)]
        reason = f"没有登记履行的：{'；'.join(left)}" if left else ""
        move(desk, work, dispute_id, Action.PERFORM, on, reason=reason)
        return changed(work, record_id=dispute_id, dispute_id=dispute_id)


def close_dispute(desk: Desk, report: records.Closing) -> Change:
    """结案: keep the closing report and take the step in one."""
    with desk.office_file.change(desk.actor, ACTION_NAMES[Action.CLOSE]) as work:
        work.add(report)
        move(desk, work, report.dispute_id, Action.CLOSE, report.on)
        return changed(work, record_id=report.id, dispute_id=report.dispute_id)


def save_confirmation(desk: Desk, confirmation: records.Confirmation, reason: str = "") -> Change:
    """登记司法确认: the joint application and, once there is one, the court's answer with its step.

    Where the table of results knows no step for the answer (撤回, 超时), or the dispute is past it, the
    answer is only kept.

    Raises:
        UserError: a ruling without its day, or not asked for by both sides (人民调解法 第33条); a step that
            needs a reason has none.
    """
    _not_in_future(desk, confirmation.applied_on, confirmation.ruled_on)
    action = _step_of(desk, confirmation)
    if action in lifecycle.NEEDS_REASON and not reason.strip():
        raise UserError("还没有选法院未确认的原因。", "请选一项原因，或者在备注里写明。")
    with desk.office_file.change(desk.actor, "登记司法确认") as work:
        save(work, confirmation)
        offers = lifecycle.offers(gather(work, confirmation.dispute_id))
        if action and any(offer.action is action for offer in offers):
            move(
                desk,
                work,
                confirmation.dispute_id,
                action,
                confirmation.ruled_on or today(desk.clock),
                reason=reason.strip(),
            )
        return changed(work, record_id=confirmation.id, dispute_id=confirmation.dispute_id)


def _step_of(desk: Desk, confirmation: records.Confirmation) -> Action | None:
    table = desk.codes.confirmation_results
    if not confirmation.result:
        return None
    step = table.entry(table.code_named(confirmation.result)).step
    return Action(step) if step else None


def _not_in_future(desk: Desk, *days: date | None) -> None:
    if any(day is not None and day > today(desk.clock) for day in days):
        raise UserError("日期在今天之后。", "请填写实际发生的日期。")
