"""立卷: what people say of the contents in place of what the records count."""

from uuid import UUID

from msgspec.structs import replace

from mediation_desktop.domain.records import FiledItem
from mediation_desktop.services.desk import Change, Desk, changed


def save_contents(desk: Desk, dispute_id: UUID, items: tuple[FiledItem, ...]) -> Change:
    """核对卷内目录: keep these corrections and additions in place of those kept before.

    An item about the same paper as before stays the same record, so that history tells what changed.
    """
    with desk.office_file.change(desk.actor, "核对卷内目录") as work:
        before = {_key(item): item for item in work.find(FiledItem, dispute_id=dispute_id)}
        for item in items:
            old = before.pop(_key(item), None)
            if old is None:
                work.add(item)
            else:
                work.update(replace(old, name=item.name, sheets=item.sheets, note=item.note))
        for gone in before.values():
            work.remove(gone, "目录重新核对")
        return changed(work, dispute_id=dispute_id)


def _key(item: FiledItem) -> tuple[str, UUID | None, str]:
    """Return what makes it the same item: the paper, or of what was added the part and the name."""
    return item.form, item.subject_id, "" if item.subject_id else item.name
