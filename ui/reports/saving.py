"""*XLSX*: the report as a spreadsheet where the person says."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from kelurahan_client.errors import LaporError
from kelurahan_client.services import report_sheets
from kelurahan_client.services.report_figures import Report
from ui.tasks import Tasks
from ui.widgets.file_dialog import ask_one, documents, worded

ChooseTarget = Callable[[QWidget, Path], Path | None]
"""Asks where to write, proposing a path; None when the person changed their mind."""


class SheetSaver(QObject):
    """Asks for a place and writes in a worker; `said` is told where it is, `failed` why it is not."""

    def __init__(
        self,
        tasks: Tasks,
        parent: QWidget,
        choose_target: ChooseTarget,
        said: Callable[[str], None],
        failed: Callable[[LaporError], None],
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._window = parent
        self._choose_target = choose_target
        self._said = said
        self._failed = failed

    def save(self, report: Report) -> None:
        """Write this report."""
        target = self._choose_target(self._window, Path(documents()) / report_sheets.file_name(report))
        if target is None:
            return
        self._tasks.database(
            partial(report_sheets.write_sheets, report, target),
            lambda _nothing: self._said(self.tr("Laporan tersimpan di {name}.").format(name=target.name)),
            failed=self._failed,
            owner=self,
        )


def target_dialog(parent: QWidget, proposed: Path) -> QFileDialog:
    """The dialog that asks where the spreadsheet goes."""
    dialog = QFileDialog(parent, parent.tr("Simpan laporan"), str(proposed.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([parent.tr("Lembar kerja XLSX (*.xlsx)")])
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(proposed.name)
    return worded(dialog, parent.tr("Simpan"))


def choose_target(parent: QWidget, proposed: Path) -> Path | None:
    """Let a person choose where to write."""
    return ask_one(target_dialog(parent, proposed))
