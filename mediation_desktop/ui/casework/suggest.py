"""Which panel stands open by itself: the likeliest next step of a dispute."""

from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import IN_MEDIATION, Action
from mediation_desktop.domain.records import DisputeState, PaperState, SessionState

Choice = tuple[str, object]
_AGREED_RESULT = "达成协议"
_LIVE = (PaperState.PRINTED, PaperState.SIGNED, PaperState.SEALED)


def next_panel(dossier: Dossier) -> Choice | None:
    """Return the panel's key and argument, or ``None`` where nothing is left to do."""
    state = dossier.dispute.state
    if state is DisputeState.REGISTERED:
        return ("step", Action.ACCEPT) if len(dossier.parties) > 1 else ("party", None)
    if state in IN_MEDIATION:
        return _next_in_mediation(dossier)
    live = [paper for paper in dossier.papers if paper.state in _LIVE]
    draft = dossier.agreement
    if draft and draft != dossier.standing and not any(paper.subject_id == draft.id for paper in live):
        return "agreement", None
    if state in {DisputeState.AGREED, DisputeState.PERFORMING} and live:
        return "signing", live[-1].id
    return _STEPS.get(state)


_STEPS: dict[DisputeState, Choice] = {
    DisputeState.AGREED: ("agreement", None),
    DisputeState.PERFORMING: ("step", Action.PERFORM),
    DisputeState.IN_DEFAULT: ("step", Action.PERFORM),
    DisputeState.CONFIRMED: ("step", Action.PERFORM),
    DisputeState.NOT_CONFIRMED: ("step", Action.PERFORM),
    DisputeState.PERFORMED: ("step", Action.CLOSE),
    DisputeState.TERMINATED: ("step", Action.CLOSE),
    DisputeState.WITHDRAWN: ("step", Action.CLOSE),
    DisputeState.REFERRED: ("step", Action.CLOSE),
    DisputeState.NOT_ACCEPTED: ("step", Action.CLOSE),
    DisputeState.CLOSED: ("step", Action.ARCHIVE),
}


def _next_in_mediation(dossier: Dossier) -> Choice:
    if dossier.barred_since():
        return "end", Action.TERMINATE
    if not dossier.notices:
        return "notice", None
    planned = [session for session in dossier.sessions if session.state is SessionState.PLANNED]
    if planned:
        return "record", planned[0].id
    held = [session for session in dossier.sessions if session.state is SessionState.HELD]
    if dossier.agreement or (held and held[-1].result == _AGREED_RESULT):
        return "agreement", None
    return "schedule", None
