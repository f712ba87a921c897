"""Was it entered already?"""

from datetime import date

import pytest
from builders import dispute, party, uid
from village import TODAY, Village

from mediation_desktop.domain.errors import UserError
from mediation_desktop.services import disputes, intake, queries


def again(*names, summary="排水沟又被堵了。", **fields):
    """Return a registration that is not kept yet."""
    new = dispute(id=uid(900), summary=summary, village="鸡鸣村", occurred_on=TODAY, **fields)
    people = tuple(
        party(at, id=uid(901 + at), dispute_id=new.id, name=name, id_number="")
        for at, name in enumerate(names)
    )
    return new, people


def test_the_likeliest_twin_comes_first_with_what_they_share(desk):
    village = Village(desk)
    village.dispute("张福根", "王大山", accepted_on=TODAY, summary="排水沟被堵，水流进院子。")
    both = village.dispute("张福根", "李木水", accepted_on=TODAY)
    village.dispute("赵铁柱", "钱有财", accepted_on=TODAY, summary="鸡吃菜。")
    twins = intake.likely_twins(desk, *again("张福根", "李木水"))
    assert twins[0].line.id == both
    assert twins[0].reasons[0] == "同有张福根、李木水"
    assert all("赵铁柱" not in twin.line.parties for twin in twins)


def test_a_dispute_is_no_twin_of_itself(desk):
    kept = Village(desk).dispute("张福根", "李木水", accepted_on=TODAY)
    dossier = queries.dossier(desk, kept)
    assert intake.likely_twins(desk, dossier.dispute, dossier.parties) == ()


def test_an_old_quarrel_of_the_same_people_about_something_else_is_none(desk):
    old = Village(desk).dispute("张福根", "李木水", accepted_on=date(2024, 1, 5), summary="借款三万元未还。")
    assert intake.likely_twins(desk, *again("张福根", "李木水")) == ()
    assert queries.dossier(desk, old).dispute.linked_ids == ()


def test_what_bars_acceptance_keeps_the_dispute_from_being_accepted(desk):
    dispute_id = Village(desk).dispute("甲", "乙")
    with pytest.raises(UserError, match="不属于受理范围"):
        disputes.accept(desk, disputes.acceptance_check(desk, dispute_id, ["title"]), TODAY)
    disputes.accept(desk, disputes.acceptance_check(desk, dispute_id, []), TODAY)
    assert queries.dossier(desk, dispute_id).dispute.accepted_on == TODAY
