"""空白表: a form to be filled in by hand, with ruled blanks in place of all that a dossier would tell."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from mediation_desktop.documents import forms
from mediation_desktop.documents.compose import Filler, filled, require_known_names
from mediation_desktop.documents.filed import BOX
from mediation_desktop.documents.forms import NAME, Form
from mediation_desktop.documents.matter import flag
from mediation_desktop.documents.page import Block, Cell, FieldLine, Paper, Paragraph
from mediation_desktop.documents.vocabulary import ABOUT, LISTS

_HOLDS = frozenset({"party.person", "party.signs", "copies.plain", "respondents.names", "obligation.act"})
"""What every form takes to hold: people sign for themselves, and owe an act in a line left empty."""

_ROWS = {
    "parties": 2,
    "present": 2,
    "confirming": 2,
    "terms": 5,
    "obligations": 4,
    "routes": 2,
    **dict.fromkeys(("agents", "instalments", "lines", "questions", "requests", "remarks"), 0),
}
"""How many items of a list there is room for; of any other one."""

_DAY, _DAY_IN_TEXT = "　　年　月　日", "＿＿＿＿年＿＿月＿＿日"
_DAYS = re.compile(
    r"\.(?:day|due|next|born|accepted|occurred|registered|applied_on|effective|filed|from|to)$"
)
_LAST = re.compile(r"\{([a-z_.]+)\}(?:\[[^\[\]]*\]|[。；])*$")
"""The value that a sentence ends with."""
_WRITING_LINES = 2
"""Lines of print that a line of handwriting in a table takes."""


def compose_blank(form: Form, committee: str) -> Paper:
    """Return a form as a paper to fill in by hand, for the committee of that name.

    A form of which everybody gets a part of its own is printed once.

    Raises:
        UserError: the form names a value that does not exist.
    """
    require_known_names(form)
    about = ABOUT[form.file.about]
    values = {
        **dict.fromkeys((*about.realm.table, *about.table), ""),
        **{name: BOX for name in about.realm.table if name.startswith("source.")},
        **{f"switch.{name}": flag(on) for name, on in form.file.switches.items()},
        **dict.fromkeys(form.added_values, ""),
        "form.title": form.file.title,
        "form.by_hand": "是",
        "committee.name": committee,
    }
    whole = _BlankFiller(form=form, values=values)
    return filled(form, committee, whole.each(form.file.per)[:1])


class _BlankFiller(Filler, frozen=True, kw_only=True):
    """Fills with blanks: a rule to write on wherever that is possible."""

    def each(self, name: str) -> "Sequence[Filler]":
        if not name:
            return [self]
        count = self.form.file.by_hand.rows.get(name, _ROWS.get(name, 1))
        empty = dict.fromkeys(LISTS[name].names, "")
        return [replace(self, values={**self.values, **empty, **_counted(name, at)}) for at in range(count)]

    def holds(self, conditions: tuple[str, ...]) -> bool:
        supposed = _HOLDS.union(self.form.file.by_hand.holds)
        return all(
            (name.removeprefix("!") in supposed or bool(self.values[name.removeprefix("!")]))
            is not name.startswith("!")
            for name in conditions
        )

    def text(self, template: str, blank: str = "") -> str:
        day = _DAY_IN_TEXT if blank else _DAY
        days = {name: day for name in NAME.findall(template) if _DAYS.search(name) and not self.values[name]}
        unsaid = replace(self, values={**self.values, **days}) if days else self
        return super(_BlankFiller, unsaid).text(template, blank)

    def paragraphs(self, spec: forms.ParagraphSpec) -> Iterator[Block]:
        ends = _LAST.search(spec.text)
        if spec.ruled or not ends or self.values[ends[1]]:
            yield from super().paragraphs(spec)
            return
        before = spec.text[: ends.start()]
        label = self.text(before, self.form.file.blank)
        if any(not self.values[name] for name in NAME.findall(before)):
            yield Paragraph(label + self.form.file.blank, spec.role, spec.indent, keep=spec.keep)
        else:
            yield FieldLine((Cell(label, "", 1),), keep=spec.keep)

    def lines_of(self, table: forms.TableSpec, row: forms.RowSpec) -> int:
        return row.lines if table.role == "field" else max(row.lines, _WRITING_LINES)


def _counted(name: str, at: int) -> dict[str, str]:
    """Return the number of an item, and the heading by which a party is told from the others."""
    noun = LISTS[name].noun
    heading = {f"{noun}.heading": f"（{at + 1}）"} if f"{noun}.heading" in LISTS[name].names else {}
    return {f"{noun}.number": str(at + 1), **heading}
