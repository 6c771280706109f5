"""Asking where a PDF goes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.widgets.file_dialog import ask_one, documents, worded

ChoosePdf = Callable[[QWidget, str], Path | None]
"""Asks where to write, proposing a name; None when the person changed their mind."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PrintingFiles", text)


def pdf_dialog(parent: QWidget, name: str) -> QFileDialog:
    """The dialog that chooses a place for a PDF."""
    dialog = QFileDialog(parent, _tr("Simpan PDF"), documents())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_tr("PDF (*.pdf)")])
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    return worded(dialog, _tr("Simpan"))


def choose_pdf(parent: QWidget, name: str) -> Path | None:
    """Let a person choose where to write."""
    return ask_one(pdf_dialog(parent, name))
