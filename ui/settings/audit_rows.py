"""The lines of the log as a table."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from kelurahan_client.services.audit import AuditRow
from ui.audit_words import ICONS, detail_words, kind_words, when
from ui.widgets.cell import Cell, CellLook
from ui.widgets.keyed_rows import KeyedRows, Load


def _tr(text: str) -> str:
    return QCoreApplication.translate("AuditRows", text)


class AuditRows(KeyedRows[AuditRow]):
    """When and by whom; what, and about which complaint; the rest."""

    def __init__(self, today: date, load: Load) -> None:
        super().__init__(load)
        self._today = today

    def set_today(self, today: date) -> None:
        """Years are told where they are others."""
        self._today = today

    def columns(self) -> int:
        """When and who, what, about what."""
        return 3

    def head(self, column: int) -> str:
        """The name of a column."""
        return (_tr("Waktu dan petugas"), _tr("Kejadian"), _tr("Rincian"))[column]

    def cell(self, row: AuditRow, column: int) -> Cell:
        """One cell of a line."""
        if column == 0:
            return Cell(text=when(row, self._today), second=row.actor, look=CellLook.TWO_LINES)
        if column == 1:
            return Cell(text=kind_words(row.kind), second=row.reference, look=CellLook.TWO_LINES, icon=ICONS[row.kind])
        words = detail_words(row)
        return Cell(text=words, tooltip=words)
