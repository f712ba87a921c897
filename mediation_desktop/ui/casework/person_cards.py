"""What hangs on one entry of the register: disputes, household, ties to mediators, likely doubles."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain import people
from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.people import Match
from mediation_desktop.domain.records import Mediator, Person, PersonKind, Tie
from mediation_desktop.services.people import Activity, PersonView, line_of, suggestions
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.casework.known import LIKENESS_WORDS, Ask, told
from mediation_desktop.ui.pages.words import STATE_WORDS
from mediation_desktop.ui.widgets.blocks import Card, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.rows import RowButton
from mediation_desktop.ui.widgets.suggest import Answer, Suggester, Suggestion


class _Rows(Card):
    """A card whose body is built anew each time; ``person_wanted(id)`` when an entry is to be opened."""

    person_wanted = Signal(object)

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self._inside = QWidget()
        self.body.addWidget(self._inside)

    def build(self, parts: Iterable[QWidget]) -> None:
        """Show these below each other in place of what was shown."""
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            column.addWidget(part)
        self.body.replaceWidget(self._inside, fresh)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh
        fresh.show()

    def person_row(self, person: Person, chip: str = "", *beside: QWidget) -> QWidget:
        """Return a row that opens an entry, with small buttons beside it."""
        line = told(line_of(person))
        row = RowButton(f"{line}，点开")
        row.row.addWidget(label(line, "small"), 1)
        if chip:
            row.row.addWidget(Chip(chip, "info"))
        row.clicked.connect(lambda: self.person_wanted.emit(person.id))
        return _in_row(row, *beside)


class ActivitiesCard(_Rows):
    """Every dispute in which somebody stood; ``dispute_wanted(id)`` when one is to be opened."""

    dispute_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("参与过的纠纷")

    def show_activities(self, activities: Sequence[Activity], kin: Sequence[tuple[str, Activity]]) -> None:
        """Show the disputes of the entry itself, then those of others in the household."""
        parts: list[QWidget] = [self._row("", one) for one in activities]
        if not parts:
            parts.append(label("还没有参与过纠纷。登记纠纷时选这个人，就会列在这里。", "soft"))
        if kin:
            parts.append(label("同户其他人的纠纷", "strong"))
            parts += [self._row(name, one) for name, one in kin]
        self.build(parts)

    def _row(self, name: str, one: Activity) -> RowButton:
        doubt = "" if one.sure else "（同名，请核对）"
        role = f"{name}：{one.role}{doubt}" if name else f"{one.role}{doubt}"
        state, tone = STATE_WORDS[one.state]
        row = RowButton(f"{one.title}，{one.number}，{role}，{state}，点开这件纠纷")
        words = QVBoxLayout()
        words.addWidget(label(f"{one.title}　{one.type_name}", "strong"))
        words.addWidget(label(f"{role}　{one.number}", "small"))
        row.row.addLayout(words, 1)
        row.row.addWidget(Chip(state, tone))
        row.clicked.connect(lambda: self.dispute_wanted.emit(one.dispute_id))
        return row


class HouseholdCard(_Rows):
    """A household with its members and head.

    Signals: ``founded`` (make one with this person as head); ``joined(id)``; ``left(id)``; ``headed(id)``.
    """

    founded = Signal()
    joined = Signal(object)
    left = Signal(object)
    headed = Signal(object)

    def __init__(self, ask: Ask) -> None:
        super().__init__("户")
        self._ask = ask
        self.new_member = LineEdit()
        self.new_member.setAccessibleName("加入成员：输入姓名或身份证号")
        self.new_member.setPlaceholderText("输入姓名或身份证号，从列表中选人加入")
        Suggester(self.new_member, self._suggest).chosen.connect(self._join)
        self.body.addWidget(self.new_member)

    def show_household(self, view: PersonView) -> None:
        """Show who belongs together; only a household's own page adds members."""
        person, home = view.person, view.household
        own = person.kind is PersonKind.HOUSEHOLD
        self.setVisible(person.kind is not PersonKind.ORGANISATION)
        self.new_member.setVisible(own)
        if home is None:
            found = button("以此人为户主建户", self.founded.emit, icon="home")
            words = "还没有归入哪一户。已有的户，请打开那一户，在那里加入。"
            self.build([label(words, "soft"), _in_row(found)])
            return
        head = people.head_of(home, view.members)
        rows = [self._member_row(member, head) for member in view.members]
        if not rows:
            rows = [label("还没有成员。在下面输入姓名，选人加入。", "soft")]
        self.build(rows if own else [self.person_row(home, "户"), *rows])

    def _member_row(self, member: Person, head: Person | None) -> QWidget:
        is_head = head is not None and head.id == member.id
        out = button("移出", lambda: self.left.emit(member.id), kind="quiet")
        out.setAccessibleName(f"把{member.name}移出本户")
        lead = button("设为户主", lambda: self.headed.emit(member.id), kind="quiet")
        lead.setAccessibleName(f"把{member.name}设为户主")
        return self.person_row(member, "户主" if is_head else "", *((out,) if is_head else (lead, out)))

    def _suggest(self, text: str, answer: Answer) -> None:
        self._ask(
            self,
            lambda desk: suggestions(desk, text),
            lambda found: answer(
                [Suggestion(line.id, told(line)) for line in found if line.kind is PersonKind.PERSON]
            ),
        )

    def _join(self, person_id: UUID) -> None:
        self.new_member.clear()
        self.joined.emit(person_id)


class TiesCard(_Rows):
    """Which mediator this is, and which mediators should not mediate for this person.

    Signals: ``is_mediator(mediator, yes)``; ``tied(mediator id, kind, note)``; ``untied(tie)``.
    """

    is_mediator = Signal(object, bool)
    tied = Signal(object, str, str)
    untied = Signal(object)

    def __init__(self, codes: CodeTables) -> None:
        super().__init__("与调解员的关系")
        self.form = Form(columns=2)
        self.form.add("mediator", "调解员", Choice(), required=True)
        self.form.add("kind", "关系", Choice(options.of_table(codes.tie_kinds)), required=True)
        self.form.add("note", "说明", LineEdit(), wide=True)
        self.add_button = button("登记关系", self._tie, icon="add")
        self.self_button = button("本人就是这名调解员", self._is, icon="person")
        self.form.completed.connect(self.add_button.setFocus)
        self.body.addWidget(self.form)
        for each in (self.add_button, self.self_button):
            self.body.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)

    def show_ties(self, view: PersonView) -> None:
        """Show what is known."""
        own = [one for one in view.mediators if one.person_id == view.person.id]
        self._mediators = {str(one.id): one for one in view.mediators}
        chooser: Any = self.form.fields["mediator"].editor
        chooser.set_options(options.of_mediators(view.mediators))
        self.self_button.setVisible(view.person.kind is PersonKind.PERSON and not own)
        parts = [self._own_row(mediator) for mediator in own]
        parts += [self._tie_row(line.tie, line.mediator, line.kind) for line in view.ties]
        if not parts:
            parts = [label("亲属、邻居、有债务或者打过交道的，登记在这里，选调解员时会提醒。", "soft")]
        self.build(parts)

    def _own_row(self, mediator: Mediator) -> QWidget:
        no = button("不是本人", lambda: self.is_mediator.emit(mediator, False), kind="quiet")  # noqa: FBT003 - a signal's argument
        return _in_row(label(f"本人就是调解员{mediator.name}", "strong"), no)

    def _tie_row(self, tie: Tie, mediator: str, kind: str) -> QWidget:
        words = "　".join(part for part in (mediator, kind, tie.note) if part)
        no = button("取消", lambda: self.untied.emit(tie), kind="quiet")
        no.setAccessibleName(f"取消与{mediator}的关系：{kind}")
        return _in_row(label(words), no)

    def _tie(self) -> None:
        if self.form.ready():
            values = self.form.values()
            self.tied.emit(UUID(values["mediator"]), values["kind"], values["note"])
            self.form.clear()

    def _is(self) -> None:
        chosen = self.form.values()["mediator"]
        if chosen:
            self.is_mediator.emit(self._mediators[chosen], True)  # noqa: FBT003 - a signal's argument
        else:
            self.form.jump("mediator")


class AlikeCard(_Rows):
    """Entries that may be the same; ``merge_wanted(person)`` when one is known to be."""

    merge_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("可能是同一个")

    def show_alike(self, matches: Sequence[Match]) -> None:
        """Show likely doubles; without any the card is not there."""
        self.setVisible(bool(matches))
        self.build([self._row(match) for match in matches])

    def _row(self, match: Match) -> QWidget:
        person = match.person
        same = button("是同一个，合并", lambda: self.merge_wanted.emit(person))
        same.setAccessibleName(f"与{told(line_of(person))}是同一个，合并")
        return self.person_row(person, LIKENESS_WORDS[match.likeness], same)


def connect_person(cards: Iterable[_Rows], go: Callable[[UUID], object]) -> None:
    """Have rows about other entries open them."""
    for card in cards:
        card.person_wanted.connect(go)


def _in_row(*parts: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    for at, part in enumerate(parts):
        row.addWidget(part, 1 if at == 0 and len(parts) > 1 else 0)
    if len(parts) == 1 and not isinstance(parts[0], RowButton):
        row.addStretch(1)
    return made
