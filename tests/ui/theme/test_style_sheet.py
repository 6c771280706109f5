"""The style sheet is understood by Qt, and icons and the focus ring follow the theme."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.focus import FocusRing
from ui.theme.icons import Icon
from ui.theme.mark_icon import mark_icon
from ui.theme.sheet import build_sheet
from ui.theme.style import apply_theme, build_palette
from ui.theme.theme import Mode, Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.editors import LineEdit
from ui.widgets.labels import TextLabel


def test_sheet_names_no_unknown_value(theme: Theme) -> None:
    for scale in (90, 100, 150):
        for mode in (Mode.LIGHT, Mode.DARK):
            sheet = build_sheet(Theme(mode, scale))
            assert "$" not in sheet
            assert sheet.count("{") == sheet.count("}")


def test_palette_is_dark_in_the_dark(theme: Theme) -> None:
    light, dark = build_palette(Theme(Mode.LIGHT)), build_palette(Theme(Mode.DARK))
    assert light.window().color().lightness() > light.windowText().color().lightness()
    assert dark.window().color().lightness() < dark.windowText().color().lightness()


def test_a_second_theme_replaces_the_first(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    first, second = Theme(Mode.DARK, 90, parent=qapp), Theme(Mode.LIGHT, 150, parent=qapp)
    apply_theme(qapp, first)
    apply_theme(qapp, second)
    try:
        first.refresh()
        assert qapp.palette().window().color() == second.colour(Colour.BG)
        assert qapp.font().pointSizeF() == second.font().pointSizeF()
        with qtbot.assertNotEmitted(first.changed), qtbot.waitSignal(second.changed):
            QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    finally:
        apply_theme(qapp, theme)


def test_field_is_as_high_as_the_design_says(theme: Theme, qtbot: QtBot) -> None:
    box = QWidget()
    row = QHBoxLayout(box)
    field, button = LineEdit(theme), KeyButton(theme, "Simpan")
    row.addWidget(field)
    row.addWidget(button)
    qtbot.addWidget(box)
    box.show()
    assert field.height() == theme.px(36)
    assert button.height() == theme.px(36)


def test_label_takes_size_and_colour_from_the_sheet(theme: Theme, qtbot: QtBot) -> None:
    label = TextLabel("Tenggat", TextRole.TITLE, Colour.RED_TEXT, bold=True)
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().pointSizeF() == TextRole.TITLE.points
    assert label.font().weight() == 600
    label.set_colour(Colour.AMBER_TEXT)
    assert label.palette().windowText().color() == theme.colour(Colour.AMBER_TEXT)


def test_icon_follows_the_mode(theme: Theme) -> None:
    changing = Theme(Mode.LIGHT)
    icon = changing.icon(Icon.SEARCH, Colour.TEXT)

    def darkest() -> int:
        image = icon.pixmap(32, 32).toImage()
        seen = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        return min(colour.lightness() for colour in seen if colour.alpha() > 200)

    assert darkest() < 100
    changing.set_mode(Mode.DARK)
    assert darkest() > 150


def test_disabled_icon_is_grey(theme: Theme) -> None:
    icon = theme.icon(Icon.SEARCH, Colour.TEXT)
    normal = icon.pixmap(32, 32).toImage()
    disabled = icon.pixmap(32, 32, QIcon.Mode.Disabled).toImage()
    assert normal != disabled


def test_mark_has_the_sizes_that_systems_ask_for(theme: Theme) -> None:
    assert {size.width() for size in mark_icon(theme).availableSizes()} >= {16, 32, 48, 256}


@pytest.mark.parametrize("state", ["", "warning", "error"])
def test_the_field_in_use_has_the_border_of_the_focus_whatever_is_said_of_it(
    theme: Theme, qtbot: QtBot, state: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = LineEdit(theme)
    field.setProperty("state", state)
    QHBoxLayout(window).addWidget(field)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert field.grab().toImage().pixelColor(0, field.height() // 2) == theme.colour(Colour.FOCUS)


def test_focus_ring_follows_and_survives_its_window(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    (ring,) = qapp.findChildren(FocusRing)
    for _ in range(2):
        window = QWidget()
        row = QHBoxLayout(window)
        one, field = KeyButton(theme, "Satu"), LineEdit(theme)
        row.addWidget(one)
        row.addWidget(field)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        one.setFocus(Qt.FocusReason.TabFocusReason)
        shown = ring._ring
        assert shown is not None
        assert shown.widget() is one
        assert shown.isVisible()
        field.setFocus()
        assert not shown.isVisible()
        one.hide()
        one.setFocus()
        field.clearFocus()
        ring._follow(field, one)
        assert not shown.isVisible()
        one.show()
        assert shown.isVisible()
        window.close()
        window.deleteLater()
        qapp.processEvents()
