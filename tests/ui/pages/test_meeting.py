"""The panels around a session: plan, record, reach people, note for oneself."""

from datetime import date, datetime, time

import pytest
from builders import uid
from desks import sample
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QPushButton
from village import TODAY

from mediation_desktop.domain import records
from mediation_desktop.services import disputes, notes, queries, sessions
from mediation_desktop.services.casefiles.entering import adopt
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def case(desk, new_id):
    """Give an accepted dispute without a notice, with one invited guest who has everybody's consent."""
    made = adopt(desk, sample(1, new_id).dossier)
    disputes.register_dispute(desk, made.dispute, made.parties, made.invited, accept=True)
    return made


@pytest.fixture
def told(desk, case):
    """Give the same dispute after everybody was told rights and duties."""
    disputes.save_records(desk, "告知", *(replace(one, told_at=at(8)) for one in case.notices))
    return case


def at(hour, minute=0, day=19):
    return datetime(2026, 6, day, hour, minute)


def come(page, operations, case):
    page.come(case.dispute.id)
    operations.drain()


def open_panel(page, operations, key, argument=None):
    page.open_panel(key, argument)
    operations.drain()
    return page.panel


def save(page, operations):
    page.panel.save()
    operations.drain()


def kept(desk, case):
    return queries.dossier(desk, case.dispute.id)


def rows(page):
    return [each.accessibleName() for each in page.findChildren(RowButton) if each.isVisibleTo(page)]


def words(page):
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page))


def held(desk, case, hour=9, **changed):
    """Record a session and return it as kept."""
    values = {
        "id": desk.new_id(),
        "dispute_id": case.dispute.id,
        "starts_at": at(hour),
        "place": "村调解室",
        "mediator_ids": case.dispute.mediator_ids,
        "result": "未达成",
    }
    proposals = changed.pop("proposals", None)
    session = records.Session(**(values | changed))
    sessions.record_session(desk, session, proposals)
    return next(one for one in kept(desk, case).sessions if one.id == session.id)


def test_a_plan_keeps_who_leads_who_helps_and_who_may_listen(page, operations, desk, told):
    come(page, operations, told)
    second = next(one for one in page.office.mediators if one.name == "周正明")
    panel = open_panel(page, operations, "schedule")
    assert panel.frame.values()["invited"] == (str(told.invited[0].id),)
    panel.frame.set_values(
        {
            "place": "村调解室",
            "mediators": [*panel.frame.values()["mediators"], str(second.id)],
            "public": "涉及个人隐私",
        }
    )
    save(page, operations)
    (session,) = kept(desk, told).sessions
    assert session.mediator_ids == (*told.dispute.mediator_ids, second.id)
    assert session.invited_ids == (told.invited[0].id,)
    assert (session.public, session.closed_because) == (False, "涉及个人隐私")
    panel = open_panel(page, operations, "schedule", session.id)
    assert panel.frame.values()["public"] == "涉及个人隐私"
    panel.frame.set_values({"public": "open"})
    save(page, operations)
    (session,) = kept(desk, told).sessions
    assert (session.public, session.closed_because) == (True, "")
    assert any("村调解室　公开" in row for row in rows(page))


def test_asking_somebody_without_the_parties_consent_warns_and_saves(page, operations, desk, told):
    guest = replace(kept(desk, told).invited[0], consent=False)
    disputes.save_records(desk, "登记参加人", guest)
    come(page, operations, told)
    panel = open_panel(page, operations, "schedule")
    assert panel.frame.values()["invited"] == ()
    assert not panel.warned.isVisibleTo(page)
    panel.frame.set_values({"place": "村调解室", "invited": [str(guest.id)]})
    panel.frame.fields["invited"].editor.left.emit()
    assert "姜土旺" in panel.warned.text()
    save(page, operations)
    assert "姜土旺" in page.banner.message
    assert kept(desk, told).sessions[0].invited_ids == (guest.id,)


def test_a_clash_of_room_mediator_or_party_is_told_while_planning_and_never_bars(
    page, operations, told, village
):
    first = told.parties[0]
    other = village.dispute(first.name, "王大山", accepted_on=TODAY, phone=first.phone)
    village.session(other, at(14, 30), place="田头", mediator="周正明")
    come(page, operations, told)
    panel = open_panel(page, operations, "schedule")
    panel.frame.set_values({"time": time(14), "place": "村调解室"})
    panel.frame.fields["time"].editor.left.emit()
    assert f"撞了当事人{first.name}" in panel.warned.text()
    panel.frame.set_values({"time": time(15, 30)})
    panel.frame.fields["time"].editor.left.emit()
    assert not panel.warned.isVisibleTo(page)
    panel.frame.set_values({"time": time(14)})
    save(page, operations)
    assert "撞了" in page.banner.message
    assert page.panel.key == "record"
    assert f"撞了当事人{first.name}" in page.panel.warned.text()


def test_a_session_without_a_notice_warns_on_the_panel_and_in_the_timeline(page, operations, desk, case):
    come(page, operations, case)
    panel = open_panel(page, operations, "record")
    panel.frame.set_values({"place": "田头"})
    assert "告知" in panel.warned.text()
    panel.result.set_values({"result": "未达成"})
    save(page, operations)
    assert kept(desk, case).sessions[0].state is records.SessionState.HELD
    assert any("没有告知权利义务的记录" in row for row in rows(page))
    early = replace(case.notices[0], told_at=at(8))
    disputes.save_records(desk, "告知", early)
    page.refresh(None)
    operations.drain()
    assert not any("没有告知权利义务的记录" in row for row in rows(page))


def test_a_handwritten_record_leaves_the_lines_empty_and_is_told_as_such(page, operations, desk, told, clock):
    clock.set(at(19, 40))
    come(page, operations, told)
    panel = open_panel(page, operations, "record")
    panel.frame.set_values({"time": time(11), "place": "石塔巷", "sheets": 3})
    panel.result.set_values({"result": "达成协议"})
    save(page, operations)
    (session,) = kept(desk, told).sessions
    assert (session.starts_at, session.sheets, session.lines) == (at(11), 3, ())
    assert "请注意" not in page.banner.message
    (row,) = [row for row in rows(page) if "手写记录 3 页，原件在卷" in row]
    assert row.startswith("2026年6月19日 11:00")
    assert "当天19:40录入" in row


def test_when_the_record_of_a_planned_session_was_written_late_is_told(
    page, operations, told, clock, village
):
    planned = village.session(told.dispute.id, at(10))
    clock.set(at(9, day=22))
    sessions.record_session(village.desk, replace(planned, result="未达成"))
    come(page, operations, told)
    assert any("记录写于2026年6月22日 09:00" in row for row in rows(page))


def test_a_day_agreed_at_the_end_stands_ready_as_the_next_session(page, operations, desk, told):
    come(page, operations, told)
    panel = open_panel(page, operations, "record")
    panel.frame.set_values({"time": time(14), "place": "村调解室", "public": "open"})
    panel.result.set_values({"result": "未达成，约定再次调解", "next_on": date(2026, 6, 25)})
    save(page, operations)
    assert page.panel.key == "schedule"
    values = page.panel.frame.values()
    assert (values["day"], values["time"], values["place"]) == (date(2026, 6, 25), time(14), "村调解室")
    assert values["public"] == "open"
    assert any("约定2026年6月25日再调解" in row for row in rows(page))
    save(page, operations)
    assert kept(desk, told).sessions[1].starts_at == at(14, day=25)
    assert page.panel.key == "record"


def test_who_did_not_come_and_why_is_recorded(page, operations, desk, told):
    come(page, operations, told)
    panel = open_panel(page, operations, "record")
    panel.frame.set_values({"place": "村调解室"})
    panel.result.set_values({"result": "未达成"})
    absent = told.parties[1]
    panel.absent.set_values({str(absent.id): "在外打工"})
    save(page, operations)
    (session,) = kept(desk, told).sessions
    assert session.absences == (records.Absence(party_id=absent.id, reason="在外打工"),)
    assert any("李木水没有来（在外打工）" in row for row in rows(page))
    panel = open_panel(page, operations, "record", session.id)
    assert panel.absent.values()[str(absent.id)] == "在外打工"


def test_offers_are_written_in_the_record_and_counted_in_the_timeline(page, operations, desk, told):
    come(page, operations, told)
    panel = open_panel(page, operations, "record")
    panel.frame.set_values({"place": "村调解室"})
    panel.result.set_values({"result": "未达成"})
    offers = panel.offers.made
    offers.set_values(
        [
            {"by": str(told.parties[1].id), "text": "补五百元。"},
            {"by": "mediator", "text": "补八百元。", "state": "部分接受"},
            {"text": ""},
        ]
    )
    save(page, operations)
    (session,) = kept(desk, told).sessions
    made = kept(desk, told).proposals
    assert [(one.party_id, one.text, one.state, one.session_id) for one in made] == [
        (told.parties[1].id, "补五百元。", "未接受", session.id),
        (None, "补八百元。", "部分接受", session.id),
    ]
    assert any("提出方案 2 个（未接受 1 个、部分接受 1 个）" in row for row in rows(page))
    panel = open_panel(page, operations, "record", session.id)
    panel.offers.made.remove(panel.offers.made.forms[0])
    panel.offers.made.forms[0].set_values({"state": "双方接受"})
    save(page, operations)
    assert [(one.id, one.state) for one in kept(desk, told).proposals] == [(made[1].id, "双方接受")]


def test_the_next_session_shows_what_is_still_on_the_table(page, operations, desk, told):
    offered = records.Proposal(
        id=uid(5000),
        dispute_id=told.dispute.id,
        position=0,
        party_id=told.parties[0].id,
        text="修好，衣柜补一千元。",
        state="未接受",
    )
    session_id = desk.new_id()
    held(desk, told, id=session_id, proposals=[replace(offered, session_id=session_id)])
    come(page, operations, told)
    panel = open_panel(page, operations, "record")
    assert "张福根在2026年6月19日的调解中提出" in words(page)
    assert "修好，衣柜补一千元。" in words(page)
    panel.offers.earlier.set_values({str(offered.id): "双方接受"})
    panel.frame.set_values({"time": time(15), "place": "村调解室"})
    panel.result.set_values({"result": "达成协议"})
    save(page, operations)
    (now,) = kept(desk, told).proposals
    assert (now.state, now.session_id) == ("双方接受", session_id)
    open_panel(page, operations, "record")
    assert "修好，衣柜补一千元。" not in words(page)


def test_rights_and_duties_are_told_to_all_or_to_some(page, operations, desk, case):
    first, second = case.parties
    come(page, operations, case)
    assert page.panel.key == "notice"
    page.panel.form.set_values({"day": date(2026, 6, 18), "time": time(16), "parties": [str(first.id)]})
    save(page, operations)
    (some,) = kept(desk, case).notices
    assert (some.party_ids, some.told_at) == ((first.id,), at(16, day=18))
    assert any("告知了张福根" in row and "2026年6月19日录入" in row for row in rows(page))
    panel = open_panel(page, operations, "notice")
    assert panel.form.values()["parties"] == (str(second.id),)
    panel.form.set_values({"parties": [str(first.id), str(second.id)], "how": "书面"})
    save(page, operations)
    assert kept(desk, case).notices[1].party_ids == ()


def test_tries_to_reach_a_party_are_told_and_never_count_as_refusal(page, operations, desk, told):
    silent = told.parties[1]
    come(page, operations, told)
    for hour in (8, 12, 18):
        panel = open_panel(page, operations, "attempt")
        panel.form.set_values(
            {
                "party": str(silent.id),
                "how": "电话",
                "result": "未联系上",
                "day": date(2026, 6, 18),
                "time": time(hour),
            }
        )
        save(page, operations)
    assert "李木水：已联系 3 次，未联系上；没有回应不等于拒绝。" in words(page)
    assert any(
        row.startswith("2026年6月18日 12:00，联系李木水（电话）：未联系上") and "汪承平" in row
        for row in rows(page)
    )
    button = next(each for each in page.findChildren(QPushButton) if each.text() == "安排调解")
    assert button.isEnabled()
    assert kept(desk, told).refusals == ()


def test_a_private_note_shows_only_after_a_click_and_only_to_its_writer(page, operations, desk, told):
    unsaid = "张福根其实看重面子"
    come(page, operations, told)
    panel = open_panel(page, operations, "private_note")
    assert "只给自己看，不打印、不报送" in words(page)
    panel.form.set_values({"text": unsaid})
    save(page, operations)
    assert unsaid not in words(page) + "\n".join(rows(page))
    panel = open_panel(page, operations, "private_note")
    assert unsaid not in words(page)
    panel.show_button.click()
    assert unsaid in words(page)
    next(each for each in panel.findChildren(RowButton) if each.isVisibleTo(page)).click()
    operations.drain()
    page.panel.form.set_values({"text": "改过的"})
    save(page, operations)
    (note,) = kept(desk, told).private_notes
    assert (note.text, note.by) == ("改过的", "汪承平")

    page.at_desk.switch(replace(desk, actor="周正明"))
    other = open_panel(page, operations, "private_note")
    assert not hasattr(other, "show_button")
    assert open_panel(page, operations, "private_note", note.id).form.values()["text"] == ""
    page.at_desk.switch(desk)
    open_panel(page, operations, "private_note", note.id).remove()
    operations.drain()
    assert kept(desk, told).private_notes == ()


def test_a_half_written_private_note_is_nobody_elses_draft(page, operations, desk, told):
    come(page, operations, told)
    panel = open_panel(page, operations, "private_note")
    panel.form.fields["text"].editor.set_draft("只有我知道")
    panel.form.fields["text"].editor.edited.emit()
    page.go_away()
    operations.drain()
    page.at_desk.switch(replace(desk, actor="周正明"))
    assert open_panel(page, operations, "private_note").form.values()["text"] == ""
    page.at_desk.switch(desk)
    assert open_panel(page, operations, "private_note").form.values()["text"] == "只有我知道"
    assert notes.own_notes(desk, kept(desk, told)) == ()
