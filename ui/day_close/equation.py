"""The numbers that must agree: counted = typed = signed for, and where they do not, line by line."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.day_count import DayLine
from kelurahan_client.services.day_close import DayCount
from ui.day_close.model import equation_sentence, line_name, verdict, whole_verdict
from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.card import Card
from ui.widgets.cell import Cell, cell_data
from ui.widgets.chips import Chip
from ui.widgets.labels import Glyph, TextLabel, hairline
from ui.widgets.table import Table

_MOST_ROWS = 6  # more scroll
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class EquationModel(QAbstractTableModel):
    """The lines with their sum at the end."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: Sequence[DayLine] = ()
        self._whole: DayLine | None = None
        self._heads = (self.tr("Sumber"), self.tr("Di buku"), self.tr("Diketik"), self.tr("Diakui"), self.tr("Selisih"))

    def show(self, lines: Sequence[DayLine], whole: DayLine) -> None:
        """Show these."""
        self.beginResetModel()
        self._lines, self._whole = lines, whole
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own
        """The lines and their sum."""
        return len(self._lines) + 1 if self._whole is not None else 0

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own
        """Five."""
        return len(self._heads)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        if not index.isValid() or self._whole is None:
            return None
        last = index.row() == len(self._lines)
        line = self._whole if last else self._lines[index.row()]
        return cell_data(self._cell(line, index.column(), last=last), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns; numbers stand at the right."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in {1, 2, 3}:
            return _RIGHT
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _cell(self, line: DayLine, column: int, *, last: bool) -> Cell:
        if column == 0:
            return Cell(text=self.tr("Jumlah hari ini") if last else line_name(line), bold=last)
        if column < 4:
            value = (line.counted, line.typed, line.signed)[column - 1]
            return Cell(text="–" if value is None else number(value), right=True, bold=last, quiet=value is None)
        said = verdict(line)
        return Cell(text=said.text, icon=said.icon, tone=said.tone, bold=last)


class _Number(QWidget):
    """A large number with its name below."""

    def __init__(self, theme: Theme, name: str, icon: Icon) -> None:
        super().__init__()
        self._value = TextLabel("0", TextRole.FIGURE, bold=True)
        self._value.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._value)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addStretch(1)
        row.addWidget(Glyph(theme, icon, Colour.TEXT_2, SIZES.icon_small))
        row.addWidget(TextLabel(name, TextRole.LABEL, Colour.TEXT_2))
        row.addStretch(1)
        column.addLayout(row)

    def set(self, value: int) -> None:
        """Show another number."""
        self._value.setText(number(value))


class EquationCard(Card):
    """What was written down, typed and signed for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Angka harus sama"), padding=0)
        self._theme = theme
        self.chip = Chip(theme, "", elides=True)
        self.add_to_head(self.chip)
        self._written = _Number(theme, self.tr("dicatat"), Icon.NEW)
        self._typed = _Number(theme, self.tr("diketik"), Icon.KEYBOARD)
        self._signed = _Number(theme, self.tr("diakui server"), Icon.SIGNED)
        self._signs = (TextLabel("=", TextRole.TITLE), TextLabel("=", TextRole.TITLE))
        numbers = QHBoxLayout()
        numbers.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(10))
        for widget in (self._written, self._signs[0], self._typed, self._signs[1], self._signed):
            numbers.addWidget(widget, 0 if widget in self._signs else 1)
        self._numbers = QWidget()
        self._numbers.setLayout(numbers)
        self.table = Table(theme, self.tr("Angka menurut sumber"))
        self.model = EquationModel(self.table)
        self.table.setModel(self.model)
        self.table.set_widths(None, 76, 76, 76, 124)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setSpacing(0)
        self.body.addWidget(self._numbers)
        self.body.addWidget(hairline())
        self.body.addWidget(self.table)

    def show_count(self, count: DayCount) -> None:
        """Show the numbers of a day."""
        whole = count.total
        typed_of_pages = sum(line.typed for line in count.lines if line.counted is not None)
        written = whole.typed + ((whole.counted or 0) - typed_of_pages)
        for widget, value in ((self._written, written), (self._typed, whole.typed), (self._signed, whole.signed)):
            widget.set(value)
        for sign, equal in zip(self._signs, (written == whole.typed, whole.typed == whole.signed), strict=True):
            sign.setText("=" if equal else "≠")
            sign.set_colour(Colour.TEXT_2 if equal else Colour.AMBER_TEXT)
        said = whole_verdict(count)
        self.chip.set(said.text, said.icon, said.tone)
        self._numbers.setAccessibleName(equation_sentence(count))
        self.model.show(count.lines, whole)
        rows = min(self.model.rowCount(), _MOST_ROWS)
        self.table.setFixedHeight(self._theme.px(SIZES.row_head) + 1 + rows * self._theme.px(SIZES.row))

    def sentence(self) -> str:
        """The equation in words."""
        return self._numbers.accessibleName()
