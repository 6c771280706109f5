"""Asking for files to attach, and for the scanner's folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.widgets.file_dialog import ask, ask_one, documents, pictures, worded

ChooseFiles = Callable[[QWidget], list[Path]]
"""Asks which files to attach; none when the person changed their mind."""
ChooseFolder = Callable[[QWidget], Path | None]
"""Asks where the scanner puts its files."""


def choose_files(parent: QWidget) -> list[Path]:
    """Let a person choose pictures and PDFs."""
    dialog = QFileDialog(parent, _tr("Pilih lampiran"), pictures())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(
        [_tr("Foto dan PDF (*.jpg *.jpeg *.png *.webp *.heic *.heif *.pdf)"), _tr("Semua berkas (*)")]
    )
    return ask(worded(dialog, _tr("Pilih")))


def choose_folder(parent: QWidget) -> Path | None:
    """Let a person choose the scanner's folder."""
    dialog = QFileDialog(parent, _tr("Pilih folder pemindai"), documents())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    return ask_one(worded(dialog, _tr("Pilih")))


def _tr(text: str) -> str:
    return QCoreApplication.translate("IntakeFiles", text)
