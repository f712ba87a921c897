"""受理, 不予受理 and the other ends: what stands in the way is asked first, and the routes are offered."""

from datetime import date

import pytest
from village import TODAY

from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.services import disputes, queries


@pytest.fixture
def come(page, operations):
    def come(dispute_id):
        page.come(dispute_id)
        operations.drain()

    return come


def test_what_bars_acceptance_is_asked_and_leads_to_not_accepting(page, come, operations, desk, village):
    dispute_id = village.dispute("甲", "乙")
    come(dispute_id)
    assert page.panel.key == "accept"
    page.panel.form.set_values({"yes": ["pending"]})
    page.panel.form.edited.emit()
    page.panel.main.click()
    operations.drain()
    assert (page.panel.key, page.panel.action) == ("end", Action.DECLINE)
    values = page.panel.form.values()
    assert values["reason_code"] == "pending"
    assert "已经受理" in values["reason"]
    assert values["routes"]
    page.panel.main.click()
    operations.drain()
    dossier = queries.dossier(desk, dispute_id)
    assert dossier.dispute.state is DisputeState.NOT_ACCEPTED
    assert dossier.outcomes[0].reason_code == "pending"
    assert dossier.outcomes[0].routes_told
    assert [answer.code for answer in dossier.acceptance_checks[0].answers if answer.yes] == ["pending"]


def test_without_any_bar_one_press_accepts(page, come, operations, desk, village):
    dispute_id = village.dispute("甲", "乙")
    come(dispute_id)
    page.panel.main.click()
    operations.drain()
    dossier = queries.dossier(desk, dispute_id)
    assert dossier.dispute.state is DisputeState.ACCEPTED
    assert not any(answer.yes for answer in dossier.acceptance_checks[0].answers)


def test_another_reason_brings_its_words_unless_somebody_wrote_their_own(page, come, village):
    come(village.dispute("甲", "乙", accepted_on=TODAY))
    page.open_panel("end", Action.TERMINATE)
    form = page.panel.form
    for code, words in (("party_asks", "要求终止"), ("no_agreement", "未达成协议")):
        form.set_values({"reason_code": code})
        form.edited.emit()
        assert words in form.values()["reason"]
    form.set_values({"reason": "双方各执一词。", "reason_code": "party_asks"})
    form.edited.emit()
    assert form.values()["reason"] == "双方各执一词。"


def test_a_step_that_needs_a_reason_is_not_taken_without_one(page, come, operations, desk, village):
    dispute_id = village.dispute("甲", "乙")
    check = disputes.acceptance_check(desk, dispute_id, ["crime"])
    disputes.save_records(desk, "受理审查", check)
    come(dispute_id)
    page.panel.main.click()
    operations.drain()
    page.open_panel("step", Action.REOPEN)
    page.panel.main.click()
    assert "还没有填写原因" in page.panel.form.fields["reason"].finding
    page.panel.form.set_values({"reason": "公安机关不予立案，当事人重新申请"})
    page.panel.main.click()
    operations.drain()
    step = queries.dossier(desk, dispute_id).steps[-1]
    assert (step.action, step.by, step.reason) == ("reopen", desk.actor, "公安机关不予立案，当事人重新申请")


@pytest.mark.parametrize(
    "moved",
    [
        ("pause", {"reason_code": "appraisal", "from_on": date(2026, 6, 20)}, "期限已暂停"),
        ("regrade", {"grade_code": "complex", "reason": "要鉴定"}, "已调整等级"),
        ("extend", {"until_on": date(2026, 8, 1)}, "已延长期限"),
        ("above", {"last_day": date(2026, 7, 1), "by": "县社会治理中心"}, "已登记上级期限"),
    ],
)
def test_the_time_limit_is_moved_from_the_page(come, village, page, moved):
    panel, values, told = moved
    come(village.dispute("甲", "乙", accepted_on=TODAY))
    page.open_panel(panel)
    page.panel.form.set_values(values)
    page.panel.main.click()
    page.workspace.operations.drain()
    assert told in page.banner.message
