"""The composition root: the only place that builds the desk's objects and connects them."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import resources
from kelurahan_client.config import Config
from kelurahan_client.domain.entry_errors import SignInNeeded
from kelurahan_client.domain.pin import STRONG, PinCost
from kelurahan_client.domain.reference import ReferenceData, load_reference
from kelurahan_client.services import signing_in
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import settings
from kelurahan_client.store.engine import Store, open_store
from kelurahan_client.store.key import Key, Keyring, system_keyring
from kelurahan_client.store.vault import Vault
from sync.catching_up import catch_up
from sync.protocol import RecordType


def now() -> datetime:
    """The machine's clock, UTC."""
    return datetime.now(UTC)


def open_desk(
    config: Config,
    *,
    clock: Callable[[], datetime] = now,
    random: Callable[[int], bytes] = secrets.token_bytes,
    key: Key | None = None,
    cost: PinCost = STRONG,
) -> Desk:
    """Open the data of one desk with its reference tables. Raises StoreError or UnreadableFile; close its store.

    A desk with officers raises SignInNeeded: see `sign_in`, which has the `key`.
    """
    store = open_store(config, keyring_of(config), key=key)
    try:
        catch_up(store)
        return Desk(store, _current(load_reference(resources.path("reference")), store), clock, random, cost)
    except BaseException:
        store.close()
        raise


def keyring_of(config: Config) -> Keyring | None:
    """The machine's keyring, unless this desk keeps its secrets in files."""
    return None if config.key_file.exists() or config.machine_file.exists() else system_keyring()


def vault_of(config: Config, clock: Callable[[], datetime] = now) -> Vault:
    """The officers' file of a desk that is not open."""
    return Vault(config, keyring_of(config), clock, secrets.token_bytes)


def sign_in(config: Config, officer_id: str, pin: str) -> tuple[Desk, signing_in.Entered]:
    """Open the data for an officer. Raises WrongPin, MustWait and what `open_desk` raises."""
    key = vault_of(config).unlock(officer_id, pin)
    desk = open_desk(config, key=key)
    try:
        return desk, signing_in.enter(desk, officer_id, key)
    except BaseException:
        desk.store.close()
        raise


def recover(config: Config, code: str, officer_id: str, pin: str) -> tuple[Desk, str]:
    """Open the data with the recovery code, and give an officer a new PIN; returns the next code too."""
    signing_in.check_new_pin(pin)
    key = vault_of(config).unlock_with_code(code)
    desk = open_desk(config, key=key)
    try:
        return desk, signing_in.take_over(desk, officer_id, pin, key)
    except BaseException:
        desk.store.close()
        raise


@contextmanager
def opened_desk(config: Config, officer: str = "", pin: Callable[[], str] = lambda: "") -> Iterator[Desk]:
    """The desk for a command, closed at the end of the block; `officer` (a name) and `pin` where it has officers."""
    found = vault_of(config).file() if config.officers_file.exists() else None
    if found is None:
        desk = open_desk(config)
    else:
        named = [entry for entry in found.entries if entry.name.casefold() == officer.strip().casefold()]
        if not named:
            raise SignInNeeded(
                "Loket ini dijaga PIN petugas." if not officer else f"Tidak ada petugas bernama “{officer[:60]}”.",
                way_out="Sebut --officer NAMA, dan --pin-file BERKAS bila tidak ada yang mengetik PIN.",
            )
        desk = sign_in(config, named[0].id, pin())[0]
    try:
        yield desk
    finally:
        desk.store.close()


def _current(shipped: ReferenceData, store: Store) -> ReferenceData:
    """The shipped tables with what the centre has changed of them since."""
    with store.read() as transaction:
        items = settings.reference_items(transaction)
    agencies, categories = dict(shipped.agencies), dict(shipped.categories)
    for type_, code, body in items:
        if type_ == RecordType.AGENCY and code in agencies:
            old = agencies[code]
            agencies[code] = replace(old, name=_text(body, "name", old.name))
        elif type_ == RecordType.CATEGORY and code in categories:
            known = categories[code]
            agency = _text(body, "default_agency", known.default_agency)
            categories[code] = replace(known, name=_text(body, "name", known.name), default_agency=agency)
    return replace(shipped, agencies=agencies, categories=categories)


def _text(body: dict[str, Any], name: str, otherwise: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) and value else otherwise
