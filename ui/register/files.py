"""Asking for files: what to attach, where a copy or an export goes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from kelurahan_client.domain.attachments import EXTENSIONS
from ui.widgets.file_dialog import ask, ask_one, documents, pictures, worded

ChooseFiles = Callable[[QWidget], list[Path]]
"""Asks for files to attach; none when the person changed their mind."""
ChooseCopy = Callable[[QWidget, str], Path | None]
"""Asks where to write, proposing a name; None when the person changed their mind."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("RegisterFiles", text)


def files_dialog(parent: QWidget) -> QFileDialog:
    """The dialog that chooses files to attach."""
    dialog = QFileDialog(parent, _tr("Lampirkan berkas"), pictures())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    kinds = " ".join(f"*{ending}" for endings in EXTENSIONS.values() for ending in endings)
    dialog.setNameFilters([_tr("Foto dan PDF ({kinds})").format(kinds=kinds), _tr("Semua berkas (*)")])
    return worded(dialog, _tr("Lampirkan"))


def copy_dialog(parent: QWidget, name: str, *, replaces: bool) -> QFileDialog:
    """The dialog that chooses where a file is written; asks before it `replaces` one, else the writer refuses."""
    dialog = QFileDialog(parent, _tr("Simpan"), documents())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not replaces)
    ending = Path(name).suffix
    dialog.setNameFilters([_tr("{kind} (*{ending})").format(kind=ending.lstrip(".").upper(), ending=ending)])
    dialog.setDefaultSuffix(ending.lstrip("."))
    dialog.selectFile(name)
    return worded(dialog, _tr("Simpan"))


def choose_files(parent: QWidget) -> list[Path]:
    """Let a person choose files."""
    return ask(files_dialog(parent))


def choose_copy(parent: QWidget, name: str) -> Path | None:
    """Let a person choose where a copy goes, over nothing."""
    return ask_one(copy_dialog(parent, name, replaces=False))


def choose_target(parent: QWidget, name: str) -> Path | None:
    """Let a person choose where an export goes, also over an older one."""
    return ask_one(copy_dialog(parent, name, replaces=True))
