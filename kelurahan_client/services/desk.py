"""The desk that the use cases work for: its data, its reference tables, its clock and its source of randomness."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.entry_errors import NotAllowed
from kelurahan_client.domain.pin import STRONG, PinCost
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.roles import RIGHT_WORDS, Officer, Right, may, who_may
from kelurahan_client.domain.text import clean_line
from kelurahan_client.errors import InputError, NotEnrolled
from kelurahan_client.store import outbox, settings
from kelurahan_client.store.engine import Store, Transaction

Clock = Callable[[], datetime]  # aware, UTC
Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the enrolment gave this desk. Keys are base64 of 32 bytes; the private ones never leave the data."""

    device: str
    city: str
    office: str
    office_name: str
    district: str
    desk: str
    server_url: str
    server_epoch: str
    server_signing_key: str
    server_sealing_key: str
    signing_key: str
    sealing_key: str
    token: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a use case needs; made once by the composition root and handed in."""

    store: Store
    reference: ReferenceData
    clock: Clock
    random: Random
    pin_cost: PinCost = STRONG

    def now(self) -> datetime:
        """The desk's time, UTC; for the record, never for a decision between two writers."""
        return self.clock().astimezone(UTC)

    def today(self) -> date:
        """The calendar day at the counter (WITA)."""
        return local_date(self.now())

    def new_id(self) -> str:
        """A UUIDv7: sorted by time for the indexes' sake, its time never read."""
        millis = int(self.now().timestamp() * 1000) & (2**48 - 1)
        noise = int.from_bytes(self.random(10), "big")
        value = millis << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64 | 0b10 << 62 | noise & (2**62 - 1)
        return str(uuid.UUID(int=value))


def identity(transaction: Transaction) -> Identity:
    """This desk's identity; raises NotEnrolled."""
    value = settings.get(transaction, settings.IDENTITY)
    if value is None:
        raise NotEnrolled(
            "Loket ini belum terdaftar pada server kota.",
            way_out="Minta kode pendaftaran kepada admin kota, lalu daftarkan loket ini.",
        )
    return Identity(**value)


def find_identity(desk: Desk) -> Identity | None:
    """This desk's identity, or None before its enrolment."""
    with desk.store.read() as transaction:
        value = settings.get(transaction, settings.IDENTITY)
    return None if value is None else Identity(**value)


def keep_identity(desk: Desk, new: Identity, counters: Mapping[str, int]) -> None:
    """Write down what the enrolment gave, with a fresh epoch and counters above every number given before."""
    with desk.store.write() as transaction:
        outbox.start_epoch(transaction, desk.random(16).hex())
        put_identity(transaction, new, counters)


def put_identity(transaction: Transaction, new: Identity, counters: Mapping[str, int]) -> None:
    """What the city's server gave this desk, and counters above every number given before."""
    settings.put(transaction, settings.IDENTITY, asdict(new))
    for year, value in counters.items():
        settings.raise_counter(transaction, int(year), value)


def officer(transaction: Transaction) -> Officer:
    """Who has signed in; on a desk without officers whoever was named, before that "Petugas"."""
    if transaction.who is not None:
        return transaction.who
    value: dict[str, Any] | None = settings.get(transaction, settings.OFFICER)
    return Officer(**value) if value else Officer("Petugas")


def allowed(transaction: Transaction, right: Right) -> bool:
    """Whether the role of whoever signed in allows it; a desk without officers allows all."""
    return transaction.who is None or may(transaction.who.duty, right)


def right_for(status: Status) -> Right:
    """What a step to this status takes."""
    return Right.REFER if status is Status.REFERRED else Right.STEP


def allow(transaction: Transaction, right: Right) -> None:
    """Raise NotAllowed where the role of whoever signed in does not allow it."""
    if not allowed(transaction, right):
        raise _not_allowed(right)


def refusal(desk: Desk, right: Right) -> NotAllowed | None:
    """What `allow` would raise, known without asking the data: nobody need do in vain what is refused at its end."""
    who = desk.store.at_work
    return None if who is None or may(who.duty, right) else _not_allowed(right)


def _not_allowed(right: Right) -> NotAllowed:
    return NotAllowed(f"{RIGHT_WORDS[right]} hanya untuk {who_may(right)}; tidak ada yang diubah.")


def current_officer(desk: Desk) -> Officer:
    """Who sits at the desk."""
    with desk.store.read() as transaction:
        return officer(transaction)


def set_officer(desk: Desk, name: str, role: str = "Petugas loket") -> Officer:
    """Somebody else sits down at a desk without officers; raises InputError for an empty name."""
    cleaned = clean_line(name).text
    if not cleaned or len(cleaned) > 100:
        raise InputError("Nama petugas perlu diisi, paling panjang 100 huruf.")
    found = Officer(cleaned, role)
    with desk.store.write() as transaction:
        settings.put(transaction, settings.OFFICER, {"name": found.name, "role": found.role})
    return found
