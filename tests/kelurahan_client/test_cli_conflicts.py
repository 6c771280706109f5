"""`conflicts`, `resolve`, and the warning about a wrong clock, as a schedule uses them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kelurahan_client import app
from kelurahan_client.cli import main
from kelurahan_client.config import Config
from kelurahan_client.store import complaints, imports
from kelurahan_client.store.engine import open_store
from kelurahan_client.store.imports import Conflict
from sync import engine
from sync.engine import Outcome
from tests.desk_making import DeskAt, register
from tests.root_log import root_log_as_before

CONFLICT = "0198a000-0000-7000-8000-0000000000c1"
PHONES = ["0812-5114-4471", "0812-5114-4472"]
Run = Callable[..., tuple[int, list[Any], str]]


@pytest.fixture
def run(enrolled_config: Config, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs one command; its exit status, the lines it printed, and what it said."""
    monkeypatch.setattr(app, "system_keyring", lambda: None)

    def run_one(*arguments: str) -> tuple[int, list[Any], str]:
        try:
            status = main(["--data-dir", str(enrolled_config.data_dir), *arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return status, [json.loads(line) for line in out.splitlines()], err

    with root_log_as_before():
        yield run_one


@pytest.fixture
def number(enrolled_config: Config, desk_at: DeskAt) -> str:
    """The number of a complaint whose phone is contested."""
    desk = desk_at(enrolled_config)
    made = register(desk, reporter_phone=PHONES[0])
    sides = [
        {"id": f"side-{place}", "value": phone, "actor": f"Petugas {place}"}
        for place, phone in enumerate(PHONES, start=1)
    ]
    body = {"complaint": made.id, "field": "reporter_phone", "base": "", "sides": sides, "state": "open"}
    with desk.store.write() as transaction:
        complaints.set_revisions(transaction, {made.id: (3, "")})
        imports.put_conflict(transaction, Conflict(CONFLICT, made.id, "reporter_phone", body, open=True))
    desk.store.close()
    return made.reference


def phone_of(config: Config) -> str:
    store = open_store(config, None)
    with store.read() as transaction:
        found = transaction.connection.exec_driver_sql("SELECT reporter_phone FROM complaint").scalar_one()
    store.close()
    return str(found)


def test_sides_are_numbered_and_identities_masked(run: Run, number: str) -> None:
    status, (line,), _ = run("conflicts")
    assert status == 0
    assert (line["id"], line["reference"], line["field"], line["decided"]) == (
        CONFLICT,
        number,
        "reporter_phone",
        False,
    )
    assert [(side["number"], side["id"], side["actor"]) for side in line["sides"]] == [
        (1, "side-1", "Petugas 1"),
        (2, "side-2", "Petugas 2"),
    ]
    assert "5114" not in json.dumps(line)
    _, (shown,), _ = run("show", number)
    assert "5114" not in json.dumps(shown)
    assert [side["number"] for side in shown["conflicts"][0]["sides"]] == [1, 2]


@pytest.mark.parametrize("side", ["2", "side-2"])
def test_a_side_is_taken(run: Run, number: str, enrolled_config: Config, side: str) -> None:
    status, (complaint,), err = run("resolve", CONFLICT, "--take", side)
    assert (status, err, complaint["reference"]) == (0, "", number)
    assert "5114" not in json.dumps(complaint)
    assert phone_of(enrolled_config) == PHONES[1]
    _, (waiting, *_), _ = run("outbox")
    assert waiting["op"] == "resolve"
    _, (line,), _ = run("conflicts")
    assert line["decided"]
    status, lines, err = run("resolve", CONFLICT, "--take", "1")
    assert (status, lines, err[:7]) == (1, [], "LK-1100")


def test_another_value_needs_its_reason(run: Run, number: str, enrolled_config: Config) -> None:
    status, lines, err = run("resolve", CONFLICT, "--value", "081251144473")
    assert (status, lines, err[:7]) == (1, [], "LK-1100")
    status, (complaint,), _ = run("resolve", CONFLICT, "--value", "081251144473", "--reason", "Ditelepon.")
    assert (status, complaint["reference"]) == (0, number)
    assert "4473" in phone_of(enrolled_config)
    _, (shown,), _ = run("show", number)
    assert "5114" not in json.dumps(shown)


def test_one_of_both_must_be_said(run: Run, number: str) -> None:
    assert run("resolve", CONFLICT)[0] == 2
    assert run("resolve", CONFLICT, "--take", "1", "--value", "x")[0] == 2
    status, _, err = run("resolve", "tidak-ada", "--take", "1")
    assert (status, err[:7]) == (1, "LK-1103")


def test_an_edited_identity_is_masked_in_the_story(run: Run, number: str) -> None:
    assert run("edit", number, "reporter_phone=081399998888")[0] == 0
    _, (shown,), _ = run("show", number)
    (edited,) = [entry for entry in shown["timeline"] if entry["kind"] == "edit"]
    assert list(edited["fields"]) == ["reporter_phone"]
    assert "9999" not in json.dumps(shown)


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        (-300.0, ""),
        (301.0, "LK-3900 Jam komputer ini berbeda 5 menit dari server kota.\n"),
        (-7_000.0, "LK-3900 Jam komputer ini berbeda 117 menit dari server kota.\n"),
        (-10_000.0, "LK-3900 Jam komputer ini berbeda 3 jam dari server kota.\n"),
        (3_650 * 86_400.0, "LK-3900 Jam komputer ini berbeda 3650 hari dari server kota.\n"),
    ],
)
def test_a_wrong_clock_is_told_and_blocks_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, seconds: float, sentence: str
) -> None:
    monkeypatch.setattr(engine, "exchange", lambda *_: Outcome(applied=2, clock_offset_seconds=seconds))
    status, (line,), err = run("exchange")
    assert (status, line["applied"], err) == (0, 2, sentence)
