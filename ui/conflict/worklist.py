"""The worklist at the left: open conflicts, those decided today, and what was merged by itself."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout

from kelurahan_client.services.conflicts import Worklist
from ui.conflict.line_delegate import LineDelegate
from ui.conflict.lines import Entry, Kind, LinesModel, entries
from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import Glyph, TextLabel


class WorklistCard(Card):
    """`chosen`: a conflict's id; `complaint_asked`: the id of a complaint that was merged."""

    chosen = Signal(str)
    complaint_asked = Signal(str)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__(theme, padding=0)
        self._today = today
        self._work = Worklist((), (), ())
        self._show_merged = False
        self._silent = False
        self.setAccessibleName(self.tr("Daftar konflik"))
        self.view = QListView()
        self.view.setAccessibleName(self.tr("Daftar konflik"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setMouseTracking(True)
        self.view.setMinimumHeight(theme.px(120))
        self.model = LinesModel()
        self.view.setModel(self.model)
        self.view.setItemDelegate(LineDelegate(theme, self.view))
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.view.activated.connect(self._activate)
        self.view.clicked.connect(self._activate)
        self._foot = QFrame()
        self._foot.setProperty("surface", "quiet")
        self._merged = TextLabel("", TextRole.CAPTION, Colour.TEXT_2, wrap=True)
        self.more = KeyButton(theme, self.tr("Lihat"), kind=ButtonKind.QUIET, dense=True)
        self.more.clicked.connect(self._toggle_merged)
        self._build()

    def show_work(self, work: Worklist, today: date) -> None:
        """Show what waits now; the chosen line stays chosen."""
        self._work, self._today = work, today
        count = len(work.merged)
        words = self.tr("{n} perbedaan lain sudah digabung sendiri karena isiannya berlainan.")
        self._merged.setText(words.format(n=number(count)))
        self._foot.setVisible(bool(count))
        self._fill()

    def mark(self, conflict_id: str) -> None:
        """Choose a line silently."""
        row = self.model.row_of(conflict_id)
        self._silent = True
        self.view.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        self._silent = False

    def ids(self, kind: Kind = Kind.OPEN) -> list[str]:
        """The conflicts of one kind, in their order."""
        found = (self.model.entry(row) for row in range(self.model.rowCount()))
        return [one.id for one in found if one is not None and one.kind is kind]

    def marked(self) -> str:
        """The chosen conflict, "" if none."""
        entry = self._entry(self.view.currentIndex())
        return entry.id if entry is not None and entry.kind is not Kind.MERGED else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles wrap anew."""
        super().resizeEvent(event)
        self.view.doItemsLayout()

    def _fill(self) -> None:
        marked = self.marked()
        self._silent = True
        if self.model.set_entries(entries(self._work, self._today, show_merged=self._show_merged)):
            self._silent = False
            self.mark(marked)
        self._silent = False
        self.more.set_text(self.tr("Tutup") if self._show_merged else self.tr("Lihat"))

    def _toggle_merged(self) -> None:
        self._show_merged = not self._show_merged
        self._fill()

    def _choose(self, index: QModelIndex) -> None:
        entry = self._entry(index)
        if not self._silent and entry is not None and entry.kind in (Kind.OPEN, Kind.DECIDED):
            self.chosen.emit(entry.id)

    def _activate(self, index: QModelIndex) -> None:
        entry = self._entry(index)
        if entry is not None and entry.kind is Kind.MERGED:
            self.complaint_asked.emit(entry.id)

    def _entry(self, index: QModelIndex) -> Entry | None:
        return self.model.entry(index.row()) if index.isValid() else None

    def _build(self) -> None:
        px = self._theme.px
        self.body.setContentsMargins(0, px(4), 0, px(1))
        self.body.setSpacing(0)
        self.body.addWidget(self.view, 1)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(px(15), px(8), px(4), px(8))
        row.setSpacing(px(8))
        row.addWidget(Glyph(self._theme, Icon.INFO, Colour.TEXT_2, SIZES.icon_small), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(self._merged)
        row.addLayout(words, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignBottom)
        self._foot.hide()
        self.body.addWidget(self._foot)
