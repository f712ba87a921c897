"""纠纷: every dispute of the office, found by state and by any word."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTabBar, QWidget

from mediation_desktop.documents.pdf import PdfPaper
from mediation_desktop.domain.errors import UserError
from mediation_desktop.domain.lifecycle import UNSETTLED
from mediation_desktop.domain.records import DisputeState
from mediation_desktop.services.bulk import list_pdf, reassign, save_list
from mediation_desktop.services.desk import Change
from mediation_desktop.services.office import office_view
from mediation_desktop.services.printers import last_printer
from mediation_desktop.services.queries import DisputeLine, dispute_lines, find_disputes, lines_of
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework.bulkbar import BulkBar
from mediation_desktop.ui.look import Tone
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.pages.words import STATE_WORDS, Word, deadline_word
from mediation_desktop.ui.papers import PrintOrder, ask_printer, print_ordered, send
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import EmptyState, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.search import SearchBox
from mediation_desktop.ui.widgets.tables import Column, RowList
from mediation_desktop.ui.widgets.ticking import TickModel, TickTable

_S = DisputeState
_FIRST_ROWS = 50
"""More than a screen shows."""

FILTERS: tuple[tuple[str, str, frozenset[DisputeState]], ...] = (
    ("all", "全部", frozenset()),
    ("open", "未结", UNSETTLED),
    ("agreed", "待生效", frozenset({_S.AGREED})),
    ("performing", "履行中", frozenset({_S.PERFORMING, _S.IN_DEFAULT, _S.CONFIRMED, _S.NOT_CONFIRMED})),
    ("settled", "已结", frozenset({_S.PERFORMED, _S.CLOSED, _S.ARCHIVED})),
    ("ended", "未达成", frozenset({_S.NOT_ACCEPTED, _S.REFERRED, _S.TERMINATED, _S.WITHDRAWN})),
)
"""The name by which another page asks for a filter, its word, and the states it shows (none: all)."""


class DisputesPage(DeskPage):
    """One big list; whole rows lead to their dispute."""

    title: ClassVar[str] = "纠纷"
    help_text: ClassVar[str] = (
        "在查找框里写姓名、编号、身份证号、电话或者情况里的任意几个字；写几个词，中间空一格，就是都要有。\n"
        "上面的“全部、未结……”按办到哪一步筛选。\n"
        "点一行，或者用上下键选好按回车，就打开这件纠纷。\n"
        "名单里不显示身份证号和电话。\n"
        "要一次办几件，按“多选”，或者按住 Ctrl、Shift 点，或者按空格选好：\n"
        "可以一起换调解员、打印清单、存为表格；按 Esc 结束。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"dispute", "party"})
    scrolls: ClassVar[bool] = False

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._asked = 0
        self._found: Sequence[UUID] = ()
        self._question: tuple[str, frozenset[DisputeState]] | None = None
        self.several = button("多选", lambda: self.table.set_ticking(on=True), icon="done")
        self.tools.addWidget(self.several)
        self.tools.addWidget(button("登记簿", lambda: workspace.go("ledger"), icon="paper"))
        self.tools.addWidget(button("来访来电", lambda: workspace.go("enquiries"), icon="phone"))
        self.tools.addWidget(
            button("登记纠纷", self._register, kind="primary", icon="add", hint="快捷键 Ctrl+N")
        )
        self.filters = QTabBar()
        self.filters.setAccessibleName("按办理情况筛选")
        self.filters.setDrawBase(False)
        self.filters.setExpanding(False)
        for _key, word, _states in FILTERS:
            self.filters.addTab(word)
        self.search = SearchBox("查找纠纷", "姓名、编号、身份证号、电话或任意词（Ctrl+F）")
        self.count = label("", "soft", wrap=False)
        self.bulk = BulkBar()
        self.printer_chooser: Callable[[QWidget, int], PrintOrder | None] = lambda parent, pages: ask_printer(
            parent, pages, last=last_printer(self.desk)
        )
        self.file_chooser: Callable[[QWidget], str] = _ask_file
        self._model = TickModel(_COLUMNS)
        self.table = TickTable(self._model, "纠纷列表")
        self.empty = EmptyState("dispute", "", "", button("", self._help_out))
        self._lay_out_body()
        self._connect()

    def enter(self, argument: object) -> None:
        """Show one of the filters when another page asks for it by name."""
        for at, (key, _word, _states) in enumerate(FILTERS):
            if key == argument:
                self.search.clear()
                self.filters.setCurrentIndex(at)

    def refresh(self, change: Change | None) -> None:
        """Search again; only the newest answer is shown, of another question its first rows at once."""
        del change
        self._asked += 1
        asked, desk, text = self._asked, self.desk, self.search.text().strip()
        states = FILTERS[self.filters.currentIndex()][2]
        another = (text, states) != self._question
        if another and not text and not self.table.ticking:  # a search for words is no faster for fewer rows
            self._show_first(states)
        self._question = text, states
        self.work(
            lambda _progress: find_disputes(desk, text=text, states=states),
            on_success=lambda found: self._show(found) if asked == self._asked else None,
        )

    def focus_find(self) -> None:
        """Put the focus into the search box, what stands there ready to be typed over."""
        self.search.setFocus()
        self.search.selectAll()

    # Inside.

    @property
    def _narrowed(self) -> bool:
        """Whether anything but all is asked for."""
        return bool(self.search.text().strip()) or self.filters.currentIndex() > 0

    def _show_first(self, states: frozenset[DisputeState]) -> None:
        """Show the first rows while the whole list is still being looked for.

        They are read here as those scrolled to are: a few from an index, whatever the worker is busy with.
        """
        try:
            lines = dispute_lines(self.desk, states=states, limit=_FIRST_ROWS)
        except (UserError, EnvironmentProblem) as problem:
            self.banner.problem(problem)
            return
        self._found = tuple(line.id for line in lines)
        self._say_why_empty()
        self._model.show_rows(lambda offset, limit: lines[offset : offset + limit], len(lines))

    def _show(self, found: Sequence[UUID]) -> None:
        """Show what was found; the row that was chosen stays chosen where it still is."""
        chosen = self._found[self._at] if 0 <= self._at < len(self._found) else None
        desk, self._found = self.desk, found
        self._say_why_empty()
        self._model.show_keyed(lambda offset, limit: lines_of(desk, found[offset : offset + limit]), found)
        self.count.setText(f"{'找到' if self._narrowed else '共'} {len(found)} 件")
        if found:
            at = found.index(chosen) if chosen in found else 0
            self.table.selectRow(at)

    @property
    def _at(self) -> int:
        return self.table.currentIndex().row()

    def _say_why_empty(self) -> None:
        words = (
            ("没有找到这样的纠纷", "换一个词试试，或者看全部。", "看全部纠纷")
            if self._narrowed
            else (
                "还没有登记过纠纷",
                "有人来反映矛盾，先登记：写下双方是谁、为什么事就够。",
                "登记第一件纠纷",
            )
        )
        self.empty.say(*words)

    def _help_out(self) -> None:
        """Do what the empty list suggests."""
        if self._narrowed:
            self.enter(FILTERS[0][0])
        else:
            self._register()

    def _register(self) -> None:
        self.workspace.go("register")

    def _open(self, line: DisputeLine) -> None:
        self.workspace.go("dispute", line.id)

    def _search_anew(self) -> None:
        self.refresh(None)

    # Inside: several at once.

    def _show_bulk(self) -> None:
        """Show what can be done with several while rows are being ticked."""
        ticking = self.table.ticking
        self.bulk.setVisible(ticking)
        self.several.setVisible(not ticking)
        if ticking:
            desk = self.desk
            self.work(
                lambda _progress: office_view(desk), on_success=lambda view: self.bulk.offer(view.mediators)
            )
        else:
            self.table.setFocus()

    def _reassign(self, mediator_id: str, name: str) -> None:
        desk, chosen = self.desk, self._model.ticked
        self.act(
            lambda: reassign(desk, chosen, UUID(mediator_id)),
            done=f"已把 {len(chosen)} 件交给{name}。",
            on_success=lambda _change: self.table.set_ticking(on=False),
        )

    def _print_list(self) -> None:
        desk, chosen = self.desk, self._model.ticked
        self.work(lambda _progress: list_pdf(desk, chosen), title="正在排版", on_success=self._print)

    def _print(self, paper: PdfPaper) -> None:
        order = self.printer_chooser(self, paper.pages)
        desk = self.desk
        if order:
            send(
                self,
                lambda progress: print_ordered(desk, order, paper.data, progress, name="纠纷清单"),
                "清单",
            )

    def _save_list(self) -> None:
        desk, chosen, name = self.desk, self._model.ticked, self.file_chooser(self)
        if name:
            self.work(
                lambda _progress: save_list(desk, chosen, Path(name)),
                on_success=lambda file: self.banner.success(
                    f"已存为“{file.name}”，共 {len(chosen)} 件。",
                    "里面没有身份证号和电话。",
                ),
            )

    def _connect(self) -> None:
        self.filters.currentChanged.connect(self._search_anew)
        self.search.searched.connect(self._search_anew)
        self.table.opened.connect(self._open)
        self.table.ticking_changed.connect(self._show_bulk)
        self.table.ticks_changed.connect(lambda: self.bulk.say(self._model.tick_count))
        self.bulk.all_wanted.connect(lambda: self.table.tick_all(on=True))
        self.bulk.none_wanted.connect(lambda: self.table.tick_all(on=False))
        self.bulk.over.connect(lambda: self.table.set_ticking(on=False))
        self.bulk.mediator_wanted.connect(self._reassign)
        self.bulk.print_wanted.connect(self._print_list)
        self.bulk.save_wanted.connect(self._save_list)
        self._model.failed.connect(self.banner.problem)
        self.at_desk.switched.connect(self._search_anew)

    def _lay_out_body(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.filters)
        above.addWidget(self.search, 1)
        above.addWidget(self.count)
        self.body.addLayout(above)
        self.bulk.hide()
        self.body.addWidget(self.bulk)
        self.body.addWidget(RowList(self.table, self.empty), 1)


def _ask_file(parent: QWidget) -> str:
    """Ask where the list is to be written; empty when the user turns back."""
    return QFileDialog.getSaveFileName(parent, "存为表格", "纠纷清单.csv", "表格 (*.csv)")[0]


def _limit(line: DisputeLine) -> Word | None:
    """Return the running time limit in words; one that is settled has none."""
    return deadline_word(line.deadline) if line.deadline and line.state in UNSETTLED else None


def _limit_text(line: DisputeLine) -> str:
    word = _limit(line)
    return word[0] if word else ""


def _limit_tone(line: DisputeLine) -> Tone | None:
    word = _limit(line)
    return word[1] if word else None


_COLUMNS = (
    Column("编号", lambda line: line.number, 15.5),
    Column("当事人", lambda line: line.parties),
    Column("类型", lambda line: line.type_name, 8.5),
    Column("等级", lambda line: line.grade_name, 3.8),
    Column(
        "状态", lambda line: STATE_WORDS[line.state][0], 6.4, tone=lambda line: STATE_WORDS[line.state][1]
    ),
    Column("所在村", lambda line: line.village, 6),
    Column("办结期限", _limit_text, 6.2, tone=_limit_tone),
)
