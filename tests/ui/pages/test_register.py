"""登记纠纷: few fields, nothing typed twice, nothing lost."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QPushButton
from ui.access import unnamed_controls
from ui.shown import show

from mediation_desktop.domain.records import DisputeState, Enquiry
from mediation_desktop.services import queries
from mediation_desktop.services.drafts import draft
from mediation_desktop.services.enquiries import enquiries, save_enquiry
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages import register
from mediation_desktop.ui.pages.register import DRAFT_KEY, RegisterPage
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def page(qtbot, workspace, desk, operations):
    made = RegisterPage(workspace, AtDesk(desk))
    made.resize(1200, 700)
    show(qtbot, made)
    made.come(None)
    operations.drain()
    return made


def _fill(form, **texts):
    for key, text in texts.items():
        form.fields[key].editor.set_draft(text)
        form.fields[key].editor.edited.emit()


def _first_entry(page):
    _fill(page.dispute_form, type_code="邻里", summary="树倒在邻居屋上。")
    for form, name in zip(page.parties.forms, ("张福根", "李木水"), strict=True):
        _fill(form, name=name)


def test_six_fields_are_enough_for_a_first_entry(page, desk, operations):
    """Everything else is already there or may follow later."""
    _first_entry(page)
    page.save()
    operations.drain()
    line = queries.dispute_lines(desk)[0]
    assert line.parties == "张福根、李木水"
    dispute = queries.dossier(desk, line.id).dispute
    assert (dispute.village, dispute.recorder) == ("鸡鸣村", "余小雯")
    assert dispute.accepted_on == dispute.registered_on


def test_writing_begins_in_the_first_field(page):
    first = page.dispute_form.fields["type_code"].editor
    assert first.isAncestorOf(page.focusWidget()) or page.focusWidget() is first


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(page, desk, operations):
    _fill(page.parties.forms[0], name="张福根")
    page.save()
    operations.drain()
    assert queries.count_disputes(desk) == 0
    assert "还没有填写" in page.dispute_form.fields["type_code"].finding
    assert "还没有填写" in page.parties.forms[1].fields["name"].finding
    assert page.parties.forms[0].values()["name"] == "张福根"


def test_the_id_number_fills_sex_and_tells_the_age(page):
    form = page.parties.forms[0]
    _fill(form, id_number="330825196205140010")
    assert form.values()["sex"] == "男"
    assert "64岁" in form.fields["id_number"].editor.note()


def test_a_wrong_check_digit_is_told_and_never_bars_saving(page, desk, operations):
    _first_entry(page)
    form = page.parties.forms[0]
    _fill(form, id_number="330825196205140011")
    assert "校验位" in form.fields["id_number"].editor.note()
    page.save()
    operations.drain()
    party = queries.dossier(desk, queries.dispute_lines(desk)[0].id).parties[0]
    assert (party.id_number, party.id_warning_accepted) == ("330825196205140011", True)


def test_a_minor_is_asked_for_a_guardian(page, desk, operations):
    _first_entry(page)
    form = page.parties.forms[0]
    assert not form.fields["guardian_name"].isVisible()
    _fill(form, id_number="330825201304050014")
    assert form.fields["guardian_name"].isVisible()
    _fill(form, guardian_name="祝彩芬", guardian_relation="母亲")
    page.save()
    operations.drain()
    party = queries.dossier(desk, queries.dispute_lines(desk)[0].id).parties[0]
    assert (party.guardian.name, party.guardian.relation) == ("祝彩芬", "母亲")


def test_an_organisation_has_a_code_and_a_representative_but_no_sex(page, desk, operations):
    _first_entry(page)
    form = page.parties.forms[1]
    _fill(form, kind="单位", uscc="91330825MA28F0000W", representative_name="徐建明")
    assert not form.fields["sex"].isVisible()
    page.save()
    operations.drain()
    party = queries.dossier(desk, queries.dispute_lines(desk)[0].id).parties[1]
    assert (party.uscc, party.representative.name, party.sex) == ("91330825MA28F0000W", "徐建明", "")


def test_an_agent_with_special_power(page, desk, operations):
    _first_entry(page)
    form = page.parties.forms[1]
    form.fields["has_agent"].editor.click()
    _fill(form.agents.forms[0], name="徐军", power="特别授权（可承认、变更、放弃请求，可签协议）")
    scope = form.agents.forms[0].fields["scope"].editor
    assert "特别授权要勾上" in scope.note()
    scope.boxes["参加调解并签署文书"].click()
    assert scope.note() == ""
    form.agents.forms[0].fields["proof"].editor.click()
    _fill(form.agents.list.add(), name="徐军军", power="一般代理")
    page.save()
    operations.drain()
    agents = queries.dossier(desk, queries.dispute_lines(desk)[0].id).parties[1].agents
    assert [(one.name, one.power.value) for one in agents] == [("徐军", "special"), ("徐军军", "general")]
    assert (agents[0].scope, agents[0].proof) == (("参加调解并签署文书",), "授权委托书")


def test_any_number_of_parties(page, desk, operations):
    _first_entry(page)
    for at in range(5):
        _fill(page.parties.add(), side="申请人", name=f"村民{at}")
    page.save()
    operations.drain()
    parties = queries.dossier(desk, queries.dispute_lines(desk)[0].id).parties
    assert [party.position for party in parties] == list(range(7))


def test_the_draft_comes_back_and_goes_when_it_is_saved(page, desk, operations, qtbot, workspace):
    _first_entry(page)
    page.go_away()
    operations.drain()
    assert draft(desk, DRAFT_KEY)
    again = RegisterPage(workspace, AtDesk(desk))
    qtbot.addWidget(again)
    again.come(None)
    operations.drain()
    assert [form.values()["name"] for form in again.parties.forms] == ["张福根", "李木水"]
    again.save()
    operations.drain()
    assert draft(desk, DRAFT_KEY) is None


@pytest.fixture
def asked(desk, new_id):
    """Somebody came and told of a quarrel."""
    made = Enquiry(
        id=new_id(),
        at=datetime(2026, 6, 19, 8, 30),
        name="张福根",
        phone="13800001234",
        how="visit",
        village="石塔村",
        said="李木水家的树倒在我屋上。",
    )
    save_enquiry(desk, made)
    return made


def _come(page, operations, argument=None):
    page.go_away()
    page.come(argument)
    operations.drain()


def test_from_an_enquiry_nothing_is_typed_twice(page, desk, operations, asked):
    _come(page, operations, asked.id)
    first = page.parties.forms[0].values()
    assert (first["side"], first["name"], first["phone"]) == ("申请人", "张福根", "13800001234")
    facts = page.dispute_form.values()
    assert (facts["village"], facts["summary"]) == ("石塔村", "李木水家的树倒在我屋上。")
    _fill(page.dispute_form, type_code="邻里")
    _fill(page.parties.forms[1], name="李木水")
    page.save()
    operations.drain()
    line = queries.dispute_lines(desk)[0]
    dispute = queries.dossier(desk, line.id).dispute
    assert dispute.source_note == "2026年6月19日 08:30 来访（张福根），汪承平接待"
    assert enquiries(desk, [asked.id])[0].became_id == dispute.id
    _come(page, operations)
    assert page.dispute_form.values()["summary"] == ""
    assert page.parties.forms[0].values()["name"] == ""


def test_a_registration_from_an_enquiry_and_a_plain_one_keep_their_own_drafts(page, operations, asked):
    _fill(page.dispute_form, summary="别的事，写了一半。")
    page.come(asked.id)
    operations.drain()
    assert page.dispute_form.values()["summary"] == asked.said
    _fill(page.dispute_form, summary="李木水家的树倒了，补了几句。")
    page.come(None)
    operations.drain()
    assert page.dispute_form.values()["summary"] == "别的事，写了一半。"
    _come(page, operations, asked.id)
    assert page.dispute_form.values()["summary"] == "李木水家的树倒了，补了几句。"
    page.start_over()
    assert page.dispute_form.values()["summary"] == asked.said


def test_a_failed_save_keeps_everything_on_the_page(page, operations, monkeypatch):
    def full(*_arguments, **_named):
        raise EnvironmentProblem("磁盘已满。", "请清理后再保存。")

    _first_entry(page)
    monkeypatch.setattr(register, "register_dispute", full)
    page.save()
    operations.drain()
    assert "磁盘已满" in page.banner.message
    assert page.dispute_form.values()["summary"] == "树倒在邻居屋上。"
    assert page.save_button.isEnabled()


def test_every_control_has_a_name(page):
    page.parties.forms[0].fields["has_agent"].editor.click()
    assert unnamed_controls(page) == []
    assert all(each.accessibleName() for each in page.findChildren(QPushButton) if each.isVisible())


def _save_again(page, operations):
    _first_entry(page)
    page.save()
    operations.drain()


def test_a_likely_twin_is_shown_before_saving_and_opened_with_one_click(page, desk, operations, gone):
    _save_again(page, operations)
    gone.clear()
    _save_again(page, operations)
    assert queries.count_disputes(desk) == 1
    assert page.twins.isVisible()
    row = page.twins.list.findChildren(RowButton)[0]
    assert "同有张福根、李木水" in row.accessibleName()
    row.click()
    assert gone == [("dispute", queries.dispute_lines(desk)[0].id)]
    assert page.parties.forms[0].values()["name"] == "张福根"


@pytest.mark.parametrize(
    ("words", "linked"), [("不是同一件，照样登记", 0), ("是新的一件，登记并注明有关联", 1)]
)
def test_what_is_no_twin_is_registered_and_linked_where_it_goes_back_to_it(
    page, desk, operations, words, linked
):
    _save_again(page, operations)
    _save_again(page, operations)
    next(each for each in page.twins.findChildren(QPushButton) if each.text() == words).click()
    operations.drain()
    assert queries.count_disputes(desk) == 2
    assert not page.twins.isVisible()
    newest = queries.dossier(desk, queries.dispute_lines(desk)[0].id).dispute
    assert len(newest.linked_ids) == linked


def test_what_bars_acceptance_is_asked_with_the_first_entry(page, desk, operations):
    _first_entry(page)
    page.handling.set_values({"yes": ["crime"]})
    page.save()
    operations.drain()
    dossier = queries.dossier(desk, queries.dispute_lines(desk)[0].id)
    assert dossier.dispute.state is DisputeState.REGISTERED
    assert [one.code for one in dossier.acceptance_checks[0].answers if one.yes] == ["crime"]


def test_who_told_of_it_the_scale_and_special_groups_are_kept(page, desk, operations):
    _first_entry(page)
    page.dispute_form.set_values(
        {"reporter": "网格员王芳", "scale_code": "individual", "special_groups": ["老年人", "残疾人"]}
    )
    page.save()
    operations.drain()
    dispute = queries.dossier(desk, queries.dispute_lines(desk)[0].id).dispute
    assert (dispute.reporter, dispute.scale_code) == ("网格员王芳", "individual")
    assert dispute.special_groups == ("老年人", "残疾人")
