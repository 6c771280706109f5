"""A file that appears whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from kelurahan_client.errors import DiskFull, UnwritableFile, no_room


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, and put it in its place once it is on the disk.

    Raises UnwritableFile where it cannot be written, DiskFull when there is no room; what was at `path` before stays.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
        os.close(handle)
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from error
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(0o600)  # it holds what citizens said
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(path)
    except (OSError, XlsxWriterException) as error:
        raise _cannot_write(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _cannot_write(path: Path, error: Exception) -> UnwritableFile | DiskFull:
    cause = error.__cause__ or error.__context__ or error
    if no_room(error) or no_room(cause):
        return DiskFull(
            f"Tidak ada ruang untuk menulis {path.name}.", way_out="Kosongkan ruang, atau simpan di tempat lain."
        )
    return UnwritableFile(
        f"Berkas {path.name} tidak dapat ditulis.",
        way_out="Tutup berkas itu bila sedang terbuka, atau pilih folder lain.",
    )
