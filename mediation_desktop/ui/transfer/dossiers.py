"""Which dossiers go along, and what for: only on request, each with its purpose (个人信息保护法 第6条)."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mediation_desktop.services.queries import DisputeLine
from mediation_desktop.services.transfer import DossierRequest
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.blocks import EmptyState, label
from mediation_desktop.ui.widgets.buttons import button, icon_button
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.form import Field
from mediation_desktop.ui.widgets.search import SearchBox
from mediation_desktop.ui.widgets.tables import Column, LazyTableModel, RowList, RowTable

_COLUMNS = (
    Column("编号", lambda line: line.number, 17),
    Column("当事人", lambda line: line.parties),
    Column("类型", lambda line: line.type_name, 9),
)
_LIST_EMS = 13

Fetch = Callable[[str, int, int], Sequence[DisputeLine]]
Count = Callable[[str], int]


class DossierPicker(QWidget):
    """The disputes whose full dossier was asked for; ``changed`` when one is added or taken away.

    Args:
        fetch: ``fetch(text, offset, limit)`` returns disputes found by ``text``.
        count: how many disputes ``text`` finds.
    """

    changed = Signal()

    def __init__(self, fetch: Fetch, count: Count, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fetch, self._count = fetch, count
        self._chosen: dict[Any, tuple[QWidget, Field]] = {}
        self.add_button = button(
            "附送文书", self._toggle, icon="attach", hint="默认只送登记内容和结果，不附文书"
        )
        self._model = LazyTableModel(_COLUMNS)
        self.search = SearchBox("查找要附卷宗的纠纷", "编号、姓名、电话或情况里的字")
        self.table = RowTable(self._model, "查到的纠纷")
        self._picking = QWidget()
        self._rows = QVBoxLayout()
        self._lay_out()
        self.search.searched.connect(self._find)
        self.table.opened.connect(self._add)

    def requests(self) -> tuple[DossierRequest, ...]:
        """Return what was asked for."""
        return tuple(
            DossierRequest(dispute_id, field.editor.value())
            for dispute_id, (_row, field) in self._chosen.items()
        )

    def check(self) -> bool:
        """Show where a purpose is missing and go there; return whether none is."""
        wrong = [field for _row, field in self._chosen.values() if not field.check(complete=True)]
        if wrong:
            wrong[0].take_focus()
        return not wrong

    def clear(self) -> None:
        """Start again with none."""
        for dispute_id in list(self._chosen):
            self._remove(dispute_id)

    def _toggle(self) -> None:
        opening = self._picking.isHidden()
        self._picking.setVisible(opening)
        if opening:
            self._find(self.search.text().strip())
            self.search.setFocus()

    def _find(self, text: str) -> None:
        self._model.show_rows(lambda offset, limit: self._fetch(text, offset, limit), self._count(text))

    def _add(self, line: DisputeLine) -> None:
        self._picking.hide()
        if line.id in self._chosen:
            return
        row = QWidget()
        field = Field("附卷宗的用途", LineEdit(), required=True, hint="如：县中心调卷评查；会记入导出记录")
        layout = QGridLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setColumnStretch(0, 1)
        layout.addWidget(label(f"{line.number}　{line.parties}", "strong"), 0, 0)
        layout.addWidget(
            icon_button("close", f"不附{line.number}的卷宗", lambda: self._remove(line.id)), 0, 1
        )
        layout.addWidget(field, 1, 0, 1, 2)
        self._chosen[line.id] = (row, field)
        self._rows.addWidget(row)
        field.take_focus()
        self.changed.emit()

    def _remove(self, dispute_id: Any) -> None:
        row, _field = self._chosen.pop(dispute_id)
        row.hide()
        row.deleteLater()
        self.add_button.setFocus()
        self.changed.emit()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._picking)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(label("点一下要附卷宗的纠纷：", "soft"))
        inside.addWidget(self.search)
        empty = EmptyState("search", "没有查到纠纷", "请换几个字再查。")
        found = RowList(self.table, empty)
        found.setMinimumHeight(theme().ems(_LIST_EMS))
        inside.addWidget(found)
        self._picking.hide()
        top = QHBoxLayout()
        top.addWidget(self.add_button)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addLayout(top)
        column.addWidget(self._picking)
