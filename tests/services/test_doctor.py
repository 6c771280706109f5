"""The examination of a desk finds what is wrong with it, and says so in sentences."""

import shutil
from typing import NamedTuple

import pytest
from sqlalchemy import delete, update

from kelurahan_client.config import Config
from kelurahan_client.services import doctor
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.store import settings, tables
from tests.desk_making import DeskAt, register


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def room_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, 10**12))


def examined(desk: Desk) -> doctor.Examination:
    return doctor.examine(desk, find_identity(desk))


def test_a_healthy_desk_has_no_problem(desk: Desk) -> None:
    assert examined(desk).problems == ()
    register(desk)
    register(desk)
    found = examined(desk)
    assert found.problems == ()
    assert (found.office, found.desk, found.key_kept_in) == ("63.71.04.1003", "A", "file")
    assert (found.complaints, found.unsent, found.rejected) == (2, 2, 0)
    assert found.as_json()["problems"] == []


def test_a_desk_without_an_office(config: Config, desk_at: DeskAt) -> None:
    found = examined(desk_at(config))
    assert found.problems == ("Loket belum terdaftar pada server kota.",)
    assert found.office == ""


@pytest.mark.parametrize("n", [1, 2, 3])
def test_an_outbox_entry_that_is_missing_or_changed(desk: Desk, n: int) -> None:
    for _ in range(3):
        register(desk)
    entry = tables.outbox
    with desk.store.read() as transaction:  # rolled back
        transaction.connection.execute(delete(entry).where(entry.c.n == n))
        missing = doctor.chain_holds(doctor.outbox.chain_links(transaction)) and doctor.outbox.ends_well(transaction)
    assert not missing
    with desk.store.write() as transaction:
        transaction.connection.execute(update(entry).where(entry.c.n == n).values(line=b"{}"))
    assert examined(desk).problems == ("Rantai kotak keluar tidak utuh.",)


def test_the_last_entry_gone_is_noticed_too(desk: Desk) -> None:
    register(desk)
    with desk.store.write() as transaction:
        transaction.connection.execute(delete(tables.outbox))
    assert examined(desk).problems == ("Rantai kotak keluar tidak utuh.",)


def test_a_full_disk_and_a_wrong_clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, 10**8))
    with desk.store.write() as transaction:
        last = {"at": "2026-08-03T02:00:00Z", "sent": 1, "received": 0, "clock_offset_seconds": -301.0}
        settings.put(transaction, settings.LAST_EXCHANGE, last)
    disk, clock = examined(desk).problems
    assert "disk" in disk
    assert "Jam" in clock
