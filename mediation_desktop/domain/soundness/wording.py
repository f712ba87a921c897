"""The words and patterns that a check looks for: data which an office may edit (``wording.toml``)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.soundness.finding import Weight

_ADVICE = "请改正这个文件；删去它，就会重新使用随程序附带的那一份。"


class _Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[entry]]`` as it is written; the fields are those of ``Pattern``."""

    code: str
    name: str
    weight: Weight
    pattern: tuple[str, ...]
    unless: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    where: tuple[str, ...] = ("terms",)
    swap: str = "sentence"
    reason: str
    offer: str = ""


class _Cap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    since: date
    percent: float


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    status: str
    surnames: str
    no_names: tuple[str, ...]
    bodies: tuple[str, ...]
    collective: tuple[str, ...]
    measures: tuple[str, ...]
    words: dict[str, str]
    cap: tuple[_Cap, ...]
    entry: tuple[_Row, ...]


class Sought(Struct, frozen=True):
    """An expression to look for, and what must and must not stand in the same sentence."""

    anchor: re.Pattern[str]
    beside: tuple[re.Pattern[str], ...] = ()
    absent: tuple[re.Pattern[str], ...] = ()

    def is_borne_out(self, sentence: str) -> bool:
        """Tell whether the rest of the sentence is as it must be."""
        return all(each.search(sentence) for each in self.beside) and not any(
            each.search(sentence) for each in self.absent
        )


class Pattern(Struct, frozen=True, kw_only=True):
    """One thing that must not, or should not, be said.

    ``find`` is what is looked for, one is enough; ``unless`` excuse it when they are found in the same
    sentence, ``denied`` when they are found before it in the same clause.  With ``near`` it counts only
    where one of those is found somewhere in the dispute, with ``not_near`` only where none is.  ``types``
    are codes of dispute types, none means all.  ``where`` lists the texts looked at.  ``offer`` takes the
    place of the whole sentence or of the words alone (``swap``).
    """

    code: str
    name: str
    weight: Weight
    find: tuple[Sought, ...]
    unless: tuple[re.Pattern[str], ...] = ()
    denied: tuple[re.Pattern[str], ...] = ()
    near: tuple[re.Pattern[str], ...] = ()
    not_near: tuple[re.Pattern[str], ...] = ()
    types: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset({"terms"})
    swap: str = "sentence"
    reason: str
    offer: str = ""


class Wording(Struct, frozen=True, kw_only=True):
    """All of it.

    ``surnames`` and ``no_names`` tell names of people from other words; ``bodies`` end the names of
    organisations; ``collective`` are words for all parties together; ``measures`` say when an act is done.
    """

    title: str
    status: str
    patterns: tuple[Pattern, ...]
    surnames: frozenset[str]
    no_names: tuple[re.Pattern[str], ...]
    bodies: tuple[str, ...]
    collective: tuple[re.Pattern[str], ...]
    measures: tuple[re.Pattern[str], ...]
    caps: tuple[tuple[date, float], ...]

    def cap_on(self, day: date) -> float:
        """Return the highest interest a year (percent) that courts uphold for a private loan on ``day``."""
        known = [percent for since, percent in self.caps if since <= day]
        return known[-1] if known else self.caps[0][1]


PLACES = frozenset({"terms", "obligations", "facts", "responsibility", "told"})
"""Where a pattern may be looked for; ``told`` is the summary and what was said in the sessions."""


def read_wording(data: Mapping[str, Any], where: str) -> Wording:
    """Make the wording table from the parsed content of its file.

    Raises:
        UserError: something is missing, misspelt or given twice, or an expression cannot be read.
    """
    try:
        file = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise UserError(f"用词表“{where}”{_place(data, str(error))}写得不对。", _ADVICE) from error
    codes = [row.code for row in file.entry]
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise UserError(f"用词表“{where}”里“{twice}”出现了两次。", _ADVICE)
    if not file.cap or not file.bodies:
        raise UserError(f"用词表“{where}”缺少利率上限或单位名称的写法。", _ADVICE)
    caps = sorted((cap.since, cap.percent) for cap in file.cap)
    return Wording(
        title=file.title,
        status=file.status,
        patterns=tuple(_pattern(row, file.words, where) for row in file.entry),
        surnames=frozenset(file.surnames.split()),
        no_names=_compiled(file.no_names, "no_names", where),
        bodies=file.bodies,
        collective=_compiled(file.collective, "collective", where),
        measures=_compiled(file.measures, "measures", where),
        caps=tuple(caps),
    )


def _pattern(row: _Row, words: Mapping[str, str], where: str) -> Pattern:
    if not set(row.where) <= PLACES or row.swap not in {"sentence", "words"}:
        raise UserError(f"用词表“{where}”里“{row.name}”的 where 或 swap 写得不对。", _ADVICE)
    lists = (row.unless, row.denied, row.near, row.not_near)
    unless, denied, near, not_near = (
        _compiled(tuple(_spelt_out(each, words, row.name, where) for each in some), row.name, where)
        for some in lists
    )
    return Pattern(
        code=row.code,
        name=row.name,
        weight=row.weight,
        find=tuple(
            _sought(_spelt_out(each, words, row.name, where), row.name, where) for each in row.pattern
        ),
        unless=unless,
        denied=denied,
        near=near,
        not_near=not_near,
        types=frozenset(row.types),
        where=frozenset(row.where),
        swap=row.swap,
        reason=row.reason,
        offer=row.offer,
    )


_AND, _NOT = "＆", "！"
_WORDS = re.compile("〈([^〈〉]+)〉")


def _spelt_out(expression: str, words: Mapping[str, str], name: str, where: str) -> str:
    """Put words in the place of their name, as in 〈免〉; they may name others, not themselves."""

    def put(named: re.Match[str]) -> str:
        if named[1] not in words:
            raise UserError(f"用词表“{where}”里“{name}”用到的“{named[0]}”没有写在 words 里。", _ADVICE)
        others = {one: meaning for one, meaning in words.items() if one != named[1]}
        return f"(?:{_spelt_out(words[named[1]], others, name, where)})"

    return _WORDS.sub(put, expression)


def _sought(expression: str, name: str, where: str) -> Sought:
    """Read an expression; ``＆`` joins what must stand in one sentence, ``＆！`` what must not be in it."""
    anchor, *others = expression.split(_AND)
    beside = tuple(each for each in others if not each.startswith(_NOT))
    absent = tuple(each.removeprefix(_NOT) for each in others if each.startswith(_NOT))
    return Sought(
        _compiled((anchor,), name, where)[0], _compiled(beside, name, where), _compiled(absent, name, where)
    )


def _compiled(expressions: tuple[str, ...], name: str, where: str) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(expression) for expression in expressions)
    except re.error as error:
        raise UserError(f"用词表“{where}”里“{name}”有一个查找式读不懂。", _ADVICE) from error


def _place(data: Mapping[str, Any], complaint: str) -> str:
    """Say which entry is meant, by its number and, if it has one, its name."""
    found = re.search(r"\$\.entry\[(\d+)\]", complaint)
    if found is None:
        named = re.search(r"\$\.(\w+)|field `(\w+)`", complaint)
        return f"的“{named[1] or named[2]}”" if named else ""
    row = data["entry"][int(found[1])]
    name = row.get("name", "") if isinstance(row, Mapping) else ""
    return f"第 {int(found[1]) + 1} 条" + (f"“{name}”" if name else "")
