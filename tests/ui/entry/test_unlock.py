"""The lock: wrong passwords are said inline, the recovery code opens, work stays off the UI thread."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.access import unnamed_controls
from ui.shown import show
from ui.typing_in import type_in

from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.entry.unlock import UnlockScreen

RIGHT = "zhuhai2026"


class Gate:
    """Stands for the office: remembers what was tried and in which thread."""

    def __init__(self):
        self.tried = []
        self.problem = None

    def enter(self, password):
        self.tried.append((password, threading.current_thread()))
        if self.problem:
            raise self.problem
        if password != RIGHT:
            raise UserError("密码不对。", "请再输一次。")
        return "the desk"

    def recover(self, code, password):
        self.tried.append((code, password))
        if code != "4F7K2M":
            raise UserError("恢复码的第 1 组抄错了。", "请改正。")
        return "the desk"


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture
def screen(qtbot, operations, gate):
    return show(qtbot, UnlockScreen(operations, "办公数据已锁好。", gate.enter, gate.recover))


def type_password(text):
    type_in(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_the_password_opens_from_the_keyboard_and_off_the_ui_thread(screen, gate, qtbot):
    with qtbot.waitSignal(screen.passed) as passed:
        type_password(RIGHT)
    assert passed.args == ["the desk"]
    assert gate.tried[0][1] is not threading.main_thread()


def test_a_wrong_password_is_said_beside_the_field_and_typed_over(screen, operations, qtbot):
    type_password("wrong")
    operations.drain()
    assert "密码不对" in screen.form.fields["password"].finding
    with qtbot.waitSignal(screen.passed):
        type_password(RIGHT)


def test_an_empty_password_asks_nobody(screen, gate, operations):
    screen.enter_button.click()
    operations.drain()
    assert "还没有填写" in screen.form.fields["password"].finding
    assert not gate.tried


def test_who_holds_the_office_is_named_above(screen, gate, operations):
    gate.problem = EnvironmentProblem("电脑“二楼”上的用户“小余”打开着办公数据。", "请先把它关闭。")
    type_password(RIGHT)
    operations.drain()
    assert "电脑“二楼”" in screen.banner.message


def test_the_recovery_code_opens_with_a_new_password(screen, gate, operations, qtbot):
    screen.forgotten.click()
    screen.recovery.set_values({"code": "4F7K2N", "password": "meiyu2027", "again": "meiyu2027"})
    screen.recover_button.click()
    operations.drain()
    assert "第 1 组" in screen.recovery.fields["code"].finding
    screen.recovery.set_values({"code": "4F7K2M"})
    with qtbot.waitSignal(screen.passed):
        screen.recover_button.click()
    assert gate.tried[-1] == ("4F7K2M", "meiyu2027")


def test_a_new_password_given_differently_twice_goes_no_further(screen, gate, operations):
    screen.forgotten.click()
    screen.recovery.set_values({"code": "4F7K2M", "password": "meiyu2027", "again": "meiyu2028"})
    screen.recover_button.click()
    operations.drain()
    assert "不一样" in screen.recovery.fields["again"].finding
    assert not gate.tried


def test_without_a_way_to_recover_none_is_offered(qtbot, operations, gate):
    screen = show(qtbot, UnlockScreen(operations, "", gate.enter))
    assert not screen.forgotten.isVisible()


def test_every_control_has_a_name(screen):
    assert unnamed_controls(screen) == []
    screen.forgotten.click()
    assert unnamed_controls(screen) == []
