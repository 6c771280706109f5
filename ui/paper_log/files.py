"""Asking for files: which book to read, where to write the refused rows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.widgets.file_dialog import ask, ask_one, documents, pictures, worded

ChooseFile = Callable[[QWidget], Path | None]
"""Asks for a book; None when the person changed their mind."""
ChooseScans = Callable[[QWidget], list[Path]]
"""Asks for the scans of a page; none when the person changed their mind."""
ChooseTarget = Callable[[QWidget, Path], Path | None]
"""Asks where to write, proposing a path; None when the person changed their mind."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PaperLogFiles", text)


def book_dialog(parent: QWidget) -> QFileDialog:
    """The dialog that chooses a register book."""
    dialog = QFileDialog(parent, _tr("Pilih buku register"), documents())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [
            _tr("Buku register (*.xlsx *.xlsm *.xls *.ods *.csv)"),
            _tr("Semua berkas (*)"),
        ]
    )
    return worded(dialog, _tr("Buka"))


def scan_dialog(parent: QWidget) -> QFileDialog:
    """The dialog that chooses the scans of a page."""
    dialog = QFileDialog(parent, _tr("Pilih pindaian halaman"), pictures())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([_tr("PDF dan foto (*.pdf *.jpg *.jpeg *.png *.webp)"), _tr("Semua berkas (*)")])
    return worded(dialog, _tr("Buka"))


def target_dialog(parent: QWidget, proposed: Path) -> QFileDialog:
    """The dialog that chooses where the refused rows go."""
    dialog = QFileDialog(parent, _tr("Simpan baris yang ditolak"), str(proposed.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_tr("Lembar kerja XLSX (*.xlsx)"), _tr("CSV (*.csv)")])
    dialog.setDefaultSuffix("xlsx")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "xlsx"))
    dialog.selectFile(proposed.name)
    return worded(dialog, _tr("Simpan"))


def choose_book(parent: QWidget) -> Path | None:
    """Let a person choose a book."""
    return ask_one(book_dialog(parent))


def choose_scans(parent: QWidget) -> list[Path]:
    """Let a person choose the scans of a page; an empty list when they changed their mind."""
    return ask(scan_dialog(parent))


def choose_target(parent: QWidget, proposed: Path) -> Path | None:
    """Let a person choose where to write."""
    return ask_one(target_dialog(parent, proposed))
