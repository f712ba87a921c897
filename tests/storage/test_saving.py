"""What a save costs, counted rather than timed, so that a loaded machine counts the same."""

import sys
from contextlib import contextmanager

import pytest
from builders import dispute
from msgspec.structs import replace
from sqlalchemy import event

from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.records import Dispute

MOST_CALLS = 900
"""Of functions, ours and the libraries', for one save.  It took 582 when this was written."""


@pytest.fixture
def kept(office):
    with office.change("汪承平", "登记纠纷") as work:
        work.add_recipient("township", "街道司法所", "age1township")
        return work.add(dispute())


@contextmanager
def statements(office):
    """Note every statement written with, beginning included, and how SQLite means to carry it out."""
    made, plans = [], []

    def note(connection, _cursor, statement, values, _context, _many):
        if statement.startswith("EXPLAIN"):
            return
        made.append(statement.split()[0])
        if made[-1] != "BEGIN":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.extend(row[3] for row in rows)

    engine = office._database._write_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made, plans
    finally:
        event.remove(engine, "before_cursor_execute", note)


def save(office, record):
    """Change a record as the services do: read it, and keep it anew."""
    with office.change("汪承平", "修改") as work:
        now = work.get(Dispute, record.id)
        return work.update(replace(now, summary=f"{now.summary}又来反映。"))


def test_a_save_is_seven_statements_and_none_reads_a_whole_table(office, kept):
    with statements(office) as (made, plans):
        save(office, kept)
    assert made == ["BEGIN", "SELECT", "UPDATE", "SELECT", "INSERT", "INSERT", "INSERT"]
    assert [plan for plan in plans if plan.startswith("SCAN") and "recipient" not in plan] == []


def test_more_saves_in_one_change_read_no_more_than_their_records(office, kept):
    with statements(office) as (made, _plans), office.change("汪承平", "修改") as work:
        for name in ("甲", "乙", "丙"):
            work.update(replace(work.get(Dispute, kept.id), summary=name))
    assert made.count("SELECT") == 3 + 1  # what each changes, and once where the journal stands
    assert len(made) == 1 + 1 + 3 * 5


def test_a_save_does_not_build_its_statements_anew(office, kept):
    save(office, kept)
    calls = 0

    def count(_frame, what, _argument):
        nonlocal calls
        calls += what == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        save(office, kept)
    finally:
        sys.setprofile(before)
    assert calls < MOST_CALLS


def test_a_change_sees_what_it_wrote_itself(office, kept):
    with office.change("汪承平", "修改") as work:
        first = work.update(replace(work.get(Dispute, kept.id), summary="第一次"))
        assert work.get(Dispute, kept.id) == first
        work.remove(first, "登记重复")
        with pytest.raises(LookupError):
            work.get(Dispute, kept.id)
        back = work.restore(first)
        assert work.get(Dispute, kept.id) == back


def test_what_a_change_read_does_not_hide_that_it_is_stale(office, kept):
    with office.change("汪承平", "修改") as work:
        old = work.get(Dispute, kept.id)
        work.update(replace(old, summary="第一次"))
        with pytest.raises(UserError, match="刚被改过"):
            work.update(replace(old, summary="第二次"))


def test_what_one_change_read_is_read_again_by_the_next(office, kept):
    with office.change("汪承平", "看看") as work:
        work.get(Dispute, kept.id)
    second = save(office, kept)
    with office.change("汪承平", "看看") as work:
        assert work.get(Dispute, kept.id) == second


def test_a_change_that_fails_leaves_no_gap_in_the_sequence(office, kept):
    def fail():
        with office.change("汪承平", "修改") as work:
            work.update(replace(kept, summary="不算数"))
            raise RuntimeError("went wrong")

    with pytest.raises(RuntimeError, match="went wrong"):
        fail()
    last = save(office, kept)
    with office.read() as reader:
        before, after = reader.revisions(last.id)
        pending = [number for number, _revision in reader.pending("township")]
    assert after.sequence == before.sequence + 1
    assert pending == [1, 2]
