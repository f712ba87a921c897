import re

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from ui.shown import activate

from mediation_desktop.system.paths import resource
from mediation_desktop.ui.look import set_icon
from mediation_desktop.ui.look.tokens import read_tokens

TOKENS = read_tokens()
PALETTES = {"light": TOKENS.light, "dark": TOKENS.dark}


def contrast(one, other):
    """Return the contrast ratio of two ``#rrggbb`` colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    """Return the relative luminance of WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (_linear(channel) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel):
    """Undo the gamma of sRGB (IEC 61966-2-1)."""
    dark_end = 0.04045
    return channel / 12.92 if channel <= dark_end else ((channel + 0.055) / 1.055) ** 2.4


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES)
def test_every_text_stands_out_from_its_ground(palette):
    colours = PALETTES[palette]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TOKENS.text_pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("palette", PALETTES)
def test_edges_of_fields_and_the_focus_ring_stand_out(palette):
    colours = PALETTES[palette]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TOKENS.shape_pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_both_palettes_have_the_same_tokens():
    assert TOKENS.light.keys() == TOKENS.dark.keys()


def test_the_style_sheet_names_no_colour_of_its_own():
    sheet = resource("styles", "window.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{6}\b|\brgb", sheet)


def test_large_type_scales_text_rows_and_icons(qtbot, theme):
    field, button = QLineEdit("王小河"), QPushButton("登记")
    set_icon(button, "add")
    for widget in (field, button):
        qtbot.addWidget(widget)
        widget.show()
    before = (
        field.sizeHint().height(),
        QFontInfo(field.font()).pointSizeF(),
        theme.size("row"),
        button.iconSize(),
    )
    theme.apply(dark=False, large=True)
    after = (
        field.sizeHint().height(),
        QFontInfo(field.font()).pointSizeF(),
        theme.size("row"),
        button.iconSize(),
    )
    assert before[1] == pytest.approx(11, abs=0.5)
    assert after[1] == pytest.approx(14, abs=0.5)
    assert after[0] > before[0] * 1.15
    assert after[2] / before[2] == pytest.approx(14 / 11, abs=0.05)
    assert after[3].width() > before[3].width()


def test_icons_follow_the_theme(qtbot, theme):
    label = QLabel()
    qtbot.addWidget(label)
    set_icon(label, "home", "ink")
    assert _darkest(label) < 80
    theme.apply(dark=True, large=False)
    assert _darkest(label) > 150


def _darkest(label):
    image = label.pixmap().toImage()
    solid = (
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    )
    return min(colour.lightness() for colour in solid)


def test_focus_is_seen_on_every_kind_of_control(qtbot):
    for widget in (QLineEdit(), QPushButton("保存")):
        qtbot.addWidget(widget)
        widget.show()
        widget.clearFocus()
        plain = widget.grab().toImage()
        activate(qtbot, widget)
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        assert widget.grab().toImage() != plain


def test_the_face_of_the_window_has_chinese():
    metrics_of = QLabel().fontMetrics()
    assert all(metrics_of.inFont(character) for character in "调解协议书")


@pytest.mark.parametrize("path", sorted(resource("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_can_be_drawn(path):
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - only here

    assert QSvgRenderer(str(path)).isValid()
