"""How figures are measured: two ways of doing the same thing, side by side in one run.

A benchmark is a file ``bench_<what>.py`` here with a function ``figures()`` that yields ``Figure``s.
Only ratios are promised, for seconds belong to one machine.
"""

import gc
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Ratio:
    """What a paired measurement gave: the median of the rounds' ratios, and the median seconds of each."""

    value: float
    ours: float
    theirs: float

    @property
    def speed(self) -> float:
        """How many times faster ours is."""
        return 1 / self.value

    def __str__(self) -> str:
        return f"{self.ours:.4g} s : {self.theirs:.4g} s"


@dataclass(frozen=True)
class Figure:
    """One promised figure. ``detail`` says what stood on either side and what was measured."""

    name: str
    ratio: float
    limit: float
    direction: Literal["at most", "at least"]
    detail: str = ""

    @property
    def kept(self) -> bool:
        return self.ratio <= self.limit if self.direction == "at most" else self.ratio >= self.limit


def paired(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 9) -> Ratio:
    """Run both once to warm up, then ``rounds`` times in turn, each first as often as the other."""
    ours()
    theirs()
    times: list[tuple[float, float]] = []
    for turn in range(rounds):
        if turn % 2:
            second, first = _seconds(theirs), _seconds(ours)
        else:
            first, second = _seconds(ours), _seconds(theirs)
        times.append((first, second))
    return Ratio(
        value=statistics.median(first / second for first, second in times),
        ours=statistics.median(first for first, _ in times),
        theirs=statistics.median(second for _, second in times),
    )


def paired_commands(
    ours: Sequence[object],
    theirs: Sequence[object],
    rounds: int = 9,
    environment: Mapping[str, str] | None = None,
) -> Ratio:
    """Measure two command lines like ``paired``, from start to exit, in the caller's environment or another.

    Raises:
        RuntimeError: a command failed; what it printed is told.
    """
    return paired(lambda: run(ours, environment), lambda: run(theirs, environment), rounds)


def run(command: Sequence[object], environment: Mapping[str, str] | None = None) -> None:
    """Run one command to its end; errors as ``paired_commands``."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}: {(done.stdout + done.stderr).decode()}")


def _seconds(action: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
