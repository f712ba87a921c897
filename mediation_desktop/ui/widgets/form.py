"""Forms: labelled fields whose faults stand beside them, Enter that moves on, and drafts."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from mediation_desktop.domain.checks import Finding, Weight
from mediation_desktop.ui.look import Tone, set_icon, theme
from mediation_desktop.ui.widgets.buttons import restyle
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import Editor
from mediation_desktop.ui.widgets.scrolling import bring_into_view

_WORDS: dict[Weight, tuple[Tone, str]] = {
    Weight.FAULT: ("error", "须改正"),
    Weight.WARNING: ("warning", "请核对"),
    Weight.NOTE: ("info", "提示"),
}
_COLUMN_EMS = 15
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Field(QWidget):
    """A label, its editor, and below it a finding, else how the text is understood, else a hint."""

    def __init__(self, label: str, editor: QWidget, *, required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.label = label
        self.required = required
        self._widget = editor
        self._hint = hint
        self._finding: tuple[Weight, str] | None = None
        self._caption = QLabel(f"{label}（必填）" if required else label)
        self._caption.setProperty("role", "label")
        self._caption.setBuddy(editor)
        self._icon = QLabel()
        self._below = QLabel()
        self._below.setProperty("role", "small")
        self._below.setWordWrap(True)
        editor.setAccessibleName(label)
        self.editor.edited.connect(self._show_below)
        self.editor.left.connect(self.check)
        self._lay_out()
        self._show_below()

    @property
    def editor(self) -> Editor:
        """The editor as a form sees it."""
        return cast("Editor", self._widget)

    @property
    def stops(self) -> bool:
        """Whether there is anything to do here: Enter passes over a field that only tells."""
        return (self._widget.focusProxy() or self._widget).focusPolicy() != Qt.FocusPolicy.NoFocus

    @property
    def finding(self) -> str:
        """The finding shown, with its word; empty when there is none."""
        return f"{_WORDS[self._finding[0]][1]}：{self._finding[1]}" if self._finding else ""

    def show_finding(self, weight: Weight | None, text: str = "") -> None:
        """Show a finding beside the field, or take it away."""
        self._finding = (weight, text) if weight else None
        self._show_below()

    def check(self, *, complete: bool = False) -> bool:
        """Show the editor's own fault, with ``complete`` a missing value too; return whether it is right.

        A value once told to be missing stays told until it is there.
        """
        missing = f"还没有填写{self.label}。"
        asked = complete or self._finding == (Weight.FAULT, missing)
        fault = self.editor.fault()
        if not fault and asked and self.required and self.editor.value() in (None, ""):
            fault = missing
        self.show_finding(Weight.FAULT if fault else None, fault)
        return not fault

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Bring the field into view and put the focus there."""
        bring_into_view(self)
        self._widget.setFocus(reason)

    def _show_below(self) -> None:
        tone: Tone | None = None
        text = self.editor.note() or self._hint
        if self._finding:
            tone, text = _WORDS[self._finding[0]][0], self.finding
            set_icon(self._icon, tone, f"on_{tone}", size="small_icon")
        self._icon.setVisible(self._finding is not None)
        self._below.setText(text)
        self._below.setVisible(bool(text))
        self._widget.setAccessibleDescription(text)
        if (tone or "") != (self._below.property("tone") or ""):
            restyle(self._below, tone or "")
            restyle(self._widget, tone or "")

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(theme().space("xs"))
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space("xs"))
        column.addWidget(self._caption)
        column.addWidget(self._widget)
        column.addLayout(below)
        column.addStretch(1)


class Form(QWidget):
    """Fields by name, in as many columns of at least ``column_ems`` characters as there is room for.

    Signals: ``edited`` on every change by the user (for a ``DraftKeeper``); ``completed`` when Enter is
    pressed in the last field.
    """

    edited = Signal()
    completed = Signal()

    def __init__(
        self, columns: int = 2, parent: QWidget | None = None, *, column_ems: float = _COLUMN_EMS
    ) -> None:
        super().__init__(parent)
        self._most_columns = columns
        self._column_ems = column_ems
        self._wide: set[str] = set()
        self._rest: set[str] = set()
        self._unshown: set[str] = set()
        self._placed: dict[str, tuple[int, int, int]] = {}
        self.fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme().changed.connect(self._arrange)

    def add(
        self,
        key: str,
        label: str,
        editor: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        wide: bool = False,
        rest: bool = False,
    ) -> Field:
        """Add a field; ``key`` is the record's field name.

        ``wide`` gives it the whole width, ``rest`` what is left of the row of the field before it.
        """
        field = Field(label, editor, required=required, hint=hint)
        self.fields[key] = field
        if wide:
            self._wide.add(key)
        if rest:
            self._rest.add(key)
        field.editor.edited.connect(self.edited)
        editor.installEventFilter(self)
        if isinstance(editor, Choice):
            editor.entered.connect(lambda: self._move_on(editor))
        self._arrange()
        return field

    def set_shown(self, keys: Iterable[str], *, shown: bool) -> None:
        """Show fields only where they apply; a field that is not shown keeps its text."""
        before = set(self._unshown)
        self._unshown = before - set(keys) if shown else before | set(keys)
        if self._unshown != before:
            self._arrange()

    def values(self) -> dict[str, Any]:
        """Return every field's value."""
        return {key: field.editor.value() for key, field in self.fields.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values; fields not named stay as they are."""
        for key in values.keys() & self.fields.keys():
            self._put(self.fields[key], lambda editor, key=key: editor.set_value(values[key]))

    def draft(self) -> dict[str, str]:
        """Return every field as typed."""
        return {key: field.editor.draft() for key, field in self.fields.items()}

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put typed texts back."""
        for key in draft.keys() & self.fields.keys():
            self._put(self.fields[key], lambda editor, key=key: editor.set_draft(draft[key]))

    def clear(self) -> None:
        """Empty every field."""
        self.set_draft(dict.fromkeys(self.fields, ""))

    def ready(self) -> bool:
        """Show what is wrong or missing, jump to the first such field; return whether all is right."""
        wrong = [field for field in self._shown().values() if not field.check(complete=True)]
        if wrong:
            wrong[0].take_focus()
        return not wrong

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show findings beside the fields they name; the others lose theirs."""
        for field in self.fields.values():
            field.show_finding(None)
        for finding in findings:
            if finding.field in self.fields:
                self.fields[finding.field].show_finding(finding.weight, finding.text)

    def ask(self, key: str, text: str) -> None:
        """Say beside a field what is still wanted there, and put the focus into it."""
        self.fields[key].show_finding(Weight.FAULT, text)
        self.fields[key].take_focus()

    def begin(self) -> bool:
        """Put the focus into the first field, ready to be overwritten; return whether there is one."""
        for field in self._shown().values():
            field.take_focus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def jump(self, key: str) -> bool:
        """Put the focus into the field ``key``; return whether there is one."""
        if key not in self.fields:
            return False
        self.fields[key].take_focus()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let Enter move on (Ctrl+Enter in texts of several lines)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            several_lines = isinstance(watched, QPlainTextEdit)
            with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if several_lines == with_ctrl:
                self._move_on(cast("QWidget", watched))
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Use as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _shown(self) -> dict[str, Field]:
        return {key: field for key, field in self.fields.items() if key not in self._unshown}

    def _put(self, field: Field, change: Any) -> None:
        change(field.editor)
        field.show_finding(None)

    def _move_on(self, editor: QWidget) -> None:
        fields = list(self._shown().values())
        at = next(at for at, field in enumerate(fields) if field.editor is editor)
        after = [field for field in fields[at + 1 :] if field.stops]
        if after:
            after[0].take_focus(Qt.FocusReason.TabFocusReason)
        else:
            self.completed.emit()

    def _arrange(self) -> None:
        self._grid.setHorizontalSpacing(theme().space("l"))
        self._grid.setVerticalSpacing(theme().space("m"))
        columns = max(1, min(self._most_columns, self.width() // theme().ems(self._column_ems)))
        for at in range(self._most_columns):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        for key in self._unshown:
            if self._placed.pop(key, None):
                self._grid.removeWidget(self.fields[key])
            self.fields[key].hide()
        row = column = 0
        for key, field in self._shown().items():
            if key in self._wide and column:
                row, column = row + 1, 0
            span = columns if key in self._wide else columns - column if key in self._rest else 1
            self._place(key, (row, column, span))
            if field.isHidden():
                field.show()
            column += span
            if column >= columns:
                row, column = row + 1, 0

    def _place(self, key: str, place: tuple[int, int, int]) -> None:
        """Put a field into its cells of the grid, unless it is there already: laying out anew takes long."""
        if self._placed.get(key) != place:
            row, column, span = self._placed[key] = place
            self._grid.addWidget(self.fields[key], row, column, 1, span)
