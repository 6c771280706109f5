"""What is due first, or the word that nothing is."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QWidget

from kelurahan_client.services.lists import ListRow
from ui.home.due import DueModel, DueTable
from ui.register.cells import Day
from ui.register.filters import WORKLIST
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.notices import EmptyState


class DueCard(Card):
    """Each line opens its complaint in the list; *Lihat semua* opens all. `action` stands under the empty state."""

    def __init__(self, theme: Theme, day: Day, navigate: Callable[..., None], action: QWidget) -> None:
        super().__init__(theme, self.tr("Tenggat terdekat"), padding=0)
        self._navigate = navigate
        self.model = DueModel(day)
        self.table = DueTable(theme, self.tr("Tenggat terdekat"), self.model)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._open)
        self.all = KeyButton(theme, self.tr("Lihat semua"), Icon.RIGHT, kind=ButtonKind.QUIET, dense=True)
        self.all.set_icon_last()
        self.all.clicked.connect(partial(navigate, "register", list_filter=WORKLIST))
        self.add_to_head(self.all)
        self.empty = EmptyState(theme, Icon.RECEIVED, "", "", [action])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack)

    def show_rows(self, rows: Sequence[ListRow], day: Day, *, any_at_all: bool) -> None:
        """Show these; `any_at_all`: there are complaints, if perhaps none that is due."""
        self.model.set_rows(rows, day)
        if any_at_all:
            self.empty.set_words(
                self.tr("Tidak ada yang menunggu"), self.tr("Semua pengaduan sudah selesai atau ditutup.")
            )
        else:
            self.empty.set_words(
                self.tr("Belum ada pengaduan"),
                self.tr("Yang dicatat di loket atau dari buku akan tampak di sini."),
            )
        self.all.setVisible(any_at_all)
        self._stack.setCurrentWidget(self.table if rows else self.empty)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        self._navigate("register", list_filter=WORKLIST, complaint_id=row.id)
