"""The dispute page: the next step is open, every other one is offered or says why not, nothing is lost."""

from datetime import date, datetime

import pytest
from desks import sample
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QPushButton
from ui.access import unnamed_controls

from mediation_desktop.domain import records
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.papers import Pack, kind_of_paper
from mediation_desktop.services import disputes, papers, queries, sessions
from mediation_desktop.services.agreements import findings, save_agreement
from mediation_desktop.services.casefiles.entering import adopt, enter
from mediation_desktop.services.drafts import draft
from mediation_desktop.services.office import switch_actor
from mediation_desktop.ui.casework.settlement import AgreementPanel
from mediation_desktop.ui.pages.dispute import PANELS
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def accepted(desk, new_id):
    """Give a dispute that was accepted, with its notice, and nothing more."""
    case = adopt(desk, sample(1, new_id).dossier)
    disputes.register_dispute(desk, case.dispute, case.parties, case.invited, accept=True)
    disputes.save_records(desk, "告知", *case.notices)
    return case.dispute.id


def _come(page, operations, dispute_id):
    page.come(dispute_id)
    operations.drain()


def _button(page, words):
    return next(
        each for each in page.findChildren(QPushButton) if each.text() == words and each.isVisibleTo(page)
    )


def _type(field, text):
    field.editor.set_draft(text)
    field.editor.edited.emit()


def test_the_likeliest_next_step_stands_open(page, operations, accepted, desk, new_id):
    _come(page, operations, accepted)
    assert page.panel.key == "schedule"
    session = records.Session(id=new_id(), dispute_id=accepted, starts_at=_at(15), place="村调解室")
    sessions.schedule_session(desk, session)
    _come(page, operations, accepted)
    assert (page.panel.key, page.panel.argument) == ("record", session.id)


def _at(hour):
    return datetime(2026, 6, 19, hour)


@pytest.fixture(params=range(1, 9))
def any_sample(request, desk, clock, new_id):
    """Give one sample dispute after the other, entered long after it happened."""
    clock.advance(days=150)
    return enter(desk, sample(request.param, new_id))


def test_every_sample_dispute_is_shown_with_every_panel(page, operations, desk, any_sample):
    dispute_id = any_sample
    _come(page, operations, dispute_id)
    for key in PANELS:
        argument = {"step": Action.ACCEPT, "end": Action.TERMINATE, "pack": Pack.FILING}.get(key)
        if key in {"signing", "receipt"}:
            issued = queries.dossier(desk, dispute_id).papers
            if not issued:
                continue
            argument = issued[-1].id
        if key == "explain":
            found = findings(desk.codes, queries.dossier(desk, dispute_id))
            if not found:
                continue
            argument = found[0]
        page.open_panel(key, argument)
        operations.drain()
        assert unnamed_controls(page) == []


def test_a_closed_step_is_grey_and_says_why(page, operations, desk, accepted, new_id):
    party = queries.dossier(desk, accepted).parties[0]
    refusal = records.Refusal(
        id=new_id(), dispute_id=accepted, party_id=party.id, on=date(2026, 6, 19), how="当面"
    )
    disputes.save_records(desk, "登记拒绝调解", refusal)
    _come(page, operations, accepted)
    barred = _button(page, "安排调解")
    assert not barred.isEnabled()
    assert "拒绝" in barred.toolTip()
    assert page.panel.key == "end"
    _button(page, "登记重新同意").click()
    page.panel.save()
    operations.drain()
    assert _button(page, "安排调解").isEnabled()


def test_a_panel_with_typed_words_survives_changes_elsewhere(page, operations, desk, accepted, workspace):
    _come(page, operations, accepted)
    page.open_panel("agreement")
    operations.drain()
    _type(page.panel.text.fields["responsibility"], "乙方担责")
    dispute = queries.dossier(desk, accepted).dispute
    workspace.broadcast(disputes.save_dispute(desk, replace(dispute, place="石塔巷东头")))
    operations.drain()
    assert isinstance(page.panel, AgreementPanel)
    assert page.panel.text.values()["responsibility"] == "乙方担责"


def test_what_was_typed_is_there_again_after_leaving(page, operations, desk, accepted):
    _come(page, operations, accepted)
    page.open_panel("agreement")
    operations.drain()
    key = page.panel.draft_key
    _type(page.panel.terms.list.forms[0].fields["text"], "乙方赔800元")
    page.go_away()
    operations.drain()
    assert draft(desk, key)
    page.open_panel("facts")
    page.open_panel("agreement")
    operations.drain()
    assert [term.text for term in page.panel.terms.terms()] == ["乙方赔800元"]
    assert "恢复" in page.banner.message


def test_a_finding_leads_to_the_field_to_mend(page, operations, desk, clock, new_id):
    clock.advance(days=150)
    case = sample(2, new_id)
    owed = [replace(case.dossier.obligations[0], amount_fen=1), *case.dossier.obligations[1:]]
    dispute_id = enter(desk, replace(case, dossier=replace(case.dossier, agreements=()), signing=None))
    save_agreement(desk, case.dossier.agreement, owed)
    _come(page, operations, dispute_id)
    row = next(
        each
        for each in page.findChildren(RowButton)
        if "第1项履行义务各期合计" in each.accessibleName() and each.isVisibleTo(page)
    )
    row.click()
    operations.drain()
    assert page.panel.key == "agreement"
    assert page.focusWidget() is page.panel.owed.forms[0].fields["instalments"].editor


def test_instalments_are_typed_one_a_line_and_add_up_before_the_eyes(page, operations, accepted):
    _come(page, operations, accepted)
    page.open_panel("agreement")
    form = page.panel.owed.add()
    _type(form.fields["instalments"], "7.15 6000\n8.15 6,000.50")
    edit = form.fields["instalments"].editor
    assert [part.amount_fen for part in edit.value()] == [600000, 600050]
    assert "12,000.50" in edit.note()
    _type(form.fields["instalments"], "7.15 6000\n八月 600")
    assert "第2行" in edit.fault()


def test_removing_an_obligation_keeps_the_others(page, operations, desk, clock, new_id):
    clock.advance(days=150)
    case = sample(2, new_id)
    dispute_id = enter(desk, replace(case, signing=None))
    _come(page, operations, dispute_id)
    page.open_panel("agreement")
    operations.drain()
    kept = queries.dossier(desk, dispute_id).obligations
    page.panel.owed.remove(page.panel.owed.forms[0])
    page.panel.save()
    operations.drain()
    left = queries.dossier(desk, dispute_id).obligations
    assert [item.id for item in left] == [item.id for item in kept[1:]]


def test_several_mediators_stay_several(page, operations, desk, clock, new_id):
    clock.advance(days=150)
    dispute_id = enter(desk, sample(4, new_id))
    session = queries.dossier(desk, dispute_id).sessions[0]
    assert len(session.mediator_ids) == 2
    _come(page, operations, dispute_id)
    page.open_panel("record", session.id)
    operations.drain()
    page.panel.save()
    operations.drain()
    assert queries.dossier(desk, dispute_id).sessions[0].mediator_ids == session.mediator_ids


def test_what_happened_and_when_it_was_entered_are_told_apart(page, operations, desk, clock, new_id):
    clock.advance(days=150)
    dispute_id = enter(desk, sample(1, new_id))
    _come(page, operations, dispute_id)
    told = [each.accessibleName() for each in page.findChildren(RowButton)]
    session = next(name for name in told if "石塔巷张福根家中" in name)
    assert session.startswith("2026年6月19日 15:30")
    assert "2026年11月16日录入" in session


def test_an_oral_agreement_is_told_with_its_day_of_effect(page, operations, desk, clock, new_id):
    clock.advance(days=150)
    _come(page, operations, enter(desk, sample(5, new_id)))
    told = [each.accessibleName() for each in page.findChildren(RowButton)]
    assert any("达成口头协议，当日生效" in name and name.startswith("2026年9月9日") for name in told)


def test_who_changed_what_is_told_newest_first_and_by_one_person(page, operations, desk, accepted):
    dispute = queries.dossier(desk, accepted).dispute
    disputes.save_dispute(switch_actor(desk, "周正明"), replace(dispute, place="石塔巷东头"))
    _come(page, operations, accepted)
    told = page._changes.text.splitlines()
    assert told[0] == "6月19日 09:00 周正明 把“发生地点”从“石塔巷”改为“石塔巷东头”"
    assert told[1].startswith("6月19日 09:00 汪承平 新增")
    assert told[2:5] == [
        "6月19日 09:00 汪承平 登记纠纷",
        f"　· 新增纠纷{dispute.number}",
        "　· 新增当事人张福根",
    ]
    page._changes.who.set_value("周正明")
    page._changes.who.edited.emit()
    assert page._changes.text.splitlines() == told[:1]


def test_the_parts_of_a_long_change_and_older_changes_come_on_wish(page, operations, desk, accepted):
    for number in range(7):
        dispute = queries.dossier(desk, accepted).dispute
        disputes.save_dispute(desk, replace(dispute, place=f"石塔巷{number}号"))
    _come(page, operations, accepted)
    assert len(page._changes.text.splitlines()) == 5
    _button(page, "还有 4 次改动，再显示一些").click()
    told = page._changes.text
    assert "登记纠纷" in told
    assert "办理“受理”" not in told
    next(each for each in page.findChildren(QPushButton) if each.text().startswith("更多（")).click()
    assert "办理“受理”" in page._changes.text


def test_after_saving_the_focus_is_in_the_first_field_of_the_next_step(page, operations, accepted):
    _come(page, operations, accepted)
    page.panel.frame.set_values({"place": "村调解室"})
    page.panel.save()
    operations.drain()
    assert page.panel.key == "record"
    assert page.panel.frame.fields["day"].editor is page.focusWidget()


def test_coming_back_begins_in_the_first_field(page, operations, accepted):
    _come(page, operations, accepted)
    page.setFocus()
    _come(page, operations, accepted)
    assert page.panel.frame.fields["day"].editor is page.focusWidget()


def test_a_message_about_one_dispute_does_not_stand_over_another(page, operations, desk, accepted, new_id):
    _come(page, operations, accepted)
    page.banner.success("已保存。")
    other = adopt(desk, sample(2, new_id).dossier)
    disputes.register_dispute(desk, other.dispute, other.parties, other.invited, accept=True)
    _come(page, operations, other.dispute.id)
    assert page.banner.message == ""


def test_a_signed_paper_asks_for_the_seal_first_and_has_one_main_button(
    page, operations, desk, clock, new_id
):
    clock.advance(days=150)
    case_file = sample(2, new_id)
    signed = enter(desk, replace(case_file, signing=replace(case_file.signing, sealed_on=None)))
    _come(page, operations, signed)
    assert page.panel.key == "signing"
    assert page.panel.seal.fields["sealed_on"].editor is page.focusWidget()
    main = [each for each in page.panel.findChildren(QPushButton) if each.property("kind") == "primary"]
    assert [each.text() for each in main] == ["登记盖章"]


def test_the_last_day_for_judicial_confirmation_is_told(page, operations, desk, clock, new_id):
    clock.set(datetime(2026, 9, 10, 9))
    case = sample(7, new_id)
    dispute_id = enter(desk, replace(case, dossier=replace(case.dossier, confirmations=())))
    _come(page, operations, dispute_id)
    told = [each.text() for each in page.findChildren(QLabel)]
    assert any("最后一日：2026年10月8日，还有28天" in text for text in told)
    clock.set(datetime(2026, 10, 9, 9))
    page.refresh(None)
    operations.drain()
    told = [each.text() for each in page.findChildren(QLabel)]
    assert any("已于2026年10月8日届满" in text for text in told)


def _papers_offered(page):
    names = (each.accessibleName() for each in page._aside.findChildren(QPushButton))
    return [name.removeprefix("看样、打印") for name in names if name.startswith("看样、打印")]


def test_the_papers_that_apply_now_are_listed_with_their_day(page, operations, desk, accepted, new_id):
    _come(page, operations, accepted)
    assert _papers_offered(page) == ["受理登记表", "权利义务告知书"]
    session = records.Session(id=new_id(), dispute_id=accepted, starts_at=_at(15), place="村调解室")
    sessions.schedule_session(desk, session)
    _come(page, operations, accepted)
    assert _papers_offered(page) == ["受理登记表", "权利义务告知书", "调解通知书　6月19日"]


def test_fixing_a_session_offers_the_notices_for_every_party(page, operations, desk, accepted, gone):
    _come(page, operations, accepted)
    page.panel.frame.set_values({"place": "村调解室"})
    page.panel.save()
    operations.drain()
    _button(page, "打印各方的通知书").click()
    session = queries.dossier(desk, accepted).sessions[0]
    assert gone == [("paper", (accepted, "session_notice", session.id, None))]


@pytest.fixture
def end(page, operations, desk, new_id):
    """End a dispute by an action in the window and return its id."""

    def do(action):
        case = adopt(desk, sample(1, new_id).dossier)
        disputes.register_dispute(desk, case.dispute, case.parties, accept=action is not Action.DECLINE)
        _come(page, operations, case.dispute.id)
        page.open_panel("end", action)
        page.panel.form.set_values({"reason_code": "other"})
        page.panel.form.edited.emit()
        _type(page.panel.form.fields["reason"], "不属于受理范围")
        page.panel.save()
        operations.drain()
        return case.dispute.id

    return do


@pytest.mark.parametrize(
    ("action", "form"), [(Action.DECLINE, "not_accepted"), (Action.TERMINATE, "termination")]
)
def test_an_end_offers_the_paper_that_tells_the_parties(page, gone, end, action, form):
    dispute_id = end(action)
    _button(page, f"打印{kind_of_paper(form).name}").click()
    assert gone == [("paper", (dispute_id, form, page.dossier.outcomes[0].id, None))]


def test_an_end_that_no_paper_tells_of_offers_none(page, end):
    end(Action.WITHDRAW)
    assert "撤回" in page.banner.message
    assert "打印" not in page.banner.offer


def test_who_received_a_notice_is_noted_and_shown(page, operations, desk, accepted, new_id):
    session = records.Session(id=new_id(), dispute_id=accepted, starts_at=_at(15), place="村调解室")
    sessions.schedule_session(desk, session)
    papers.issue(desk, accepted, "session_notice", session.id)
    _come(page, operations, accepted)
    row = next(
        each for each in page._aside.findChildren(RowButton) if "调解通知书，已打印" in each.accessibleName()
    )
    row.click()
    assert page.panel.key == "receipt"
    page.panel.all_today()
    page.panel.save()
    operations.drain()
    paper = queries.dossier(desk, accepted).papers[0]
    assert paper.state is records.PaperState.DELIVERED
    assert any("已交各方" in each.accessibleName() for each in page._aside.findChildren(RowButton))


def test_a_signed_record_waits_for_no_seal(page, operations, desk, clock, new_id):
    clock.advance(days=150)
    dispute_id = enter(desk, sample(6, new_id))
    papers.issue(desk, dispute_id, "mediation_record")
    _come(page, operations, dispute_id)
    page.open_panel("receipt", queries.dossier(desk, dispute_id).papers[0].id)
    page.panel.all_today()
    page.panel.save()
    operations.drain()
    rows = [each.accessibleName() for each in page._aside.findChildren(RowButton)]
    assert any("调解记录，已签字，" in name for name in rows)
    assert page.panel.key == "closing"


def test_looking_at_an_issued_paper_shows_that_very_one(page, operations, desk, accepted, gone):
    papers.issue(desk, accepted, "registration")
    _come(page, operations, accepted)
    look = next(
        each
        for each in page._aside.findChildren(QPushButton)
        if each.accessibleName() == "看样、打印受理登记表"
    )
    look.click()
    paper = queries.dossier(desk, accepted).papers[0]
    assert gone == [("paper", (accepted, "registration", accepted, paper.id))]
