from builders import DISPUTE_ID, agreement, uid
from msgspec.structs import replace

from mediation_desktop.domain.records import Proposal, Term
from mediation_desktop.domain.terms import following, reworded, with_accepted


def proposal(number=0, **changed):
    values = {
        "id": uid(700 + number),
        "dispute_id": DISPUTE_ID,
        "position": number,
        "party_id": None,
        "text": "修好，衣柜补八百元。",
        "state": "双方接受",
    }
    return Proposal(**(values | changed))


def test_accepted_proposals_become_terms_and_stay_linked():
    terms = with_accepted((Term(text="先写的一条。"),), [proposal()])
    assert [(term.text, term.proposal_id) for term in terms] == [
        ("先写的一条。", None),
        ("修好，衣柜补八百元。", uid(700)),
    ]


def test_a_point_never_stands_there_twice():
    once = with_accepted((), [proposal()])
    assert with_accepted(once, [proposal()]) == once
    typed = (Term(text="修好，衣柜补八百元"),)
    assert with_accepted(typed, [proposal()]) == once


def test_a_changed_proposal_changes_its_term_and_a_withdrawn_one_takes_it_away():
    draft = agreement(terms=(*with_accepted((), [proposal()]), Term(text="另一条。")))
    changed = following(draft, proposal(text="修好，衣柜补九百元。"), accepted=True)
    assert [term.text for term in changed.terms] == ["修好，衣柜补九百元。", "另一条。"]
    withdrawn = following(draft, proposal(), accepted=False)
    assert [term.text for term in withdrawn.terms] == ["另一条。"]


def test_a_reworded_term_takes_its_proposal_along():
    draft = agreement(terms=(Term(text="乙方补偿甲方800元。", proposal_id=uid(700)),))
    assert reworded(draft, [proposal(), proposal(1)]) == (replace(proposal(), text="乙方补偿甲方800元。"),)
    assert reworded(draft, [proposal(text="乙方补偿甲方800元。")]) == ()
