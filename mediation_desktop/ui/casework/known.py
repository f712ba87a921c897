"""人员库 in a party's form: who this may be, who it is, and what other disputes that person has."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.people import Likeness, Match
from mediation_desktop.services.desk import Desk
from mediation_desktop.services.people import Activity, PersonLine, Taken, line_of
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.words import STATE_WORDS
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.rows import RowButton

T = TypeVar("T")
_MOST = 3
LIKENESS_WORDS = {
    Likeness.NUMBER: "证件号码相同",
    Likeness.NAME_AND_VILLAGE: "同名同村",
    Likeness.NAME: "同名",
}


class Ask(Protocol):
    """How a part of a page reads from the office without holding up the window."""

    def __call__(self, owner: QWidget, read: Callable[[Desk], T], answer: Callable[[T], None], /) -> object:
        """Run ``read`` in the worker and hand on what it returns, unless ``owner`` is gone by then."""
        ...


def told(line: PersonLine) -> str:
    """Return an entry in one line, numbers masked."""
    other = f"（{line.other_names}）" if line.other_names else ""
    parts = (line.name + other, line.address or line.village, line.number, line.phone)
    return "　".join(part for part in parts if part)


class KnownEdit(QWidget):
    """The link from a party to its entry in the register; its value is the entry's id or ``None``.

    Signals: ``chosen(id)`` when 就是他/她 is pressed; ``dispute_wanted(id)``; ``turned`` when there is
    something to say, or nothing any more; ``decided`` when it is another person.
    """

    edited = Signal()
    left = Signal()
    chosen = Signal(object)
    decided = Signal()
    dispute_wanted = Signal(object)
    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._value: UUID | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().space("xs"))
        self._inside: QWidget | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is a question to answer or somebody to show."""
        return self._inside is not None

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Ask whether the party is one of these."""
        rows = [self._match_row(match) for match in matches[:_MOST]]
        if rows:
            no = button("另一个人", self._decide, hint="人员库里另立一条，不与上面的混在一起")
            if len(matches) > _MOST:
                rows.append(label(f"同名的还有 {len(matches) - _MOST} 人，可填身份证号再找。", "small"))
            rows.append(_in_row(no))
            self._build([label("人员库里可能已经有这个人：", "small"), *rows], stop=no)
        else:
            self._build([])

    def show_taken(self, taken: Taken) -> None:
        """Show who was chosen, with the other disputes of that person."""
        self._value = taken.person.id
        words = label(f"取自人员库：{told(line_of(taken.person))}", "small")
        no = button("不是这个人", self.let_go, kind="quiet", hint="与人员库的这一条分开，填写的内容不变")
        count = len({one.dispute_id for one in taken.disputes})
        disputes = [label(f"此人另有 {count} 件纠纷，点开查看：", "small")] if count else []
        self._build(
            [_in_row(words, no), *disputes, *(self._dispute_row(one) for one in taken.disputes)], stop=None
        )

    def let_go(self) -> None:
        """Part from the entry; what is typed stays."""
        self._value = None
        self._build([])
        self.edited.emit()

    def value(self) -> UUID | None:
        """Return the entry's id."""
        return self._value

    def set_value(self, value: UUID | None) -> None:
        """Link to an entry, or to none; who it is, ``show_taken`` says."""
        self._value = value
        if value is None:
            self._build([])

    def draft(self) -> str:
        """Return the id as text."""
        return str(self._value) if self._value else ""

    def set_draft(self, text: str) -> None:
        """Put back an id."""
        self.set_value(UUID(text) if text else None)

    def fault(self) -> str:
        """Return an empty text: nobody has to be in the register."""
        return ""

    def note(self) -> str:
        """Return an empty text."""
        return ""

    def _decide(self) -> None:
        self.decided.emit()
        self._build([])

    def _match_row(self, match: Match) -> QWidget:
        line = line_of(match.person)
        yes = button("就是他/她", lambda: self.chosen.emit(match.person.id), icon="person")
        yes.setAccessibleName(f"就是{told(line)}")
        return _in_row(label(told(line), "small"), Chip(LIKENESS_WORDS[match.likeness], "info"), yes)

    def _dispute_row(self, one: Activity) -> QWidget:
        doubt = "" if one.sure else "（同名，请核对）"
        words = f"{one.number}　{one.title}　{one.type_name}　{one.role}{doubt}"
        state, tone = STATE_WORDS[one.state]
        row = RowButton(f"{words}，{state}，点开这件纠纷")
        row.row.addWidget(label(words, "small"), 1)
        row.row.addWidget(Chip(state, tone))
        row.clicked.connect(lambda: self.dispute_wanted.emit(one.dispute_id))
        return row

    def _build(self, parts: Sequence[QWidget], stop: QWidget | None = None) -> None:
        """Show these below each other; Enter stops at ``stop``, if there is something to decide."""
        before = self._inside
        if before:
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._inside = None
        if parts:
            self._inside = QWidget()
            column = QVBoxLayout(self._inside)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme().space("xs"))
            for part in parts:
                column.addWidget(part)
            self._column.addWidget(self._inside)
            self._inside.show()
        self.setFocusProxy(stop)  # pyright: ignore[reportArgumentType] - Qt takes none as well
        if bool(before) != bool(parts):
            self.turned.emit()


def _in_row(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().space("s"))
    for at, part in enumerate(parts):
        row.addWidget(part, 1 if at == 0 and len(parts) > 1 else 0)
    if len(parts) == 1:
        row.addStretch(1)
    return made
