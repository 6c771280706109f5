"""Asking for files on a stick: where to write, and which answer to read."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.day_close.drives import removable_folders
from ui.widgets.file_dialog import ask_one, documents, worded

SUFFIX = "bundel"
ChooseTarget = Callable[[QWidget, str], Path | None]
"""Asks where to write a file of a proposed name; None when the person changed their mind."""
ChooseSource = Callable[[QWidget], Path | None]
"""Asks for the centre's answer; None when the person changed their mind."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("UsbFiles", text)


def target_dialog(parent: QWidget, name: str, folder: Path) -> QFileDialog:
    """The dialog that chooses where the bundle goes. It never offers to write over a file: that is refused anyway."""
    dialog = QFileDialog(parent, _tr("Simpan ke USB"), str(folder))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([_filter()])
    dialog.setDefaultSuffix(SUFFIX)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(name)
    return worded(dialog, _tr("Simpan"))


def source_dialog(parent: QWidget, folder: Path) -> QFileDialog:
    """The dialog that chooses an answer."""
    dialog = QFileDialog(parent, _tr("Ambil jawaban dari USB"), str(folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([_filter(), _tr("Semua berkas (*)")])
    return worded(dialog, _tr("Buka"))


def start_folder() -> Path:
    """The newest stick, else the person's documents."""
    sticks = removable_folders()
    return sticks[-1] if sticks else Path(documents())


def choose_target(parent: QWidget, name: str) -> Path | None:
    """Let a person choose where to write."""
    return ask_one(target_dialog(parent, name, start_folder()))


def choose_source(parent: QWidget) -> Path | None:
    """Let a person choose an answer."""
    return ask_one(source_dialog(parent, start_folder()))


def _filter() -> str:
    return _tr("Bundel Lapor Kelurahan (*.{suffix})").format(suffix=SUFFIX)
