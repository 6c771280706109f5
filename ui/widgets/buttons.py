"""Buttons: the command with its key beside it, and the small one that is only an icon."""

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QSizePolicy, QToolButton

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole


def enter_presses(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press `button` if Enter was pressed, as the space bar does, and tell whether it was: Qt lets Enter pass by."""
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class ButtonKind(Enum):
    """How loud a command is; one PRIMARY a page."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    DANGER_OUTLINE = "danger-outline"
    DANGER_QUIET = "danger-quiet"
    SNACK = "snack"


# words, ground, ground under the mouse, ground when pressed, border; None = nothing is painted
_LOOK: dict[ButtonKind, tuple[Colour, Colour | None, Colour | None, Colour | None, Colour | None]] = {
    ButtonKind.PRIMARY: (Colour.ON_ACCENT, Colour.ACCENT, Colour.ACCENT_HOVER, Colour.ACCENT_PRESS, None),
    ButtonKind.SECONDARY: (Colour.TEXT, Colour.SURFACE, Colour.SURFACE_3, Colour.SURFACE_3, Colour.LINE_MID),
    ButtonKind.QUIET: (Colour.ACCENT_TEXT, None, Colour.ACCENT_SOFT, Colour.ACCENT_SOFT, None),
    ButtonKind.DANGER: (Colour.ON_RED, Colour.RED, Colour.RED, Colour.RED, None),
    ButtonKind.DANGER_OUTLINE: (Colour.RED_TEXT, Colour.SURFACE, Colour.RED_SOFT, Colour.RED_SOFT, Colour.RED_LINE),
    ButtonKind.DANGER_QUIET: (Colour.RED_TEXT, None, Colour.RED_SOFT, Colour.RED_SOFT, None),
    ButtonKind.SNACK: (Colour.SNACK_ACTION, None, None, None, None),
}
_GAP = 8


class KeyButton(QPushButton):
    """A command: icon, word, and its key in small type.

    `key` is only shown; with `binds` it is also the button's shortcut while the button can be seen and used. With a
    `menu` a caret is painted and the menu opens below.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: Icon | None = None,
        *,
        key: str = "",
        kind: ButtonKind = ButtonKind.SECONDARY,
        dense: bool = False,
        binds: bool = False,
        menu: QMenu | None = None,
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._icon = icon
        self._key = key
        self._kind = kind
        self._dense = dense
        self._icon_last = False
        self._role = TextRole.LABEL if dense else TextRole.BODY
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        if key:
            self.setAccessibleDescription(self.tr("Tombol %s").replace("%s", key))
            if binds:
                # A button's own shortcut presses it a tenth of a second later; this one at once.
                QShortcut(QKeySequence(key), self).activated.connect(self.click)
        self._menu = menu  # Qt does not own a button's menu
        if menu is not None:
            self.setMenu(menu)

    def set_text(self, text: str, icon: Icon | None = None) -> None:
        """Change the word, and the icon where one is given."""
        self.setText(text)
        self.setAccessibleName(text)
        self._icon = icon or self._icon
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Show another key, "" for none; it is not bound."""
        self._key = key
        self.updateGeometry()

    def set_icon_last(self) -> None:
        """Put the icon behind the word, as an arrow behind *Lihat semua*."""
        self._icon_last = True
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """Make the command louder or quieter."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, gaps, words and key side by side."""
        height = SIZES.button_dense if self._dense else SIZES.button
        return QSize(sum(self._widths()) + 2 * self._pad(), self._theme.px(height))

    def minimumSizeHint(self) -> QSize:
        """A command is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes and goes."""
        if isinstance(event, QEnterEvent) or event.type() == QEvent.Type.Leave:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, words, key and caret."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self._paint_ground(painter)
        icon, text, key, caret = self._widths()
        room = QRectF(self.rect())
        x = room.center().x() - (icon + text + key + caret) / 2 + 0.5
        if self._icon is not None:
            size = self._theme.px(SIZES.icon_small if self._dense else SIZES.icon)
            at = x + text + key + self._theme.px(_GAP) if self._icon_last else x
            area = QRectF(at, room.y(), size, room.height())
            self._theme.paint_glyph(painter, area, self._icon, words, size)
        x += 0 if self._icon_last else icon
        painter.setPen(words)
        painter.setFont(self._theme.font(self._role, bold=True))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic)
        painter.drawText(QRectF(x, room.y(), text, room.height()), middle, self.text())
        x += text
        if self._key:
            painter.setPen(self._key_colour(words))
            painter.setFont(self._theme.font(TextRole.CAPTION))
            painter.drawText(QRectF(x + self._theme.px(_GAP), room.y(), key, room.height()), middle, self._key)
        if self.menu() is not None:
            area = QRectF(x + key + self._theme.px(_GAP), room.y(), self._theme.px(SIZES.icon_small), room.height())
            self._theme.paint_glyph(painter, area, Icon.CARET_DOWN, words, self._theme.px(SIZES.icon_small))

    def _paint_ground(self, painter: QPainter) -> QColor:
        """Paint ground and border; returns the colour of the words."""
        words, ground, hover, pressed, border = _LOOK[self._kind]
        if self.isDown():
            ground = pressed
        elif self.underMouse() and self.isEnabled():
            ground = hover
        if not self.isEnabled():
            words = Colour.TEXT_DISABLED
            if ground is not None:
                ground, border = Colour.SURFACE_2, Colour.LINE
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if border is not None:
            painter.setPen(QPen(self._theme.colour(border), 1))
            box.adjust(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(self._theme.colour(ground) if ground is not None else Qt.BrushStyle.NoBrush)
        if ground is not None or border is not None:
            radius = self._theme.px(SIZES.radius_field)
            painter.drawRoundedRect(box, radius, radius)
        return self._theme.colour(words)

    def _key_colour(self, words: QColor) -> QColor:
        if self._kind is ButtonKind.SECONDARY and self.isEnabled():
            return self._theme.colour(Colour.TEXT_3)
        return self._theme.colour(Colour.ON_SNACK) if self._kind is ButtonKind.SNACK else words

    def _pad(self) -> int:
        return self._theme.px(12 if self._dense or self._kind is ButtonKind.QUIET else 15)

    def _widths(self) -> tuple[int, int, int, int]:
        """Widths of icon, words, key and caret, each with its gap."""
        gap = self._theme.px(_GAP)
        icon = self._theme.px(SIZES.icon_small if self._dense else SIZES.icon) + gap if self._icon else 0
        metrics = QFontMetrics(self._theme.font(self._role, bold=True))
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        key = QFontMetrics(self._theme.font(TextRole.CAPTION)).horizontalAdvance(self._key) + gap if self._key else 0
        caret = self._theme.px(SIZES.icon_small) + gap if self.menu() is not None else 0
        return icon, text, key, caret


class IconButton(QToolButton):
    """A small square button; `name` is its tooltip and what a screen reader says."""

    def __init__(
        self, theme: Theme, icon: Icon, name: str, *, key: str = "", colour: Colour = Colour.TEXT_2, size: int = 20
    ) -> None:
        super().__init__()
        self._theme = theme
        self._colour = colour
        self.setIcon(theme.icon(icon, colour))
        self.setIconSize(QSize(theme.px(size), theme.px(size)))
        self.setFixedSize(theme.px(SIZES.hit), theme.px(SIZES.hit))
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})" if key else name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def set_icon(self, icon: Icon, name: str) -> None:
        """Show another icon that does another thing."""
        self.setIcon(self._theme.icon(icon, self._colour))
        self.setAccessibleName(name)
        self.setToolTip(name)
