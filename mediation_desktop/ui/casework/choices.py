"""What else can be done to a dispute, in groups; a closed choice says why."""

from msgspec import Struct

from mediation_desktop.domain import lifecycle
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import IN_MEDIATION, Action
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.domain.safety import harm_suspected
from mediation_desktop.services.disputes import ACTION_NAMES

_STOP = "存在或疑似存在侵害未成年人的情形，不能调解。"
_PANELS: dict[Action, tuple[str, object]] = {
    Action.ACCEPT: ("accept", None),
    Action.PERFORM: ("performed", None),
    Action.CONFIRM: ("confirmation", None),
    Action.NOT_CONFIRM: ("confirmation", None),
    Action.CLOSE: ("closing", None),
    Action.ARCHIVE: ("archive", Action.ARCHIVE),
    **{one: ("end", one) for one in (Action.DECLINE, Action.REFER, Action.TERMINATE, Action.WITHDRAW)},
}
"""The panel and its argument of a step that asks for more than the day."""


class Choice(Struct, frozen=True):
    """One thing to do: its word, the panel that opens for it, and why it is closed now, if it is."""

    words: str
    panel: str
    argument: object = None
    closed: str = ""


Group = tuple[str, tuple[Choice, ...]]


def choices(dossier: Dossier) -> tuple[Group, ...]:
    """Return every choice that ever applies to the dispute as it stands, by group."""
    groups = (
        ("情况和当事人", _facts(dossier)),
        ("调查和证据", _inquiry(dossier)),
        ("调解", _mediation(dossier)),
        ("履行和回访", _afterwards(dossier)),
        ("风险和保护", _safety(dossier)),
        ("期限", _clock(dossier)),
        ("去向", _steps(dossier)),
    )
    return tuple(group for group in groups if group[1])


def _facts(_: Dossier) -> tuple[Choice, ...]:
    return (
        Choice("修改纠纷情况", "facts"),
        Choice("增加当事人", "party"),
        Choice("增加参加人", "invited"),
    )


def _inquiry(dossier: Dossier) -> tuple[Choice, ...]:
    early = dossier.dispute.state is DisputeState.REGISTERED
    return (
        Choice("记录调查", "investigation", None, "请先受理，再记录调查。" if early else ""),
        Choice("登记证据", "evidence"),
        Choice("四至和附图", "land"),
    )


def _mediation(dossier: Dossier) -> tuple[Choice, ...]:
    told = (
        Choice("权利义务告知", "notice"),
        Choice("登记联系当事人", "attempt"),
        Choice("私人笔记", "private_note"),
        Choice("调解员", "mediators"),
    )
    if dossier.dispute.state not in IN_MEDIATION:
        return (*told, *_changes(dossier))
    barred = "有当事人明确拒绝调解，先记下重新同意的日期。" if dossier.barred_since() else ""
    closed = barred or (_STOP if harm_suspected(dossier.minor_checks) else "")
    return (
        *told,
        Choice("安排调解", "schedule", None, closed),
        Choice("补记调解", "record", None, closed),
        Choice("起草协议", "agreement", None, closed),
        Choice("达成口头协议", "oral", None, closed),
        Choice("登记重新同意" if barred else "登记拒绝调解", "refusal"),
    )


def _clock(dossier: Dossier) -> tuple[Choice, ...]:
    if dossier.dispute.state not in IN_MEDIATION:
        return ()
    above = "期限是上级定的，本单位不能暂停或延长。" if dossier.dispute.deadline_above else ""
    paused = any(pause.until_on is None for pause in dossier.pauses)
    return (
        Choice("恢复计算期限", "resume") if paused else Choice("暂停期限", "pause", None, above),
        Choice("调整等级", "regrade"),
        Choice("延长期限", "extend", None, above),
        Choice("登记上级期限", "above"),
    )


def _afterwards(dossier: Dossier) -> tuple[Choice, ...]:
    visit = (Choice("登记回访", "visit"),)
    if dossier.agreement is None:
        return visit if dossier.dispute.state not in lifecycle.UNSETTLED else ()
    early = "" if lifecycle.in_force(dossier) else "协议还没有生效。"
    return (
        Choice("登记付款", "payment", None, early),
        Choice("登记做到的事", "act", None, early),
        Choice("催促履行", "urging", None, early),
        *visit,
        Choice("司法确认", "confirmation", None, early),
    )


def _safety(_: Dossier) -> tuple[Choice, ...]:
    return (
        Choice("风险研判", "risk"),
        Choice("报告公安机关", "risk_report"),
        Choice("未成年人核对", "minor_check"),
        Choice("强制报告登记", "minor_report"),
        Choice("单独询问", "private_talk"),
    )


def _changes(dossier: Dossier) -> tuple[Choice, ...]:
    """Offer to change what is in force, or to go on with the draft of such a change."""
    if dossier.dispute.state not in _CHANGEABLE or not lifecycle.in_force(dossier):
        return ()
    if dossier.agreement != dossier.standing:
        return (Choice("接着写变更协议", "agreement"),)
    return (Choice("变更协议", "change"),)


def _steps(dossier: Dossier) -> tuple[Choice, ...]:
    offers = {offer.action: offer.closed_because for offer in lifecycle.offers(dossier)}
    steps = tuple(
        Choice(ACTION_NAMES[action], *_PANELS.get(action, ("step", action)), closed)
        for action, closed in offers.items()
        if action not in _BY_THEMSELVES
    )
    kept = dossier.dispute.state is DisputeState.ARCHIVED
    return (*steps, Choice("改保管期限", "retention")) if kept else steps


_CHANGEABLE = frozenset(
    {
        *(DisputeState.AGREED, DisputeState.PERFORMING, DisputeState.IN_DEFAULT),
        *(DisputeState.CONFIRMED, DisputeState.NOT_CONFIRMED),
    }
)
"""States in which something is still to be performed."""

_BY_THEMSELVES = frozenset({Action.MEDIATE, Action.AGREE, Action.TAKE_EFFECT})
"""Steps that come with another act: the first session, the printed agreement, the seal."""
