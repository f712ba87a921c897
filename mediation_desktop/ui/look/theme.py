"""The theme of the running window: light or dark, normal or 大字, switchable at any moment."""

from functools import cache
from string import Template
from typing import cast

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSize, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from mediation_desktop.system.paths import resource
from mediation_desktop.ui.look.fonts import window_face
from mediation_desktop.ui.look.tokens import read_tokens

_POINTS_PER_INCH = 72

_PALETTE = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.PlaceholderText: "ink_soft",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "field_line",
    QPalette.ColorRole.Light: "surface",
}


class Theme(QObject):
    """Colours, lengths and faces of the window.  There is one, a child of the application.

    ``changed`` says that everything painted by hand must be painted anew.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._tokens = read_tokens()
        self._face = window_face()
        self._sheet = Template(resource("styles", "window.qss").read_text(encoding="utf-8"))
        self.dark = False
        self.large = False
        app.setStyle("Fusion")
        _speak_chinese(app)

    def apply(self, *, dark: bool, large: bool) -> None:
        """Dress the whole window anew."""
        self.dark, self.large = dark, large
        font = QFont(self._face.family)
        font.setPointSizeF(self.points)
        self._app.setFont(font)
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self._sheet.substitute(self._values()))
        self.changed.emit()

    @property
    def points(self) -> float:
        """Size of the base text in points."""
        return self._tokens.type["large" if self.large else "normal"]

    def colour(self, name: str) -> QColor:
        """Return a colour of the present palette by its token."""
        return QColor(self._colours[name])

    def space(self, name: str) -> int:
        """Return a gap (``xs s m l xl``) in device-independent pixels."""
        return round(self._em * self._tokens.space[name])

    def size(self, name: str) -> int:
        """Return a length of the ``[size]`` table in device-independent pixels."""
        return round(self._em * self._tokens.size[name])

    def icon_size(self, name: str = "icon") -> QSize:
        """Return the edge of an icon as a square size."""
        return QSize(self.size(name), self.size(name))

    def ems(self, count: float) -> int:
        """Return the width of ``count`` Chinese characters of the base text."""
        return round(self._em * count)

    def font(self, role: str = "normal", *, strong: bool = False) -> QFont:
        """Return the face for something painted by hand: ``normal small heading title``."""
        font = QFont(self._face.family)
        font.setPointSizeF(self._points_of(role))
        if strong:
            font.setWeight(QFont.Weight(self._face.strong))
        return font

    def _points_of(self, role: str) -> float:
        return self.points * (1.0 if role == "normal" else self._tokens.type[role])

    @property
    def _em(self) -> float:
        return self.points * self._app.primaryScreen().logicalDotsPerInch() / _POINTS_PER_INCH

    @property
    def _colours(self) -> dict[str, str]:
        return self._tokens.dark if self.dark else self._tokens.light

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled_ink"))
        return palette

    def _values(self) -> dict[str, object]:
        """Return what the style sheet's names stand for."""
        lengths = {name: self.size(name) for name in self._tokens.size}
        gaps = {name: self.space(name) for name in self._tokens.space}
        points = {
            f"{role}_pt": round(self._points_of(role), 2) for role in ("normal", "small", "heading", "title")
        }
        pads = {"field": (self.space("xs"), self.space("s")), "button": (self.space("xs"), self.space("m"))}
        # A focus ring is one pixel wider than the line it replaces, so the padding gives that pixel back.
        padding = {
            key: value
            for name, (pad, side) in pads.items()
            for key, value in (
                (f"{name}_pad", pad),
                (f"{name}_side", side),
                (f"{name}_pad_focus", pad - 1),
                (f"{name}_side_focus", side - 1),
            )
        }
        shade = "dark" if self.dark else "light"
        return {
            **self._colours,
            **lengths,
            **gaps,
            **points,
            **padding,
            "strong": self._face.strong,
            "arrow": resource("icons", "arrow-down.svg").as_posix(),
            "check": resource("icons", f"check-{shade}.svg").as_posix(),
            "dot": resource("icons", f"dot-{shade}.svg").as_posix(),
            "icon_round": self.size("icon") // 2,
            "head_side": self.space("s") + 3,
            "combo_arrow": self.ems(1.8),
            "combo_icon": self.ems(1.0),
            "choice_row": self.ems(2.0),
            "scroll": self.ems(0.9),
            "scroll_radius": max(1, self.ems(0.9) // 2 - 2),
            "scroll_handle": self.ems(2.5),
        }


def theme() -> Theme:
    """Return the theme of the running application; every widget asks, so it is looked up once."""
    app = cast("QApplication", QApplication.instance())
    return _theme_of(app)


@cache
def _theme_of(app: QApplication) -> Theme:
    found = app.findChild(Theme)
    if found is None:
        raise LookupError("the application is not dressed yet")
    return found


def _speak_chinese(app: QApplication) -> None:
    """Make Qt's own words (print dialog, context menus) Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
