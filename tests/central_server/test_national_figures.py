"""The national figures that a city enters: typed at the centre, kept with who entered them, sent to every desk."""

import json
import re

import pytest

ONE = ("--measure", "resolution", "--since", "2025-12-01")


def told(done):
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_entered_corrected_and_taken_back(central, new_desk, command):
    desk = new_desk(central)
    done = central.cli("figures", "add", *ONE, "--days", "9,4", "--source", "  Laporan  Ombudsman 2025\n")
    body = {
        "measure": "resolution",
        "effective_from": "2025-12-01",
        "working_days": "9.4",
        "source": "Laporan Ombudsman 2025",
    }
    assert told(done) == [body]
    (change,) = desk.exchange().changes
    assert (change.type, change.body, change.rev) == ("national_figure", body, 1)
    (listed,) = told(command(central, "figures", "list"))
    assert {name: listed[name] for name in body} == body
    assert listed["entered_by"]
    assert listed["entered_at"].endswith("Z")

    told(command(central, "figures", "correct", *ONE, "--days", "8"))
    assert desk.exchange().change(change.id).body == body | {"working_days": "8"}
    told(command(central, "figures", "correct", *ONE, "--days", "8.0"))  # says nothing new
    assert desk.exchange().changes == []

    assert told(command(central, "figures", "remove", *ONE)) == [
        {"measure": "resolution", "effective_from": "2025-12-01", "removed": True}
    ]
    assert told(command(central, "figures", "list")) == []
    (gone,) = desk.exchange().changes
    assert (gone.id, gone.gone) == (change.id, True)
    told(command(central, "figures", "add", *ONE, "--days", "7.25", "--source", "Ralat"))
    (again,) = desk.exchange().changes
    assert (again.id, again.gone, again.body["working_days"]) == (change.id, False, "7.25")
    kept = central.sql("SELECT field, value FROM history WHERE record = :id ORDER BY id", id=change.id)
    assert [json.loads(row["value"]) for row in kept if row["field"] == "working_days"] == ["9.4", "8", "7.25"]
    assert [row["value"] for row in kept if row["field"] == "deleted"] == ["true"]


def test_a_fresh_desk_of_any_office_gets_what_counts(central, new_desk, command):
    told(command(central, "figures", "add", *ONE, "--days", "9.4", "--source", "A"))
    told(command(central, "figures", "add", "--measure", "first_answer", *ONE[2:], "--days", "3", "--source", "B"))
    told(command(central, "figures", "remove", *ONE))
    for _ in range(2):
        desk = new_desk(central)
        desk.cursor = ""
        (figure,) = desk.all_pages().of_type("national_figure")
        assert (figure.body["measure"], figure.gone) == ("first_answer", False)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *(("--days", wrong) for wrong in ("0", "0.00", "-1", "1e3", "nan", "9.456", "12345", "", "sembilan", "٣")),
        *(("--since", wrong) for wrong in ("2025-02-30", "20251201", "1-12-2025", "1999-12-31", "2205-12-01", "")),
        *(("--source", wrong) for wrong in ("", "  \n", "\u200b", "x" * 301)),
    ],
)
def test_what_is_no_figure_is_refused(shared_central, command, option, value):
    good = {"--measure": "resolution", "--since": "2025-12-01", "--days": "9.4", "--source": "Contoh"}
    given = good | {option: value}
    done = command(shared_central, "figures", "add", *(f"{name}={text}" for name, text in given.items()))
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"LK-4003 .+\n", done.stderr)
    assert shared_central.sql("SELECT id FROM record WHERE type = 'national_figure'") == []


def test_a_figure_is_not_replaced_unasked_and_none_is_corrected_that_is_not_there(central, command):
    told(command(central, "figures", "add", *ONE, "--days", "9.4", "--source", "A"))
    for arguments, number in (
        (("add", *ONE, "--days", "8", "--source", "B"), "LK-4003"),
        (("correct", *ONE), "LK-4003"),
        (("correct", "--measure", "first_answer", *ONE[2:], "--days", "8"), "LK-4004"),
        (("remove", "--measure", "resolution", "--since", "2025-12-02"), "LK-4004"),
    ):
        done = command(central, "figures", *arguments)
        assert (done.returncode, done.stdout, done.stderr[:7]) == (1, "", number)
    assert command(central, "figures", "add", "--measure", "speed", *ONE[2:], "--days", "8").returncode == 2
    (listed,) = told(command(central, "figures", "list"))
    assert (listed["working_days"], listed["source"]) == ("9.4", "A")
