"""The step *Hasil*: what was written, what was not, and how to take it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.domain.book_layout import Layout
from kelurahan_client.services.importing import Imported
from ui.figures import number
from ui.paper_log.trial import View, rejected_lines
from ui.paper_log.trial_table import TrialTable
from ui.paper_log.undo_bar import UndoBar
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import Glyph, TextLabel, hairline
from ui.widgets.notices import EmptyState


class _Figure(QWidget):
    """A number with its word below."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        column.setSpacing(0)
        self._number = TextLabel("", TextRole.FIGURE, bold=True)
        self._name = name
        column.addWidget(self._number)
        column.addWidget(TextLabel(name, TextRole.LABEL, Colour.TEXT_2))

    def set_number(self, count: int) -> None:
        self._number.setText(number(count))
        self.setAccessibleName(f"{self._name}: {number(count)}")

    def text(self) -> str:
        return self._number.text()


class ResultStep(QWidget):
    """The counts of an import and the rows that it left."""

    save_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.undo_bar = UndoBar(theme)
        self._title = TextLabel("", TextRole.SECTION, bold=True)
        self._figures = {
            "read": _Figure(theme, self.tr("Baris dibaca")),
            "accepted": _Figure(theme, self.tr("Dicatat sebagai pengaduan")),
            "duplicates": _Figure(theme, self.tr("Sudah ada")),
            "rejected": _Figure(theme, self.tr("Ditolak")),
        }
        self.table = TrialTable(theme, self.tr("Baris yang ditolak"))
        self.save = KeyButton(theme, self.tr("Simpan baris yang ditolak…"), Icon.IMPORT, dense=True)
        self.save.clicked.connect(self.save_wanted)
        note = self.tr("simpan, perbaiki, lalu impor berkas itu")
        self._rejected = Card(theme, self.tr("Baris yang ditolak"), note=note, padding=0)
        self._rejected.add_to_head(self.save)
        self._rejected.body.addWidget(self.table)
        whole = Card(theme)
        whole.body.addWidget(EmptyState(theme, Icon.CHECK, self.tr("Tidak ada baris yang ditolak")))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._rejected)
        self._pages.addWidget(whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(SIZES.gap_wide))
        column.addWidget(self.undo_bar)
        column.addWidget(self._counts())
        column.addWidget(self._pages, 1)

    def show_result(self, outcome: Imported, layout: Layout) -> None:
        """Show what an import did; `layout` is the book's."""
        self.undo_bar.hide()
        self._title.setText(self.tr("{n} pengaduan tercatat").format(n=number(outcome.accepted)))
        self._figures["read"].set_number(outcome.read)
        self._figures["accepted"].set_number(outcome.accepted)
        self._figures["duplicates"].set_number(outcome.duplicates)
        self._figures["rejected"].set_number(len(outcome.rejected))
        self.table.show_lines(rejected_lines(outcome.rejected, layout), View.REJECTED)
        self._pages.setCurrentIndex(0 if outcome.rejected else 1)

    def figure(self, name: str) -> str:
        """One of the numbers shown: read, accepted, duplicates, rejected."""
        return self._figures[name].text()

    def title(self) -> str:
        """The sentence above the numbers."""
        return self._title.text()

    def _counts(self) -> Card:
        theme = self._theme
        card = Card(theme, padding=0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(4))
        head.setSpacing(theme.px(8))
        head.addWidget(Glyph(theme, Icon.RESOLVED, Colour.TEXT_2, SIZES.icon_large))
        head.addWidget(self._title, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        for at, figure in enumerate(self._figures.values()):
            if at:
                row.addWidget(hairline(vertical=True))
            row.addWidget(figure, 1)
        card.body.setSpacing(0)
        card.body.addLayout(head)
        card.body.addLayout(row)
        return card
