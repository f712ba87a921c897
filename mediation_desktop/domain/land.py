"""四至: a piece of land as villagers name it, and what a record of it may say.

Who owns land or holds the right to use it is decided by the government (土地管理法 第14条, 森林法 第22条);
here stands only how it is used at present.
"""

import re
from collections.abc import Iterable, Mapping

from mediation_desktop.domain.records import Landmark

SIDES = ("东", "南", "西", "北")
"""The four sides in the order in which they are said."""

USE_ONLY = "本图、本记载只表明使用现状，不确认权属。"
"""What stands beside everything about land."""

_TITLE = re.compile(r"(?<!不)(?:归[^，。；]{1,15}有|属于?[^，。；]{1,15}(?:家|人|的|有)|所有权|产权|确权)")


def landmarks(sides: Mapping[str, str], others: Iterable[tuple[str, str]] = ()) -> tuple[Landmark, ...]:
    """Return the sides that are named, the four first, then the other directions as given."""
    named = [(side, sides.get(side, "")) for side in SIDES] + list(others)
    return tuple(
        Landmark(direction=direction.strip().removesuffix("至"), mark=mark.strip())
        for direction, mark in named
        if direction.strip() and mark.strip()
    )


def side_of(landmark: Landmark) -> str:
    """Return the direction alone: 东 whether it was written 东 or 东至."""
    return landmark.direction.removesuffix("至")


def told(item: Landmark) -> str:
    """Return one side as it is said: 东至老枫树."""
    return f"{side_of(item)}至{item.mark}"


def claims_title(text: str) -> bool:
    """Tell whether words about use speak of ownership, which no record of ours may confirm."""
    return _TITLE.search(text) is not None
