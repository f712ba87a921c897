"""The dispute page: header, stage bar, the form of the current stage, the story; parties, papers, checks."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from msgspec import Struct
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.checks import Finding
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.domain.stages import progress
from mediation_desktop.services import queries
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.disputes import ACTION_NAMES
from mediation_desktop.services.drafts import draft, drop_draft, keep_draft
from mediation_desktop.services.history import ToldHistory, told_history
from mediation_desktop.services.office import OfficeView, office_view
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework.aside import Aside
from mediation_desktop.ui.casework.changes import ChangesCard
from mediation_desktop.ui.casework.panel import Panel
from mediation_desktop.ui.casework.panels import PANELS
from mediation_desktop.ui.casework.story import story
from mediation_desktop.ui.casework.suggest import next_panel
from mediation_desktop.ui.drafts import DraftKeeper
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.pages.words import STATE_WORDS
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import Card, SideBySide, label
from mediation_desktop.ui.widgets.chips import Chip, Countdown
from mediation_desktop.ui.widgets.rows import Timeline
from mediation_desktop.ui.widgets.sheet import put_in_tab_order
from mediation_desktop.ui.widgets.stagebar import Stage, StageBar


class _Read(Struct, frozen=True):
    """What the page reads at once."""

    dossier: Dossier
    office: OfficeView
    history: ToldHistory


def _read(desk: Desk, dispute_id: UUID) -> _Read | None:
    """Read a dispute and what stands around it; ``None`` when it is there no more."""
    if not queries.is_there(desk, dispute_id):
        return None
    return _Read(queries.dossier(desk, dispute_id), office_view(desk), told_history(desk, dispute_id))


class DisputePage(DeskPage):
    """Where people live: everything about one dispute, and one thing to do next."""

    title: ClassVar[str] = "纠纷"
    help_text: ClassVar[str] = (
        "上面是这件纠纷走到了哪一步；中间打开的是下一步要办的事，按里面的主按钮就行。\n"
        "要办别的事，用“其他办理”里的按钮；灰色的按钮停一下鼠标会说明为什么现在不能办。\n"
        "右边是当事人、文书和检查结果，点一下就到要改的地方。\n"
        "没有写完的内容自动留存，下次打开还在。"
    )
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            "dispute",
            "party",
            "session",
            "agreement",
            "obligation",
            "paper",
            "notice",
            "refusal",
            "outcome",
            "invited",
        }
    )

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._dispute_id: UUID | None = None
        self._dossier: Dossier | None = None
        self._office: OfficeView | None = None
        self._suggested = False
        self._touched = False
        self._wants_focus = False
        self._keeper: DraftKeeper | None = None
        self.panel: Panel | None = None
        self._lay_out_body()

    # What the window and the panels ask.

    def enter(self, argument: object) -> None:
        """Show the dispute with this id, or the one shown last."""
        if isinstance(argument, UUID) and argument != self._dispute_id:
            self._dispute_id = argument
            self._put_away()
            self._dossier = None
            self.banner.clear()
        self._wants_focus = True
        self.refresh(None)

    def refresh(self, change: Change | None) -> None:
        """Read the dispute again; a panel that was typed into stays as it is."""
        if self._dispute_id is None or (change and change.dispute_id not in {None, self._dispute_id}):
            return
        dispute_id = self._dispute_id
        self.work(lambda _progress: _read(self.desk, dispute_id), on_success=self._show_or_leave)

    @property
    def dispute_id(self) -> UUID | None:
        """The dispute shown."""
        return self._dispute_id

    @property
    def dossier(self) -> Dossier:
        """The dispute shown."""
        if self._dossier is None:
            raise LookupError("no dispute is shown")
        return self._dossier

    @property
    def office(self) -> OfficeView:
        """Who works here."""
        if self._office is None:
            raise LookupError("no dispute is shown")
        return self._office

    def finish(self, run: Callable[[], Change], done: str, then: Callable[[], object] | None = None) -> None:
        """Run an action; when it went well close the panel, forget its draft and say ``done``."""
        panel, keeper = self.panel, self._keeper
        if panel:
            panel.setEnabled(False)

        def succeeded(change: Change) -> None:
            if keeper and panel is self.panel:
                keeper.drop()
                self._put_away()
                self._wants_focus = True
            self.say_done(done, change)
            self.workspace.broadcast(change)
            if then:
                then()

        def ended() -> None:
            if self.panel:
                self.panel.setEnabled(True)

        self.work(lambda _progress: run(), on_success=succeeded, on_end=ended)

    def close_panel(self) -> None:
        """Put the panel away; what was typed stays as a draft."""
        self._put_away()
        self._open_card.hide()
        self.setFocus()

    def open_panel(self, key: str, argument: object = None) -> None:
        """Open a panel, put back what was typed into it before, and begin in its first field."""
        self._open(key, argument)
        self._begin()

    def look_at_paper(self, dispute_id: UUID, paper_id: UUID | None = None) -> None:
        """Show the agreement as it would be printed now, or an issued paper as it was printed."""
        self.workspace.go("paper", (dispute_id, paper_id))

    # Inside: panels and drafts.

    def _open(self, key: str, argument: object) -> None:
        self._put_away()
        panel = PANELS[key](self, argument)
        self.panel, self._suggested, self._touched = panel, False, False
        panel.sheet.edited.connect(self._touch)
        self.keep_in_sight(panel.main)
        self._open_card.heading.setText(panel.heading or self._heading_of(key, argument))
        self._open_card.heading.show()
        self._open_card.setAccessibleName(self._open_card.heading.text())
        self._open_card.body.addWidget(panel)
        self._open_card.show()
        draft_key = panel.draft_key
        keeper = DraftKeeper(
            panel.sheet,
            lambda texts: self._run(lambda: keep_draft(self.desk, draft_key, texts)),
            lambda: self._run(lambda: drop_draft(self.desk, draft_key)),
            panel,
        )
        self._keeper = self.keep_drafts(keeper)
        self.work(
            lambda _progress: draft(self.desk, draft_key),
            on_success=lambda kept: self._put_back(keeper, kept),
        )

    def _begin(self) -> None:
        self._put_in_tab_order()
        if self.panel and self.isVisible():
            self._wants_focus = False
            self.to_top()
            self.panel.begin()

    def _put_in_tab_order(self) -> None:
        """Rows and panels are made anew all the time; Tab goes through them as the eye does."""
        put_in_tab_order(self._open_card, self._past, self._changes, self._aside)

    def _put_back(self, keeper: DraftKeeper, kept: Any) -> None:
        if keeper is self._keeper and kept and not keeper.dirty and keeper.restore(kept.value):
            self._touch()
            self.banner.info("已恢复上次没有保存的内容。", "核对后保存即可。")

    def _touch(self) -> None:
        """Note that somebody typed here: the panel stays open whatever happens elsewhere."""
        self._touched = True

    def _put_away(self) -> None:
        self.keep_in_sight(None)
        if self.panel:
            if self._keeper:
                self._keeper.flush()
                self.release_drafts(self._keeper)
            self._open_card.body.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
        self.panel = self._keeper = None

    def _run(self, do: Callable[[], object]) -> None:
        self.work(lambda _progress: do())

    def _heading_of(self, key: str, argument: object) -> str:
        return ACTION_NAMES[Action(str(argument))] if key in {"step", "end"} else ""

    # Inside: showing.

    def _show_or_leave(self, read: _Read | None) -> None:
        """Show the dispute; one whose registration was undone is left for the list."""
        if read:
            self._show(read)
            return
        if self._keeper:
            self._keeper.drop()
        self._put_away()
        self._dispute_id = self._dossier = None
        if self.isVisible():
            self.workspace.go("disputes")

    def _show(self, read: _Read) -> None:
        first = self._dossier is None or self._dossier.dispute.id != read.dossier.dispute.id
        self._dossier, self._office = read.dossier, read.office
        self._show_header()
        window = queries.confirmation_of(self.desk, self.dossier)
        self._aside.show_dossier(self.dossier, window, self.today())
        self._timeline.set_entries(story(self.dossier))
        self._changes.show_history(read.history)
        if self.panel is None or first or (self._suggested and not self._touched):
            self._open_next()
        self._put_in_tab_order()
        if self._wants_focus:
            self._begin()

    def _open_next(self) -> None:
        wanted = next_panel(self.dossier)
        if not wanted:
            self.close_panel()
            return
        self._wants_focus |= self._open_card.isAncestorOf(self.focusWidget() or self)
        self._open(*wanted)
        self._suggested = True

    def _show_header(self) -> None:
        dispute, codes = self.dossier.dispute, self.desk.codes
        kind = codes.dispute_types.name(dispute.type_code)
        self.set_title(f"{self.dossier.title}　{kind}纠纷".replace("纠纷纠纷", "纠纷"))
        self._number.setText(dispute.number)
        self._grade.say(codes.grades.name(dispute.grade_code), "neutral")
        self._state.say(*STATE_WORDS[dispute.state])
        limit = queries.deadline_of(self.desk, dispute.accepted_on, dispute.grade_code, dispute.finished_on)
        running = limit if limit and dispute.finished_on is None else None
        self._countdown.show_days(running.days_left if running else None)
        self._stages.set_stages([Stage(word, state.value) for word, state in progress(self.dossier)])

    def _jump(self, finding: Finding) -> None:
        """Open the panel where a finding is mended and put the focus there."""
        record_id, field = finding.record_id, finding.field
        parties = {party.id for party in self.dossier.parties}
        owed = {item.id: str(place) for place, item in enumerate(self.dossier.obligations)}
        if record_id in parties:
            self.open_panel("party", record_id)
            name = {"guardian": "guardian_name", "representative": "representative_name"}.get(field, field)
            target = f"party.{name}"
        elif record_id == self.dossier.dispute.id:
            self.open_panel("notice" if field == "notices" else "party")
            target = ""
        else:
            self.open_panel("agreement")
            target = f"owed.{owed[record_id]}.{field}" if record_id in owed else f"text.{field}"
        if self.panel:
            self.panel.sheet.jump(target)

    def _lay_out_body(self) -> None:
        self._number = label("", "soft", wrap=False)
        self._grade, self._state, self._countdown = Chip(), Chip(), Countdown()
        header = QHBoxLayout()
        header.setSpacing(theme().space("s"))
        for part in (self._number, self._grade, self._state, self._countdown):
            header.addWidget(part)
        header.addStretch(1)
        self._stages = StageBar()
        self._open_card = Card(" ")
        self._open_card.hide()
        self._timeline = Timeline()
        self._timeline.opened.connect(self._open_entry)
        self._past = Card("办理经过")
        self._past.body.addWidget(self._timeline)
        self._changes = ChangesCard()
        self._aside = Aside()
        self._aside.wanted.connect(self.open_panel)
        self._aside.finding_chosen.connect(self._jump)
        self._aside.paper_wanted.connect(lambda paper: self.look_at_paper(self.dossier.dispute.id, paper))
        main = QWidget()
        layout = QVBoxLayout(main)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space("m"))
        layout.addWidget(self._open_card)
        layout.addWidget(self._past)
        layout.addWidget(self._changes)
        layout.addStretch(1)
        self.body.addLayout(header)
        self.body.addWidget(self._stages)
        self.body.addWidget(SideBySide(main, self._aside))

    def _open_entry(self, key: object) -> None:
        if isinstance(key, tuple):
            self.open_panel(*key)
