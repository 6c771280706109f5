"""How far long work is, and where one stands among its steps."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import TextLabel


class ProgressLine(QWidget):
    """What is being done, "128 dari 205", a bar, a remark, and *Batalkan*."""

    cancelled = Signal()

    def __init__(self, theme: Theme, label: str, *, cancellable: bool = True) -> None:
        super().__init__()
        self._label = TextLabel(label)
        self._figures = TextLabel("", bold=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(label)
        self._remark = TextLabel("", TextRole.CAPTION, Colour.TEXT_3)
        self._cancel = KeyButton(theme, self.tr("Batalkan"), kind=ButtonKind.QUIET, dense=True)
        if not cancellable:  # showing it before it has a parent would open it as a window
            self._cancel.hide()
        else:
            self.setFocusProxy(self._cancel)
        self._cancel.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch(1)
        head.addWidget(self._figures)
        foot = QHBoxLayout()
        foot.addWidget(self._remark, 1)
        foot.addWidget(self._cancel)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self.set_busy()

    def set_label(self, label: str) -> None:
        """Say what is being done now."""
        self._label.setText(label)
        self._bar.setAccessibleName(label)

    def set_busy(self, remark: str = "") -> None:
        """Nobody knows yet how much there is: the bar only moves."""
        self._bar.setRange(0, 0)
        self._figures.setText("")
        self._remark.setText(remark)
        self._cancel.setEnabled(True)

    def set_progress(self, done: int, total: int, remark: str = "") -> None:
        """`done` of `total`, and a remark such as the time left."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done if total else 1)
        self._figures.setText(self.tr("{done} dari {total}").format(done=number(done), total=number(total)))
        self._bar.setAccessibleDescription(self._figures.text())
        self._remark.setText(remark)

    def figures(self) -> str:
        """The numbers shown."""
        return self._figures.text()

    def cancel_button(self) -> KeyButton:
        """The way out."""
        return self._cancel

    def _press(self) -> None:
        self._cancel.setEnabled(False)
        self._remark.setText(self.tr("Menghentikan…"))
        self.cancelled.emit()


class StepIndicator(QWidget):
    """The steps of a wizard in one line: done ones ticked, the present one in teal, the rest numbered."""

    def __init__(self, theme: Theme, steps: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._steps = list(steps)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, step: int) -> None:
        """`step` counts from 0; as many as there are steps means all are done."""
        self._current = step
        name = self._steps[step] if step < len(self._steps) else self.tr("selesai")
        text = self.tr("Langkah {at} dari {count}: {name}")
        at = min(step + 1, len(self._steps))
        self.setAccessibleName(text.format(at=at, count=len(self._steps), name=name))
        self.update()

    def current(self) -> int:
        """Where one stands, from 0."""
        return self._current

    def sizeHint(self) -> QSize:
        """One line; the connecting lines take what is left."""
        return QSize(sum(self._widths()) + self._theme.px(24) * (len(self._steps) - 1), self._theme.px(40))

    def minimumSizeHint(self) -> QSize:
        """No name is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint circles, names and the lines between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widths = self._widths()
        gaps = max(len(self._steps) - 1, 1)
        gap = (self.width() - sum(widths)) / gaps
        x = 0.0
        middle = self.height() / 2
        for step, width in enumerate(widths):
            self._paint_step(painter, step, x, width)
            x += width
            if step < len(self._steps) - 1:
                painter.setPen(QPen(self._theme.colour(Colour.LINE_MID), 1))
                pad = self._theme.px(12)
                if gap > 2 * pad:
                    painter.drawLine(int(x + pad), int(middle), int(x + gap - pad), int(middle))
            x += gap

    def _paint_step(self, painter: QPainter, step: int, x: float, width: int) -> None:
        theme = self._theme
        side = theme.px(24)
        circle = QRectF(x + 0.5, (self.height() - side) / 2, side, side)
        here, done = step == self._current, step < self._current
        line = Colour.ACCENT if here else Colour.SURFACE_3 if done else Colour.LINE_MID
        ground = Colour.ACCENT if here else Colour.SURFACE_3 if done else Colour.SURFACE
        painter.setPen(QPen(theme.colour(line), 1))
        painter.setBrush(theme.colour(ground))
        painter.drawEllipse(circle)
        if done:
            theme.paint_icon(painter, circle, Icon.CHECK, Colour.TEXT_2, 14)
        else:
            painter.setFont(theme.font(TextRole.LABEL, bold=True))
            painter.setPen(theme.colour(Colour.ON_ACCENT if here else Colour.TEXT_2))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(step + 1))
        painter.setFont(self._font(step))
        painter.setPen(theme.colour(Colour.ACCENT_TEXT if here else Colour.TEXT_2))
        words = QRectF(x + side + theme.px(8), 0, width, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._steps[step])

    def _font(self, step: int) -> QFont:
        return self._theme.font(TextRole.BODY, bold=step == self._current)

    def _widths(self) -> list[int]:
        mark = self._theme.px(24 + 8)
        return [QFontMetrics(self._font(at)).horizontalAdvance(name) + mark + 2 for at, name in enumerate(self._steps)]
