"""A page of the feed with hundreds of records leaves a desk exactly as the same records in small replies do."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from kelurahan_client.config import Config
from kelurahan_client.services import handling, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import text_index
from kelurahan_client.store.engine import Transaction
from sync import receiving
from sync.protocol import SCHEMA, Change
from tests.desk_making import DeskAt, register

_MANY = 600  # past the 500 from which on a reply counts as large
_FEW = 60


def id_of(kind: str, number: int) -> str:
    return f"0198a000-0000-7000-8000-{kind}{number:08x}"


def a_complaint(number: int) -> Change:
    """Every column is filled, left out and empty somewhere."""
    body: dict[str, Any] = {
        "reference": f"0403B-26-{number:05d}-K",
        "office": "63.71.04.1003",
        "desk": "B",
        "recorded_at": "2026-08-02T09:00:00+08:00" if number % 7 == 0 else f"2026-08-02T01:00:00.{number:06d}Z",
        "received_date": "20260802" if number % 9 == 0 else "2026-08-02",
        "event_date": [None, "2026-08-01", ""][number % 3],
        "reporter_name": ["Rusdiansyah", "Nor'ainah", "Éva Kartika", ""][number % 4],
        "reporter_phone": ["", "0812-5123-4567"][number % 2],
        "reporter_address": "Jl. HKSN No. 3",
        "rt": "012",
        "rw": ["", "003"][number % 2],
        "title": f"Sampah {number}",
        "statement": f"Sampah menumpuk di Jl. Mawardi RT {number % 30} / RW 2, dekat mesjid. Nomor {number}.",
        "resident": number % 5 != 0,
        "status": ["received", "in_progress", "resolved", "closed"][number % 4],
    }
    if number % 2:
        body |= {"anonymous": number % 3 == 0, "confidential": None, "book_line": number, "warnings": ["Periksa NIK."]}
    if number % 3:
        body |= {"server_received_at": "2026-08-02T02:00:00Z", "due_date": "2026-08-20", "category": "SAMPAH"}
    if number % 50 == 0:
        body |= {"drone_picture": f"sha-{number}", "tags": ["air"]}
    return Change(type="complaint", id=id_of("0001", number), rev=number + 1, body=body)


def a_child(kind: str, number: int, **body: Any) -> Change:
    said = {"complaint": id_of("0001", number), "actor": "Budi", "device_time": f"2026-08-0{3 + number % 3}T17:30:00Z"}
    place = ("follow_up", "status_step", "notice", "attachment", "conflict").index(kind) + 2
    return Change(type=kind, id=id_of(f"000{place}", number), rev=9, body=said | body)


def sides(*values: str) -> list[dict[str, Any]]:
    return [{"id": f"side-{value}", "value": value} for value in values]


def feed() -> list[Change]:
    """Everything that an office's feed may hold, each kind after the complaints."""
    complaints = [a_complaint(number) for number in range(_MANY)]
    steps = [
        a_child("status_step", number, note="Selesai.", **{"from": "in_progress", "to": "resolved"})
        for number in range(2, _MANY, 4)
    ]
    decided = {
        "decisions": [
            {"stands": True, "reason": "Sesuai KTP.", "actor": "Ani", "was": "a", "value": "b",
             "device_time": "2026-08-05T01:00:00Z", "server_time": "2026-08-05T01:00:01Z"}
        ],
        "state": "decided",
    }  # fmt: skip
    return [
        *complaints,
        *(a_child("follow_up", number, text="Sudah ditinjau.") for number in range(0, _MANY, 5)),
        *steps,
        a_child("notice", 3, text="Nomor ini dipakai dua kali."),
        *(
            a_child("attachment", number, sha256=f"{number % 4:064x}", size=7, media_type="image/png", name="foto.png")
            for number in range(0, _MANY, 40)
        ),
        a_child("conflict", 8, field="title", base="", sides=sides("a", "b")),
        a_child("conflict", 9, field="location", base="", sides=sides("a", "b"), **decided),
        Change(type="complaint", id=id_of("0001", 999_999), gone=True),
        Change(type="agency", id="DLH", rev=4, body={"name": "Dinas Lingkungan Hidup"}),
        Change(type="drone_flight", id="d1", rev=5, body={"at": 7}),
    ]


def apply(desk: Desk, changes: list[Change]) -> receiving.Touched:
    touched = receiving.Touched()
    with desk.store.write(large=len(changes) > 500) as transaction:
        receiving.apply_changes(transaction, changes, touched, SCHEMA + 1)
        receiving.settle(transaction, touched)
    return touched


def everything(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table; of the index its words with their places, since its own tables say how it was cut."""
    with desk.store.write() as transaction:
        run = transaction.connection.exec_driver_sql
        names = run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").scalars().all()
        tables = {
            name: run(f'SELECT * FROM "{name}"').all()  # noqa: S608  # the database's own names
            for name in names
            if not name.startswith("complaint_text")
        }
        run("CREATE VIRTUAL TABLE temp.word_places USING fts5vocab(main, complaint_text, 'instance')")
        tables["words"] = run("SELECT term, doc, col, offset FROM word_places ORDER BY 1, 2, 3, 4").all()
        run("DROP TABLE temp.word_places")
    return tables


def test_a_large_page_is_applied_as_small_ones_are(enrolled_folder: Path, tmp_path: Path, desk_at: DeskAt) -> None:
    whole, parts = (
        desk_at(Config(Path(shutil.copytree(enrolled_folder, tmp_path / name)))) for name in ("whole", "parts")
    )
    changes = feed()
    touched = apply(whole, changes)
    for start in range(0, len(changes), _FEW):
        apply(parts, changes[start : start + _FEW])
    expected = everything(parts)
    assert everything(whole) == expected
    assert len(expected["complaint"]) == _MANY == len(touched.new)
    assert {len(expected[name]) for name in ("conflict", "reference_item", "unknown_record")} == {2, 1}
    assert len(expected["words"]) > 20 * _MANY
    assert whole.store.check() == []


def index_state(desk: Desk) -> tuple[dict[str, int], int]:
    """What the index was told about its work, and in how many pieces it lies."""
    with desk.store.read() as transaction:
        run = transaction.connection.exec_driver_sql
        told = {row.k: row.v for row in run("SELECT k, v FROM complaint_text_config")}
        return told, run("SELECT count(DISTINCT segid) FROM complaint_text_idx").scalar_one()


def test_the_pieces_in_which_large_pages_come_are_merged_step_by_step(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_index, "_STEP", 20)
    as_ever = {"automerge": 4, "hashsize": 1 << 20, "version": 4}
    for part in range(5):
        apply(desk, [a_complaint(part * _MANY + number) for number in range(_MANY)])
    assert index_state(desk) == (as_ever | {"crisismerge": 1_000}, 5)
    steps = 0
    with desk.store.write() as transaction:
        while text_index.tidy(transaction):
            steps += 1
            assert len(found(transaction, "sampah")) == 5 * _MANY
    assert steps > 2
    told, pieces = index_state(desk)
    assert told == as_ever | {"crisismerge": 16}
    assert pieces < 4
    assert desk.store.check() == []


def found(transaction: Transaction, word: str) -> list[int]:
    query = "SELECT rowid FROM complaint_text WHERE complaint_text MATCH ?"
    return list(transaction.connection.exec_driver_sql(query, (word,)).scalars())


def test_a_desk_that_has_words_of_its_own_keeps_them_under_a_large_page(desk: Desk) -> None:
    changes = feed()
    apply(desk, changes[:_FEW])
    handling.edit(desk, changes[4].id, {"location": "Muka Langgar"})
    made = register(desk)
    raised = [Change(type=one.type, id=one.id, rev=one.rev + 7, body=one.body, gone=one.gone) for one in changes]
    apply(desk, raised)
    with desk.store.read() as transaction:
        states = transaction.connection.exec_driver_sql("SELECT id FROM complaint WHERE sync_state = 'pending'")
        assert {*states.scalars()} == {made.id, changes[4].id}
    assert lists.detail(desk, changes[4].id).complaint.location == "Muka Langgar"
    assert len(lists.keys(desk, ListFilter(search="langgar"))) == 1
    assert len(lists.keys(desk, ListFilter(search="sampah"))) == _MANY
