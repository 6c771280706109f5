"""The theme: what widgets ask for colours, lengths, fonts and icons.

It is handed to every widget; there is no global one.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter

from ui.theme.fonts import ui_font
from ui.theme.icons import Icon, IconFont
from ui.theme.tokens import COLOURS, SIZES, TONES, Colour, Sizes, TextRole, Tone, ToneColours

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

STANDARD_DPI = 96.0


class Mode(StrEnum):
    """Which colours: the system's wish, or a person's."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours of the present mode, and sizes at the person's scale (90-150 per cent).

    The mode may change while the window is open (`changed` is emitted; painted widgets simply repaint). The scale is
    fixed for the life of the window, because layouts are built with it.
    """

    changed = Signal()

    def __init__(self, mode: Mode = Mode.SYSTEM, scale: int = 100, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode = mode
        self._scale = scale
        screen = QGuiApplication.primaryScreen()
        # Points grow with the screen's dpi; lengths must grow alike or texts would be cut.
        self._factor = scale / 100 * (screen.logicalDotsPerInchY() / STANDARD_DPI)
        self._icons = IconFont()
        self._fonts: dict[tuple[TextRole, bool], QFont] = {}
        self._colours: dict[Colour, QColor] = {}
        self._fill_colours()

    def _fill_colours(self) -> None:
        which = 1 if self.dark else 0
        self._colours = {colour: QColor(values[which]) for colour, values in COLOURS.items()}

    @property
    def mode(self) -> Mode:
        """What was asked for; `dark` says what it came to."""
        return self._mode

    @property
    def scale(self) -> int:
        """Per cent."""
        return self._scale

    @property
    def dark(self) -> bool:
        """Whether the colours are the dark ones."""
        if self._mode is Mode.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode is Mode.DARK

    @property
    def sizes(self) -> Sizes:
        """The design's lengths, to be scaled by `px`."""
        return SIZES

    def set_mode(self, mode: Mode) -> None:
        """Change the colours now."""
        self._mode = mode
        self.refresh()

    def refresh(self) -> None:
        """Ask the system again and tell everybody; called when the system's colour scheme changes."""
        self._fill_colours()
        self.changed.emit()

    def px(self, length: float) -> int:
        """A length of the design in device-independent pixels on this screen at this scale."""
        return round(length * self._factor)

    def colour(self, colour: Colour) -> QColor:
        """The colour in the present mode."""
        return self._colours[colour]

    def tone(self, tone: Tone) -> ToneColours:
        """The colours of a tone."""
        return TONES[tone]

    def font(self, role: TextRole = TextRole.BODY, *, bold: bool = False) -> QFont:
        """The UI font in the size of `role`; shared, so do not change it."""
        font = self._fonts.get((role, bold))
        if font is None:
            font = self._fonts[role, bold] = ui_font(role, self._scale, bold=bold)
        return font

    def icon(self, icon: Icon, colour: Colour = Colour.TEXT_2) -> "QIcon":
        """An icon for actions and buttons that follows the mode by itself; greyed when disabled."""
        from ui.theme.glyph_icon import glyph_icon  # noqa: PLC0415  # Qt's icons take 2 ms to make; the frame has none

        return glyph_icon(self, icon, colour)

    def paint_icon(self, painter: QPainter, area: QRect | QRectF, icon: Icon, colour: Colour, size: int = 20) -> None:
        """Paint `icon` in the middle of `area`, `size` design pixels high."""
        self.paint_glyph(painter, QRectF(area), icon, self._colours[colour], self.px(size))

    def paint_glyph(self, painter: QPainter, area: QRectF, icon: Icon, colour: QColor, pixels: int) -> None:
        """Paint `icon` in the middle of `area`, `pixels` high on the device, in any colour."""
        painter.save()
        painter.setFont(self._icons.font(pixels))
        painter.setPen(colour)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, icon.letter)
        painter.restore()
