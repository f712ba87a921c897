"""Fields to type into.  Each gives a typed value, keeps what was typed as a draft, and reads it aloud.

Every editor has the shape of ``Editor``; a ``Form`` needs no more than that.
"""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from math import ceil
from typing import Any, Protocol

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from mediation_desktop.domain.dates import parse_date, printed
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.money import capitals, figures, parse_fen
from mediation_desktop.domain.times import (
    parse_moment,
    parse_time,
    printed_moment,
    printed_time,
    short_moment,
)
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.scrolling import bring_into_view

_WEEKDAYS = "一二三四五六日"
_MOST_LINES = 14
"""A longer text scrolls in its box."""


class Editor(Protocol):
    """What a form knows of a field.  ``value`` is ``None`` (or an empty text) when nothing is there."""

    @property
    def edited(self) -> Any:
        """A signal, emitted on every change the user makes, never on ``set_value`` or ``set_draft``."""
        ...

    @property
    def left(self) -> Any:
        """A signal, emitted when the user is done with the field."""
        ...

    def value(self) -> Any:
        """Return what the field says, as the record wants it."""
        ...

    def set_value(self, value: Any) -> None:
        """Show a value."""
        ...

    def draft(self) -> str:
        """Return the text as typed, finished or not."""
        ...

    def set_draft(self, text: str) -> None:
        """Put back a text as it was typed."""
        ...

    def fault(self) -> str:
        """Return what is wrong with the text and what to do, or an empty text."""
        ...

    def note(self) -> str:
        """Return how the text is understood (capitals of an amount, the weekday), or an empty text."""
        ...


class LineEdit(QLineEdit):
    """One line of text; its value has no blanks around it."""

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)  # a file that is dropped is meant for the page
        self.textEdited.connect(self.edited)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the user is done here; tidied text shows how it was understood."""
        super().focusOutEvent(event)
        self.tidy()
        self.left.emit()

    def tidy(self) -> None:
        """Write the text as it is understood."""

    def value(self) -> Any:
        """Return the text."""
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.setText(value or "")

    def draft(self) -> str:
        """Return the text as typed."""
        return self.text()

    def set_draft(self, text: str) -> None:
        """Put back a text."""
        self.setText(text)

    def fault(self) -> str:
        """Return an empty text: any line is right."""
        return ""

    def note(self) -> str:
        """Return an empty text: there is nothing to explain."""
        return ""


class ReadEdit(LineEdit):
    """A line that is read into a value and, when left, written back as it was understood."""

    def read(self, text: str) -> Any:
        """Return the value of a non-empty text.

        Raises:
            UserError: it cannot be read.
        """
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Return a value as it is shown."""
        raise NotImplementedError

    def explain(self, value: Any) -> str:  # noqa: ARG002 - most values explain themselves
        """Return what helps to see that the value is the one meant."""
        return ""

    def value(self) -> Any:
        """Return the value, or ``None`` when there is none or it cannot be read."""
        return self._try()[0]

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.setText("" if value is None else self.write(value))

    def fault(self) -> str:
        """Return why the text cannot be read."""
        return self._try()[1]

    def note(self) -> str:
        """Return how the text is understood."""
        value = self.value()
        return "" if value is None else self.explain(value)

    def tidy(self) -> None:
        """Write the text as it is understood; what cannot be read stays as typed."""
        value = self.value()
        if value is not None:
            self.setText(self.write(value))

    def _try(self) -> tuple[Any, str]:
        text = self.text().strip()
        if not text:
            return None, ""
        try:
            return self.read(text), ""
        except UserError as error:
            return None, str(error)


class DateEdit(ReadEdit):
    """A day, typed as people write it (6.18, 昨天); ``today`` gives the year that was left out."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText("如 6.18、昨天、2026-6-18")

    def read(self, text: str) -> date:
        """Return the day."""
        return parse_date(text, self._today())

    def write(self, value: date) -> str:
        """Return the day as papers print it."""
        return printed(value)

    def explain(self, value: date) -> str:
        """Return the weekday, with the day as it is understood while it is still written otherwise."""
        weekday = f"星期{_WEEKDAYS[value.weekday()]}"
        return weekday if self.text() == printed(value) else f"{printed(value)}，{weekday}"


class TimeEdit(ReadEdit):
    """A time of day, typed as people write it (9:30, 下午3点)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("如 9:30、下午3点")

    def read(self, text: str) -> time:
        """Return the time."""
        return parse_time(text)

    def write(self, value: time) -> str:
        """Return the time as 09:30."""
        return printed_time(value)


class MomentEdit(ReadEdit):
    """A day and a time in one line, typed as people write them (9:30, 昨天下午3点, 6.18 9:30)."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText("如 9:30、昨天下午3点、6.18 9:30")

    def read(self, text: str) -> datetime:
        """Return the moment."""
        return parse_moment(text, self._today())

    def write(self, value: datetime) -> str:
        """Return the moment, without the year where it is this year."""
        return short_moment(value, self._today())

    def explain(self, value: datetime) -> str:
        """Return the weekday, with the moment as it is understood while it is still written otherwise."""
        weekday = f"星期{_WEEKDAYS[value.weekday()]}"
        return weekday if self.text() == self.write(value) else f"{printed_moment(value)}，{weekday}"


class MoneyEdit(ReadEdit):
    """An amount typed in yuan; its value is in fen, and the capitals stand below while typing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("元，如 1200.50")

    def read(self, text: str) -> int:
        """Return the amount in fen."""
        return parse_fen(text)

    def write(self, value: int) -> str:
        """Return the amount in yuan with separators."""
        return figures(value)

    def explain(self, value: int) -> str:
        """Return the amount in capitals."""
        return f"大写：{capitals(value)}"


class NumberEdit(ReadEdit):
    """A whole number, such as people involved or pages, within limits that the fault names."""

    def __init__(self, least: int = 0, most: int = 1_000_000, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most

    def read(self, text: str) -> int:
        """Return the number."""
        typed = unicodedata.normalize("NFKC", text)
        if not (typed.isascii() and typed.isdigit() and self._least <= int(typed) <= self._most):
            raise UserError("数字没有读懂。", f"请填写 {self._least} 到 {self._most} 之间的整数。")
        return int(typed)

    def write(self, value: int) -> str:
        """Return the number."""
        return str(value)


class TextEdit(QPlainTextEdit):
    """Several lines of text, as high as the text but never lower than ``lines``.

    Tab moves on, it is never part of a text; so does Ctrl+Enter.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, lines: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._silent = False
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # as a line's
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._shown_lines = lines
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._follow_text)
        theme().changed.connect(self.updateGeometry)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the user is done here."""
        super().focusOutEvent(event)
        self.left.emit()

    def value(self) -> str:
        """Return the text."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.set_draft(value or "")

    def draft(self) -> str:
        """Return the text as typed."""
        return self.toPlainText()

    def set_draft(self, text: str) -> None:
        """Put back a text."""
        self._silent = True
        self.setPlainText(text)
        self._silent = False

    def fault(self) -> str:
        """Return an empty text: any text is right."""
        return ""

    def note(self) -> str:
        """Return an empty text: there is nothing to explain."""
        return ""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer the height of the text."""
        return QSize(super().sizeHint().width(), self._wanted_height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no more: Qt's own least height is that of four lines."""
        return QSize(super().minimumSizeHint().width(), self._wanted_height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the lines anew: in another width a text may have more of them."""
        super().resizeEvent(event)
        self._follow_text()

    def _changed(self) -> None:
        if not self._silent:
            self.edited.emit()

    def _wanted_height(self) -> int:
        edges = self.contentsMargins()
        text = self._shown_lines * ceil(QFontMetricsF(self.font()).lineSpacing())
        around = 2 * round(self.document().documentMargin()) + 1  # a text that just fits gets a scroll bar
        return text + around + edges.top() + edges.bottom()

    def _follow_text(self) -> None:
        """Have as many lines as are written; a plain text's document counts its height in lines."""
        lines = min(max(self._lines, round(self.document().size().height())), max(self._lines, _MOST_LINES))
        if lines != self._shown_lines:
            self._shown_lines = lines
            self.updateGeometry()
            if self.hasFocus():
                QTimer.singleShot(0, self, self._keep_in_view)

    def _keep_in_view(self) -> None:
        """Scroll the page where the line being written has grown out of sight."""
        bring_into_view(self.viewport(), self.cursorRect().bottomLeft())


class Tick(QCheckBox):
    """Yes or no."""

    edited = Signal()
    left = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.clicked.connect(lambda _checked: self.edited.emit())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the user is done here."""
        super().focusOutEvent(event)
        self.left.emit()

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:  # noqa: FBT001 - the one value it has
        """Tick or clear."""
        self.setChecked(bool(value))

    def draft(self) -> str:
        """Return ``1`` or an empty text."""
        return "1" if self.isChecked() else ""

    def set_draft(self, text: str) -> None:
        """Put back a draft."""
        self.setChecked(bool(text))

    def fault(self) -> str:
        """Return an empty text."""
        return ""

    def note(self) -> str:
        """Return an empty text."""
        return ""
