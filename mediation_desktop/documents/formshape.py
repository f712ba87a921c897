"""Compare a file that was read with the shape it should have: tell every slip, and mend it to read on."""

import difflib
from collections.abc import Iterable
from typing import Any, Protocol

from msgspec import inspect

from mediation_desktop.documents.formplace import Path

GONE = "\0"
"""Stands for a text that is missing or wrong, of which enough was said."""


class Tell(Protocol):
    """Takes note of something wrong: where, what and what to do; ``hint`` is a text in its line."""

    def __call__(self, path: Path, text: str, advice: str, *, hint: str = "") -> None:
        """Take note of it."""
        ...


def nearest(word: str, known: Iterable[str]) -> str:
    """Return 是不是“…”？ with the known word most like ``word``, or nothing."""
    found = difflib.get_close_matches(word, sorted(known), 1)
    return f"是不是“{found[0]}”？" if found else ""


def mend(raw: Any, shape: inspect.Type, tell: Tell, path: Path = ()) -> Any:
    """Return ``raw`` as ``shape`` wants it, with ``GONE`` and empty parts where it is otherwise.

    Args:
        raw: what the file says there.
        shape: from ``msgspec.inspect``.
        tell: is told of every difference.
        path: where it stands.
    """
    match shape:
        case inspect.StructType():
            return _table(raw, shape, tell, path)
        case inspect.UnionType():
            return _one_of(raw, shape, tell, path)
        case inspect.VarTupleType():
            if isinstance(raw, list):
                return [mend(item, shape.item_type, tell, (*path, place)) for place, item in enumerate(raw)]
            tell(path, "这里应是一列。", "写在一对方括号里，各项用英文逗号隔开。")
        case inspect.DictType():
            if isinstance(raw, dict):
                return {key: mend(raw[key], shape.value_type, tell, (*path, key)) for key in raw}
            tell(path, "这里应是一组“名称 = 内容”。", "请对照程序自带的同名文件改正。")
        case _:
            wanted = _wanted(raw, shape)
            if not wanted:
                return raw
            tell(path, *wanted)
    return _empty(shape)


def _wanted(raw: Any, shape: inspect.Type) -> tuple[str, str] | None:
    """Return what a single value should be and how to write it; nothing where it is right."""
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    match shape:
        case inspect.StrType() if not isinstance(raw, str):
            return "这里应是文字。", "把内容写在一对英文双引号里。"
        case inspect.BoolType() if not isinstance(raw, bool):
            return "这里应是“是”或“否”。", "只写 true 或 false，不加引号。"
        case inspect.IntType() if not number or not isinstance(raw, int):
            return "这里应是整数。", "只写数字，不加引号，不要小数。"
        case inspect.FloatType() if not number:
            return "这里应是数字。", "只写数字，不加引号。"
        case inspect.LiteralType() if raw not in shape.values:
            words = [str(value) for value in shape.values]
            return f"这里只能是{'、'.join(words)}。", nearest(str(raw), words) or "请改成其中一个。"
        case _:
            return None


def _table(raw: Any, shape: inspect.StructType, tell: Tell, path: Path) -> Any:
    if not isinstance(raw, dict):
        tell(path, "这里应是一组“名称 = 内容”。", "请对照程序自带的同名文件改正。")
        return _empty(shape)
    known = {field.encode_name: field for field in shape.fields}
    tag = {shape.tag_field: shape.tag} if shape.tag_field else {}
    for key in raw.keys() - known.keys() - tag.keys():
        advice = nearest(key, known) or f"这里只能有：{'、'.join(known)}。"
        tell((*path, key), f"不认识的项“{key}”。", f"{advice}请改正或删去。")
    mended: dict[str, Any] = {**tag}
    for key, field in known.items():
        if key in raw:
            mended[key] = mend(raw[key], field.type, tell, (*path, key))
        elif field.required:
            tell(path, f"缺少“{key}”一项。", f"请补上一行：{key} = …，写法见程序自带的同名文件。")
            mended[key] = _empty(field.type)
    return mended


def _one_of(raw: Any, shape: inspect.UnionType, tell: Tell, path: Path) -> Any:
    """Mend one of several tables that their tags tell apart."""
    kinds = {one.tag: one for one in shape.types if isinstance(one, inspect.StructType)}
    tag_field = next(iter(kinds.values())).tag_field or ""
    if not isinstance(raw, dict):
        tell(path, "这里应是一组“名称 = 内容”。", "请对照程序自带的同名文件改正。")
        return _empty(shape)
    names = [str(kind) for kind in kinds]
    tag = raw.get(tag_field)
    if tag is None:
        tell(path, f"缺少“{tag_field}”一项。", f"请补上：{tag_field} = “{'”“'.join(names)}”中的一个。")
    elif tag not in names:
        advice = nearest(str(tag), names) or f"只能是：{'、'.join(names)}。"
        tell((*path, tag_field), f"不认识的种类“{tag}”。", f"{advice}请改正。")
    else:
        return _table(raw, kinds[tag], tell, path)
    return _empty(shape)


def _empty(shape: inspect.Type) -> Any:
    """Return the least that has a shape, so that the rest can be looked at."""
    empty: Any = GONE
    match shape:
        case inspect.StructType():
            empty = {field.encode_name: _empty(field.type) for field in shape.fields if field.required}
            if shape.tag_field:
                empty[shape.tag_field] = shape.tag
        case inspect.UnionType():
            empty = min((_empty(one) for one in shape.types), key=len)
        case inspect.VarTupleType():
            empty = []
        case inspect.DictType():
            empty = {}
        case inspect.BoolType():
            empty = False
        case inspect.IntType() | inspect.FloatType():
            empty = 1
        case inspect.LiteralType():
            empty = shape.values[0]
        case _:
            pass
    return empty
