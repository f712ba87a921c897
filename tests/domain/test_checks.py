from datetime import date

import pytest
from builders import agreement, dispute, dossier, obligation, party, uid
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import Weight, agreement_findings, alarms, faults
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
