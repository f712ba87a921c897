"""What papers of the office may name: hand-overs, destroy lists, subsidies, registers, mandatory reports."""

from mediation_desktop.documents.kinds import About, Listed, Realm
from mediation_desktop.documents.matter import Matter, OfficeMatter, day, flag
from mediation_desktop.documents.values import Table
from mediation_desktop.domain import money
from mediation_desktop.domain.dates import printed, printed_month
from mediation_desktop.domain.fieldwords import ENUM_WORDS
from mediation_desktop.domain.handover import HandoverSheet
from mediation_desktop.domain.ledger import ACCOUNT_WORDS, Ledger, LedgerLine, ledger_line
from mediation_desktop.domain.lines import DisputeLine
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.domain.retention import DestroyList, ListedDossier
from mediation_desktop.domain.special import FurtherReport, ReportSheet
from mediation_desktop.domain.subsidy import (
    Assessment,
    MediatorSheet,
    MonthSheet,
    Share,
    SubsidyLine,
    assessment,
    mediator_sheets,
)
from mediation_desktop.domain.times import printed_time

OFFICE = Realm(
    "office",
    OfficeMatter,
    {
        "committee.name": lambda _, matter: matter.committee.name,
        "made.day": lambda _, matter: day(matter.on),
        "made.by": lambda _, matter: matter.by,
    },
)
"""Papers that tell of the office and not of one dispute."""


def _money(fen: int | None) -> str:
    return "" if fen is None else money.figures(fen)


def _capitals(fen: int) -> str:
    return money.capitals(fen) if fen <= money.LARGEST_FEN else ""


# 移交

HANDOVER: Table[HandoverSheet] = {
    "handover.day": lambda sheet, _: day(sheet.handover.on),
    "handover.from": lambda sheet, _: sheet.handover.from_name,
    "handover.to": lambda sheet, _: sheet.handover.to_name,
    "handover.reason": lambda sheet, _: sheet.handover.reason,
    "handover.note": lambda sheet, _: sheet.handover.note,
    "handover.from_signed": lambda sheet, _: day(sheet.handover.from_signed_on),
    "handover.to_signed": lambda sheet, _: day(sheet.handover.to_signed_on),
    "handover.disputes": lambda sheet, _: str(len(sheet.disputes)),
    "handover.duties": lambda sheet, _: str(len(sheet.handover.duties)),
    "handover.files": lambda sheet, _: str(len(sheet.handover.files)),
    "handover.keys": lambda sheet, _: str(len(sheet.handover.keys)),
    "handover.some_disputes": lambda sheet, _: flag(sheet.disputes),
    "handover.some_duties": lambda sheet, _: flag(sheet.handover.duties),
    "handover.some_files": lambda sheet, _: flag(sheet.handover.files),
    "handover.some_keys": lambda sheet, _: flag(sheet.handover.keys),
}

LINE: Table[DisputeLine] = {
    "open.dispute": lambda line, _: line.number,
    "open.parties": lambda line, _: line.parties or line.title,
    "open.type": lambda line, _: line.type_name,
    "open.grade": lambda line, _: line.grade_name,
    "open.state": lambda line, _: ENUM_WORDS[DisputeState][line.state],
    "open.limit": lambda line, _: line.deadline.last_day.isoformat() if line.deadline else "",
}

# 销毁

DESTRUCTION: Table[DestroyList] = {
    "destruction.day": lambda sheet, _: day(sheet.on),
    "destruction.done": lambda sheet, _: flag(sheet.on),
    "destruction.count": lambda sheet, _: str(len(sheet.dossiers)),
    "destruction.capitals": lambda sheet, _: money.number_capitals(len(sheet.dossiers)),
    "destruction.first": lambda sheet, _: sheet.first_name,
    "destruction.second": lambda sheet, _: sheet.second_name,
    "destruction.note": lambda sheet, _: sheet.note,
}

DOSSIER: Table[ListedDossier] = {
    "dossier.dispute": lambda one, _: one.number,
    "dossier.title": lambda one, _: one.title,
    "dossier.type": lambda one, _: one.type_name,
    "dossier.archived": lambda one, _: one.archived_on.isoformat() if one.archived_on else "",
    "dossier.retention": lambda one, _: one.retention,
    "dossier.kept_until": lambda one, _: one.kept_until.isoformat() if one.kept_until else "",
}

# 补贴

SUBSIDY_MONTH: Table[MonthSheet] = {
    "month.word": lambda sheet, _: printed_month(sheet.month),
    "month.count": lambda sheet, _: str(len(sheet.confirmed)),
    "month.people": lambda sheet, _: str(len(mediator_sheets(sheet))),
    "month.total": lambda sheet, _: _money(sheet.total_fen),
    "month.capitals": lambda sheet, _: _capitals(sheet.total_fen),
}

SUBSIDY_PERSON: Table[MediatorSheet] = {
    "person.name": lambda sheet, _: sheet.name,
    "person.count": lambda sheet, _: str(len(sheet.rows)),
    "person.total": lambda sheet, _: _money(sheet.total_fen),
    "person.capitals": lambda sheet, _: _capitals(sheet.total_fen),
}


def _case(line: SubsidyLine) -> dict[str, str]:
    return {
        "case.dispute": line.number,
        "case.title": line.title,
        "case.type": line.type_name,
        "case.grade": line.grade_name,
        "case.closed": line.closed_on.isoformat() if line.closed_on else "",
        "case.rule": line.rule_name,
    }


_CASE = ("case.dispute", "case.title", "case.type", "case.grade", "case.closed", "case.rule")

SUBSIDY_CASE: Table[SubsidyLine] = {
    **{name: lambda line, _, name=name: _case(line)[name] for name in _CASE},
    "case.amount": lambda line, _: _money(line.amount_fen),
    "case.shares": lambda line, _: "、".join(f"{one.name}{_money(one.amount_fen)}元" for one in line.due),
}

PERSONS_CASE: Table[tuple[SubsidyLine, int]] = {
    **{name: lambda row, _, name=name: _case(row[0])[name] for name in _CASE},
    "case.amount": lambda row, _: _money(row[1]),
}


def _confirmed_in(found: Assessment) -> str:
    return printed_month(found.month) if found.month else ""


ASSESSMENT: Table[Assessment] = {
    **{
        f"subsidy.{name}": say
        for name, say in {
            "rule": lambda found, _: found.rate.name if found.rate else "",
            "figures": lambda found, _: _money(found.amount_fen) if found.shares else "",
            "capitals": lambda found, _: _capitals(found.amount_fen) if found.shares else "",
            "month": lambda found, _: _confirmed_in(found),
            "lacks": lambda found, _: "；".join(found.lacks),
            "counts": lambda found, _: flag(not found.lacks),
            "required": lambda found, _: flag(found.required),
        }.items()
    },
    "subsidy.grade": lambda _, matter: matter.codes.grades.name(matter.dossier.dispute.grade_code),
    "subsidy.closed": lambda _, matter: day(matter.dossier.dispute.closed_on),
}

SHARE: Table[Share] = {
    "share.name": lambda share, matter: "、".join(
        one.name for one in matter.mediators_of([share.mediator_id])
    ),
    "share.amount": lambda share, _: _money(share.amount_fen),
}

REQUIRED: Table[tuple[str, bool]] = {
    "record.name": lambda row, _: row[0],
    "record.there": lambda row, _: "有" if row[1] else "缺",
}

# 登记单、登记簿

ENTRY: Table[LedgerLine] = {
    "entry.dispute": lambda line, _: line.number,
    "entry.accepted": lambda line, _: line.accepted_on.isoformat() if line.accepted_on else "",
    "entry.parties": lambda line, _: line.parties,
    "entry.type": lambda line, _: line.type_name,
    "entry.summary": lambda line, _: line.summary,
    "entry.mediators": lambda line, _: line.mediators,
    "entry.mediated": lambda line, _: line.mediated_on.isoformat() if line.mediated_on else "",
    "entry.result": lambda line, _: line.result,
    "entry.form": lambda line, _: line.form,
    "entry.agreement": lambda line, _: line.agreement_number,
    "entry.performance": lambda line, _: line.performance,
    "entry.amount": lambda line, _: _money(line.amount_fen),
}

SLIP: Table[LedgerLine] = {
    **ENTRY,
    "entry.accepted": lambda line, _: day(line.accepted_on),
    "entry.mediated": lambda line, _: day(line.mediated_on),
    "entry.capitals": lambda line, _: "" if line.amount_fen is None else _capitals(line.amount_fen),
}

LEDGER: Table[Ledger] = {
    "ledger.first": lambda ledger, _: printed(ledger.first),
    "ledger.last": lambda ledger, _: printed(ledger.last),
    "ledger.account": lambda ledger, _: ACCOUNT_WORDS[ledger.account],
    "ledger.count": lambda ledger, _: str(len(ledger.lines)),
    "ledger.results": lambda ledger, _: "，".join(
        f"{word}{count}件" for word, count in ledger.results.items()
    ),
    "ledger.total": lambda ledger, _: _money(ledger.amount_fen),
    "ledger.capitals": lambda ledger, _: _capitals(ledger.amount_fen),
}

# 强制报告: who told of it (reporter, caller) has no name here, so that no form can print it.

REPORT: Table[ReportSheet] = {
    "report.dispute": lambda sheet, _: sheet.number,
    "report.day": lambda sheet, _: day(sheet.report.told_at.date()),
    "report.time": lambda sheet, _: printed_time(sheet.report.told_at.time()),
    "report.unit": lambda sheet, _: sheet.report.unit,
    "report.officer": lambda sheet, _: sheet.report.officer,
    "report.receipt": lambda sheet, _: sheet.report.receipt_number,
    "report.about": lambda sheet, _: sheet.report.about,
    "report.what": lambda sheet, _: sheet.report.what,
    "report.further": lambda sheet, _: flag(sheet.report.further),
}

FURTHER: Table[FurtherReport] = {
    "further.to": lambda one, _: one.to,
    "further.day": lambda one, _: day(one.on),
    "further.note": lambda one, _: one.note,
}


def _of_office(name: str, table: Table) -> About:
    """Return a paper about one thing that the office did; without that thing nobody asks for the paper."""
    return About(
        lambda matter: matter.about(SUBJECTS[name]),
        table,
        "这份文书要写的内容还没有登记。",
        "请从登记它的页面打印。",
        OFFICE,
    )


def _assessed(matter: Matter) -> Assessment:
    return assessment(matter.dossier, matter.codes.subsidy)


ABOUT: dict[str, About] = {
    "handover": _of_office("handover", HANDOVER),
    "destruction": _of_office("destruction", DESTRUCTION),
    "subsidy_month": _of_office("subsidy_month", SUBSIDY_MONTH),
    "ledger": _of_office("ledger", LEDGER),
    "report": _of_office("report", REPORT),
    "subsidy": About(_assessed, ASSESSMENT, "", ""),
    "entry": About(lambda matter: ledger_line(matter.dossier, matter.codes), SLIP, "", ""),
}
"""What a form of the office may say in ``about``, and what a dispute adds up to: its subsidy, its entry."""

SUBJECTS: dict[str, type] = {
    "handover": HandoverSheet,
    "destruction": DestroyList,
    "subsidy_month": MonthSheet,
    "ledger": Ledger,
    "report": ReportSheet,
}
"""What papers of the office are about, by the word that forms use."""

LISTS: dict[str, Listed] = {
    "handed_disputes": Listed("open", lambda matter, _: matter.subject.disputes, LINE, "handover"),
    "handed_duties": Listed(
        "duty", lambda matter, _: matter.subject.handover.duties, {"duty": lambda one, _: one}, "handover"
    ),
    "handed_files": Listed(
        "file", lambda matter, _: matter.subject.handover.files, {"file": lambda one, _: one}, "handover"
    ),
    "handed_keys": Listed(
        "key", lambda matter, _: matter.subject.handover.keys, {"key": lambda one, _: one}, "handover"
    ),
    "dossiers": Listed("dossier", lambda matter, _: matter.subject.dossiers, DOSSIER, "destruction"),
    "subsidy_people": Listed(
        "person", lambda matter, _: mediator_sheets(matter.subject), SUBSIDY_PERSON, "subsidy_month"
    ),
    "persons_cases": Listed("case", lambda _, person: person.rows, PERSONS_CASE, "subsidy_people"),
    "subsidy_cases": Listed(
        "case", lambda matter, _: matter.subject.confirmed, SUBSIDY_CASE, "subsidy_month"
    ),
    "subsidy_shares": Listed("share", lambda matter, _: matter.subject.shares, SHARE, "subsidy"),
    "subsidy_records": Listed("record", lambda matter, _: matter.subject.required, REQUIRED, "subsidy"),
    "entries": Listed("entry", lambda matter, _: matter.subject.lines, ENTRY, "ledger"),
    "further_reports": Listed("further", lambda matter, _: matter.subject.report.further, FURTHER, "report"),
}
"""What ``each`` may name besides the lists of a dispute."""
