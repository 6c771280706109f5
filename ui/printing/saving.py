"""Asking where a PDF goes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

ChoosePdf = Callable[[QWidget, str], Path | None]
"""Asks where to write, proposing a name; None when the person changed their mind."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrintingFiles", text)


def pdf_dialog(parent: QWidget, name: str) -> QFileDialog:
    """The dialog that chooses a place for a PDF."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = next(iter(QStandardPaths.standardLocations(documents)), "")
    dialog = QFileDialog(parent, _tr("Simpan PDF"), folder if Path(folder).is_dir() else str(Path.home()))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_tr("PDF (*.pdf)")])
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    labels = QFileDialog.DialogLabel
    dialog.setLabelText(labels.Accept, _tr("Simpan"))
    dialog.setLabelText(labels.Reject, _tr("Batal"))
    dialog.setLabelText(labels.LookIn, _tr("Folder:"))
    dialog.setLabelText(labels.FileName, _tr("Nama berkas:"))
    dialog.setLabelText(labels.FileType, _tr("Jenis berkas:"))
    return dialog


def choose_pdf(parent: QWidget, name: str) -> Path | None:
    """Let a person choose where to write."""
    dialog = pdf_dialog(parent, name)
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if accepted and chosen else None
