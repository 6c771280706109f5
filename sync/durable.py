"""Names that are on the disk: a file that was synced may still be lost with its name after a power cut."""

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make the folder, private, and what leads to it; each is on the disk in the one above. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk. Raises OSError."""
    if os.name == "nt":  # where a folder cannot be opened, and the file system sees to it
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
