"""The centre put together: the store, who it is, the city's reference data, the clock and the source of randomness."""

import hashlib
import json
import os
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

import resources
from central_server.blob_store import BlobStore, open_blob_store
from central_server.conflicts import centre_author
from central_server.store.engine import Pool
from central_server.store.feed import EVERYBODY
from central_server.store.session import Store, Writing, open_store
from central_server.store.shapes import Identity, Record
from central_server.upgrading import bring_up
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.reference import ReferenceData, load_reference
from sync.protocol import RecordType

_CITY = "Kota Banjarmasin"


@dataclass(frozen=True, slots=True)
class Centre:
    """What every part of the centre is handed."""

    store: Store
    identity: Identity
    reference: ReferenceData
    clock: Callable[[], datetime]
    random_bytes: Callable[[int], bytes]
    blobs: BlobStore

    @property
    def offices(self) -> frozenset[str]:
        """The codes of the city's offices."""
        return frozenset(self.reference.offices)

    def now(self) -> str:
        """The present time as it is stored."""
        return utc_text(self.clock())

    def new_id(self) -> str:
        """A random UUID."""
        return _new_id(self.random_bytes)


def _new_id(random_bytes: Callable[[int], bytes]) -> str:
    return str(uuid.UUID(bytes=random_bytes(16), version=4))


def system_clock() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def open_centre(
    data_dir: Path,
    database_url: str | None,
    *,
    blob_store: str | None = None,
    pool: Pool | None = None,
    clock: Callable[[], datetime] = system_clock,
    random_bytes: Callable[[int], bytes] = os.urandom,
) -> Centre:
    """Opens the store, makes the centre's keys at the first start, and brings the reference data up to date.

    The keys live in the database, so that several processes on one PostgreSQL are one centre; whoever can read the
    database can speak in its name. The bytes of attachments are kept in `data_dir`, or at the address `blob_store`
    (see `open_blob_store`). Raises CentreError, NewerDatabase among them, or UnreadableFile.
    """
    reference = load_reference(resources.path("reference"))
    blobs = open_blob_store(blob_store, data_dir)
    store = open_store(data_dir, database_url, pool or Pool())
    now = utc_text(clock())
    records = [*_records(RecordType.AGENCY, reference.agencies), *_records(RecordType.CATEGORY, reference.categories)]
    try:
        with store.writing() as session:
            bring_up(session, frozenset(reference.offices), partial(_new_id, random_bytes), now)
            identity = session.identity() or _new_identity(session, random_bytes, now)
            _seed(session, records, now)
    except BaseException:
        store.close()
        raise
    return Centre(store, identity, reference, clock, random_bytes, blobs)


def _new_identity(session: Writing, random_bytes: Callable[[int], bytes], now: str) -> Identity:
    identity = Identity(
        server_epoch=random_bytes(12).hex(),
        city=_CITY,
        signing_key=Ed25519PrivateKey.from_private_bytes(random_bytes(32)).private_bytes_raw(),
        sealing_key=X25519PrivateKey.from_private_bytes(random_bytes(32)).private_bytes_raw(),
    )
    session.add_identity(identity, now)
    return identity


def _records(kind: RecordType, rows: Any) -> list[Record]:
    found = []
    for code, row in rows.items():
        body = json.loads(json.dumps(asdict(row)))
        origin = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).digest()
        found.append(Record(id=f"{kind}/{code}", type=kind, body=body, origin=origin))
    return found


def _seed(session: Writing, records: list[Record], now: str) -> None:
    """Writes the rows that the program ships, where they differ from the last that it shipped.

    What the city has edited since stays, until the program brings another row.
    """
    author = centre_author(now)
    session.records.load(record.id for record in records)
    for record in records:
        known = session.records.get(record.id)
        if known is None:
            session.records.create(record, (EVERYBODY,), author)
        elif known.origin != record.origin:
            session.records.save(replace(known, body=record.body, origin=record.origin), author)
