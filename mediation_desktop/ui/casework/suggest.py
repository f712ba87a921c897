"""Which panel stands open by itself: the likeliest next step of a dispute."""

from mediation_desktop.domain import meeting
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import IN_MEDIATION, UNSETTLED, Action
from mediation_desktop.domain.papers import sealed_into_effect
from mediation_desktop.domain.performance import open_parts
from mediation_desktop.domain.records import DisputeState, PaperState, SessionState
from mediation_desktop.domain.safety import harm_suspected, minor_check_due, special_report_due

Choice = tuple[str, object]
_AGREED_RESULT = "达成协议"
_LIVE = (PaperState.PRINTED, PaperState.SIGNED, PaperState.SEALED)


def next_panel(dossier: Dossier) -> Choice | None:
    """Return the panel's key and argument, or ``None`` where nothing is left to do."""
    state = dossier.dispute.state
    children = _for_children(dossier) if state in UNSETTLED else None
    if children:
        return children
    if state is DisputeState.REGISTERED:
        return _next_before_acceptance(dossier)
    if state in IN_MEDIATION:
        return _next_in_mediation(dossier)
    if state is DisputeState.AGREED or state in _OWING:
        return _next_after_agreement(dossier)
    return _STEPS.get(state)


_STEPS: dict[DisputeState, Choice] = {
    DisputeState.PERFORMED: ("closing", None),
    DisputeState.TERMINATED: ("closing", None),
    DisputeState.WITHDRAWN: ("closing", None),
    DisputeState.REFERRED: ("closing", None),
    DisputeState.NOT_ACCEPTED: ("closing", None),
    DisputeState.CLOSED: ("archive", Action.ARCHIVE),
}


def _next_before_acceptance(dossier: Dossier) -> Choice:
    if any(answer.yes for check in dossier.acceptance_checks[-1:] for answer in check.answers):
        return "end", Action.DECLINE
    return ("accept", None) if len({party.side for party in dossier.parties}) > 1 else ("party", None)


def _for_children(dossier: Dossier) -> Choice | None:
    """First the nine situations where a minor is involved; after a hit the report, and no mediation."""
    if harm_suspected(dossier.minor_checks):
        return ("minor_report", None) if special_report_due(dossier, ()) else ("end", Action.REFER)
    return ("minor_check", None) if minor_check_due(dossier) else None


_OWING = frozenset(
    {
        DisputeState.PERFORMING,
        DisputeState.IN_DEFAULT,
        DisputeState.CONFIRMED,
        DisputeState.NOT_CONFIRMED,
    }
)


def _next_after_agreement(dossier: Dossier) -> Choice:
    """A change being drafted first, then what is to be signed or sealed, then what is owed."""
    live = [paper for paper in dossier.papers if paper.state in _LIVE and sealed_into_effect(paper)]
    draft, owing = dossier.agreement, dossier.dispute.state in _OWING
    printed = draft and any(paper.subject_id == draft.id for paper in live)
    if not printed and (not owing or draft != dossier.standing):
        return "agreement", None
    if live and dossier.dispute.state in {DisputeState.AGREED, DisputeState.PERFORMING}:
        return "signing", live[-1].id
    return _next_in_performance(dossier)


def _next_in_performance(dossier: Dossier) -> Choice:
    """Money that is owed first, then acts; then all is done."""
    left = open_parts(dossier)
    if any(part.left_fen for part in left):
        return "payment", None
    return ("act", None) if left else ("performed", None)


def _next_in_mediation(dossier: Dossier) -> Choice:
    if dossier.barred_since():
        return "end", Action.TERMINATE
    if not dossier.notices:
        return "notice", None
    planned = [session for session in dossier.sessions if session.state is SessionState.PLANNED]
    if planned:
        return "record", planned[0].id
    if meeting.appointed(dossier):
        return "schedule", None
    held = [session for session in dossier.sessions if session.state is SessionState.HELD]
    if dossier.agreement or (held and held[-1].result == _AGREED_RESULT):
        return "agreement", None
    return "schedule", None
