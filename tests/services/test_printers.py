"""The printer used last is the office's, and only a printer with a name is kept."""

from mediation_desktop.services.printers import PrinterChoice, Sides, last_printer, remember_printer


def test_the_printer_used_last_is_remembered_with_its_sides(desk):
    assert last_printer(desk) is None
    for choice in (PrinterChoice("村委会激光", Sides.ONE), PrinterChoice("司法所", Sides.LONG_EDGE)):
        remember_printer(desk, choice)
        assert last_printer(desk) == choice


def test_a_file_in_a_printers_place_is_not_remembered(desk):
    remember_printer(desk, PrinterChoice("村委会激光", Sides.ONE))
    remember_printer(desk, PrinterChoice("", Sides.LONG_EDGE))
    assert last_printer(desk) == PrinterChoice("村委会激光", Sides.ONE)
