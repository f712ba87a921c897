"""The keyboard alone: from every panel of a dispute Tab goes round the whole window and is never caught."""

from journeys.hands import KeyboardHand
from journeys.test_j2_two_neighbours import _register
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mediation_desktop.domain.lifecycle import Action
from mediation_desktop.ui.casework.panels import PANELS

ABOUT_SOMETHING = {"signing", "receipt", "explain"}
"""Panels that open only for a paper or a finding."""


def gone_round(window):
    """Press Tab until the rail was left twice; return every control that had the focus."""
    stops = []
    while stops.count("工作台") < 2 and len(stops) < 300:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        QApplication.processEvents()
        stops.append(QApplication.focusWidget().accessibleName())
    return stops


def test_tab_goes_round_the_whole_window_from_every_panel(program, heart, qtbot):
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    hand = KeyboardHand(program, heart)
    hand.register()
    _register(hand)
    page = program.window.current
    arguments = {"step": Action.CLOSE, "end": Action.TERMINATE, "party": page.dossier.parties[0].id}
    for key in PANELS.keys() - ABOUT_SOMETHING:
        page.open_panel(key, arguments.get(key))
        hand.settle()
        stops = gone_round(program.window)
        assert stops.count("工作台") == 2, f"Tab is caught in {key}: {stops[-8:]}"
        main = page.panel.main
        assert main is None or not main.isEnabled() or main.text() in stops, key
