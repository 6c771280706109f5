"""The step *Lembar*: which sheet of the book, and a look at its first rows."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.paper_log.model import PreviewModel, SheetChoice, SheetModel
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.card import Card
from ui.widgets.table import Table

_SHEETS_SHOWN = 4
_WIDE_FIELDS = frozenset({"statement", "reporter_address", "location", "note"})


class SheetStep(QWidget):
    """The sheets of the book above, the beginning of the chosen one below."""

    changed = Signal()
    accepted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.sheets = SheetModel(self)
        self.table = Table(theme, self.tr("Lembar di buku ini"), rounded=True)
        self.table.setModel(self.sheets)
        self.table.opened.connect(self.accepted)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.preview = PreviewModel(self)
        self._beginning = Table(theme, self.tr("Baris pertama di bawah judul kolom"))
        self._beginning.setModel(self.preview)
        self._beginning.setMinimumHeight(theme.px(SIZES.row_head + 3 * SIZES.row))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(SIZES.gap_wide))
        upper = Card(theme, padding=0)
        upper.body.addWidget(self.table)
        column.addWidget(upper)
        note = self.tr("periksa apakah ini buku yang dimaksud")
        lower = Card(theme, self.tr("Baris pertama"), note=note, padding=0)
        lower.body.addWidget(self._beginning)
        column.addWidget(lower, 1)

    def show_sheets(self, choices: Sequence[SheetChoice], chosen: str) -> None:
        """Show the sheets of a book with `chosen` selected."""
        self.sheets.show(choices)
        self.table.set_widths(None, 170, 150, 160)
        rows = min(len(choices), _SHEETS_SHOWN)
        header = self.table.horizontalHeader().height()
        self.table.setFixedHeight(header + rows * self._theme.px(SIZES.row))
        for row, choice in enumerate(choices):
            if choice.sheet.name == chosen:
                self._select(row)

    def choice(self) -> SheetChoice | None:
        """The chosen sheet."""
        row = self.table.currentIndex().row()
        return self.sheets.choice(row) if row >= 0 else None

    def take_focus(self) -> None:
        """Give the keyboard to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.sheets.index(row, 0), flags)
        self._choose()

    def _choose(self) -> None:
        choice = self.choice()
        self.preview.show(choice)
        if choice is not None and choice.layout is not None:
            widths = [240 if c.field in _WIDE_FIELDS else 130 for c in choice.layout.columns]
            self._beginning.set_widths(64, *widths)
        self.changed.emit()
