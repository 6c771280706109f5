"""*Simpan ke USB* and *Ambil jawaban dari USB*: the work, and the bar that tells how far it is and what it did."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kelurahan_client.errors import Cancelled, LaporError
from kelurahan_client.services.desk import Desk
from ui.day_close.usb_files import SUFFIX, ChooseSource, ChooseTarget
from ui.day_close.usb_words import answered, failed, stored
from ui.figures import size
from ui.language import said
from ui.tasks import Asked, Report, Running, Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import Glyph, TextLabel
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine
from ui.wording import WITA

if TYPE_CHECKING:
    from sync.carrying import Exported, Imported

Bytes = tuple[int, int]


class UsbCard(Card):
    """Hidden until something is to be told. `applied` carries the kinds of record that an answer has changed.

    `wrote`: a stick was written. `told`: there is something to see here. `left`: the person has read it; the cursor is
    to go back.
    """

    applied = Signal(object)
    wrote = Signal()
    left = Signal()
    told = Signal()

    def __init__(
        self, theme: Theme, tasks: Tasks, desk: Desk, choose_target: ChooseTarget, choose_source: ChooseSource
    ) -> None:
        super().__init__(theme, padding=12)
        self._tasks = tasks
        self._desk = desk
        self._choose_target = choose_target
        self._choose_source = choose_source
        self._running: Running | None = None
        self.setAccessibleName(self.tr("Stik USB"))
        self.progress = ProgressLine(theme, "")
        self.progress.cancelled.connect(self._cancel)
        self.banner = Banner(theme)
        self._glyph = Glyph(theme, Icon.USB, Colour.TEXT_2)
        self._title = TextLabel("", bold=True, wrap=True)
        self._text = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self.done = KeyButton(theme, self.tr("Mengerti"), kind=ButtonKind.QUIET, dense=True)
        self.done.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        column = QVBoxLayout()
        column.addWidget(self._glyph)
        column.addStretch(1)
        row.addLayout(column)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        for widget in (self._title, self._text, self.banner, self.progress):
            words.addWidget(widget)
        row.addLayout(words, 1)
        row.addWidget(self.done)
        self.body.addLayout(row)
        self.hide()

    def busy(self) -> bool:
        """Whether a stick is being written or read."""
        return self._running is not None

    def save(self) -> None:
        """Ask for a place, and write there what the centre has not answered."""
        if self._running is not None:
            return
        at = self._desk.now().astimezone(WITA).strftime("%Y-%m-%d-%H%M%S")
        target = self._choose_target(self, f"lapor-{at}.{SUFFIX}")
        if target is None:
            return
        self._begin(self.tr("Menyimpan ke {name}").format(name=target.name))
        desk = self._desk

        def work(report: Report[Bytes], cancelled: Asked) -> "Exported":
            from sync import carrying  # noqa: PLC0415  # imported in the worker, when it is wanted

            return carrying.export(desk, target, lambda done, all_: report((done, all_)), cancelled)

        self._running = self._tasks.network(
            work,
            lambda done: self._stored(target, done),
            failed=self._not_stored,
            owner=self,
            progress=self._show_bytes,
        )

    def take(self) -> None:
        """Ask for the centre's answer, and apply it."""
        if self._running is not None:
            return
        source = self._choose_source(self)
        if source is None:
            return
        self._begin(self.tr("Membaca {name}").format(name=source.name))
        desk = self._desk

        def work(report: Report[Bytes], cancelled: Asked) -> "Imported":
            from sync import carrying  # noqa: PLC0415  # imported in the worker, when it is wanted

            return carrying.take_in(desk, source, lambda done, all_: report((done, all_)), cancelled)

        self._running = self._tasks.network(
            work, self._answered, failed=self._failed, owner=self, progress=self._show_bytes
        )

    def words(self) -> str:
        """What is said."""
        return self.banner.words() if self.banner.isVisibleTo(self) else f"{self._title.text()} {self._text.text()}"

    def dismiss(self) -> None:
        """Take the message away; not while something is under way."""
        if self._running is None:
            self.hide()
            self.left.emit()

    def _begin(self, label: str) -> None:
        self.progress.set_label(label)
        self.progress.set_busy()
        self._show_parts(progress=True)
        self.progress.cancel_button().setFocus()

    def _show_bytes(self, bytes_: Bytes) -> None:
        done, total = bytes_
        if total:
            self.progress.set_progress(min(done, total), total, f"{size(min(done, total))} / {size(total)}")
        else:
            self.progress.set_busy(size(done))

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _stored(self, target: Path, done: "Exported") -> None:
        self._end(stored(target, done), Icon.USB)
        self.wrote.emit()

    def _answered(self, done: "Imported") -> None:
        self._end(answered(done), Icon.SIGNED if not done.waiting and not done.again else Icon.USB)
        self.applied.emit(frozenset(done.changed | {"exchange"}))

    def _end(self, said: tuple[str, str], icon: Icon) -> None:
        self._running = None
        self._glyph.set(icon, Colour.GREEN if icon is Icon.SIGNED else Colour.TEXT_2)
        self._title.setText(said[0])
        self._text.setText(said[1])
        self._show_parts()
        self.done.setFocus()

    def _not_stored(self, error: LaporError) -> None:
        self._failed(error, self.tr("Yang menunggu tetap di komputer ini."))

    def _failed(self, error: LaporError, kept: str = "") -> None:
        if isinstance(error, Cancelled):
            self._end((self.tr("Dihentikan"), failed(error)), Icon.USB)
            return
        self._running = None
        self.banner.set_words(f"{said(error.title)}.", f"{failed(error)} {kept}".strip(), error.code)
        self._show_parts(error=True)
        self.done.setFocus()
        self.applied.emit(frozenset({"exchange"}))  # pages before the one that failed may have been applied

    def _show_parts(self, *, progress: bool = False, error: bool = False) -> None:
        self.progress.setVisible(progress)
        self.banner.setVisible(error)
        for widget in (self._title, self._text):
            widget.setVisible(not progress and not error)
        self.done.setVisible(not progress)
        self.show()
        self.told.emit()
