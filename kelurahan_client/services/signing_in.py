"""Signing in and out: the first officer, the PIN, the recovery code. What needs the desk's data, open."""

from dataclasses import dataclass
from datetime import datetime

from kelurahan_client.domain.entry_errors import WrongPin
from kelurahan_client.domain.pin import check_pin
from kelurahan_client.domain.roles import ROLE_WORDS, Officer, Role
from kelurahan_client.domain.text import clean_line
from kelurahan_client.errors import FieldErrors, NotFound
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.store import officers, settings
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.key import Key
from kelurahan_client.store.officers import OfficerEvent, OfficerRow
from kelurahan_client.store.vault import Person, Vault


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody is in. `owes_code`: nobody ever said that the recovery code was kept, so a new one is to be shown."""

    officer: Officer
    owes_code: bool = False


def vault(desk: Desk) -> Vault:
    """The officers' file of an open desk."""
    store = desk.store
    return Vault(store.config, store.keyring, desk.clock, desk.random, desk.pin_cost)


def create_first(desk: Desk, name: str, pin: str) -> str:
    """The first officer, who may do everything; the plain key is gone afterwards. Returns the recovery code.

    Raises FieldErrors for a name or a PIN that will not do, and InputError where there are officers already.
    """
    cleaned = checked(name, pin)
    with desk.store.read() as transaction:
        place = settings.get(transaction, settings.IDENTITY) or {}
    keeper, key = vault(desk), desk.store.key
    person = Person(desk.new_id(), cleaned, Role.ADMIN)
    words = (place.get("office_name", ""), place.get("district", ""), place.get("desk", ""))
    code = keeper.begin(key.raw, person, pin, words)
    enter(desk, person.id, keeper.unlock(person.id, pin))
    return code


def enter(desk: Desk, officer_id: str, key: Key) -> Entered:
    """The key was given to this officer: from now on they are at work. Mends what a power cut left half done.

    Raises WrongPin for somebody who does not work here any more, and for a key of other data.
    """
    store = desk.store
    if key.raw != store.key.raw:
        raise WrongPin("PIN ini untuk data lain; tidak ada yang diubah.", way_out="Tutup Lapor Kelurahan, buka lagi.")
    keeper = vault(desk)
    with store.write() as transaction:
        people = _adopt(transaction, keeper, officer_id, desk.now())
        row = next((one for one in people if one.id == officer_id and one.retired_at is None), None)
        if row is not None:
            officers.log(transaction, OfficerEvent(desk.now(), row.name, officers.SIGNED_IN, row.name, ""))
        seen = bool(settings.get(transaction, settings.RECOVERY_SEEN))
    keeper.match([Person(one.id, one.name, one.role) for one in people if one.retired_at is None])
    if row is None:
        raise WrongPin("Petugas ini sudah tidak bertugas di loket ini.", way_out="Pilih nama yang lain.")
    keeper.forget_plain_key()
    store.key = key
    store.at_work = as_officer(row)
    return Entered(store.at_work, owes_code=not seen and row.role is Role.ADMIN)


def _adopt(transaction: Transaction, keeper: Vault, first: str, at: datetime) -> list[OfficerRow]:
    """Data that do not know an officer of the file (a cut at the first start, an old backup put back) take them over.

    Where they know nobody at all, whoever signed in first is the admin desk, so that somebody is.
    """
    people = officers.all_of(transaction)
    known = {one.id for one in people}
    file = keeper.file()
    for entry in file.entries if file else ():
        if entry.id not in known:
            role = Role.ADMIN if not people and entry.id == first else entry.role
            officers.add(transaction, OfficerRow(entry.id, entry.name, role, at))
    return officers.all_of(transaction)


def sign_in(desk: Desk, officer_id: str, pin: str) -> Entered:
    """Somebody signs in at the locked window. Raises WrongPin, MustWait."""
    return enter(desk, officer_id, vault(desk).unlock(officer_id, pin))


def recover(desk: Desk, code: str, officer_id: str, pin: str) -> str:
    """The recovery code lets an officer have a new PIN at the locked window; returns the next code. Raises WrongPin."""
    check_new_pin(pin)
    return take_over(desk, officer_id, pin, vault(desk).unlock_with_code(code))


def take_over(desk: Desk, officer_id: str, pin: str, key: Key) -> str:
    """The code gave the key: a new PIN for this officer, a new code on paper, and in. Returns that code."""
    entered = enter(desk, officer_id, key)
    keeper = vault(desk)
    officer = entered.officer
    keeper.put(key.raw, Person(officer.id, officer.name, officer.duty or Role.CLERK), pin)
    with desk.store.write() as transaction:
        settings.put(transaction, settings.RECOVERY_SEEN, False)
        note(desk, transaction, "recovered", officer.name)
    return keeper.new_code(key.raw)


def code_was_kept(desk: Desk) -> None:
    """Somebody said that the recovery code is on paper now."""
    with desk.store.write() as transaction:
        settings.put(transaction, settings.RECOVERY_SEEN, True)


def as_officer(row: OfficerRow) -> Officer:
    """Who stands behind what is written."""
    return Officer(row.name, ROLE_WORDS[row.role], row.id, row.role)


def note(desk: Desk, transaction: Transaction, what: str, subject: str, detail: str = "") -> None:
    """Keep who did what about officers."""
    officers.log(transaction, OfficerEvent(desk.now(), officer(transaction).name, what, subject, detail))


def row_of(transaction: Transaction, officer_id: str) -> OfficerRow:
    """An officer who works here; raises NotFound."""
    row = officers.get(transaction, officer_id)
    if row is None or row.retired_at is not None:
        raise NotFound("Petugas itu tidak ada di loket ini.", way_out="Lihat lagi daftar petugas.")
    return row


def checked(name: str, pin: str) -> str:
    """The name, cleaned; raises FieldErrors for what is wrong with the name or with the PIN."""
    wrong = {}
    cleaned = clean_line(name).text
    if not cleaned or len(cleaned) > 100:
        wrong["name"] = "Nama petugas perlu diisi, paling panjang 100 huruf."
    if sentence := check_pin(pin):
        wrong["pin"] = sentence
    if wrong:
        raise FieldErrors(wrong)
    return cleaned


def check_new_pin(pin: str) -> None:
    """Raises FieldErrors for a PIN that will not do."""
    if sentence := check_pin(pin):
        raise FieldErrors({"pin": sentence})
