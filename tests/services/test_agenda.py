"""Whom to call, what is about to begin, and the calendar file that leaves the PC."""

from datetime import datetime, timedelta

import pytest
from calendar_reader import parse
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.services import agenda, disputes, queries, sessions
from mediation_desktop.services.codes import load_codes
from mediation_desktop.system.problems import EnvironmentProblem

HALF_AN_HOUR = """
title = "调解提醒"
status = "默认值"
[[entry]]
code = "before"
name = "半小时"
minutes = 30
"""


@pytest.fixture
def village(desk):
    return Village(desk)


@pytest.fixture
def at_home(village):
    """Give a session planned for tomorrow at nine in a party's home."""
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY, phone="13900000001")
    return village.session(dispute_id, datetime(2026, 6, 20, 9), place="石塔巷张福根家中")


def test_the_phone_list_names_everybody_through_whom_a_party_is_reached(desk, village, at_home):
    first = queries.dossier(desk, at_home.dispute_id).parties[0]
    guardian = records.Guardian(name="张大伯", relation="父亲", phone="13900000009")
    agent = records.Agent(name="周律师")
    disputes.save_party(desk, replace(first, guardian=guardian, agents=(agent,)))
    called_off = village.session(at_home.dispute_id, datetime(2026, 6, 20, 15))
    sessions.cancel_session(desk, called_off)
    found = agenda.calls(desk, TODAY + timedelta(days=1))
    assert [(one.name, one.role, one.phone) for one in found] == [
        ("张福根", "申请人", "13900000001"),
        ("张大伯", "张福根的法定代理人", "13900000009"),
        ("周律师", "张福根的委托代理人", ""),
        ("李木水", "被申请人", "13900000001"),
    ]
    assert {(one.starts_at, one.dispute) for one in found} == {(at_home.starts_at, "张福根与李木水")}
    assert agenda.calls(desk, TODAY) == ()


def test_a_session_is_announced_once_a_quarter_of_an_hour_before_and_once_at_its_start(desk, clock, at_home):
    told = []
    since = datetime(2026, 6, 20, 8, 40)
    for minute in range(41, 75):
        now = datetime(2026, 6, 20, 8, 0) + timedelta(minutes=minute)
        clock.set(now)
        told += [(now.strftime("%H:%M"), line.coming.minutes) for line in agenda.reminders(desk, since)]
        since = now
    assert told == [("08:45", 15), ("09:00", 0)]
    assert at_home.starts_at == datetime(2026, 6, 20, 9)


def test_an_office_chooses_its_own_minutes(desk, clock, at_home):
    own = desk.folder / "codes"
    own.mkdir()
    (own / "reminders.toml").write_text(HALF_AN_HOUR, "utf-8")
    mine = replace(desk, codes=load_codes((own,)))
    clock.set(datetime(2026, 6, 20, 8, 30))
    (line,) = agenda.reminders(mine, datetime(2026, 6, 20, 8, 29))
    assert (line.title, line.coming.minutes) == ("张福根与李木水", 30)
    assert line.coming.session.id == at_home.id


def test_the_calendar_file_names_nobody_unless_asked(desk, at_home, tmp_path):
    target = tmp_path / "日程.ics"
    assert agenda.export_calendar(desk, TODAY, TODAY + timedelta(days=2), target) == 1
    assert "张福根" not in target.read_text("utf-8")
    assert "李木水" not in target.read_text("utf-8")
    (_, event), _ = parse(target.read_bytes())
    assert event["SUMMARY"] == "调解 （2026）龙东人调字第001号 石塔巷当事人家中"
    assert (event["LOCATION"], event["DTSTART"]) == ("石塔巷当事人家中", "20260620T010000Z")
    assert event["UID"].startswith(str(at_home.id))

    agenda.export_calendar(desk, TODAY, TODAY + timedelta(days=2), target, named=True)
    (_, event), _ = parse(target.read_bytes())
    assert "张福根与李木水" in event["SUMMARY"]
    assert event["LOCATION"] == "石塔巷张福根家中"


def test_a_calendar_file_that_cannot_be_written_is_told(desk, tmp_path):
    with pytest.raises(EnvironmentProblem):
        agenda.export_calendar(desk, TODAY, TODAY, tmp_path / "没有" / "日程.ics")
