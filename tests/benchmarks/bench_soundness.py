"""The soundness check on agreements that nobody who wrote its rules has read."""

import sys
from collections.abc import Iterator
from pathlib import Path

from harness import Figure

TESTS = Path(__file__).parents[1]


def figures() -> Iterator[Figure]:
    sys.path.insert(0, str(TESTS))
    from soundness_score import score  # noqa: PLC0415 - the helpers of the tests stand one folder up

    scored = [score(folder) for folder in sorted((TESTS / "data" / "agreements-unseen").iterdir())]
    faulty, sound = sum(one[0] for one in scored), sum(one[2] for one in scored)
    found, doubted = faulty - sum(len(one[1]) for one in scored), sum(len(one[3]) for one in scored)
    yield Figure("soundness, faults found", found / faulty, 0.95, "at least", f"{found} of {faulty}")
    detail = f"{doubted} of {sound} sound agreements doubted"
    yield Figure("soundness, false alarms", doubted / sound, 0.05, "at most", detail)
