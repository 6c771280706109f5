"""Where this desk keeps its things; the only room that asks the machine for its folders."""

from pathlib import Path
from typing import NamedTuple

APP_NAME = "LaporKelurahan"


class Config(NamedTuple):  # no dataclass: `dataclasses` costs the window's start five milliseconds
    """Folders and files of one desk; nothing here touches the disk."""

    data_dir: Path

    @property
    def database(self) -> Path:
        """The encrypted SQLite file."""
        return self.data_dir / "desk.db"

    @property
    def key_file(self) -> Path:
        """The database key where the machine has no keyring (mode 600)."""
        return self.data_dir / "desk.key"

    @property
    def officers_file(self) -> Path:
        """Who may sign in, and the database key wrapped for each of them."""
        return self.data_dir / "officers.json"

    @property
    def machine_file(self) -> Path:
        """The machine's part of every PIN, where the machine has no keyring (mode 600)."""
        return self.data_dir / "machine.key"

    @property
    def tries_file(self) -> Path:
        """How many wrong PINs were typed."""
        return self.data_dir / "tries.json"

    @property
    def lock_file(self) -> Path:
        """Held while a window or a command works on the data."""
        return self.data_dir / "desk.lock"

    @property
    def blob_dir(self) -> Path:
        """The bytes of attachments, encrypted."""
        return self.data_dir / "blobs"

    @property
    def scan_dir(self) -> Path:
        """Scanned pages of register books, encrypted."""
        return self.data_dir / "scans"

    @property
    def backup_dir(self) -> Path:
        """Copies made before each migration."""
        return self.data_dir / "backups"

    @property
    def restore_dir(self) -> Path:
        """Data from a backup that take their place at the next start."""
        return self.data_dir / "restore"

    @property
    def aside_dir(self) -> Path:
        """What stood here before a restore, a folder each."""
        return self.data_dir / "aside"

    @property
    def demo(self) -> "Config":
        """Where the demo keeps its sample data, apart from the real ones."""
        return Config(self.data_dir / "demo")

    @property
    def log_file(self) -> Path:
        """The program's own log, free of identities."""
        return self.data_dir / "desk.log"

    @property
    def window_file(self) -> Path:
        """Size, place, theme and scale of the window."""
        return self.data_dir / "window.ini"


def config(data_dir: Path | None = None) -> Config:
    """The configuration for `data_dir`, or for the user's own data folder."""
    return Config((data_dir or _user_folder()).absolute())


def _user_folder() -> Path:
    import platformdirs  # noqa: PLC0415  # not needed where a folder is named

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))
