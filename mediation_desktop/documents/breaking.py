"""Chinese line breaking: what may not stand at a line's start or end, and what is never split.

After GB/T 15834 and W3C's Requirements for Chinese Text Layout (clreq): closing marks do not start a line,
opening marks do not end one; numbers, amounts, Latin words, dashes and ellipses stay whole.
"""

import re
from collections.abc import Callable

OPENING = "（《〈「『【〔〖［｛“‘￥¥$([{"
CLOSING = "，。、；：？！．）》〉」』】〕〗］｝”’％‰℃～·,.;:?!)]}%"
_WORD = r"[0-9A-Za-z\u00c0-\u024f]+(?:[-.,:/@_+&'][0-9A-Za-z\u00c0-\u024f]+)*|—+|…+|＿+"
_PIECE = re.compile(
    rf"[{re.escape(OPENING)}]*(?:{_WORD}|[^{re.escape(OPENING)}])[{re.escape(CLOSING)}]*|[{re.escape(OPENING)}]+",
    re.DOTALL,
)


def pieces(text: str) -> list[str]:
    """Cut text into the pieces between which a line may end."""
    return _PIECE.findall(text)


def break_lines(text: str, first: float, rest: float, measure: Callable[[str], float]) -> list[str]:
    """Return the lines of a paragraph; ``first`` and ``rest`` are the widths of the first and later lines.

    ``measure`` gives a text's width in the same unit.  A piece wider than a whole line is split anywhere.
    """
    if measure(text) <= first:
        return [text]
    lines: list[str] = []
    line, used, room = "", 0.0, first
    for piece in pieces(text):
        width = measure(piece)
        parts = [(piece, width)] if width <= rest else [(char, measure(char)) for char in piece]
        for part, part_width in parts:
            if used + part_width > room and line:
                lines.append(line)
                line, used, room = "", 0.0, rest
                if part == " ":
                    continue
            line += part
            used += part_width
    lines.append(line)
    return lines
