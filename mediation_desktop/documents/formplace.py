"""Where in a ``form.toml`` something stands: its line, and the words in which a reader is told."""

import re
from typing import Any

Path = tuple[str | int, ...]
"""The way to a place in a file that was read: keys, and positions in lists from 0."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?\s*(?:#.*)?")
_KINDS = {
    "line": "单行",
    "fields": "填写栏",
    "paragraph": "段落",
    "table": "表格",
    "frame": "粘贴框",
    "signatures": "签名",
    "group": "组合",
}
_COUNTED = {
    "blocks": "第{}块",
    "fields": "第{}个字段",
    "rows": "第{}行",
    "foot": "末尾第{}行",
    "columns": "第{}列",
    "cells": "第{}格",
    "places": "第{}个签名处",
    "lines": "第{}行字",
    "seal": "印章处第{}行",
    "when": "第{}个条件",
}


class Lines:
    """The sections of a TOML text, each begun by its ``[header]``."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._sections: list[tuple[Path, int]] = [((), 0)]
        counts: dict[Path, int] = {}
        for number, line in enumerate(self._lines, 1):
            found = _HEADER.fullmatch(line)
            if found:
                keys = found[2].split(".")
                self._sections.append((_path_of(keys, counts, listed=found[1] == "[["), number))

    def number(self, path: Path, hint: str = "") -> int:
        """Return the line, from 1, in which ``path`` stands and ``hint`` is written, else 0."""
        held = [place for place, (owner, _) in enumerate(self._sections) if path[: len(owner)] == owner]
        best = max(held, key=lambda place: len(self._sections[place][0]))
        owner, start = self._sections[best]
        end = self._sections[best + 1][1] - 1 if best + 1 < len(self._sections) else len(self._lines)
        keys = [step for step in path[len(owner) :] if isinstance(step, str)]
        first = start
        for key in keys[:1]:
            written = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
            first = next((n for n in range(start + 1, end + 1) if written.match(self._lines[n - 1])), start)
        if hint:
            inside = range(max(first, 1), end + 1)
            return next((n for n in inside if hint in self._lines[n - 1]), first)
        return first


def _path_of(keys: list[str], counts: dict[Path, int], *, listed: bool) -> Path:
    path: Path = ()
    for depth, key in enumerate(keys, 1):
        path = (*path, key)
        if listed and depth == len(keys):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def spoken(path: Path, raw: Any) -> str:
    """Return a place in words, such as 第3块（段落）的“text”; nothing for the file itself."""
    words: list[str] = []
    here, key = raw, ""
    for step in path:
        here = _inside(here, step)
        if isinstance(step, str):
            key = step
            words.append(f"“{step}”")
            continue
        counted = "第{}格" if not key else _COUNTED.get(key, "第{}项")
        if key:
            words.pop()
        words.append(_named(key, counted.format(step + 1), here))
        key = ""
    return "的".join(words)


def _named(key: str, counted: str, here: Any) -> str:
    """Return a counted part, a field by its label and a block with its kind."""
    if not isinstance(here, dict):
        return counted
    label, kind = here.get("label"), here.get("kind")
    if key == "fields" and isinstance(label, str) and label:
        return f"字段“{label}”"
    return f"{counted}（{_KINDS[kind]}）" if isinstance(kind, str) and kind in _KINDS else counted


def _inside(here: Any, step: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return here[step]
    return None
