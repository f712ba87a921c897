"""The wording table is data: what is broken in it is said in plain words, and its examples hold."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from builders import agreement, dispute, dossier, obligation

from mediation_desktop.domain import records
from mediation_desktop.domain.checks import agreement_findings, alarms
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.soundness.finding import Weight
from mediation_desktop.domain.soundness.wording import read_wording
from mediation_desktop.services.codes import load_codes

ROOT = Path(__file__).parents[2]
SHIPPED = tomllib.loads((ROOT / "resources" / "codes" / "wording.toml").read_text("utf-8"))
EXAMPLES = tomllib.loads((ROOT / "tests" / "data" / "wording-examples.toml").read_text("utf-8"))
WORDING = load_codes().wording
TOO_LITTLE_FOR_A_LIST = {
    "worded.unnamed",
    "worded.unlisted",
    "worded.owed",
    "worded.parts",
    "worded.lonely",
    "date.differs",
    "obligation.unmentioned",
    "matched.unlisted",
    "matched.act_unlisted",
}
"""Checks of terms against the list: an example is a single term."""


def examples(kind):
    return [(term, group) for group in EXAMPLES[kind] for term in group["terms"]]


def found_in(term, about="", kind="neighbour"):
    """Return the alarms that one term raises in an otherwise sound agreement."""
    sides = ("申请人", "被申请人") if "申请人" in term.replace("申请人民", "") else ("甲方", "乙方")
    text = agreement(
        terms=(records.Term(text=term),), facts=about or "双方因琐事发生争议。", agreed_on=date(2026, 6, 19)
    )
    base = dossier()
    parties = tuple(
        records.Party(
            **{name: getattr(one, name) for name in records.Party.__struct_fields__} | {"side": side}
        )
        for one, side in zip(base.parties, sides, strict=True)
    )
    act = obligation(what="清理院子", amount_fen=None, place="院内")
    whole = dossier(
        dispute=dispute(type_code=kind, summary="双方有争议。"),
        parties=parties,
        agreements=(text,),
        obligations=(act,),
    )
    found = alarms(agreement_findings(whole, text, WORDING))
    return [finding for finding in found if finding.code not in TOO_LITTLE_FOR_A_LIST]


@pytest.mark.parametrize(("term", "group"), examples("faulty"))
def test_what_courts_refuse_is_told_with_its_reason(term, group):
    found = found_in(term, group.get("about", ""), group.get("type", "neighbour"))
    assert found, term
    assert any(finding.reason for finding in found)


@pytest.mark.parametrize(("term", "group"), examples("sound"))
def test_lawful_wording_is_left_alone(term, group):
    found = found_in(term, group.get("about", ""), group.get("type", "neighbour"))
    assert [(finding.code, finding.text) for finding in found] == []


def test_the_sample_of_management_without_title_passes_and_the_other_is_flagged():
    case = tomllib.loads((ROOT / "tests" / "data" / "cases" / "case4-water-boundary.toml").read_text("utf-8"))
    flagged = found_in(case["check"]["must_flag"], kind="forest_land")
    assert flagged[0].weight is Weight.FAULT
    assert "不确认" in flagged[0].offer
    assert found_in(case["check"]["must_pass"], kind="forest_land") == []


def test_of_other_things_whose_they_are_may_be_said_with_a_note():
    text = agreement(terms=(records.Term(text="铁闸门归乙方所有。"),))
    found = agreement_findings(dossier(agreements=(text,)), text, WORDING)
    assert {finding.weight for finding in found if finding.code.startswith("title")} == {Weight.NOTE}


@pytest.mark.parametrize("pattern", WORDING.patterns, ids=lambda pattern: pattern.code)
def test_every_pattern_says_why(pattern):
    assert pattern.reason
    assert pattern.name


def test_every_forbidden_wording_that_asks_for_a_reason_offers_a_lawful_one():
    without = {"crime.minor", "labour.bond", "fee", "illegal.debt"}
    """There is no lawful way to say these."""
    lacking = {one.code for one in WORDING.patterns if one.weight is Weight.FAULT and not one.offer}
    assert lacking == without


def test_an_offered_wording_is_itself_left_alone():
    blanks = {
        "＿＿年＿月＿日": "2026年8月1日",
        "人民币＿＿元（大写：＿＿）": "人民币800.00元（大写：人民币捌佰元整）",
    }
    for pattern in WORDING.patterns:
        offer = pattern.offer
        for blank, words in blanks.items():
            offer = offer.replace(blank, words)
        again = [finding.code for finding in found_in(offer) if finding.code == pattern.code]
        assert not again, pattern.code


def test_the_table_says_how_sure_it_is():
    assert "确定" in WORDING.status
    assert "默认值" in WORDING.status


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"surnames": None}, "surnames"),
        ({"cap": []}, "利率上限"),
        ({"entry": [{**SHIPPED["entry"][0], "pattern": ["("]}]}, "查找式"),
        ({"entry": [{**SHIPPED["entry"][0], "weight": "deadly"}]}, "第 1 条“没有说定日期”"),
        ({"entry": [{**SHIPPED["entry"][0], "where": ["nowhere"]}]}, "where"),
        ({"entry": [SHIPPED["entry"][0], SHIPPED["entry"][0]]}, "出现了两次"),
        ({"entry": [{**SHIPPED["entry"][0], "reson": "x"}]}, "第 1 条"),
    ],
)
def test_a_broken_table_is_refused_in_plain_words(changed, words):
    with pytest.raises(UserError, match=words) as caught:
        read_wording(SHIPPED | changed, "wording.toml")
    assert "wording.toml" in caught.value.text
    assert caught.value.advice


def test_the_cap_is_that_of_the_day():
    assert WORDING.cap_on(date(2026, 6, 1)) == 12.0
    assert WORDING.cap_on(date(2021, 6, 1)) == 15.4
    assert WORDING.cap_on(date(2019, 1, 1)) == 15.4
