"""Take back what one change did, as a change of its own: nothing is forgotten, history says both."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.encoding import from_plain
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.numbers import void_or_give_back
from mediation_desktop.storage.journal import BOOKKEEPING
from mediation_desktop.storage.unit_of_work import UnitOfWork

IN_THE_WORLD = frozenset({"paper", "destruction", "sealed_record", "minor_check"})
"""Kinds that tell of something outside the program: no change of data takes a paper or a report back."""


class _Touched(Struct, frozen=True):
    """One record that a change touched: before it (``None``: there was none), after it, and as it is now."""

    record_id: UUID
    before: records.Revision | None
    after: records.Revision
    now: records.Revision

    @property
    def added(self) -> bool:
        return _gone(self.before) and not _gone(self.after)

    @property
    def removed(self) -> bool:
        return not _gone(self.before) and _gone(self.after)


def can_be_undone(change: Change) -> bool:
    """Tell whether undoing may be offered; whether it is still possible is seen when it is tried."""
    return change.change_id is not None and not change.kinds & IN_THE_WORLD


def undo(desk: Desk, change_id: UUID) -> Change:
    """撤销: take back one change of the person at the desk; the undoing itself cannot be undone.

    What was added is removed, what was edited becomes what it was, what was removed comes back.

    The dispute is named in what is returned only where it is still there.

    Raises:
        UserError: somebody else did it, a record was changed or used since, it left in a bundle, or a
            paper stands for it.
    """
    with desk.office_file.read() as reader:
        action = reader.lines_of_change(change_id)[0].action
    with desk.office_file.change(desk.actor, f"撤销：{action}") as work:
        lines = work.lines_of_change(change_id)
        if lines[0].actor != desk.actor:
            raise UserError(f"“{action}”是{lines[0].actor}做的。", f"请换成{lines[0].actor}坐到桌前再撤销。")
        if any(line.kind in IN_THE_WORLD for line in lines):
            raise UserError(
                f"“{action}”已经有了纸质文书或已经销毁，撤销不了。", "写错的，请改正后重新打印，原件不要丢。"
            )
        touched = _touched(work, lines)
        for one in touched:
            _require_untouched(work, one, action)
        _put_back(desk, work, touched, f"撤销：{action}")
        return Change(work.touched, lines[0].record_id, _dispute_left(work, lines), action=work.action)


def _dispute_left(work: UnitOfWork, lines: Sequence[records.HistoryLine]) -> UUID | None:
    found = next((line.dispute_id for line in lines if line.dispute_id), None)
    return found if found and work.count(records.Dispute, id=found) else None


def _touched(work: UnitOfWork, lines: Sequence[records.HistoryLine]) -> list[_Touched]:
    """Return the records of a change in the order in which they were first written."""
    found: list[_Touched] = []
    for record_id in dict.fromkeys(line.record_id for line in lines):
        revisions = work.revisions(record_id)
        versions = {revision.id: revision for revision in revisions}
        mine = [versions[line.id] for line in lines if line.record_id == record_id]
        before = [versions[parent] for parent in mine[0].parents if parent in versions]
        found.append(_Touched(record_id, before[-1] if before else None, mine[-1], revisions[-1]))
    return found


def _gone(revision: records.Revision | None) -> bool:
    return revision is None or revision.removed_because is not None


def _require_untouched(work: UnitOfWork, one: _Touched, action: str) -> None:
    if _said(one.now) != _said(one.after):
        raise UserError(
            f"“{action}”以后，同一条记录又改过，撤销不了。", "请先撤销后来的改动，或者直接修改现在的内容。"
        )
    lasting = {one.after.id, one.now.id}
    if any(sent.bundle_id for sent in work.sendings(one.record_id) if sent.revision_id in lasting):
        raise UserError(
            f"“{action}”已经随数据包报出去了，撤销不了。", "请直接修改，改动会随下一个数据包报出去。"
        )


def _said(revision: records.Revision) -> dict[str, object]:
    """Return what a version says, without what the storage fills in; a removed record says nothing."""
    return {name: value for name, value in revision.snapshot.items() if name not in BOOKKEEPING}


def _put_back(desk: Desk, work: UnitOfWork, touched: Sequence[_Touched], reason: str) -> None:
    """Bring back first, then take out what was added, the last one first: others may lean on the first."""
    for one in touched:
        if one.removed:
            work.restore(_record(one.before))
        elif not one.added and not _gone(one.after):
            work.update(replace(_record(one.before), revision=one.now.id))
    added = [one for one in reversed(touched) if one.added]
    mine = {one.record_id for one in added}
    for one in added:
        _require_unnamed(work, one, mine)
    for one in added:
        record = _record(one.now)
        work.remove(record, reason + void_or_give_back(desk, work, record, reason))


def _record(revision: records.Revision | None) -> records.Record:
    kept = cast("records.Revision", revision)
    return from_plain(kept.kind, kept.snapshot)


def _require_unnamed(work: UnitOfWork, one: _Touched, mine: set[UUID]) -> None:
    """Refuse where something that stays leans on what would go."""
    if any(revision.record_id not in mine for revision in work.naming(one.record_id)):
        raise UserError(
            "后来的记录用到了这一步登记的内容，撤销不了。", "请先撤销后来的那几步，或者直接修改。"
        )
