"""A bundle on the disk or on a stick: written whole or not at all, over nothing; read without trust in the stick."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kelurahan_client.errors import InputError, StickFull, UnreadableFile, UnwritableFile, no_room, why
from sync.durable import sync_folder


@contextmanager
def new_file(target: Path, mark: str) -> Iterator[BinaryIO]:
    """A file that takes its name when the block ends well, on the disk by then; else nothing of it is left.

    `mark` makes its name until then one that no other file has. Raises InputError where `target` exists or cannot be
    written, StickFull where there is no room.
    """
    _is_free(target)
    part = target.with_name(f".{target.name}.{mark}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _unwritable(target, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _is_free(target)
        part.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        with suppress(OSError):  # a stick that was pulled out keeps what it has; its name says that it is half a file
            part.unlink(missing_ok=True)


@contextmanager
def opened(source: Path) -> Iterator[BinaryIO]:
    """The file to read from; raises UnreadableFile, also when the stick is pulled out within the block."""
    try:
        file = source.open("rb")
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _unreadable(source, error) from error
    try:
        with file:
            yield file
    except OSError as error:
        raise _unreadable(source, error) from error


def _is_free(target: Path) -> None:
    if os.path.lexists(target):
        raise InputError(f"{target} sudah ada; tidak ditimpa.", way_out="Pilih nama lain.")


def _unreadable(source: Path, error: OSError | ValueError) -> UnreadableFile:
    return UnreadableFile(
        f"Bundel {source.name[:80]} tidak dapat dibaca: {why(error)}.", way_out="Periksa stik USB dan nama berkasnya."
    )


def _unwritable(target: Path, error: OSError | ValueError) -> UnwritableFile | StickFull:
    if no_room(error):
        return StickFull(
            f"Tidak cukup tempat untuk {target.name[:80]}; tidak ada berkas setengah jadi yang ditinggalkan.",
            way_out="Kosongkan stik USB atau pakai stik lain, lalu coba lagi.",
        )
    return UnwritableFile(
        f"{target} tidak dapat ditulis: {why(error)}.",
        way_out="Periksa stik USB dan nama berkasnya, atau pakai stik lain.",
    )
