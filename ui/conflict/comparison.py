"""The values side by side: what was there before, what is here, what is at the centre, and any further one."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.conflict.model import CaseView
from ui.conflict.value_card import ValueCard
from ui.theme.theme import Theme

_CARD = 218  # design pixels that a card needs: its button is never cut


class Comparison(QWidget):
    """All in one row where there is room; else the value before them above the others. `taken`: a side's place."""

    taken = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._before = ValueCard(theme, 0)
        self._before.setParent(self)  # else it would be shown as a window of its own
        self._cards: list[ValueCard] = []
        self._count = 0
        self._shape = (0, 0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(12))

    def show_case(self, view: CaseView) -> None:
        """Show another conflict, or the same with another side."""
        self._before.show_value(view.before, may_take=False)
        while len(self._cards) < len(view.sides):
            place = len(self._cards)
            card = ValueCard(self._theme, place + 1)
            card.setParent(self)
            card.taken.connect(partial(self.taken.emit, place))
            self._cards.append(card)
        self._count = len(view.sides)
        for card, side in zip(self._cards, view.sides, strict=False):
            card.show_value(side, may_take=view.case.open)
        self._shape = (0, 0)
        self._arrange()

    def cards(self) -> list[ValueCard]:
        """The value before all, then the sides in their order."""
        return [self._before, *self._cards[: self._count]]

    def minimumSizeHint(self) -> QSize:
        """One card wide at least."""
        return QSize(self._theme.px(_CARD), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer beside each other."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A text was wrapped anew and needs another height."""
        if event.type() == QEvent.Type.LayoutRequest and self._count:
            self._limit(self._shape[0])
        return super().event(event)

    def _arrange(self) -> None:
        fits = max(1, (self.width() + self._grid.spacing()) // (self._theme.px(_CARD) + self._grid.spacing()))
        shape = (min(fits, self._count + 1), self._count)
        if shape != self._shape:
            self._shape = shape
            self._place(shape[0])
        self._limit(shape[0])

    def _limit(self, across: int) -> None:
        """No higher than the longest text needs: what is left stays empty below."""
        cards = self.cards()
        below = [cards[at : at + across] for at in range(1, len(cards), across)]
        rows = [cards] if across > self._count else [[self._before], *below]
        heights = [max(card.full_height() for card in row) for row in rows]
        most = sum(heights) + self._grid.spacing() * (len(heights) - 1)
        if most != self.maximumHeight():
            self.setMaximumHeight(most)

    def _place(self, across: int) -> None:
        for card in (self._before, *self._cards):
            self._grid.removeWidget(card)
            card.setVisible(card is self._before or card in self._cards[: self._count])
        if across > self._count:
            for at, card in enumerate(self.cards()):
                self._grid.addWidget(card, 0, at)
        else:
            self._grid.addWidget(self._before, 0, 0, 1, across)
            for at, card in enumerate(self.cards()[1:]):
                self._grid.addWidget(card, 1 + at // across, at % across)
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 1 if at < across else 0)
        above = across <= self._count  # the value before them has a row of its own, as low as it can be
        self._before.set_flat(above)
        rows = 1 if not above else 1 + -(-self._count // across)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0 if row >= rows or (above and row == 0 and rows > 1) else 1)
        self.updateGeometry()
