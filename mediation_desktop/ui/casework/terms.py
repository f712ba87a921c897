"""协议内容: one editor for each term, phrases to choose from, and the proposals that everybody accepted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.codes import Phrase
from mediation_desktop.domain.phrases import filled
from mediation_desktop.domain.records import Proposal, Term
from mediation_desktop.domain.terms import with_accepted
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice, Option
from mediation_desktop.ui.widgets.editors import LineEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.sheet import Repeat

_TEXT, _LINK = "text", "proposal"


class TermEdit(TextEdit):
    """One term, a single paragraph: Enter asks for the next one (``finished``)."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__(lines=1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Enter for the end of the term."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def value(self) -> str:
        """Return the text as one paragraph."""
        return "".join(line.strip() for line in self.toPlainText().splitlines())


class Terms(QWidget):
    """The terms of an agreement, each with its link to the proposal it came from.

    Args:
        phrases: the phrase library, the likeliest first.
        known: returns what the variables of a phrase stand for now.
        accepted: the proposals of the dispute that both sides accepted.
    """

    edited = Signal()
    completed = Signal()

    def __init__(
        self,
        phrases: Sequence[Phrase],
        known: Callable[[], Mapping[str, str]],
        accepted: Sequence[Proposal],
    ) -> None:
        super().__init__()
        self._phrases = {phrase.code: phrase for phrase in phrases}
        self._known = known
        self._accepted = accepted
        self.list = Repeat(self._form, noun="条款", least=1, compact=True, sortable=True)
        self.list.edited.connect(self.edited)
        self.list.completed.connect(self.completed)
        self.chooser = Choice([Option(phrase.code, phrase.name, phrase.plain) for phrase in phrases])
        self.chooser.setAccessibleName("常用条款")
        self.chooser.edited.connect(self._explain)
        self.insert_button = button("插入这一条", self.insert_phrase, icon="add")
        self.take_button = button("取用各方接受的意见", self.take_accepted, icon="done")
        self._plain = label("", "small")
        self._plain.hide()
        self._lay_out()

    def terms(self) -> tuple[Term, ...]:
        """Return the terms that say something."""
        rows = (form.values() for form in self.list.forms)
        return tuple(
            Term(text=row[_TEXT], proposal_id=UUID(row[_LINK]) if row[_LINK] else None)
            for row in rows
            if row[_TEXT]
        )

    def set_terms(self, terms: Iterable[Term]) -> None:
        """Show terms."""
        self.list.set_values(
            [{_TEXT: term.text, _LINK: str(term.proposal_id or "")} for term in terms]
            or [{_TEXT: "", _LINK: ""}]
        )
        self.take_button.setEnabled(self._waiting())

    def add_terms(self, terms: Iterable[Term]) -> None:
        """Add terms at the end, in place of what is empty, and say that something was edited."""
        self.set_terms([*self.terms(), *terms])
        self.edited.emit()

    def insert_phrase(self) -> None:
        """Add the phrase that is chosen, with what is known filled in."""
        phrase = self._phrases.get(self.chooser.value() or "")
        if phrase is None:
            self.chooser.setFocus()
            return
        self.add_terms([Term(text=filled(phrase, self._known()))])
        self.list.forms[-1].jump(_TEXT)

    def take_accepted(self) -> None:
        """Take every proposal that all parties accepted, each once."""
        self.set_terms(with_accepted(self.terms(), self._accepted))
        self.edited.emit()

    def replace_words(self, place: int, words: str, offer: str) -> bool:
        """Put ``offer`` in the place of ``words`` in a term; return whether they still stand there."""
        if place >= len(self.list.forms):
            return False
        form = self.list.forms[place]
        text = form.values()[_TEXT]
        if words not in text:
            return False
        form.set_values({_TEXT: text.replace(words, offer, 1)})
        form.jump(_TEXT)
        self.edited.emit()
        return True

    # What a sheet asks of its parts.

    def draft(self) -> dict[str, str]:
        """Return every term as typed."""
        return self.list.draft()

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put typed terms back."""
        self.list.set_draft(draft)

    def clear(self) -> None:
        """Have one empty term."""
        self.list.clear()

    def ready(self) -> bool:
        """Ask for at least one term; show it where there is none."""
        field = self.list.forms[0].fields[_TEXT]
        field.required = not self.terms()
        return self.list.ready()

    def jump(self, key: str) -> bool:
        """Put the focus into the term of this number from 0, or into the first."""
        at = key if key.isdecimal() else "0"
        return self.list.jump(f"{at}.{_TEXT}")

    def begin(self) -> bool:
        """Put the focus into the first term."""
        return self.list.begin()

    # Inside.

    def _waiting(self) -> bool:
        terms = self.terms()
        return with_accepted(terms, self._accepted) != terms

    def _form(self) -> Form:
        form = Form(columns=1)
        editor = TermEdit()
        form.add(_TEXT, "条款内容", editor, wide=True)
        form.add(_LINK, "取自哪条意见", LineEdit())
        form.set_shown((_LINK,), shown=False)
        editor.finished.connect(lambda: self._next(form))
        return form

    def _next(self, form: Form) -> None:
        """Go to the next term; after the last one that says something begin another."""
        at = self.list.forms.index(form) + 1
        if at == len(self.list.forms):
            if not form.values()[_TEXT]:
                self.completed.emit()
                return
            self.list.add()
            self.edited.emit()
        self.list.jump(f"{at}.{_TEXT}")

    def _explain(self) -> None:
        phrase = self._phrases.get(self.chooser.value() or "")
        self._plain.setText(f"{phrase.plain}　{filled(phrase, self._known())}" if phrase else "")
        self._plain.setVisible(phrase is not None)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme().space("s"))
        row.addWidget(self.chooser, 1)
        row.addWidget(self.insert_button)
        row.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space("s"))
        column.addWidget(self.list)
        column.addLayout(row)
        column.addWidget(self._plain)
