"""电子卷宗: which images and papers stand for the originals of a dossier, what is missing, and its score."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from msgspec import Struct

from mediation_desktop.domain import filing
from mediation_desktop.domain.codes import CodeTables, DossierPart, DossierPoint, Table
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.filing import ContentsLine
from mediation_desktop.domain.lifecycle import in_force
from mediation_desktop.domain.papers import represented
from mediation_desktop.domain.records import (
    AgreementForm,
    Attachment,
    IssuedPaper,
    PaperState,
    SessionState,
)

PAGED = frozenset({"image/jpeg", "image/png", "application/pdf"})
"""Media types that can stand on a page; recordings and Word files are kept beside the dossier."""

_BEFORE, _BEHIND = (("cover", "卷宗封面"),), (("back", "封底"),)
"""The papers around the contents, which bear no page number."""

Piece = IssuedPaper | Attachment


class Item(Struct, frozen=True):
    """One line of the electronic contents and what stands for it, in order.

    ``form`` and ``subject_id`` are those of ``ContentsLine``.  What is not ``numbered`` is in no contents.
    """

    form: str
    subject_id: UUID | None
    name: str
    pieces: tuple[Piece, ...]
    numbered: bool = True


class Score(Struct, frozen=True):
    """How complete a dossier is by the office's table of points: so many of so many."""

    reached: int
    possible: int

    @property
    def percent(self) -> int:
        """The part reached in hundredths, rounded down: only a whole dossier has 100."""
        return self.reached * 100 // self.possible if self.possible else 100


def items(dossier: Dossier, order: Table[DossierPart]) -> tuple[Item, ...]:
    """Return everything that has an image or a page, in the order of the dossier.

    Only attachments of the papers, sessions, investigations, evidence and other acts that a dossier is
    made of are looked at: what belongs to a private note or to a special record never is.
    """
    lines = filing.contents(dossier, order)
    inside = [item for part in order.entries for item in _part(dossier, lines, part)]
    around = [tuple(_around(dossier, papers)) for papers in (_BEFORE, _BEHIND)]
    return (*around[0], *inside, *around[1])


def lacking(dossier: Dossier, codes: CodeTables) -> tuple[str, ...]:
    """Return what is missing against the checklist, then what stands in it without a whole image."""
    order = codes.dossier_parts
    there = items(dossier, order)
    asked = [f"没有{one.name}。" for one in _asked(dossier, codes) if not _has(there, one)]
    return tuple(dict.fromkeys((*asked, *_unseen(dossier, order, there), *_beside(dossier))))


def score(dossier: Dossier, codes: CodeTables) -> Score:
    """Count the points of the checklist that apply to this dispute, and those it has."""
    asked = list(_asked(dossier, codes))
    there = items(dossier, codes.dossier_parts)
    reached = [one for one in asked if _has(there, one)]
    return Score(sum(one.points for one in reached), sum(one.points for one in asked))


def original_of(dossier: Dossier, paper: IssuedPaper) -> tuple[Attachment, ...]:
    """Return the scans and photos of a paper's signed original, none while it has no image."""
    return _images(dossier, paper.id)


def _asked(dossier: Dossier, codes: CodeTables) -> Iterator[DossierPoint]:
    return (one for one in codes.dossier_points.entries if _WHEN[one.when](dossier))


def _has(there: Iterable[Item], asked: DossierPoint) -> bool:
    """Tell whether something of the forms asked for is there: a page, or the image of an original."""
    found = [piece for item in there if item.form in asked.forms for piece in item.pieces]
    return any(isinstance(piece, Attachment) or not asked.original for piece in found)


_WHEN = {
    "always": lambda _dossier: True,
    "represented": lambda dossier: bool(represented(dossier)),
    "investigated": lambda dossier: bool(dossier.investigations),
    "evidence": lambda dossier: bool(dossier.evidence),
    "mediated": lambda dossier: any(one.state is SessionState.HELD for one in dossier.sessions),
    "written": lambda dossier: any(one.form is AgreementForm.WRITTEN for one in dossier.agreements[-1:]),
    "in_force": in_force,
    "paid": lambda dossier: bool(dossier.payments),
    "closed": lambda dossier: dossier.dispute.closed_on is not None,
}
"""When a line of the checklist applies; the names are those that ``DossierPoint.when`` may have."""


def _part(dossier: Dossier, contents: Iterable[ContentsLine], part: DossierPart) -> Iterator[Item]:
    """Yield the lines of one part, then what belongs to it and is in no line."""
    lines = [line for line in contents if line.form in {*part.forms, part.code}]
    made = [Item(line.form, line.subject_id, line.name, _pieces(dossier, line)) for line in lines]
    yield from (item for item in made if item.pieces)
    told = {line.subject_id for line in lines} | {one.subject_id for one in dossier.filed_items}
    for form in part.forms:
        for subject_id, name in _FURTHER.get(form, _nothing)(dossier):
            pieces = _images(dossier, subject_id)
            if pieces and subject_id not in told:
                yield Item(form, subject_id, name, pieces)


def _pieces(dossier: Dossier, line: ContentsLine) -> tuple[Piece, ...]:
    """Return what stands for a line: the signed original or else the paper, then what lies beside it."""
    paper = _newest(dossier, line.form, line.subject_id)
    own = _for_paper(dossier, paper) if paper else ()
    if line.form == "evidence":
        return (*own, *(image for one in dossier.evidence for image in _images(dossier, one.id)))
    acts = dict(_FURTHER.get(line.form, _nothing)(dossier))
    return (*own, *(_images(dossier, line.subject_id) if line.subject_id in acts else ()))


def _for_paper(dossier: Dossier, paper: IssuedPaper) -> tuple[Piece, ...]:
    """Return the images of the signed original; while some are missing, the printed paper after them."""
    images = original_of(dossier, paper)
    return images if images and _whole(images, paper) else (*images, paper)


def _whole(images: Iterable[Attachment], paper: IssuedPaper) -> bool:
    """Tell whether as many sheets are shown as the paper has pages; a PDF that nobody counted is believed."""
    shown = [one.sheets or (paper.pages if one.media_type == "application/pdf" else 1) for one in images]
    return sum(shown) >= paper.pages


def _around(dossier: Dossier, papers: Iterable[tuple[str, str]]) -> Iterator[Item]:
    for form, name in papers:
        paper = _newest(dossier, form, dossier.dispute.id)
        if paper:
            yield Item(form, paper.subject_id, name, _for_paper(dossier, paper), numbered=False)


def _newest(dossier: Dossier, form: str, subject_id: UUID | None) -> IssuedPaper | None:
    found = [
        paper
        for paper in dossier.papers
        if (paper.form, paper.subject_id) == (form, subject_id) and paper.state is not PaperState.REPLACED
    ]
    return found[-1] if found else None


def _images(dossier: Dossier, subject_id: UUID | None) -> tuple[Attachment, ...]:
    return tuple(
        one for one in dossier.attachments if one.subject_id == subject_id and one.media_type in PAGED
    )


def _nothing(_: Dossier) -> Iterator[tuple[UUID, str]]:
    return iter(())


_FURTHER = {
    "identity_copies": lambda d: ((one.id, f"{one.name}的身份证明") for one in d.parties),
    "investigation_record": lambda d: ((one.id, "调查记录") for one in d.investigations),
    "mediation_record": lambda d: ((one.id, "调解记录") for one in d.sessions),
    "agreement": lambda d: ((one.id, "调解协议附件") for one in d.agreements),
    "termination": lambda d: ((one.id, "终止调解材料") for one in d.outcomes),
    "payment_receipt": lambda d: ((one.id, "付款凭证") for one in d.payments),
    "performance_proof": lambda d: ((one.id, "履行凭证") for one in d.obligations),
    "followup": lambda d: ((one.id, "回访记录") for one in d.followups),
    "confirmation_application": lambda d: ((one.id, "司法确认材料") for one in d.confirmations),
}
"""The records beside whose papers there may be images of their own, by form, and how these are called."""


def _unseen(dossier: Dossier, order: Table[DossierPart], there: Iterable[Item]) -> Iterator[str]:
    """Say which lines of the paper dossier have no image here, or one of a part only."""
    seen = {(item.form, item.subject_id) for item in there}
    for line in filing.contents(dossier, order):
        if line.subject_id is None or (line.form, line.subject_id) not in seen:
            yield f"“{line.name}”还没有图像。"
            continue
        paper = _newest(dossier, line.form, line.subject_id)
        images = original_of(dossier, paper) if paper else ()
        if paper and images and not _whole(images, paper):
            yield f"“{line.name}”共{paper.pages}页，原件的图像不全，后面附了打印稿。"
    for one in dossier.evidence:
        if one.kind not in filing.SOUND and not _images(dossier, one.id):
            yield f"证据“{one.name}”还没有图像。"


def _beside(dossier: Dossier) -> Iterator[str]:
    """Name the recordings and other files that no page can show."""
    subjects = {one.id for one in (*dossier.evidence, *dossier.sessions, *dossier.investigations)}
    for one in dossier.attachments:
        if one.subject_id in subjects and one.media_type not in PAGED:
            yield f"“{one.caption or one.name}”不能印成页，请另行保存。"
