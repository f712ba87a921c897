"""The printer that the office printed on last, and whether on both sides of the sheet."""

from enum import StrEnum

import msgspec
from msgspec import Struct

from mediation_desktop.services.desk import Desk

_LAST_PRINTER = "printer"


class Sides(StrEnum):
    """On which sides of a sheet it is printed, and along which edge the sheet is turned."""

    ONE = "one"
    LONG_EDGE = "long edge"
    SHORT_EDGE = "short edge"


class PrinterChoice(Struct, frozen=True):
    """A printer by the name the system gives it, and how it is to print."""

    name: str
    sides: Sides


def last_printer(desk: Desk) -> PrinterChoice | None:
    """Return the printer used last; ``None`` before the first printing."""
    with desk.office_file.read() as reader:
        return msgspec.convert(reader.setting(_LAST_PRINTER), PrinterChoice | None)


def remember_printer(desk: Desk, choice: PrinterChoice) -> None:
    """Offer this printer next time; a file in a printer's place has no name and is not kept."""
    if choice.name and choice != last_printer(desk):
        with desk.office_file.change(desk.actor, "选择打印机") as work:
            work.put_setting(_LAST_PRINTER, msgspec.to_builtins(choice))
