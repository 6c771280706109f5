"""A file that appears whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from kelurahan_client.errors import DiskFull, InputError


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, and put it in its place once it is on the disk.

    Raises InputError where it cannot be written, DiskFull when there is no room; what was at `path` before then stays.
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


def _cannot_write(path: Path, error: Exception) -> InputError | DiskFull:
    cause = error.__cause__ or error.__context__ or error
    if errno.ENOSPC in (getattr(error, "errno", None), getattr(cause, "errno", None)):
        return DiskFull(
            f"Tidak ada ruang untuk menulis {path.name}.", way_out="Kosongkan ruang, atau simpan di tempat lain."
        )
    return InputError(
        f"Berkas {path.name} tidak dapat ditulis.",
        way_out="Tutup berkas itu bila sedang terbuka, atau pilih folder lain.",
    )
