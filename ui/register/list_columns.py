"""The columns of the list's table as a person arranged them: order, widths, and that they are there again tomorrow."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHeaderView

from kelurahan_client.services.list_memory import Columns
from ui.register.columns import WIDE, known, look_of
from ui.register.rows import RowsModel
from ui.theme.theme import Theme
from ui.widgets.table import Table

_TITLE_LEAST = 180  # design pixels that the column with the rest of the room keeps; then the table scrolls sideways
_MILLISECONDS = 300


class ListColumns(QObject):
    """`kept` carries the Columns when a person has changed something."""

    kept = Signal(object)

    def __init__(self, theme: Theme, table: Table, model: RowsModel) -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table
        self._model = model
        self._codes: tuple[str, ...] = ()
        self._widths: dict[str, int] = {}
        self._silent = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self._tell)
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(lambda *_at: QTimer.singleShot(0, self, self._moved))

    def show(self, columns: Columns) -> None:
        """Show what was kept."""
        self._codes = known(columns.codes)
        self._widths = dict(columns.widths)
        self.arrange()

    def choose(self, codes: Sequence[str]) -> None:
        """A person chose these; none for the usual ones with their widths."""
        self._codes = known(codes)
        if not self._codes:
            self._widths = {}
        self.arrange()
        self._tell()

    def shown(self) -> tuple[str, ...]:
        """The columns that a person chooses from: those that are shown, or in a narrow table the usual ones."""
        return self._codes or WIDE

    def arrange(self) -> None:
        """Give every column its width; whoever takes the rest of the room does so while there is enough of it."""
        self._silent = True
        self._model.set_chosen(self._codes)
        codes = self._model.codes()
        header = self._table.horizontalHeader()
        for at in range(len(codes)):  # as a move by the mouse has left them
            header.moveSection(header.visualIndex(at), at)
        widths = [self._widths.get(code, look_of(code).width or 0) for code in codes]
        rest = next((at for at, code in enumerate(codes) if look_of(code).width is None), len(codes) - 1)
        taken = sum(self._theme.px(width) for at, width in enumerate(widths) if at != rest)
        least = self._theme.px(_TITLE_LEAST if look_of(codes[rest]).width is None else 40)
        given: list[int | None] = list(widths)
        given[rest] = None
        if self._table.width() - taken < least:
            given[rest] = max(_TITLE_LEAST, widths[rest])
        self._table.set_widths(*given)
        self._silent = False

    def _resized(self, section: int, _old: int, new: int) -> None:
        codes = self._model.codes()
        fixed = QHeaderView.ResizeMode.Interactive
        if self._silent or section >= len(codes):
            return
        if self._table.horizontalHeader().sectionResizeMode(section) is fixed:
            self._widths[codes[section]] = round(new * 100 / max(self._theme.px(100), 1))
            self._timer.start()

    def _moved(self) -> None:
        if self._silent:
            return
        header = self._table.horizontalHeader()
        codes = self._model.codes()
        order = tuple(codes[header.logicalIndex(at)] for at in range(len(codes)))
        if order != codes:
            # A narrow table has no columns of its own to move: it springs back.
            self.choose(order if known(order) == order else self._codes)

    def _tell(self) -> None:
        self._timer.stop()
        self.kept.emit(Columns(self._codes, dict(self._widths)))
