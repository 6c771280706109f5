"""Letting officers in: the database key, wrapped for each of them and for the recovery code, in a file beside the data.

The plain key lies nowhere once the first officer is there. A PIN has six digits, so the machine adds 32 random bytes to
it (from its keyring, else from a file): a copy of the data folder alone is worth nothing where there is a keyring.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from kelurahan_client.config import Config
from kelurahan_client.domain import recovery_code
from kelurahan_client.domain.entry_errors import MustWait, WrongPin
from kelurahan_client.domain.pin import FREE_TRIES, STRONG, PinCost, wait_after, wait_words
from kelurahan_client.domain.roles import Role
from kelurahan_client.errors import InputError, WrongKey
from kelurahan_client.store import officers_file, wrapping
from kelurahan_client.store.key import Key, Keyring, find_key, forget_key, machine_part
from kelurahan_client.store.officers_file import Entry, OfficersFile
from kelurahan_client.store.pin_tries import Tries


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as the file knows one."""

    id: str
    name: str
    role: Role


class Vault:
    """The officers' file of one desk. Its methods raise DiskFull and DamagedData, and write nothing then."""

    def __init__(
        self,
        config: Config,
        keyring: Keyring | None,
        clock: Callable[[], datetime],
        random: Callable[[int], bytes],
        cost: PinCost = STRONG,
    ) -> None:
        self._config = config
        self._keyring = keyring
        self._random = random
        self._cost = cost
        self.tries = Tries(config.tries_file, clock)

    def file(self) -> OfficersFile | None:
        """Who may sign in; None while this desk has no officers."""
        return officers_file.read(self._config.officers_file)

    def unlock(self, officer: str, pin: str) -> Key:
        """The key, for the officer's right PIN. Raises WrongPin or MustWait, and counts."""
        entry = self._file().entry(officer)
        if entry is None:
            raise WrongPin("Petugas ini tidak lagi terdaftar di loket ini.", way_out="Pilih nama yang lain.")
        self._refuse_haste(officer)
        machine = self._machine(make=False)
        wrong = self.tries.count(officer)
        raw = wrapping.unwrap_with_pin(entry.wrapped, entry.id, pin, machine.raw)
        if raw is None:
            raise _wrong_pin(wrong)
        self.tries.forget(officer)
        return Key(raw, f"pin+{machine.place}")

    def unlock_with_code(self, code: str) -> Key:
        """The key, for the recovery code. Raises WrongPin, with the reason where it was mistyped."""
        raw = key_by_code(self._file(), code)
        # Where the machine's part is lost the code opens all the same; the first new PIN makes another part.
        return Key(raw, f"pin+{self._machine(make=True).place}")

    def begin(self, key: bytes, person: Person, pin: str, place: tuple[str, str, str]) -> str:
        """The first officer of a desk: from now on nobody opens it without a PIN. Returns the recovery code."""
        if self.file() is not None:
            raise InputError("Loket ini sudah mempunyai petugas.", way_out="Tutup Lapor Kelurahan, lalu buka lagi.")
        self._machine(make=True)
        secret = self._random(recovery_code.CODE_BYTES)
        recovery = wrapping.wrap_for_code(key, secret, self._noise())
        self._write(OfficersFile((self._entry(key, person, pin),), recovery, *place))
        return recovery_code.as_text(secret)

    def put(self, key: bytes, person: Person, pin: str) -> None:
        """Let an officer in with this PIN, whatever was the PIN before."""
        self._write(self._file().with_entry(self._entry(key, person, pin)))
        self.tries.forget(person.id)

    def new_code(self, key: bytes) -> str:
        """Another recovery code; the one before opens nothing any more."""
        secret = self._random(recovery_code.CODE_BYTES)
        self._write(replace(self._file(), recovery=wrapping.wrap_for_code(key, secret, self._noise())))
        return recovery_code.as_text(secret)

    def match(self, people: list[Person]) -> None:
        """Write down names and roles as the data have them, and let nobody in who is not among `people`."""
        old = self._file()
        by_id = {person.id: person for person in people}
        new = replace(
            old,
            entries=tuple(
                replace(entry, name=by_id[entry.id].name, role=by_id[entry.id].role)
                for entry in old.entries
                if entry.id in by_id
            ),
        )
        if new != old and new.entries:  # somebody must always be able to come in
            self._write(new)

    def plain_key_is_left(self) -> bool:
        """Whether the plain key still lies in keyring or file, though it is wrapped."""
        config = self._config
        return self.file() is not None and find_key(config.database, config.key_file, self._keyring) is not None

    def forget_plain_key(self) -> bool:
        """Take the plain key off keyring and disk; whether it is gone."""
        return forget_key(self._config.database, self._config.key_file, self._keyring)

    def _entry(self, key: bytes, person: Person, pin: str) -> Entry:
        machine = self._machine(make=True).raw
        wrapped = wrapping.wrap_for_pin(key, person.id, pin, machine, self._cost, self._noise())
        return Entry(person.id, person.name, person.role, wrapped)

    def _noise(self) -> bytes:
        return self._random(wrapping.NOISE_BYTES)

    def _file(self) -> OfficersFile:
        found = self.file()
        if found is None:
            raise WrongKey(
                "Berkas petugas tidak ada di folder data; data tidak diubah.",
                way_out="Kembalikan officers.json dari cadangan, atau hubungi admin kota.",
            )
        return found

    def _write(self, file: OfficersFile) -> None:
        officers_file.write(self._config.officers_file, file)

    def _machine(self, *, make: bool) -> Key:
        found = machine_part(self._config.database, self._config.machine_file, self._keyring, make=make)
        if found is None:
            raise WrongKey(
                "Kunci komputer untuk data ini tidak ada di sini, jadi PIN tidak dapat diperiksa; data tidak diubah.",
                way_out="Bila data disalin dari komputer lain, pakai kode pemulihan lewat “Lupa PIN…”. "
                "Bila tidak, masuklah dengan akun komputer yang biasa.",
            )
        return found

    def _refuse_haste(self, officer: str) -> None:
        left = self.tries.seconds_left(officer)
        if left > 0:
            raise MustWait(f"Terlalu banyak PIN yang salah. Coba lagi {wait_words(left)} lagi.", seconds=left)


def key_by_code(file: OfficersFile, code: str) -> bytes:
    """The key that this file keeps for the recovery code. Raises WrongPin, with the reason where it was mistyped."""
    try:
        secret = recovery_code.as_secret(code)
    except recovery_code.NoSuchCode as error:
        raise WrongPin(str(error), way_out="Cocokkan dengan kertasnya, lalu ketik lagi.") from error
    raw = wrapping.unwrap_with_code(file.recovery, secret) if file.recovery is not None else None
    if raw is None:
        raise WrongPin(
            "Kode pemulihan ini bukan untuk loket ini, atau sudah diganti yang baru.",
            way_out="Cari kertas yang terakhir dicetak, atau hubungi admin kota.",
        )
    return raw


def _wrong_pin(wrong: int) -> WrongPin:
    wait = wait_after(wrong)
    if wait:
        return MustWait(f"PIN belum cocok. Tunggu {wait_words(wait)} sebelum mencoba lagi.", seconds=wait)
    left = FREE_TRIES - wrong
    return WrongPin(
        f"PIN belum cocok. Masih {left} kali, lalu harus menunggu {wait_words(wait_after(FREE_TRIES))}.",
        way_out="",
        tries_left=left,
    )
