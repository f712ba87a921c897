"""Somebody calls and it becomes a dispute; a wrong registration is taken back. By mouse and by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mediation_desktop.domain.enquiries import EnquiryState
from mediation_desktop.services import queries
from mediation_desktop.services.enquiries import enquiries, enquiry_ids
from mediation_desktop.services.home import home
from mediation_desktop.services.numbers import void_numbers


def test_who_called_becomes_a_dispute_and_nothing_is_typed_twice(hand):
    desk = hand.program.at_desk.desk
    hand.go("工作台")
    hand.press("来访来电")
    hand.fill("姓名", "张福根")
    hand.fill("电话", "13800001234")
    hand.fill("方式", "来电")
    hand.fill("说了什么", "李木水家的树倒在我屋上，问怎么办。")
    hand.press("保存")
    assert "已保存" in hand.says()
    assert home(desk).empty
    (asked,) = enquiry_ids(desk, state=EnquiryState.OPEN)

    _open_first_row(hand)
    hand.press("登记为纠纷")
    hand.fill("纠纷类型", "邻里")
    hand.fill("姓名或名称", "李木水", nth=1)
    hand.press("保存登记")
    assert "已登记" in hand.says()

    line = queries.dispute_lines(desk)[0]
    dossier = queries.dossier(desk, line.id)
    assert [party.name for party in dossier.parties] == ["张福根", "李木水"]
    assert dossier.parties[0].phone == "13800001234"
    assert dossier.dispute.summary == "李木水家的树倒在我屋上，问怎么办。"
    assert "来电（张福根），汪承平接待" in dossier.dispute.source_note
    assert enquiries(desk, [asked])[0].became_id == line.id


def test_a_wrong_registration_is_taken_back_and_its_number_given_again(hand):
    desk = hand.program.at_desk.desk
    hand.register()
    _register(hand, "张福根", "李木水")
    wrong = queries.dispute_lines(desk)[0]
    hand.press("撤销：登记纠纷")
    assert "已撤销：登记纠纷" in hand.says()
    assert queries.count_disputes(desk) == 0
    assert hand.window.current is hand.window.page("disputes")

    QTest.keyClick(
        QApplication.focusWidget() or hand.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier
    )
    hand.settle()
    _register(hand, "赵铁柱", "钱有财")
    right = queries.dispute_lines(desk)[0]
    assert right.number == wrong.number
    assert void_numbers(desk) == ()


def _register(hand, first, second):
    hand.fill("纠纷类型", "邻里")
    hand.fill("纠纷简要情况", "排水沟被堵。")
    hand.fill("姓名或名称", first)
    hand.fill("姓名或名称", second, nth=1)
    hand.press("保存登记")


def _open_first_row(hand):
    """Open what is on top of the list, by a click or by Enter."""
    table = hand.window.current.table
    table.selectRow(0)
    if hasattr(hand, "_click"):
        box = table.visualRect(table.model().index(0, 1))
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    else:
        hand._tab_to(table)
        QTest.keyClick(table, Qt.Key.Key_Return)
    hand.settle()
