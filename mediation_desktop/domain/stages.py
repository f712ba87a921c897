"""登记 受理 调查 调解 协议 履行 归档: the seven stages, and which of them a dispute has behind it."""

from enum import StrEnum

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import UNSETTLED
from mediation_desktop.domain.records import DisputeState, SessionState

STAGES = ("登记", "受理", "调查", "调解", "协议", "履行", "归档")


class Progress(StrEnum):
    """Whether a stage is behind, at hand, or ahead (or was never needed)."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"


_BEHIND = {DisputeState.PERFORMED, DisputeState.CLOSED, DisputeState.ARCHIVED}

_AT_HAND = {
    DisputeState.REGISTERED: "受理",
    DisputeState.ACCEPTED: "调解",
    DisputeState.INVESTIGATING: "调查",
    DisputeState.MEDIATING: "调解",
    DisputeState.AGREED: "协议",
    DisputeState.PERFORMING: "履行",
    DisputeState.IN_DEFAULT: "履行",
    DisputeState.CONFIRMED: "履行",
    DisputeState.NOT_CONFIRMED: "履行",
    DisputeState.PERFORMED: "归档",
    DisputeState.NOT_ACCEPTED: "归档",
    DisputeState.REFERRED: "归档",
    DisputeState.TERMINATED: "归档",
    DisputeState.WITHDRAWN: "归档",
    DisputeState.CLOSED: "归档",
}


def progress(dossier: Dossier) -> tuple[tuple[str, Progress], ...]:
    """Return every stage with its progress; a stage that left no record counts as not done."""
    state = dossier.dispute.state
    done = {
        "登记": True,
        "受理": dossier.dispute.accepted_on is not None,
        "调查": bool(dossier.evidence or dossier.investigations),
        "调解": any(session.state is SessionState.HELD for session in dossier.sessions),
        "协议": bool(dossier.agreements) and state not in UNSETTLED,
        "履行": bool(dossier.agreements) and state in _BEHIND,
        "归档": state is DisputeState.ARCHIVED,
    }
    at_hand = _AT_HAND.get(state)
    return tuple(
        (stage, Progress.NOW if stage == at_hand else Progress.DONE if done[stage] else Progress.TODO)
        for stage in STAGES
    )
