"""Asking for files and folders: a certificate, a place for a backup, a backup."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.widgets.file_dialog import ask_one, worded


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsFiles", text)


def choose_certificate(parent: QWidget) -> Path | None:
    """Let a person choose a PEM file; None when they changed their mind."""
    dialog = QFileDialog(parent, _tr("Pilih sertifikat kota"), str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([_tr("Sertifikat PEM (*.pem *.crt *.cer)"), _tr("Semua berkas (*)")])
    return ask_one(worded(dialog, _tr("Pasang")))


def choose_folder(parent: QWidget, title: str, accept: str, begin: str = "") -> Path | None:
    """Let a person choose a folder, beginning in `begin`; None when they changed their mind."""
    folder = begin if begin and Path(begin).is_dir() else str(Path.home())
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return ask_one(worded(dialog, accept))
