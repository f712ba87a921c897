import threading
from threading import Event

import pytest
from PySide6.QtCore import QObject

from mediation_desktop.domain.errors import UserError
from mediation_desktop.ui.operations import Operation, Operations


def test_work_runs_off_the_ui_thread_and_is_answered_in_it(operations):
    seen = {}

    def run(_progress):
        seen["worker"] = threading.get_ident()
        return 42

    def answer(value):
        seen["value"], seen["ui"] = value, threading.get_ident()

    operations.submit(Operation(run, on_success=answer))
    assert operations.drain()
    assert seen["value"] == 42
    assert seen["ui"] == threading.get_ident() != seen["worker"]


def test_everything_runs_in_the_order_asked_and_in_one_thread(operations):
    order, threads = [], set()
    for number in range(20):

        def run(_progress, number=number):
            order.append(number)
            threads.add(threading.get_ident())

        operations.submit(Operation(run))
    operations.drain()
    assert order == list(range(20))
    assert len(threads) == 1


def test_progress_reaches_the_ui_thread_without_drowning_it(operations):
    told = []
    operations.advanced.connect(lambda _operation, done, total, text: told.append((done, total, text)))

    def run(progress):
        for done in range(100_001):
            progress.report(done, 100_000, f"第{done}页")

    operations.submit(Operation(run, title="正在打印"))
    operations.drain()
    assert told[0] == (0, 100_000, "第0页")
    assert told[-1] == (100_000, 100_000, "第100000页")
    assert len(told) < 100


def test_cancelled_work_stops_at_its_next_report_and_fails_nobody(operations):
    started, ended = Event(), []

    def run(progress):
        started.set()
        while True:
            progress.report(0, 0)

    operation = operations.submit(
        Operation(run, on_success=pytest.fail, on_failure=pytest.fail, on_end=lambda: ended.append(True))
    )
    assert started.wait(5)
    operation.cancel()
    assert operations.drain()
    assert ended == [True]


def test_work_cancelled_in_the_queue_never_starts(operations):
    gate, ran = Event(), []
    operations.submit(Operation(lambda _progress: gate.wait(5)))
    operations.submit(Operation(lambda _progress: ran.append(True))).cancel()
    gate.set()
    operations.drain()
    assert ran == []


def test_an_expected_failure_goes_to_who_asked(operations):
    def run(_progress):
        raise UserError("没有保存。", "请重试。")

    heard, ended = [], []
    operations.problem.connect(pytest.fail)
    operations.submit(Operation(run, on_failure=heard.append, on_end=lambda: ended.append(True)))
    assert not operations.drain()
    assert [error.text for error in heard] == ["没有保存。"]
    assert ended == [True]


def test_an_expected_failure_nobody_took_is_not_lost(operations):
    def run(_progress):
        raise UserError("没有保存。", "请重试。")

    heard = []
    operations.problem.connect(lambda error, owner: heard.append((error.text, owner)))
    operations.submit(Operation(run))
    operations.drain()
    assert heard == [("没有保存。", None)]


def test_our_mistake_goes_to_the_crash_window_and_the_worker_lives_on(operations):
    crashes, after = [], []
    operations.crashed.connect(crashes.append)
    operations.submit(Operation(lambda _progress: 1 / 0, on_failure=pytest.fail))
    operations.submit(Operation(lambda _progress: "ok", on_success=after.append))
    operations.drain()
    assert [type(error) for error in crashes] == [ZeroDivisionError]
    assert after == ["ok"]


def test_an_owner_that_is_gone_is_not_called(operations):
    owner, gate = QObject(), Event()
    operations.submit(Operation(lambda _progress: gate.wait(5), owner=owner, on_success=pytest.fail))
    import shiboken6  # noqa: PLC0415

    shiboken6.delete(owner)
    gate.set()
    assert operations.drain()


def test_closing_finishes_saves_cancels_exports_and_leaves_no_thread():
    operations = Operations()
    saved, gate = [], Event()

    def export(progress):
        gate.set()
        while True:
            progress.check()

    operations.submit(Operation(export, cancellable=True))
    for number in range(5):
        operations.submit(Operation(lambda _progress, number=number: saved.append(number)))
    assert gate.wait(5)
    assert operations.close()
    assert saved == [0, 1, 2, 3, 4]
    assert not operations.busy


def test_closing_says_when_a_last_save_failed():
    def run(_progress):
        raise UserError("磁盘已满。", "请腾出空间。")

    operations = Operations()
    operations.submit(Operation(run))
    assert not operations.close()


def test_work_can_be_asked_for_again_after_closing():
    operations = Operations()
    operations.submit(Operation(lambda _progress: None))
    operations.close()
    done = []
    operations.submit(Operation(lambda _progress: 1, on_success=done.append))
    operations.close()
    assert done == [1]
