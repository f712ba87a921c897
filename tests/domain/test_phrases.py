from collections import Counter
from datetime import date

import pytest
from builders import agreement, dossier, obligation, party
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain.checks import agreement_findings
from mediation_desktop.domain.phrases import (
    BLANK,
    filled,
    known_words,
    number_words,
    phrases_for,
    sentence_of,
)
from mediation_desktop.domain.records import Instalment, Term
from mediation_desktop.domain.soundness.reading import numeral
from mediation_desktop.services.codes import load_codes

CODES = load_codes()
PARTIES = (party(0), party(1))


def test_every_dispute_type_has_at_least_two_phrases_of_its_own():
    counts = Counter(code for phrase in CODES.phrases.entries for code in phrase.types)
    of_ministry = CODES.dispute_types.entries[:18]
    assert [entry.name for entry in of_ministry if counts[entry.code] < 2] == []
    assert set(counts) <= {entry.code for entry in CODES.dispute_types.entries}


def test_phrases_of_the_type_stand_first_and_those_of_other_types_nowhere():
    offered = phrases_for(CODES.phrases, "traffic")
    assert offered[0].types == ("traffic",)
    assert any(not phrase.types for phrase in offered)
    assert all("traffic" in phrase.types or not phrase.types for phrase in offered)


def test_the_breach_clause_is_the_one_to_print():
    phrase = CODES.phrases.entry("breach_parts")
    sides = (party(0, side="申请人"), party(1, side="被申请人"))
    assert filled(phrase, known_words(sides, ())) == (
        "被申请人任一期未按期足额支付且逾期超过五日的，剩余款项视为全部到期，申请人可就全部未付款依法主张；"
        "经司法确认的，可依法申请强制执行。"
    )


def test_variables_are_filled_from_parties_and_obligations_and_the_rest_is_left_blank_and_reported():
    phrase = CODES.phrases.entry("pay_once")
    known = known_words(PARTIES, (obligation(method="银行转账", account="张福根 农商银行"),))
    assert filled(phrase, known) == (
        "乙方于2026年6月25日前以银行转账支付甲方人民币800.00元（大写：人民币捌佰元整），"
        "收款账户：张福根 农商银行。"
    )
    blank = filled(phrase, known_words(PARTIES, ()))
    assert BLANK in blank
    text = agreement(terms=(Term(text=blank),))
    codes = {finding.code for finding in agreement_findings(dossier(agreements=(text,)), text, CODES.wording)}
    assert "gap" in codes


def test_a_party_that_is_not_alone_on_its_side_is_called_by_name():
    both = (party(0), party(1), party(2, side="乙方"))
    assert known_words(both, (obligation(),))["乙方"] == "李木水"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "乙方于2026年6月25日前在村调解室以现金方式支付甲方人民币800.00元（大写：人民币捌佰元整）。"),
        (
            {"amount_fen": None, "what": "修好屋面", "place": "甲方家中", "standard": "不漏雨"},
            "乙方于2026年6月25日前在甲方家中修好屋面，做到不漏雨。",
        ),
        ({"amount_fen": None, "what": "", "due_on": None, "place": ""}, f"乙方于{BLANK}前{BLANK}。"),
        (
            {
                "due_on": None,
                "place": "",
                "method": "银行转账",
                "account": "张福根 农商银行",
                "instalments": (
                    Instalment(due_on=date(2026, 7, 1), amount_fen=50000),
                    Instalment(due_on=date(2026, 8, 1), amount_fen=30000),
                ),
            },
            (
                "乙方以银行转账方式支付甲方人民币800.00元（大写：人民币捌佰元整），"
                "分二期：2026年7月1日前付500.00元，2026年8月1日前付300.00元，收款账户：张福根 农商银行。"
            ),
        ),
    ],
)
def test_an_obligation_is_written_as_a_term(changed, sentence):
    assert sentence_of(obligation(**changed), PARTIES) == sentence


def test_what_is_written_from_the_list_agrees_with_the_list():
    owed = (
        obligation(),
        obligation(1, amount_fen=None, what="修好屋面", place="甲方家中", standard="不漏雨", method=""),
    )
    text = agreement(terms=tuple(Term(text=sentence_of(item, PARTIES)) for item in owed))
    found = agreement_findings(dossier(agreements=(text,), obligations=owed), text, CODES.wording)
    assert [finding.text for finding in found if finding.weight != "note"] == []


@given(st.integers(1, 99))
def test_small_numbers_are_written_as_they_are_read(number):
    assert numeral(number_words(number)) == number
