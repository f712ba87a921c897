"""Choosing from a code table: open the list, or type part of the name or its pinyin initials."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QWidget

_SEARCHED = Qt.ItemDataRole.UserRole + 1
_FEW = 6
"""So many are chosen from at a glance."""


class Option(Struct, frozen=True):
    """One entry: its code in records, its name on the screen, and further words it is found by."""

    code: str
    name: str
    also: str = ""


class Choice(QComboBox):
    """One of a list; its value is the code, ``None`` when nothing is chosen.

    ``entered`` says that Enter took what the list of matches offered: the user wants to move on.
    """

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, options: Sequence[Option] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        self._line = QLineEdit()
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(12)
        self.setLineEdit(self._line)
        self._line.textEdited.connect(self.edited)
        self._line.editingFinished.connect(self._settle)
        self._line.returnPressed.connect(self.entered, Qt.ConnectionType.QueuedConnection)
        self.activated.connect(self._take)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer another list; what was chosen stays chosen if it is still there."""
        code = self.value()
        self._offer(tuple(options))
        self.set_value(code)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name both the box and the line inside it, which holds the focus."""
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Describe both the box and the line inside it."""
        super().setAccessibleDescription(text)
        self._line.setAccessibleDescription(text)

    def value(self) -> str | None:
        """Return the code of what is written in the box."""
        return self._code_of(self.currentText())

    def set_value(self, value: str | None) -> None:
        """Choose by code; a kept code that is no longer on the list stays chosen, under its own name."""
        if value and self.findData(value) < 0:
            self._offer((*self._options, Option(value, value)))
        self.setCurrentIndex(self.findData(value) if value else -1)
        if not value:
            self.clearEditText()

    def draft(self) -> str:
        """Return the text as typed."""
        return self.currentText()

    def set_draft(self, text: str) -> None:
        """Put back a text."""
        self.setCurrentIndex(self.findText(text, Qt.MatchFlag.MatchExactly))
        self.setEditText(text)

    def fault(self) -> str:
        """Return what to do when the text is none of the list."""
        typed = self.currentText().strip()
        if not typed or self.value() is not None:
            return ""
        if self._matching(typed):
            return f"有几项都含“{typed}”，请从列表中选一项。"
        return "列表里没有这一项。请从列表中选择。"

    def note(self) -> str:
        """Return an empty text: the name explains itself."""
        return ""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page: scrolling past must not change a choice."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Complete what was typed and say that the user is done here."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finder.found.hide()
            self._settle()
            self.left.emit()

    def _offer(self, options: tuple[Option, ...]) -> None:
        self._options = options
        many = len(options) > _FEW
        self._line.setPlaceholderText("请选择，可输入几个字查找" if many else "请选择")
        self.clear()
        for option in options:
            self.addItem(option.name, option.code)
        self._finder = _Finder(options, self)
        self.setCompleter(self._finder)

    def _code_of(self, text: str) -> str | None:
        wanted = text.strip()
        return next((option.code for option in self._options if option.name == wanted), None)

    def _settle(self) -> None:
        """Complete a beginning that only one entry has, else a part that only one has."""
        typed = self.currentText().strip()
        if not typed or self._code_of(typed) is not None:
            return
        beginning = [option for option in self._options if option.name.startswith(typed)]
        found = beginning if len(beginning) == 1 else self._matching(typed)
        if len(found) == 1:
            self._take(self._options.index(found[0]))

    def _matching(self, typed: str) -> list[Option]:
        return [option for option in self._options if typed.lower() in f"{option.name} {option.also}".lower()]

    def _take(self, at: int) -> None:
        self.setCurrentIndex(at)
        self.setEditText(self.itemText(at))
        self.edited.emit()


class _Finder(QCompleter):
    """Finds an entry by any part of its name, code or further words, and writes its name."""

    def __init__(self, options: Sequence[Option], parent: Choice) -> None:
        super().__init__(parent)
        model = QStandardItemModel(self)
        for option in options:
            item = QStandardItem(option.name)
            item.setData(f"{option.name} {option.also} {option.code}", _SEARCHED)
            model.appendRow(item)
        self.setModel(model)
        self.setCompletionRole(_SEARCHED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.found = QListView()
        self.found.setObjectName("choices")
        self.found.setAccessibleName("查到的选项")
        self.setPopup(self.found)
        self.activated.connect(lambda _text: parent.edited.emit())

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802 - Qt's name
        """Return the name for an entry found by other words."""
        return index.data(Qt.ItemDataRole.DisplayRole)
