"""The frame around the pages: rail, banner, status strip, help, and what every page is."""

from mediation_desktop.ui.shell.banner import Banner
from mediation_desktop.ui.shell.confirm import confirm
from mediation_desktop.ui.shell.page import Page
from mediation_desktop.ui.shell.rail import Place
from mediation_desktop.ui.shell.window import MainWindow
from mediation_desktop.ui.shell.workspace import Workspace

__all__ = ["Banner", "MainWindow", "Page", "Place", "Workspace", "confirm"]
