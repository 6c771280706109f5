"""Asking for files to attach, and for the scanner's folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

ChooseFiles = Callable[[QWidget], list[Path]]
"""Asks which files to attach; none when the person changed their mind."""
ChooseFolder = Callable[[QWidget], Path | None]
"""Asks where the scanner puts its files."""


def choose_files(parent: QWidget) -> list[Path]:
    """Let a person choose pictures and PDFs."""
    dialog = _dialog(parent, _tr("Pilih lampiran"), QStandardPaths.StandardLocation.PicturesLocation)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(
        [_tr("Foto dan PDF (*.jpg *.jpeg *.png *.webp *.heic *.heif *.pdf)"), _tr("Semua berkas (*)")]
    )
    return _ask(dialog)


def choose_folder(parent: QWidget) -> Path | None:
    """Let a person choose the scanner's folder."""
    dialog = _dialog(parent, _tr("Pilih folder pemindai"), QStandardPaths.StandardLocation.DocumentsLocation)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    return next(iter(_ask(dialog)), None)


def _dialog(parent: QWidget, title: str, place: QStandardPaths.StandardLocation) -> QFileDialog:
    folder = next(iter(QStandardPaths.standardLocations(place)), "")
    dialog = QFileDialog(parent, title, folder if Path(folder).is_dir() else str(Path.home()))
    labels = QFileDialog.DialogLabel
    dialog.setLabelText(labels.Accept, _tr("Pilih"))
    dialog.setLabelText(labels.Reject, _tr("Batal"))
    dialog.setLabelText(labels.LookIn, _tr("Folder:"))
    dialog.setLabelText(labels.FileName, _tr("Nama berkas:"))
    dialog.setLabelText(labels.FileType, _tr("Jenis berkas:"))
    return dialog


def _ask(dialog: QFileDialog) -> list[Path]:
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return [Path(one) for one in chosen] if accepted else []


def _tr(text: str) -> str:
    return QCoreApplication.translate("IntakeFiles", text)
