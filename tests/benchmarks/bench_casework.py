"""Daily work in an office with 100,000 disputes: the list, and saving.

The list is the real page in the real window, timed from the click until rows stand in it.  Saving is the
service's own action with its revision, its line of history, its place in the streams and the flush to the
disk, against a bare SQLCipher transaction that writes the very same rows into a copy of the same file.
"""

import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from big_office import CLOCK, make_big_office
from harness import Figure
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from mediation_desktop.app import Program
from mediation_desktop.services import disputes, queries
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.office import open_with_key
from mediation_desktop.storage.database import _make_durable, connect
from mediation_desktop.storage.office_file import DATABASE_NAME

DISPUTES = 100_000
VISITS = 15
SAVES = 200
FIRST_ROWS_MS = 50
MOST_GROWTH_MB = 16


def figures() -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory(prefix="bench-casework-") as name:
        office = Path(name) / "office"
        key = make_big_office(office, DISPUTES)
        yield saving(office, Path(name) / "bare.db", key)
        yield from the_list(office, key)


# The list.


def the_list(office: Path, key: bytes) -> Iterator[Figure]:
    waits = [with_window(office, key, first_rows) for _ in range(VISITS + 1)][1:]
    detail = f"{DISPUTES} disputes, median of {VISITS} visits; {median(waits):.1f} ms : {FIRST_ROWS_MS} ms"
    yield Figure("list, first rows : 50 ms", median(waits) / FIRST_ROWS_MS, 1, "at most", detail)
    growth = with_window(office, key, scrolled_growth)
    detail = f"from the first to the last of {DISPUTES} rows; {growth:.1f} MB : {MOST_GROWTH_MB} MB"
    yield Figure("list, memory growth : 16 MB", growth / MOST_GROWTH_MB, 1, "at most", detail)


def with_window(office: Path, key: bytes, measure: Callable[[Program], float]) -> float:
    """Open the program at its home page, measure, and close it."""
    program = Program(office)
    try:
        program.window.show()
        program.open(open_with_key(office, key, clock=CLOCK))
        settle(program)
        return measure(program)
    finally:
        program.window.close()
        program.end()


def first_rows(program: Program) -> float:
    """Return the milliseconds from going to the list until it has rows and they are painted."""
    begun = time.perf_counter()
    program.window.go("disputes")
    model = program.window.page("disputes").table.model()
    while not model.rowCount():
        QApplication.processEvents()
    QApplication.processEvents()
    return (time.perf_counter() - begun) * 1000


def scrolled_growth(program: Program) -> float:
    """Return by how many MB the process grew while every row came into view once."""
    program.window.go("disputes")
    settle(program)
    bar = program.window.page("disputes").table.verticalScrollBar()
    QApplication.processEvents()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for at in range(0, bar.maximum() + 1, max(bar.pageStep(), 1)):
        bar.setValue(at)
        QApplication.processEvents()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def settle(program: Program) -> None:
    for _ in range(3):
        program.operations.drain()
        QApplication.processEvents()


# Saving.


def saving(office: Path, copy: Path, key: bytes) -> Figure:
    shutil.copy(office / DATABASE_NAME, copy)
    desk = open_with_key(office, key, clock=CLOCK)
    bare = connect(copy, key)
    _make_durable(bare)
    try:
        ids = queries.find_disputes(desk)[:: DISPUTES // SAVES][:SAVES]
        ours, theirs = [], []
        for at, dispute_id in enumerate(ids):
            dispute = queries.dossier(desk, dispute_id).dispute
            changed = replace(dispute, summary=f"{dispute.summary}（补充第{at}次：双方到村里说明情况。）")
            taken, written = timed_save(desk, lambda changed=changed: disputes.save_dispute(desk, changed))
            ours.append(taken)
            theirs.append(timed_replay(bare, written))
    finally:
        bare.close()
        desk.office_file.close()
    mine, least = p95(ours), p95(theirs)
    detail = f"{len(ours)} saves in turn, p95; {mine * 1000:.2f} ms : {least * 1000:.2f} ms"
    return Figure("saving : bare transaction, p95", mine / least, 2.5, "at most", detail)


def timed_save(desk: Desk, save: Callable[[], object]) -> tuple[float, list[tuple[str, object]]]:
    """Return the seconds of a save, and the statements with which it wrote."""
    written: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            written.append((statement, values))

    engine = desk.office_file._database._write_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        begun = time.perf_counter()
        save()
        return time.perf_counter() - begun, written
    finally:
        event.remove(engine, "before_cursor_execute", note)


def timed_replay(bare: object, written: list[tuple[str, object]]) -> float:
    """Return the seconds of one bare transaction with the same statements."""
    begun = time.perf_counter()
    bare.execute("BEGIN IMMEDIATE")
    for statement, values in written:
        bare.execute(statement, values)
    bare.execute("COMMIT")
    return time.perf_counter() - begun


def p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


if __name__ == "__main__":
    for figure in figures():
        sys.stdout.write(f"{figure}\n")
