"""The step *Kolom*: which column of the book holds which field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.domain.book_cells import cell_text, column_letter, is_empty_mark
from kelurahan_client.domain.book_headings import FIELD_LABELS, REPEATABLE_FIELDS, REQUIRED_FIELDS
from kelurahan_client.domain.book_layout import Column
from kelurahan_client.services.importing import Opened
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.card import Card
from ui.widgets.editors import Combo
from ui.widgets.labels import ElidedLabel, TextLabel, hairline
from ui.widgets.notices import Banner

_EXAMPLES = 3
_SEARCHED = 60  # rows looked through for examples


class ColumnStep(QWidget):
    """One line a column: its heading, what stands in it, and the field. `changed` when a person chose another field."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._opened: Opened | None = None
        self._note = ""
        self._combos: dict[str, Combo] = {}
        self.remark = Banner(theme, icon=Icon.INFO, tone=Tone.AMBER)
        self._card = Card(theme, self.tr("Kolom dan isiannya"), note=" ", padding=0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(theme.px(4 * SIZES.row))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card.body.addWidget(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(SIZES.gap_wide))
        column.addWidget(self.remark)
        column.addWidget(self._card, 1)

    def show_columns(self, opened: Opened) -> None:
        """Show the columns of a sheet as its words, or the last import of such a book, say.

        What was chosen stays when the same sheet is shown again.
        """
        if opened is self._opened:
            return
        self._opened = opened
        self._combos = {}
        note = (
            self.tr("seperti impor terakhir dengan judul kolom ini")
            if opened.remembered
            else self.tr("dikenali dari kata-kata judulnya")
        )
        self._note = note
        self._card.set_title(self.tr("Kolom dan isiannya"), note)
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(self._theme.px(16), self._theme.px(8), self._theme.px(16), self._theme.px(8))
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setVerticalSpacing(self._theme.px(6))
        for place, name in enumerate((self.tr("Kolom di buku"), self.tr("Contoh isi"), self.tr("Isian pengaduan"))):
            grid.addWidget(TextLabel(name, TextRole.LABEL, Colour.TEXT_2, bold=True), 0, place)
        grid.addWidget(hairline(), 1, 0, 1, 3)
        for row, column in enumerate(opened.layout.columns, start=2):
            self._add(grid, row, column, opened)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 4)
        grid.setColumnMinimumWidth(2, self._theme.px(220))
        grid.setRowStretch(len(opened.layout.columns) + 2, 1)
        self._scroll.setWidget(table)
        self._say_missing()

    def note(self) -> str:
        """Where the fields come from: the words of the headings, or the last import."""
        return self._note

    def mapping(self) -> dict[str, str]:
        """Heading -> field ("" for a column that is left out), as `layout_with` takes it."""
        return {heading: combo.value() for heading, combo in self._combos.items()}

    def missing(self) -> list[str]:
        """The names of the required fields that no column holds."""
        held = set(self.mapping().values())
        return [said(FIELD_LABELS[field]) for field in REQUIRED_FIELDS if field not in held]

    def combo(self, heading: str) -> Combo:
        """The choice for a column."""
        return self._combos[heading]

    def take_focus(self) -> None:
        """Give the keyboard to the first column that holds nothing."""
        for combo in self._combos.values():
            if not combo.value():
                combo.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _add(self, grid: QGridLayout, row: int, column: Column, opened: Opened) -> None:
        heading = self.tr("{letter} · {heading}").format(letter=column_letter(column.index), heading=column.heading)
        examples = ElidedLabel(self._examples(opened, column), colour=Colour.TEXT_2)
        combo = Combo(self._theme, self.tr("Isian untuk kolom {heading}").format(heading=column.heading))
        combo.add("", self.tr("Tidak diimpor"))
        for field, label in FIELD_LABELS.items():
            combo.add(field, said(label))
        combo.set_value(column.field or "")
        combo.chosen.connect(lambda field, chosen=column.heading: self._chosen(chosen, field))
        self._combos[column.heading] = combo
        name = ElidedLabel(heading, bold=True)
        name.setMinimumWidth(self._theme.px(120))
        for place, widget in enumerate((name, examples, combo)):
            grid.addWidget(widget, row, place)

    def _examples(self, opened: Opened, column: Column) -> str:
        found: list[str] = []
        start = opened.layout.first_data_row
        for cells in opened.sheet.grid[start : start + _SEARCHED]:
            text = cell_text(cells[column.index]) if column.index < len(cells) else ""
            if not is_empty_mark(text) and text not in found:
                found.append(text[:60])
            if len(found) == _EXAMPLES:
                break
        return "  ·  ".join(found) or self.tr("(kosong)")

    def _chosen(self, heading: str, field: str) -> None:
        """A field moves to the column that was given it."""
        if field and field not in REPEATABLE_FIELDS:
            for other, combo in self._combos.items():
                if other != heading and combo.value() == field:
                    combo.set_value("")
        self._say_missing()
        self.changed.emit()

    def _say_missing(self) -> None:
        missing = self.missing()
        self.remark.setVisible(bool(missing))
        if missing:
            title = self.tr("Kolom {names} belum ditunjuk.").format(names=", ".join(missing))
            self.remark.set_words(title, self.tr("Tanpa kolom itu tidak ada baris yang bisa menjadi pengaduan."))
