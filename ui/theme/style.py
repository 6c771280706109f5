"""Dress the application, whose style is Fusion: one palette, one style sheet, one focus ring."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.sheet import build_sheet
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole

_ROLES = (
    (QPalette.ColorRole.Window, Colour.BG),
    (QPalette.ColorRole.WindowText, Colour.TEXT),
    (QPalette.ColorRole.Base, Colour.SURFACE),
    (QPalette.ColorRole.AlternateBase, Colour.SURFACE_2),
    (QPalette.ColorRole.Text, Colour.TEXT),
    (QPalette.ColorRole.PlaceholderText, Colour.TEXT_3),
    (QPalette.ColorRole.Button, Colour.SURFACE),
    (QPalette.ColorRole.ButtonText, Colour.TEXT),
    (QPalette.ColorRole.BrightText, Colour.RED_TEXT),
    (QPalette.ColorRole.Highlight, Colour.ACCENT),
    (QPalette.ColorRole.HighlightedText, Colour.ON_ACCENT),
    (QPalette.ColorRole.Accent, Colour.ACCENT),
    (QPalette.ColorRole.Link, Colour.ACCENT_TEXT),
    (QPalette.ColorRole.LinkVisited, Colour.ACCENT_TEXT),
    (QPalette.ColorRole.ToolTipBase, Colour.SNACK),
    (QPalette.ColorRole.ToolTipText, Colour.ON_SNACK),
    (QPalette.ColorRole.Light, Colour.SURFACE),
    (QPalette.ColorRole.Midlight, Colour.SURFACE_2),
    (QPalette.ColorRole.Mid, Colour.LINE_MID),
    (QPalette.ColorRole.Dark, Colour.LINE_STRONG),
    (QPalette.ColorRole.Shadow, Colour.LINE_STRONG),
)
_WORDS = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def build_palette(theme: Theme) -> QPalette:
    """Qt's palette from the tokens; set explicitly, because not every platform lets a program choose the scheme."""
    palette = QPalette()
    for role, colour in _ROLES:
        palette.setColor(role, theme.colour(colour))
    for role in _WORDS:
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour(Colour.TEXT_DISABLED))
    return palette


class _Dresser(QObject):
    """Dresses the application now and whenever its theme changes, until `end`."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._app = app
        self._theme = theme
        self._dress()
        theme.changed.connect(self._dress)
        QGuiApplication.styleHints().colorSchemeChanged.connect(theme.refresh)

    def end(self) -> None:
        """Another theme is worn: this one has nothing to say any more."""
        self._theme.changed.disconnect(self._dress)
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._theme.refresh)
        self.setParent(None)
        self.deleteLater()

    def _dress(self) -> None:
        self._app.setPalette(build_palette(self._theme))
        self._app.setFont(self._theme.font(TextRole.BODY))
        self._app.setStyleSheet(build_sheet(self._theme))


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress `app` now and whenever `theme` or the system's scheme changes. A second theme replaces the first."""
    for worn in app.findChildren(_Dresser):
        worn.end()
    _Dresser(app, theme)
    QTimer.singleShot(0, app, lambda: _surround_focus(app, theme))  # the window need not wait for it


def _surround_focus(app: QApplication, theme: Theme) -> None:
    from ui.theme.focus import FocusRing  # noqa: PLC0415

    for ring in app.findChildren(FocusRing):
        ring.deleteLater()
    FocusRing(app, theme)
