"""Work on several disputes at once: another mediator for all of them, or a list of them."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.documents.listing import listing
from mediation_desktop.documents.page import Column
from mediation_desktop.documents.pdf import PdfPaper, write_pdf
from mediation_desktop.domain import records
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.fieldwords import ENUM_WORDS
from mediation_desktop.domain.lifecycle import UNSETTLED
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.office import office_view
from mediation_desktop.services.papers import faces
from mediation_desktop.services.queries import DisputeLine, lines_of
from mediation_desktop.storage.unit_of_work import UnitOfWork
from mediation_desktop.system.clock import today
from mediation_desktop.system.files import with_ending, write_file

_AT_ONCE = 500
_OVER = frozenset({records.DisputeState.CLOSED, records.DisputeState.ARCHIVED})
_FORMULA = ("=", "+", "-", "@", "\t")
"""What makes a spreadsheet take a text for a formula."""


class ListColumn(Struct, frozen=True):
    """One column of the list: its heading and its part of the sheet's width."""

    head: str
    share: float


LIST_COLUMNS = (
    ListColumn("编号", 0.23),
    ListColumn("当事人", 0.23),
    ListColumn("类型", 0.13),
    ListColumn("等级", 0.06),
    ListColumn("状态", 0.1),
    ListColumn("办结期限", 0.13),
    ListColumn("调解员", 0.12),
)
"""What a list of disputes says: no ID, no phone number, no address."""


def reassign(desk: Desk, dispute_ids: Sequence[UUID], mediator_id: UUID) -> Change:
    """换调解员: give several disputes to one mediator, all of them or none.

    Sessions still planned go along where one of the mediators before was to hold them.

    Raises:
        UserError: none is chosen, one is closed, or its mediator was chosen by a party (人民调解法 第19条).
    """
    if not dispute_ids:
        raise UserError("还没有选纠纷。", "请先在列表里选好，再换调解员。")
    with desk.office_file.change(desk.actor, "换调解员") as work:
        for dispute_id in dispute_ids:
            _give_to(work, work.get(records.Dispute, dispute_id), mediator_id)
        return changed(work)


def _give_to(work: UnitOfWork, dispute: records.Dispute, mediator_id: UUID) -> None:
    if dispute.state in _OVER:
        raise UserError(f"{dispute.number}已经结案，不再换调解员。", "请去掉这一件再换；一件也没有换。")
    if any(choice.mediator_id != mediator_id for choice in dispute.mediator_choices):
        raise UserError(
            f"{dispute.number}的调解员是当事人自己选的，不能一并换掉。",
            "请去掉这一件再换；当事人同意换人的，打开那件纠纷再改。一件也没有换。",
        )
    before = set(dispute.mediator_ids)
    work.update(replace(dispute, mediator_ids=(mediator_id,)))
    for session in work.find(records.Session, dispute_id=dispute.id, state=records.SessionState.PLANNED):
        if before & set(session.mediator_ids):
            others = [one for one in session.mediator_ids if one not in before]
            kept = dict.fromkeys((mediator_id, *others))
            work.update(replace(session, mediator_ids=tuple(kept)))


def list_rows(desk: Desk, dispute_ids: Sequence[UUID]) -> list[tuple[str, ...]]:
    """Return the list of these disputes in the order given, each row in the order of ``LIST_COLUMNS``."""
    rows: list[tuple[str, ...]] = []
    with desk.office_file.read() as reader:
        names = {mediator.id: mediator.name for mediator in reader.find(records.Mediator)}
        for at in range(0, len(dispute_ids), _AT_ONCE):
            part = dispute_ids[at : at + _AT_ONCE]
            mediators = {one.id: one.mediator_ids for one in reader.of_ids(records.Dispute, part)}
            rows += [
                _row(line, "、".join(names[one] for one in mediators[line.id]))
                for line in lines_of(desk, part)
            ]
    return rows


def _row(line: DisputeLine, mediators: str) -> tuple[str, ...]:
    running = line.deadline if line.state in UNSETTLED else None
    state = ENUM_WORDS[records.DisputeState][line.state]
    limit = printed(running.last_day) if running else ""
    return (line.number, line.parties, line.type_name, line.grade_name, state, limit, mediators)


def list_pdf(desk: Desk, dispute_ids: Sequence[UUID]) -> PdfPaper:
    """Return the list of these disputes as it is printed."""
    about = f"{printed(today(desk.clock))}　{len(dispute_ids)}件　制表人：{desk.actor}"
    columns = [Column(column.head, column.share) for column in LIST_COLUMNS]
    author = office_view(desk).committee.name
    paper = listing("纠纷清单", about, author, columns, list_rows(desk, dispute_ids))
    return write_pdf(paper, faces(desk.folder), now=desk.clock.now())


def save_list(desk: Desk, dispute_ids: Sequence[UUID], target: Path) -> Path:
    """Write the list of these disputes as CSV that Excel and WPS open by a double click; return the file.

    Raises:
        EnvironmentProblem: it cannot be written; an older file of that name is as it was.
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([column.head for column in LIST_COLUMNS])
    writer.writerows([_harmless(cell) for cell in row] for row in list_rows(desk, dispute_ids))
    file = with_ending(target, ".csv")
    write_file(file, text.getvalue().encode("utf-8-sig"))
    return file


def _harmless(cell: str) -> str:
    """Keep a name that begins like a formula from being taken for one."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
