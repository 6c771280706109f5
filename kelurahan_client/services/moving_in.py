"""A backup of another computer on one that is still empty: the recovery code opens it, where the key never was."""

from pathlib import Path

from kelurahan_client.domain.pin import check_pin
from kelurahan_client.errors import BackupError, FieldErrors, InputError
from kelurahan_client.services import backups
from kelurahan_client.services.backups import Asked, Backup, Report
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.signing_in import vault
from kelurahan_client.store import officers_file
from kelurahan_client.store.engine import put_restored_in_place
from kelurahan_client.store.officers_file import OfficersFile
from kelurahan_client.store.vault import key_by_code


def look(folder: Path) -> tuple[Backup, OfficersFile]:
    """What a folder says of itself, and who may sign in to it. Raises BackupError."""
    found = backups.read(folder)
    people = officers_file.read(folder / backups.OFFICERS) if backups.OFFICERS in found.files else None
    if people is None or people.recovery is None:
        raise BackupError(
            "Cadangan ini hanya terbuka di komputer tempat ia dibuat: belum ada petugas dengan kode pemulihan.",
            way_out="Pilih cadangan yang lain, atau daftarkan loket ini: yang sudah terkirim ada di server kota.",
        )
    return found, people


def move_in(desk: Desk, folder: Path, code: str, pin: str, report: Report, cancelled: Asked) -> Backup:
    """Check a backup whole, copy it, close this empty desk, and put the copy in its place.

    Where it is cut, the next start finds either the empty desk or the whole copy. `code` is the recovery code on paper,
    `pin` the new PIN that is to be given with it. Raises WrongPin for the code, FieldErrors for the PIN, BackupError,
    DiskFull, Cancelled, and InputError where this desk is not empty.
    """
    if find_identity(desk) is not None or vault(desk).file() is not None:
        raise InputError("Komputer ini sudah terdaftar.", way_out="Pulihkan lewat Pengaturan, bagian Cadangan.")
    if sentence := check_pin(pin):
        raise FieldErrors({"pin": sentence})
    found, people = look(folder)
    key = key_by_code(people, code)  # before the long work
    backups.check(desk, folder, report, cancelled, key)
    backups.copy_ready(desk, found, list(found.files), report, cancelled)
    desk.store.close()
    put_restored_in_place(desk.store.config)
    return found
