"""One entry of the register: who it is, the household, every dispute, ties to mediators."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desktop.domain.records import Mediator, Person, PersonKind, Tie
from mediation_desktop.services import people
from mediation_desktop.services.desk import Change
from mediation_desktop.services.drafts import draft, drop_draft, keep_draft
from mediation_desktop.services.people import PersonView, person_view
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework.person_cards import (
    ActivitiesCard,
    AlikeCard,
    HouseholdCard,
    TiesCard,
    connect_person,
)
from mediation_desktop.ui.casework.person_form import KIND_WORDS, PersonForm
from mediation_desktop.ui.drafts import DraftKeeper
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.shell.confirm import confirm
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import Card, SideBySide
from mediation_desktop.ui.widgets.buttons import button


class PersonPage(DeskPage):
    """A person, an organisation or a household; the argument is its id, or the kind of a new one."""

    title: ClassVar[str] = "人员"
    help_text: ClassVar[str] = (
        "左边是资料，改了按“保存”；以前纠纷里印出的、填过的不会跟着变。\n"
        "“参与过的纠纷”列出此人当过当事人、代理人、参加人的每一件，点一下打开。\n"
        "“户”：先以户主建户，再在户的页面里把家人加进来；登记纠纷时选这一户，就是户主代表全户。\n"
        "“与调解员的关系”：登记后，选调解员时会提醒。\n"
        "“可能是同一个”：确实是同一个人的，合并成一条，两个姓名都留着。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"person", "tie", "mediator", "party", "dispute"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._person: Person | None = None
        self._as_shown: dict[str, str] = {}
        self._shown_revision: UUID | None = None
        self._keeper: DraftKeeper | None = None
        self.form = PersonForm(self.desk.codes, self.today)
        self.activities = ActivitiesCard()
        self.household = HouseholdCard(self.ask)
        self.ties = TiesCard(self.desk.codes)
        self.alike = AlikeCard()
        self._lay_out_body()
        self._connect()

    def enter(self, argument: object) -> None:
        """Show the entry with this id, or begin a new one of this kind; else the one shown last."""
        if isinstance(argument, UUID):
            self._begin(Person(id=argument, name=""), new=False)
        elif isinstance(argument, PersonKind) or self._person is None:
            kind = argument if isinstance(argument, PersonKind) else PersonKind.PERSON
            fresh = Person(
                id=self.desk.new_id(), kind=kind, name="", nation="汉族" if kind is PersonKind.PERSON else ""
            )
            self._begin(fresh, new=True)
        self.refresh(None)

    def refresh(self, change: Change | None) -> None:
        """Read the entry again; what is being typed stays."""
        del change
        if self._person is None:
            return
        person_id, desk = self._person.id, self.desk
        self.work(lambda _progress: person_view(desk, person_id), on_success=self._show)

    def save(self) -> None:
        """Keep the entry and show what hangs on it."""
        if self._person is None or not self.form.ready():
            return
        person, keeper = self.form.person(self._person), self._keeper

        def saved(_change: Change) -> None:
            if keeper and keeper is self._keeper:
                keeper.drop()
            if self._person and self._person.id == person.id:
                self._shown_revision = None
                self.refresh(None)

        self.act(lambda: people.save_person(self.desk, person), done="已保存。", on_success=saved)

    # Inside.

    def _begin(self, person: Person, *, new: bool) -> None:
        """Put away what was shown; of a new entry there is nothing but the form."""
        if self._keeper:
            self._keeper.flush()
            self.release_drafts(self._keeper)
            self._keeper = None
        self._person, self._shown_revision = person, None
        self.banner.clear()
        self.to_top()
        self.set_title(f"登记{KIND_WORDS[person.kind]}" if new else "人员")
        self._side.setVisible(not new)
        self.activities.setVisible(not new)
        self.form.clear()
        self.form.show_person(person)
        if new:
            self._watch("person/new")
            self.form.jump("name")

    def _watch(self, key: str) -> None:
        """Keep what is typed under ``key``, and put back what was typed before."""
        keeper = DraftKeeper(
            self.form,
            lambda texts: self._quietly(lambda: keep_draft(self.desk, key, texts)),
            lambda: self._quietly(lambda: drop_draft(self.desk, key)),
            self,
        )
        self._keeper = self.keep_drafts(keeper)
        desk = self.desk
        self.work(lambda _progress: draft(desk, key), on_success=lambda kept: self._put_back(keeper, kept))

    def _put_back(self, keeper: DraftKeeper, kept: Any) -> None:
        if keeper is self._keeper and kept and not keeper.dirty and keeper.restore(kept.value):
            self.banner.info("已恢复上次没有保存的内容。", "核对后保存即可。")

    def _quietly(self, do: Callable[[], object]) -> None:
        self.work(lambda _progress: do())

    def _show(self, view: PersonView | None) -> None:
        """Show what was read; a form that was typed into is left alone until it is saved."""
        if view is None or self._person is None or view.person.id != self._person.id:
            return
        first = self._shown_revision is None
        if first or (view.person.revision != self._shown_revision and not self._typed_into):
            self._shown_revision = view.person.revision
            self._person = view.person
            self.form.show_person(view.person)
            self._as_shown = self.form.draft()
        if first:
            self._change_keeper(f"person/{view.person.id}")
            self.form.jump("name")
        self.set_title(f"{view.person.name}　{KIND_WORDS[view.person.kind]}")
        self._side.show()
        self.activities.show()
        self.activities.show_activities(view.activities, view.kin)
        self.household.show_household(view)
        self.ties.show_ties(view)
        self.alike.show_alike(view.alike)

    @property
    def _typed_into(self) -> bool:
        return self.form.draft() != self._as_shown

    def _change_keeper(self, key: str) -> None:
        if self._keeper:
            self.release_drafts(self._keeper)
        self._watch(key)

    def _merge(self, gone: Person) -> None:
        kept = self._person
        if kept and confirm(
            self,
            f"“{kept.name}”和“{gone.name}”是同一个吗？",
            "合并后只留一条：两个姓名都留着，各件纠纷都归到这一条。合并不能撤回。",
            "是同一个，合并",
        ):
            self._do(lambda: people.merge(self.desk, kept.id, gone.id), "已合并。")

    def _do(self, run: Callable[[], Change], done: str) -> None:
        self.act(run, done=done)

    def _found_household(self) -> None:
        if head := self._person:
            self._do(lambda: people.found_household(self.desk, head), "已建户，打开这一户可以加入家人。")

    def _join(self, person_id: UUID) -> None:
        if home := self._person:
            self._do(lambda: people.join_household(self.desk, person_id, home.id), "已加入。")

    def _tie(self, mediator_id: UUID, kind: str, note: str) -> None:
        if person := self._person:
            tie = Tie(
                id=self.desk.new_id(), mediator_id=mediator_id, person_id=person.id, kind=kind, note=note
            )
            self._do(lambda: people.save_tie(self.desk, tie), "已登记，选调解员时会提醒。")

    def _is_mediator(self, mediator: Mediator, yes: bool) -> None:  # noqa: FBT001 - a signal's argument
        if person := self._person:
            who = person.id if yes else None
            self._do(lambda: people.say_who_is(self.desk, mediator, who), "已记下。")

    def _connect(self) -> None:
        go = self.workspace.go
        connect_person((self.household, self.alike), lambda person_id: go("person", person_id))
        self.activities.dispute_wanted.connect(lambda dispute_id: go("dispute", dispute_id))
        self.household.founded.connect(self._found_household)
        self.household.joined.connect(self._join)
        self.household.left.connect(
            lambda one: self._do(lambda: people.leave_household(self.desk, one), "已移出。")
        )
        self.household.headed.connect(
            lambda one: self._do(lambda: people.name_head(self.desk, one), "户主已改。")
        )
        self.ties.tied.connect(self._tie)
        self.ties.untied.connect(lambda tie: self._do(lambda: people.remove_tie(self.desk, tie), "已取消。"))
        self.ties.is_mediator.connect(self._is_mediator)
        self.alike.merge_wanted.connect(self._merge)
        self.form.completed.connect(self.save_button.setFocus)

    def _lay_out_body(self) -> None:
        self.save_button = button("保存", self.save, kind="primary", icon="save")
        self.keep_in_sight(self.save_button)
        self.tools.addWidget(button("返回名单", lambda: self.workspace.go("people"), icon="back"))
        facts = Card("资料")
        facts.body.addWidget(self.form)
        facts.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        main, self._side = QWidget(), QWidget()
        for place, cards in (
            (main, (facts, self.activities)),
            (self._side, (self.alike, self.household, self.ties)),
        ):
            column = QVBoxLayout(place)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme().space("m"))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self.body.addWidget(SideBySide(main, self._side))
