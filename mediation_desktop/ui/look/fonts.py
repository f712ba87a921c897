"""The face of the window: the system's own on Windows, elsewhere the one that came with the program."""

import sys

from msgspec import Struct
from PySide6.QtGui import QFontDatabase

from mediation_desktop.system.paths import resource

_WINDOWS_FACE = "Microsoft YaHei UI"
_OWN_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf")


class Face(Struct, frozen=True):
    """A family and the weight in it that reads as emphasis."""

    family: str
    strong: int


def window_face() -> Face:
    """Return the face for the window, loading the program's own where the system's is not there.

    YaHei has a regular and a bold cut only, so that emphasis there asks for the bold one.
    """
    if sys.platform == "win32" and QFontDatabase.hasFamily(_WINDOWS_FACE):
        return Face(_WINDOWS_FACE, 700)
    handles = [QFontDatabase.addApplicationFont(str(resource("fonts", name))) for name in _OWN_FILES]
    return Face(QFontDatabase.applicationFontFamilies(handles[0])[0], 500)
