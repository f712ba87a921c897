"""立卷: what a dossier holds, in its order, and on which sheets it stands.

The signed and handwritten originals are the dossier (人民调解法 第27条): it is their sheets that are counted
and numbered by stamp.  Cover, contents and back bear no number.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.domain.codes import DossierPart, Table
from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.papers import PAPERS, PaperKind, day_of, kind_of_paper
from mediation_desktop.domain.records import (
    FiledItem,
    Investigation,
    IssuedPaper,
    PaperState,
    Record,
    Session,
    SessionState,
)

_WRITTEN = {"mediation_record": Session, "investigation_record": Investigation}
"""The forms that may have been written by hand, and the records they are about."""

SOUND = frozenset({"audio_video", "electronic"})
"""Kinds of evidence that are kept apart from the paper."""


class ContentsLine(Struct, frozen=True):
    """One line of the contents: ``sheets`` is ``None`` while nobody counted them.

    ``form`` and ``subject_id`` tell which item it is, as in ``FiledItem``.  ``first`` and ``last`` are the
    numbers stamped on it, ``None`` after something uncounted; ``closes`` marks the last item.
    """

    form: str
    subject_id: UUID | None
    name: str
    sheets: int | None
    note: str = ""
    first: int | None = None
    last: int | None = None
    closes: bool = False

    @property
    def page(self) -> str:
        """Return the number it begins on; of the last item the numbers from and to."""
        if self.first is None:
            return ""
        spans = self.closes and self.last is not None and self.last > self.first
        return f"{self.first}—{self.last}" if spans else str(self.first)


def contents(dossier: Dossier, order: Table[DossierPart]) -> tuple[ContentsLine, ...]:
    """Return the contents: what is counted, as people corrected it, numbered through."""
    lines = [line for line in _corrected(dossier, order) if line.sheets != 0]
    numbered, at = [], 1
    known = True
    for line in lines:
        first = at if known else None
        known = known and line.sheets is not None
        last = at + (line.sheets or 0) - 1 if known else None
        numbered.append(replace(line, first=first, last=last, closes=line is lines[-1]))
        at += line.sheets or 0
    return tuple(numbered)


def counted(dossier: Dossier, order: Table[DossierPart]) -> tuple[ContentsLine, ...]:
    """Return the contents as the records count them, before anybody corrects them."""
    return tuple(line for part in order.entries for line in _part(dossier, part))


def sheets_of(lines: Iterable[ContentsLine]) -> int | None:
    """Return how many sheets the dossier has, or ``None`` while some are not counted."""
    total = 0
    for line in lines:
        if line.sheets is None:
            return None
        total += line.sheets
    return total


def absent(dossier: Dossier, order: Table[DossierPart]) -> tuple[str, ...]:
    """Return the parts that a dossier must have and this one lacks."""
    held = {line.form for line in contents(dossier, order)}
    return tuple(
        part.name for part in order.entries if part.needed and held.isdisjoint({*part.forms, part.code})
    )


def remarks(dossier: Dossier, order: Table[DossierPart]) -> tuple[str, ...]:
    """Return what 卷宗情况说明 has to say: what is missing, written by hand, or kept elsewhere."""
    told = [f"本卷没有{name}。" for name in absent(dossier, order)]
    bare = [payment for payment in dossier.payments if not payment.proof.strip()]
    told += [f"有{len(bare)}笔付款没有收条或者转账凭证。"] if bare else []
    by_hand = [
        f"{printed(day)}的{kind.name}为手写，共{record.sheets}张，原件在卷。"
        for kind, record in _handwritten(dossier)
        if (day := day_of(record))
    ]
    apart = [item.name for item in dossier.evidence if item.kind in SOUND]
    elsewhere = [f"另行保存的录音、录像和电子数据：{'、'.join(apart)}。"] if apart else []
    return (*told, *by_hand, *elsewhere)


def _corrected(dossier: Dossier, order: Table[DossierPart]) -> Iterator[ContentsLine]:
    """Yield every line with what people said of it, and after each part what they added to it."""
    said = {(item.form, item.subject_id): item for item in dossier.filed_items}
    for part in order.entries:
        for line in _part(dossier, part):
            item = said.pop((line.form, line.subject_id), None)
            yield _as_said(line, item) if item else line
        for key in [key for key in said if key[0] == part.code]:
            yield _added(said.pop(key))


def _as_said(line: ContentsLine, item: FiledItem) -> ContentsLine:
    return replace(line, name=item.name, sheets=item.sheets, note=item.note)


def _added(item: FiledItem) -> ContentsLine:
    return ContentsLine(item.form, item.subject_id, item.name, item.sheets, item.note)


def _part(dossier: Dossier, part: DossierPart) -> Iterator[ContentsLine]:
    for form in part.forms:
        kind = kind_of_paper(form)
        if kind:
            yield from _of_kind(dossier, kind)


def _of_kind(dossier: Dossier, kind: PaperKind) -> Iterator[ContentsLine]:
    newest = {paper.subject_id: paper for paper in _in_hand(dossier) if paper.form == kind.form}
    records = {record.id: record for record in kind.subjects(dossier)}
    wanted = {**newest, **{one.id: None for made, one in _handwritten(dossier) if made is kind}}
    if kind.form == "evidence" and dossier.evidence:
        wanted.setdefault(dossier.dispute.id, None)
    for subject_id in sorted(wanted, key=lambda one: _when(records.get(one))):
        record, paper = records.get(subject_id), newest.get(subject_id)
        name = _name(kind, record) if len(wanted) > 1 else kind.name
        yield ContentsLine(kind.form, subject_id, name, _sheets(dossier, kind, paper, record))


def _in_hand(dossier: Dossier) -> list[IssuedPaper]:
    return [paper for paper in dossier.papers if paper.state is not PaperState.REPLACED]


def _handwritten(dossier: Dossier) -> list[tuple[PaperKind, Session | Investigation]]:
    """Return the records that were written by hand, each with the kind of paper it is."""
    held = [one for one in dossier.sessions if one.state is SessionState.HELD]
    return [
        (kind, record)
        for kind in PAPERS
        for record in (*dossier.investigations, *held)
        if record.sheets and isinstance(record, _WRITTEN.get(kind.form, ()))
    ]


def _when(record: Record | None) -> str:
    day = day_of(record) if record else None
    return day.isoformat() if day else ""


def _name(kind: PaperKind, record: Record | None) -> str:
    """Return the paper's name with its day, by which it is told from others of its kind."""
    day = day_of(record) if record else None
    return f"{kind.name}（{printed(day)}）" if day else kind.name


def _sheets(
    dossier: Dossier, kind: PaperKind, paper: IssuedPaper | None, record: Record | None
) -> int | None:
    """Count the printed sheets, and what was written by hand or gathered beside them."""
    beside: list[int | None] = []
    if isinstance(record, Session | Investigation):
        beside = [record.sheets or 0]
    elif kind.form == "evidence":
        beside = [item.pages for item in dossier.evidence if item.kind not in SOUND]
    if any(count is None for count in beside):
        return None
    return (paper.pages if paper else 0) + sum(count or 0 for count in beside)
