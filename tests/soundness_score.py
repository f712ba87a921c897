"""How well the soundness check does on a folder of whole agreements.

A folder holds dispute files ``faulty-*.toml`` and ``sound-*.toml`` and a ``labels.toml``, which says of each
faulty one what is wrong (``fault``) and where that shows (``places``): ``term:N``, ``obligation:N``,
``party:id``, ``facts``, ``responsibility``, ``amounts``, ``dates``, ``signing``, ``session``, ``notice``,
``dispute``, ``agreement``.

A fault counts as found when a fault or a warning points at one of its places, a sound agreement as a false
alarm when it has any fault or warning at all.
"""

import tomllib
from datetime import datetime

from helpers import IdCounter
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import agreement_findings, alarms
from mediation_desktop.services.casefiles.reader import read_case
from mediation_desktop.services.codes import load_codes

CODES = load_codes()

_DATES = {"date", "obligation.past", "obligation.due", "obligation.order"}
"""Checks, or beginnings of their codes, that are about dates wherever they point."""
_OF_DISPUTE = {"notices": {"notice", "dates"}, "sessions": {"session"}, "starts_at": {"session"}}


def as_kept(case, new_id):
    """Return a dispute file's dossier as an office would hold it: with its paper signed and sealed."""
    dossier, signing = case.dossier, case.signing
    agreement = dossier.agreement
    if agreement is None or signing is None:
        return dossier
    days = [item.on for item in signing.signatures]
    agreement = replace(agreement, agreed_on=agreement.agreed_on or min(days, default=None))
    paper = records.IssuedPaper(
        id=new_id(),
        dispute_id=dossier.dispute.id,
        subject_id=agreement.id,
        form="agreement",
        form_version="1",
        printed_at=datetime(2026, 1, 1),
        copies=3,
        pages=1,
        pdf_sha256="",
        docx_sha256="",
        state=records.PaperState.SEALED if signing.sealed_on else records.PaperState.PRINTED,
        signatures=signing.signatures,
        party_seals=signing.party_seals,
        sealed_on=signing.sealed_on,
    )
    return replace(dossier, agreements=(agreement,), papers=(paper,))


def checked(path):
    """Return the dossier of a file and the faults and warnings found in it."""
    text, new_id = path.read_text(encoding="utf-8"), IdCounter()
    dossier = as_kept(read_case(text, CODES, new_id), new_id)
    if dossier.agreement is None:
        return dossier, [], {}
    short = [party["id"] for party in tomllib.loads(text)["party"]]
    ids = {party.id: one for party, one in zip(dossier.parties, short, strict=True)}
    return dossier, alarms(agreement_findings(dossier, dossier.agreement, CODES.wording)), ids


def places(finding, dossier, ids):
    """Return every label that a finding answers to: where it points, and what it is about."""
    field, _, at = finding.field.partition(".")
    owed = {item.id: item.position + 1 for item in dossier.obligations}
    if finding.record_id in ids:
        found = {f"party:{ids[finding.record_id]}"}
    elif finding.record_id in owed:
        found = {f"obligation:{owed[finding.record_id]}"}
    elif finding.record_id in {paper.id for paper in dossier.papers}:
        found = {"signing"}
    elif finding.record_id == dossier.agreement.id:
        found = {f"term:{int(at) + 1}"} if field == "terms" and at else {_agreement_place(field)}
    else:
        found = set(_OF_DISPUTE.get(field, {"dispute"}))
    about_dates = finding.code.partition(".")[0] in _DATES or finding.code in _DATES
    return found | ({"dates"} if about_dates else set())


def _agreement_place(field):
    """Return the label of a field of the agreement itself."""
    if field in {"facts", "responsibility", "amounts"}:
        return field
    return "dates" if field == "agreed_on" else "agreement"


def score(folder):
    """Return what was not found and what was a false alarm, with how many there were of either kind."""
    labels = tomllib.loads((folder / "labels.toml").read_text("utf-8"))
    faulty, sound = sorted(folder.glob("faulty-*.toml")), sorted(folder.glob("sound-*.toml"))
    missed, false = [], []
    for path in faulty:
        dossier, found, ids = checked(path)
        told = set().union(*(places(finding, dossier, ids) for finding in found), set())
        if not told & set(labels[path.stem]["places"]):
            missed.append((path.stem, labels[path.stem]["fault"], sorted(told)))
    for path in sound:
        _, found, _ = checked(path)
        if found:
            false.append((path.stem, [finding.text for finding in found]))
    return len(faulty), missed, len(sound), false
