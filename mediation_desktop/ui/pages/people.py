"""人员: the register of people, households and organisations, found by any word."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QTabBar

from mediation_desktop.domain.records import PersonKind
from mediation_desktop.services.desk import Change
from mediation_desktop.services.people import PersonLine, find_people, people_lines
from mediation_desktop.ui.atdesk import AtDesk
from mediation_desktop.ui.casework.person_form import KIND_WORDS
from mediation_desktop.ui.pages.deskpage import DeskPage
from mediation_desktop.ui.shell.workspace import Workspace
from mediation_desktop.ui.widgets.blocks import EmptyState, label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.search import SearchBox
from mediation_desktop.ui.widgets.tables import Column, LazyTableModel, RowList, RowTable

_KINDS = (None, *PersonKind)


class PeoplePage(DeskPage):
    """One big list; whole rows lead to their entry."""

    title: ClassVar[str] = "人员"
    help_text: ClassVar[str] = (
        "登记纠纷时填过的人都在这里，下次输入姓名或身份证号就能选出来，不用再填。\n"
        "在查找框里写姓名、小名、身份证号、电话或村名；写几个词，中间空一格，就是都要有。\n"
        "点一行打开：可以改资料，看此人所有的纠纷，编入一户，登记与调解员的关系，合并重复的。\n"
        "名单里身份证号和电话只显示头尾。"
    )
    shows: ClassVar[frozenset[str]] = frozenset({"person"})
    scrolls: ClassVar[bool] = False

    def __init__(self, workspace: Workspace, at_desk: AtDesk) -> None:
        super().__init__(workspace, at_desk)
        self._asked = 0
        self.tools.addWidget(button("登记人员", self._register, kind="primary", icon="add"))
        self.kinds = QTabBar()
        self.kinds.setAccessibleName("按个人、单位、户筛选")
        self.kinds.setDrawBase(False)
        self.kinds.setExpanding(False)
        for kind in _KINDS:
            self.kinds.addTab(KIND_WORDS[kind] if kind else "全部")
        self.search = SearchBox("查找人员", "姓名、身份证号、电话或村名（Ctrl+F）")
        self.count = label("", "soft", wrap=False)
        self._model = LazyTableModel(_COLUMNS)
        self.table = RowTable(self._model, "人员列表")
        self.empty = EmptyState("people", "", "", button("", self._help_out))
        self._lay_out_body()
        self._connect()

    def refresh(self, change: Change | None) -> None:
        """Search again; only the newest answer is shown."""
        del change
        self._asked += 1
        asked, desk, text = self._asked, self.desk, self.search.text().strip()
        kind = _KINDS[self.kinds.currentIndex()]
        self.work(
            lambda _progress: find_people(desk, text=text, kinds=(kind,) if kind else ()),
            on_success=lambda found: self._show(found) if asked == self._asked else None,
        )

    def focus_find(self) -> None:
        """Put the focus into the search box, what stands there ready to be typed over."""
        self.search.setFocus()
        self.search.selectAll()

    # Inside.

    @property
    def _narrowed(self) -> bool:
        return bool(self.search.text().strip()) or self.kinds.currentIndex() > 0

    def _show(self, found: Sequence[UUID]) -> None:
        desk = self.desk
        self._say_why_empty()
        self._model.show_rows(
            lambda offset, limit: people_lines(desk, found[offset : offset + limit]), len(found)
        )
        self.count.setText(f"{'找到' if self._narrowed else '共'} {len(found)} 条")
        if found:
            self.table.selectRow(0)

    def _say_why_empty(self) -> None:
        words = (
            ("没有找到这样的人", "换一个词试试，或者看全部。", "看全部人员")
            if self._narrowed
            else (
                "人员库还是空的",
                "登记纠纷时填的当事人会自动记在这里，下次不用再填；也可以现在先登记常来的人、单位和户。",
                "登记第一个人",
            )
        )
        self.empty.say(*words)

    def _help_out(self) -> None:
        """Do what the empty list suggests."""
        if self._narrowed:
            self.search.clear()
            self.kinds.setCurrentIndex(0)
        else:
            self._register()

    def _register(self) -> None:
        self.workspace.go("person", _KINDS[self.kinds.currentIndex()] or PersonKind.PERSON)

    def _open(self, line: PersonLine) -> None:
        self.workspace.go("person", line.id)

    def _search_anew(self) -> None:
        self.refresh(None)

    def _connect(self) -> None:
        self.kinds.currentChanged.connect(self._search_anew)
        self.search.searched.connect(self._search_anew)
        self.table.opened.connect(self._open)
        self._model.failed.connect(self.banner.problem)
        self.at_desk.switched.connect(self._search_anew)

    def _lay_out_body(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.kinds)
        above.addWidget(self.search, 1)
        above.addWidget(self.count)
        self.body.addLayout(above)
        self.body.addWidget(RowList(self.table, self.empty), 1)


_COLUMNS = (
    Column("姓名或名称", lambda line: line.name, 12),
    Column("类别", lambda line: KIND_WORDS[line.kind], 4),
    Column("小名", lambda line: line.other_names, 6),
    Column("证件号码", lambda line: line.number, 8),
    Column("电话", lambda line: line.phone, 8),
    Column("村（社区）", lambda line: line.village, 7),
    Column("住址", lambda line: line.address),
)
