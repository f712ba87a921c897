"""成套文书: look at all papers of a pack, and issue them in one action."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from mediation_desktop.documents.compose import missing_fields
from mediation_desktop.domain import packs, records
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.papers import Pack, PaperKind, Shelf, shelves
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.services.ownforms import chosen_form
from mediation_desktop.services.papers import completed, issue_within, matter_of, may_be_replaced
from mediation_desktop.services.queries import gather

PACK_NAMES = {
    Pack.BESIDE: "其他文书",
    Pack.CONFIRMATION: "司法确认材料包",
    Pack.FILING: "卷宗封面、目录和封底",
}
"""What the packs are called."""

ISSUED_TOGETHER = (Pack.CONFIRMATION, Pack.FILING)
"""The packs that are issued as a whole; of the others one paper at a time."""


class PackView(Struct, frozen=True):
    """A pack as it stands: its papers in order, and what is missing, one sentence each."""

    pack: Pack
    shelves: tuple[Shelf, ...]
    missing: tuple[str, ...]


def view(desk: Desk, dispute_id: UUID, pack: Pack) -> PackView:
    """Return a pack with what it lacks: papers that people bring, and fields that would stay blank."""
    with desk.office_file.read() as reader:
        dossier = gather(reader, dispute_id)
        mediators = reader.find(records.Mediator)
    held = _shelves(dossier, pack, packs.kinds_of(pack, desk.codes))
    lacking = list(packs.missing(pack, dossier, desk.codes))
    for shelf in held if pack in ISSUED_TOGETHER else ():
        blank = _blank(desk, dossier, shelf, mediators)
        if blank:
            lacking.append(f"{shelf.kind.name}还空着：{'、'.join(blank)}。")
    return PackView(pack, held, tuple(lacking))


def issue_pack(desk: Desk, dispute_id: UUID, pack: Pack) -> Change:
    """打印成套文书: freeze every paper of a pack, all of them or none; what is signed stays as it is.

    Raises:
        UserError: there is nothing in the pack for this dispute.
    """
    with desk.office_file.change(desk.actor, f"打印{PACK_NAMES[pack]}") as work:
        kinds = packs.issuing_order(packs.kinds_of(pack, desk.codes))
        held = _shelves(gather(work, dispute_id), pack, kinds)
        wanted = [shelf for shelf in held if shelf.subject and not _is_signed(shelf)]
        if not held:
            raise UserError("这件纠纷现在没有这一套文书。", "请先登记协议、受理等事项，再来打印。")
        for shelf in wanted:
            issue_within(desk, work, dispute_id, shelf.kind.form, shelf.subject_id)
        return changed(work, dispute_id=dispute_id)


def papers_of(desk: Desk, dispute_id: UUID, pack: Pack) -> tuple[records.IssuedPaper, ...]:
    """Return the papers of a pack that are issued, in its order: what goes to the printer."""
    held = view(desk, dispute_id, pack).shelves
    return tuple(shelf.newest for shelf in held if shelf.newest)


def _shelves(dossier: Dossier, pack: Pack, kinds: Sequence[PaperKind]) -> tuple[Shelf, ...]:
    """Return the papers of a pack, none where all that there is belongs to others too."""
    found = shelves(dossier)
    if not any(shelf.kind.pack is pack for shelf in found):
        return ()
    return tuple(shelf for kind in kinds for shelf in found if shelf.kind is kind)


def _is_signed(shelf: Shelf) -> bool:
    return shelf.newest is not None and not may_be_replaced(shelf.newest)


def _blank(
    desk: Desk, dossier: Dossier, shelf: Shelf, mediators: tuple[records.Mediator, ...]
) -> tuple[str, ...]:
    """Return the labels of the required fields that a paper would leave blank."""
    if shelf.subject is None:
        return ()
    matter = matter_of(dossier, desk.codes, shelf.kind.form, shelf.subject_id, mediators)
    form = completed(chosen_form(desk.folder, shelf.kind.form).form, matter)
    return tuple(dict.fromkeys(field.label for field in missing_fields(form, matter)))
