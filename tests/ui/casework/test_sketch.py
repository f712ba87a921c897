"""Drawing a sketch: by mouse, by words, undone and deleted by keyboard, and the same on paper."""

from io import BytesIO

import pytest
from builders import DISPUTE_ID, uid
from pictures import photo
from PIL import Image, ImageFilter
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from ui.access import unnamed_controls
from ui.shown import show

from mediation_desktop.documents.fonts import FontSet
from mediation_desktop.documents.sketches import draw
from mediation_desktop.domain import land, sketches
from mediation_desktop.domain.records import Mark, Sketch
from mediation_desktop.domain.sketches import Gauge
from mediation_desktop.ui.casework.sketch import SketchBoard, paint_marks


@pytest.fixture
def board(qtbot):
    made = SketchBoard()
    made.resize(900, 600)
    return show(qtbot, made)


def at(board, x, y):
    """Return a place of the sheet, given in ten-thousandths, as a place of the canvas."""
    sheet = board.canvas.sheet
    return QPoint(
        round(sheet.left() + sheet.width() * x / 10_000), round(sheet.top() + sheet.height() * y / 10_000)
    )


def drag(qtbot, board, start, end):
    qtbot.mousePress(board.canvas, Qt.MouseButton.LeftButton, pos=at(board, *start))
    qtbot.mouseMove(board.canvas, at(board, *end))
    qtbot.mouseRelease(board.canvas, Qt.MouseButton.LeftButton, pos=at(board, *end))


def near(mark, shape, *points):
    assert mark.shape == shape
    assert all(abs(one - other) < 40 for one, other in zip(mark.points, points, strict=True))


def test_lines_arrows_posts_and_words_are_drawn_with_the_mouse(board, qtbot):
    drag(qtbot, board, (1000, 1000), (5000, 2000))
    board.tools["arrow"].click()
    drag(qtbot, board, (2000, 8000), (6000, 8000))
    board.tools["post"].click()
    qtbot.mouseClick(board.canvas, Qt.MouseButton.LeftButton, pos=at(board, 3000, 3000))
    qtbot.mouseClick(board.canvas, Qt.MouseButton.LeftButton, pos=at(board, 4000, 3000))
    board.tools["text"].click()
    board.words.setText("老枫树")
    qtbot.mouseClick(board.canvas, Qt.MouseButton.LeftButton, pos=at(board, 7000, 7000))
    line, arrow, first, second, words = board.marks
    near(line, "line", 1000, 1000, 5000, 2000)
    near(arrow, "arrow", 2000, 8000, 6000, 8000)
    near(first, "post", 3000, 3000)
    near(words, "text", 7000, 7000)
    assert (first.text, second.text, words.text) == ("界1", "界2", "老枫树")


def test_what_is_drawn_beyond_the_edge_ends_at_the_edge(board, qtbot):
    drag(qtbot, board, (5000, 5000), (15_000, 5000))
    assert board.marks[0].points[2] == 10_000


def test_a_slip_of_the_hand_draws_nothing_and_words_without_words_ask_for_them(board, qtbot):
    qtbot.mouseClick(board.canvas, Qt.MouseButton.LeftButton, pos=at(board, 3000, 3000))
    board.tools["text"].click()
    qtbot.mouseClick(board.canvas, Qt.MouseButton.LeftButton, pos=at(board, 3000, 3000))
    assert board.marks == ()
    assert "先写上字" in board._said.text()
    assert board.focusWidget() is board.words


def test_every_change_can_be_undone_clearing_too(board):
    one, two = (Mark(shape="post", points=(1000, 1000), text=name) for name in "甲乙")
    board.add(one)
    board.add(two)
    board.clear_button.click()
    assert board.marks == ()
    board.undo_button.click()
    assert board.marks == (one, two)
    board.undo_button.click()
    board.undo_button.click()
    assert board.marks == ()
    assert not board.undo_button.isEnabled()


def test_marks_are_listed_and_deleted_by_keyboard(board, qtbot):
    for name in "甲乙丙":
        board.add(Mark(shape="post", points=(1000, 1000), text=name))
    board.list.setFocus()
    board.list.setCurrentRow(0)
    qtbot.keyClick(board.list, Qt.Key.Key_Down)
    qtbot.keyClick(board.list, Qt.Key.Key_Delete)
    assert [mark.text for mark in board.marks] == ["甲", "丙"]
    assert [board.list.item(row).text() for row in range(2)] == ["界桩 甲", "界桩 丙"]
    assert board.list.hasFocus()


def test_every_control_is_named_and_the_canvas_tells_what_is_on_it(board):
    board.add(Mark(shape="text", points=(1000, 1000), text="老枫树"))
    assert unnamed_controls(board) == []
    assert "照四至画" in board.canvas.accessibleName()
    assert board.canvas.accessibleDescription() == "文字 老枫树"


def test_a_drawing_comes_back_from_its_draft(board, qtbot):
    board.add(Mark(shape="arrow", points=(1000, 1000, 4000, 4000)))
    other = SketchBoard()
    qtbot.addWidget(other)
    other.set_draft(board.draft())
    assert other.marks == board.marks


def test_the_sheet_has_the_proportion_of_the_photo_under_it(board, qtbot):
    board.canvas.show_photo(photo(300, 600))
    qtbot.wait(10)
    sheet = board.canvas.sheet
    assert sheet.height() == pytest.approx(2 * sheet.width(), rel=0.02)
    board.canvas.show_photo(None)
    assert board.canvas.sheet.width() == pytest.approx(board.canvas.sheet.height() * 4 / 3, rel=0.02)


MARKS = (
    *sketches.from_landmarks(land.landmarks({"东": "老枫树", "南": "水渠", "西": "石阶", "北": "山岗"})),
    Mark(shape="post", points=(3300, 3000), text="界1"),
    Mark(shape="post", points=(9900, 9000), text="界2"),
    Mark(shape="arrow", points=(1000, 9000, 3000, 6500)),
)


def test_screen_and_paper_draw_the_same():
    """Every dark dot of one has a dark dot of the other within three dots, but for the faces of the words."""
    size = (800, 600)
    screen = on_screen(size)
    sketch = Sketch(id=uid(1), dispute_id=DISPUTE_ID, position=0, title="附图一", marks=MARKS)
    paper = draw(sketch, Image.new("RGB", size, "white"), FontSet.bundled()).convert("L")
    for one, other in ((screen, paper), (paper, screen)):
        dark = one.point(lambda value: 255 if value < 110 else 0)
        near_dark = other.filter(ImageFilter.MinFilter(7)).point(lambda value: 255 if value < 160 else 0)
        alone = sum(
            1 for mine, theirs in zip(dark.tobytes(), near_dark.tobytes(), strict=True) if mine and not theirs
        )
        assert alone < 0.02 * sum(1 for value in dark.tobytes() if value)


def on_screen(size):
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_marks(painter, MARKS, Gauge(*size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("L")
