"""What else can be done to a dispute, in groups; a closed choice says why."""

from msgspec import Struct

from mediation_desktop.domain import lifecycle
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import IN_MEDIATION, Action
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.services.disputes import ACTION_NAMES

_ENDINGS = (Action.DECLINE, Action.REFER, Action.TERMINATE, Action.WITHDRAW)


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
        ("调解", _mediation(dossier)),
        ("去向", _steps(dossier)),
    )
    return tuple(group for group in groups if group[1])


def _facts(_: Dossier) -> tuple[Choice, ...]:
    return (
        Choice("修改纠纷情况", "facts"),
        Choice("增加当事人", "party"),
        Choice("增加参加人", "invited"),
    )


def _mediation(dossier: Dossier) -> tuple[Choice, ...]:
    told = (Choice("权利义务告知", "notice"),)
    if dossier.dispute.state not in IN_MEDIATION:
        return (*told, *_changes(dossier))
    barred = "有当事人明确拒绝调解，先记下重新同意的日期。" if dossier.barred_since() else ""
    return (
        *told,
        Choice("安排调解", "schedule", None, barred),
        Choice("补记调解", "record", None, barred),
        Choice("起草协议", "agreement", None, barred),
        Choice("达成口头协议", "oral", None, barred),
        Choice("登记重新同意" if barred else "登记拒绝调解", "refusal"),
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
    return tuple(
        Choice(ACTION_NAMES[action], "end" if action in _ENDINGS else "step", action, closed)
        for action, closed in offers.items()
        if action not in _BY_THEMSELVES
    )


_CHANGEABLE = frozenset(
    {
        *(DisputeState.AGREED, DisputeState.PERFORMING, DisputeState.IN_DEFAULT),
        *(DisputeState.CONFIRMED, DisputeState.NOT_CONFIRMED),
    }
)
"""States in which something is still to be performed."""

_BY_THEMSELVES = frozenset({Action.MEDIATE, Action.AGREE, Action.TAKE_EFFECT})
"""Steps that come with another act: the first session, the printed agreement, the seal."""
