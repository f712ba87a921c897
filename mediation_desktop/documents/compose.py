"""Fill a form from a dossier."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from mediation_desktop.documents import forms
from mediation_desktop.documents.forms import Form
from mediation_desktop.documents.page import (
    Block,
    Cell,
    Column,
    FieldLine,
    Line,
    Paper,
    Paragraph,
    Place,
    PlaceLine,
    Signatures,
    Table,
)
from mediation_desktop.documents.values import LISTS, Values, paper_values
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Agreement

Rows = tuple[tuple[Place, ...], ...]

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0100-\U000e01ef]"
)
"""Control and invisible characters, noncharacters, variation selectors; the line feed parts paragraphs."""
_NAME = re.compile(r"\{([a-z_.]+)\}")


class MissingField(Struct, frozen=True):
    """A field that the form requires and the dossier lacks."""

    label: str
    source: str


def compose(form: Form, dossier: Dossier, *, switches: Mapping[str, bool] | None = None) -> Paper:
    """Return the paper that ``form`` makes of ``dossier``; what is unknown stays blank for the pen.

    ``switches`` overrides the form's own.

    Raises:
        UserError: the dispute has no agreement, or the form names a value that does not exist.
    """
    filler = _filler(form, dossier, switches or {})
    return Paper(
        form=form.file.id,
        form_version=form.version,
        title=form.file.title,
        author=dossier.committee.name,
        style=form.style,
        footer=form.file.footer,
        blocks=tuple(filler.blocks(form.file.blocks)),
    )


def missing_fields(form: Form, dossier: Dossier) -> tuple[MissingField, ...]:
    """Return the required fields that would stay blank, in the form's order."""
    filler = _filler(form, dossier, {})
    return tuple(
        MissingField(field.label, field.source)
        for field in form.file.fields
        for scope in filler.scopes(field)
        if field.required and not scope.value(field.source)
    )


def _filler(form: Form, dossier: Dossier, switches: Mapping[str, bool]) -> "_Filler":
    agreement = dossier.agreement
    if agreement is None:
        raise UserError("这件纠纷还没有调解协议。", "请先起草调解协议，再打印协议书。")
    values = paper_values(dossier, agreement, {**form.file.switches, **switches})
    return _Filler(form, dossier, agreement, {"form.title": form.file.title, **values})


class _Filler(Struct, frozen=True):
    """Fills specs with the values known at one place of the form, ``item`` among them."""

    form: Form
    dossier: Dossier
    agreement: Agreement
    values: Values
    item: object = None

    def each(self, name: str) -> "list[_Filler]":
        """Return one filler per item of the list ``name``, or only this one."""
        if not name:
            return [self]
        lister = LISTS.get(name)
        if lister is None:
            raise self._unknown(name)
        items = lister(self.dossier, self.agreement, self.item)
        return [
            _Filler(self.form, self.dossier, self.agreement, {**self.values, **values}, item)
            for values, item in items
        ]

    def value(self, name: str) -> str:
        if name not in self.values:
            raise self._unknown(name)
        return self.values[name]

    def holds(self, conditions: tuple[str, ...]) -> bool:
        return all(bool(self.value(name.removeprefix("!"))) != name.startswith("!") for name in conditions)

    def text(self, template: str, blank: str = "") -> str:
        """Fill a template.  ``[…]`` is left out when a value in it is empty; elsewhere ``blank`` stands."""

        def optional(match: re.Match[str]) -> str:
            return match[1] if all(self.value(name) for name in _NAME.findall(match[1])) else ""

        filled = _NAME.sub(lambda match: self.value(match[1]) or blank, _OPTIONAL.sub(optional, template))
        return _UNPRINTABLE.sub("", filled.replace("\t", " "))

    def scopes(self, spec: forms.Repeated) -> Iterator["_Filler"]:
        """Return one filler for each time that ``spec`` is printed."""
        return (scope for scope in self.each(spec.each) if scope.holds(spec.when))

    def blocks(self, specs: tuple[forms.BlockSpec, ...]) -> Iterator[Block]:
        for spec in specs:
            for scope in self.scopes(spec):
                yield from scope.block(spec)

    def block(self, spec: forms.BlockSpec) -> Iterator[Block]:
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
                yield from self._paragraphs(spec)
            case forms.TableSpec():
                yield self._table(spec)
            case forms.SignaturesSpec():
                yield from self._signatures(spec)

    def _paragraphs(self, spec: forms.ParagraphSpec) -> Iterator[Block]:
        if spec.ruled and not any(self.value(name) for name in _NAME.findall(spec.text)):
            yield from [FieldLine((Cell("", "", 1),))] * spec.ruled
            return
        for line in self.text(spec.text, self.form.file.blank).splitlines():
            if line.strip():
                yield Paragraph(line.strip(), spec.role, spec.indent, keep=spec.keep)

    def _table(self, spec: forms.TableSpec) -> Table:
        rows: list[tuple[str, ...]] = []
        bound: set[int] = set()
        for outer in self.each(spec.rows_of):
            first = len(rows)
            rows += [
                tuple(inner.text(cell) for cell in row.cells)
                for row in spec.rows
                for inner in outer.scopes(row)
            ]
            last = len(rows) - 1
            few = len(rows) - first <= spec.together_up_to
            bound.update(range(first, last) if few else {first, last - 1})
        columns = tuple(Column(c.head, c.share, c.align) for c in spec.columns)
        return Table(columns, tuple(rows), frozenset(bound))

    def _signatures(self, spec: forms.SignaturesSpec) -> Iterator[Block]:
        rows = _arrange(self._places(spec, "left"), self._places(spec, "right"), spec.pair_up_to)
        seal = tuple(self.text(line) for line in spec.seal)
        pages = _share_out(rows, spec.lines_per_page, spec.line_length)
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
        lines = [PlaceLine(self.text(line.text), line.pen) for line in spec.lines if self.holds(line.when)]
        return Place(tuple(lines))

    def _unknown(self, name: str) -> UserError:
        return UserError(
            f"文件“{self.form.path}”里写了不认识的内容“{name}”。",
            "请对照程序自带的同名文件改正，或删除改过的文件。",
        )


def _bound(blocks: list[Block]) -> list[Block]:
    """Bind every line of a group to the next one, the last to nothing."""
    last = len(blocks) - 1
    return [
        replace(block, keep=place < last) if isinstance(block, Line | FieldLine) else block
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
