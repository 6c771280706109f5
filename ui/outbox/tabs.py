"""The lists of the outbox as chips, one of them chosen."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.pressing import enter_presses


class _Tab(QAbstractButton):
    """A pill with an optional glyph; filled while it is chosen."""

    def __init__(self, theme: Theme, icon: Icon | None, tone: Tone) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._tone = tone
        self.setCheckable(True)
        self.setProperty("pill", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        text = QFontMetrics(self._theme.font(TextRole.LABEL, bold=True)).horizontalAdvance(self.text())
        glyph = self._theme.px(SIZES.icon_small + 5) if self._icon else 0
        return QSize(text + glyph + self._theme.px(24), self._theme.px(SIZES.filter_chip))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = Colour.ACCENT_SOFT if chosen else Colour.SURFACE_3 if self.underMouse() else Colour.SURFACE
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour(Colour.ACCENT_LINE if chosen else Colour.LINE_MID), 1))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        x = theme.px(12)
        if self._icon is not None:
            area = QRectF(x, 0, theme.px(SIZES.icon_small), self.height())
            theme.paint_icon(painter, area, self._icon, theme.tone(self._tone).glyph, SIZES.icon_small)
            x += theme.px(SIZES.icon_small + 5)
        painter.setFont(theme.font(TextRole.LABEL, bold=chosen))
        painter.setPen(theme.colour(Colour.ACCENT_TEXT if chosen else Colour.TEXT))
        painter.drawText(QRectF(x, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())


class OutboxTabs(QWidget):
    """`chosen` carries waiting, files, rejected or answered; that of files is there only while some wait."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._tabs = {
            "waiting": _Tab(theme, None, Tone.NEUTRAL),
            "files": _Tab(theme, Icon.ATTACH, Tone.NEUTRAL),
            "rejected": _Tab(theme, Icon.ERROR, Tone.RED),
            "answered": _Tab(theme, Icon.SIGNED, Tone.GREEN),
        }
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(7))
        row.setSpacing(theme.px(8))
        for kind, tab in self._tabs.items():
            group.addButton(tab)
            tab.clicked.connect(lambda _checked=False, kind=kind: self.chosen.emit(kind))
            row.addWidget(tab)
        row.addStretch(1)
        self.set_counts({})
        self.choose("waiting")

    def set_counts(self, counts: Mapping[str, str]) -> None:
        """How many complaints or files stand in the lists that have something to do, as shown."""
        words = {
            "waiting": self.tr("Belum terkirim {n}"),
            "files": self.tr("Lampiran {n}"),
            "rejected": self.tr("Perlu dilihat {n}"),
            "answered": self.tr("Terkirim"),
        }
        for kind, tab in self._tabs.items():
            text = words[kind].format(n=counts.get(kind, "0"))
            tab.setText(text)
            tab.setAccessibleName(text)
            tab.updateGeometry()
        self._tabs["files"].setVisible(counts.get("files", "0") != "0")

    def choose(self, kind: str) -> None:
        """Show which list is in view; emits nothing."""
        self._tabs[kind].setChecked(True)

    def tab(self, kind: str) -> QAbstractButton:
        """One of the chips."""
        return self._tabs[kind]
