"""来访来电: who came or called, kept in under a minute, and one click from there to a dispute."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget

from mediation_desktop.domain.codes import CodeTables
from mediation_desktop.domain.enquiries import EnquiryState, state_of
from mediation_desktop.domain.records import Enquiry
from mediation_desktop.domain.times import short_moment
from mediation_desktop.services.desk import Change, Desk
from mediation_desktop.services.drafts import draft, drop_draft, keep_draft
from mediation_desktop.services.enquiries import enquiries, enquiry_ids, save_enquiry, way_of
from mediation_desktop.services.office import OfficeView, office_view
from mediation_desktop.system.clock import today, wall_time
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework import options
from mediation_desktop.ui.drafts import DraftKeeper
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.pages.words import ENQUIRY_WORDS
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import Card, EmptyState, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.choice import Choice
from mediation_desktop.ui.widgets.editors import LineEdit, MomentEdit, TextEdit
from mediation_desktop.ui.widgets.form import Form
from mediation_desktop.ui.widgets.search import SearchBox
from mediation_desktop.ui.widgets.tables import Column, LazyTableModel, RowList, RowTable

_LEAST_ROWS = 6
DRAFT_KEY = "enquiry/"
FILTERS: tuple[tuple[str, EnquiryState | None], ...] = (
    ("全部", None),
    *((word, state) for state, (word, _tone) in ENQUIRY_WORDS.items()),
)


class _Read(Struct, frozen=True):
    """What the form starts with: who works here, the enquiry shown, and what was typed before."""

    enquiry_id: UUID | None
    view: OfficeView
    enquiry: Enquiry | None
    typed: Any


class EnquiryForm(Form):
    """Six fields; a seventh, the answer, once it is kept."""

    def __init__(self, codes: CodeTables, today: Callable[[], date]) -> None:
        super().__init__(columns=5, column_ems=9)
        self.add("at", "时间", MomentEdit(today), required=True)
        self.add("name", "姓名", LineEdit(), required=True)
        self.add("phone", "电话", LineEdit())
        self.add("how", "方式", Choice(options.of_table(codes.enquiry_ways)))
        self.add("village", "村（社区）", LineEdit())
        self.add("said", "说了什么", TextEdit(lines=2), required=True, wide=True)
        self.add("answer", "怎样答复的", TextEdit(lines=2), wide=True)

    def enquiry(self, base: Enquiry) -> Enquiry:
        """Return ``base`` with what the form says."""
        values = self.values()
        return replace(base, **values | {"how": values["how"] or ""})


class EnquiriesPage(DeskPage):
    """The form above, everybody who came or called below."""

    title: ClassVar[str] = "来访来电"
    help_text: ClassVar[str] = (
        "来问问的、打电话来说说的，先记在这里：写下姓名和说了什么就可以保存，时间已经填好。\n"
        "点一行打开它：写上怎样答复的，或者按“登记为纠纷”，姓名、电话和说的话自动带过去。\n"
        "这里的都不算纠纷，不进统计、不报送；登记为纠纷以后才算。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"enquiry"})

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._asked = 0
        self._enquiry_id: UUID | None = None
        self._enquiry: Enquiry | None = None
        self._view: OfficeView | None = None
        self.form = EnquiryForm(self.desk.codes, self.today)
        self.save_button = button("保存", self.save, kind="primary", icon="save", hint="快捷键 Ctrl+S")
        self.register_button = button("登记为纠纷", self._register, icon="next")
        self.open_button = button("打开纠纷", self._open_dispute, icon="dispute")
        self.new_button = button("新记一条", lambda: self._show_enquiry(None), icon="add")
        self._who = label("", "soft", wrap=False)
        self.filters = QTabBar()
        self.search = SearchBox("查找来访来电", "姓名、电话、村或任意词（Ctrl+F）")
        self.count = label("", "soft", wrap=False)
        self._model = LazyTableModel(_columns(self.desk))
        self.table = RowTable(self._model, "来访来电列表")
        self.empty = EmptyState("phone", "", "")
        self.keeper = self.keep_drafts(DraftKeeper(self.form, self._keep, self._drop, self))
        self.keep_in_sight(self.save_button)
        self._lay_out_body()
        self._connect()
        self._show_fields()

    # What the window and the user do.

    def enter(self, argument: object) -> None:
        """Begin a new entry, or show the one with this id."""
        wanted = argument if isinstance(argument, UUID) else None
        self._show_enquiry(wanted)

    def refresh(self, change: Change | None) -> None:
        """Read the list again; what is being typed stays."""
        self._search_anew()
        if change and self._enquiry_id and not self.keeper.dirty:
            self._load()

    def focus_find(self) -> None:
        """Put the focus into the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def save(self) -> None:
        """Keep what was typed and be ready for the next who comes."""
        if not self.form.ready():
            return
        desk, enquiry = self.desk, self._typed()
        self.save_button.setEnabled(False)

        def saved(change: Change) -> None:
            self.keeper.drop()
            self.workspace.broadcast(change)
            self.say_done("已保存。", change)
            self._show_enquiry(None)

        self.work(
            lambda _progress: save_enquiry(desk, enquiry),
            on_success=saved,
            on_end=lambda: self.save_button.setEnabled(True),
        )

    # Inside: the form.

    def _typed(self) -> Enquiry:
        base = self._enquiry or Enquiry(id=self.desk.new_id(), at=self._now(), name="")
        return self.form.enquiry(base)

    def _now(self) -> Any:
        return wall_time(self.desk.clock.now()).replace(second=0, microsecond=0)

    def _show_enquiry(self, enquiry_id: UUID | None) -> None:
        """Put the form away as it is and show another entry in it, or none."""
        self.flush_drafts()
        self._enquiry_id, self._enquiry = enquiry_id, None
        self.form.clear()
        self._show_fields()
        self._load()

    def _load(self) -> None:
        desk, enquiry_id = self.desk, self._enquiry_id
        self.work(lambda _progress: _read(desk, enquiry_id), on_success=self._loaded)

    def _loaded(self, read: _Read) -> None:
        if read.enquiry_id != self._enquiry_id:
            return
        self._enquiry, self._view = read.enquiry, read.view
        if self._enquiry is None:
            self._enquiry_id = None
        self._fill_in()
        self._show_fields()
        if self.keeper.restore(read.typed):
            self.banner.info("已恢复上次没有保存的内容。", "核对后保存即可。")
        if self.isVisible() and not self.search.hasFocus():
            self.form.jump("answer" if self._enquiry else "name")

    def _fill_in(self) -> None:
        if self._enquiry:
            self.form.set_values({name: getattr(self._enquiry, name) for name in self.form.fields})
        elif self._view:
            village = self._view.committee.village
            self.form.set_values({"at": self._now(), "how": "visit", "village": village})

    def _show_fields(self) -> None:
        """Ask for the answer once there is something to answer, and offer what can be done now."""
        kept = self._enquiry
        registered = kept is not None and kept.became_id is not None
        self.form.set_shown(("answer",), shown=kept is not None)
        self.register_button.setVisible(kept is not None and not registered)
        self.open_button.setVisible(registered)
        self.new_button.setVisible(kept is not None)
        self._who.setText(f"{kept.taken_by}接待" if kept else f"接待人：{self.desk.actor}")
        words = f"{kept.name}，{ENQUIRY_WORDS[state_of(kept)][0]}" if kept else "新记一条"
        self._card.heading.setText(words)
        self._card.setAccessibleName(words)

    def _register(self) -> None:
        """Go on to the registration; what was changed here is kept first."""
        if not self.form.ready() or self._enquiry is None:
            return
        desk, kept, enquiry = self.desk, self._enquiry, self._typed()
        if enquiry == kept:
            self.workspace.go("register", kept.id)
            return

        def saved(change: Change) -> None:
            self.keeper.drop()
            self.workspace.broadcast(change)
            self.workspace.go("register", kept.id)

        self.work(lambda _progress: save_enquiry(desk, enquiry), on_success=saved)

    def _open_dispute(self) -> None:
        if self._enquiry:
            self.workspace.go("dispute", self._enquiry.became_id)

    def _keep(self, texts: dict[str, str]) -> None:
        desk, key = self.desk, _draft_key(self._enquiry_id)
        self.work(lambda _progress: keep_draft(desk, key, texts))

    def _drop(self) -> None:
        desk, key = self.desk, _draft_key(self._enquiry_id)
        self.work(lambda _progress: drop_draft(desk, key))

    # Inside: the list.

    def _search_anew(self) -> None:
        self._asked += 1
        asked, desk, text = self._asked, self.desk, self.search.text().strip()
        state = FILTERS[self.filters.currentIndex()][1]
        self.work(
            lambda _progress: enquiry_ids(desk, text=text, state=state),
            on_success=lambda found: self._show_found(found) if asked == self._asked else None,
        )

    def _show_found(self, found: tuple[UUID, ...]) -> None:
        desk = self.desk
        narrowed = bool(self.search.text().strip()) or self.filters.currentIndex() > 0
        if narrowed:
            self.empty.say("没有找到", "换一个词试试，或者看全部。")
        else:
            self.empty.say("还没有人来过、打过电话", "有人来问、来说，在上面写下姓名和说了什么，按“保存”。")
        self._model.show_rows(
            lambda offset, limit: enquiries(desk, found[offset : offset + limit]), len(found)
        )
        self.count.setText(f"{'找到' if narrowed else '共'} {len(found)} 条")

    def _connect(self) -> None:
        self.form.completed.connect(self.save_button.setFocus)
        self.filters.currentChanged.connect(self._search_anew)
        self.search.searched.connect(self._search_anew)
        self.table.opened.connect(lambda enquiry: self._show_enquiry(enquiry.id))
        self._model.failed.connect(self.banner.problem)
        self.at_desk.switched.connect(self._show_fields)

    def _lay_out_body(self) -> None:
        self._card = Card("新记一条")
        self._card.body.addWidget(self.form)
        self._card.body.addLayout(self._buttons())
        self.filters.setAccessibleName("按答复情况筛选")
        self.filters.setDrawBase(False)
        self.filters.setExpanding(False)
        for word, _state in FILTERS:
            self.filters.addTab(word)
        above = QHBoxLayout()
        above.addWidget(self.filters)
        above.addWidget(self.search, 1)
        above.addWidget(self.count)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space("m"))
        column.addLayout(above)
        self._list = RowList(self.table, self.empty)
        column.addWidget(self._list, 1)
        self.body.addWidget(self._card)
        self.body.addWidget(below, 1)
        self._set_least_height()
        theme().changed.connect(self._set_least_height)

    def _set_least_height(self) -> None:
        """Leave room for a few rows; where the window is too low the page scrolls."""
        self._list.setMinimumHeight(theme().size("row") * _LEAST_ROWS)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().space("s"))
        parts: tuple[QPushButton, ...] = (
            self.save_button,
            self.register_button,
            self.open_button,
            self.new_button,
        )
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._who)
        return row


def _draft_key(enquiry_id: UUID | None) -> str:
    return f"{DRAFT_KEY}{enquiry_id or ''}"


def _read(desk: Desk, enquiry_id: UUID | None) -> _Read:
    kept = draft(desk, _draft_key(enquiry_id))
    found = enquiries(desk, [enquiry_id]) if enquiry_id else ()
    return _Read(enquiry_id, office_view(desk), found[0] if found else None, kept and kept.value)


def _columns(desk: Desk) -> tuple[Column, ...]:
    """Return the list's columns; phone numbers are found but not shown."""
    return (
        Column("时间", lambda one: short_moment(one.at, today(desk.clock)), 9),
        Column("姓名", lambda one: one.name, 6),
        Column("方式", lambda one: way_of(desk, one), 7),
        Column("村", lambda one: one.village, 6),
        Column("说了什么", lambda one: " ".join(one.said.split())),
        Column("接待人", lambda one: one.taken_by, 5),
        Column(
            "情况",
            lambda one: ENQUIRY_WORDS[state_of(one)][0],
            8,
            tone=lambda one: ENQUIRY_WORDS[state_of(one)][1],
        ),
    )
