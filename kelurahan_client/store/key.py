"""The database key: 32 random bytes, kept by the machine's keyring, or in a file only its owner can read.

Some keyring backends accept a password and forget it, so a key counts as kept only after it was read back in full.
"""

import logging
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kelurahan_client.errors import DiskFull, StoreError, WrongKey
from sync.durable import sync_folder

SERVICE = "LaporKelurahan"
_log = logging.getLogger(__name__)


class Keyring(Protocol):
    """What is used of the `keyring` package."""

    def get_password(self, service: str, name: str) -> str | None:
        """The stored text, or None."""

    def set_password(self, service: str, name: str, password: str) -> None:
        """Store a text."""

    def delete_password(self, service: str, name: str) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class Key:
    """The raw key and where it is kept: "keyring" or "file"; "pin+" before it where officers have wrapped it."""

    raw: bytes = field(repr=False)
    place: str


def system_keyring() -> Keyring | None:
    """The machine's keyring, or None where there is none that works."""
    import keyring  # noqa: PLC0415  # 60 ms, and only needed where no key file exists
    import keyring.backends.fail  # noqa: PLC0415
    import keyring.errors  # noqa: PLC0415

    try:
        backend = keyring.get_keyring()
    except keyring.errors.KeyringError:
        _log.info("no keyring on this machine")
        return None
    if isinstance(backend, keyring.backends.fail.Keyring):
        return None
    return _Guarded(backend, keyring.errors.KeyringError)


class _Guarded:
    """A keyring whose own failures read as "nothing stored", since each backend has its own way to fail."""

    def __init__(self, backend: Keyring, failure: type[Exception]) -> None:
        self._backend = backend
        self._failure = failure

    def get_password(self, service: str, name: str) -> str | None:
        """The stored text, or None."""
        try:
            return self._backend.get_password(service, name)
        except (self._failure, RuntimeError, OSError) as error:
            _log.warning("the keyring does not answer: %s", type(error).__name__)
            return None

    def set_password(self, service: str, name: str, password: str) -> None:
        """Store a text; whether it worked shows when it is read back."""
        try:
            self._backend.set_password(service, name, password)
        except (self._failure, RuntimeError, OSError) as error:
            _log.warning("the keyring does not keep: %s", type(error).__name__)

    def delete_password(self, service: str, name: str) -> None:
        """Forget a text; whether it did shows when it is asked for."""
        try:
            self._backend.delete_password(service, name)
        except (self._failure, RuntimeError, OSError) as error:
            _log.warning("the keyring does not forget: %s", type(error).__name__)


def find_key(database: Path, key_file: Path, keyring: Keyring | None) -> Key | None:
    """The key that was kept for `database`, from its file or from the keyring; None when there is none."""
    if key_file.exists():
        return Key(_read_file(key_file), "file")
    if keyring is None:
        return None
    text = keyring.get_password(SERVICE, str(database))
    if text is None:
        return None
    return Key(_parse(text, "gantungan kunci komputer"), "keyring")


def make_key(database: Path, key_file: Path, keyring: Keyring | None) -> Key:
    """A new key, kept where it can be found again before anything is encrypted with it."""
    raw = secrets.token_bytes(32)
    if keyring is not None:
        keyring.set_password(SERVICE, str(database), raw.hex())
        if keyring.get_password(SERVICE, str(database)) == raw.hex():
            return Key(raw, "keyring")
        _log.warning("the keyring did not give the key back; it is kept in a file")
    _write_file(key_file, raw)
    return Key(raw, "file")


def forget_key(database: Path, key_file: Path, keyring: Keyring | None) -> bool:
    """Take the plain key away, now that it is wrapped; whether it is really gone."""
    if keyring is not None and keyring.get_password(SERVICE, str(database)) is not None:
        keyring.delete_password(SERVICE, str(database))
    try:
        if key_file.exists():
            key_file.unlink()
            sync_folder(key_file.parent)
    except OSError as error:
        _log.warning("%s stays: %s", key_file.name, type(error).__name__)
    return find_key(database, key_file, keyring) is None


def machine_part(database: Path, machine_file: Path, keyring: Keyring | None, *, make: bool) -> Key | None:
    """The machine's part of every PIN: 32 random bytes in the keyring, or in a file where that keeps nothing.

    None where there is none and none is to be made.
    """
    name = database.with_name(f"{database.name}#pin")
    found = find_key(name, machine_file, keyring)
    return make_key(name, machine_file, keyring) if found is None and make else found


def _read_file(path: Path) -> bytes:
    try:
        text = path.read_text("ascii").strip()
    except UnicodeDecodeError as error:
        raise _unusable(path) from error
    except OSError as error:
        raise StoreError(f"Kunci data di {path} tidak dapat dibaca.", way_out="Periksa izin berkas itu.") from error
    return _parse(text, str(path))


def _parse(text: str, place: str) -> bytes:
    try:
        raw = bytes.fromhex(text)
    except ValueError as error:
        raise _unusable(place) from error
    if len(raw) != 32:
        raise _unusable(place)
    return raw


def _unusable(place: object) -> WrongKey:
    return WrongKey(
        f"Kunci data di {place} rusak; data tidak diubah.",
        way_out="Kembalikan berkas kunci dari cadangan, atau hubungi admin kota.",
    )


def _write_file(path: Path, raw: bytes) -> None:
    part = path.with_suffix(".new")  # half a key under its own name would bar the next start
    try:
        if path.exists():
            raise FileExistsError(path)  # told like a disk that refuses
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(raw.hex())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DiskFull(
            f"Kunci data tidak dapat ditulis di {path.parent}.", way_out="Kosongkan disk atau periksa izin folder itu."
        ) from error
    if _read_file(path) != raw:
        raise StoreError("Kunci data yang ditulis tidak terbaca kembali.", way_out="Periksa disk komputer ini.")
