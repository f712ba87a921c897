"""扫描件: a scanned page finds its paper by the code in its corner and is kept as the scan of that paper.

A scan is welcome and never required: nothing waits for one.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain import records
from mediation_desktop.domain.papercode import PaperCode
from mediation_desktop.domain.papers import name_of_form
from mediation_desktop.services import attachments
from mediation_desktop.services.attachments import Stored
from mediation_desktop.services.desk import Change, Desk, changed
from mediation_desktop.storage.unit_of_work import UnitOfWork


class Scan(Struct, frozen=True):
    """A file that shows pages of an issued paper; ``pages`` count from 1."""

    file: Stored
    paper: records.IssuedPaper
    pages: tuple[int, ...]

    @property
    def name(self) -> str:
        """What the file is called in lists: the paper and its pages."""
        return f"{name_of_form(self.paper.form)}扫描件（第{'、'.join(map(str, self.pages))}页）"

    @property
    def captioned(self) -> Stored:
        """The file, called after what it shows."""
        return replace(self.file, caption=self.name, sheets=len(self.pages))


def recognised(desk: Desk, stored: Sequence[Stored]) -> tuple[Scan, ...]:
    """Return which of some files just taken in show pages of papers that this office issued.

    A page whose code does not fit the kept paper is not recognised, nor is a file that shows two papers.
    """
    from mediation_desktop.documents.codes import codes_in  # noqa: PLC0415 - slow to load, seldom used

    found = []
    for file in stored:
        codes = codes_in(attachments.read(desk, file.sha256), file.media_type)
        papers = {code.paper_id for code in codes}
        paper = _paper_of(desk, codes[0]) if len(papers) == 1 else None
        if paper:
            found.append(Scan(file, paper, tuple(sorted(code.page for code in codes))))
    return tuple(found)


def _paper_of(desk: Desk, code: PaperCode) -> records.IssuedPaper | None:
    from mediation_desktop.documents.archive import told_by  # noqa: PLC0415 - slow to load, seldom used

    with desk.office_file.read() as reader:
        for paper in reader.find(records.IssuedPaper, id=code.paper_id):
            told = told_by(reader.blob(paper.pdf_sha256))
            if told and told.code and told.code.digest == code.digest:
                return paper
    return None


def captioned(stored: Sequence[Stored], scans: Sequence[Scan]) -> tuple[Stored, ...]:
    """Return the files, those that are scans called after what they show."""
    called = {scan.file.sha256: scan.captioned for scan in scans}
    return tuple(called.get(file.sha256, file) for file in stored)


def keep(desk: Desk, scans: Sequence[Scan]) -> Change:
    """存为文书扫描件: let files belong to the papers they show.

    What was attached to another record meanwhile is moved, even to another dispute.
    """
    with desk.office_file.change(desk.actor, "存为文书扫描件") as work:
        for scan in scans:
            _keep_one(desk, work, scan)
        paper = scans[0].paper
        return changed(work, record_id=paper.id, dispute_id=paper.dispute_id)


def _keep_one(desk: Desk, work: UnitOfWork, scan: Scan) -> None:
    paper = scan.paper
    already = work.find(records.Attachment, sha256=scan.file.sha256)
    for old in already:
        if old.subject_id != paper.id:
            work.remove(old, f"是{scan.name}，已归到那份文书")
    if not any(old.subject_id == paper.id for old in already):
        attachments.add_to(desk, work, paper.dispute_id, paper.id, [scan.captioned])
