"""The officers of a desk: who works here, as what, and with which PIN. Every change is kept with who made it.

The row in the data is written first and holds; the officers' file follows, and is mended at the next sign-in where a
power cut came between.
"""

from dataclasses import dataclass

from kelurahan_client.domain.roles import ROLE_WORDS, Right, Role
from kelurahan_client.domain.text import clean_line
from kelurahan_client.errors import FieldErrors, InputError
from kelurahan_client.services.desk import Desk, allow, find_identity
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.services.recovery_paper import recovery_html
from kelurahan_client.services.signing_in import as_officer, check_new_pin, checked, note, row_of, vault
from kelurahan_client.store import officers, settings
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.officers import OfficerRow
from kelurahan_client.store.vault import Person

DEFAULT_LOCK_MINUTES = 10
LOCK_CHOICES = (2, 5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class OfficerView:
    """One officer for the list; `has_pin` is False where a power cut came before the PIN was kept."""

    id: str
    name: str
    role: Role
    has_pin: bool
    at_work: bool


def everybody(desk: Desk) -> list[OfficerView]:
    """Who works here, in the order in which they came."""
    file = vault(desk).file()
    with desk.store.read() as transaction:
        rows = _active(transaction)
    here = desk.store.at_work
    return [
        OfficerView(
            row.id,
            row.name,
            row.role,
            has_pin=file is not None and file.entry(row.id) is not None,
            at_work=here is not None and here.id == row.id,
        )
        for row in rows
    ]


def add(desk: Desk, name: str, role: Role, pin: str) -> str:
    """Somebody begins to work here; returns the id. Raises NotAllowed, FieldErrors."""
    cleaned = checked(name, pin)
    with desk.store.write() as transaction:
        allow(transaction, Right.OFFICERS)
        _refuse_twin(transaction, cleaned, "")
        row = OfficerRow(desk.new_id(), cleaned, role, desk.now())
        officers.add(transaction, row)
        note(desk, transaction, "added", cleaned, role.value)
    vault(desk).put(desk.store.key.raw, _person(row), pin)
    return row.id


def rename(desk: Desk, officer_id: str, name: str) -> None:
    """Another name, as after a title was earned. Raises NotAllowed, NotFound, FieldErrors."""
    cleaned = _clean_name(name)
    with desk.store.write() as transaction:
        allow(transaction, Right.OFFICERS)
        row = row_of(transaction, officer_id)
        _refuse_twin(transaction, cleaned, officer_id)
        officers.change(transaction, officer_id, name=cleaned)
        note(desk, transaction, "renamed", row.name, cleaned)
    _follow(desk)


def set_role(desk: Desk, officer_id: str, role: Role) -> None:
    """Another role. Raises NotAllowed, NotFound, and InputError for the last admin desk."""
    with desk.store.write() as transaction:
        allow(transaction, Right.OFFICERS)
        row = row_of(transaction, officer_id)
        if role is not Role.ADMIN:
            _refuse_without_admin(transaction, row)
        officers.change(transaction, officer_id, role=role.value)
        note(desk, transaction, "role", row.name, role.value)
    _follow(desk)


def set_pin(desk: Desk, officer_id: str, pin: str) -> None:
    """The admin desk gives somebody a new PIN. Raises NotAllowed, NotFound, FieldErrors."""
    check_new_pin(pin)
    with desk.store.write() as transaction:
        allow(transaction, Right.OFFICERS)
        row = row_of(transaction, officer_id)
        note(desk, transaction, "pin", row.name)
    vault(desk).put(desk.store.key.raw, _person(row), pin)


def change_own_pin(desk: Desk, old: str, new: str) -> None:
    """Whoever is at work takes another PIN. Raises WrongPin, MustWait for the old one, FieldErrors for the new."""
    me = desk.store.at_work
    if me is None:
        raise InputError("Loket ini belum mempunyai petugas.", way_out="Isi dahulu petugas pertama.")
    check_new_pin(new)
    keeper = vault(desk)
    keeper.unlock(me.id, old)
    with desk.store.write() as transaction:
        row = row_of(transaction, me.id)
        note(desk, transaction, "own_pin", row.name)
    keeper.put(desk.store.key.raw, _person(row), new)


def retire(desk: Desk, officer_id: str) -> None:
    """Somebody does not work here any more; what they wrote keeps their name. Raises NotAllowed, InputError."""
    with desk.store.write() as transaction:
        allow(transaction, Right.OFFICERS)
        row = row_of(transaction, officer_id)
        if transaction.who is not None and transaction.who.id == officer_id:
            raise InputError("Anda sedang masuk dengan nama ini.", way_out="Minta admin loket yang lain.")
        _refuse_without_admin(transaction, row)
        officers.change(transaction, officer_id, retired_at=desk.now())
        note(desk, transaction, "retired", row.name)
    _follow(desk)


def new_recovery_code(desk: Desk) -> str:
    """Another recovery code, as when the paper is lost; the old one opens nothing any more. Raises NotAllowed."""
    with desk.store.write() as transaction:
        allow(transaction, Right.OFFICERS)
        settings.put(transaction, settings.RECOVERY_SEEN, False)
        note(desk, transaction, "code", "")
    return vault(desk).new_code(desk.store.key.raw)


def recovery_paper(desk: Desk, code: str) -> Paper:
    """The recovery code for the envelope in the safe."""
    me = find_identity(desk)
    place = f"Kelurahan {me.office_name}, loket {me.desk}" if me else "Loket ini"
    return Paper(
        kind=PaperKind.RECOVERY,
        title="Kode pemulihan",
        html=recovery_html(code, place, desk.today()),
        size=PaperSize.A5,
        file_name="kode-pemulihan.pdf",
    )


def lock_minutes(desk: Desk) -> int:
    """After how many quiet minutes the window locks itself."""
    with desk.store.read() as transaction:
        return int(settings.get(transaction, settings.LOCK_MINUTES) or DEFAULT_LOCK_MINUTES)


def set_lock_minutes(desk: Desk, minutes: int) -> None:
    """Lock after so many quiet minutes. Raises NotAllowed, and InputError for what is not offered."""
    if minutes not in LOCK_CHOICES:
        raise InputError("Waktu kunci otomatis harus salah satu pilihan yang ada.")
    with desk.store.write() as transaction:
        allow(transaction, Right.SETTINGS)
        settings.put(transaction, settings.LOCK_MINUTES, minutes)


def _active(transaction: Transaction) -> list[OfficerRow]:
    return [row for row in officers.all_of(transaction) if row.retired_at is None]


def _person(row: OfficerRow) -> Person:
    return Person(row.id, row.name, row.role)


def _clean_name(name: str) -> str:
    cleaned = clean_line(name).text
    if not cleaned or len(cleaned) > 100:
        raise FieldErrors({"name": "Nama petugas perlu diisi, paling panjang 100 huruf."})
    return cleaned


def _refuse_twin(transaction: Transaction, name: str, but: str) -> None:
    if any(row.name.casefold() == name.casefold() and row.id != but for row in _active(transaction)):
        raise FieldErrors({"name": f"Sudah ada petugas bernama {name}."})


def _refuse_without_admin(transaction: Transaction, leaving: OfficerRow) -> None:
    if leaving.role is Role.ADMIN and not any(
        row.role is Role.ADMIN and row.id != leaving.id for row in _active(transaction)
    ):
        word = ROLE_WORDS[Role.ADMIN].lower()
        raise InputError(f"Loket ini perlu paling sedikit satu {word}.", way_out=f"Jadikan petugas lain {word} dahulu.")


def _follow(desk: Desk) -> None:
    """Bring the officers' file, and whoever is at work, in line with the data."""
    with desk.store.read() as transaction:
        rows = _active(transaction)
    vault(desk).match([_person(row) for row in rows])
    here = desk.store.at_work
    for row in rows:
        if here is not None and row.id == here.id:
            desk.store.at_work = as_officer(row)
