"""Check what a form names: its values, conditions, lists and text styles, its texts and figures."""

import re
from typing import Any, Protocol

from msgspec.structs import replace

from mediation_desktop.documents import forms, vocabulary
from mediation_desktop.documents.formplace import Path
from mediation_desktop.documents.formshape import GONE, Tell, nearest
from mediation_desktop.documents.kinds import DISPUTE, Realm
from mediation_desktop.documents.vocabulary import ABOUT, LISTS, Place

_TEXTS = frozenset({"text", "continuation", "cells", "seal"})
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_ADDED = re.compile(r"added\.[a-z_]+")
_POSITIVE = frozenset({"share", "lines_per_page", "line_length", "height"})
_MOST = 300
_EVERY_NAME = frozenset().union(
    *(about.table for about in ABOUT.values()),
    *(about.realm.table for about in ABOUT.values()),
    *(listed.names for listed in LISTS.values()),
)


class Told(Protocol):
    """Who is told: ``tell`` of what makes a form useless, ``wrong`` of the rest."""

    tell: Tell
    wrong: Tell


def homes(name: str) -> str:
    """Say where a value is known that is unknown at some place; nothing where it is known nowhere."""
    kinds = [f'about = "{kind}"' for kind, about in ABOUT.items() if name in about.table]
    if kinds:
        return f"它只有在{'、'.join(kinds)}的文书里才有。"
    lists = [f'each = "{one}"' for one, listed in LISTS.items() if name in listed.names]
    if lists:
        return f"它只有在{'、'.join(lists)}之内才有。"
    realms = dict.fromkeys(realm_word(about.realm) for about in ABOUT.values() if name in about.realm.table)
    return f"它只有在{'、'.join(realms)}里才有。" if realms else ""


def realm_word(realm: Realm) -> str:
    """Say which papers belong to a realm."""
    return "一件纠纷的文书" if realm is DISPUTE else "调委会自己的文书"


class NameCheck:
    """One walk over a form whose shape is mended."""

    def __init__(self, file: forms.FormFile, roles: set[str], told: Any) -> None:
        self.file = file
        self.roles = roles
        self.told: Told = told
        self.printed: set[str] = set()

    def run(self) -> None:
        """Tell everything."""
        top = self._top()
        self._added()
        for place, name in enumerate(self.file.copies_for):
            self._within(top, name, ("copies_for", place))
        self._by_hand()
        inner = self._within(top, self.file.per, ("per",))
        for place, field in enumerate(self.file.fields):
            self._visit(field, inner, ("fields", place))
        for place, block in enumerate(self.file.blocks):
            self._visit(block, inner, ("blocks", place))
        if not self.file.blocks:
            self.told.tell(("blocks",), "没有要印的内容。", "请写至少一个 [[blocks]]。")
        self._never_printed()

    def _top(self) -> Place:
        if self.file.about in ABOUT:
            return vocabulary.outermost(self.file)
        kinds = "、".join(ABOUT)
        if self.file.about != GONE:
            advice = nearest(self.file.about, ABOUT) or f"现有：{kinds}。"
            self.told.tell(("about",), f"不认识的文书种类“{self.file.about}”。", advice)
        place = vocabulary.outermost(replace(self.file, about="dispute"))
        return Place(place.known | _EVERY_NAME, place.around)

    def _added(self) -> None:
        for place, field in enumerate(self.file.fields):
            if not field.source.startswith(forms.ADDED):
                continue
            if not _ADDED.fullmatch(field.source):
                advice = "“added.”后面只能用小写字母和下划线，如 added.witness。"
                self.told.tell(("fields", place, "source"), f"名称“{field.source}”不能用。", advice)
            if field.each:
                advice = "加填的内容一份文书只填一次，请删去 each。"
                self.told.wrong(("fields", place, "each"), "加填的内容不能逐个填。", advice)

    def _by_hand(self) -> None:
        for name, count in self.file.by_hand.rows.items():
            path = ("by_hand", "rows", name)
            if name not in LISTS:
                advice = nearest(name, LISTS) or "请看 forms/README.md 里的名称表。"
                self.told.tell(path, f"没有叫“{name}”的一列人或事。", advice)
            if not 0 <= count <= _MOST:
                self.told.tell(path, f"数字{count}不能用。", f"要不小于0、不大于{_MOST}。")

    def _never_printed(self) -> None:
        for place, field in enumerate(self.file.fields):
            wanted = field.required or field.source.startswith(forms.ADDED)
            if wanted and field.source not in {GONE, *self.printed}:
                self.told.wrong(
                    ("fields", place),
                    f"要求填写的“{field.label}”没有印在文书上。",
                    f"请在 [[blocks]] 里写上 {{{field.source}}}，或者删去这个字段。",
                )

    def _visit(self, spec: forms.Spec, place: Place, path: Path) -> None:
        """Look at one part of the form and all within it."""
        inner = place
        if isinstance(spec, forms.Repeated):
            inner = self._within(place, spec.each, (*path, "each"))
            self._conditions(spec.when, inner, path)
        if isinstance(spec, forms.Field):
            self._known(spec.source, inner, (*path, "source"), spec.source)
        rows = inner
        if isinstance(spec, forms.TableSpec):
            rows = self._within(inner, spec.rows_of, (*path, "rows_of"))
            self._columns(spec, path)
        for key in spec.__struct_fields__:
            self._part(getattr(spec, key), rows if key == "rows" else inner, (*path, key))
        if isinstance(spec, forms.FieldsSpec) and not (spec.rows and all(spec.rows)):
            self.told.tell((*path, "rows"), "这里有空的一行。", "每行至少写一栏，或者删去这一行。")

    def _part(self, value: Any, place: Place, path: Path) -> None:
        key = next(step for step in reversed(path) if isinstance(step, str))
        if isinstance(value, tuple):
            for number, item in enumerate(value):
                self._part(item, place, (*path, number))
        elif isinstance(value, forms.Spec):
            self._visit(value, place, path)
        elif isinstance(value, str):
            if key in _TEXTS and value != GONE:
                self._text(value, place, path)
            elif key == "role" and value not in {GONE, *self.roles}:
                advice = nearest(value, self.roles) or f"现有：{'、'.join(sorted(self.roles))}。"
                self.told.tell(path, f"不认识的字样“{value}”。", advice)
        elif not isinstance(value, bool) and isinstance(value, int | float):
            least = key in _POSITIVE
            if not (value > 0 if least else value >= 0) or not value <= _MOST:
                bound = "大于0" if least else "不小于0"
                self.told.tell(path, f"数字{value:g}不能用。", f"要{bound}、不大于{_MOST}。")

    def _text(self, text: str, place: Place, path: Path) -> None:
        for name in dict.fromkeys(forms.NAME.findall(text)):
            self.printed.add(name)
            self._known(name, place, path, f"{{{name}}}")
        bare = forms.NAME.sub("", text)
        if set("{}") & set(bare):
            advice = "花括号里只能写名称（小写字母、点和下划线），前后都要有括号。"
            self.told.wrong(path, "花括号里写的不是名称，会照样印出来。", advice)
        if set("[]") & set(_OPTIONAL.sub("", bare)):
            advice = "方括号要成对，不能一层套一层；只想印括号的，用全角“［］”。"
            self.told.wrong(path, "方括号没有成对。", advice)

    def _conditions(self, when: tuple[str, ...], place: Place, path: Path) -> None:
        for number, written in enumerate(when):
            name = written.removeprefix("!")
            self.printed.add(name)
            if written != GONE and name not in place.known:
                advice = homes(name) or nearest(name, place.known) or "请看 forms/README.md 里的名称表。"
                self.told.tell(
                    (*path, "when", number), f"不认识的条件“{written}”。", advice, hint=f'"{written}"'
                )

    def _known(self, name: str, place: Place, path: Path, hint: str) -> None:
        if name == GONE or name in place.known:
            return
        if home := homes(name):
            self.told.tell(path, f"这里没有“{name}”可填。", f"{home}请移到那里，或者换一个名称。", hint=hint)
            return
        advice = nearest(name, place.known) or "请看 forms/README.md 里的名称表。"
        if name.startswith(forms.ADDED):
            advice = f'要加填的，先写一个 [[fields]]，其中 source = "{name}"。'
        self.told.tell(path, f"不认识的名称“{name}”。", advice, hint=hint)

    def _within(self, place: Place, name: str, path: Path) -> Place:
        """Return the place inside a list; inside one that is not there, everything counts as known."""
        inner = place if name == GONE else place.within(name)
        if inner is not None:
            return inner
        here = [one for one in LISTS if place.within(one)]
        if name in LISTS:
            outer = LISTS[name].within
            home = f"{realm_word(DISPUTE)}里" if outer == DISPUTE.name else f"“{outer}”之内"
            text, advice = f"“{name}”在这里没有。", f"它只有在{home}才有。"
        else:
            text, advice = (
                f"没有叫“{name}”的一列人或事。",
                nearest(name, here) or f"这里有：{'、'.join(here)}。",
            )
        self.told.tell(path, text, advice)
        return Place(place.known | _EVERY_NAME, place.around | frozenset(LISTS))

    def _columns(self, table: forms.TableSpec, path: Path) -> None:
        if not table.columns:
            self.told.tell((*path, "columns"), "表格没有列。", "请写 columns = [ … ]。")
        rows = [("rows", number, row) for number, row in enumerate(table.rows)]
        foot = [("foot", number, row) for number, row in enumerate(table.foot)]
        for key, number, row in (*rows, *foot):
            if not 1 <= len(row.cells) <= len(table.columns):
                text = f"这一行有{len(row.cells)}格，表格有{len(table.columns)}列。"
                advice = '格数至少1格，不能多于列数；少写的，最后一格一直到表边。空格写 ""。'
                self.told.tell((*path, key, number), text, advice)
