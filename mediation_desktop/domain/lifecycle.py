"""The life of a dispute as a table of allowed steps, each with the rule that guards it."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import AgreementForm, DisputeState, PaperState, SessionState


class Action(StrEnum):
    """What can be done to a dispute as a whole."""

    ACCEPT = "accept"
    DECLINE = "decline"
    REFER = "refer"
    MEDIATE = "mediate"
    AGREE = "agree"
    TERMINATE = "terminate"
    WITHDRAW = "withdraw"
    TAKE_EFFECT = "take_effect"
    PERFORM = "perform"
    CLOSE = "close"


class Step(Struct, frozen=True):
    """One allowed move. ``guard`` returns why it is closed, or nothing when it is open."""

    before: DisputeState
    action: Action
    after: DisputeState
    guard: Callable[[Dossier], str]


def _always(dossier: Dossier) -> str:
    del dossier
    return ""


def _has_two_parties(dossier: Dossier) -> str:
    return "" if len(dossier.parties) > 1 else "还缺少一方当事人，请先补充当事人。"


def _not_refused(dossier: Dossier) -> str:
    if dossier.barred_since() is None:
        return ""
    return "有当事人已明确拒绝调解，重新取得其同意之前不得再调解（人民调解法第十七条）。"


def _was_mediated(dossier: Dossier) -> str:
    refused = _not_refused(dossier)
    if refused:
        return refused
    held = any(session.state is SessionState.HELD for session in dossier.sessions)
    return "" if held or dossier.agreements else "还没有调解记录，请先补记一次调解。"


def _is_effective(dossier: Dossier) -> str:
    agreement = dossier.agreement
    if agreement and agreement.form is AgreementForm.ORAL:
        return "" if agreement.agreed_on else "还没有填写达成口头协议的日期。"
    sealed = (PaperState.SEALED, PaperState.DELIVERED)
    if agreement and any(
        paper.subject_id == agreement.id and paper.state in sealed for paper in dossier.papers
    ):
        return ""
    return "协议书还没有签字盖章，盖章后协议才生效。"


_S, _A = DisputeState, Action

STEPS: tuple[Step, ...] = (
    Step(_S.REGISTERED, _A.ACCEPT, _S.ACCEPTED, _has_two_parties),
    Step(_S.REGISTERED, _A.DECLINE, _S.NOT_ACCEPTED, _always),
    Step(_S.REGISTERED, _A.REFER, _S.REFERRED, _always),
    Step(_S.ACCEPTED, _A.MEDIATE, _S.MEDIATING, _not_refused),
    Step(_S.ACCEPTED, _A.WITHDRAW, _S.WITHDRAWN, _always),
    Step(_S.ACCEPTED, _A.TERMINATE, _S.TERMINATED, _always),
    Step(_S.ACCEPTED, _A.REFER, _S.REFERRED, _always),
    Step(_S.ACCEPTED, _A.AGREE, _S.AGREED, _not_refused),
    Step(_S.MEDIATING, _A.AGREE, _S.AGREED, _was_mediated),
    Step(_S.MEDIATING, _A.TERMINATE, _S.TERMINATED, _always),
    Step(_S.MEDIATING, _A.WITHDRAW, _S.WITHDRAWN, _always),
    Step(_S.MEDIATING, _A.REFER, _S.REFERRED, _always),
    Step(_S.AGREED, _A.TAKE_EFFECT, _S.PERFORMING, _is_effective),
    Step(_S.AGREED, _A.TERMINATE, _S.TERMINATED, _always),
    Step(_S.PERFORMING, _A.PERFORM, _S.PERFORMED, _always),
    Step(_S.PERFORMED, _A.CLOSE, _S.CLOSED, _always),
    Step(_S.TERMINATED, _A.CLOSE, _S.CLOSED, _always),
)


class Offer(Struct, frozen=True):
    """One action offered for a dispute; ``closed_because`` is empty when it may be taken."""

    action: Action
    closed_because: str


def offers(dossier: Dossier) -> tuple[Offer, ...]:
    """Return the actions that the table knows for this dispute's state, likeliest first."""
    return tuple(
        Offer(step.action, step.guard(dossier)) for step in STEPS if step.before is dossier.dispute.state
    )


def after(dossier: Dossier, action: Action) -> DisputeState:
    """Return the state that ``action`` leads to.

    Raises:
        UserError: the table has no such step from here, or its guard is closed.
    """
    for step in STEPS:
        if step.before is dossier.dispute.state and step.action is action:
            reason = step.guard(dossier)
            if reason:
                raise UserError("这一步现在还不能做。", reason)
            return step.after
    raise UserError("纠纷所处的阶段不能做这一步。", "请在纠纷页按提示的下一步办理。")
