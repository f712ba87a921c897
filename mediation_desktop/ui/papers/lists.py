"""A plain list onto the clipboard, for WPS or Excel, or onto paper."""

from html import escape
from string import Template

from PySide6.QtWidgets import QApplication, QWidget

from mediation_desktop.services.desk import Desk
from mediation_desktop.services.listing import Listing
from mediation_desktop.services.printers import last_printer, remember_printer
from mediation_desktop.system.paths import resource
from mediation_desktop.ui.papers.printing import ask_printer, print_rich_text

COPIED = "已复制，可以粘贴到表格或文档里。"


def copy_listing(listing: Listing) -> None:
    """Put a list onto the clipboard."""
    QApplication.clipboard().setText(listing.text)


def print_listing(parent: QWidget, desk: Desk, listing: Listing) -> bool:
    """Ask for a printer and print the list; return whether it was printed.

    Raises:
        EnvironmentProblem: the printer did not take it.
    """
    order = ask_printer(parent, 1, 1, last_printer(desk))
    if order is None:
        return False
    print_rich_text(_html(listing), order.printer, "名单")
    remember_printer(desk, order.choice)
    return True


def _html(listing: Listing) -> str:
    page = Template(resource("styles", "list.html").read_text(encoding="utf-8"))
    return page.substitute(
        title=escape(listing.title),
        headings=_cells(listing.headings, "th"),
        rows="\n".join(f"<tr>{_cells(row, 'td')}</tr>" for row in listing.rows),
    )


def _cells(texts: tuple[str, ...], tag: str) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
