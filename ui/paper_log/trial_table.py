"""The table of rows of a dry run, in the columns of the tile that is chosen."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from ui.paper_log.model import TrialModel
from ui.paper_log.trial import Line, View
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.table import Table

_WIDTHS: dict[View, tuple[int | None, ...]] = {
    View.READ: (72, 170, None, None),
    View.READY: (72, 110, 180, None, 180),
    View.WARNED: (72, 140, 180, None, 190),
    View.REJECTED: (72, 130, 180, None, None),
    View.LEFT_OUT: (72, None, None),
}
_NARROW = 700  # design pixels below which the short columns leave more room to the sentences
_SHRUNK = 0.72
_LEAST_ROWS = 2


class TrialTable(Table):
    """Rows of a dry run or of its result."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._room = theme.px(_NARROW)
        self._view = View.READ
        self.lines = TrialModel(self)
        self.setModel(self.lines)
        self.setMinimumHeight(theme.px(SIZES.row_head + _LEAST_ROWS * SIZES.row))

    def show_lines(self, lines: Sequence[Line], view: View) -> None:
        """Show these rows in the columns of `view`."""
        self._view = view
        self.lines.show(lines, view)
        self._fit()
        self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        part = _SHRUNK if self.width() < self._room else 1
        first, *others = _WIDTHS[self._view]
        self.set_widths(first, *(None if width is None else round(width * part) for width in others))
