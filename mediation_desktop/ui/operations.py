"""Work off the UI thread: one worker, one queue, results delivered back in the UI thread.

Saves, imports, exports and prints all pass here, in the order they were asked for.  No page starts a
thread of its own.
"""

import sys
from collections import deque
from collections.abc import Callable, Generator
from queue import SimpleQueue
from threading import Event
from time import monotonic
from typing import Generic, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QThread, QTimer, Signal, Slot

from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.problems import EnvironmentProblem

T = TypeVar("T")
_TELL_EVERY = 0.1
_END = object()
_SWITCH = 0.0005
"""Seconds after which the worker lets the UI thread in; to paint a page it asks many times over."""

ExpectedError = UserError | EnvironmentProblem


class OperationCancelled(Exception):
    """Raised inside an operation at the moment it notices that it was cancelled."""


class Progress:
    """What running work is handed: a way to say how far it is and to hear that it should stop."""

    def __init__(self, report: Callable[[int, int, str], None], stop: Event) -> None:
        self._report = report
        self._stop = stop
        self._next_telling = 0.0

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say that ``done`` of ``total`` parts are done (``total`` 0: unknown), and what is being done.

        Raises:
            OperationCancelled: the user asked to stop; let it pass, after cleaning up.
        """
        self.check()
        # Ten times a second is enough to watch, and a fast loop must not drown the UI thread.
        if done == total or monotonic() >= self._next_telling:
            self._next_telling = monotonic() + _TELL_EVERY
            self._report(done, total, text)

    def check(self) -> None:
        """Raise ``OperationCancelled`` if the user asked to stop."""
        if self._stop.is_set():
            raise OperationCancelled

    @property
    def cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._stop.is_set()


class Operation(Generic[T]):
    """One piece of work and what happens after it.

    Args:
        run: the work, called in the worker with its ``Progress``; touches no widget.
        title: what the status strip says while it runs, such as 正在导出; empty for quick work.
        owner: when it is destroyed before the end, nobody is told any more.
        on_success: called with what ``run`` returned.  It may be a generator, which goes on after each
            ``yield`` once the window has answered the user; nothing else is delivered before its end.
        on_failure: called with a ``UserError`` or ``EnvironmentProblem``; without it the window's banner
            tells the user.  Any other exception is our mistake and goes to the crash window.
        on_end: called after success, failure and cancellation alike.
        cancellable: whether the strip offers 取消, and closing the window may stop it.
    """

    def __init__(
        self,
        run: Callable[[Progress], T],
        *,
        title: str = "",
        owner: QObject | None = None,
        on_success: Callable[[T], object] | None = None,
        on_failure: Callable[[ExpectedError], None] | None = None,
        on_end: Callable[[], None] | None = None,
        cancellable: bool = False,
    ) -> None:
        self.run = run
        self.title = title
        self.owner = owner
        self.on_success = on_success
        self.on_failure = on_failure
        self.on_end = on_end
        self.cancellable = cancellable
        self.stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next report, or never starts."""
        self.stop.set()

    @property
    def has_listener(self) -> bool:
        """Whether somebody is left to be told."""
        return self.owner is None or shiboken6.isValid(self.owner)


class Operations(QObject):
    """The queue and its one worker thread.

    Signals: ``began(operation)``; ``advanced(operation, done, total, text)``; ``ended(operation)``;
    ``problem(error, owner)`` for an expected failure nobody took; ``crashed(exception)`` for our mistakes.
    """

    began = Signal(object)
    advanced = Signal(object, int, int, str)
    ended = Signal(object)
    problem = Signal(object, object)
    crashed = Signal(object)
    _idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = _Worker()
        queued = Qt.ConnectionType.QueuedConnection
        self._worker.began.connect(self.began, queued)
        self._worker.advanced.connect(self.advanced, queued)
        self._worker.finished_one.connect(self._hear, queued)
        self._open: deque[Operation] = deque()
        self._heard: deque[tuple[Operation, object, BaseException | None]] = deque()
        self._showing: tuple[Operation, Generator[None, None, None]] | None = None
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)
        self.failures = 0

    @property
    def busy(self) -> bool:
        """Whether anything waits, runs or is still to be delivered."""
        return bool(self._open or self._showing)

    def submit(self, operation: Operation[T]) -> Operation[T]:
        """Put an operation at the end of the queue."""
        self._open.append(operation)
        if not self._worker.isRunning():
            self._worker.start()
        self._worker.queue.put(operation)
        return operation

    def drain(self) -> bool:
        """Wait until all is done and delivered, taking no input; return whether nothing failed meanwhile."""
        before = self.failures
        if self.busy:
            loop = QEventLoop()
            self._idle.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return self.failures == before

    def close(self) -> bool:
        """Cancel what may be cancelled, finish the rest, end the thread; return whether nothing failed."""
        for operation in self._open:
            if operation.cancellable:
                operation.cancel()
        went_well = self.drain()
        if self._worker.isRunning():
            self._worker.queue.put(None)
            self._worker.wait()
        QCoreApplication.sendPostedEvents(self)
        return went_well

    @Slot(object, object, object)
    def _hear(self, operation: Operation, result: object, error: BaseException | None) -> None:
        self._heard.append((operation, result, error))
        if not self._showing:
            self._deliver()

    def _deliver(self) -> None:
        operation, result, error = self._heard.popleft()
        self._open.remove(operation)
        self.ended.emit(operation)
        try:
            if error is None:
                self._tell(operation, result)
            elif not isinstance(error, OperationCancelled):
                self._fail(operation, error)
            if operation.on_end and operation.has_listener:
                operation.on_end()
        finally:
            self._say_idle()

    def _say_idle(self) -> None:
        if not self.busy:
            self._idle.emit()

    def _fail(self, operation: Operation, error: BaseException) -> None:
        self.failures += 1
        if not isinstance(error, ExpectedError):
            self.crashed.emit(error)
        elif operation.on_failure and operation.has_listener:
            operation.on_failure(error)
        else:
            self.problem.emit(error, operation.owner if operation.has_listener else None)

    def _tell(self, operation: Operation, result: object) -> None:
        if operation.on_success and operation.has_listener:
            told = operation.on_success(result)
            if isinstance(told, Generator):
                self._showing = operation, told
                self._go_on()

    def _go_on(self) -> None:
        """Let a generator go on to its next ``yield``; after its end deliver what was done meanwhile."""
        try:
            if self._showing:
                operation, parts = self._showing
                self._showing = None
                if operation.has_listener and next(parts, _END) is not _END:
                    self._showing = operation, parts
            elif self._heard:
                self._deliver()
        finally:
            if self._showing or self._heard:
                self._turn.start()
            self._say_idle()


class _Worker(QThread):
    """Takes operations from its queue one by one until it is handed ``None``."""

    began = Signal(object)
    advanced = Signal(object, int, int, str)
    finished_one = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.queue: SimpleQueue[Operation | None] = SimpleQueue()

    def run(self) -> None:
        """Work until told to go home, letting the window in whenever it asks."""
        sys.setswitchinterval(_SWITCH)
        while operation := self.queue.get():
            self._work(operation)

    def _work(self, operation: Operation) -> None:
        def report(done: int, total: int, text: str) -> None:
            self.advanced.emit(operation, done, total, text)

        progress = Progress(report, operation.stop)
        result: object = None
        error: BaseException | None = None
        try:
            progress.check()
            self.began.emit(operation)
            result = operation.run(progress)
        except BaseException as caught:  # noqa: BLE001 - carried to the UI thread, where it is told or shown
            error = caught
        self.finished_one.emit(operation, result, error)
