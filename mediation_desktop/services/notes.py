"""A mediator's own notes: read and written by the one who wrote them; never printed, never sent."""

from mediation_desktop.domain import records
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.disputes import save_records


def own_notes(desk: Desk, dossier: Dossier) -> tuple[records.PrivateNote, ...]:
    """Return the notes that the person at the desk wrote, oldest first."""
    return tuple(note for note in dossier.private_notes if note.by == desk.actor)


def keep_note(desk: Desk, note: records.PrivateNote) -> Change:
    """Keep a note.

    Raises:
        UserError: there is nothing in it, or somebody else wrote it.
    """
    _require_own(desk, note)
    if not note.text.strip():
        raise UserError("还没有写内容。", "请写上要记的话再保存；不要了的，按“先不办”。")
    return save_records(desk, "写私人笔记", note)


def remove_note(desk: Desk, note: records.PrivateNote) -> Change:
    """Throw a note away.

    Raises:
        UserError: somebody else wrote it.
    """
    _require_own(desk, note)
    with desk.office_file.change(desk.actor, "删去私人笔记") as work:
        work.remove(note, "本人删去")
        return changed(work, record_id=note.id, dispute_id=note.dispute_id)


def _require_own(desk: Desk, note: records.PrivateNote) -> None:
    if note.by != desk.actor:
        raise UserError("这是别人写的私人笔记。", "私人笔记只能由写的人自己看和改。")
