"""The tokens of ``resources/styles/theme.toml`` as plain values, and their contrast."""

import tomllib
from dataclasses import dataclass
from typing import Literal

from mediation_desktop.system.paths import resource

Tone = Literal["neutral", "info", "success", "warning", "error"]
"""What a message or a state means; each tone has a ground ``tone`` and an ink ``on_tone``."""


@dataclass(frozen=True, slots=True)
class Tokens:
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


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """Undo the gamma of sRGB (IEC 61966-2-1)."""
    dark_end = 0.04045
    return channel / 12.92 if channel <= dark_end else ((channel + 0.055) / 1.055) ** 2.4
