"""What every screen before the desk is: a title, a banner, and a column in the middle of the window."""

from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.operations import ExpectedError, Operation, Operations
from mediation_desktop.ui.shell import Banner
from mediation_desktop.ui.widgets.blocks import label

T = TypeVar("T")


class EntryScreen(QWidget):
    """Covers the whole window.  Subclasses fill ``body`` and call ``work`` for anything slow."""

    def __init__(self, operations: Operations, title: str, lead: str, *, width_ems: float) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._operations = operations
        self._width_ems = width_ems
        self.title = label(title, "title")
        self.lead = label(lead, "soft")
        self.banner = Banner(self)
        self.body = QVBoxLayout()
        self._column = QWidget()
        self._column.setObjectName("pageBody")
        self._lay_out()
        theme().changed.connect(self._set_gaps)

    def work(
        self,
        run: Callable[[], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[ExpectedError], None] | None = None,
    ) -> None:
        """Run something in the worker; meanwhile nothing can be pressed.

        A failure goes to the banner unless ``on_failure`` takes it.
        """
        focus = QApplication.focusWidget()
        self.banner.clear()
        self._column.setEnabled(False)

        def then(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            def end(outcome: object) -> None:
                self._column.setEnabled(True)
                if focus and shiboken6.isValid(focus) and self.isAncestorOf(focus):
                    focus.setFocus(Qt.FocusReason.OtherFocusReason)
                tell(outcome)

            return end

        self._operations.submit(
            Operation(
                lambda _progress: run(),
                owner=self,
                on_success=then(on_success),
                on_failure=then(on_failure or self.banner.problem),
            )
        )

    def _lay_out(self) -> None:
        self._inside = QVBoxLayout(self._column)
        for part in (self.title, self.lead, self.banner):
            self._inside.addWidget(part)
        self._inside.addLayout(self.body)
        self._inside.addStretch(1)
        middle = QWidget()
        middle.setObjectName("pageBody")
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._column, 8)
        row.addStretch(1)
        area = QScrollArea()
        area.setObjectName("pageScroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._set_gaps()

    def _set_gaps(self) -> None:
        edge = theme().space("xl")
        self._inside.setContentsMargins(edge, edge, edge, edge)
        self._inside.setSpacing(theme().space("m"))
        self.body.setSpacing(theme().space("m"))
        self._column.setMaximumWidth(theme().ems(self._width_ems))


class OneOf(QWidget):
    """Shows one of several parts, and is only as high as that one."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._parts: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.at = 0
        for part in parts:
            self.add(part)

    def add(self, part: QWidget) -> None:
        """Add a part, hidden."""
        part.hide()
        self._parts.append(part)
        self._layout.addWidget(part)

    def show_only(self, at: int) -> QWidget:
        """Show the part at a position and return it."""
        self.at = at
        for part in self._parts:
            part.setVisible(part is self._parts[at])
        return self._parts[at]
