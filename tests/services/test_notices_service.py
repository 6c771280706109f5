"""Notices of the centre, and complaints whose number was given twice."""

import json
from dataclasses import replace

import pytest

from kelurahan_client.cli import main
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import TimelineEntry
from kelurahan_client.domain.fields import flat
from kelurahan_client.errors import InputError
from kelurahan_client.services import doctor, handling, notices
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.store import complaints, new_complaints
from kelurahan_client.store.new_complaints import NewRow
from tests.desk_making import FakeClock, register

TWICE = "Nomor 0403A-26-00001-0 dipakai 2 pengaduan."
COPIED = "Data loket A disalin dari komputer lain."


@pytest.fixture
def told(desk: Desk, clock: FakeClock) -> Desk:
    """A desk that the centre has told of a copy, and a minute later of a number; besides it has a story of its own."""
    made = register(desk)
    handling.follow_up(desk, made.id, "Ditelepon")
    with desk.store.write() as transaction:
        for number, (about, text) in enumerate((("", COPIED), (made.id, TWICE))):
            entry = TimelineEntry(
                id=f"notice-{number}", kind="notice", text=text, actor="", at=clock.at, acknowledged=True
            )
            complaints.add_entries(transaction, [about], [entry])
            clock.move(minutes=1)
    return desk


def test_the_newest_come_first_with_the_number_that_they_are_about(told: Desk) -> None:
    found = notices.newest(told)
    assert [(notice.text, notice.reference) for notice in found] == [(TWICE, "0403A-26-00001-0"), (COPIED, "")]
    assert [notice.text for notice in notices.newest(told, limit=1)] == [TWICE]
    report = doctor.examine(told, find_identity(told))
    assert (report.notices, report.problems) == ((TWICE, COPIED), ())


def test_what_was_read_is_not_told_again_and_a_new_desk_hears_of_nothing_old(told: Desk, clock: FakeClock) -> None:
    assert [notice.text for notice in notices.unread(told)] == [TWICE, COPIED]
    notices.mark_read(told, notices.unread(told)[-1].at)
    assert [notice.text for notice in notices.unread(told)] == [TWICE]
    clock.move(days=15)
    assert notices.unread(told) == []


def test_the_command_prints_them(told: Desk, enrolled_config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    told.store.close()
    assert main(["--data-dir", str(enrolled_config.data_dir), "notices"]) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["text"] for line in printed] == [TWICE, COPIED]
    assert printed[0]["at"] == "2026-08-03T02:33:11Z"


def test_a_number_that_two_complaints_have_asks_for_the_id(desk: Desk) -> None:
    made = register(desk, reporter_name="Siti Aminah")
    twin = replace(made, id="0198a000-0000-7000-8000-0000000000ff", reporter_name="")
    with desk.store.write() as transaction:
        new_complaints.insert_many(transaction, [NewRow(values=flat(twin))])
    with pytest.raises(InputError) as caught:
        handling.find(desk, made.reference)
    assert f"{made.id} (Siti Aminah)" in str(caught.value)
    assert f"{twin.id} (tanpa nama)" in str(caught.value)
    assert handling.find(desk, f" {twin.id} ") == twin
    assert handling.find(desk, made.id) == made
