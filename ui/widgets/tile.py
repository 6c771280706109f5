"""The number tile: how many, of what, and a press opens the list of them."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.pressing import enter_presses


class Tile(QAbstractButton):
    """Name, number, glyph and a short remark. `compact` puts number and name on one line and can stay checked."""

    def __init__(self, theme: Theme, name: str, icon: Icon, *, compact: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._icon = icon
        self._compact = compact
        self._figure = "–"
        self._remark = ""
        self._unit = ""
        self._tone = Tone.NEUTRAL
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCheckable(compact)
        self.setAccessibleName(name)

    def set_value(self, figure: str, remark: str = "", tone: Tone = Tone.NEUTRAL, unit: str = "") -> None:
        """Show a number ("1.284", "–" while it is unknown) with its unit in small type, a remark, and its tone."""
        self._figure = figure
        self._remark = remark
        self._tone = tone
        self._unit = unit
        self.setAccessibleName(f"{self._name}: {figure} {unit}".strip())
        self.setAccessibleDescription(remark)
        self.update()

    def figure(self) -> str:
        """The number shown."""
        return self._figure

    def sizeHint(self) -> QSize:
        """100 high, or 68 when compact; as wide as there is room."""
        metrics = QFontMetrics(self._theme.font(TextRole.LABEL, bold=True))
        width = metrics.horizontalAdvance(self._name) + self._theme.px(36)
        if self._compact:
            figures = QFontMetrics(self._theme.font(TextRole.TITLE, bold=True))
            width += figures.horizontalAdvance("9.999") + self._theme.px(32)
        return QSize(width, self._theme.px(68 if self._compact else 100))

    def minimumSizeHint(self) -> QSize:
        """The name is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, like Space."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card and its words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        chosen = self.isChecked()
        width = 2 if chosen else 1
        line = Colour.ACCENT if chosen else Colour.LINE_MID if self.underMouse() else Colour.LINE
        painter.setPen(QPen(theme.colour(line), width))
        painter.setBrush(theme.colour(Colour.SURFACE_2 if self.isDown() else Colour.SURFACE))
        half = width / 2
        radius = theme.px(SIZES.radius_card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
        if self._compact:
            self._paint_compact(painter)
        else:
            self._paint_tall(painter)

    def _paint_tall(self, painter: QPainter) -> None:
        theme = self._theme
        x = theme.px(16)
        room = self.width() - 2 * x
        name = QRectF(x, theme.px(12), room, theme.px(20))
        self._line(painter, TextRole.LABEL, Colour.TEXT_2, name, self._name, True)
        figure = QRectF(x, theme.px(30), room, theme.px(42))
        self._line(painter, TextRole.FIGURE, self._figure_colour(), figure, self._figure, True)
        if self._unit:
            taken = QFontMetrics(theme.font(TextRole.FIGURE, bold=True)).horizontalAdvance(self._figure) + theme.px(8)
            unit = figure.adjusted(taken, theme.px(6), -theme.px(SIZES.icon_large), theme.px(6))
            self._line(painter, TextRole.LABEL, Colour.TEXT_2, unit, self._unit, False)
        self._line(
            painter, TextRole.CAPTION, Colour.TEXT_3, QRectF(x, theme.px(70), room, theme.px(18)), self._remark, False
        )
        side = theme.px(SIZES.icon_large)
        glyph = QRectF(self.width() - x - side + theme.px(2), theme.px(39), side, side)
        theme.paint_icon(painter, glyph, self._icon, theme.tone(self._tone).glyph, SIZES.icon_large)

    def _paint_compact(self, painter: QPainter) -> None:
        theme = self._theme
        x = theme.px(16)
        figure = QRectF(x, theme.px(8), self.width() - 2 * x, theme.px(32))
        self._line(painter, TextRole.TITLE, self._figure_colour(), figure, self._figure, True)
        taken = QFontMetrics(theme.font(TextRole.TITLE, bold=True)).horizontalAdvance(self._figure) + theme.px(8)
        room = self.width() - 2 * x - taken - theme.px(SIZES.icon_large)
        name = QRectF(x + taken, theme.px(11), room, theme.px(30))
        self._line(painter, TextRole.LABEL, Colour.TEXT, name, self._name, True)
        remark = QRectF(x, theme.px(38), self.width() - 2 * x, theme.px(20))
        self._line(painter, TextRole.CAPTION, Colour.TEXT_3, remark, self._remark, False)
        side = theme.px(SIZES.icon)
        glyph = QRectF(self.width() - x - side, theme.px(15), side, side)
        theme.paint_icon(painter, glyph, self._icon, theme.tone(self._tone).glyph, SIZES.icon)

    def _figure_colour(self) -> Colour:
        return Colour.TEXT if self._compact else self._theme.tone(self._tone).text

    def _line(self, painter: QPainter, role: TextRole, colour: Colour, room: QRectF, text: str, bold: bool) -> None:
        painter.setFont(self._theme.font(role, bold=bold))
        painter.setPen(self._theme.colour(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
