"""Chips: a state in a word with its glyph, and the filter that can be chosen and taken away."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.buttons import enter_presses


def paint_chip(
    painter: QPainter, theme: Theme, box: QRectF, text: str, icon: Icon | None, tone: Tone, *, outline: bool = False
) -> None:
    """Paint a chip into `box`; shared by the widget and the table's delegate."""
    colours = theme.tone(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line, ground = (Colour.LINE_MID, Colour.SURFACE) if outline else (colours.line, colours.soft)
    painter.setPen(QPen(theme.colour(line), 1))
    painter.setBrush(theme.colour(ground))
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
    x = box.x() + theme.px(9)
    if icon is not None:
        area = QRectF(x, box.y(), theme.px(SIZES.icon_small), box.height())
        theme.paint_icon(painter, area, icon, colours.glyph, SIZES.icon_small)
        x += theme.px(SIZES.icon_small + 5)
    painter.setFont(theme.font(TextRole.LABEL))
    painter.setPen(theme.colour(colours.text))
    room = QRectF(x, box.y(), box.right() - theme.px(8) - x + 1, box.height())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def chip_width(theme: Theme, text: str, icon: Icon | None) -> int:
    """Pixels that a chip needs."""
    glyph = theme.px(SIZES.icon_small + 5) if icon is not None else 0
    return QFontMetrics(theme.font(TextRole.LABEL)).horizontalAdvance(text) + glyph + theme.px(9) + theme.px(9) + 1


class Chip(QWidget):
    """A state: glyph and word on a soft ground (or outlined); with `elides` it is shortened where room is scarce."""

    def __init__(
        self, theme: Theme, text: str, icon: Icon | None = None, tone: Tone = Tone.NEUTRAL, *, outline: bool = False,
        elides: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._theme = theme
        self._outline = outline
        self._elides = elides
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(text, icon, tone)

    def set(self, text: str, icon: Icon | None = None, tone: Tone = Tone.NEUTRAL) -> None:
        """Show another state."""
        self._text = text
        self._icon = icon
        self._tone = tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(chip_width(self._theme, self._text, self._icon), self._theme.px(SIZES.chip))

    def minimumSizeHint(self) -> QSize:
        """Whole, unless it may be shortened; then not beyond its glyph."""
        wanted = self.sizeHint()
        return QSize(min(wanted.width(), self._theme.px(60)), wanted.height()) if self._elides else wanted

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        box = QRectF(self.rect())
        paint_chip(QPainter(self), self._theme, box, self._text, self._icon, self._tone, outline=self._outline)


class FilterChip(QAbstractButton):
    """A filter: its name while it is off, the chosen value with a cross while it is on.

    Without a menu a press emits `picked` while it is off, and takes it off (`cleared`) while it is on. With a menu a
    press opens it, and the cross, Delete or Backspace take the filter off. The page calls `set_active` when a choice is
    made.
    """

    picked = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, name: str, *, menu: QMenu | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._menu = menu
        self._value = ""
        self.setProperty("pill", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCheckable(False)
        self.clicked.connect(self._press)
        self.set_active(None)

    def is_active(self) -> bool:
        """Whether the filter is on."""
        return bool(self._value)

    def set_active(self, value: str | None) -> None:
        """Show the chosen `value` with a cross; None turns it off. Emits nothing."""
        self._value = value or ""
        self.setText(self._value or self._name)
        state = self.tr("saringan aktif, Delete untuk menghapus") if self._value else self.tr("saringan tidak aktif")
        self.setAccessibleName(self._name if not value or value == self._name else f"{self._name}: {value}")
        self.setAccessibleDescription(state)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        text = QFontMetrics(self._theme.font(TextRole.LABEL, bold=self.is_active())).horizontalAdvance(self.text())
        glyph = self._theme.px(SIZES.icon_small + 5) if self._glyph() else 0
        return QSize(text + glyph + self._theme.px(23), self._theme.px(SIZES.filter_chip))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the filter off; Enter presses."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.is_active():
            self._clear()
        elif not enter_presses(self, event):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the cross takes the filter off."""
        on_cross = event.position().x() > self.width() - self._theme.px(32)
        if self.is_active() and self._menu is not None and on_cross and self.isDown():
            self.setDown(False)
            self._clear()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, word and glyph."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.is_active()
        ground = Colour.ACCENT_SOFT if active else Colour.SURFACE_3 if self.underMouse() else Colour.SURFACE
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour(Colour.ACCENT_LINE if active else Colour.LINE_MID), 1))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        words = Colour.ACCENT_TEXT if active else Colour.TEXT
        painter.setFont(theme.font(TextRole.LABEL, bold=active))
        painter.setPen(theme.colour(words))
        painter.drawText(box.adjusted(theme.px(11), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        glyph = self._glyph()
        if glyph is not None:
            side = theme.px(SIZES.icon_small)
            area = QRectF(self.width() - side - theme.px(10), 0, side, self.height())
            theme.paint_icon(painter, area, glyph, words, SIZES.icon_small)

    def _glyph(self) -> Icon | None:
        if self.is_active():
            return Icon.CLOSE
        return Icon.CARET_DOWN if self._menu is not None else None

    def _press(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + self._theme.px(4))))
        elif self.is_active():
            self._clear()
        else:
            self.picked.emit()

    def _clear(self) -> None:
        self.set_active(None)
        self.cleared.emit()
