"""以案定补: the month's sheet, line by line with its reasons, and what was confirmed."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from mediation_desktop.domain import records
from mediation_desktop.domain.dates import printed, printed_month
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.subsidy import Due, MonthSheet, SubsidyLine, mediator_sheets, verdict
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.listing import Listing
from mediation_desktop.services.queries import gather
from mediation_desktop.storage.reader import Reader
from mediation_desktop.system.clock import today


def month_sheet(desk: Desk, month: str) -> MonthSheet:
    """Return every dispute closed in the month, and what was confirmed for it, with the reasons."""
    with desk.office_file.read() as reader:
        return _sheet(desk, reader, month)


def confirm_month(desk: Desk, month: str, dispute_ids: Collection[UUID]) -> Change:
    """Record the subsidy of these disputes, each once for ever.

    Raises:
        UserError: none is chosen, or one does not count (any more).
    """
    if not dispute_ids:
        raise UserError("没有选要计入的纠纷。", "请给要计入补贴的纠纷打勾。")
    with desk.office_file.change(desk.actor, "确认补贴") as work:
        lines = {line.dispute_id: line for line in _sheet(desk, work, month).lines if line.proposed}
        if not set(dispute_ids) <= lines.keys():
            raise UserError("有的纠纷不能计入，或者已经计入过。", "请重新打开本月补贴，核对后再确认。")
        for dispute_id in dict.fromkeys(dispute_ids):
            line = lines[dispute_id]
            for due in line.due:
                work.add(
                    records.Subsidy(
                        id=desk.new_id(),
                        dispute_id=dispute_id,
                        mediator_id=due.mediator_id,
                        month=month,
                        rule=line.rule,
                        amount_fen=due.amount_fen,
                        on=today(desk.clock),
                    )
                )
        return changed(work)


def take_back(desk: Desk, dispute_id: UUID, reason: str) -> Change:
    """Take a dispute's subsidy back, to be counted anew; the history keeps it with the reason."""
    with desk.office_file.change(desk.actor, "撤回补贴") as work:
        for one in work.find(records.Subsidy, dispute_id=dispute_id):
            work.remove(one, reason)
        return changed(work, dispute_id=dispute_id)


def subsidy_listing(desk: Desk, sheet: MonthSheet) -> Listing:
    """Return the month's confirmed subsidies as a list to copy, with a sum for each mediator and for all."""
    with desk.office_file.read() as reader:
        committee = reader.find(records.Committee)[0].name
    rows: list[tuple[str, ...]] = []
    people = mediator_sheets(sheet)
    for one in people:
        rows += [
            (one.name, line.number, line.title, line.grade_name, _day(line.closed_on), figures(fen))
            for line, fen in one.rows
        ]
        rows.append((one.name, "小计", f"{len(one.rows)}件", "", "", figures(one.total_fen)))
    total = figures(sum(one.total_fen for one in people))
    rows.append(("合计", "", f"{len(sheet.confirmed)}件", "", "", total))
    return Listing(
        f"{committee}{printed_month(sheet.month)}以案定补表",
        ("调解员", "编号", "当事人", "等级", "结案日期", "金额（元）"),
        tuple(rows),
    )


def month_waiting(desk: Desk, reader: Reader, month: str) -> bool:
    """Tell whether a month has disputes that count while nothing was confirmed for it.

    Never where no amount is set: then nobody pays a subsidy here.
    """
    if all(rate.amount_fen is None for rate in desk.codes.subsidy.entries):
        return False
    if reader.count(records.Subsidy, month=month):
        return False
    return any(
        verdict(gather(reader, one), desk.codes.subsidy).counts
        for one in reader.disputes_closed(*_days(month))
    )


def month_of(day: date) -> str:
    """Return the month of a day as it is kept: ``2026-10``."""
    return f"{day:%Y-%m}"


def month_before(month: str) -> str:
    """Return the month before."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def _days(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _day(day: date | None) -> str:
    return printed(day) if day else ""


def _sheet(desk: Desk, reader: Reader, month: str) -> MonthSheet:
    kept: dict[UUID, list[records.Subsidy]] = {}
    for one in reader.find(records.Subsidy, month=month):
        kept.setdefault(one.dispute_id, []).append(one)
    names = {one.id: one.name for one in reader.find(records.Mediator)}
    ids = dict.fromkeys((*reader.disputes_closed(*_days(month)), *kept))
    return MonthSheet(month, tuple(_line(desk, reader, one, kept.get(one, []), names) for one in ids))


def _line(
    desk: Desk,
    reader: Reader,
    dispute_id: UUID,
    kept: list[records.Subsidy],
    names: Mapping[UUID, str],
) -> SubsidyLine:
    dossier = gather(reader, dispute_id)
    found = verdict(dossier, desk.codes.subsidy)
    dispute = dossier.dispute
    rule = kept[0].rule if kept else found.rate.code if found.rate else ""
    rule_names = {rate.code: rate.name for rate in desk.codes.subsidy.entries}
    due = [(one.mediator_id, one.amount_fen) for one in kept or found.shares]
    return SubsidyLine(
        dispute_id=dispute_id,
        number=dispute.number,
        title=dossier.title,
        type_name=desk.codes.dispute_types.name(dispute.type_code),
        grade_name=desk.codes.grades.name(dispute.grade_code),
        closed_on=dispute.closed_on,
        rule=rule,
        rule_name=rule_names.get(rule, rule),
        lacks=() if kept else found.lacks,
        due=tuple(Due(mediator_id, names[mediator_id], fen) for mediator_id, fen in due),
        confirmed=bool(kept),
    )
