from datetime import date

import pytest
from builders import dispute, party

from mediation_desktop.domain.duplicates import Matter, likeness

TREE = "暴雨后李木水家的香樟树倒在张福根屋上，砸坏窗户和瓦片。"


def matter(*names, summary=TREE, on=date(2026, 6, 18), village="鸡鸣村", place=""):
    parties = tuple(party(at, name=name, id_number="") for at, name in enumerate(names))
    return Matter(
        dispute(summary=summary, occurred_on=on, town="东华街道", village=village, place=place), parties
    )


KEPT = matter("张福根", "李木水")


@pytest.mark.parametrize(
    "again",
    [
        matter("李木水", "张福根", summary="树倒了，屋坏了。"),
        matter("张福根", "李木水", on=date(2025, 3, 1)),
        matter("张福根", summary="张福根家的窗户和瓦片被香樟树砸坏了。", on=date(2026, 6, 20)),
        matter("张根", "李水", summary="暴雨后李家的香樟树倒在张家屋上，砸坏了窗户和瓦片。"),
    ],
    ids=["same people in the same days", "same people and words", "one of them tells it", "names misheard"],
)
def test_the_same_quarrel_is_seen_again(again):
    found = likeness(again, KEPT)
    assert found.twin
    assert found.reasons


@pytest.mark.parametrize(
    "other",
    [
        matter("张福根", "李木水", summary="借款三万元到期未还。", on=date(2024, 3, 1)),
        matter("张福根", "王大山", summary="排水沟被堵，污水流进院子。"),
        matter("赵铁柱", "钱有财", summary="鸡吃了菜地里的菜。"),
        matter("赵铁柱", "钱有财", village="别处村"),
    ],
    ids=["another quarrel of the same two", "another neighbour", "other people", "another village"],
)
def test_another_quarrel_is_not_taken_for_it(other):
    assert not likeness(other, KEPT).twin


def test_the_id_number_recognises_somebody_under_another_name():
    known = Matter(dispute(summary="欠钱。"), (party(0, name="张福根"), party(1)))
    again = Matter(dispute(summary="欠钱。"), (party(0, name="张富根"), party(1)))
    assert likeness(again, known).same_people == ("张富根", "李木水")
