"""From the order to the printer: printing in the worker, and what the page says afterwards."""

from collections.abc import Callable
from typing import Any, Protocol

from mediation_desktop.services.desk import Desk
from mediation_desktop.services.printers import remember_printer
from mediation_desktop.ui.operations import Progress
from mediation_desktop.ui.papers.printing import PrintOrder, print_pdf
from mediation_desktop.ui.shell.banner import Banner


class Sender(Protocol):
    """A page, or the page that a panel stands on."""

    @property
    def banner(self) -> Banner:
        """Where it says what happened."""
        ...

    def work(
        self,
        run: Callable[[Progress], Any],
        *,
        title: str = "",
        on_success: Callable[[Any], None] | None = None,
        cancellable: bool = False,
    ) -> object:
        """Run anything in the worker."""
        ...


def print_ordered(desk: Desk, order: PrintOrder, data: bytes, progress: Progress, *, name: str = "") -> int:
    """Print a PDF as ordered, remember the printer, return how many pages went there; for the worker.

    ``name`` and errors are those of ``print_pdf``.
    """
    pages = print_pdf(
        data, order.printer, name=name, copies=order.copies, pages=order.pages, progress=progress
    )
    remember_printer(desk, order.choice)
    return pages


def send(sender: Sender, run: Callable[[Progress], int], what: str = "") -> None:
    """Have the worker print; ``run`` returns how many pages, ``what`` is how the page calls them."""
    sender.work(
        run,
        title="正在打印",
        on_success=lambda pages: sender.banner.success(f"{what}已送往打印机，共{pages}页。"),
        cancellable=True,
    )
