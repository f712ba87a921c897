import uuid
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from ui.access import unnamed_controls
from ui.shown import activate
from ui.typing_in import type_in

from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.desk import Change
from mediation_desktop.ui.drafts import DraftKeeper
from mediation_desktop.ui.operations import Operation
from mediation_desktop.ui.shell import MainWindow, Page, Place
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.search import SearchBox

KEYS = ["home", "leads", "disputes", "calendar", "papers", "figures", "exchange", "settings"]
LABELS = ["工作台", "线索", "纠纷", "日程", "文书", "统计", "数据交换", "设置"]
ICONS = ["home", "lead", "dispute", "calendar", "paper", "figures", "exchange", "settings"]


class Sample(Page):
    title = "纠纷"
    help_text = "这里列出所有纠纷。"
    shows = frozenset({"dispute"})

    def __init__(self, workspace):
        super().__init__(workspace)
        self.refreshed, self.entered = [], []
        self.find = SearchBox("查找纠纷", "姓名")
        self.form = Form()
        self.form.add("name", "姓名", LineEdit())
        self.kept = []
        self.keep_drafts(DraftKeeper(self.form, self.kept.append, self.kept.clear, self))
        self.body.addWidget(self.find)
        self.body.addWidget(self.form)

    def refresh(self, change):
        self.refreshed.append(change)

    def enter(self, argument):
        self.entered.append(argument)

    def focus_find(self):
        self.find.setFocus()


@pytest.fixture
def made():
    return []


@pytest.fixture
def window(qtbot, workspace, memory, made):
    def factory(key):
        def make():
            made.append(key)
            return Sample(workspace)

        return make

    places = [
        Place(key, label, icon, factory(key)) for key, label, icon in zip(KEYS, LABELS, ICONS, strict=True)
    ]
    places.append(Place("dispute", "纠纷", "dispute", factory("dispute"), under="disputes"))
    window = MainWindow(workspace, places, memory)
    qtbot.addWidget(window)
    window.set_office("枫桥镇枫源村人民调解委员会")
    window.resize(1366, 768)
    window.show()
    activate(qtbot, window)
    window.go("home")
    return window


def test_pages_are_made_on_their_first_visit_and_kept(window, made):
    assert made == ["home"]
    first = window.go("leads")
    window.go("home")
    assert window.go("leads") is first
    assert made == ["home", "leads"]


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier])
def test_every_place_has_its_key(window, qtbot, modifier):
    for at, key in enumerate(KEYS):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + at), modifier)
        assert window.current is window.page(key)
        assert window.rail._buttons[key].isChecked()


def test_the_rail_leads_to_a_place_by_mouse(window, qtbot):
    qtbot.mouseClick(window.rail._buttons["papers"], Qt.MouseButton.LeftButton)
    assert window.current is window.page("papers")


def test_a_page_without_a_button_marks_the_place_it_belongs_to(window):
    window.go("dispute", "id")
    assert window.rail._buttons["disputes"].isChecked()
    assert window.current.entered == ["id"]


def test_pages_lead_to_each_other_and_alt_left_leads_back(window, workspace, qtbot):
    workspace.go("dispute", "id")
    assert window.current is window.page("dispute")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current is window.page("home")


def test_f1_explains_this_page_and_esc_closes_the_explanation(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help.isVisible()
    assert "这里列出所有纠纷。" in window.help._text.toPlainText()
    qtbot.keyClick(window.help, Qt.Key.Key_Escape)
    assert not window.help.isVisible()


def test_ctrl_f_finds_and_ctrl_n_registers(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.current.find.hasFocus()
    with qtbot.waitSignal(window.register_wanted, timeout=1000):
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_l_and_the_lock_button_ask_to_lock(window, qtbot):
    with qtbot.waitSignal(window.lock_wanted, timeout=1000):
        qtbot.mouseClick(window.rail.lock, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.lock_wanted, timeout=1000):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_page_in_view_hears_of_a_change_and_a_hidden_one_catches_up(window, workspace):
    leads = window.go("leads")
    home = window.go("home")
    before = (len(home.refreshed), len(leads.refreshed))
    change = Change(frozenset({"dispute"}), uuid.uuid4())
    workspace.broadcast(change)
    assert home.refreshed[before[0] :] == [change]
    assert len(leads.refreshed) == before[1]
    window.go("leads")
    assert leads.refreshed[before[1] :] == [None]


def test_a_change_of_another_kind_leaves_a_page_alone(window, workspace):
    before = len(window.current.refreshed)
    workspace.broadcast(Change(frozenset({"mediator"})))
    window.go("leads")
    window.go("home")
    assert len(window.page("home").refreshed) == before


def test_an_action_tells_every_page_and_says_that_it_is_done(window, operations):
    change = Change(frozenset({"dispute"}))
    page = window.current
    page.act(lambda: change, done="已登记。")
    operations.drain()
    assert page.refreshed[-1] is change
    assert "已登记。" in page.banner.message


def test_a_failed_action_is_told_in_the_banner_of_its_page(window, operations):
    def run():
        raise UserError("没有登记。", "请先填写姓名。")

    page = window.current
    page.act(run)
    window.go("leads")
    operations.drain()
    assert "没有登记。请先填写姓名。" in page.banner.message
    assert window.current.banner.message == ""


def test_a_failure_without_a_page_is_told_where_the_user_is(window, operations):
    def run(_progress):
        raise UserError("没有保存。", "请重试。")

    operations.submit(Operation(run))
    operations.drain()
    assert "没有保存。" in window.current.banner.message


def test_the_banner_offers_an_action_and_closes(window, qtbot):
    banner, done = window.current.banner, []
    banner.warning("有一份没有盖章。", "请登记盖章。", ("去看看", lambda: done.append(True)))
    assert banner.message == "请注意：有一份没有盖章。请登记盖章。"
    qtbot.mouseClick(banner._action, Qt.MouseButton.LeftButton)
    assert done == [True]
    assert banner.message == ""


def test_long_work_shows_its_title_progress_and_cancel(window, operations, qtbot):
    def run(progress):
        while True:
            progress.report(1, 3, "第1页")

    operations.submit(Operation(run, title="正在导出", cancellable=True))
    strip = window.strip
    qtbot.waitUntil(strip._cancel.isVisible, timeout=3000)
    assert "正在导出" in strip._title.text()
    qtbot.mouseClick(strip._cancel, Qt.MouseButton.LeftButton)
    operations.drain()
    assert not strip._bar.isVisible()


def test_leaving_a_page_keeps_its_draft(window):
    page = window.current
    type_in(page.form.fields["name"].editor, "王")
    assert page.has_unsaved
    window.go("leads")
    assert page.kept == [{"name": "王"}]
    assert not page.has_unsaved


def test_closing_keeps_drafts_and_the_state_of_the_window(window, qtbot, memory, workspace):
    page = window.current
    type_in(page.form.fields["name"].editor, "王")
    window.showMaximized()
    assert window.close()
    assert page.kept == [{"name": "王"}]
    again = MainWindow(workspace, [], memory)
    qtbot.addWidget(again)
    assert again.isMaximized()


def test_the_window_stays_open_when_the_last_save_failed(window, operations):
    def run(_progress):
        raise UserError("磁盘已满。", "请腾出空间。")

    operations.submit(Operation(run))
    assert not window.close()
    assert "磁盘已满。" in window.current.banner.message


def test_behind_a_cover_no_key_works_and_drafts_are_kept(window, qtbot):
    page = window.current
    type_in(page.form.fields["name"].editor, "王")
    window.cover(QWidget())
    assert page.kept == [{"name": "王"}]
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.current is page
    assert not page.isVisible()
    window.uncover()
    assert page.isVisible()


def test_after_the_lock_one_goes_on_writing_where_one_was(window, qtbot):
    field = window.current.form.fields["name"].editor
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    window.cover(QWidget())
    assert not field.hasFocus()
    window.uncover()
    qtbot.waitUntil(field.hasFocus)


def test_every_control_of_the_window_has_a_name(window):
    window.toggle_help()
    window.current.banner.error("没有保存。", "请重试。", ("重试", lambda: None))
    assert unnamed_controls(window) == []


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_nothing_of_the_shell_is_cut_off(window, theme, size, large, qtbot):
    theme.apply(dark=False, large=large)
    window.resize(*size)
    qtbot.wait(50)
    assert (window.width(), window.height()) == size
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.width() >= label.sizeHint().width() - 1, label.text()
    bottom = window.rail.lock.geometry().bottom()
    assert bottom <= window.rail.height()
    buttons = [*window.rail._buttons.values(), window.rail.help, window.rail.lock]
    for above, below in pairwise(buttons):
        assert above.geometry().bottom() < below.geometry().top()
        assert above.height() >= above.minimumSizeHint().height()
