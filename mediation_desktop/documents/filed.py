"""The values of papers that come after the agreement: receipts, the court's pack, the dossier itself."""

from collections.abc import Callable
from datetime import date

from mediation_desktop.documents.matter import Matter, day, joined, unstopped
from mediation_desktop.documents.values import Table
from mediation_desktop.domain import filing, money
from mediation_desktop.domain.effect import agreement_effective_on
from mediation_desktop.domain.filing import ContentsLine
from mediation_desktop.domain.papers import name_of_form
from mediation_desktop.domain.records import (
    Closing,
    Evidence,
    IssuedPaper,
    Obligation,
    Party,
    Payment,
    SessionState,
)

BOX, TICKED = "□", "■"
"""A box to tick and one that is ticked, in characters that every shipped face has."""

_ORIGINAL = {True: "原件", False: "复印件", None: ""}


def _source(*codes: str) -> Callable[[None, Matter], str]:
    """Make one of the boxes of 结案报告表 for these sources."""
    return lambda _, matter: TICKED if matter.dossier.dispute.source_code in codes else BOX


def _ended(matter: Matter) -> date | None:
    """Return the last day of mediation: that of settling or ending, else of the last session."""
    held = [one.starts_at.date() for one in matter.dossier.sessions if one.state is SessionState.HELD]
    return matter.dossier.dispute.finished_on or max(held, default=None)


def _filed_on(matter: Matter) -> date | None:
    """Return the day of filing: that of the archive, else of the closing report."""
    reports = matter.dossier.closings
    return matter.dossier.dispute.archived_on or (reports[-1].on if reports else None)


def _sheets(matter: Matter) -> str:
    total = filing.sheets_of(filing.contents(matter.dossier, matter.codes.dossier_parts))
    return str(total) if total else ""


def _retention(matter: Matter) -> str:
    code = matter.dossier.dispute.retention_code
    return matter.codes.retention.name(code) if code else ""


def _effective(matter: Matter) -> date | None:
    agreement = matter.agreement
    if agreement is None:
        return None
    papers = [one for one in matter.dossier.papers if one.subject_id == agreement.id and one.effective_on]
    return agreement_effective_on(agreement, matter.dossier.parties, papers[-1] if papers else None)


def _of_agreement(matter: Matter) -> tuple[Obligation, ...]:
    return matter.dossier.obligations_of(matter.agreement) if matter.agreement else ()


FILE: Table[None] = {
    "dispute.year": lambda _, matter: str(
        (matter.dossier.dispute.accepted_on or matter.dossier.dispute.registered_on).year
    ),
    "file.from": lambda _, matter: day(matter.dossier.dispute.accepted_on),
    "file.to": lambda _, matter: day(_ended(matter)),
    "file.filed": lambda _, matter: day(_filed_on(matter)),
    "file.retention": lambda _, matter: _retention(matter),
    "file.sheets": lambda _, matter: _sheets(matter),
    "court.name": lambda _, matter: joined(one.court for one in matter.dossier.confirmations[-1:]),
    "agreement.effective": lambda _, matter: day(_effective(matter)),
    "agreement.co_owners": lambda _, matter: (
        unstopped(matter.agreement.co_owners) if matter.agreement else ""
    ),
    "agreement.places": lambda _, matter: joined(
        dict.fromkeys(item.place for item in _of_agreement(matter) if item.place)
    ),
    "source.applied": _source("application", "application_written", "application_oral"),
    "source.initiative": _source("initiative"),
    "source.police": _source("police"),
    "source.court": _source("court"),
    "source.government": _source("procuratorate", "petition", "department"),
}
"""What holds for the whole file."""

PAYMENT: Table[Payment] = {
    "payment.day": lambda paid, _: day(paid.on),
    "payment.debtor": lambda paid, matter: matter.dossier.party(paid.debtor_id).name,
    "payment.creditor": lambda paid, matter: matter.dossier.party(paid.creditor_id).name,
    "payment.figures": lambda paid, _: money.figures(paid.amount_fen),
    "payment.capitals": lambda paid, _: money.capitals(paid.amount_fen),
    "payment.proof": lambda paid, _: paid.proof,
}

DONE: Table[Obligation] = {
    "done.day": lambda owed, _: day(owed.performed_on),
    "done.debtor": lambda owed, matter: matter.dossier.party(owed.debtor_id).name,
    "done.creditor": lambda owed, matter: matter.dossier.party(owed.creditor_id).name,
    "done.what": lambda owed, _: owed.what,
    "done.note": lambda owed, _: owed.performed_note,
}

CLOSING: Table[Closing] = {
    "closing.day": lambda report, _: day(report.on),
    "closing.by": lambda report, _: report.by,
    "closing.result": lambda report, _: report.result,
    "closing.summary": lambda report, _: report.summary,
}

EVIDENCE: Table[Evidence] = {
    "evidence.name": lambda item, _: item.name,
    "evidence.kind": lambda item, matter: matter.codes.evidence_kinds.name(item.kind),
    "evidence.provider": lambda item, matter: (
        matter.dossier.party(item.party_id).name if item.party_id else "调解员调取"
    ),
    "evidence.original": lambda item, _: _ORIGINAL[item.original],
    "evidence.pages": lambda item, _: str(item.pages) if item.pages else "",
    "evidence.note": lambda item, _: item.note,
}

CONTENTS: Table[ContentsLine] = {
    "item.name": lambda line, _: line.name,
    "item.page": lambda line, _: line.page,
    "item.sheets": lambda line, _: str(line.sheets) if line.sheets else "",
    "item.note": lambda line, _: line.note,
}

REMARK: Table[str] = {"remark": lambda remark, _: remark}

Served = tuple[IssuedPaper, Party]
"""A paper, and the party that is handed it."""


def _paper_name(served: Served, _: Matter) -> str:
    return name_of_form(served[0].form, "")


def _handed_on(served: Served, _: Matter) -> str:
    paper, party = served
    return joined(day(one.on) for one in paper.deliveries if one.party_id == party.id)


SERVED: Table[Served] = {"paper.name": _paper_name, "paper.handed": _handed_on}
