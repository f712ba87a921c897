"""Forms that belong together: repeated ones, and a whole sheet that is drafted and checked as one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button, icon_button
from mediation_desktop.ui.widgets.form import Form

_COUNT = "count"


class Part(Protocol):
    """What a sheet knows of its parts; ``Form``, ``Repeat`` and ``Sheet`` are such."""

    @property
    def edited(self) -> Any:
        """A signal, emitted on every change by the user."""
        ...

    def draft(self) -> dict[str, str]:
        """Return every field as typed."""
        ...

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put typed texts back."""
        ...

    def clear(self) -> None:
        """Empty every field."""
        ...

    def ready(self) -> bool:
        """Show what is wrong, jump to the first such field; return whether all is right."""
        ...

    def jump(self, key: str) -> bool:
        """Put the focus into a field; return whether there is one."""
        ...

    @property
    def completed(self) -> Any:
        """A signal, emitted when Enter is pressed in the last field."""
        ...

    def begin(self) -> bool:
        """Put the focus where filling in begins; return whether there is such a place."""
        ...


class Repeat(QWidget):
    """Any number of forms of one kind, each with a heading, and buttons to add and remove one.

    Args:
        make: makes one more form.
        noun: what one of them is.
        least: there are never fewer.
        compact: no headings, and the button to remove one beside it.
        more_likely: Enter in the last field goes to the button that adds one, not past it.
        sortable: each has buttons to move it up and down; so do Alt+↑ and Alt+↓.
    """

    edited = Signal()
    completed = Signal()

    def __init__(
        self,
        make: Callable[[], Form],
        *,
        noun: str,
        least: int = 0,
        compact: bool = False,
        more_likely: bool = True,
        sortable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._noun = noun
        self._least = least
        self._compact = compact
        self._more_likely = more_likely
        self._sortable = sortable
        self.forms: list[Form] = []
        self._blocks: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().space("m" if compact else "l"))
        self._add = button(f"增加{noun}", self._add_by_hand, icon="add")
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        self._column.addLayout(row)
        self.set_count(least)

    def add(self) -> Form:
        """Add one more form and return it."""
        form = self._make()
        self.forms.append(form)
        form.edited.connect(self.edited)
        form.completed.connect(lambda: self._go_on(form))
        block = self._block(form)
        self._blocks.append(block)
        self._column.insertWidget(len(self.forms) - 1, block)
        self._renumber()
        self._order()
        return form

    def remove(self, form: Form) -> None:
        """Take one form away."""
        at = self.forms.index(form)
        self.forms.pop(at)
        block = self._blocks.pop(at)
        self._column.removeWidget(block)
        block.hide()
        block.deleteLater()
        self._renumber()

    def shift(self, form: Form, by: int) -> None:
        """Move one form up (-1) or down (1) among the others, as far as there is room; the focus stays."""
        at = self.forms.index(form)
        to = max(0, min(len(self.forms) - 1, at + by))
        if to == at:
            return
        focused = QApplication.focusWidget()
        self.forms.insert(to, self.forms.pop(at))
        self._blocks.insert(to, self._blocks.pop(at))
        self._column.removeWidget(self._blocks[to])
        self._column.insertWidget(to, self._blocks[to])
        self._renumber()
        self._order()
        self.edited.emit()
        if focused:
            focused.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Alt+↑ and Alt+↓ in a form for moving it."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        focused = QApplication.focusWidget()
        inside = [form for form in self.forms if focused and form.isAncestorOf(focused)]
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self._sortable and by and alt and inside:
            self.shift(inside[0], by)
        else:
            super().keyPressEvent(event)

    def set_count(self, count: int) -> None:
        """Have exactly so many forms, never fewer than the least."""
        count = max(count, self._least)
        while len(self.forms) < count:
            self.add()
        while len(self.forms) > count:
            self.remove(self.forms[-1])

    def set_values(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show one form per row of values."""
        self.set_count(len(rows))
        for form, values in zip(self.forms, rows, strict=False):
            form.set_values(values)

    def draft(self) -> dict[str, str]:
        """Return every field as typed, by number and name."""
        texts = {
            f"{at}.{key}": text for at, form in enumerate(self.forms) for key, text in form.draft().items()
        }
        return {_COUNT: str(len(self.forms))} | texts

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put typed texts back."""
        self.set_count(int(draft.get(_COUNT, "0")))
        for at, form in enumerate(self.forms):
            form.set_draft(_below(draft, str(at)))

    def clear(self) -> None:
        """Have the least number of forms, all empty."""
        self.set_count(self._least)
        for form in self.forms:
            form.clear()

    def ready(self) -> bool:
        """Check every form; jump to the first wrong field."""
        results = [form.ready() for form in reversed(self.forms)]
        return all(results)

    def jump(self, key: str) -> bool:
        """Put the focus into the field ``number.name``."""
        at, _, name = key.partition(".")
        return at.isdecimal() and int(at) < len(self.forms) and self.forms[int(at)].jump(name)

    def begin(self) -> bool:
        """Put the focus into the first form, or on the button that adds one."""
        if not (self.forms and self.forms[0].begin()):
            self._add.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _go_on(self, form: Form) -> None:
        after = self.forms[self.forms.index(form) + 1 :]
        if after:
            after[0].begin()
        elif self._more_likely:
            self._add.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.completed.emit()

    def _add_by_hand(self) -> None:
        form = self.add()
        self.edited.emit()
        form.begin()

    def _remove_by_hand(self, form: Form) -> None:
        self.remove(form)
        self.edited.emit()
        self._add.setFocus()

    def _block(self, form: Form) -> QWidget:
        block = QWidget()
        take_out = button("移除", lambda: self._remove_by_hand(form), kind="quiet", icon="delete")
        take_out.setObjectName("repeatRemove")
        if self._compact:
            row = QHBoxLayout(block)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(form, 1)
            for mover in self._movers(form):
                row.addWidget(mover, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(take_out, 0, Qt.AlignmentFlag.AlignTop)
        else:
            heading = label("", "strong")
            heading.setObjectName("repeatHeading")
            top = QHBoxLayout()
            top.addWidget(heading, 1)
            top.addWidget(take_out)
            column = QVBoxLayout(block)
            column.setContentsMargins(0, 0, 0, 0)
            column.addLayout(top)
            column.addWidget(form)
        return block

    def _movers(self, form: Form) -> list[QPushButton]:
        """Return the buttons that move a form, out of the way of Tab: Alt with an arrow does the same."""
        if not self._sortable:
            return []
        up = icon_button("up", "上移", lambda: self.shift(form, -1))
        down = icon_button("down", "下移", lambda: self.shift(form, 1))
        for mover in (up, down):
            mover.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return [up, down]

    def _order(self) -> None:
        """Have Tab go through each form, then to its button 移除, and to 增加 at the end."""
        parts = [
            part
            for form, block in zip(self.forms, self._blocks, strict=True)
            for part in (form, _remover(block))
        ]
        put_in_tab_order(*parts, self._add)

    def _renumber(self) -> None:
        for at, block in enumerate(self._blocks, start=1):
            name = f"{self._noun}{at}"
            block.setAccessibleName(name)
            heading = cast("QLabel | None", block.findChild(QLabel, "repeatHeading"))
            if heading:
                heading.setText(name)
            take_out = _remover(block)
            take_out.setAccessibleName(f"移除{name}")
            take_out.setVisible(len(self.forms) > self._least)


class Sheet(QWidget):
    """Named parts below each other, drafted and checked as one; with ``cards`` each part is framed."""

    edited = Signal()
    completed = Signal()

    def __init__(self, *, cards: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self._parts: dict[str, Part] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().space("m"))

    def add(self, key: str, part: Part, heading: str = "") -> None:
        """Add a part below the others."""
        self._parts[key] = part
        where = self._column
        if self._cards:
            card = Card(heading)
            self._column.addWidget(card)
            where = card.body
        elif heading:
            self._column.addWidget(label(heading, "heading"))
        where.addWidget(cast("QWidget", part))
        part.edited.connect(self.edited)
        part.completed.connect(lambda: self._go_on(key))

    def say(self, text: str) -> None:
        """Add a sentence below the parts so far."""
        self._column.addWidget(label(text, "strong"))

    def draft(self) -> dict[str, str]:
        """Return every field as typed, by part and name."""
        return {
            f"{name}.{key}": text for name, part in self._parts.items() for key, text in part.draft().items()
        }

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put typed texts back."""
        for name, part in self._parts.items():
            part.set_draft(_below(draft, name))

    def clear(self) -> None:
        """Empty every part."""
        for part in self._parts.values():
            part.clear()

    def ready(self) -> bool:
        """Check every part; the first wrong field has the focus."""
        results = [part.ready() for part in reversed(self._parts.values())]
        return all(results)

    def jump(self, key: str) -> bool:
        """Put the focus into the field ``part.name``."""
        name, _, rest = key.partition(".")
        return name in self._parts and self._parts[name].jump(rest)

    def begin(self) -> bool:
        """Put the focus where filling in begins."""
        return any(part.begin() for part in self._parts.values())

    def _go_on(self, key: str) -> None:
        """Go from the end of one part to the beginning of the next."""
        names = list(self._parts)
        after = names[names.index(key) + 1 :]
        if not any(self._parts[name].begin() for name in after):
            self.completed.emit()


def _remover(block: QWidget) -> QPushButton:
    return cast("QPushButton", block.findChild(QPushButton, "repeatRemove"))


def put_in_tab_order(*parts: QWidget) -> None:
    """Have Tab go from the last control of each part to the first of the next, whenever they were made."""
    for one, other in pairwise(control for stops in _stops(parts) for control in stops):
        if one.nextInFocusChain() is not other:
            QWidget.setTabOrder(one, other)


def _stops(parts: Sequence[QWidget]) -> Iterator[list[QWidget]]:
    """Yield what Tab stops at in each part, in its present order: round the whole window once."""
    passed: list[list[QWidget]] = [[] for _ in parts]
    begun: list[int] = [0 for _ in parts]
    start = at = parts[0]
    while True:
        for each, part in enumerate(parts):
            if at is part:
                begun[each] = len(passed[each])
            if at is part or part.isAncestorOf(at):
                if at.focusPolicy() & Qt.FocusPolicy.TabFocus and not at.focusProxy():
                    passed[each].append(at)
                break
        at = cast("QWidget", at.nextInFocusChain())
        if at is start:
            break
    for found, first in zip(passed, begun, strict=True):
        yield found[first:] + found[:first]


def _below(draft: Mapping[str, str], name: str) -> dict[str, str]:
    start = f"{name}."
    return {key.removeprefix(start): text for key, text in draft.items() if key.startswith(start)}
