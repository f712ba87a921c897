"""The tokens of ``resources/styles/theme.toml`` as plain values."""

import tomllib
from typing import Literal

from msgspec import Struct

from mediation_desktop.system.paths import resource

Tone = Literal["neutral", "info", "success", "warning", "error"]
"""What a message or a state means; each tone has a ground ``tone`` and an ink ``on_tone``."""


class Tokens(Struct, frozen=True):
    """The look as data: two palettes, type sizes in points, lengths in multiples of the text's size."""

    light: dict[str, str]
    dark: dict[str, str]
    type: dict[str, float]
    space: dict[str, float]
    size: dict[str, float]
    text_pairs: tuple[tuple[str, str], ...]
    shape_pairs: tuple[tuple[str, str], ...]


def read_tokens() -> Tokens:
    """Read the tokens that came with the program."""
    data = tomllib.loads(resource("styles", "theme.toml").read_text(encoding="utf-8"))
    return Tokens(
        light=data["light"],
        dark=data["dark"],
        type=data["type"],
        space=data["space"],
        size=data["size"],
        text_pairs=tuple((ink, ground) for ink, ground in data["contrast"]["text"]),
        shape_pairs=tuple((edge, ground) for edge, ground in data["contrast"]["shape"]),
    )
