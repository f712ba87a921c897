"""Marks become shapes that keep their place at any size; words about land become a first sketch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desktop.domain import land, sketches
from mediation_desktop.domain.records import Landmark, Mark
from mediation_desktop.domain.sketches import Dot, Gauge, Patch, Stroke, Words

SHEET = Gauge(1000, 750)

marks = st.builds(
    Mark,
    shape=st.sampled_from([*sketches.SHAPES, "unheard of"]),
    points=st.lists(st.integers(0, sketches.SCALE), max_size=9).map(tuple),
    text=st.text(alphabet="界桩老枫树东北上A1 \n", max_size=40),
)


@given(marks, st.integers(1, 12))
def test_a_mark_drawn_larger_is_the_same_mark_larger(mark, times):
    larger = Gauge(SHEET.width * times, SHEET.height * times)
    for small, large in zip(sketches.parts(mark, SHEET), sketches.parts(mark, larger), strict=True):
        assert type(small) is type(large)
        for one, other in zip(_numbers(small), _numbers(large), strict=True):
            assert other == pytest.approx(one * times, abs=1e-6)


def _numbers(part):
    match part:
        case Stroke(points) | Patch(points):
            return [number for point in points for number in point]
        case Dot(centre, radius):
            return [*centre, radius]
        case Words(left, middle, _):
            return [left, middle]


@given(marks)
def test_words_stay_on_the_sheet_as_far_as_they_fit(mark):
    for part in sketches.parts(mark, SHEET):
        if isinstance(part, Words) and sketches.width(part.text, SHEET) < SHEET.width * 0.9:
            assert part.left >= 0
            assert part.left + sketches.width(part.text, SHEET) <= SHEET.width
            assert 0 <= part.middle <= SHEET.height


def test_an_arrow_points_to_where_it_ends():
    stroke, head = sketches.parts(Mark(shape="arrow", points=(1000, 5000, 5000, 5000)), SHEET)
    assert head.points[0] == (500, 375)
    assert stroke.points[0] == (100, 375)
    assert all(x < 500 for x, _ in head.points[1:])


def test_a_post_has_its_name_beside_it_and_on_the_left_at_the_edge():
    _, beside = sketches.parts(Mark(shape="post", points=(2000, 5000), text="界1"), SHEET)
    assert beside.left > 200
    _, at_edge = sketches.parts(Mark(shape="post", points=(9900, 5000), text="界12"), SHEET)
    assert at_edge.left + sketches.width("界12", SHEET) < 990


def test_words_lie_above_lines():
    drawn = (Mark(shape="text", points=(5000, 5000), text="沟"), Mark(shape="line", points=(0, 0, 9, 9)))
    below, above = sketches.layers(drawn, SHEET)
    assert [type(part) for part in (*below, *above)] == [Stroke, Words]


def test_every_side_is_written_where_it_lies():
    items = land.landmarks({"东": "老枫树", "南": "水渠", "西": "石阶", "北": "山岗"}, [("东北", "石头")])
    placed = {mark.text: mark.points for mark in sketches.from_landmarks(items) if mark.shape == "text"}
    assert placed["东至老枫树"][0] > 7000
    assert placed["西至石阶"][0] < 3000
    assert placed["北至山岗"][1] < 3000
    assert placed["南至水渠"][1] > 7000
    assert placed["东北至石头"][0] > 7000
    assert placed["东北至石头"][1] < 3000


def test_a_direction_that_is_none_of_the_compass_is_written_into_the_plot():
    items = (Landmark(direction="坎上", mark="茶园"),)
    texts = [mark for mark in sketches.from_landmarks(items) if mark.text == "坎上至茶园"]
    assert [mark.points for mark in texts] == [(5000, 5000)]


def test_sides_are_said_as_people_say_them_however_they_were_written():
    items = land.landmarks({"东": " 老枫树 ", "北": ""}, [("西南至", "水碓"), ("", "谁"), ("坎下", "")])
    assert [land.told(item) for item in items] == ["东至老枫树", "西南至水碓"]
    assert land.told(Landmark(direction="东至", mark="老枫树")) == "东至老枫树"


@pytest.mark.parametrize(
    "words", ["归李家所有", "这块地属于张家的", "所有权是李家的", "要求确权", "归甲有，乙不得砍"]
)
def test_words_about_ownership_are_noticed(words):
    assert land.claims_title(words)


@pytest.mark.parametrize(
    "words", ["1985年起由李家管护、砍竹", "张家种茶，李家走水", "没有人管，长满了草", ""]
)
def test_words_about_use_are_not(words):
    assert not land.claims_title(words)


def test_the_remark_itself_is_no_claim():
    assert not land.claims_title(land.USE_ONLY)
    assert not land.claims_title("本条不确认林地所有权".replace("所有权", "权属"))


@pytest.mark.parametrize(
    ("place", "name"), [(0, "附图一"), (9, "附图十"), (10, "附图十一"), (19, "附图二十"), (20, "附图二十一")]
)
def test_sketches_are_numbered_as_they_are_said(place, name):
    assert sketches.title(place) == name


def test_every_mark_has_a_name_in_the_list():
    drawn = (
        Mark(shape="line", points=(0, 0, 1, 1)),
        Mark(shape="line", points=(0, 0, 2, 2)),
        Mark(shape="post", points=(0, 0), text="界1"),
        Mark(shape="text", points=(0, 0), text="老枫\n树"),
    )
    assert [sketches.described(mark, drawn) for mark in drawn] == ["线 1", "线 2", "界桩 界1", "文字 老枫树"]
