"""The life of a dispute as a table of allowed steps, each with the rule that guards it."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import DisputeState, SessionState
from mediation_desktop.domain.safety import harm_suspected
from mediation_desktop.domain.standing import is_effective

Guard = Callable[[Dossier], str]
"""Says in Chinese why a step is closed, or nothing when it is open."""


class Action(StrEnum):
    """What can be done to a dispute as a whole."""

    ACCEPT = "accept"
    DECLINE = "decline"
    REFER = "refer"
    INVESTIGATE = "investigate"
    MEDIATE = "mediate"
    AGREE = "agree"
    TERMINATE = "terminate"
    WITHDRAW = "withdraw"
    TAKE_EFFECT = "take_effect"
    PERFORM = "perform"
    DEFAULT = "default"
    CONFIRM = "confirm"
    NOT_CONFIRM = "not_confirm"
    CLOSE = "close"
    ARCHIVE = "archive"
    REOPEN = "reopen"


NEEDS_REASON = frozenset(
    {
        *(Action.DECLINE, Action.REFER, Action.TERMINATE, Action.WITHDRAW),
        *(Action.DEFAULT, Action.NOT_CONFIRM, Action.REOPEN),
    }
)
"""Actions that nobody may take without saying why."""


class Step(Struct, frozen=True):
    """One allowed move. ``guard`` returns why it is closed, or nothing when it is open."""

    before: DisputeState
    action: Action
    after: DisputeState
    guard: Guard


def _always(dossier: Dossier) -> str:
    del dossier
    return ""


def closed_to_mediation(dossier: Dossier) -> str:
    """Return why this may not be mediated now: a party refused (人民调解法 第17条), or a minor was harmed."""
    if dossier.barred_since() is not None:
        return "有当事人已明确拒绝调解，重新取得其同意之前不得再调解（人民调解法第十七条）。"
    if harm_suspected(dossier.minor_checks):
        return "存在或疑似存在侵害未成年人的情形，不能调解：先打110报警，再补登记。"
    return ""


def _may_be_accepted(dossier: Dossier) -> str:
    if len({party.side for party in dossier.parties}) < _SIDES:
        return "还缺少一方当事人，请先补充当事人。"
    if any(answer.yes for check in dossier.acceptance_checks[-1:] for answer in check.answers):
        return "受理审查中有不属于受理范围的情形，请不予受理或移送；情况有变的，请重新审查。"
    return closed_to_mediation(dossier)


def _was_mediated(dossier: Dossier) -> str:
    closed = closed_to_mediation(dossier)
    if closed:
        return closed
    held = any(session.state is SessionState.HELD for session in dossier.sessions)
    return "" if held or dossier.agreements else "还没有调解记录，请先补记一次调解。"


def _is_effective(dossier: Dossier) -> str:
    return "" if in_force(dossier) else "协议还没有生效：书面协议要签字盖章，口头协议要写明达成的日期。"


def _is_not_effective(dossier: Dossier) -> str:
    return "协议已经生效，不能再退回；需要变更的，请另行达成新的协议。" if in_force(dossier) else ""


def _may_go_on(dossier: Dossier) -> str:
    return _is_not_effective(dossier) or closed_to_mediation(dossier)


def _both_applied(dossier: Dossier) -> str:
    sides = {party.id: party.side for party in dossier.parties}
    for asked in dossier.confirmations[-1:]:
        if len({sides[one] for one in asked.applicant_ids if one in sides}) >= _SIDES and asked.ruled_on:
            return ""
    return "司法确认须由双方共同申请，请先登记双方申请人和法院裁定（人民调解法第三十三条）。"


def _nothing_left_open(dossier: Dossier) -> str:
    planned = any(session.state is SessionState.PLANNED for session in dossier.sessions)
    return "还有安排了没有记录的调解，请先补记或取消。" if planned else ""


def in_force(dossier: Dossier) -> bool:
    """Tell whether an agreement has taken effect (人民调解法 第29、30条).

    One that is to change it and is still being drafted takes nothing from it.
    """
    return any(is_effective(agreement, dossier.papers) for agreement in dossier.agreements)


IN_MEDIATION = frozenset({DisputeState.ACCEPTED, DisputeState.INVESTIGATING, DisputeState.MEDIATING})
"""Accepted and neither settled nor ended: the time limit runs, sessions may be held."""

UNSETTLED = IN_MEDIATION | {DisputeState.REGISTERED}

_SIDES = 2
_S, _A = DisputeState, Action


def _steps(befores: tuple[DisputeState, ...], *moves: tuple[Action, DisputeState, Guard]) -> list[Step]:
    return [Step(before, action, after, guard) for before in befores for action, after, guard in moves]


_ENDINGS = (
    (_A.TERMINATE, _S.TERMINATED, _always),
    (_A.WITHDRAW, _S.WITHDRAWN, _always),
    (_A.REFER, _S.REFERRED, _always),
)

STEPS: tuple[Step, ...] = (
    *_steps(
        (_S.REGISTERED,),
        (_A.ACCEPT, _S.ACCEPTED, _may_be_accepted),
        (_A.DECLINE, _S.NOT_ACCEPTED, _always),
        (_A.WITHDRAW, _S.WITHDRAWN, _always),
        (_A.REFER, _S.REFERRED, _always),
    ),
    *_steps(
        (_S.ACCEPTED,),
        (_A.MEDIATE, _S.MEDIATING, closed_to_mediation),
        (_A.INVESTIGATE, _S.INVESTIGATING, closed_to_mediation),
        (_A.AGREE, _S.AGREED, _was_mediated),
        *_ENDINGS,
    ),
    *_steps(
        (_S.INVESTIGATING,),
        (_A.MEDIATE, _S.MEDIATING, closed_to_mediation),
        (_A.AGREE, _S.AGREED, _was_mediated),
        *_ENDINGS,
    ),
    *_steps((_S.MEDIATING,), (_A.AGREE, _S.AGREED, _was_mediated), *_ENDINGS),
    *_steps(
        (_S.AGREED,),
        (_A.TAKE_EFFECT, _S.PERFORMING, _is_effective),
        (_A.MEDIATE, _S.MEDIATING, _may_go_on),
        (_A.TERMINATE, _S.TERMINATED, _is_not_effective),
    ),
    *_steps(
        (_S.PERFORMING, _S.IN_DEFAULT),
        (_A.PERFORM, _S.PERFORMED, _always),
        (_A.CONFIRM, _S.CONFIRMED, _both_applied),
        (_A.NOT_CONFIRM, _S.NOT_CONFIRMED, _both_applied),
    ),
    *_steps((_S.CONFIRMED, _S.NOT_CONFIRMED), (_A.PERFORM, _S.PERFORMED, _always)),
    *_steps((_S.PERFORMING, _S.CONFIRMED, _S.NOT_CONFIRMED), (_A.DEFAULT, _S.IN_DEFAULT, _always)),
    *_steps((_S.NOT_CONFIRMED,), (_A.MEDIATE, _S.MEDIATING, closed_to_mediation)),  # 民事诉讼法 第206条
    *_steps(
        (_S.PERFORMED, _S.IN_DEFAULT, _S.NOT_CONFIRMED),
        (_A.CLOSE, _S.CLOSED, _nothing_left_open),
    ),
    *_steps(
        (_S.TERMINATED, _S.WITHDRAWN, _S.REFERRED, _S.NOT_ACCEPTED),
        (_A.CLOSE, _S.CLOSED, _nothing_left_open),
    ),
    *_steps((_S.CLOSED,), (_A.ARCHIVE, _S.ARCHIVED, _always)),
    *_steps((_S.NOT_ACCEPTED,), (_A.REOPEN, _S.REGISTERED, _always)),
    *_steps((_S.TERMINATED, _S.WITHDRAWN, _S.REFERRED), (_A.REOPEN, _S.ACCEPTED, closed_to_mediation)),
    *_steps(
        (_S.CLOSED, _S.ARCHIVED),
        (_A.REOPEN, _S.PERFORMING, _is_effective),
        (_A.REOPEN, _S.ACCEPTED, lambda dossier: _is_not_effective(dossier) or _may_be_accepted(dossier)),
    ),
    *_steps((_S.PERFORMED,), (_A.REOPEN, _S.PERFORMING, _always)),
)


class Offer(Struct, frozen=True):
    """One action offered for a dispute; ``closed_because`` is empty when it may be taken."""

    action: Action
    closed_because: str


def offers(dossier: Dossier) -> tuple[Offer, ...]:
    """Return the actions that the table knows for this dispute's state, likeliest first."""
    found: dict[Action, str] = {}
    for step in _from(dossier.dispute.state):
        if found.get(step.action, _CLOSED):
            found[step.action] = step.guard(dossier)
    return tuple(Offer(action, reason) for action, reason in found.items())


_CLOSED = "closed"


def after(dossier: Dossier, action: Action) -> DisputeState:
    """Return the state that ``action`` leads to.

    Raises:
        UserError: the table has no such step from here, or its guard is closed.
    """
    reason = ""
    for step in _from(dossier.dispute.state):
        if step.action is action:
            reason = step.guard(dossier)
            if not reason:
                return step.after
    if reason:
        raise UserError("这一步现在还不能做。", reason)
    raise UserError("纠纷所处的阶段不能做这一步。", "请在纠纷页按提示的下一步办理。")


def _from(state: DisputeState) -> tuple[Step, ...]:
    return tuple(step for step in STEPS if step.before is state)
