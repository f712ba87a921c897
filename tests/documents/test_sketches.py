"""Sketches become pictures for paper: ten boundary cases from words to the rendered sheet."""

from io import BytesIO

import pytest
from builders import DISPUTE_ID, uid
from pictures import photo
from PIL import Image, ImageChops

from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.sketches import draw, render
from mediation_desktop.domain import land, sketches
from mediation_desktop.domain.records import Mark, Sketch
from mediation_desktop.domain.sketches import Gauge, Words

BOUNDARIES = [
    ({"东": "老枫树", "南": "水渠", "西": "邱家坟前石阶", "北": "山岗分水"}, []),
    ({"东": "机耕路", "西": "张家田埂"}, []),
    ({"北": "大岩背"}, [("东南", "石拱桥"), ("西南", "土地庙")]),
    ({"东": "李家猪栏外墙滴水", "南": "公共弄堂", "西": "王家堂屋山墙", "北": "晒谷坪"}, []),
    ({"南": "溪坑"}, [("坎上", "茶园第三坎"), ("坎下", "水田后坎")]),
    ({"东": "分水岭", "南": "横路", "西": "直坑", "北": "倒挂松"}, [("东北", "炭窑"), ("西北", "三棵杉木")]),
    ({"东": "1号界桩起沿小路向南约五十步到大樟树根部外侧", "西": "塘坝"}, []),
    ({"东": "张福根屋后檐沟外沿", "北": "村道K2+300"}, [("上", "通信光缆")]),
    ({"南": "赖家祖坟前三步", "北": "山脚排水沟"}, [("东", "再过去是集体林")]),
    ({"东": "𬭊家塘", "南": "牛路", "西": "𡌴头地", "北": "坞底"}, []),
]


@pytest.fixture(scope="module")
def fonts():
    return FontSet.bundled()


def sketch(*marks, title="附图一　四至示意图"):
    return Sketch(id=uid(1), dispute_id=DISPUTE_ID, position=0, title=title, marks=marks)


def picture_of(data):
    return Image.open(BytesIO(data)).convert("L")


def ink(image, box):
    """Return how many dots of a region are dark."""
    return sum(image.crop(box).histogram()[:128])


@pytest.mark.parametrize(("sides", "others"), BOUNDARIES, ids=range(1, 11))
def test_a_boundary_told_in_words_is_drawn_with_every_side_at_its_place(sides, others, fonts):
    items = land.landmarks(sides, others)
    marks = (
        *sketches.from_landmarks(items),
        Mark(shape="post", points=(3300, 3000), text="界1"),
        Mark(shape="arrow", points=(4000, 5600, 6000, 6400)),
    )
    sheet = picture_of(render(sketch(*marks), fonts))
    gauge = Gauge(sheet.width, sheet.width * 3 / 4)
    assert sheet.height > gauge.height  # the caption is below the drawing
    written = "".join(mark.text for mark in marks).replace("\n", "")
    assert all(land.told(item) in written for item in items)
    for part in sketches.layers(marks, gauge)[1]:
        assert isinstance(part, Words)
        length = sketches.width(part.text, gauge)
        assert part.left + length <= gauge.width
        box = (part.left, part.middle - gauge.text / 2, part.left + length, part.middle + gauge.text / 2)
        assert ink(sheet, [round(edge) for edge in box]) > 20 * len(part.text.strip())
    _assert_nothing_overlaps(sketches.layers(marks[:-2], gauge)[1], gauge)


def _assert_nothing_overlaps(words, gauge):
    boxes = [
        (part.left, part.middle, part.left + sketches.width(part.text, gauge), part.middle + gauge.text)
        for part in words
    ]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def test_the_remark_that_no_title_is_confirmed_is_on_every_picture(fonts):
    with_remark = picture_of(render(sketch(Mark(shape="line", points=(0, 0, 9, 9))), fonts))
    drawing = with_remark.width * 3 // 4
    gauge = Gauge(with_remark.width, drawing)
    below = round(drawing + 2 * gauge.text)
    length = sketches.width(land.USE_ONLY, gauge)
    middle = with_remark.width / 2
    assert (
        ink(with_remark, (round(middle - length / 2), below, round(middle + length / 2), with_remark.height))
        > 500
    )


def test_a_sketch_over_a_photo_has_the_photos_size_and_shows_it(fonts):
    data = photo(800, 600, colour=(90, 140, 80))
    made = Image.open(
        BytesIO(render(sketch(Mark(shape="arrow", points=(1000, 1000, 5000, 5000))), fonts, data))
    )
    assert made.width == 800
    assert made.height > 600
    assert all(
        abs(one - other) < 6 for one, other in zip(made.getpixel((700, 100)), (90, 140, 80), strict=True)
    )
    assert max(made.getpixel((240, 180))) < 60  # on the shaft


def test_the_same_marks_at_another_size_are_the_same_drawing(fonts):
    marks = sketches.from_landmarks(land.landmarks(*BOUNDARIES[0]))
    small = draw(sketch(*marks), Image.new("RGB", (800, 600), "white"), fonts)
    large = draw(sketch(*marks), Image.new("RGB", (1600, 1200), "white"), fonts)
    shrunk = large.resize((800, 600), Image.Resampling.BOX)
    difference = ImageChops.difference(small, shrunk).convert("L")
    assert sum(difference.histogram()[100:]) < 0.01 * 800 * 600


def test_a_character_no_face_has_leaves_a_slot_for_the_pen(fonts):
    plain = picture_of(render(sketch(Mark(shape="text", points=(5000, 5000), text="\U000323af")), fonts))
    assert ink(plain, (700, 550, 900, 650)) > 50
