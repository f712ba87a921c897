"""Blocks that pages are laid out with: cards, headings, and lists that teach when they are empty."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mediation_desktop.ui.look import set_icon, theme


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label in one of the roles ``title heading strong label soft small``."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


class Card(QFrame):
    """A block with a heading; fill ``body``, put small buttons into ``tools``."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.heading = label(heading, "heading")
        self.tools = QHBoxLayout()
        self.body = QVBoxLayout()
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addLayout(self.tools)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(top)
        self._layout.addLayout(self.body, 1)
        self.heading.setVisible(bool(heading))
        if heading:
            self.setAccessibleName(heading)
        self._set_gaps()
        theme().changed.connect(self._set_gaps)

    def _set_gaps(self) -> None:
        edge = theme().space("m")
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._layout.setSpacing(theme().space("s"))
        self.body.setSpacing(theme().space("s"))


class SideBySide(QWidget):
    """Two parts beside each other where there is room, else the second below the first."""

    def __init__(
        self, main: QWidget, side: QWidget, *, parts: tuple[int, int] = (2, 1), least_ems: float = 50
    ) -> None:
        super().__init__()
        self._least_ems = least_ems
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(main, parts[0])
        self._layout.addWidget(side, parts[1])
        theme().changed.connect(self._arrange)

    @property
    def stacked(self) -> bool:
        """Whether the parts stand one below the other."""
        return self._layout.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Choose by the width there is."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._layout.setSpacing(theme().space("m"))
        narrow = self.width() < theme().ems(self._least_ems)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)


class EmptyState(QWidget):
    """What stands where a list has nothing: what belongs here, and the first step as a button."""

    def __init__(
        self,
        icon: str,
        title: str,
        teach: str,
        step: QPushButton | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        picture = QLabel()
        set_icon(picture, icon, "ink_soft", size="big_icon")
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.step = step
        self._title, self._teach = label(role="heading"), label(role="soft")
        column = QVBoxLayout(self)
        column.setSpacing(theme().space("s"))
        column.addStretch(1)
        column.addWidget(picture)
        for each in (self._title, self._teach):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(each)
        if step:
            column.addWidget(step, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.say(title, teach)

    def say(self, title: str, teach: str, step: str = "") -> None:
        """Teach something else; ``step`` are other words for the button, where there is one."""
        self._title.setText(title)
        self._teach.setText(teach)
        if self.step and step:
            self.step.setText(step)
            self.step.setAccessibleName(step)
        self.setAccessibleName(f"{title}{teach}")
