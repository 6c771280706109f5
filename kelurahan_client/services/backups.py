"""Copies of a whole desk, and the way back from one.

A backup is a folder that looks as the data folder does: the database and the files of attachments, encrypted as they
are here, and `cadangan.json`, which says what belongs to it. The key never travels in clear: a copy opens where the
desk's key is. Where officers sign in, their file goes along, in which the key is wrapped; by it, and with the recovery
code, the copy also opens on another machine. A restore leaves the officers as they are; on a computer that is still
empty (`moving_in`) they come with it.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kelurahan_client import __version__
from kelurahan_client.domain.day_words import WITA
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import BackupError
from kelurahan_client.services.desk import Desk, allow, find_identity
from kelurahan_client.store import backups as files
from kelurahan_client.store import schema, settings

MANIFEST = "cadangan.json"
_FORMAT = 1
_UNFINISHED = ".sebagian"
_MAX_MANIFEST = 64 * 1024 * 1024
OFFICERS = files.OFFICERS
_DATABASE_PARTS = 2  # written, then read


@dataclass(frozen=True, slots=True)
class BackupProgress:
    """Bytes done of all, and what is being done: "database", "attachments" or "checking"."""

    done: int
    total: int
    doing: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a desk: where it lies, when and of whom it was made, what belongs to it (name -> SHA-256)."""

    folder: Path
    made_at: datetime
    office: str
    desk: str
    size: int
    files: dict[str, str]


Report = Callable[[BackupProgress], None]
Asked = Callable[[], bool]


def last(desk: Desk) -> tuple[datetime, str] | None:
    """When the newest backup was made, and where; None before the first."""
    with desk.store.read() as transaction:
        kept = settings.get(transaction, settings.LAST_BACKUP)
    return (datetime.fromisoformat(kept["at"]), kept["folder"]) if kept else None


def waiting(desk: Desk) -> bool:
    """Whether a backup takes the place of the data at the next start."""
    return files.is_ready(desk.store.config)


def make(desk: Desk, place: Path, report: Report, cancelled: Asked) -> Backup:
    """Copy the desk into a new folder in `place`, and read it back.

    Raises Cancelled, DiskFull, StoreError or BackupError; then no folder is left that could be taken for a backup.
    """
    me = find_identity(desk)
    now = desk.now()
    office, letter = (me.office_name, me.desk) if me else ("", "")
    target = _free(place / f"Cadangan {office} {letter} {now.astimezone(WITA):%Y-%m-%d %H.%M}".replace("  ", " "))
    unfinished = target.with_name(target.name + _UNFINISHED)
    data = desk.store.config.data_dir
    others = [*files.blob_files(desk.store.config.blob_dir), *_officers(desk)]
    with _whole_or_nothing(unfinished):
        meter = _Meter(report, cancelled, _size(desk.store.config.database) * _DATABASE_PARTS + sum(map(_size, others)))
        desk.store.backup(unfinished / files.DATABASE, meter.step("database"))
        meter.next(_size(desk.store.config.database))
        meter.say("checking")
        _check_database(unfinished / files.DATABASE, desk.store.key.raw)
        meter.next(_size(desk.store.config.database))
        listed = {files.DATABASE: files.digest_of(unfinished / files.DATABASE)}
        for file in others:
            name = file.relative_to(data)
            if file.exists():  # what was given free meanwhile is at the centre
                listed[name.as_posix()] = files.copied(file, unfinished / name, meter.step("attachments"))
            meter.next(_size(unfinished / name))
        made = Backup(target, now, office, letter, sum(_size(unfinished / name) for name in listed), listed)
        with files.writing(unfinished):
            (unfinished / MANIFEST).write_text(_as_json(made), "utf-8")
            unfinished.rename(target)
    with desk.store.write() as transaction:
        settings.put(transaction, settings.LAST_BACKUP, {"at": utc_text(now), "folder": str(target)})
    return made


def read(folder: Path) -> Backup:
    """What a folder says of itself; raises BackupError where it is no backup."""
    try:
        with (folder / MANIFEST).open("rb") as opened:
            told = json.loads(opened.read(_MAX_MANIFEST))
        names = {str(name): str(digest) for name, digest in told["files"].items()}
        at = datetime.fromisoformat(told["made_at"])
        made = Backup(folder, at, str(told["office"]), str(told["desk"]), int(told["size"]), names)
        known = told["format"] == _FORMAT and files.DATABASE in names and all(map(_is_ours, names)) and at.tzinfo
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_backup(folder) from error
    if not known:
        raise _no_backup(folder)
    return made


def check(desk: Desk, folder: Path, report: Report, cancelled: Asked, key: bytes | None = None) -> Backup:
    """Read a backup whole: every file is there and unchanged, and the database opens with `key`, else this desk's.

    Raises BackupError or Cancelled; nothing is changed.
    """
    found = read(folder)
    meter = _Meter(report, cancelled, found.size)
    for name, digest in found.files.items():
        meter.say("checking")
        if not (folder / name).is_file() or files.digest_of(folder / name) != digest:
            raise BackupError(
                f"Cadangan ini tidak utuh: {Path(name).name[:20]} hilang atau berubah. Data loket tidak berubah.",
                way_out="Pilih cadangan yang lain.",
            )
        meter.next(_size(folder / name))
    _check_database(folder / files.DATABASE, key or desk.store.key.raw)
    return found


def prepare_restore(desk: Desk, folder: Path, report: Report, cancelled: Asked) -> Backup:
    """Check a backup and copy it beside the data; it takes their place at the next start.

    The present data are kept aside then. Raises what `check` raises, DiskFull, and NotAllowed; then nothing will be
    restored.
    """
    with desk.store.read() as transaction:
        allow(transaction, Right.RESTORE)
    found = check(desk, folder, report, cancelled)
    # Who may sign in, and by which PIN, is newer here.
    copy_ready(desk, found, [name for name in found.files if name != OFFICERS], report, cancelled)
    return found


def copy_ready(desk: Desk, found: Backup, names: list[str], report: Report, cancelled: Asked) -> None:
    """Copy these files of a backup that was checked; they take the place of the data at the next start, or none."""
    config = desk.store.config
    files.forget(config)
    meter = _Meter(report, cancelled, found.size)
    try:
        for name in names:
            _copy_unchanged(found.folder / name, config.restore_dir / name, found.files[name], meter.step("copying"))
            meter.next(_size(found.folder / name))
        files.make_ready(config, f"before-restore-{desk.now():%Y%m%dT%H%M%S}")
    except BaseException:
        files.forget(config)
        raise


def do_not_restore(desk: Desk) -> None:
    """The data stay as they are at the next start; raises NotAllowed."""
    with desk.store.read() as transaction:
        allow(transaction, Right.RESTORE)
    files.forget(desk.store.config)


class _Meter:
    """Adds up the bytes of many files, and asks whether to go on."""

    def __init__(self, report: Report, cancelled: Asked, total: int) -> None:
        self._report = report
        self._cancelled = cancelled
        self._total = max(total, 1)
        self._before = 0

    def step(self, doing: str) -> files.Step:
        """What a file's copying is given."""

        def tell(done: int) -> bool:
            self._report(BackupProgress(min(self._before + done, self._total), self._total, doing))
            return not self._cancelled()

        return tell

    def say(self, doing: str) -> None:
        """What is done now; raises Cancelled where it is not wanted any more."""
        if not self.step(doing)(0):
            raise files.stopped_copying()

    def next(self, size: int) -> None:
        """A file is done."""
        self._before += size


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[None]:
    with files.writing(folder):
        folder.mkdir(parents=True, mode=0o700)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _copy_unchanged(source: Path, target: Path, digest: str, step: files.Step) -> None:
    if files.copied(source, target, step) != digest:
        raise BackupError(
            "Cadangan ini berubah ketika disalin; data loket tidak berubah.", way_out="Pilih cadangan yang lain."
        )


def with_recovery_code(desk: Desk) -> bool:
    """Whether a backup made now also opens on another machine, with the officers' recovery code."""
    return bool(_officers(desk))


def _officers(desk: Desk) -> list[Path]:
    file = desk.store.config.data_dir / OFFICERS
    return [file] if file.exists() else []


def _check_database(copy: Path, key: bytes) -> None:
    found = files.findings(copy, key)
    if any("file is not a database" in finding for finding in found):
        raise BackupError(
            "Cadangan ini tidak dapat dibuka dengan kunci komputer ini. Data loket tidak berubah.",
            way_out="Pilih cadangan yang dibuat di komputer ini.",
        )
    if found:
        raise BackupError(
            "Salinan data tidak utuh. Data loket sendiri tidak berubah.",
            way_out="Pilih cadangan yang lain, atau buat lagi di tempat yang lain.",
        )
    if files.schema_of(copy, key) not in schema.KNOWN:
        raise BackupError(
            "Cadangan ini dibuat oleh Lapor Kelurahan yang lebih baru. Data loket tidak berubah.",
            way_out="Perbarui program di komputer ini dahulu.",
        )


def _free(wanted: Path) -> Path:
    candidates = (wanted.with_name(f"{wanted.name} ({n})") if n else wanted for n in range(1000))
    return next(one for one in candidates if not one.exists() and not one.with_name(one.name + _UNFINISHED).exists())


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _is_ours(name: str) -> bool:
    """Whether a name of the list stays within the backup's folder."""
    parts = name.split("/")
    return name in (files.DATABASE, OFFICERS) or (
        len(parts) == 3 and parts[0] == files.BLOBS and all(p.isalnum() for p in parts)
    )


def _as_json(made: Backup) -> str:
    values: dict[str, Any] = {
        "format": _FORMAT,
        "program": __version__,
        "made_at": utc_text(made.made_at),
        "office": made.office,
        "desk": made.desk,
        "size": made.size,
        "files": made.files,
    }
    return json.dumps(values, ensure_ascii=False, indent=1)


def _no_backup(folder: Path) -> BackupError:
    return BackupError(
        f"Di {folder.name or folder} tidak ada cadangan Lapor Kelurahan.",
        way_out=f"Pilih folder bernama “Cadangan …” yang berisi {MANIFEST}.",
    )
