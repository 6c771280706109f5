"""The composition root: the only place that builds the desk's objects and connects them."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import resources
from kelurahan_client.config import Config
from kelurahan_client.domain.reference import ReferenceData, load_reference
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import settings
from kelurahan_client.store.engine import Store, open_store
from kelurahan_client.store.key import system_keyring
from sync.catching_up import catch_up
from sync.protocol import RecordType


def now() -> datetime:
    """The machine's clock, UTC."""
    return datetime.now(UTC)


def open_desk(
    config: Config, *, clock: Callable[[], datetime] = now, random: Callable[[int], bytes] = secrets.token_bytes
) -> Desk:
    """Open the data of one desk with its reference tables. Raises StoreError or UnreadableFile; close its store."""
    keyring = None if config.key_file.exists() else system_keyring()
    store = open_store(config, keyring)
    try:
        catch_up(store)
        return Desk(store, _current(load_reference(resources.path("reference")), store), clock, random)
    except BaseException:
        store.close()
        raise


@contextmanager
def opened_desk(config: Config) -> Iterator[Desk]:
    """`open_desk`, closed at the end of the block."""
    desk = open_desk(config)
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
