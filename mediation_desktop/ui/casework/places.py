"""Where a finding of the check is mended: the panel, and the field in it."""

from mediation_desktop.domain.checks import Finding
from mediation_desktop.domain.dossier import Dossier

_DISPUTE_PANELS = {
    "notices": "notice",
    "refusals": "refusal",
    "sessions": "record",
    "parties": "party",
    "mediators": "facts",
    "summary": "facts",
    "occurred_on": "facts",
    "accepted_on": "facts",
}
_PARTY_FIELDS = {"guardian": "guardian_name", "representative": "representative_name"}
_BESIDE = frozenset({"co_owners", "extra_copies"})


def panel_of(finding: Finding, dossier: Dossier) -> tuple[str, object]:
    """Return the key and the argument of the panel to open."""
    record_id = finding.record_id
    if record_id in {party.id for party in dossier.parties}:
        return "party", record_id
    if record_id in {session.id for session in dossier.sessions}:
        return "record", record_id
    if record_id in {paper.id for paper in dossier.papers}:
        return "signing", record_id
    if record_id == dossier.dispute.id:
        return _DISPUTE_PANELS.get(finding.field, "facts"), None
    return "agreement", None


def field_of(finding: Finding, dossier: Dossier) -> str:
    """Return the name of the field in that panel's sheet, empty where the panel's beginning is the place."""
    record_id, field = finding.record_id, finding.field
    if record_id in {party.id for party in dossier.parties}:
        return f"party.{_PARTY_FIELDS.get(field, field)}"
    if record_id in {session.id for session in dossier.sessions}:
        return "frame.day"
    agreement = dossier.agreement
    if agreement and record_id == agreement.id:
        return _in_agreement(field)
    owed = dossier.obligations_of(agreement) if agreement else ()
    places = {item.id: place for place, item in enumerate(owed)}
    return f"owed.{places[record_id]}.{field}" if record_id in places else f"facts.{field}"


def _in_agreement(field: str) -> str:
    name, _, place = field.partition(".")
    if name == "terms":
        return f"terms.{place}"
    if name in {"obligations", "amounts"}:
        return "owed.0.amount_fen"
    return f"beside.{name}" if name in _BESIDE else f"text.{name}"
