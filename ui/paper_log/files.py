"""Asking for files: which book to read, where to write the refused rows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

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
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = next(iter(QStandardPaths.standardLocations(documents)), "")
    folder = folder if Path(folder).is_dir() else str(Path.home())
    dialog = QFileDialog(parent, _tr("Pilih buku register"), folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [
            _tr("Buku register (*.xlsx *.xlsm *.xls *.ods *.csv)"),
            _tr("Semua berkas (*)"),
        ]
    )
    return _worded(dialog, _tr("Buka"))


def scan_dialog(parent: QWidget) -> QFileDialog:
    """The dialog that chooses the scans of a page."""
    pictures = QStandardPaths.StandardLocation.PicturesLocation
    folder = next(iter(QStandardPaths.standardLocations(pictures)), "")
    dialog = QFileDialog(parent, _tr("Pilih pindaian halaman"), folder if Path(folder).is_dir() else str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([_tr("PDF dan foto (*.pdf *.jpg *.jpeg *.png *.webp)"), _tr("Semua berkas (*)")])
    return _worded(dialog, _tr("Buka"))


def target_dialog(parent: QWidget, proposed: Path) -> QFileDialog:
    """The dialog that chooses where the refused rows go."""
    dialog = QFileDialog(parent, _tr("Simpan baris yang ditolak"), str(proposed.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_tr("Lembar kerja XLSX (*.xlsx)"), _tr("CSV (*.csv)")])
    dialog.setDefaultSuffix("xlsx")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "xlsx"))
    dialog.selectFile(proposed.name)
    return _worded(dialog, _tr("Simpan"))


def _worded(dialog: QFileDialog, accept: str) -> QFileDialog:
    labels = QFileDialog.DialogLabel
    dialog.setLabelText(labels.Accept, accept)
    dialog.setLabelText(labels.Reject, _tr("Batal"))
    dialog.setLabelText(labels.LookIn, _tr("Folder:"))
    dialog.setLabelText(labels.FileName, _tr("Nama berkas:"))
    dialog.setLabelText(labels.FileType, _tr("Jenis berkas:"))
    return dialog


def choose_book(parent: QWidget) -> Path | None:
    """Let a person choose a book."""
    return _ask(book_dialog(parent))


def choose_scans(parent: QWidget) -> list[Path]:
    """Let a person choose the scans of a page; an empty list when they changed their mind."""
    dialog = scan_dialog(parent)
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = [Path(name) for name in dialog.selectedFiles()]
    dialog.deleteLater()
    return chosen if accepted else []


def choose_target(parent: QWidget, proposed: Path) -> Path | None:
    """Let a person choose where to write."""
    return _ask(target_dialog(parent, proposed))


def _ask(dialog: QFileDialog) -> Path | None:
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if accepted and chosen else None
