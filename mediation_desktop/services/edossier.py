"""电子卷宗: what it would hold, what is missing, and the one file, written where the user says."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import edossier, records
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.edossier import Item, Piece, Score
from mediation_desktop.domain.papers import name_of_form
from mediation_desktop.services import attachments
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.papers import faces, paper_bytes
from mediation_desktop.services.queries import dossier
from mediation_desktop.system.clock import today
from mediation_desktop.system.files import replacing, with_ending

Progress = Callable[[int, int], None]
"""Hears how many of how many files are done; what it raises stops the work."""

_PDF = "application/pdf"


class ElectronicView(Struct, frozen=True):
    """An electronic dossier before it is made: its items in order, what is missing, and how whole it is."""

    items: tuple[Item, ...]
    lacking: tuple[str, ...]
    score: Score
    file_name: str


class Saved(Struct, frozen=True):
    """The file that was made: its pages, whether it is PDF/A, and what could not be put in."""

    path: Path
    pages: int
    archival: bool
    unreadable: tuple[str, ...]
    change: Change


def view(desk: Desk, dispute_id: UUID) -> ElectronicView:
    """Return what an electronic dossier of a dispute would hold now."""
    found = dossier(desk, dispute_id)
    return ElectronicView(
        edossier.items(found, desk.codes.dossier_parts),
        edossier.lacking(found, desk.codes),
        edossier.score(found, desk.codes),
        f"{_title(desk, found)}电子卷宗.pdf",
    )


def save(desk: Desk, dispute_id: UUID, target: Path, progress: Progress = lambda _done, _all: None) -> Saved:
    """制作电子卷宗: write it into a PDF file and let the history say so.

    Attachments are unsealed in memory, one after the other.

    Raises:
        UserError: there is nothing to put in.
        EnvironmentProblem: the file cannot be written; an older one of that name is as it was.
    """
    from mediation_desktop.documents.dossier import Entry, Heading, Leaf, assemble  # noqa: PLC0415 - slow to load

    file = with_ending(target, ".pdf")
    found = dossier(desk, dispute_id)
    dispute = found.dispute
    heading = Heading(_title(desk, found), dispute.number, found.committee.name, printed(today(desk.clock)))
    entries = [
        Entry(item.name, tuple(Leaf(*_leaf(desk, piece)) for piece in item.pieces), item.numbered)
        for item in edossier.items(found, desk.codes.dossier_parts)
    ]
    fonts, now = faces(desk.folder), desk.clock.now()
    with replacing(file) as sink:
        made = assemble(heading, entries, sink, fonts, now=now, progress=progress)
    with desk.office_file.change(desk.actor, "导出电子卷宗") as work:
        work.note_export(work.get(records.Dispute, dispute_id), f"电子卷宗（电子副本，共{made.pages}页）")
    change = Change(frozenset({records.kind_of(dispute)}), dispute_id=dispute_id, action="导出电子卷宗")
    return Saved(file, made.pages, made.archival, made.unreadable, change)


def name_of(piece: Piece) -> str:
    """Return what a file of an electronic dossier is called in lists."""
    if isinstance(piece, records.Attachment):
        return piece.caption or piece.name
    return name_of_form(piece.form)


def _leaf(desk: Desk, piece: Piece) -> tuple[str, str, Callable[[], bytes]]:
    """Return what a file is called, its media type, and how its bytes are read."""
    if isinstance(piece, records.Attachment):
        return name_of(piece), piece.media_type, lambda: attachments.read(desk, piece.sha256)
    return name_of(piece), _PDF, lambda: paper_bytes(desk, piece)


def _title(desk: Desk, found: Dossier) -> str:
    """Return 卷名: the parties and what the dispute is about."""
    kind = desk.codes.dispute_types.name(found.dispute.type_code).removesuffix("纠纷")
    return f"{found.title or found.dispute.number}{kind}纠纷"
