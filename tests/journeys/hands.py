"""Two hands at the real window: one uses the mouse, the other nothing but keys.

Both see the window as a person does: fields by their label, buttons by their words.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QPushButton, QScrollArea
from ui.typing_in import type_in

from mediation_desktop.ui.widgets.form import Field
from mediation_desktop.ui.widgets.rows import RowButton

_MOST_TABS = 400


class Hands:
    """What both have in common: they look, wait for the worker, and read the banner."""

    def __init__(self, program, heart):
        self.program = program
        self.window = program.window
        self.heart = heart

    def settle(self):
        """Wait until the worker has nothing left to do and all is shown."""
        self.heart.begin()
        for _ in range(3):
            self.program.operations.drain()
            QApplication.processEvents()
        self.heart.beat()

    def says(self):
        """Return what the banner of this page says."""
        return self.window.current.banner.message

    def fill(self, label, text, nth=0):
        """Type a text into the nth field with this label, in place of what stands there."""
        self.heart.begin(f"{label}: typing")
        self._type(self._field(label, nth), text)

    def press(self, words):
        """Press the button with these words."""
        self.heart.begin(words)
        made = self._one(
            QPushButton, lambda each: each.text() == words and each.isEnabled(), f"button {words}"
        )
        self._push(made)
        self.settle()

    def open_row(self, words):
        """Open the row whose name holds these words."""
        self.heart.begin(f"row {words}")
        self._push(self._one(RowButton, lambda each: words in each.accessibleName(), f"row {words}"))
        self.settle()

    def _field(self, label, nth):
        found = [field for field in self._seen(Field) if field.label == label]
        assert len(found) > nth, f"no field {label} among {[field.label for field in self._seen(Field)]}"
        return found[nth].editor

    def _one(self, kind, fits, what):
        found = [each for each in self._seen(kind) if fits(each)]
        assert found, f"no {what}"
        return found[0]

    def _seen(self, kind):
        page = self.window.current
        root = self.window if self.window.covered or page is None else page
        return [each for each in root.findChildren(kind) if each.isVisible()]

    def _replace(self, editor, text):
        """Type into the field that has the focus."""
        target = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        assert target.hasFocus(), f"{editor.accessibleName()} does not have the focus"
        self._key(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._key(target, Qt.Key.Key_Delete)
        for at, line in enumerate(text.splitlines()):
            if at:
                self._key(target, Qt.Key.Key_Return)
            for character in line:
                self._give(lambda character=character: type_in(target, character))
        if isinstance(editor, QComboBox) and editor.completer().popup().isVisible():
            self._key(editor.completer().popup(), Qt.Key.Key_Escape)

    def _key(self, target, key, modifier=Qt.KeyboardModifier.NoModifier):
        self._give(lambda: QTest.keyClick(target, key, modifier))

    def _give(self, send):
        """Give one input and let the window answer it, as it does between two keys of the quickest typist."""
        self.heart.begin()
        send()
        QApplication.processEvents()
        self.heart.beat()

    def _focus(self):
        return QApplication.focusWidget() or self.window


class MouseHand(Hands):
    """Clicks, and types only what has to be typed."""

    def go(self, words):
        """Choose a place in the rail."""
        self.heart.begin(words)
        self._click(next(each for each in self.window.rail.findChildren(QPushButton) if words in each.text()))
        self.settle()

    def register(self):
        """Begin the first dispute of an office that has none."""
        self.go("工作台")
        self.press("登记第一件纠纷")

    def _type(self, editor, text):
        self._click(editor.lineEdit() if isinstance(editor, QComboBox) else editor)
        self._replace(editor, text)

    def _push(self, widget):
        self._click(widget)

    def _click(self, widget):
        _bring_into_view(widget)
        target = widget.viewport() if isinstance(widget, QPlainTextEdit) else widget
        middle = QPoint(target.width() // 2, target.height() // 2)
        self._give(lambda: QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=middle))


class KeyboardHand(Hands):
    """Never touches the mouse: Tab finds the way, Space presses, Enter moves on."""

    def go(self, words):
        """Choose a place by its key, Alt and its number."""
        places = [each.text() for each in self.window.rail.findChildren(QPushButton)]
        at = next(at for at, place in enumerate(places, start=1) if words in place)
        self.heart.begin(words)
        self._key(self._focus(), Qt.Key(Qt.Key.Key_0 + at), Qt.KeyboardModifier.AltModifier)
        self.settle()

    def register(self):
        """Begin a dispute."""
        self.heart.begin("Ctrl+N")
        self._key(self._focus(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def _type(self, editor, text):
        self._tab_to(editor)
        self._replace(editor, text)

    def _push(self, widget):
        self._tab_to(widget)
        self._key(widget, Qt.Key.Key_Space)

    def _tab_to(self, widget):
        wanted = {widget, widget.lineEdit()} if isinstance(widget, QComboBox) else {widget}
        for _ in range(_MOST_TABS):
            if self._focus() in wanted:
                return
            self._key(self._focus(), Qt.Key.Key_Tab)
        raise AssertionError(f"no way by Tab to {widget.accessibleName()}")


def _bring_into_view(widget):
    area = widget.parent()
    while area and not isinstance(area, QScrollArea):
        area = area.parent()
    if area:
        area.ensureWidgetVisible(widget)
        QApplication.processEvents()
