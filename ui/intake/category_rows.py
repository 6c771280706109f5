"""One category to choose: point, name, agency, why, and its key."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """What a row shows; `because` is why it is offered, `key` the key that chooses it, "" for none."""

    code: str
    name: str
    agency: str
    because: str
    key: str = ""


class CategoryRow(QAbstractButton):
    """A painted row; checked when it is the chosen category."""

    def __init__(self, theme: Theme, choice: CategoryChoice, *, chosen: bool) -> None:
        super().__init__()
        self._theme = theme
        self.choice = choice
        self.setText(choice.name)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setProperty("own-focus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Kategori {name}, {agency}").format(name=choice.name, agency=choice.agency))
        self.setAccessibleDescription(f"{choice.because} {choice.key}".strip())

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(self._theme.px(240), self._theme.px(51))

    def minimumSizeHint(self) -> QSize:
        """Texts are shortened before the row is."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; arrows go to the neighbours."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, point and both lines."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = Colour.ACCENT_SOFT if self.isChecked() else Colour.SURFACE_2 if self.underMouse() else Colour.SURFACE
        painter.fillRect(self.rect(), theme.colour(ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(Colour.LINE))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(Colour.FOCUS), SIZES.focus))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -3), theme.px(4), theme.px(4))
        self._paint_point(painter)
        left, right = theme.px(46), self.width() - theme.px(14)
        upper = QRectF(left, theme.px(5), right - left, theme.px(22))
        self._line(painter, upper, TextRole.BODY, self.choice.name, self.choice.agency, bold=self.isChecked())
        lower = QRectF(left, theme.px(26), right - left, theme.px(19))
        self._line(painter, lower, TextRole.CAPTION, self.choice.because, self.choice.key)

    def _line(
        self, painter: QPainter, room: QRectF, role: TextRole, text: str, end: str, *, bold: bool = False
    ) -> None:
        """One line: `text` at the left, shortened where it must be, `end` at the right."""
        theme = self._theme
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(Colour.TEXT_2))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, end)
        taken = QFontMetrics(theme.font(role)).horizontalAdvance(end) + theme.px(12)
        font = theme.font(role, bold=bold)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) - taken)
        painter.setFont(font)
        if role is TextRole.BODY:
            painter.setPen(theme.colour(Colour.TEXT))
        painter.drawText(room, middle, shown)

    def _paint_point(self, painter: QPainter) -> None:
        theme = self._theme
        side = theme.px(17)
        circle = QRectF(theme.px(17), theme.px(9), side, side)
        painter.setPen(QPen(theme.colour(Colour.ACCENT if self.isChecked() else Colour.LINE_STRONG), 1))
        painter.setBrush(theme.colour(Colour.ACCENT if self.isChecked() else Colour.SURFACE))
        painter.drawEllipse(circle)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Colour.SURFACE))
            inset = side * 0.3
            painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
