"""Small JSON files beside the database, for what must be known before it is open: the old or the new, never half."""

import json
import os
from pathlib import Path
from typing import Any

from kelurahan_client.errors import DiskFull, DiskRefuses, no_room, why
from sync.durable import sync_folder


def read_json(path: Path) -> Any:
    """What was written, None where there is no file; raises ValueError for one that is damaged, and OSError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("too deep") from error


def write_json(path: Path, value: Any) -> None:
    """Put `value` in the place of what was there; on the disk before this returns. Raises DiskFull."""
    part = path.with_suffix(".new")
    data = json.dumps(value, ensure_ascii=False, indent=1).encode()
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        kind = DiskFull if no_room(error) else DiskRefuses
        raise kind(
            f"Folder data tidak dapat ditulis: {why(error)}. PIN dan nama petugas tidak berubah.",
            way_out="Kosongkan disk atau periksa izin folder data, lalu coba lagi.",
        ) from error
