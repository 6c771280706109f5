"""The left half: the scan with its commands, and the lens below."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kelurahan_client.services.desk import Desk
from kelurahan_client.store.book_pages import ScanRow
from ui.book_page import scan_images
from ui.book_page.ruler import Ruler
from ui.book_page.scan_bar import ScanBar
from ui.book_page.scan_images import Picture
from ui.book_page.scan_views import LensView, ScanScene, SheetView
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.labels import hairline

_NUDGE = 1 / 8  # of a line


class ScanPane(QFrame):
    """Shows one sheet at a time. `changed`: another sheet, turn or ruler; `failed` carries a LaporError."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._scans: tuple[ScanRow, ...] = ()
        self._picture: Picture | None = None
        self._sheet, self._turn, self._row, self._across = 0, 0, 0, 0.0
        self.ruler = Ruler()
        self.setProperty("surface", "card")
        self.scene = ScanScene(theme)
        self.view = SheetView(theme, self.scene, self.tr("Pindaian halaman"))
        self.lens = LensView(theme, self.scene, self.tr("Baris ini diperbesar"))
        self.bar = ScanBar(theme)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, self._theme.px(SIZES.gap_half))
        column.setSpacing(0)
        for widget in (self.bar, hairline()):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(hairline())
        column.addWidget(self.lens)
        bar, view = self.bar, self.view
        for button, act in (
            (bar.smaller, view.smaller),
            (bar.larger, view.larger),
            (bar.fit, view.fit_width),
            (bar.turn, self.turn),
            (bar.ruler, self._show_ruler),
            (bar.before, partial(self.go, -1)),
            (bar.after, partial(self.go, 1)),
        ):
            button.clicked.connect(lambda _checked=False, done=act: done())
        view.zoomed.connect(bar.show_percent)
        self.scene.dragged.connect(self._dragged)

    def show_scans(self, scans: Sequence[ScanRow], view: Mapping[str, Any]) -> None:
        """Show the scans of a page, looked at as before; hidden where there are none."""
        self._scans = tuple(scans)
        self._sheet, self._turn = int(view.get("sheet", 0)), int(view.get("turn", 0))
        self.ruler = Ruler(float(view.get("top", Ruler().top)), float(view.get("step", Ruler().step)))
        self.bar.ruler.setChecked(bool(view.get("ruler", True)))
        self._picture = None
        self.setVisible(bool(scans))
        self._load()

    def state(self) -> dict[str, Any]:
        """How the scan is looked at, to be kept with the page."""
        if not self._scans:
            return {}
        return {
            "sheet": self._sheet,
            "turn": self._turn,
            "top": self.ruler.top,
            "step": self.ruler.step,
            "ruler": self.bar.ruler.isChecked(),
        }

    def state_of_next(self) -> dict[str, Any] | None:
        """How the next sheet would be looked at; None where there is none."""
        if self._picture is None or self._picture.sheet + 1 >= self._picture.sheets:
            return None
        return self.state() | {"sheet": self._picture.sheet + 1}

    def follow(self, row: int, across: float) -> None:
        """The clerk is in this line, at this part of the grid's width."""
        self._row, self._across = row, across
        self._lay()

    def turn(self) -> None:
        """Turn the sheet by a quarter."""
        self._turn = (self._turn + 90) % 360
        self._draw()
        self.changed.emit()

    def nudge(self, *, up: bool) -> None:
        """Move the ruler a little on this line."""
        by = self.ruler.step * _NUDGE
        self._dragged(self.ruler.line(self._row) + (-by if up else by))

    def stretch(self, *, higher: bool) -> None:
        """Make the lines a little higher or lower."""
        self.ruler = self.ruler.higher(0.02 if higher else -0.02)
        self._lay()
        self.changed.emit()

    def sheets(self) -> tuple[int, int]:
        """Which sheet is shown, from 0, and how many there are."""
        return (self._picture.sheet, self._picture.sheets) if self._picture is not None else (0, 0)

    def go(self, by: int) -> None:
        """Show the sheet before or behind."""
        if self._picture is not None and 0 <= self._picture.sheet + by < self._picture.sheets:
            self._sheet = self._picture.sheet + by
            self._load()
            self.changed.emit()

    def _load(self) -> None:
        if self._scans:
            self._tasks.latest(
                "book-scan",
                partial(scan_images.load, self._desk, self._scans, self._sheet),
                self._show,
                self.failed.emit,
                owner=self,
            )

    def _show(self, picture: Picture) -> None:
        self._picture = picture
        self.bar.show_sheet(picture.sheet, picture.sheets)
        self._draw()

    def _draw(self) -> None:
        if self._picture is not None:
            self.scene.show_image(self._picture.image, self._turn)
            self.view.fit_width()
            self._lay()

    def _lay(self) -> None:
        self.scene.lay_ruler(self.ruler, self._row)
        self._show_ruler()
        line = self.scene.bar.rect()
        self.lens.follow(line, self._across)
        if self.bar.ruler.isChecked() and self._picture is not None:
            self.view.ensureVisible(line.x(), line.y(), 1, line.height(), 0, self._theme.px(40))

    def _show_ruler(self) -> None:
        self.scene.bar.setVisible(self.bar.ruler.isChecked())

    def _dragged(self, place: float) -> None:
        self.ruler = self.ruler.moved_to(self._row, place)
        self._lay()
        self.changed.emit()
