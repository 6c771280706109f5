"""The folder where the office's scanner puts its files: remembered, and its newest files to pick from."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kelurahan_client.domain.attachments import EXTENSIONS
from kelurahan_client.errors import InputError, why
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import settings

_ENDINGS = frozenset(ending for endings in EXTENSIONS.values() for ending in endings)


@dataclass(frozen=True, slots=True)
class Scan:
    """A file of the scanner."""

    path: Path
    size: int  # bytes
    at: datetime  # UTC, when it was written last


def scan_folder(desk: Desk) -> Path | None:
    """The remembered folder; None before one was chosen."""
    with desk.store.read() as transaction:
        kept = settings.get(transaction, settings.SCAN_FOLDER)
    return Path(kept) if isinstance(kept, str) and kept else None


def keep_scan_folder(desk: Desk, folder: Path) -> None:
    """Remember a folder."""
    with desk.store.write() as transaction:
        settings.put(transaction, settings.SCAN_FOLDER, str(folder))


def newest(folder: Path, most: int = 12) -> list[Scan]:
    """The newest pictures and PDFs in a folder, told by their names only; touches no database, and may be slow.

    Raises InputError where the folder cannot be read.
    """
    try:
        files = [path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS and path.is_file()]
        found = [(path, path.stat()) for path in files]
    except OSError as error:
        raise InputError(
            f"Folder pemindai {folder} tidak dapat dibuka: {why(error)}.",
            way_out="Nyalakan pemindai atau sambungkan foldernya, atau pilih folder lain.",
        ) from error
    scans = [Scan(path, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC)) for path, stat in found]
    return sorted(scans, key=lambda scan: (scan.at, scan.path.name), reverse=True)[:most]
