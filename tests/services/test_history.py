"""谁改过什么, with the names of a real office."""

from datetime import datetime

import pytest
from desks import sample
from msgspec.structs import replace
from village import TODAY, Village

from mediation_desktop.domain import records
from mediation_desktop.domain.fieldwords import ENUM_WORDS
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import disputes, queries, sessions
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.history import code_name, told_history
from mediation_desktop.services.office import switch_actor
from mediation_desktop.services.undo import undo


@pytest.fixture
def village(desk):
    """Give the office people who quarrel."""
    return Village(desk)


def newest(desk, dispute_id):
    return told_history(desk, dispute_id).changes[0]


def test_a_sentence_says_when_who_and_from_what_to_what(desk, village, clock):
    dispute_id = village.dispute("张福根", "李木水")
    party = queries.dossier(desk, dispute_id).parties[0]
    disputes.save_party(desk, replace(party, address="石塔巷1号"))
    clock.set(datetime(2026, 6, 19, 15, 40))
    party = queries.dossier(desk, dispute_id).parties[0]
    disputes.save_party(desk, replace(party, address="石塔巷2号"))
    assert newest(desk, dispute_id).sentences == (
        "6月19日 15:40 汪承平 把“单位或住址”从“石塔巷1号”改为“石塔巷2号”（当事人张福根）",
    )


def test_what_one_action_did_stands_together_newest_first(desk, village):
    dispute_id = village.dispute("张福根", "李木水", accepted_on=TODAY)
    told = told_history(desk, dispute_id)
    assert [change.action for change in told.changes] == ["受理", "登记纠纷"]
    assert told.changes[1].phrases == (
        "新增纠纷（2026）龙东人调字第001号",
        "新增当事人张福根",
        "新增当事人李木水",
    )
    assert told.changes[0].phrases == (
        "办理“受理”",
        "把“办理状态”从“已登记”改为“已受理”",
        "填写“受理日期”：“2026年6月19日”",
    )


def test_codes_and_people_are_told_by_name(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    dispute = queries.dossier(desk, dispute_id).dispute
    other = (village.mediators["周正明"],)
    disputes.save_dispute(desk, replace(dispute, grade_code="complex", mediator_ids=other))
    assert newest(desk, dispute_id).phrases == (
        "把“案件等级”从“简易”改为“复杂”",
        "把“调解员”从“汪承平”改为“周正明”",
    )


def test_somebody_who_was_removed_keeps_the_name(desk, village):
    dispute_id = village.dispute("张福根", "李木水", "王大山")
    party = queries.dossier(desk, dispute_id).parties[2]
    change = disputes.remove_party(desk, party, "登记有误")
    assert newest(desk, dispute_id).phrases == ("删除当事人王大山，原因：登记有误",)
    undo(desk, change.change_id)
    assert newest(desk, dispute_id).action == "撤销：移除当事人"
    assert newest(desk, dispute_id).phrases == ("恢复当事人王大山",)


def test_who_changed_something_is_listed(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    disputes.take_step(switch_actor(desk, "周正明"), dispute_id, Action.ACCEPT, TODAY)
    assert told_history(desk, dispute_id).actors == ("周正明", "汪承平")


def test_of_special_records_neither_content_nor_time_nor_name_is_told(desk, village):
    dispute_id = village.dispute("张福根", "李木水")
    before = told_history(desk, dispute_id)
    assert not before.hidden
    note = records.PrivateNote(id=desk.new_id(), dispute_id=dispute_id, on=TODAY, by="周正明", text="心里话")
    check = records.MinorCheck(
        id=desk.new_id(), dispute_id=dispute_id, on=TODAY, by="周正明", result="有疑似"
    )
    sealed = records.SealedRecord(id=desk.new_id(), dispute_id=dispute_id, kind="report", sealed="密")
    disputes.save_records(switch_actor(desk, "周正明"), "登记专门记录", note, check, sealed)
    after = told_history(desk, dispute_id)
    assert after.hidden
    assert after.changes == before.changes


def test_every_sample_dispute_is_told_without_an_id_or_an_english_word(desk, clock, new_id):
    clock.advance(days=150)
    for number in range(1, 9):
        dispute_id = enter(desk, sample(number, new_id))
        dossier = queries.dossier(desk, dispute_id)
        for session in dossier.sessions:
            sessions.record_session(desk, replace(session, place="村委会", minutes=90))
        text = "\n".join(
            sentence for change in told_history(desk, dispute_id).changes for sentence in change.sentences
        )
        assert "查不到的记录" not in text
        assert not [word for word in text.split() if word.isascii() and word.isalpha()]


def test_a_code_that_no_list_has_stays_as_it_is(desk):
    assert code_name(desk, "grade_code", "gone") == "gone"
    assert code_name(desk, "kind", "terminated") == "终止调解"
    assert code_name(desk, "action", "accept") == "受理"
    assert code_name(desk, "form", "agreement") == "人民调解协议书"
    assert code_name(desk, "form", "nowhere") == "nowhere"


def test_states_are_told_in_the_words_of_the_screen():
    words = pytest.importorskip("mediation_desktop.ui.pages.words")
    shown = (words.STATE_WORDS, words.PAPER_WORDS, words.SESSION_WORDS)
    for table in shown:
        for state, (word, _tone) in table.items():
            assert ENUM_WORDS[type(state)][state] == word
