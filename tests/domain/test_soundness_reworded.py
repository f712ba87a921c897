"""Whole agreements in other words, sound and faulty: the rules know what is meant, not how samples say it.

The dice are seeded by the file, so that every run is the same.
"""

import random
from collections import Counter
from pathlib import Path

import pytest
from rewordings import WAYS, read, reworded, told
from slips import SLIPS

SOUND = sorted((Path(__file__).parents[1] / "data" / "agreements").glob("*/sound-*.toml"))
NOT_TOLD_IN_EVERY_WORDING = {"another_day_in_the_list": 0.6}
"""Slips that the rest of an agreement may explain, with the share of them that is told at least."""


def _dice(path, what):
    return random.Random(f"{path.parent.name} {path.stem} {what}")  # noqa: S311 - the same words every time


def test_a_sound_agreement_in_other_words_is_hardly_ever_doubted():
    doubted, ways = [], Counter()
    for path in SOUND:
        case, done = reworded(read(path), _dice(path, "sound"), times=4)
        ways.update(done)
        if found := told(case):
            doubted.append((path.parent.name, path.stem, done, [finding.text for finding in found]))
    assert set(ways) == {way.__name__ for way in WAYS}
    assert len(doubted) <= 0.02 * len(SOUND), doubted


def test_a_slip_in_a_reworded_agreement_is_told():
    made, found = Counter(), Counter()
    for path in SOUND[::4]:
        for slip in SLIPS:
            dice = _dice(path, slip.__name__)
            case, _ = reworded(read(path), dice, times=2)
            if slip(case, dice) is not False:
                made[slip.__name__] += 1
                found[slip.__name__] += bool(told(case))
    assert set(made) == {slip.__name__ for slip in SLIPS}
    assert found.total() >= 0.95 * made.total(), (found, made)
    for slip, count in made.items():
        least = NOT_TOLD_IN_EVERY_WORDING.get(slip, 0.85)
        assert found[slip] >= least * count, (slip, found[slip], count)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_rewording_says_something_else(way):
    changed = 0
    for path in SOUND:
        case = read(path)
        if way(case, _dice(path, way.__name__)) is not False:
            changed += case != read(path)
    assert changed > 3
