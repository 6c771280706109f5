"""The step *Uji coba*: what would become of every row, before anything is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from ui.figures import number
from ui.paper_log.tile_row import TileRow
from ui.paper_log.trial import Trial, View
from ui.paper_log.trial_table import TrialTable
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Tone
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.notices import Banner, EmptyState
from ui.widgets.tile import Tile


class TrialStep(QWidget):
    """Five tiles that filter the table of rows."""

    save_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._trial: Trial | None = None
        self.tiles = {
            View.READ: Tile(theme, self.tr("Baris dibaca"), Icon.TABLE, compact=True),
            View.READY: Tile(theme, self.tr("Siap diimpor"), Icon.CHECK, compact=True),
            View.WARNED: Tile(theme, self.tr("Perlu dilihat"), Icon.WARNING, compact=True),
            View.REJECTED: Tile(theme, self.tr("Ditolak"), Icon.ERROR, compact=True),
            View.LEFT_OUT: Tile(theme, self.tr("Dilewati"), Icon.SKIPPED, compact=True),
        }
        group = QButtonGroup(self)
        for view, tile in self.tiles.items():
            group.addButton(tile)
            tile.clicked.connect(lambda _checked, chosen=view: self.show_view(chosen))
        self.nothing_new = Banner(theme, icon=Icon.INFO, tone=Tone.AMBER)
        self.nothing_new.hide()
        self.foreign = Banner(theme, icon=Icon.WARNING, tone=Tone.AMBER)
        self.foreign.hide()
        self.table = TrialTable(theme, self.tr("Baris buku"))
        self._empty = EmptyState(theme, Icon.CHECK, "-")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self.save = KeyButton(theme, self.tr("Simpan baris yang ditolak…"), Icon.IMPORT, dense=True)
        self.save.clicked.connect(self.save_wanted)
        self._card = Card(theme, "-", note="-", padding=0)
        self._card.add_to_head(self.save)
        self._card.body.addWidget(self._pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(SIZES.gap_wide))
        column.addWidget(TileRow(theme, list(self.tiles.values())))
        column.addWidget(self.foreign)
        column.addWidget(self.nothing_new)
        column.addWidget(self._card, 1)

    def show_trial(self, trial: Trial) -> None:
        """Show the counts of a dry run and the rows that matter most."""
        self._trial = trial
        first, last = trial.span
        span = self.tr("baris {first} sampai {last}").format(first=first, last=last) if last else self.tr("tidak ada")
        counts = {view: trial.count(view) for view in View}
        none = self.tr("tidak ada")
        remarks = {
            View.READ: (span, Tone.NEUTRAL),
            View.READY: (self.tr("kolom dan isi lengkap"), Tone.NEUTRAL),
            View.WARNED: (self.tr("diimpor dengan catatan"), Tone.AMBER),
            View.REJECTED: (self.tr("tidak diimpor"), Tone.RED),
            View.LEFT_OUT: (self._left_out(trial), Tone.NEUTRAL),
        }
        for view, (remark, tone) in remarks.items():
            some = counts[view] > 0
            self.tiles[view].set_value(number(counts[view]), remark if some else none, tone if some else Tone.NEUTRAL)
        self.save.setVisible(bool(trial.plan.rejected))
        self._say_whose(trial.plan.of_other)
        self._say_nothing_new(trial)
        self.show_view(trial.first_view())

    def show_view(self, view: View) -> None:
        """Show the rows of one tile."""
        if self._trial is None:
            return
        self.tiles[view].setChecked(True)
        lines = self._trial.of(view)
        self.table.show_lines(lines, view)
        title = self._title(view, self._trial.count(view))
        self._card.set_title(title, self.tr("belum ada yang ditulis; ini baru uji coba"))
        self._empty.set_words(title)
        self._pages.setCurrentIndex(0 if lines else 1)

    def take_focus(self) -> None:
        """Give the keyboard to the tile that is chosen."""
        for tile in self.tiles.values():
            if tile.isChecked():
                tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def _left_out(self, trial: Trial) -> str:
        skipped = len(trial.plan.skipped)
        if not trial.duplicates:
            return self.tr("baris kosong atau jumlah")
        here = self.tr("{n} sudah ada").format(n=number(trial.duplicates))
        return self.tr("{here}, {n} bukan isi").format(here=here, n=number(skipped)) if skipped else here

    def _title(self, view: View, count: int) -> str:
        some, none = {
            View.READ: (self.tr("{n} baris dibaca"), self.tr("Tidak ada baris yang terbaca")),
            View.READY: (self.tr("{n} baris siap diimpor"), self.tr("Tidak ada baris yang siap diimpor")),
            View.WARNED: (self.tr("{n} baris perlu dilihat"), self.tr("Tidak ada baris yang perlu dilihat")),
            View.REJECTED: (self.tr("{n} baris ditolak"), self.tr("Tidak ada baris yang ditolak")),
            View.LEFT_OUT: (self.tr("{n} baris dilewati"), self.tr("Tidak ada baris yang dilewati")),
        }[view]
        return some.format(n=number(count)) if count else none

    def _say_whose(self, other: str) -> None:
        text = self.tr("Di atas tabelnya tertulis Kelurahan {name}. Impor hanya bila isinya memang milik loket ini.")
        self.foreign.set_words(self.tr("Buku kelurahan lain?"), text.format(name=other))
        self.foreign.setVisible(bool(other))

    def _say_nothing_new(self, trial: Trial) -> None:
        self.nothing_new.setVisible(not trial.importable)
        if trial.importable:
            return
        if trial.duplicates:
            text = self.tr("{n} baris sudah ada di komputer ini; mengimpor buku yang sama tidak menambah apa pun.")
            self.nothing_new.set_words(self.tr("Tidak ada yang baru."), text.format(n=number(trial.duplicates)))
        else:
            text = self.tr("Perbaiki baris yang ditolak, atau pilih lembar dan kolom yang lain.")
            self.nothing_new.set_words(self.tr("Tidak ada baris yang bisa diimpor."), text)
