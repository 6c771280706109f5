"""The menu of kept filters: show one, keep the present one, remove one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from kelurahan_client.services.saved_filters import SavedFilter
from ui.theme.icons import Icon
from ui.theme.theme import Theme


class SavedMenu(QMenu):
    """`picked` carries a ListFilter, `removed` a name; `naming` when the present filter is to be kept."""

    picked = Signal(object)
    removed = Signal(str)
    naming = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Tersimpan"))
        self._theme = theme
        self.remove_menu = QMenu(self.tr("Hapus saringan tersimpan"), self)
        self.show_filters(())

    def show_filters(self, found: Sequence[SavedFilter]) -> None:
        """The filters that are kept."""
        self.clear()
        self.remove_menu.clear()
        for one in found:
            words = one.name.replace("&", "&&")
            self.addAction(words).triggered.connect(partial(self.picked.emit, one.wanted))
            self.remove_menu.addAction(words).triggered.connect(partial(self.removed.emit, one.name))
        if not found:
            self.addAction(self.tr("Belum ada saringan tersimpan")).setEnabled(False)
        self.addSeparator()
        self.addAction(self._theme.icon(Icon.SAVE), self.tr("Simpan saringan ini…")).triggered.connect(self.naming)
        if found:
            self.addMenu(self.remove_menu)
