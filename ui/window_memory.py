"""What the window remembers between starts: its place, its look, its size of letters. Nothing of citizens."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ui.language import Language
from ui.theme.theme import Mode
from ui.theme.tokens import USER_SCALES


class WindowFile:
    """An INI file beside the data; a damaged one counts as empty."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def geometry(self) -> bytes:
        """The window's place, b"" at the first start."""
        kept = self._settings.value("window/geometry")
        return bytes(kept.data()) if isinstance(kept, QByteArray) else b""

    def keep_geometry(self, geometry: bytes) -> None:
        """Keep the window's place."""
        self._settings.setValue("window/geometry", QByteArray(geometry))
        self._settings.sync()

    def mode(self) -> Mode:
        """Light, dark, or as the system has it."""
        kept = str(self._settings.value("look/mode", Mode.SYSTEM.value))
        return Mode(kept) if kept in {mode.value for mode in Mode} else Mode.SYSTEM

    def scale(self) -> int:
        """The size of everything, in percent."""
        kept = str(self._settings.value("look/scale", "100"))
        return int(kept) if kept.isdigit() and int(kept) in USER_SCALES else 100

    def language(self) -> Language:
        """What the window speaks."""
        kept = str(self._settings.value("look/language", Language.INDONESIAN.value))
        return Language(kept) if kept in {language.value for language in Language} else Language.INDONESIAN

    def keep_language(self, language: Language) -> None:
        """Keep the language, for the next start."""
        self._keep("look/language", language.value)

    def keep_mode(self, mode: Mode) -> None:
        """Keep the colours."""
        self._keep("look/mode", mode.value)

    def keep_scale(self, scale: int) -> None:
        """Keep the size of everything."""
        self._keep("look/scale", str(scale))

    def _keep(self, name: str, value: str) -> None:
        self._settings.setValue(name, value)
        self._settings.sync()
