"""Lists that fetch only what is seen, with whole rows to click and an empty state that teaches."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mediation_desktop.domain.errors import UserError
from mediation_desktop.system.problems import EnvironmentProblem
from mediation_desktop.ui.look import Tone, theme
from mediation_desktop.ui.widgets.blocks import EmptyState

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[int, int], Sequence[Any]]
"""``fetch(offset, limit)`` returns the rows of that part of the list."""

_CHUNK = 100
_CHUNKS_KEPT = 20
_ROW = Qt.ItemDataRole.UserRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_ANSWERED = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, _ALIGNMENT, _ROW})
"""What a cell is asked for and has; painting asks for as much again in vain."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(Struct, frozen=True):
    """A column: its heading, the text of a row, its width in characters (0: takes what is left).

    ``tone`` makes the text a chip of that tone, ``None`` leaves it plain; ``right`` aligns figures.
    """

    title: str
    text: Callable[[Any], str]
    ems: float = 0
    tone: Callable[[Any], Tone | None] | None = None
    right: bool = False


class LazyTableModel(QAbstractTableModel):
    """Rows of any length of list, fetched in parts when they come into view and forgotten again.

    ``failed(error)`` when a part cannot be fetched; its rows are then empty.
    """

    failed = Signal(object)

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch: Fetch = lambda _offset, _limit: ()
        self._count = 0
        self._chunks: dict[int, Sequence[Any]] = {}

    def show_rows(self, fetch: Fetch, count: int) -> None:
        """Show another list of ``count`` rows."""
        self.beginResetModel()
        self._fetch, self._count = fetch, count
        self._chunks.clear()
        self.endResetModel()

    def row(self, at: int) -> Any:
        """Return the row at a position, or ``None`` when it could not be fetched."""
        chunk, inside = divmod(at, _CHUNK)
        if chunk not in self._chunks:
            while len(self._chunks) >= _CHUNKS_KEPT:
                del self._chunks[next(iter(self._chunks))]
            self._chunks[chunk] = self._fetch_chunk(chunk)
        rows = self._chunks[chunk]
        return rows[inside] if inside < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many rows the list has."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, alignment or row."""
        if role not in _ANSWERED:
            return None
        column = self.columns[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if column.right else _LEFT
        row = self.row(index.row())
        return row if row is None or role == _ROW else column.text(row)

    def tone(self, index: Index) -> Tone | None:
        """Return the tone of the chip that a cell is drawn as, ``None`` for plain text."""
        tone = self.columns[index.column()].tone
        row = self.row(index.row()) if tone else None
        return tone(row) if tone and row is not None else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].right else _LEFT
        return None

    def _fetch_chunk(self, chunk: int) -> Sequence[Any]:
        try:
            return self._fetch(chunk * _CHUNK, _CHUNK)
        except (UserError, EnvironmentProblem) as error:
            self.failed.emit(error)
            return ()


class RowTable(QTableView):
    """A table whose rows are chosen as a whole: ``opened(row)`` on a click or on Enter."""

    opened = Signal(object)

    def __init__(self, model: LazyTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered = -1
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(_RowDelegate(self, model))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme().ems(3))
        self.clicked.connect(self._clicked)
        theme().changed.connect(self._set_sizes)
        self._set_sizes()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the row on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Light up the whole row under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Put the light out."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _clicked(self, index: Index) -> None:
        self._open(index)

    def _open(self, index: Index) -> None:
        row = index.data(_ROW)
        if row is not None:
            self.opened.emit(row)

    def _set_sizes(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().size("row"))
        header = self.horizontalHeader()
        for at, column in enumerate(self._model.columns):
            if column.ems:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, theme().ems(column.ems))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)


class RowList(QStackedWidget):
    """A table, or in its place the empty state while there are no rows."""

    def __init__(self, table: RowTable, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.empty = empty
        self.addWidget(empty)
        self.addWidget(table)
        table.model().modelReset.connect(self._choose)
        self._choose()

    def _choose(self) -> None:
        self.setCurrentWidget(self.table if self.table.model().rowCount() else self.empty)


class _RowDelegate(QStyledItemDelegate):
    """Lights the hovered row and draws states as chips."""

    def __init__(self, table: RowTable, model: LazyTableModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() == self._table.hovered:
            painter.fillRect(option.rect, theme().colour("hover"))
        super().paint(painter, option, index)
        if tone := self._model.tone(index):
            self._paint_chip(painter, option, index.data(Qt.ItemDataRole.DisplayRole), tone)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        if self._model.tone(index):
            option.text = ""  # pyright: ignore[reportAttributeAccessIssue] - the stubs leave it out

    def _paint_chip(self, painter: QPainter, option: QStyleOptionViewItem, text: str, tone: Tone) -> None:
        font = theme().font("small")
        metrics = QFontMetrics(font)
        side, height = theme().space("s"), metrics.height() + 4
        box = QRectF(option.rect).adjusted(side, 0, -side, 0)
        width = min(box.width(), metrics.horizontalAdvance(text) + 2 * side)
        chip = QRectF(box.left(), box.center().y() - height / 2, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour(tone))
        painter.drawRoundedRect(chip, theme().size("radius"), theme().size("radius"))
        painter.setFont(font)
        painter.setPen(theme().colour(f"on_{tone}"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
