"""Where an import begins, and what was imported before."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.store.imports import ImportBatch
from ui.paper_log.drop_area import DropArea
from ui.paper_log.model import HistoryModel, batch_name
from ui.paper_log.pages_in_work import PagesInWork
from ui.paper_log.undo_bar import UndoBar
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card, PageHead
from ui.widgets.labels import TextLabel
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.table import Table

_NARROW = 780  # design pixels


class StartView(QWidget):
    """One sentence, the place for a book, and the table of earlier imports."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._undo_buttons: list[KeyButton] = []
        self.banner = Banner(theme, closable=True)
        self.banner.hide()
        self.type_button = KeyButton(
            theme, self.tr("Ketik halaman baru"), Icon.NEW, key="Ctrl+N", kind=ButtonKind.PRIMARY, binds=True
        )
        self.pages = PagesInWork(theme)
        self.drop_area = DropArea(theme, self.tr("Impor buku register…"), ButtonKind.SECONDARY)
        self.undo_bar = UndoBar(theme)
        self.undo_bar.dismissed.connect(self._back_to_table)
        self.model = HistoryModel(self)
        self.table = Table(theme, self.tr("Impor terdahulu"))
        self.table.setModel(self.model)
        self.table.setMinimumHeight(theme.px(SIZES.row_head + 3 * SIZES.row))
        self.table.opened.connect(lambda index: self._ask(self.model.batch(index.row())))
        empty = EmptyState(
            theme,
            Icon.BOOK,
            self.tr("Belum ada buku atau halaman yang disimpan"),
            self.tr("Setiap impor dan halaman tercatat di sini dan bisa dibatalkan."),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(self.table)
        column = QVBoxLayout(self)
        side, top = theme.px(SIZES.page_x), theme.px(SIZES.page_y)
        column.setContentsMargins(side, top, side, top)
        column.setSpacing(theme.px(SIZES.gap_wide))
        self._fill(column)

    def _fill(self, column: QVBoxLayout) -> None:
        head = PageHead(self._theme, self.tr("Buku register"))
        head.add_command(self.type_button)
        column.addWidget(head)
        column.addWidget(self.banner)
        text = self.tr(
            "Ketik satu halaman buku di samping pindaiannya, atau impor berkas lembar kerja. Tiap baris diuji; yang "
            "sah menjadi pengaduan di loket ini, dan seluruhnya bisa dibatalkan."
        )
        column.addWidget(TextLabel(text, colour=Colour.TEXT_2, wrap=True))
        column.addWidget(self.pages)
        column.addWidget(self.drop_area)
        column.addWidget(self.undo_bar)
        card = Card(self._theme, self.tr("Impor dan halaman terdahulu"), padding=0)
        card.body.addWidget(self._pages)
        column.addWidget(card, 1)

    def show_history(self, batches: Sequence[ImportBatch], today: date) -> None:
        """Show the earlier imports, each with its button while it can be taken back."""
        self.undo_bar.hide()
        self.model.show(batches, today)
        self._pages.setCurrentIndex(1 if batches else 0)
        self.table.set_widths(None, 176, 84, 108, 84, 180)
        self._undo_buttons = []
        for row, batch in enumerate(batches):
            if batch.undone_at is None:
                index = self.model.index(row, HistoryModel.UNDO_COLUMN)
                self.table.setIndexWidget(index, self._undo_button(batch))

    def take_focus(self) -> None:
        """Give the keyboard to the page that was typed last, or to the command that begins one."""
        if not self.pages.take_focus():
            self.type_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_focus(self) -> None:
        """The pages have come: to the first of them, unless somebody has gone on to something else meanwhile."""
        focused = QApplication.focusWidget()
        if focused is None or focused is self.type_button or self.pages.isAncestorOf(focused):
            self.take_focus()

    def undo_buttons(self) -> list[KeyButton]:
        """The buttons in the table, from its first row on."""
        return list(self._undo_buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the page is narrow, two counts give way to the name of the file."""
        super().resizeEvent(event)
        for column in (3, 4):
            self.table.setColumnHidden(column, self.width() < self._theme.px(_NARROW))

    def _undo_button(self, batch: ImportBatch) -> QWidget:
        button = KeyButton(self._theme, self.tr("Batalkan impor ini…"), kind=ButtonKind.DANGER_QUIET, dense=True)
        button.setAccessibleDescription(batch_name(batch))
        button.clicked.connect(lambda: self._ask(batch))
        self._undo_buttons.append(button)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, self._theme.px(SIZES.gap), 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return place

    def _ask(self, batch: ImportBatch) -> None:
        if batch.undone_at is None:
            self.undo_bar.ask(batch.id, batch_name(batch), batch.accepted)

    def _back_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
