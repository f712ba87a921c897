"""撤销 in the window: offered with its sentence after every action, taken back by button or Ctrl+Z."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui.shown import activate
from ui.typing_in import type_in
from village import TODAY

from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.services import disputes, queries
from mediation_desktop.services.office import switch_actor
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages.dispute import DisputePage
from mediation_desktop.ui.pages.disputes import DisputesPage
from mediation_desktop.ui.shell import MainWindow, Page, Place
from mediation_desktop.ui.undoing import Undoing
from mediation_desktop.ui.widgets.editors import LineEdit


@pytest.fixture
def at_desk(desk):
    return AtDesk(desk)


class Plain(Page):
    """A page with a line to write in and a place that takes the focus without being one."""

    title = "工作台"

    def __init__(self, workspace):
        super().__init__(workspace)
        self.line = LineEdit()
        self.line.setAccessibleName("随便写")
        self.body.addWidget(self.line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


@pytest.fixture
def window(qtbot, workspace, memory, at_desk):
    places = [
        Place("home", "工作台", "home", lambda: Plain(workspace)),
        Place("disputes", "纠纷", "dispute", lambda: DisputesPage(workspace, at_desk)),
        Place("dispute", "纠纷", "dispute", lambda: DisputePage(workspace, at_desk), under="disputes"),
    ]
    made = MainWindow(workspace, places, memory)
    made.undoing = Undoing(workspace, at_desk, lambda: made.current, made)
    made.undo_wanted.connect(made.undoing.undo_last)
    qtbot.addWidget(made)
    made.show()
    activate(qtbot, made)
    made.go("home").setFocus()
    return made


@pytest.fixture
def act(window, operations):
    """Do something on the page that is shown, as its buttons do."""

    def run(do, done="已保存。"):
        window.current.act(do, done=done)
        operations.drain()

    return run


def press_undo(window, operations):
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    operations.drain()


def summary(desk, dispute_id):
    return queries.dossier(desk, dispute_id).dispute.summary


def write(desk, dispute_id, text):
    dispute = queries.dossier(desk, dispute_id).dispute
    return disputes.save_dispute(desk, replace(dispute, summary=text))


def test_the_banner_offers_to_take_back_what_it_tells(window, act, desk, village, operations):
    dispute_id = village.dispute("张福根", "李木水")
    act(lambda: write(desk, dispute_id, "写错了。"), done="已保存。")
    banner = window.current.banner
    assert banner.offer == "撤销：修改纠纷"
    QTest.mouseClick(banner._action, Qt.MouseButton.LeftButton)
    operations.drain()
    assert summary(desk, dispute_id) == "排水沟被堵。"
    assert banner.message == "完成：已撤销：修改纠纷。历史记录里查得到。"


def test_ctrl_z_takes_back_ten_and_more_one_after_the_other(window, act, desk, village, operations):
    dispute_id = village.dispute("张福根", "李木水")
    for number in range(12):
        act(lambda number=number: write(desk, dispute_id, f"第{number}遍。"))
    for number in reversed(range(12)):
        assert summary(desk, dispute_id) == f"第{number}遍。"
        press_undo(window, operations)
    assert summary(desk, dispute_id) == "排水沟被堵。"
    press_undo(window, operations)
    assert "没有可以撤销的操作" in window.current.banner.message


def test_a_key_pressed_by_mistake_only_says_what_it_would_take_back(window, act, desk, village, operations):
    dispute_id = village.dispute("张福根", "李木水")
    act(lambda: write(desk, dispute_id, "改过。"))
    window.current.banner.clear()
    window.current.setFocus()
    press_undo(window, operations)
    assert summary(desk, dispute_id) == "改过。"
    assert "最近一步是“修改纠纷”" in window.current.banner.message
    press_undo(window, operations)
    assert summary(desk, dispute_id) == "排水沟被堵。"


def test_in_a_text_ctrl_z_takes_back_typing_and_nothing_else(window, act, desk, village, operations):
    dispute_id = village.dispute("张福根", "李木水")
    act(lambda: write(desk, dispute_id, "改过。"))
    line = window.current.line
    line.setFocus()
    type_in(line, "abc")
    press_undo(window, operations)
    assert line.text() != "abc"
    assert summary(desk, dispute_id) == "改过。"


def test_somebody_else_at_the_desk_undoes_only_what_is_theirs(window, act, at_desk, village, operations):
    desk = at_desk.desk
    dispute_id = village.dispute("张福根", "李木水")
    act(lambda: write(desk, dispute_id, "改过。"))
    at_desk.switch(switch_actor(desk, "周正明"))
    press_undo(window, operations)
    assert "没有可以撤销的操作" in window.current.banner.message
    at_desk.switch(switch_actor(desk, "汪承平"))
    press_undo(window, operations)
    press_undo(window, operations)
    assert summary(desk, dispute_id) == "排水沟被堵。"


def test_what_cannot_be_undone_says_why_where_one_is(window, act, desk, village, operations):
    dispute_id = village.dispute("张福根", "李木水")
    act(lambda: write(desk, dispute_id, "改过。"))
    write(desk, dispute_id, "又改过。")
    press_undo(window, operations)
    assert "同一条记录又改过" in window.current.banner.message
    assert summary(desk, dispute_id) == "又改过。"


def test_from_the_page_of_an_undone_registration_one_comes_back_to_the_list(
    window, desk, village, operations, workspace
):
    kept = village.dispute("赵铁柱", "钱有财")
    dispute_id = village.dispute("张福根", "李木水")
    change_id = queries.history(desk, dispute_id)[-1].change_id
    window.go("dispute", dispute_id)
    operations.drain()
    workspace.undo(disputes.Change(frozenset({"dispute"}), dispute_id, dispute_id, change_id, "登记纠纷"))
    operations.drain()
    assert window.current is window.page("disputes")
    assert "已撤销：登记纠纷" in window.current.banner.message
    assert list(window.current._found) == [kept]
    window.back()
    operations.drain()
    assert window.current is window.page("disputes")


def test_after_a_step_its_page_shows_the_dispute_as_it_was(window, desk, village, operations):
    dispute_id = village.dispute("张福根", "李木水")
    page = window.go("dispute", dispute_id)
    operations.drain()
    page.finish(lambda: disputes.take_step(desk, dispute_id, Action.ACCEPT, TODAY), "已受理。")
    operations.drain()
    assert page.banner.offer == "撤销：受理"
    QTest.mouseClick(page.banner._action, Qt.MouseButton.LeftButton)
    operations.drain()
    assert page.panel.key == "accept"
    assert page.dossier.dispute.accepted_on is None
