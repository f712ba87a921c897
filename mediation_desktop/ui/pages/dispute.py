"""The dispute page: header, stage bar, the form of the current stage, the story; parties, papers, checks."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from msgspec import Struct
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.domain.checks import Finding
from mediation_desktop.domain.conflict import Conflict
from mediation_desktop.domain.dossier import Dossier
from mediation_desktop.domain.lifecycle import UNSETTLED, Action
from mediation_desktop.domain.limits import clock_of
from mediation_desktop.domain.meeting import contact
from mediation_desktop.domain.papers import AGREEMENT, Pack, Shelf
from mediation_desktop.domain.records import KINDS, DisputeRecord
from mediation_desktop.domain.stages import progress
from mediation_desktop.services import queries
from mediation_desktop.services.aftercare import special_signs
from mediation_desktop.services.agreements import findings
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.disputes import ACTION_NAMES
from mediation_desktop.services.drafts import draft, drop_draft, keep_draft
from mediation_desktop.services.history import ToldHistory, told_history
from mediation_desktop.services.mediators import conflicts_with
from mediation_desktop.services.office import OfficeView, office_view
from mediation_desktop.services.packs import PACK_NAMES
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework.alerts import Alerts, alerts
from mediation_desktop.ui.casework.aside import Aside
from mediation_desktop.ui.casework.attachments import holds_files, incoming_of
from mediation_desktop.ui.casework.changes import ChangesCard
from mediation_desktop.ui.casework.pack import PackPanel
from mediation_desktop.ui.casework.panel import Done, Panel
from mediation_desktop.ui.casework.panels import PANELS
from mediation_desktop.ui.casework.places import field_of, panel_of
from mediation_desktop.ui.casework.settlement import AgreementPanel
from mediation_desktop.ui.casework.story import story
from mediation_desktop.ui.casework.suggest import next_panel
from mediation_desktop.ui.drafts import DraftKeeper
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.pages.words import STATE_WORDS, deadline_word
from mediation_desktop.ui.shell.banner import Action as Offer
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import Card, SideBySide, label
from mediation_desktop.ui.widgets.chips import Chip
from mediation_desktop.ui.widgets.rows import Timeline
from mediation_desktop.ui.widgets.sheet import put_in_tab_order
from mediation_desktop.ui.widgets.stagebar import Stage, StageBar

T = TypeVar("T")


class _Read(Struct, frozen=True):
    """What the page reads at once."""

    dossier: Dossier
    office: OfficeView
    history: ToldHistory
    conflicts: tuple[Conflict, ...]
    found: tuple[Finding, ...]


def _read(desk: Desk, dispute_id: UUID) -> _Read | None:
    """Read a dispute and what stands around it; ``None`` when it is there no more."""
    if not queries.is_there(desk, dispute_id):
        return None
    dossier = queries.dossier(desk, dispute_id)
    return _Read(
        dossier,
        office_view(desk),
        told_history(desk, dispute_id),
        conflicts_with(desk, dossier.parties),
        tuple(findings(desk.codes, dossier)),
    )


class DisputePage(DeskPage):
    """Where people live: everything about one dispute, and one thing to do next."""

    title: ClassVar[str] = "纠纷"
    help_text: ClassVar[str] = (
        "上面是这件纠纷走到了哪一步；中间打开的是下一步要办的事，按里面的主按钮就行。\n"
        "要办别的事，用“其他办理”里的按钮；灰色的按钮停一下鼠标会说明为什么现在不能办。\n"
        "右边是当事人、文书和检查结果，点一下就到要改的地方。\n"
        "照片、录音、PDF 拖到这一页上就能登记为证据；打开的是别的记录时，就加在那份记录里。\n"
        "没有写完的内容自动留存，下次打开还在。"
    )
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            *("dispute", "tie", "destruction"),
            *(kind for kind, cls in KINDS.items() if issubclass(cls, DisputeRecord)),
        }
    )

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._dispute_id: UUID | None = None
        self._dossier: Dossier | None = None
        self._office: OfficeView | None = None
        self._conflicts: tuple[Conflict, ...] = ()
        self._suggested = False
        self._touched = False
        self._wants_focus = False
        self._wanted: tuple[str, object] | None = None
        self._keeper: DraftKeeper | None = None
        self.panel: Panel | None = None
        self.setAcceptDrops(True)
        self._lay_out_body()
        at_desk.switched.connect(self.flush_drafts)

    # What the window and the panels ask.

    def enter(self, argument: object) -> None:
        """Show the dispute with this id, or the one shown last.

        ``(id, panel's key, panel's argument)`` says what is to be done there.
        """
        dispute_id, *wanted = argument if isinstance(argument, tuple) else (argument,)
        self._wanted = (wanted[0], wanted[1]) if wanted else None
        if isinstance(dispute_id, UUID) and dispute_id != self._dispute_id:
            self._dispute_id = dispute_id
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

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What stands between the office's mediators and the parties."""
        return self._conflicts

    def show_dispute(self, dispute_id: UUID) -> None:
        """Open another dispute; what was typed here stays as a draft."""
        self.workspace.go("dispute", dispute_id)

    def finish(
        self,
        run: Callable[[], Change],
        done: Done,
        then: Callable[[], object] | None = None,
        *,
        offer: Offer | None = None,
    ) -> None:
        """Run an action; when it went well close the panel, forget its draft, say ``done``, make an offer."""
        panel, keeper = self.panel, self._keeper
        if panel:
            panel.setEnabled(False)

        def succeeded(change: Change) -> None:
            if panel and panel is self.panel:
                if keeper:
                    keeper.drop()
                self._put_away()
                self._wants_focus = True
            self.say_done(done if isinstance(done, str) else done(change), change, offer)
            self.workspace.broadcast(change)
            if then:
                then()

        def ended() -> None:
            if self.panel:
                self.panel.setEnabled(True)

        self.work(lambda _progress: run(), on_success=succeeded, on_end=ended)

    def fetch(self, run: Callable[[], T], then: Callable[[T], object]) -> None:
        """Run something that only reads and hand over what it found, unless another panel is open by then."""
        panel = self.panel

        def succeeded(found: T) -> None:
            if panel is self.panel:
                then(found)

        self.work(lambda _progress: run(), on_success=succeeded)

    def flush_drafts(self) -> None:
        """Keep all drafts; what only few may read is put away instead."""
        super().flush_drafts()
        if self.panel and not self.panel.keeps_draft:
            self._put_away()
            self._open_card.hide()

    def close_panel(self) -> None:
        """Put the panel away; what was typed stays as a draft."""
        self._put_away()
        self._open_card.hide()
        self.setFocus()

    def open_panel(self, key: str, argument: object = None) -> None:
        """Open a panel, put back what was typed into it before, and begin in its first field."""
        self._open(key, argument)
        self._put_in_tab_order()
        self._begin()

    def look_at_paper(
        self,
        dispute_id: UUID,
        paper_id: UUID | None = None,
        *,
        form: str = AGREEMENT,
        subject_id: UUID | None = None,
    ) -> None:
        """Show an issued paper as it was printed, or one as it would be printed now."""
        self.workspace.go("paper", (dispute_id, form, subject_id, paper_id))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Let files and pictures be dropped anywhere."""
        if self._dossier and holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Give what is dropped to the open panel, or register it as evidence where that takes none."""
        event.acceptProposedAction()
        if not (self.panel and self.panel.files):
            self.open_panel("evidence")
        if self.panel and self.panel.files:
            self.panel.files.add_files(incoming_of(event.mimeData()))

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
        if panel.keeps_draft:
            self._keep_draft_of(panel)

    def _keep_draft_of(self, panel: Panel) -> None:
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
        if key == PackPanel.key:
            return PACK_NAMES[Pack(str(argument))]
        return ACTION_NAMES[Action(str(argument))] if key in {"step", "end"} else ""

    # Inside: showing.

    def _show_or_leave(self, read: _Read | None) -> Iterator[None]:
        """Show the dispute; one whose registration was undone is left for the list."""
        if read:
            yield from self._show(read)
            return
        if self._keeper:
            self._keeper.drop()
        self._put_away()
        self._dispute_id = self._dossier = None
        if self.isVisible():
            self.workspace.go("disputes")

    def _show(self, read: _Read) -> Iterator[None]:
        """Show what is to be done first, then what stands beside and below it."""
        first = self._dossier is None or self._dossier.dispute.id != read.dossier.dispute.id
        self._dossier, self._office, self._conflicts = read.dossier, read.office, read.conflicts
        self._show_header()
        self._alerts.show_alerts(alerts(self.dossier, special_signs(self.desk)))
        if self._wanted:
            self._open(*self._wanted)
            self._wanted = None
        elif self.panel is None or first or (self._suggested and not self._touched):
            self._open_next()
        yield
        if self._wants_focus:
            self._begin()
        yield
        for show in (self._show_beside, self._show_below):
            if self._dossier is read.dossier:
                show(read)
                yield
        self._put_in_tab_order()

    def _show_beside(self, read: _Read) -> None:
        window = queries.confirmation_of(self.desk, self.dossier)
        self._aside.show_dossier(self.dossier, window, self.today(), read.found)
        self._aside.show_mediators(self.dossier, read.conflicts)

    def _show_below(self, read: _Read) -> None:
        self._timeline.set_entries(story(self.dossier))
        self._changes.show_history(read.history)

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
        limit = queries.deadline_of(self.desk, clock_of(self.dossier))
        running = limit if limit and dispute.finished_on is None else None
        self._countdown.setVisible(running is not None)
        if running:
            word, tone = deadline_word(running)
            self._countdown.say(f"办结{word}", tone)
        tried = [contact(self.dossier, party, codes.reach_results) for party in self.dossier.parties]
        self._contact.setText("\n".join(line for line in tried if line))
        self._contact.setVisible(any(tried) and dispute.state in UNSETTLED)
        self._stages.set_stages([Stage(word, state.value) for word, state in progress(self.dossier)])

    def _jump(self, finding: Finding) -> None:
        """Open the panel where a finding is mended and put the focus there."""
        self.open_panel(*panel_of(finding, self.dossier))
        if self.panel:
            self.panel.sheet.jump(field_of(finding, self.dossier))

    def _take_offer(self, finding: Finding) -> None:
        """Put the lawful wording into the draft, or hand it over for pasting where that is not possible."""
        self.open_panel(*panel_of(finding, self.dossier))
        if isinstance(self.panel, AgreementPanel) and self.panel.use_offer(finding):
            self.banner.info("已换成建议的写法，还没有保存。", "请把空着的地方填好，核对后保存。")
            return
        QApplication.clipboard().setText(finding.offer)
        self.banner.info("已复制建议的写法。", "在要改的地方按Ctrl+V粘贴，填好空着的地方。")

    def _lay_out_body(self) -> None:
        self._number = label("", "soft", wrap=False)
        self._grade, self._state, self._countdown = Chip(), Chip(), Chip()
        header = QHBoxLayout()
        header.setSpacing(theme().space("s"))
        for part in (self._number, self._grade, self._state, self._countdown):
            header.addWidget(part)
        header.addStretch(1)
        self._contact = label("", "small")
        self._stages = StageBar()
        self._alerts = Alerts()
        self._alerts.wanted.connect(self.open_panel)
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
        self._aside.offer_wanted.connect(self._take_offer)
        self._aside.paper_wanted.connect(self._look_at)
        main = QWidget()
        layout = QVBoxLayout(main)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space("m"))
        layout.addWidget(self._open_card)
        layout.addWidget(self._past)
        layout.addWidget(self._changes)
        layout.addStretch(1)
        self._outer.insertWidget(2, self._alerts)  # below the banner: it stays in sight
        self.body.addLayout(header)
        self.body.addWidget(self._contact)
        self.body.addWidget(self._stages)
        self.body.addWidget(SideBySide(main, self._aside))

    def _look_at(self, shelf: Shelf) -> None:
        paper_id = shelf.newest.id if shelf.newest else None
        self.look_at_paper(
            self.dossier.dispute.id, paper_id, form=shelf.kind.form, subject_id=shelf.subject_id
        )

    def _open_entry(self, key: object) -> None:
        if isinstance(key, tuple):
            self.open_panel(*key)
