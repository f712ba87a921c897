"""纠纷: found by any word, filtered by state, opened by a whole row."""

from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.access import cut_off, unnamed_controls
from ui.shown import show
from ui.typing_in import type_in
from village import TODAY

from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.records import DisputeState, Outcome
from mediation_desktop.services import queries
from mediation_desktop.services.desk import Change
from mediation_desktop.services.disputes import take_step
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.pages import disputes as disputes_page
from mediation_desktop.ui.pages.disputes import FILTERS, DisputesPage
from mediation_desktop.ui.papers import PrintOrder
from mediation_desktop.ui.widgets import tables

ID_NUMBER, PHONE = "330825197001010018", "13800001234"


@pytest.fixture
def page(qtbot, workspace, desk):
    made = DisputesPage(workspace, AtDesk(desk))
    made.resize(1166, 640)
    return show(qtbot, made)


@pytest.fixture
def three(village):
    """One closed for good, one late, one just registered; newest last."""
    ended = village.dispute("张福根", "李木水", accepted_on=TODAY, id_number=ID_NUMBER, phone=PHONE)
    _end(village.desk, ended)
    late = village.dispute("王大山", "王小河", accepted_on=TODAY - timedelta(days=5), summary="界墙歪了。")
    new = village.dispute("赵铁柱", "钱有财")
    return ended, late, new


def _end(desk, dispute_id):
    outcome = Outcome(id=desk.new_id(), dispute_id=dispute_id, kind="terminated", on=TODAY, reason="谈不拢")
    take_step(desk, dispute_id, Action.TERMINATE, TODAY, outcome=outcome)


def come(page, argument=None):
    page.come(argument)
    page.workspace.operations.drain()


def search(page, text):
    page.focus_find()
    type_in(page.search, text)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    page.workspace.operations.drain()


def shown(page):
    model = page.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def names(page):
    return [row[1] for row in shown(page)]


def test_the_first_rows_stand_there_whatever_the_worker_is_busy_with(page, three):
    assert three
    done = Event()
    page.work(lambda _progress: done.wait(10))
    try:
        page.come(None)
        assert [row[-2] for row in (line[0] for line in shown(page))] == ["3", "2", "1"]
        assert page.count.text() == ""
    finally:
        done.set()
        page.workspace.operations.drain()
    assert page.count.text() == "共 3 件"


def test_first_rows_that_cannot_be_read_are_told_and_the_whole_list_still_comes(page, three, monkeypatch):
    def fail(*_arguments, **_named):
        raise EnvironmentProblem("磁盘没有响应。", "请重试。")

    monkeypatch.setattr(disputes_page, "dispute_lines", fail)
    page.come(None)
    assert "磁盘没有响应" in page.banner.message
    page.workspace.operations.drain()
    assert len(names(page)) == len(three)


def test_scrolling_to_the_end_and_back_keeps_no_more_than_a_few_parts_of_the_list(page, village, monkeypatch):
    monkeypatch.setattr(tables, "_CHUNK", 2)
    monkeypatch.setattr(tables, "_CHUNKS_KEPT", 3)
    for number in range(12):
        village.dispute(f"甲{number}", "乙")
    come(page)
    bar, kept = page.table.verticalScrollBar(), []
    for at in [*range(bar.maximum() + 1), *reversed(range(bar.maximum() + 1))]:
        bar.setValue(at)
        QApplication.processEvents()
        kept.append(sum(len(rows) for rows in page.table.model()._chunks.values()))
    assert len(names(page)) == 12
    assert max(kept) <= 2 * 3


def test_newest_first_with_state_and_days_left(page, three):
    assert three
    come(page)
    assert shown(page) == [
        ["（2026）龙东人调字第003号", "赵铁柱、钱有财", "邻里", "简易", "已登记", "鸡鸣村", ""],
        ["（2026）龙东人调字第002号", "王大山、王小河", "邻里", "简易", "已受理", "鸡鸣村", "超期 2 天"],
        ["（2026）龙东人调字第001号", "张福根、李木水", "邻里", "简易", "已终止", "鸡鸣村", ""],
    ]
    assert page.count.text() == "共 3 件"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("word", ["王小", "002", "界墙", "大山 界墙"])
def test_any_word_finds_a_dispute(page, word):
    come(page)
    search(page, word)
    assert names(page) == ["王大山、王小河"]
    assert page.count.text() == "找到 1 件"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("secret", [ID_NUMBER, PHONE])
def test_an_id_or_phone_number_finds_but_is_never_shown(page, secret):
    come(page)
    search(page, secret[:11])
    assert names(page) == ["张福根、李木水"]
    model = page.table.model()
    told = [
        str(model.index(0, column).data(role))
        for column in range(model.columnCount())
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    ]
    assert not any(secret in text for text in told)


@pytest.mark.usefixtures("three")
def test_the_search_follows_typing_after_a_pause(page, qtbot):
    come(page)
    page.focus_find()
    type_in(page.search, "钱有财")
    qtbot.waitUntil(lambda: names(page) == ["赵铁柱、钱有财"])


@pytest.mark.usefixtures("three")
def test_states_filter_together_with_words(page, operations):
    come(page)
    page.filters.setCurrentIndex(1)
    operations.drain()
    assert names(page) == ["赵铁柱、钱有财", "王大山、王小河"]
    search(page, "福根")
    assert names(page) == []
    page.filters.setCurrentIndex([key for key, _word, _states in FILTERS].index("ended"))
    operations.drain()
    assert names(page) == ["张福根、李木水"]


def test_every_state_is_in_exactly_one_filter_besides_all():
    kept = [state for _key, _word, states in FILTERS for state in states]
    assert sorted(kept) == sorted(DisputeState)


@pytest.mark.usefixtures("three")
def test_another_page_may_ask_for_a_filter(page):
    come(page)
    search(page, "没有这个词")
    come(page, "open")
    page.workspace.operations.drain()
    assert page.filters.tabText(page.filters.currentIndex()) == "未结"
    assert len(names(page)) == 2


def test_a_click_anywhere_in_a_row_opens_its_dispute(page, three, gone):
    come(page)
    for column in range(page.table.model().columnCount()):
        box = page.table.visualRect(page.table.model().index(1, column))
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert gone == [("dispute", three[1])] * page.table.model().columnCount()


def test_keys_alone_find_and_open_a_dispute(page, three, gone):
    come(page)
    search(page, "王")
    QTest.keyClick(page.search, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert gone == [("dispute", three[1])]


def test_ctrl_f_readies_the_search_box_to_be_typed_over(page, three):
    assert three
    come(page)
    search(page, "王")
    page.focus_find()
    assert QApplication.focusWidget() is page.search
    assert page.search.selectedText() == "王"


@pytest.mark.usefixtures("three")
def test_a_change_shows_and_the_chosen_row_stays_chosen(page, village, workspace, operations):
    come(page)
    page.table.selectRow(1)
    village.dispute("孙桂兰", "孙桂芳")
    workspace.broadcast(Change(frozenset({"dispute"})))
    operations.drain()
    assert names(page)[0] == "孙桂兰、孙桂芳"
    assert page.table.currentIndex().row() == 2


def test_an_empty_office_is_taught_to_register(page, gone):
    come(page)
    assert page.empty.isVisible()
    assert page.empty.accessibleName().startswith("还没有登记过纠纷")
    QTest.mouseClick(page.empty.step, Qt.MouseButton.LeftButton)
    assert gone == [("register", None)]


@pytest.mark.usefixtures("three")
def test_where_nothing_is_found_one_click_shows_all_again(page, operations):
    come(page)
    page.filters.setCurrentIndex(1)
    search(page, "没有这个词")
    assert page.empty.accessibleName().startswith("没有找到")
    QTest.mouseClick(page.empty.step, Qt.MouseButton.LeftButton)
    operations.drain()
    assert len(names(page)) == 3
    assert page.search.text() == ""


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("large", [False, True])
def test_every_control_is_named_and_no_word_is_cut_off(page, theme, qtbot, large):
    theme.apply(dark=False, large=large)
    come(page)
    assert not unnamed_controls(page)
    qtbot.waitUntil(lambda: not cut_off(page))
    header = page.table.horizontalHeader()
    narrow = [at for at in range(header.count()) if header.sectionSize(at) < header.sectionSizeHint(at)]
    assert not narrow


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("large", [False, True])
def test_a_number_is_never_cut_off_even_with_the_letter_of_a_second_pc(page, theme, large):
    theme.apply(dark=False, large=large)
    come(page)
    letter = page.table.fontMetrics().horizontalAdvance("W")
    assert page.table.sizeHintForColumn(0) + letter <= page.table.columnWidth(0)


def click(page, row, modifier=Qt.KeyboardModifier.NoModifier):
    box = page.table.visualRect(page.table.model().index(row, 1))
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, modifier, box.center())


def ticked(page):
    """Return the last digit of the number of every ticked dispute."""
    rows = shown(page)
    return [rows[at][0][-2] for at in range(len(rows)) if page.table.model().is_ticked(at)]


def several(page, *rows):
    page.several.click()
    for row in rows:
        click(page, row)
    page.workspace.operations.drain()


def mediators(desk, dispute_ids):
    return [[one.name for one in queries.dossier(desk, each).mediators] for each in dispute_ids]


@pytest.mark.usefixtures("three")
def test_several_are_ticked_by_clicks_and_none_of_them_is_opened(page, gone):
    come(page)
    several(page, 0, 2)
    assert ticked(page) == ["3", "1"]
    assert page.bulk.heading.text() == "已选 2 件"
    click(page, 0)
    assert ticked(page) == ["1"]
    assert gone == []
    page.bulk.over_button.click()
    click(page, 1)
    assert [place for place, _argument in gone] == ["dispute"]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("key", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_a_click_with_ctrl_or_shift_begins_ticking(page, gone, key):
    come(page)
    click(page, 0, key)
    assert page.bulk.isVisible()
    assert ticked(page) == ["3"]
    click(page, 2, Qt.KeyboardModifier.ShiftModifier)
    assert ticked(page) == ["3", "2", "1"]
    assert gone == []


def test_keys_alone_tick_open_and_end(page, three, gone):
    come(page)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert ticked(page) == ["3"]
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert ticked(page) == ["3", "2", "1"]
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert gone == [("dispute", three[1])]
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.bulk.isVisible()
    assert ticked(page) == []


@pytest.mark.usefixtures("three")
def test_all_means_all_that_the_filter_shows(page, operations):
    come(page)
    page.filters.setCurrentIndex(1)
    operations.drain()
    several(page)
    page.bulk.all_button.click()
    assert ticked(page) == ["3", "2"]
    search(page, "王")
    assert ticked(page) == ["2"]
    assert page.bulk.heading.text() == "已选 1 件"
    page.bulk.none_button.click()
    assert ticked(page) == []
    assert not page.bulk.give_button.isEnabled()


def test_another_mediator_for_all_that_are_ticked(page, three, desk, operations):
    come(page)
    several(page, 0, 1)
    page.bulk.mediator.set_draft("周正明")
    page.bulk.give_button.click()
    operations.drain()
    assert mediators(desk, three) == [["汪承平"], ["周正明"], ["周正明"]]
    assert page.banner.message == "完成：已把 2 件交给周正明。"
    assert page.banner.offer == "撤销：换调解员"
    assert not page.bulk.isVisible()


@pytest.mark.usefixtures("three")
def test_the_list_goes_to_the_printer_and_into_a_file(page, operations, tmp_path):
    def order(_parent, pages):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return PrintOrder(printer, tuple(range(pages)), 1)

    come(page)
    page.printer_chooser = order
    page.file_chooser = lambda _parent: str(tmp_path / "清单.csv")
    several(page, 0, 1)
    page.bulk.print_button.click()
    operations.drain()
    assert (tmp_path / "printed.pdf").stat().st_size > 0
    assert "已送往打印机，共1页" in page.banner.message
    page.bulk.save_button.click()
    operations.drain()
    text = (tmp_path / "清单.csv").read_text("utf-8-sig")
    assert "赵铁柱" in text
    assert "张福根" not in text
    assert "清单.csv" in page.banner.message


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("large", [False, True])
def test_while_ticking_every_control_is_named_and_no_word_is_cut_off(page, theme, qtbot, large):
    theme.apply(dark=False, large=large)
    come(page)
    several(page, 0)
    assert not unnamed_controls(page)
    qtbot.waitUntil(lambda: not cut_off(page))
    assert page.table.sizeHintForColumn(0) <= page.table.columnWidth(0)
