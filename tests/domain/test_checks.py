from datetime import date, datetime

import pytest
from builders import agreement, dispute, dossier, obligation, party, uid
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import (
    CLEAN,
    Weight,
    agreement_findings,
    alarms,
    faults,
    overridden,
    unexplained,
)
from mediation_desktop.domain.records import AmountItem, Amounts, Instalment, PartyKind
from mediation_desktop.services.codes import load_codes

WORDING = load_codes().wording


def _findings(text=None, **parts):
    text = text or agreement()
    parts = {"agreements": (text,), "obligations": (obligation(),)} | parts
    return agreement_findings(dossier(**parts), text, WORDING)


def _texts(found):
    return "".join(finding.text for finding in found)


def test_a_complete_agreement_gives_no_alarm():
    assert alarms(_findings()) == []


def test_a_missing_party_is_a_fault():
    assert "当事人" in _texts(faults(_findings(parties=(party(0),))))


def test_two_parties_on_one_side_are_a_fault():
    assert "还缺少一方当事人" in _texts(faults(_findings(parties=(party(0), party(1, side=party(0).side)))))


def test_an_agreement_without_a_mediator_is_a_fault():
    assert "人民调解员" in _texts(faults(_findings(mediators=())))


def test_a_wrong_check_digit_is_a_hint_that_can_be_overridden():
    wrong = party(0, id_number="330825196205140011")
    found = _findings(parties=(wrong, party(1)))
    found = alarms(found)
    assert [finding.weight for finding in found] == [Weight.WARNING]
    assert (found[0].record_id, found[0].field) == (wrong.id, "id_number")
    accepted = party(0, id_number="330825196205140011", id_warning_accepted=True)
    assert alarms(_findings(parties=(accepted, party(1)))) == []


def test_a_minor_needs_a_guardian():
    child = party(0, birth_date=date(2013, 4, 5))
    assert "法定代理人" in _texts(faults(_findings(parties=(child, party(1)))))
    guarded = party(0, birth_date=date(2013, 4, 5), guardian=records.Guardian(name="祝彩芬"))
    assert alarms(_findings(parties=(guarded, party(1)))) == []


@pytest.mark.parametrize("capacity", [records.Capacity.LIMITED, records.Capacity.NONE])
def test_an_adult_without_full_capacity_needs_a_guardian(capacity):
    adult = party(0, capacity=capacity)
    assert "监护人" in _texts(faults(_findings(parties=(adult, party(1)))))
    guarded = party(0, capacity=capacity, guardian=records.Guardian(name="祝彩芬"))
    assert alarms(_findings(parties=(guarded, party(1)))) == []


def test_a_special_power_says_that_the_agent_may_settle():
    def found(*scope, power=records.AgentPower.SPECIAL, proof="授权委托书"):
        agent = records.Agent(name="徐军", power=power, scope=scope, proof=proof)
        return alarms(_findings(parties=(party(0, agents=(agent,)), party(1))))

    assert "特别授权" in _texts(faults(found("领取文书")))
    assert found("领取文书", "参加调解并签署文书") == []
    assert "一般代理" in _texts(faults(found("领取文书", power=records.AgentPower.GENERAL)))
    (unproved,) = found("承认、变更、放弃请求", proof="")
    assert (unproved.weight, unproved.field) == (Weight.WARNING, "agent_name")


def test_an_organisation_needs_a_representative():
    firm = party(1, kind=PartyKind.ORGANISATION, uscc="91350100M000100Y43", id_number="")
    assert "法定代表人" in _texts(faults(_findings(parties=(party(0), firm))))


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"amount_fen": None}, "做什么"),
        ({"due_on": None}, "期限"),
        ({"amount_fen": 0}, "零"),
        ({"creditor_id": uid(201)}, "同一人"),
    ],
)
def test_an_obligation_says_who_what_and_by_when(changed, word):
    assert word in _texts(faults(_findings(obligations=(obligation(**changed),))))


@given(st.lists(st.integers(10, 10**9), min_size=1, max_size=12), st.integers(-5, 5))
def test_instalments_must_add_up(parts, error):
    total = sum(parts) + error
    instalments = tuple(Instalment(due_on=date(2026, 7, 15), amount_fen=part) for part in parts)
    found = _findings(obligations=(obligation(amount_fen=total, instalments=instalments),))
    assert bool(faults(found)) == bool(error)


def test_items_share_and_rest_must_add_up():
    sound = Amounts(
        items=(AmountItem(name="医疗费", amount_fen=1532050), AmountItem(name="护理费", amount_fen=1680000)),
        total_fen=3212050,
        borne_percent=70,
        borne_fen=2248435,
        paid_before_fen=500000,
        due_fen=1748435,
    )
    words = "损失合计32,120.50元，承担70%，计22,484.35元，扣除已垫付的5,000元，尚应支付17,484.35元。"
    owed = (obligation(amount_fen=1748435),)

    def text(amounts):
        return agreement(amounts=amounts, terms=(records.Term(text=words),))

    assert alarms(_findings(text(sound), obligations=owed)) == []
    for broken in (
        {"total_fen": 3212051},
        {"borne_fen": 2248535},
        {"due_fen": 1748436},
    ):
        values = {name: getattr(sound, name) for name in Amounts.__slots__} | broken
        assert faults(_findings(text(Amounts(**values)), obligations=owed)), broken


def test_obligations_must_reach_the_agreed_sum():
    text = agreement(amounts=Amounts(total_fen=90000))
    assert "不符" in _texts(faults(_findings(text)))


def test_no_record_of_the_notice_warns_and_never_blocks():
    found = _findings(notices=())
    assert "告知" in _texts(found)
    assert faults(found) == []


def test_the_age_is_judged_on_the_day_of_the_agreement():
    child = party(0, birth_date=date(2008, 6, 19))
    happened = dispute(occurred_on=date(2026, 6, 17), registered_on=date(2026, 6, 17))
    for day, minor in ((date(2026, 6, 18), True), (date(2026, 6, 19), False)):
        text = agreement(agreed_on=day)
        found = _texts(faults(_findings(text, dispute=happened, parties=(child, party(1)))))
        assert ("未满18周岁" in found) is minor


def test_an_oral_agreement_needs_no_paper_and_the_check_says_so():
    oral = agreement(form=records.AgreementForm.ORAL, facts="", agreed_on=date(2026, 6, 19))
    found = _findings(oral)
    assert "口头协议" in _texts(found)
    assert alarms(found) == []


def test_a_finding_left_with_a_reason_stays_explained_until_its_words_change():
    text = agreement(terms=(records.Term(text="乙方尽快付清800元。"), records.Term(text="双方和好。")))
    (finding,) = [one for one in _findings(text) if one.code == "vague.soon"]
    override = records.Override(
        id=uid(900),
        dispute_id=text.dispute_id,
        code=finding.code,
        subject_id=finding.record_id,
        field=finding.mark,
        reason="当事人坚持",
        by="汪承平",
        on=date(2026, 6, 19),
    )
    assert overridden(finding, [override]) == override
    assert finding not in unexplained(_findings(text), [override])
    turned = agreement(terms=text.terms[::-1])
    (again,) = [one for one in _findings(turned) if one.code == "vague.soon"]
    assert again.field != finding.field
    assert overridden(again, [override]) == override
    other = agreement(terms=(records.Term(text="乙方早日付清800元。"),))
    (fresh,) = [one for one in _findings(other) if one.code == "vague.soon"]
    assert overridden(fresh, [override]) is None


def test_a_clean_result_never_claims_to_be_lawful():
    assert CLEAN == "未发现常见问题，不代表法院审查结论"


def test_notes_are_no_alarm_and_stand_last():
    found = _findings(agreement(terms=(records.Term(text="乙方尽快付清800元，铁门归乙方所有。"),)))
    assert [one.weight for one in found] == sorted((one.weight for one in found), key=tuple(Weight).index)
    assert Weight.NOTE in {one.weight for one in found}
    assert Weight.NOTE not in {one.weight for one in alarms(found)}


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"account": "王小明 农商银行"}, "户名"),
        ({"due_on": date(2026, 6, 1)}, "早于协议日期"),
    ],
)
def test_an_obligation_says_how_where_and_when_it_is_done(changed, word):
    text = agreement(agreed_on=date(2026, 6, 19), terms=(records.Term(text="乙方修复墙体，付甲方800元。"),))
    assert word in _texts(alarms(_findings(text, obligations=(obligation(**changed),))))


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"method": "", "place": ""}, "付款方式"),
        ({"place": ""}, "在哪里付"),
        ({"amount_fen": None, "what": "清理院子", "place": "", "method": ""}, "在哪里履行"),
        ({"amount_fen": None, "what": "清理院子", "due_on": None}, "履行期限"),
    ],
)
def test_what_only_the_list_leaves_out_is_a_hint(changed, word):
    text = agreement(
        agreed_on=date(2026, 6, 19), terms=(records.Term(text="乙方每天清理院子，另付甲方800元。"),)
    )
    found = _findings(text, obligations=(obligation(**changed),))
    assert word in _texts(found)
    assert word not in _texts(alarms(found))


def test_a_standard_of_completion_answers_the_question():
    text = agreement(terms=(records.Term(text="乙方修复墙体。"),))
    bare = obligation(amount_fen=None, what="修复墙体", place="甲方家")
    assert "算完成" in _texts(alarms(_findings(text, obligations=(bare,))))
    owed = obligation(amount_fen=None, what="修复墙体", place="甲方家", standard="不漏雨")
    assert "算完成" not in _texts(_findings(text, obligations=(owed,)))


@pytest.mark.parametrize(
    ("term", "word"),
    [
        ("乙方支付甲方人民币玖佰元整（￥800.00元）。", "大写与小写不一致"),
        ("医疗费300元、误工费400元，合计800元。", "不是前面各项之和"),
        ("损失800元，乙方承担70%，计500元。", "70%"),
        ("损失800元，扣除已付300元，尚应支付400元。", "对不上"),
        ("乙方赔偿甲方800元，分四期，每期300元。", "总额不符"),
        ("乙方赔偿甲方800元，其中误工费300元、护理费400元。", "其中"),
        ("甲方支付乙方人民币800元。", "方向相反"),
        ("甲方尚欠乙方800元，2026年6月25日前还清。", "方向相反"),
        ("损失800元，双方商定由乙方承担，乙方还应付甲方900元。", "清单里没有这个数"),
        ("乙方于2026年6月25日前付850元，现金交付。", "没有列入履行清单"),
        ("乙方于2026年6月31日前付甲方800元。", "不存在"),
        ("乙方于2026年7月25日前付甲方800元。", "2026年6月25日"),
        ("乙方李木火付甲方800元。", "只差一字"),
        ("乙方付甲方800元，丙方担保。", "没有这一方"),
        ("由王永福支付甲方800元。", "不是当事人"),
        ("村委会于2026年7月1日前支付甲方800元。", "不是当事人"),
    ],
)
def test_wording_and_list_say_the_same(term, word):
    text = agreement(agreed_on=date(2026, 6, 19), terms=(records.Term(text=term),))
    assert word in _texts(alarms(_findings(text)))


def test_interest_above_the_cap_concerns_loans_only():
    term = (records.Term(text="逾期的，乙方按年利率20%支付甲方利息。"),)
    loan = agreement(facts="甲方借给乙方800元。", terms=term, agreed_on=date(2026, 6, 19))
    assert "超过上限" in _texts(faults(_findings(loan)))
    assert "上限" not in _texts(_findings(agreement(terms=term, agreed_on=date(2026, 6, 19))))


@pytest.mark.parametrize(
    ("power", "told", "count"),
    [
        (records.AgentPower.GENERAL, "甲方由儿子代为签名。", 1),
        (records.AgentPower.GENERAL, "甲方本人到场，儿子只陪同，协议由甲方本人签名。", 0),
        (records.AgentPower.SPECIAL, "", 0),
    ],
)
def test_only_a_special_power_settles(power, told, count):
    agent = records.Agent(name="张小根", power=power, proof="授权委托书")
    text = agreement(responsibility=told or "乙方担责。")
    found = _findings(text, parties=(party(0, agents=(agent,)), party(1)))
    assert len([one for one in faults(found) if one.code == "agent.power"]) == count


def test_nobody_acts_for_one_side_who_stands_on_the_other():
    guarded = party(0, birth_date=date(2013, 4, 5), guardian=records.Guardian(name="李木水"))
    assert "对方当事人" in _texts(faults(_findings(parties=(guarded, party(1)))))
    agent = records.Agent(name="李木水", power=records.AgentPower.SPECIAL, proof="授权委托书")
    assert "对方当事人" in _texts(faults(_findings(parties=(party(0, agents=(agent,)), party(1)))))


def test_an_adult_without_capacity_needs_a_guardian():
    unable = party(0, capacity=records.Capacity.NONE)
    assert "监护人" in _texts(faults(_findings(parties=(unable, party(1)))))
    told = agreement(facts="甲方张福根患老年痴呆多年。")
    assert "行为能力" in _texts(alarms(_findings(told)))


def test_dates_that_come_in_the_wrong_order_are_told():
    held = records.Session(
        id=uid(600),
        dispute_id=uid(100),
        starts_at=datetime(2026, 6, 20, 9),
        state=records.SessionState.HELD,
    )
    found = _findings(agreement(agreed_on=date(2026, 6, 19)), sessions=(held,))
    assert "早于达成协议的调解" in _texts(alarms(found))


def test_a_house_is_not_disposed_of_without_asking_for_co_owners():
    term = (records.Term(text="乙方将老屋两间抵偿甲方800元。"),)
    asked = agreement(terms=term, facts="老屋系乙方与妻子共有。")
    assert "共有人" in _texts(alarms(_findings(asked)))
    answered = agreement(terms=term, facts="老屋系乙方与妻子共有。", co_owners="妻子王小花到场同意")
    assert "共有人" not in _texts(alarms(_findings(answered)))


def test_a_recorded_refusal_is_told():
    refusal = records.Refusal(id=uid(610), dispute_id=uid(100), party_id=uid(201), on=date(2026, 6, 18))
    assert "拒绝调解" in _texts(faults(_findings(refusals=(refusal,))))
