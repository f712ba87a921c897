"""Drawing a sketch: lines, arrows, boundary posts and words, on white or over a photo."""

from collections.abc import Mapping, Sequence
from math import hypot

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QShortcut,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mediation_desktop.domain.records import Mark
from mediation_desktop.domain.sketches import (
    ARROW,
    LINE,
    POST,
    SCALE,
    SHAPES,
    TEXT,
    WHITE_SHEET,
    Dot,
    Gauge,
    Part,
    Patch,
    Stroke,
    Words,
    described,
    layers,
)
from mediation_desktop.ui.look import theme
from mediation_desktop.ui.widgets.blocks import label
from mediation_desktop.ui.widgets.buttons import button
from mediation_desktop.ui.widgets.editors import LineEdit
from mediation_desktop.ui.widgets.scrolling import bring_into_view

_INK, _PAPER = QColor(17, 17, 17), QColor(255, 255, 255)
_LEAST_LENGTH = 80
"""A drag shorter than this, in ten-thousandths, is a slip of the hand."""
_CANVAS_EMS = (44, 33)
_MARKS = "marks"
_TOOL_WORDS = {LINE: "画线", ARROW: "画箭头", POST: "放界桩", TEXT: "写字"}


class SketchCanvas(QWidget):
    """The sheet itself.  ``drawn(Mark)`` when a mark was made with the mouse."""

    drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = LINE
        self.words = ""
        self._marks: tuple[Mark, ...] = ()
        self._photo = QPixmap()
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("附图画板，可用鼠标画；也可以只用文字说明四至，按“照四至画”")

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show other marks."""
        self._marks = tuple(marks)
        self.setAccessibleDescription("，".join(described(mark, self._marks) for mark in self._marks))
        self.update()

    def show_photo(self, data: bytes | None) -> None:
        """Draw over a photo, or on white."""
        self._photo = QPixmap()
        if data:
            self._photo.loadFromData(data)
        self.updateGeometry()
        self.update()

    @property
    def sheet(self) -> QRectF:
        """Where the sheet lies in the widget: as large as there is room, in its own proportion."""
        across, down = self._proportion()
        scale = min(self.width() / across, self.height() / down)
        size = (across * scale, down * scale)
        return QRectF((self.width() - size[0]) / 2, 0, *size)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Keep the proportion."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height that fits, never more than a screen shows at once."""
        across, down = self._proportion()
        return min(round(width * down / across), theme().ems(_CANVAS_EMS[1]))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Prefer a size that is good to draw on."""
        width = theme().ems(_CANVAS_EMS[0])
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for half of that at least."""
        return self.sizeHint() / 2

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the sheet and the marks, as on paper."""
        sheet = self.sheet
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(sheet, _PAPER)
        if not self._photo.isNull():
            painter.drawPixmap(sheet, self._photo, QRectF(self._photo.rect()))
        painter.setClipRect(sheet)
        painter.translate(sheet.topLeft())
        paint_marks(painter, (*self._marks, *self._growing()), Gauge(sheet.width(), sheet.height()))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show what would be drawn."""
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End."""
        if self._from is None:
            return
        self._to = event.position()
        made = self._growing()
        self._from = self._to = None
        self.update()
        for mark in made:
            self.drawn.emit(mark)

    def _growing(self) -> tuple[Mark, ...]:
        """Return the mark that the mouse is making."""
        if self._from is None or self._to is None:
            return ()
        start, end = self._point(self._from), self._point(self._to)
        if self.tool in {POST, TEXT}:
            return (Mark(shape=self.tool, points=end, text=self.words),)
        if hypot(end[0] - start[0], end[1] - start[1]) < _LEAST_LENGTH:
            return ()
        return (Mark(shape=self.tool, points=(*start, *end)),)

    def _point(self, at: QPointF) -> tuple[int, int]:
        """Return a place on the sheet in ten-thousandths; beyond its edge is its edge."""
        sheet = self.sheet
        x = (at.x() - sheet.left()) / max(1.0, sheet.width())
        y = (at.y() - sheet.top()) / max(1.0, sheet.height())
        return (round(min(1.0, max(0.0, x)) * SCALE), round(min(1.0, max(0.0, y)) * SCALE))

    def _proportion(self) -> tuple[int, int]:
        return WHITE_SHEET if self._photo.isNull() else (self._photo.width(), self._photo.height())


def paint_marks(painter: QPainter, marks: Sequence[Mark], gauge: Gauge) -> None:
    """Paint marks onto a sheet of the size of ``gauge`` whose corner is the painter's origin."""
    for layer in layers(marks, gauge):
        for part in layer:
            _paint(painter, part, gauge, _PAPER, gauge.halo)
        for part in layer:
            _paint(painter, part, gauge, _INK, 0)


def _paint(painter: QPainter, part: Part, gauge: Gauge, ink: QColor, wider: float) -> None:
    """Paint one shape, reaching further by ``wider`` on all sides."""
    painter.setBrush(ink)
    painter.setPen(_pen(ink, 2 * wider))
    match part:
        case Stroke(points):
            painter.setPen(_pen(ink, gauge.line + 2 * wider))
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))
        case Patch(points):
            painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
        case Dot(centre, radius):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(*centre), radius + wider, radius + wider)
            painter.setBrush(_PAPER)
            painter.drawEllipse(QPointF(*centre), radius / 2, radius / 2)
        case Words(left, middle, text):
            painter.drawPath(_written(text, left, middle, gauge))


def _pen(ink: QColor, width: float) -> QPen:
    if not width:
        return QPen(Qt.PenStyle.NoPen)
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _written(text: str, left: float, middle: float, gauge: Gauge) -> QPainterPath:
    font = theme().font()
    font.setPixelSize(max(1, round(gauge.text)))
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    path.addText(QPointF(left, middle + (metrics.ascent() - metrics.descent()) / 2), font, text)
    return path


class SketchBoard(QWidget):
    """The sheet with its tools and the list of what is drawn; a part of a sheet of forms."""

    edited = Signal()
    completed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[Mark, ...] = ()
        self._before: list[tuple[Mark, ...]] = []
        self.canvas = SketchCanvas()
        self.canvas.drawn.connect(self.add)
        self.words = LineEdit()
        self.words.setAccessibleName("要写的字，或界桩的名字")
        self.words.setPlaceholderText("要写的字，或界桩的名字")
        self.words.textChanged.connect(self._take_words)
        self.list = QListWidget()
        self.list.setAccessibleName("图上已有的内容，选中后按 Delete 键删去")
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.delete)
        self.tools: dict[str, QPushButton] = {}
        self._lay_out()
        self.choose(LINE)
        self._show()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is drawn."""
        return self._marks

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show a kept drawing; there is nothing to undo yet."""
        self._marks, self._before = tuple(marks), []
        self._show()

    def choose(self, tool: str) -> None:
        """Take another tool."""
        self.canvas.tool = tool
        self._take_words()
        self.tools[tool].setChecked(True)
        if tool == TEXT and not self.words.value():
            self.words.setFocus()

    def add(self, mark: Mark) -> None:
        """Draw one more; a post without a name is numbered, words that are none are not drawn."""
        if mark.shape == TEXT and not mark.text:
            self.words.setFocus()
            self._said.setText("请先写上字，再在图上点一下。")
            return
        if mark.shape == POST and not mark.text:
            posts = sum(one.shape == POST for one in self._marks)
            mark = msgspec.structs.replace(mark, text=f"界{posts + 1}")
        self.change((*self._marks, mark))
        if mark.shape in {POST, TEXT}:
            self.words.clear()

    def change(self, marks: Sequence[Mark]) -> None:
        """Draw something else, which can be undone."""
        self._before.append(self._marks)
        self._marks = tuple(marks)
        self._show()
        self.edited.emit()

    def undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self._marks = self._before.pop()
            self._show()
            self.edited.emit()

    def delete(self) -> None:
        """Take out what is chosen in the list."""
        at = self.list.currentRow()
        if at >= 0:
            self.change(self._marks[:at] + self._marks[at + 1 :])
            self.list.setCurrentRow(min(at, self.list.count() - 1))
            self.list.setFocus()

    # As a part of a sheet.

    def draft(self) -> dict[str, str]:
        """Return the drawing as text."""
        return {_MARKS: msgspec.json.encode(self._marks).decode()}

    def set_draft(self, draft: Mapping[str, str]) -> None:
        """Put a drawing back."""
        if draft.get(_MARKS):
            self.show_marks(msgspec.json.decode(draft[_MARKS], type=tuple[Mark, ...]))

    def clear(self) -> None:
        """Have a blank sheet."""
        if self._marks:
            self.change(())

    def ready(self) -> bool:
        """An empty sheet is told when saving."""
        return True

    def jump(self, key: str) -> bool:
        """Put the focus into the tools."""
        del key
        self.tools[LINE].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def begin(self) -> bool:
        """Go to the tools."""
        return self.jump("")

    def _take_tool(self, tool: str) -> None:
        bring_into_view(self.canvas)
        self.choose(tool)

    def _take_words(self) -> None:
        self.canvas.words = self.words.value()
        self._said.setText(_HINTS[self.canvas.tool])

    def _show(self) -> None:
        self.canvas.show_marks(self._marks)
        self.list.clear()
        self.list.addItems([described(mark, self._marks) for mark in self._marks])
        self.undo_button.setEnabled(bool(self._before))
        for each in (self.clear_button, self.delete_button):
            each.setEnabled(bool(self._marks))

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(theme().space("s"))
        for shape in SHAPES:
            made = button(_TOOL_WORDS[shape], lambda shape=shape: self._take_tool(shape))
            made.setCheckable(True)
            made.setProperty("kind", "tool")
            group.addButton(made)
            self.tools[shape] = made
            row.addWidget(made)
        row.addWidget(self.words, 1)
        self.undo_button = button("撤销", self.undo, icon="back")
        self.clear_button = button("清空", self.clear, icon="close")
        self.delete_button = button("删去选中的", self.delete, icon="delete")
        row.addWidget(self.undo_button)
        row.addWidget(self.clear_button)
        self._said = label("", "small")
        side = QVBoxLayout()
        side.addWidget(label("图上的内容", "label"))
        side.addWidget(self.list, 1)
        side.addWidget(self.delete_button)
        middle = QHBoxLayout()
        middle.addWidget(self.canvas, 4)
        middle.addLayout(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space("s"))
        column.addLayout(row)
        column.addWidget(self._said)
        column.addLayout(middle)


_HINTS = {
    LINE: "按住鼠标从一头拖到另一头。",
    ARROW: "按住鼠标拖，松开的地方是箭头。",
    POST: "在界桩的位置点一下；不写名字就自动编号。",
    TEXT: "先写字，再在图上点一下。",
}
