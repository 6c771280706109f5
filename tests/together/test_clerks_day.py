"""A day as a clerk has it, by the command line alone: books imported without a network, then the exchange."""

import json
from pathlib import Path

import pytest

from tests.together.desk_at_work import at_the_centre
from tests.together.desk_process import run_command

BOOKS = sorted(
    path
    for path in (Path(__file__).parents[1] / "paper_logs").iterdir()
    if path.suffix in (".xlsx", ".xls", ".csv", ".ods")
)


class Clerk:
    """Types commands, each a process of its own."""

    def __init__(self, data_dir):
        self._data_dir = data_dir

    def types(self, *words, fails=False):
        done = run_command("--data-dir", str(self._data_dir), *words)
        assert (done.status != 0) is fails, done.err
        if fails:
            assert done.err.startswith("LK-")
            return done.err
        return [json.loads(line) for line in done.out.splitlines()]


@pytest.fixture
def clerk(tmp_path, central):
    made = Clerk(tmp_path / "loket")
    code = central.cli("enrol-code", "--office", "63.71.04.1003", "--desk", "A").stdout.strip()
    (enrolled,) = made.types("enrol", "--server", central.url, "--code", code)
    assert enrolled["office"] == "63.71.04.1003"
    return made


def test_five_books_reach_the_centre_row_by_row(central, clerk):
    assert len(BOOKS) == 5
    central.stop()
    accepted = 0
    for book in BOOKS:
        (done,) = clerk.types("import", str(book))
        assert done["read"] == done["accepted"] + done["duplicates"] + len(done["rejected"])
        accepted += done["accepted"]
    (again,) = clerk.types("import", str(BOOKS[0]))
    assert again["accepted"] == 0
    (note,) = clerk.types("list", "--limit", "1")
    clerk.types("follow-up", note["reference"], "Ditelepon, akan diperiksa.")
    assert "LK-3001" in clerk.types("exchange", fails=True)
    assert len(clerk.types("outbox")) == accepted + 1

    central.start()
    (outcome,) = clerk.types("exchange")
    assert (outcome["sent"], outcome["applied"], outcome["rejected"]) == (accepted + 1, accepted + 1, 0)
    assert outcome["received"] == len(central.sql("SELECT id FROM record WHERE type IN ('agency', 'category')"))
    assert outcome["round_trips"] == -(-outcome["sent"] // 500)
    assert clerk.types("outbox") == []
    desk = {line["id"]: line for line in clerk.types("list", "--reveal")}
    assert len(desk) == accepted
    assert desk == at_the_centre(central, "63.71.04.1003")
    assert {line["sync_state"] for line in desk.values()} == {"acknowledged"}
    (quiet,) = clerk.types("exchange")
    assert (quiet["sent"], quiet["received"]) == (0, 0)
    clerk.types("doctor")
