"""Lines of history as plain sentences: what was changed from what to what, in words people use."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from mediation_desktop.domain.dates import printed
from mediation_desktop.domain.fieldwords import ENUM_WORDS, KIND_WORDS, field_word
from mediation_desktop.domain.money import figures
from mediation_desktop.domain.records import EXPORTED, KINDS, FieldChange, HistoryLine, RecordLine, Signature

SECRET = frozenset({"minor_check", "sealed_record", "private_note"})
"""Kinds of which history tells nothing: not what, not when, not who."""

_NUMBERS_OF_PEOPLE = frozenset({"phone", "id_number", "account"})
_NAMED_BY = ("name", "title", "number", "what", "topic", "told", "court", "asked", "amount_fen", "form")
_DATED_BY = ("starts_at", "told_at", "printed_at", "at", "on", "agreed_on", "from_on")
_NOBODY = {(RecordLine, "speaker_id"): "调解员", (Signature, "party_id"): "调解员"}
"""Who is meant where nobody is named."""
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_LONG, _AROUND, _MOST = 40, 8, 100
_SHOWN_DIGITS = 3


class Lookup(Struct, frozen=True):
    """Where names come from.

    Args:
        name_of: the name of the record with this id (text): 张福根.
        subject_of: the same with what it is: 当事人张福根.
        name_of_code: the name of a code; ``field`` tells which table is meant, empty when unknown.
    """

    name_of: Callable[[str], str]
    subject_of: Callable[[str], str]
    name_of_code: Callable[[str, str], str]


def phrases(line: HistoryLine, lookup: Lookup) -> tuple[str, ...]:
    """Return what one line of history says, each phrase the rest of a sentence that begins with the actor.

    A kind in ``SECRET`` says nothing.
    """
    if line.kind in SECRET:
        return ()
    cls = KINDS[line.kind]
    subject = lookup.subject_of(str(line.record_id)) or KIND_WORDS[line.kind]
    for change in line.changes:
        if change.field == "removed_because":
            return (f"删除{subject}，原因：{change.new}",)
        if change.field == EXPORTED:
            return (f"导出{change.new}",)
    if any(change.old is None and change.field in _required(cls) for change in line.changes):
        if line.kind == "step_taken":
            return (_step(line, lookup),)
        verb = "恢复" if line.action.startswith("撤销") else "新增"
        return (f"{verb}{subject}",)
    about = "" if line.kind == "dispute" else f"（{subject}）"
    return tuple(f"{_changed(cls, change, lookup)}{about}" for change in line.changes)


def name_and_subject(kind: str, snapshot: Mapping[str, Any], lookup: Lookup) -> tuple[str, str]:
    """Return what a record is called, alone and with its kind: 张福根 and 当事人张福根.

    One without a name is called by its day: 6月19日的调解.
    """
    word, cls = KIND_WORDS[kind], KINDS[kind]
    for field in _NAMED_BY:
        if snapshot.get(field):
            name = _cut(told(cls, field, snapshot[field], lookup))
            return name, f"{word}《{name}》" if field == "form" else f"{word}{name}"
    for field in _DATED_BY:
        if snapshot.get(field):
            day = date.fromisoformat(snapshot[field][:10])
            name = f"{day.month}月{day.day}日的{word}"
            return name, name
    return word, word


def ids_in(line: HistoryLine) -> Iterator[str]:
    """Yield every id that a line of history speaks of, as text."""
    yield str(line.record_id)
    for change in line.changes:
        for value in (change.old, change.new):
            yield from _ids(value)


def told(cls: type[Struct], field: str, value: Any, lookup: Lookup) -> str:
    """Return a field's JSON value in words; nothing is an empty text."""
    return _told(get_type_hints(cls)[field], field, value, lookup)


def shortened(old: str, new: str) -> tuple[str, str]:
    """Cut two long texts down to where they differ, with a few characters around."""
    if max(len(old), len(new)) <= _LONG:
        return old, new
    before = _alike(old, new)
    after = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - before)
    return _middle(old, before, after), _middle(new, before, after)


def masked(old: str, new: str) -> tuple[str, str]:
    """Hide two numbers of a person but for their first digits and where they differ."""
    if len(old) != len(new):
        return _hide(old, set()), _hide(new, set())
    differ = {at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other}
    return _hide(old, differ), _hide(new, differ)


def _step(line: HistoryLine, lookup: Lookup) -> str:
    said = {change.field: told(KINDS[line.kind], change.field, change.new, lookup) for change in line.changes}
    return f"办理“{said['action']}”" + (f"，原因：{_cut(said['reason'])}" if said.get("reason") else "")


def _changed(cls: type[Struct], change: FieldChange, lookup: Lookup) -> str:
    word = field_word(cls, change.field)
    old, new = (told(cls, change.field, value, lookup) for value in (change.old, change.new))
    hide = masked if change.field in _NUMBERS_OF_PEOPLE else shortened
    old, new = hide(old, new)
    if old == new:
        return f"修改“{word}”"
    if not old:
        return f"填写“{word}”：“{new}”"
    if not new:
        return f"清空“{word}”，原来是“{old}”"
    return f"把“{word}”从“{old}”改为“{new}”"


def _told(annotation: Any, field: str, value: Any, lookup: Lookup) -> str:
    if value is None or value in ("", []):
        return ""
    kind = _kind(annotation)
    if isinstance(value, list):
        return "；".join(_told(get_args(kind)[0], field, one, lookup) for one in value)
    if isinstance(value, dict):
        return _told_struct(kind, value, lookup)
    return _told_simple(kind, field, value, lookup)


def _told_struct(cls: type[Struct], value: Mapping[str, Any], lookup: Lookup) -> str:
    """Return the parts of a nested value; one that has a single part needs no word for it."""
    parts = {
        name: told(cls, name, part, lookup) or _NOBODY.get((cls, name), "") for name, part in value.items()
    }
    parts = {
        name: _hide(text, set()) if name in _NUMBERS_OF_PEOPLE else text
        for name, text in parts.items()
        if text
    }
    if len(parts) == 1:
        return next(iter(parts.values()))
    return "，".join(f"{field_word(cls, name)}：{text}" for name, text in parts.items())


def _told_simple(kind: Any, field: str, value: Any, lookup: Lookup) -> str:
    for fits, tell in _TELLERS:
        if issubclass(kind, fits):
            return tell(kind, value, field)
    if issubclass(kind, UUID):
        return lookup.name_of(value) or "查不到的记录"
    coded = _CODE.fullmatch(value) or field.endswith("_code")
    return lookup.name_of_code(field, value) if coded else value


def _moment(value: str) -> str:
    moment = datetime.fromisoformat(value)
    return f"{printed(moment.date())} {moment:%H:%M}"


_TELLERS: tuple[tuple[type, Callable[[Any, Any, str], str]], ...] = (
    (bool, lambda _kind, value, _field: "是" if value else "否"),
    (int, lambda _kind, value, field: f"{figures(value)}元" if field.endswith("_fen") else str(value)),
    (StrEnum, lambda kind, value, _field: ENUM_WORDS[kind][value]),
    (datetime, lambda _kind, value, _field: _moment(value)),
    (date, lambda _kind, value, _field: printed(date.fromisoformat(value))),
)
"""How values of a type are told; a type stands before those it is a kind of."""


def _kind(annotation: Any) -> Any:
    """Return the type of a field without its ``None``."""
    parts = get_args(annotation)
    return next(part for part in parts if part is not NoneType) if NoneType in parts else annotation


@cache
def _required(cls: type[Struct]) -> frozenset[str]:
    """Return the fields that a record never lacks: they change from nothing only when it is new."""
    hints = get_type_hints(cls)
    return frozenset(
        field.name
        for field in fields(cls)
        if field.default is NODEFAULT
        and field.default_factory is NODEFAULT
        and NoneType not in get_args(hints[field.name])
    )


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _looks_like_id(value):
            yield value
    elif isinstance(value, Mapping | Sequence):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _ids(part)


def _looks_like_id(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _middle(text: str, before: int, after: int) -> str:
    start, end = max(before - _AROUND, 0), min(len(text) - after + _AROUND, len(text))
    start = 0 if start <= 1 else start
    end = len(text) if end >= len(text) - 1 else end
    return f"{'…' if start else ''}{_cut(text[start:end])}{'…' if end < len(text) else ''}"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


def _hide(text: str, shown: set[int]) -> str:
    return "".join(
        character if at < _SHOWN_DIGITS or at in shown else "*" for at, character in enumerate(text)
    )
