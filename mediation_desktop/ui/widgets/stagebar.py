"""The stage bar: where a dispute stands between 登记 and 归档."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mediation_desktop.ui.look import pixmap, theme

StageState = Literal["done", "now", "todo"]
_WORDS: dict[StageState, str] = {"done": "已完成", "now": "进行中", "todo": "未开始"}


class Stage(Struct, frozen=True):
    """One stage and whether it is behind, at hand or ahead."""

    word: str
    state: StageState


class StageBar(QWidget):
    """Draws the stages as numbered circles on a line: a tick when done, filled now, hollow ahead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("进度")
        theme().changed.connect(self.updateGeometry)

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Show other stages."""
        self._stages = tuple(stages)
        words = "，".join(f"{stage.word}{_WORDS[stage.state]}" for stage in self._stages)
        self.setAccessibleName(f"进度：{words}")
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the circles and the words below."""
        line = QFontMetrics(theme().font()).lineSpacing()
        return QSize(max(1, len(self._stages)) * theme().ems(4), self._circle() + line + theme().space("s"))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as it wants, as narrow as the words allow."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the stages."""
        if not self._stages:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._stages)
        for at, stage in enumerate(self._stages):
            middle = QPointF(step * (at + 0.5), self._circle() / 2 + 1)
            if at:
                self._draw_line(painter, middle, step, stage)
            self._draw_circle(painter, middle, at + 1, stage)
            self._draw_word(painter, middle, step, stage)
        painter.end()

    def _circle(self) -> int:
        return theme().ems(1.7)

    def _draw_line(self, painter: QPainter, middle: QPointF, step: float, stage: Stage) -> None:
        painter.setPen(QPen(theme().colour("field_line" if stage.state == "todo" else "accent"), 2))
        gap = self._circle() / 2 + theme().space("xs")
        painter.drawLine(QPointF(middle.x() - step + gap, middle.y()), QPointF(middle.x() - gap, middle.y()))

    def _draw_circle(self, painter: QPainter, middle: QPointF, number: int, stage: Stage) -> None:
        radius = self._circle() / 2
        ground = {"done": "accent_soft", "now": "accent", "todo": "surface"}[stage.state]
        painter.setPen(QPen(theme().colour("field_line" if stage.state == "todo" else "accent"), 2))
        painter.setBrush(theme().colour(ground))
        painter.drawEllipse(middle, radius - 1, radius - 1)
        box = QRectF(middle.x() - radius, middle.y() - radius, radius * 2, radius * 2)
        if stage.state == "done":
            inset = radius * 0.4
            inside = box.adjusted(inset, inset, -inset, -inset).toAlignedRect()
            painter.drawPixmap(inside, pixmap("done", "on_accent_soft", inside.size()))
        else:
            painter.setFont(theme().font("small", strong=stage.state == "now"))
            painter.setPen(theme().colour("on_accent" if stage.state == "now" else "ink_soft"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))

    def _draw_word(self, painter: QPainter, middle: QPointF, step: float, stage: Stage) -> None:
        top = self._circle() + theme().space("xs")
        painter.setFont(theme().font(strong=stage.state == "now"))
        painter.setPen(theme().colour({"done": "ink", "now": "accent", "todo": "ink_soft"}[stage.state]))
        box = QRectF(middle.x() - step / 2, top, step, self.height() - top)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, stage.word)
