"""Folder pemindai: the scanner's newest files, to pick from."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kelurahan_client.domain.day_words import local_date
from kelurahan_client.errors import LaporError
from kelurahan_client.services import scanning
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.scanning import Scan
from ui.figures import size
from ui.language import sentences
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.wording import clock, short_date


class ScanPopup(QFrame):
    """A popup above a button; `picked` carries a path. Enter takes, Esc closes."""

    picked = Signal(object)
    folder_wanted = Signal()

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._tasks = tasks
        self._desk = desk
        self._row_height = theme.px(SIZES.hit)
        self.setProperty("surface", "popup")
        self.setAccessibleName(self.tr("Folder pemindai"))
        self._folder = ElidedLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self.change = KeyButton(theme, self.tr("Ganti folder…"), kind=ButtonKind.QUIET, dense=True)
        self.change.clicked.connect(self._ask_for_folder)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Hasil pindai terbaru"))
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self._words = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        pad = theme.px(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(pad)
        head = QHBoxLayout()
        head.addWidget(TextLabel(self.tr("Hasil pindai terbaru"), bold=True))
        head.addStretch(1)
        head.addWidget(self.change)
        column.addLayout(head)
        column.addWidget(self._folder)
        column.addWidget(self._words)
        column.addWidget(self.list, 1)
        column.addStretch()  # where there is no list, what is said stays at the top
        self.resize(theme.px(420), theme.px(340))

    def open_at(self, corner: QPoint) -> None:
        """Open with the lower right corner at `corner` (global), or below it where there is no room."""
        self._show_words(self.tr("Membuka folder…"))
        screen = self.screen().availableGeometry()
        top = corner.y() - self.height()
        self.move(max(corner.x() - self.width(), screen.left()), max(top, screen.top()))
        self.show()
        self.change.setFocus(Qt.FocusReason.PopupFocusReason)
        self.reload()

    def reload(self) -> None:
        """Look again what is there."""
        self._tasks.database(partial(scanning.scan_folder, self._desk), self._look_into, owner=self)

    def words(self) -> str:
        """What is said in the list's place; "" while there is a list."""
        return self._words.text()

    def _look_into(self, folder: Path | None) -> None:
        self._folder.setText(str(folder or ""))
        if folder is None:
            self._show_words(self.tr("Pilih sekali folder tempat pemindai menaruh hasilnya; sesudah itu diingat."))
            self.change.set_text(self.tr("Pilih folder…"), Icon.IMPORT)
            return
        self.change.set_text(self.tr("Ganti folder…"))
        self._tasks.paper(partial(scanning.newest, folder), self._show_scans, failed=self._refused, owner=self)

    def _show_scans(self, scans: Sequence[Scan]) -> None:
        today = self._desk.today()
        self.list.clear()
        for scan in scans:
            item = QListWidgetItem(f"{scan.path.name}  ·  {_when(scan, today)}  ·  {size(scan.size)}")
            item.setData(Qt.ItemDataRole.UserRole, str(scan.path))
            item.setSizeHint(QSize(0, self._row_height))
            self.list.addItem(item)
        if not scans:
            self._show_words(self.tr("Belum ada foto atau PDF di folder ini."))
            return
        self._words.hide()
        self._words.setText("")
        self.list.show()
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: LaporError) -> None:
        self._show_words(sentences(error))

    def _show_words(self, text: str) -> None:
        self.list.hide()
        self._words.setText(text)
        self._words.show()

    def _take(self, item: QListWidgetItem) -> None:
        """Add one."""
        self.hide()
        self.picked.emit(Path(str(item.data(Qt.ItemDataRole.UserRole))))

    def _ask_for_folder(self) -> None:
        self.hide()
        self.folder_wanted.emit()


def keep_folder(tasks: Tasks, desk: Desk, folder: Path, done: Callable[[], None], owner: QWidget) -> None:
    """Remember the scanner's folder, then go on."""
    tasks.database(partial(scanning.keep_scan_folder, desk, folder), lambda _none: done(), owner=owner)


def _when(scan: Scan, today: date) -> str:
    day = local_date(scan.at)
    return clock(scan.at) if day == today else f"{short_date(day, today)} {clock(scan.at)}"
