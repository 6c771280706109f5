"""Asking for files: where such a dialog begins, its words, and what was chosen."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog

_last: dict[str, str] = {}  # folder where such dialogs begin -> where the person went from there, since the start


def _tr(text: str) -> str:
    return QCoreApplication.translate("FileDialog", text)


def documents() -> str:
    """The person's folder of documents, or the home folder where there is none."""
    return _folder(QStandardPaths.StandardLocation.DocumentsLocation)


def pictures() -> str:
    """The person's folder of pictures, or the home folder where there is none."""
    return _folder(QStandardPaths.StandardLocation.PicturesLocation)


def worded(dialog: QFileDialog, accept: str) -> QFileDialog:
    """The dialog in Indonesian; `accept` is the word on the button that goes on."""
    labels = QFileDialog.DialogLabel
    dialog.setLabelText(labels.Accept, accept)
    dialog.setLabelText(labels.Reject, _tr("Batal"))
    dialog.setLabelText(labels.LookIn, _tr("Folder:"))
    dialog.setLabelText(labels.FileName, _tr("Nama berkas:"))
    dialog.setLabelText(labels.FileType, _tr("Jenis berkas:"))
    dialog.setProperty("began", dialog.directory().absolutePath())
    return dialog


def ask(dialog: QFileDialog) -> list[Path]:
    """Show the dialog and forget it; an empty list when the person changed their mind."""
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = [Path(one) for one in dialog.selectedFiles()]
    if accepted and chosen:
        _remember(dialog.property("began"), chosen[0].parent)
    dialog.deleteLater()
    return chosen if accepted else []


def ask_one(dialog: QFileDialog) -> Path | None:
    """Show the dialog and forget it; None when the person changed their mind."""
    return next(iter(ask(dialog)), None)


def _remember(began: str, folder: Path) -> None:
    """The next such dialog begins where this one ended: a stick's files are seldom attached one time only."""
    for root in [root for root, last in _last.items() if last == began] or [began]:
        _last[root] = str(folder)


def _folder(place: QStandardPaths.StandardLocation) -> str:
    folder = next(iter(QStandardPaths.standardLocations(place)), "")
    usual = folder if folder and Path(folder).is_dir() else str(Path.home())
    last = _last.get(usual, usual)
    return last if Path(last).is_dir() else usual
