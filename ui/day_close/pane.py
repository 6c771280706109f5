"""One day: the steps at the left, the numbers and the recap at the right, or below where the window is narrow."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.services.day_close import DayView
from kelurahan_client.services.lists import DeskState
from ui.day_close.counting import CountingCard
from ui.day_close.equation import EquationCard
from ui.day_close.model import steps
from ui.day_close.recap_card import RecapCard
from ui.day_close.steps import StepsCard
from ui.theme.theme import Theme

_TWO_COLUMNS = 900  # design pixels


def scrolling(inner: QLayout) -> QScrollArea:
    """A room in which what `inner` holds scrolls."""
    whole = QWidget()
    whole.setLayout(inner)
    room = QScrollArea()
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    room.setWidget(whole)
    return room


class DayPane(QWidget):
    """Shows a day as it stands; the numbers give way to the counting of the book while somebody counts."""

    counting_ended = Signal()

    def __init__(self, theme: Theme, now: Callable[[], float]) -> None:
        super().__init__()
        self._theme = theme
        self.steps = StepsCard(theme, now)
        self.equation = EquationCard(theme)
        self.recap = RecapCard(theme)
        self.counting = CountingCard(theme)
        self.counting.closed.connect(self.stop_counting)
        numbers = QWidget()
        column = QVBoxLayout(numbers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.equation)
        column.addWidget(self.recap, 1)
        self._side = QStackedWidget()
        self._side.addWidget(numbers)
        self._side.addWidget(self.counting)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(16))
        self._row.addWidget(self.steps, 50)
        self._row.addWidget(self._side, 50)

    def show_view(self, view: DayView, state: DeskState) -> None:
        """Show a day."""
        self.steps.show_steps(steps(view, state))
        self.equation.show_count(view.count)
        self.recap.show_view(view)
        self.counting.show_lines(view.count.lines)
        if view.closing is not None:
            self._side.setCurrentIndex(0)

    def count(self) -> None:
        """Let the person count the lines of the book."""
        self._side.setCurrentWidget(self.counting)
        self.counting.take_focus()

    def is_counting(self) -> bool:
        """Whether the counting is in front."""
        return self._side.currentWidget() is self.counting

    def stop_counting(self) -> None:
        """Back to the numbers."""
        if self.is_counting():
            self._side.setCurrentIndex(0)
            self.counting_ended.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two."""
        super().resizeEvent(event)
        beside = self.width() >= self._theme.px(_TWO_COLUMNS)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
