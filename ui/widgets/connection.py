"""How the desk stands with the centre, in one chip."""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone


class Link(Enum):
    """What stands first for the clerk."""

    CONNECTED = "connected"
    OFFLINE = "offline"
    SENDING = "sending"
    NETWORK_LOGIN = "network-login"
    DECISIONS = "decisions"


class ConnectionState(NamedTuple):
    """What the chip says: `unsent` not yet signed by the centre, `done` of `total` while sending, open conflicts.

    `files`: their bytes are not at the centre yet; told where nothing else is unsent.
    """

    link: Link
    unsent: int = 0
    done: int = 0
    total: int = 0
    decisions: int = 0
    files: int = 0

    def text(self) -> str:
        """The words of the chip."""

        def tr(text: str) -> str:
            return QCoreApplication.translate("ConnectionState", text)

        waiting = tr("semua terkirim")
        if self.unsent:
            waiting = tr("{n} belum terkirim").format(n=number(self.unsent))
        elif self.files:
            waiting = tr("{n} lampiran belum terkirim").format(n=number(self.files))
        words = {
            Link.CONNECTED: tr("Tersambung · {waiting}") if self.unsent or not self.files else waiting,
            Link.OFFLINE: tr("Luring · {waiting}"),
            Link.SENDING: tr("Mengirim {done}/{total}…"),
            Link.NETWORK_LOGIN: tr("Perlu login jaringan"),
            Link.DECISIONS: tr("{n} perlu keputusan"),
        }[self.link]
        return words.format(waiting=waiting, done=number(self.done), total=number(self.total), n=number(self.decisions))

    def icon(self) -> Icon:
        """The glyph that says it too; the seal only where everything was signed."""
        if self.link is Link.CONNECTED and (self.unsent or self.files):
            return Icon.UNSENT
        return {
            Link.CONNECTED: Icon.SIGNED,
            Link.OFFLINE: Icon.OFFLINE,
            Link.SENDING: Icon.EXCHANGE,
            Link.NETWORK_LOGIN: Icon.NETWORK_LOGIN,
            Link.DECISIONS: Icon.CONFLICT,
        }[self.link]

    def tone(self) -> Tone:
        """Green only where the centre has signed for everything."""
        if self.link is Link.CONNECTED and (self.unsent or self.files):
            return Tone.NEUTRAL
        return {
            Link.CONNECTED: Tone.GREEN,
            Link.OFFLINE: Tone.NEUTRAL,
            Link.SENDING: Tone.ACCENT,
            Link.NETWORK_LOGIN: Tone.AMBER,
            Link.DECISIONS: Tone.RED,
        }[self.link]


class StateChip(QAbstractButton):
    """The state of the connection; a press (`clicked`) opens the outbox."""

    def __init__(self, theme: Theme, state: ConnectionState) -> None:
        super().__init__()
        self._theme = theme
        self._state = state
        self._open = False
        self.setProperty("pill", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def state(self) -> ConnectionState:
        """What is shown."""
        return self._state

    def set_state(self, state: ConnectionState) -> None:
        """Show another state."""
        self._state = state
        self.setText(state.text())
        self.setAccessibleName(state.text())
        self.setAccessibleDescription(self.tr("Buka daftar kiriman"))
        self.updateGeometry()
        self.update()

    def set_open(self, is_open: bool) -> None:
        """Whether the outbox hangs below; the caret and the border say so."""
        self._open = is_open
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        text = QFontMetrics(self._theme.font(TextRole.BODY, bold=True)).horizontalAdvance(self.text())
        return QSize(text + self._theme.px(20 + 16 + 13 + 8 + 8 + 13), self._theme.px(SIZES.state_chip))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, glyph, words and caret."""
        theme = self._theme
        tone = self._state.tone()
        colours = theme.tone(tone)
        neutral = tone is Tone.NEUTRAL
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = Colour.SURFACE_2 if neutral else colours.soft
        painter.setBrush(theme.colour(Colour.SURFACE_3 if neutral and self.underMouse() else ground))
        line = Colour.FOCUS if self._open else Colour.LINE_STRONG if neutral else colours.line
        painter.setPen(QPen(theme.colour(line), 2 if self._open else 1))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        height = self.height()
        area = QRectF(theme.px(13), 0, theme.px(SIZES.icon), height)
        theme.paint_icon(painter, area, self._state.icon(), Colour.TEXT if neutral else colours.glyph)
        painter.setFont(theme.font(TextRole.BODY, bold=True))
        painter.setPen(theme.colour(colours.text))
        words = QRectF(theme.px(41), 0, self.width(), height)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        caret = QRectF(self.width() - theme.px(13 + 16), 0, theme.px(SIZES.icon_small), height)
        glyph = Icon.CARET_UP if self._open else Icon.CARET_DOWN
        theme.paint_icon(painter, caret, glyph, colours.text, SIZES.icon_small)
