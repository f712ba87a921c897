"""The paper as it will be printed: pages, zoom, keys, and its text for a screen reader."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mediation_desktop.ui.look import theme
from mediation_desktop.ui.papers.document import PdfBytes
from mediation_desktop.ui.widgets.buttons import icon_button

_ZOOM_STEP = 1.25
_LEAST_ZOOM, _READING_ZOOM, _MOST_ZOOM = 0.25, 1.2, 4.0


class PaperPreview(QWidget):
    """Shows a PDF.  Page Up and Page Down turn pages, Ctrl+加号, Ctrl+减号 and Ctrl+0 zoom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper: PdfBytes | None = None
        self._nothing = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._fitting = True
        self.view.setAccessibleName("文书预览")
        self.view.setDocument(self._nothing)
        self._pages = QLabel()
        self._bar = QHBoxLayout()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self.view.pageNavigator().currentPageChanged.connect(self._say_page)
        for keys, do in (
            ("Ctrl++", self.zoom_in),
            ("Ctrl+=", self.zoom_in),
            ("Ctrl+-", self.zoom_out),
            ("Ctrl+0", self.fit),
            ("PgDown", self.next_page),
            ("PgUp", self.previous_page),
        ):
            QShortcut(QKeySequence(keys), self.view).activated.connect(do)
        self._set_ground()
        theme().changed.connect(self._set_ground)
        self._say_page()

    def show_pdf(self, data: bytes) -> None:
        """Show a paper.

        Raises:
            UserError: the bytes are no PDF that can be opened.
        """
        paper = PdfBytes(data)
        self.clear()
        self._paper = paper
        self.view.setDocument(paper.document)
        self.view.setAccessibleDescription(self.text())
        self.fit()
        self._say_page()

    def clear(self) -> None:
        """Show nothing."""
        self.view.setDocument(self._nothing)
        if self._paper:
            self._paper.close()
            self._paper = None
        self.view.setAccessibleDescription("")
        self._say_page()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the fitting width until the user zooms."""
        super().resizeEvent(event)
        if self._fitting:
            self.fit()

    @property
    def page_count(self) -> int:
        """How many pages the paper has."""
        return self._paper.document.pageCount() if self._paper else 0

    @property
    def page(self) -> int:
        """The page in view, from 1."""
        return self.view.pageNavigator().currentPage() + 1

    def text(self) -> str:
        """Return the words of the paper, for a screen reader."""
        if not self._paper:
            return ""
        document = self._paper.document
        return "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))

    def next_page(self) -> None:
        """Turn to the next page."""
        self._turn(self.page + 1)

    def previous_page(self) -> None:
        """Turn to the page before."""
        self._turn(self.page - 1)

    def zoom_in(self) -> None:
        """Show it larger."""
        self._zoom(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show it smaller."""
        self._zoom(1 / _ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole width of the page, not larger than is good to read."""
        self._fitting = True
        self.view.setZoomFactor(min(_READING_ZOOM, self._width_zoom()))

    def _turn(self, page: int) -> None:
        if 1 <= page <= self.page_count:
            self.view.pageNavigator().jump(page - 1, QPointF())

    def _zoom(self, factor: float) -> None:
        self._fitting = False
        wanted = self.view.zoomFactor() * factor
        self.view.setZoomFactor(min(_MOST_ZOOM, max(_LEAST_ZOOM, wanted)))

    def _width_zoom(self) -> float:
        """Return the zoom at which the widest page fills the view."""
        if not self._paper:
            return 1.0
        document = self._paper.document
        points = max(document.pagePointSize(page).width() for page in range(document.pageCount()))
        margins = self.view.documentMargins()
        room = self.view.width() - margins.left() - margins.right() - theme().ems(1.5)
        return max(_LEAST_ZOOM, room / (points / 72 * self.view.logicalDpiX()))

    def _set_ground(self) -> None:
        """Let the desk under the sheets be calm; Qt paints it in the palette's dark role."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, theme().colour("sunken"))
        self.view.setPalette(palette)

    def _say_page(self) -> None:
        text = f"第 {self.page} 页，共 {self.page_count} 页" if self._paper else ""
        self._pages.setText(text)
        self.view.setAccessibleName(f"文书预览 {text}".strip())

    def _lay_out(self) -> None:
        self._bar.addWidget(icon_button("up", "上一页（Page Up）", self.previous_page))
        self._bar.addWidget(icon_button("down", "下一页（Page Down）", self.next_page))
        self._bar.addWidget(self._pages, 1)
        self._bar.addWidget(icon_button("zoom-out", "缩小（Ctrl+减号）", self.zoom_out))
        self._bar.addWidget(icon_button("zoom-in", "放大（Ctrl+加号）", self.zoom_in))
        self._bar.addWidget(icon_button("fit", "适合宽度（Ctrl+0）", self.fit))
        self._bar.setSpacing(theme().space("xs"))
        self._layout.addLayout(self._bar)
        self._layout.addWidget(self.view, 1)
