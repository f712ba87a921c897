"""Feels the pulse of the window: how long the UI thread was ever deaf to the user, and over what.

A timer beats in the UI thread every few milliseconds; whoever gives an input beats before and after it.  The
time between two beats is a pause.  A second thread looks where the UI thread is while a beat is late, so that
a pause names the function to mend.

Only the program is measured.  What the test does between two inputs (looking for a button, reading the office
file) is forgiven by ``begin``.  Time in which a thread of this process was ready to run and had no processor,
because the machine was busy with something else, does not count: Linux tells it for every thread
(``schedstat``); elsewhere everything counts.  A pause is never counted shorter than the processor time that
the UI thread itself used.  A tracer (coverage) makes every line of Python slower, and the collector would go
through all that the test runner ever loaded: the first is put off while the pulse is felt, and what was there
before is kept from the second, as the program does at its start.
"""

import gc
import sys
import threading
from collections import Counter
from pathlib import Path
from time import perf_counter, sleep, thread_time
from traceback import walk_stack
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer

LIMIT_MS = 400
"""Beyond this a test fails.  A user on a PC of his own is promised 100 ms; tests share two slow processors,
where the same work takes up to three times as long."""
_BEAT_MS = 5
_LOOK_EVERY = 0.004
_LATE = 0.03
_FRAMES = 4
_TASKS = Path("/proc/self/task")
_PROGRAM = f"{Path('mediation_desktop')}"


class Pause(NamedTuple):
    """The longest pause of a step."""

    ms: int
    step: str
    where: str

    def __str__(self):
        return f"{self.ms} ms in {self.step}: {self.where}"


class Heartbeat(QObject):
    """Beats while it is entered; ``pauses`` afterwards and meanwhile."""

    def __init__(self):
        super().__init__()
        self._longest = {}
        self._step = ""
        self._seen = Counter()
        self._last = _Moment()
        self._ending = threading.Event()
        self._watcher = threading.Thread(target=self._watch, args=(threading.get_ident(),))
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def __enter__(self):
        gc.collect()
        gc.freeze()
        self._tracer = sys.gettrace()
        sys.settrace(None)
        self._watcher.start()
        self._timer.start()
        self.begin("the beginning")
        return self

    def __exit__(self, *_):
        self._timer.stop()
        self._ending.set()
        self._watcher.join()
        sys.settrace(self._tracer)
        gc.unfreeze()

    def begin(self, step=""):
        """Count from now on; the step names what follows, the same as before when left out."""
        self._step = step or self._step
        self._seen.clear()
        self._last = _Moment()

    def beat(self):
        """Note how long it is since the last beat."""
        now = _Moment()
        ms = round(now.since(self._last) * 1000)
        if ms > self._longest.get(self._step, Pause(0, "", "")).ms:
            where = "; ".join(f"{place} ({times})" for place, times in self._seen.most_common(3))
            self._longest[self._step] = Pause(ms, self._step, where)
        self._seen.clear()
        self._last = now

    def held_its_beat(self):
        """Fail when a step had a pause over the limit, and say where; the longest first."""
        late = sorted((pause for pause in self._longest.values() if pause.ms > LIMIT_MS), reverse=True)
        assert not late, "the window paused\n" + "\n".join(map(str, late))

    def _watch(self, thread_id):
        while not self._ending.is_set():
            sleep(_LOOK_EVERY)
            frame = sys._current_frames().get(thread_id)
            if frame and perf_counter() - self._last.wall > _LATE:
                self._seen[_told(frame)] += 1


class _Moment:
    """A moment as the UI thread lives it."""

    def __init__(self):
        self.wall = perf_counter()
        self._used = thread_time()
        self._waited = _waited_for_processor()

    def since(self, before):
        """Return the seconds since another moment that count."""
        waited = self._waited - before._waited
        return max(self._used - before._used, self.wall - before.wall - waited)


def _waited_for_processor():
    """Return the seconds that threads of this process were ready to run and had to wait for a processor."""
    nanoseconds = 0
    for task in _TASKS.iterdir() if _TASKS.is_dir() else ():
        try:
            nanoseconds += int((task / "schedstat").read_text().split()[1])
        except (OSError, IndexError):  # the thread has just ended, or this system does not tell
            continue
    return nanoseconds / 1e9


def _told(frame):
    """Return the innermost functions of the program, innermost first."""
    places = [
        f"{Path(one.f_code.co_filename).name}:{one.f_code.co_name}:{line}"
        for one, line in walk_stack(frame)
        if _PROGRAM in one.f_code.co_filename
    ]
    return " < ".join(places[:_FRAMES]) or "Qt"
