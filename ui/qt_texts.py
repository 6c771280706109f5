"""Qt's own words in Indonesian: it ships none, so its buttons and menus would stay English."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject, QTranslator

_BUTTONS = {
    "OK": "Oke",
    "&OK": "&Oke",
    "Save": "Simpan",
    "&Save": "&Simpan",
    "Save All": "Simpan semua",
    "Open": "Buka",
    "&Open": "&Buka",
    "&Yes": "&Ya",
    "Yes to &All": "Ya untuk &semua",
    "&No": "&Tidak",
    "N&o to All": "T&idak untuk semua",
    "Abort": "Hentikan",
    "Retry": "Coba lagi",
    "Ignore": "Abaikan",
    "Close": "Tutup",
    "&Close": "&Tutup",
    "Cancel": "Batal",
    "&Cancel": "&Batal",
    "Discard": "Buang",
    "Help": "Bantuan",
    "Apply": "Terapkan",
    "Reset": "Atur ulang",
    "Restore Defaults": "Kembalikan bawaan",
    "Don't Save": "Jangan simpan",
}
_EDITING = {
    "&Undo": "&Urungkan",
    "&Redo": "U&langi",
    "Cu&t": "Po&tong",
    "&Copy": "&Salin",
    "Copy &Link Location": "Salin &tautan",
    "&Paste": "&Tempel",
    "Delete": "Hapus",
    "Select All": "Pilih semua",
    "Cut": "Potong",
    "Copy": "Salin",
    "Paste": "Tempel",
    "Undo": "Urungkan",
    "Redo": "Ulangi",
}
_FILES = {
    "Open": "Buka",
    "&Open": "&Buka",
    "&Save": "&Simpan",
    "Save As": "Simpan sebagai",
    "Look in:": "Lihat di:",
    "Directory:": "Folder:",
    "Directories": "Folder",
    "&Choose": "&Pilih",
    "File &name:": "&Nama berkas:",
    "Files of type:": "Jenis berkas:",
    "Back": "Kembali",
    "Go back": "Kembali",
    "Forward": "Maju",
    "Go forward": "Maju",
    "Parent Directory": "Folder induk",
    "Go to the parent directory": "Ke folder induk",
    "Create New Folder": "Folder baru",
    "Create a New Folder": "Buat folder baru",
    "&New Folder": "Folder &baru",
    "New Folder": "Folder baru",
    "List View": "Tampilan daftar",
    "Change to list view mode": "Tampilkan sebagai daftar",
    "Detail View": "Tampilan rinci",
    "Change to detail view mode": "Tampilkan dengan rincian",
    "Sidebar": "Bilah sisi",
    "List of places and bookmarks": "Daftar tempat",
    "Recent Places": "Tempat terakhir",
    "My Computer": "Komputer ini",
    "Computer": "Komputer",
    "Drive": "Diska",
    "File": "Berkas",
    "Files": "Berkas",
    "Folder": "Folder",
    "Name": "Nama",
    "Size": "Ukuran",
    "Type": "Jenis",
    "Kind": "Jenis",
    "Date Modified": "Diubah",
    "All files (*)": "Semua berkas (*)",
    "All Files (*)": "Semua berkas (*)",
    "&Rename": "&Ganti nama",
    "&Delete": "&Hapus",
    "Show &hidden files": "Tampilkan berkas &tersembunyi",
    "%1 already exists.\nDo you want to replace it?": "%1 sudah ada.\nGanti dengan yang baru?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nBerkas tidak ditemukan. Periksa namanya."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nFolder tidak ditemukan. Periksa namanya."
    ),
    "Remove": "Hapus",
}

QT_TEXTS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "QPlatformTheme": _BUTTONS | _EDITING,
    "QDialogButtonBox": _BUTTONS,
    "QMessageBox": {"Show Details...": "Rincian…", "Hide Details...": "Sembunyikan rincian", "OK": "Oke"},
    "QLineEdit": _EDITING,
    "QWidgetTextControl": _EDITING,
    "QAbstractSpinBox": {"&Select All": "Pilih &semua", "&Step up": "&Naik", "Step &down": "&Turun"},
    "QFileDialog": _FILES,
    "QFileSystemModel": _FILES,
    "QAbstractFileIconProvider": _FILES,
    "QPlatformDialogHelper": _BUTTONS,
})  # fmt: skip
"""Context -> English text -> Indonesian text."""


class QtTexts(QTranslator):
    """Answers for Qt's own contexts; the program's own texts are Indonesian already."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def isEmpty(self) -> bool:
        """Qt asks before it installs a translator."""
        return False

    def translate(
        self,
        context: str,
        source_text: str,
        disambiguation: str | None = None,  # noqa: ARG002  # Qt's own signature
        n: int = -1,  # noqa: ARG002  # Qt's own signature
    ) -> str | None:
        """The Indonesian text, None where there is none (an empty text would be shown)."""
        return QT_TEXTS.get(context, {}).get(source_text)
