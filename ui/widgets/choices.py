"""Choices: the question that must be answered aloud, and the tick."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what is kept, what is shown."""

    value: str
    label: str
    icon: Icon | None = None


class _Segment(QAbstractButton):
    """One part of a segmented choice."""

    def __init__(self, theme: Theme, option: Option) -> None:
        super().__init__()
        self._theme = theme
        self._icon = option.icon
        self._place = 0
        self.setText(option.label)
        self.setAccessibleName(option.label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def stand(self, place: int) -> None:
        """Where among the others: -1 first, 0 in the middle, 1 last, 2 alone."""
        self._place = place
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(TextRole.BODY, bold=True))
        icon = self._theme.px(SIZES.icon_small + 6) if self._icon else 0
        return QSize(metrics.horizontalAdvance(self.text()) + icon + self._theme.px(22), self._theme.px(SIZES.field))

    def minimumSizeHint(self) -> QSize:
        wanted = self.sizeHint()  # the words whole, with less room around them
        return QSize(wanted.width() - self._theme.px(18), wanted.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        group = self.group()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif step is not None and group is not None:
            segments = [segment for segment in group.buttons() if not segment.isHidden()]
            following = segments[(segments.index(self) + step) % len(segments)]
            following.setFocus(Qt.FocusReason.TabFocusReason)
            following.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        chosen = self.isChecked()
        ground = Colour.ACCENT_SOFT if chosen else Colour.SURFACE_3 if self.underMouse() else Colour.SURFACE
        painter.fillPath(self._outline(), theme.colour(ground if self.isEnabled() else Colour.SURFACE_2))
        painter.setPen(QPen(theme.colour(Colour.LINE_STRONG), 1))
        painter.drawPath(self._outline())
        words = Colour.ACCENT_TEXT if chosen else Colour.TEXT_2
        font = theme.font(TextRole.BODY, bold=chosen)
        width = QFontMetrics(font).horizontalAdvance(self.text())
        icon = theme.px(SIZES.icon_small + 6) if self._icon else 0
        x = (self.width() - width - icon) / 2
        if self._icon is not None:
            area = QRectF(x, 0, theme.px(SIZES.icon_small), self.height())
            theme.paint_icon(painter, area, self._icon, words, SIZES.icon_small)
        painter.setFont(font)
        painter.setPen(theme.colour(words if self.isEnabled() else Colour.TEXT_DISABLED))
        painter.drawText(QRectF(x + icon, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _outline(self) -> QPainterPath:
        """The box; its inner edges are square and shared with the neighbour."""
        radius = self._theme.px(SIZES.radius_field)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 if self._place > 0 else 0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, radius, radius)
        square = QPainterPath()
        if self._place in {0, 1}:
            square.addRect(QRectF(box.left(), box.top(), radius * 2, box.height()))
        path = path.united(square)
        square = QPainterPath()
        if self._place in {-1, 0}:
            square.addRect(QRectF(box.right() - radius * 2, box.top(), radius * 2, box.height()))
        return path.united(square).simplified()


class SegmentedChoice(QWidget):
    """One answer out of a few, side by side; none is chosen at first, so the question is really asked.

    Tab comes to it once, arrows move and choose, Space chooses. `chosen` carries the new value.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, options: Sequence[Option]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._options = list(options)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._segments = [_Segment(theme, option) for option in options]
        for at, segment in enumerate(self._segments):
            segment.setAccessibleDescription(name)
            self._group.addButton(segment, at)
            row.addWidget(segment, segment.sizeHint().width())
        self._stand()
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._options[at].value))
        self.setFocusProxy(self._group.button(0))

    def value(self) -> str | None:
        """The chosen value; None while nothing is chosen."""
        at = self._group.checkedId()
        return self._options[at].value if at >= 0 else None

    def set_value(self, value: str | None) -> None:
        """Choose silently; None takes the choice back."""
        self._group.setExclusive(False)
        for at, option in enumerate(self._options):
            self._group.button(at).setChecked(option.value == value)
        self._group.setExclusive(True)

    def offer(self, value: str, offered: bool) -> None:
        """Show one of the answers, or leave it out."""
        for option, segment in zip(self._options, self._segments, strict=True):
            if option.value == value:
                segment.setVisible(offered)
        self._stand()

    def buttons(self) -> list[QAbstractButton]:
        """The parts, first to last."""
        return list(self._segments)

    def _stand(self) -> None:
        shown = [segment for segment in self._segments if not segment.isHidden()]
        for at, segment in enumerate(shown):
            segment.stand(2 if len(shown) == 1 else -1 if at == 0 else 1 if at == len(shown) - 1 else 0)


class CheckBox(QCheckBox):
    """A tick with its word; the box comes from the style sheet, the tick is painted."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tick into the box."""
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            self._theme.paint_icon(QPainter(self), box, Icon.CHECK, Colour.ON_ACCENT, 14)
