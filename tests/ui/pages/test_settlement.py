"""The agreement on the dispute page: terms, phrases, what the check says, oral agreements and changes."""

from datetime import date

import pytest
from desks import sample
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from ui.access import unnamed_controls

from mediation_desktop.domain import records
from mediation_desktop.domain.records import AgreementForm, DisputeState
from mediation_desktop.services import agreements, papers, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.ui.widgets.rows import RowButton


@pytest.fixture
def heard(desk, clock, new_id):
    """Give a dispute that was heard and has no agreement yet."""
    clock.advance(days=150)
    case = sample(1, new_id)
    return enter(desk, replace(case, dossier=replace(case.dossier, agreements=(), payments=(), followups=())))


@pytest.fixture
def settled(desk, clock, new_id):
    """Give a dispute whose agreement is signed and sealed."""
    clock.advance(days=150)
    case = sample(1, new_id)
    return enter(desk, replace(case, dossier=replace(case.dossier, payments=(), followups=())))


def _open(page, operations, dispute_id, key="agreement"):
    page.come(dispute_id)
    operations.drain()
    page.open_panel(key)
    operations.drain()
    return page.panel


def _button(page, words):
    return next(
        each for each in page.findChildren(QPushButton) if each.text() == words and each.isVisibleTo(page)
    )


def _texts(panel):
    return [term.text for term in panel.terms.terms()]


def _write(panel, *texts):
    panel.terms.set_terms(records.Term(text=text) for text in texts)
    panel.text.set_values({"responsibility": "乙方担责。"})


def test_enter_goes_from_term_to_term_and_alt_with_an_arrow_moves_one(page, operations, heard):
    panel = _open(page, operations, heard)
    panel.terms.jump("0")
    editor = QApplication.focusWidget()
    editor.setPlainText("第一条。")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    second = QApplication.focusWidget()
    assert second is not editor
    second.setPlainText("第二条。")
    QTest.keyClick(second, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _texts(panel) == ["第二条。", "第一条。"]
    assert QApplication.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _texts(panel) == ["第一条。", "第二条。"]


def test_accepted_proposals_are_taken_with_one_press_and_keep_their_links_when_saved(
    page, operations, desk, heard
):
    panel = _open(page, operations, heard)
    _button(page, "取用各方接受的意见").click()
    assert _texts(panel) == ["修好，衣柜补八百元，另一棵七月十五日前砍掉。"]
    assert not panel.terms.take_button.isEnabled()
    panel.text.set_values({"responsibility": "乙方担责。"})
    panel.save()
    operations.drain()
    dossier = queries.dossier(desk, heard)
    accepted = next(one for one in dossier.proposals if one.state == "双方接受")
    assert dossier.agreement.terms[0].proposal_id == accepted.id
    panel = _open(page, operations, heard)
    panel.terms.list.forms[0].set_values({"text": "乙方修好，补衣柜800元。"})
    panel.save()
    operations.drain()
    dossier = queries.dossier(desk, heard)
    assert dossier.agreement.terms[0].proposal_id == accepted.id
    assert next(one for one in dossier.proposals if one.id == accepted.id).text == "乙方修好，补衣柜800元。"


def test_links_survive_in_the_draft(page, operations, heard):
    panel = _open(page, operations, heard)
    _button(page, "取用各方接受的意见").click()
    linked = panel.terms.terms()
    page.go_away()
    operations.drain()
    assert _open(page, operations, heard).terms.terms() == linked
    operations.drain()


def test_a_phrase_is_explained_filled_and_inserted(page, operations, heard):
    panel = _open(page, operations, heard)
    form = panel.owed.add()
    form.set_values({"amount_fen": 80000, "method": "现金", "place": "村调解室", "due_on": date(2026, 12, 1)})
    panel.terms.chooser.set_value("pay_cash")
    panel.terms.chooser.edited.emit()
    assert any("当面给现金" in each.text() for each in panel.findChildren(QLabel) if each.isVisibleTo(panel))
    _button(page, "插入这一条").click()
    (text,) = _texts(panel)
    assert text.startswith(
        "乙方于2026年12月1日前在村调解室以现金当面支付甲方人民币800.00元（大写：人民币捌佰元整）"
    )


def test_the_list_is_written_as_terms_once(page, operations, heard):
    panel = _open(page, operations, heard)
    form = panel.owed.add()
    form.set_values(
        {"what": "修好屋面", "place": "甲方家中", "standard": "不漏雨", "due_on": date(2026, 12, 1)}
    )
    _button(page, "把清单写成条款").click()
    _button(page, "把清单写成条款").click()
    assert _texts(panel) == ["乙方于2026年12月1日前在甲方家中修好屋面，做到不漏雨。"]


def test_what_is_to_be_done_and_co_owners_are_kept(page, operations, desk, heard):
    panel = _open(page, operations, heard)
    _write(panel, "乙方修好屋面。")
    panel.beside.set_values({"co_owners": "没有共有人"})
    form = panel.owed.add()
    form.set_values({"what": "修好屋面", "standard": "不漏雨", "due_on": date(2026, 12, 1)})
    panel.save()
    operations.drain()
    dossier = queries.dossier(desk, heard)
    assert dossier.agreement.co_owners == "没有共有人"
    assert dossier.obligations[0].standard == "不漏雨"


def test_a_draft_without_any_term_is_not_saved(page, operations, desk, heard):
    panel = _open(page, operations, heard)
    panel.text.set_values({"responsibility": "乙方担责。"})
    panel.save()
    operations.drain()
    assert queries.dossier(desk, heard).agreements == ()
    assert "还没有填写条款内容" in panel.terms.list.forms[0].fields["text"].finding


def _kept(desk, dispute_id, *texts):
    draft = records.Agreement(
        id=desk.new_id(),
        dispute_id=dispute_id,
        number="",
        facts="树倒在屋上。",
        responsibility="乙方担责。",
        agreed_on=date(2026, 6, 19),
        terms=tuple(records.Term(text=text) for text in texts),
    )
    agreements.save_agreement(desk, draft, ())


def test_a_finding_says_why_and_its_lawful_wording_is_put_in_with_one_press(page, operations, desk, heard):
    _kept(desk, heard, "双方和好。", "坎外竹林归乙方所有。乙方不得起诉。")
    page.come(heard)
    operations.drain()
    shown = " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page))
    assert "土地管理法" in shown
    take = next(
        each
        for each in page.findChildren(QPushButton)
        if each.text() == "换成这种写法" and "管护" in each.accessibleDescription()
    )
    take.click()
    operations.drain()
    changed = _texts(page.panel)[1]
    assert "归乙方所有" not in changed
    assert "不确认所有权" in changed
    assert "乙方不得起诉" in changed
    assert "还没有保存" in page.banner.message


def test_where_the_words_cannot_be_replaced_the_lawful_wording_is_copied(page, operations, desk, heard):
    _kept(desk, heard, "双方不得起诉。")
    page.come(heard)
    operations.drain()
    panel = _open(page, operations, heard)
    panel.terms.list.forms[0].set_values({"text": "双方和好。"})
    found = next(one for one in agreements.findings(desk.codes, page.dossier) if one.code == "rights.suit")
    assert not panel.use_offer(found)
    page._take_offer(replace(found, words="没有的话"))
    assert QApplication.clipboard().text() == found.offer


def test_a_finding_is_explained_and_stays_in_sight(page, operations, desk, heard):
    _kept(desk, heard, "乙方尽快修好屋面。")
    page.come(heard)
    operations.drain()
    leave = next(
        each
        for each in page.findChildren(QPushButton)
        if each.text() == "说明理由" and "尽快" in each.accessibleDescription()
    )
    leave.click()
    operations.drain()
    assert unnamed_controls(page) == []
    page.panel.form.set_values({"reason": "当事人都在场，当日就修"})
    page.panel.save()
    operations.drain()
    told = [each.accessibleName() for each in page.findChildren(RowButton)]
    assert any(name.startswith("已说明理由：") and "尽快" in name for name in told)
    shown = [each.text() for each in page.findChildren(QLabel)]
    assert any("当事人都在场，当日就修" in text for text in shown)


def test_a_clean_agreement_says_just_that_nothing_common_was_found(page, operations, desk, clock, new_id):
    clock.advance(days=150)
    page.come(enter(desk, sample(1, new_id)))
    operations.drain()
    shown = [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    assert "未发现常见问题，不代表法院审查结论" in shown


def test_a_finding_about_a_term_leads_to_that_term(page, operations, desk, heard):
    _kept(desk, heard, "双方和好。", "乙方尽快修好屋面。")
    page.come(heard)
    operations.drain()
    row = next(each for each in page.findChildren(RowButton) if "尽快" in each.accessibleName())
    row.click()
    operations.drain()
    assert page.focusWidget() is page.panel.terms.list.forms[1].fields["text"].editor


def test_an_oral_agreement_asks_content_and_day_and_is_in_force(page, operations, desk, heard):
    panel = _open(page, operations, heard, "oral")
    panel.text.set_values({"agreed_on": date(2026, 6, 20), "terms": "乙方当面赔礼道歉。\n乙方赔热水瓶一只。"})
    panel.save()
    operations.drain()
    dossier = queries.dossier(desk, heard)
    assert dossier.dispute.state is DisputeState.PERFORMING
    assert dossier.agreement.form is AgreementForm.ORAL
    assert [term.text for term in dossier.agreement.terms] == ["乙方当面赔礼道歉。", "乙方赔热水瓶一只。"]
    assert dossier.steps[-1].on == date(2026, 6, 20)


def test_a_change_is_begun_written_and_given_up_beside_the_old_agreement(page, operations, desk, settled):
    old = queries.dossier(desk, settled).agreement
    page.come(settled)
    operations.drain()
    _button(page, "变更协议").click()
    operations.drain()
    _button(page, "起草变更协议").click()
    operations.drain()
    assert page.panel.key == "agreement"
    assert any(old.number in text for text in _texts(page.panel))
    shown = [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    assert any(old.number in text for text in shown)
    assert any("已盖章生效" in text for text in shown)
    _button(page, "不变更了").click()
    operations.drain()
    assert queries.dossier(desk, settled).agreements == (old,)


def test_a_changed_agreement_stays_in_sight_with_its_papers(page, operations, desk, settled):
    agreements.begin_change(desk, settled, records.AgreementChange.REPLACES)
    papers.issue_agreement(desk, settled, despite="当事人坚持")
    dossier = queries.dossier(desk, settled)
    on = date(2026, 11, 1)
    signers = (*(party.id for party in dossier.parties), None)
    signatures = tuple(records.Signature(party_id=one, on=on) for one in signers)
    papers.record_signatures(desk, dossier.papers[-1].id, signatures)
    papers.record_seal(desk, dossier.papers[-1].id, on)
    page.come(settled)
    operations.drain()
    shown = [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    assert any(text.endswith("（已被替代）") for text in shown)
    assert sum("已盖章生效" in text for text in shown) >= 2
