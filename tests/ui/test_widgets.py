import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from ui.access import unnamed_controls
from ui.shown import activate

from mediation_desktop.domain.errors import UserError
from mediation_desktop.ui.widgets.blocks import Card, EmptyState, SideBySide
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import (
    LineEdit,
)
from mediation_desktop.ui.widgets.rows import Timeline, TimelineEntry
from mediation_desktop.ui.widgets.search import SearchBox
from mediation_desktop.ui.widgets.stagebar import Stage, StageBar
from mediation_desktop.ui.widgets.tables import Column, LazyTableModel, RowList, RowTable


def test_a_control_without_a_name_is_found(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(LineEdit())
    holder.show()
    assert unnamed_controls(holder) == ["LineEdit"]


@pytest.fixture
def search(qtbot):
    box = SearchBox("查找纠纷", "姓名")
    qtbot.addWidget(box)
    box.show()
    return box


def test_a_search_waits_for_a_pause_and_is_made_once(search, qtbot):
    found = []
    search.searched.connect(found.append)
    qtbot.keyClicks(search, "wxh")
    assert found == []
    qtbot.waitUntil(lambda: found == ["wxh"])
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert found == ["wxh"]


def test_a_search_waits_while_a_word_is_being_composed(search, qtbot):
    found = []
    search.searched.connect(found.append)
    QApplication.sendEvent(search, QInputMethodEvent("wang", []))
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.wait(400)
    assert found == []
    done = QInputMethodEvent("", [])
    done.setCommitString("王")
    QApplication.sendEvent(search, done)
    qtbot.waitUntil(lambda: found == ["王"])


def test_esc_clears_a_search(search, qtbot):
    found = []
    search.searched.connect(found.append)
    qtbot.keyClicks(search, "w")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: found == ["w", ""])


COLUMNS = [
    Column("编号", "第{}号".format, 8),
    Column("状态", lambda _row: "调解中", 6, tone=lambda _row: "info"),
    Column("金额", lambda _row: "1.00", right=True),
]


@pytest.fixture
def model():
    return LazyTableModel(COLUMNS)


@pytest.fixture
def rows(qtbot, model):
    made = RowList(RowTable(model, "纠纷列表"), EmptyState("dispute", "还没有纠纷。", "点“登记纠纷”开始。"))
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    activate(qtbot, made)
    return made


def test_a_long_list_fetches_only_what_is_seen(model, rows, qtbot):
    asked = []

    def fetch(offset, limit):
        asked.append(offset)
        return list(range(offset, min(offset + limit, 10_000)))

    model.show_rows(fetch, 10_000)
    qtbot.wait(50)
    assert set(asked) == {0}
    rows.table.scrollToBottom()
    qtbot.wait(50)
    assert model.data(model.index(9_999, 0)) == "第9999号"
    assert len(set(asked)) <= 3


def test_a_list_scrolled_from_end_to_end_does_not_keep_everything(model):
    model.show_rows(lambda offset, limit: list(range(offset, offset + limit)), 10_000)
    for at in range(10_000):
        assert model.row(at) == at
    assert len(model._chunks) <= 20


def test_a_row_opens_by_click_anywhere_and_by_enter(model, rows, qtbot):
    model.show_rows(lambda _offset, _limit: [0, 1, 2], 3)
    opened = []
    rows.table.opened.connect(opened.append)
    for column in range(3):
        place = rows.table.visualRect(model.index(1, column)).center()
        qtbot.mouseClick(rows.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [1, 1, 1]
    qtbot.keyClick(rows.table, Qt.Key.Key_Down)
    qtbot.keyClick(rows.table, Qt.Key.Key_Return)
    assert opened == [1, 1, 1, 2]


def test_a_part_that_cannot_be_fetched_is_reported_and_shows_nothing(model, qtbot):
    def fetch(_offset, _limit):
        raise UserError("读不出。", "请重试。")

    with qtbot.waitSignal(model.failed) as caught:
        model.show_rows(fetch, 5)
        assert model.data(model.index(0, 0)) is None
    assert caught.args[0].text == "读不出。"


def test_an_empty_list_teaches_the_first_step(model, rows):
    assert rows.currentWidget() is rows.empty
    model.show_rows(lambda _offset, _limit: [1], 1)
    assert rows.currentWidget() is rows.table
    assert unnamed_controls(rows) == []


def test_the_stage_bar_can_be_heard(qtbot):
    bar = StageBar()
    qtbot.addWidget(bar)
    bar.set_stages([Stage("登记", "done"), Stage("受理", "now"), Stage("归档", "todo")])
    assert bar.accessibleName() == "进度：登记已完成，受理进行中，归档未开始"
    bar.show()
    blank = StageBar()
    qtbot.addWidget(blank)
    blank.resize(bar.size())
    assert bar.grab().toImage() != blank.grab().toImage()


def test_a_timeline_row_is_a_button_as_a_whole_and_says_everything(qtbot):
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.set_entries(
        [
            TimelineEntry("a", "6月12日", "edit", "登记纠纷。"),
            TimelineEntry("b", "6月15日", "session", "第一次调解。", "村委会", "未达成", "warning"),
        ]
    )
    timeline.resize(400, 200)
    timeline.show()
    opened = []
    timeline.opened.connect(opened.append)
    row = timeline._layout.itemAt(1).widget()
    assert row.accessibleName() == "6月15日，第一次调解。，村委会，未达成"
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().topLeft())
    qtbot.keyClick(timeline._layout.itemAt(0).widget(), Qt.Key.Key_Space)
    assert opened == ["b", "a"]
    assert unnamed_controls(timeline) == []
    timeline.set_entries([])
    assert timeline._layout.count() == 0


def test_a_button_does_what_it_says_and_an_icon_has_a_name(qtbot):
    done = []
    made = button("登记纠纷", lambda: done.append(True), kind="primary", icon="add")
    qtbot.addWidget(made)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert made.accessibleName() == "登记纠纷"


def test_parts_stand_below_each_other_where_there_is_no_room(qtbot):
    both = SideBySide(Card("左"), Card("右"))
    qtbot.addWidget(both)
    both.resize(1200, 300)
    both.show()
    assert not both.stacked
    both.resize(500, 300)
    qtbot.wait(20)
    assert both.stacked
