"""Fill a form from a dossier, or from one record of it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.documents import forms
from mediation_desktop.documents.forms import NAME, Form
from mediation_desktop.documents.matter import Matter, Told, flag
from mediation_desktop.documents.page import (
    Block,
    Cell,
    Column,
    FieldLine,
    Frame,
    Line,
    Paper,
    Paragraph,
    Place,
    PlaceLine,
    Signatures,
    Table,
)
from mediation_desktop.documents.values import Values, values_of
from mediation_desktop.documents.vocabulary import ABOUT, LISTS, unknown_name
from mediation_desktop.domain.errors import UserError

Rows = tuple[tuple[Place, ...], ...]

_NOTHING = ("没有可以打印的内容。", "请先登记，再打印这份文书。")
_MEND = "请对照程序自带的同名文件改正，或删除改过的文件。"
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0100-\U000e01ef]"
)
"""Control and invisible characters, noncharacters, variation selectors; the line feed parts paragraphs."""


class MissingField(Struct, frozen=True):
    """A field that the form requires and the dossier lacks."""

    label: str
    source: str


def compose(form: Form, matter: Told, *, switches: Mapping[str, bool] | None = None) -> Paper:
    """Return the paper that ``form`` makes of ``matter``; what is unknown stays blank for the pen.

    ``switches`` overrides the form's own.

    Raises:
        UserError: what the paper is about is not there, or the form names a value that does not exist.
    """
    return filled(form, matter.committee.name, _fillers(form, matter, switches or {}))


def filled(form: Form, author: str, fillers: "Sequence[Filler]") -> Paper:
    """Return a paper of the committee ``author`` with one part for each filler."""
    return Paper(
        form=form.file.id,
        form_version=form.version,
        title=form.file.title,
        author=author,
        style=form.style,
        footer=form.file.footer,
        parts=tuple(tuple(filler.blocks(form.file.blocks)) for filler in fillers),
    )


def missing_fields(form: Form, matter: Told) -> tuple[MissingField, ...]:
    """Return the required fields that would stay blank, in the form's order; errors as ``compose``."""
    return tuple(
        MissingField(field.label, field.source)
        for filler in _fillers(form, matter, {})
        for field in form.file.fields
        for scope in filler.scopes(field)
        if field.required and not scope.values[field.source]
    )


def copies_of(form: Form, matter: Told) -> int:
    """Return how many copies are printed: those the law asks of an agreement, else as the form says."""
    if (
        form.file.about == "agreement"
        and not form.file.copies
        and isinstance(matter, Matter)
        and matter.agreement
    ):
        return matter.dossier.copies_of(matter.agreement)
    whole = _whole(form, matter)
    return max(form.file.copies, 1) + sum(len(whole.each(name)) for name in form.file.copies_for)


def _whole(form: Form, matter: Told, switches: Mapping[str, bool] | None = None) -> "Filler":
    """Return the filler of what holds for the whole paper, after a look at every name in the form."""
    require_known_names(form)
    about = ABOUT[form.file.about]
    subject = about.find(matter) if isinstance(matter, about.realm.matter) else None
    if subject is None:
        raise UserError(about.absent or "这份文书的表格写的不是这类内容。", about.advice or _MEND)
    matter = replace(matter, subject=subject)
    on = {**form.file.switches, **(switches or {})}
    values = {
        "form.title": form.file.title,
        "form.by_hand": "",
        **values_of(about.realm.table, None, matter),
        **values_of(about.table, subject, matter),
        **{f"switch.{name}": flag(on[name]) for name in on},
        **form.added_values,
    }
    return _MatterFiller(form=form, matter=matter, values=values)


def require_known_names(form: Form) -> None:
    """Refuse a form that names something that does not exist.

    Raises:
        UserError: it does; the text says what and where.
    """
    name = unknown_name(form.file)
    if name:
        raise UserError(f"文件“{form.path}”里写了不认识的内容“{name}”。", _MEND)


def _fillers(form: Form, matter: Told, switches: Mapping[str, bool]) -> "Sequence[Filler]":
    """Return one filler for each part of the paper."""
    parts = _whole(form, matter, switches).each(form.file.per)
    if not parts:
        empty = ("这件纠纷还没有当事人。", "请先登记当事人，再打印这份文书。")
        raise UserError(*(empty if isinstance(matter, Matter) else _NOTHING))
    return parts


class Filler(Struct, frozen=True, kw_only=True):
    """Fills specs with the values known at one place of the form."""

    form: Form
    values: Values

    def each(self, name: str) -> "Sequence[Filler]":
        """Return one filler per item of the list ``name``, or only this one."""
        raise NotImplementedError

    def holds(self, conditions: tuple[str, ...]) -> bool:
        """Tell whether all conditions hold here; ``!`` before a name turns it round."""
        return all(bool(self.values[name.removeprefix("!")]) != name.startswith("!") for name in conditions)

    def text(self, template: str, blank: str = "") -> str:
        """Fill a template.  ``[…]`` is left out when a value in it is empty; elsewhere ``blank`` stands."""

        def optional(match: re.Match[str]) -> str:
            return match[1] if all(self.values[name] for name in NAME.findall(match[1])) else ""

        filled = NAME.sub(lambda match: self.values[match[1]] or blank, _OPTIONAL.sub(optional, template))
        return _UNPRINTABLE.sub("", filled.replace("\t", " "))

    def scopes(self, spec: forms.Repeated) -> Iterator["Filler"]:
        """Return one filler for each time that ``spec`` is printed."""
        return (scope for scope in self.each(spec.each) if scope.holds(spec.when))

    def blocks(self, specs: tuple[forms.BlockSpec, ...]) -> Iterator[Block]:
        """Return everything that specs print here, in their order."""
        for spec in specs:
            for scope in self.scopes(spec):
                yield from scope.block(spec)

    def block(self, spec: forms.BlockSpec) -> Iterator[Block]:
        """Return what one spec prints here once."""
        match spec:
            case forms.GroupSpec():
                blocks = list(self.blocks(spec.blocks))
                yield from _bound(blocks) if spec.together else blocks
            case forms.LineSpec():
                yield Line(self.text(spec.text, self.form.file.blank), spec.role, spec.align, spec.keep)
            case forms.FieldsSpec():
                for row in spec.rows:
                    yield FieldLine(tuple(Cell(c.label, self.text(c.text), c.share) for c in row))
            case forms.ParagraphSpec():
                yield from self.paragraphs(spec)
            case forms.TableSpec():
                yield self._table(spec)
            case forms.FrameSpec():
                yield Frame(self.text(spec.text, self.form.file.blank), spec.height, spec.keep)
            case forms.SignaturesSpec():
                yield from self._signatures(spec)

    def paragraphs(self, spec: forms.ParagraphSpec) -> Iterator[Block]:
        """Return one paragraph for each line of the text, or ruled lines where nothing is known."""
        if spec.ruled and not any(self.values[name] for name in NAME.findall(spec.text)):
            yield from [FieldLine((Cell("", "", 1),))] * spec.ruled
            return
        for line in self.text(spec.text, self.form.file.blank).splitlines():
            if line.strip():
                yield Paragraph(line.strip(), spec.role, spec.indent, keep=spec.keep)

    def _table(self, spec: forms.TableSpec) -> Table:
        rows: list[tuple[str, ...]] = []
        lines: list[int] = []
        bound: set[int] = set()
        for outer in self.each(spec.rows_of):
            first = len(rows)
            for row in spec.rows:
                for inner in outer.scopes(row):
                    rows.append(tuple(inner.text(cell) for cell in row.cells))
                    lines.append(self.lines_of(spec, row))
            last = len(rows) - 1
            few = len(rows) - first <= spec.together_up_to
            bound.update(range(first, last) if few else {first, last - 1})
        columns = tuple(Column(c.head, c.share, c.align, c.holds) for c in spec.columns)
        spare = max(spec.at_least - len(rows), 0)
        rows += [("",) * len(columns)] * spare
        lines += [self.lines_of(spec, spec.rows[0])] * spare
        foot = [
            tuple(inner.text(cell) for cell in row.cells) for row in spec.foot for inner in self.scopes(row)
        ]
        if foot and rows:
            bound.add(len(rows) - 1)
        bound.update(range(len(rows), len(rows) + len(foot) - 1))
        lines += [1] * len(foot)
        return Table(columns, (*rows, *foot), frozenset(bound), tuple(lines), spec.role, len(foot))

    def lines_of(self, table: forms.TableSpec, row: forms.RowSpec) -> int:
        """Return how many lines high a row of ``table`` is at least."""
        del table
        return row.lines

    def _signatures(self, spec: forms.SignaturesSpec) -> Iterator[Block]:
        rows = _arrange(self._places(spec, "left"), self._places(spec, "right"), spec.pair_up_to)
        seal = tuple(self.text(line) for line in spec.seal)
        pages = _share_out(rows, spec.lines_per_page, spec.line_length) or [()]
        for number, page in enumerate(pages, 1):
            if number > 1:
                yield Paragraph(self.text(spec.continuation), new_page=True)
            yield Signatures(page, seal if number == len(pages) else ())

    def _places(self, spec: forms.SignaturesSpec, column: str) -> list[Place]:
        return [
            scope.place(place)
            for place in spec.places
            if place.column == column
            for scope in self.scopes(place)
        ]

    def place(self, spec: forms.PlaceSpec) -> Place:
        """Return a signature place."""
        return Place(
            tuple(
                PlaceLine(scope.text(line.text), line.pen)
                for line in spec.lines
                for scope in self.scopes(line)
            )
        )


class _MatterFiller(Filler, frozen=True, kw_only=True):
    """Fills from a matter; ``item`` is the one of the innermost list."""

    matter: Told
    item: object = None

    def each(self, name: str) -> "Sequence[Filler]":
        if not name:
            return [self]
        return [
            replace(self, values={**self.values, **values}, item=item)
            for values, item in LISTS[name].scopes(self.matter, self.item)
        ]


def _bound(blocks: list[Block]) -> list[Block]:
    """Bind every line of a group to the next one, the last to nothing."""
    last = len(blocks) - 1
    return [
        replace(block, keep=place < last) if isinstance(block, Line | FieldLine | Frame) else block
        for place, block in enumerate(blocks)
    ]


def _share_out(rows: Rows, lines_per_page: int, line_length: int) -> list[Rows]:
    """Cut signature rows into pages that hold about ``lines_per_page`` lines."""
    pages: list[Rows] = []
    used = 0
    for row in rows:
        height = 1 + max(sum(1 + len(line.text) // line_length for line in place.lines) for place in row)
        if not pages or used + height > lines_per_page:
            pages.append(())
            used = 0
        pages[-1] += (row,)
        used += height
    return pages


def _arrange(left: list[Place], right: list[Place], pair_up_to: int) -> Rows:
    """Return rows of two: left beside right while the left are few, else everyone in turn."""
    if len(left) > pair_up_to:
        return _two_abreast(left) + _two_abreast(right)
    nobody = Place(())
    height = max(len(left), len(right))
    filled = [column + [nobody] * (height - len(column)) for column in (left, right)]
    return tuple(zip(*filled, strict=True))


def _two_abreast(places: list[Place]) -> Rows:
    return tuple(tuple(places[start : start + 2]) for start in range(0, len(places), 2))
