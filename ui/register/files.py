"""Asking for files: what to attach, where a copy or an export goes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from kelurahan_client.domain.attachments import EXTENSIONS

ChooseFiles = Callable[[QWidget], list[Path]]
"""Asks for files to attach; none when the person changed their mind."""
ChooseCopy = Callable[[QWidget, str], Path | None]
"""Asks where to write, proposing a name; None when the person changed their mind."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("RegisterFiles", text)


def files_dialog(parent: QWidget) -> QFileDialog:
    """The dialog that chooses files to attach."""
    dialog = QFileDialog(parent, _tr("Lampirkan berkas"), _folder(QStandardPaths.StandardLocation.PicturesLocation))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    kinds = " ".join(f"*{ending}" for endings in EXTENSIONS.values() for ending in endings)
    dialog.setNameFilters([_tr("Foto dan PDF ({kinds})").format(kinds=kinds), _tr("Semua berkas (*)")])
    return _worded(dialog, _tr("Lampirkan"))


def copy_dialog(parent: QWidget, name: str, *, replaces: bool) -> QFileDialog:
    """The dialog that chooses where a file is written; asks before it `replaces` one, else the writer refuses."""
    dialog = QFileDialog(parent, _tr("Simpan"), _folder(QStandardPaths.StandardLocation.DocumentsLocation))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not replaces)
    ending = Path(name).suffix
    dialog.setNameFilters([_tr("{kind} (*{ending})").format(kind=ending.lstrip(".").upper(), ending=ending)])
    dialog.setDefaultSuffix(ending.lstrip("."))
    dialog.selectFile(name)
    return _worded(dialog, _tr("Simpan"))


def choose_files(parent: QWidget) -> list[Path]:
    """Let a person choose files."""
    return _ask(files_dialog(parent))


def choose_copy(parent: QWidget, name: str) -> Path | None:
    """Let a person choose where a copy goes, over nothing."""
    return next(iter(_ask(copy_dialog(parent, name, replaces=False))), None)


def choose_target(parent: QWidget, name: str) -> Path | None:
    """Let a person choose where an export goes, also over an older one."""
    return next(iter(_ask(copy_dialog(parent, name, replaces=True))), None)


def _folder(place: QStandardPaths.StandardLocation) -> str:
    folder = next(iter(QStandardPaths.standardLocations(place)), "")
    return folder if folder and Path(folder).is_dir() else str(Path.home())


def _worded(dialog: QFileDialog, accept: str) -> QFileDialog:
    labels = QFileDialog.DialogLabel
    dialog.setLabelText(labels.Accept, accept)
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
