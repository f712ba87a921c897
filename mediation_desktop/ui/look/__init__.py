"""How the window looks: colours, lengths, faces and icons, all from ``resources/``.

Pages ask ``theme()`` for a colour or a length and never write one down.
"""

from PySide6.QtWidgets import QApplication

from mediation_desktop.ui.look.icons import icon, pixmap, redraw_icons, set_icon
from mediation_desktop.ui.look.theme import Theme, theme
from mediation_desktop.ui.look.tokens import Tone


def dress(app: QApplication, *, dark: bool = False, large: bool = False) -> Theme:
    """Give the application its theme, once, before the first widget."""
    made = Theme(app)
    made.changed.connect(redraw_icons)
    made.apply(dark=dark, large=large)
    return made


__all__ = ["Theme", "Tone", "dress", "icon", "pixmap", "set_icon", "theme"]
