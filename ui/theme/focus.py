"""One focus ring for every button in the program, drawn outside it; fields have their own border."""

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour

RING_MARGIN = 4  # pixels between the button's edge and the ring's outer edge


class _RingStyle(QProxyStyle):
    """Gives the focus frame its distance from the button, and its place above everything in the window."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in {QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin}:
            return RING_MARGIN
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        # Otherwise the frame lies in the button's own parent, which may be too tight for it.
        if hint is QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        # Fusion cuts the button's rectangle out of the frame, and with it the round ends of a pill's ring.
        if hint is QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        return super().styleHint(hint, option, widget, data)


class _Ring(QFocusFrame):
    """The ring itself, round where the button is a pill (its property `pill`)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._margins = _RingStyle("Fusion")
        self.setStyle(self._margins)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(Colour.FOCUS), SIZES.focus))
        radius = self.height() / 2 - 1 if self.widget().property("pill") else self._theme.px(SIZES.radius_card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class FocusRing(QObject):
    """Moves one ring with the keyboard focus from button to button; a child of the application."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self.setObjectName("focus-ring")
        self._theme = theme
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        # The frame lives inside the window it was last shown in, and dies with it.
        if self._ring is not None and not isValid(self._ring):
            self._ring = None
        if not isinstance(now, QAbstractButton) or now.property("own-focus"):
            if self._ring is not None:
                self._ring.hide()
            return
        if self._ring is None:
            self._ring = _Ring(self._theme)
        self._ring.setWidget(now)
        self._ring.setVisible(now.isVisible())  # one that is hidden may have the focus; its ring comes with it
