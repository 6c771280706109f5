"""Taking a complaint in: drafts that are never lost, numbers that are never given twice, all or nothing."""

import uuid
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Channel, Classification, Priority, Status, SyncState
from kelurahan_client.errors import FieldErrors, InputError, NotEnrolled, NotFound
from kelurahan_client.services import intake, lists
from kelurahan_client.services.desk import (
    Desk,
    current_officer,
    find_identity,
    keep_identity,
    set_officer,
)
from kelurahan_client.store import listing, outbox
from sync.protocol import Mutation, Op
from tests.desk_making import FEW, DeskAt, FakeClock, an_intake, identity_of, register

NIK = "6371034508900001"


def said(desk: Desk) -> list[Mutation]:
    """What the outbox holds, in order."""
    with desk.store.read() as transaction:
        found = outbox.waiting(transaction, outbox.tail(transaction).epoch, after=0, limit=10_000)
    return [msgspec.json.decode(entry.line, type=Mutation) for entry in found]


def count(desk: Desk) -> int:
    return len(lists.keys(desk, lists.ListFilter()))


def test_a_registered_complaint_has_its_number_times_and_deadline(desk: Desk, clock: FakeClock) -> None:
    made = register(desk, agency="DISHUB", category="PJU", reporter_nik=NIK)
    assert made.reference == "0403A-26-00001-0"
    assert (made.office, made.desk) == ("63.71.04.1003", "A")
    assert made.recorded_at == clock.at
    assert made.server_received_at is None
    assert made.received_date == date(2026, 8, 3)
    assert made.due_date == date(2026, 8, 6)  # three working days for the verification
    assert (made.status, made.sync_state, made.rev) == (Status.RECEIVED, SyncState.PENDING, 0)
    assert made.title == "Lampu jalan di Gang Mawar padam sejak tiga hari lalu"
    with desk.store.read() as transaction:
        stored = listing.page(transaction, [1])
    assert stored[0].id == made.id


def test_the_outbox_tells_what_was_filled_and_nothing_else(desk: Desk) -> None:
    made = register(desk)
    (told,) = said(desk)
    assert (told.op, told.type, told.id, told.base_rev) == (Op.CREATE, "complaint", made.id, 0)
    assert told.actor == "Petugas"
    assert told.set == {
        "reference": made.reference,
        "office": "63.71.04.1003",
        "desk": "A",
        "received_date": "2026-08-03",
        "recorded_at": "2026-08-03T02:32:11Z",
        "reporter_name": "Siti Aminah",
        "reporter_phone": "081251234567",
        "anonymous": False,
        "confidential": False,
        "title": made.title,
        "statement": made.statement,
        "due_date": "2026-08-06",
    }


def test_numbers_go_on_by_year_and_never_come_twice(desk: Desk, clock: FakeClock) -> None:
    first = [register(desk).reference for _ in range(2)]
    clock.move(days=151)  # 1 January 2027 at the counter
    later = register(desk, received_date=date(2027, 1, 1)).reference
    assert [one[:14] for one in (*first, later)] == ["0403A-26-00001", "0403A-26-00002", "0403A-27-00001"]


def test_the_year_is_that_of_the_counter_not_of_greenwich(desk: Desk, clock: FakeClock) -> None:
    clock.at = clock.at.replace(year=2026, month=12, day=31, hour=17)  # 01.00 WITA on New Year's day
    assert register(desk).reference.startswith("0403A-27-")


def test_a_desk_that_was_set_up_anew_goes_on_above_its_old_numbers(config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(config)
    keep_identity(desk, identity_of(letter="B"), {"26": 41})
    assert register(desk).reference.startswith("0403B-26-00042-")


def test_before_its_enrolment_a_desk_keeps_drafts_but_registers_nothing(config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(config)
    assert find_identity(desk) is None
    draft = intake.save_draft(desk, {"statement": "Banjir."})
    with pytest.raises(NotEnrolled):
        intake.register(desk, an_intake(), draft.id)
    assert [one.id for one in intake.open_drafts(desk)] == [draft.id]
    assert count(desk) == 0


def test_an_id_is_a_uuid_of_version_seven(desk: Desk) -> None:
    ids = [desk.new_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert {uuid.UUID(id_).version for id_ in ids} == {7}
    assert {uuid.UUID(id_).variant for id_ in ids} == {uuid.RFC_4122}


def test_a_draft_is_there_again_after_the_program_was_killed(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    set_officer(desk, "Rahmah")
    draft = intake.save_draft(desk, {"reporter_name": "Si", "anonymous": None, "rt": "1", "attached": ["a.jpg"]})
    desk.store._engine.dispose()  # nothing is closed in order
    desk.store._lock.release()
    assert intake.open_drafts(desk_at(enrolled_config)) == [draft]
    assert draft.officer == "Rahmah"


def test_drafts_are_overwritten_set_aside_and_brought_back(desk: Desk, clock: FakeClock) -> None:
    first = intake.save_draft(desk, {"statement": "Ban"})
    clock.move(seconds=1)
    second = intake.save_draft(desk, {"statement": "Sampah"})
    clock.move(seconds=1)
    again = intake.save_draft(desk, {"statement": "Banjir"}, first.id)
    assert (again.created_at, again.updated_at) == (first.created_at, clock.at)
    assert [draft.fields["statement"] for draft in intake.open_drafts(desk)] == ["Banjir", "Sampah"]
    intake.discard_draft(desk, second.id)
    assert [draft.id for draft in intake.open_drafts(desk)] == [first.id]
    assert intake.restore_draft(desk, second.id).fields == {"statement": "Sampah"}
    assert len(intake.open_drafts(desk)) == 2


def test_a_draft_set_aside_is_forgotten_after_a_week(desk: Desk, clock: FakeClock) -> None:
    draft = intake.save_draft(desk, {"statement": "Rahasia orang"})
    intake.discard_draft(desk, draft.id)
    clock.move(days=6, hours=23)
    intake.open_drafts(desk)
    intake.restore_draft(desk, draft.id)
    intake.discard_draft(desk, draft.id)
    clock.move(days=7, seconds=1)
    intake.open_drafts(desk)
    with pytest.raises(NotFound):
        intake.restore_draft(desk, draft.id)


@FEW
@given(fields=st.dictionaries(st.text(max_size=20), st.text(max_size=50) | st.none() | st.booleans() | st.integers()))
def test_whatever_stands_in_a_form_comes_back_as_it_was(desk: Desk, fields: dict[str, Any]) -> None:
    draft = intake.save_draft(desk, fields)
    assert draft.fields == fields


def test_half_a_character_in_a_form_is_kept_too(desk: Desk) -> None:
    assert intake.save_draft(desk, {"statement": "a\ud83db\x00"}).fields == {"statement": "a\ud83db\x00"}


def test_a_draft_of_a_megabyte_is_refused_in_a_sentence(desk: Desk) -> None:
    with pytest.raises(InputError, match="terlalu panjang"):
        intake.save_draft(desk, {"statement": "x" * 1_000_000})
    assert intake.open_drafts(desk) == []


def test_registering_ends_the_draft_and_failing_keeps_it(desk: Desk) -> None:
    draft = intake.save_draft(desk, {"statement": "Lampu"})
    with pytest.raises(FieldErrors):
        intake.register(desk, an_intake(statement="", received_date=date(2062, 1, 1)), draft.id)
    assert [one.id for one in intake.open_drafts(desk)] == [draft.id]
    intake.register(desk, an_intake(), draft.id)
    assert intake.open_drafts(desk) == []
    with pytest.raises(NotFound):
        intake.restore_draft(desk, draft.id)


def test_what_was_not_asked_is_said(desk: Desk) -> None:
    found = intake.register(desk, an_intake(anonymous=None, confidential=None))
    assert any("anonim" in warning for warning in found.complaint.warnings)
    assert any("rahasia" in warning for warning in found.complaint.warnings)


def test_all_of_a_list_or_none_of_it(desk: Desk) -> None:
    good = {"reporter_name": "Siti", "statement": "Lampu padam."}
    with pytest.raises(FieldErrors) as caught:
        intake.add_all(desk, [good, good | {"received_date": "3 Agustus"}, good | {"colour": "red"}])
    assert set(caught.value.fields) == {"2. received_date", "3. colour"}
    assert count(desk) == 0
    assert said(desk) == []
    made = intake.add_all(desk, [good, good])
    assert [one.reference[:14] for one in made] == ["0403A-26-00001", "0403A-26-00002"]
    assert intake.add_all(desk, []) == []


def test_words_and_codes_are_understood(desk: Desk) -> None:
    (made,) = intake.add_all(
        desk,
        [
            {
                "reporter_name": "Siti",
                "statement": "Kapan air mengalir?",
                "classification": "permintaan informasi",
                "channel": "WA",
                "priority": "mendesak",
                "received_date": "2026-08-01",
                "event_date": "",
                "book_line": 14,
                "resident": False,
                "confidential": True,
                "rt": "7/2",
                "note": None,
            }
        ],
    )
    assert made.classification is Classification.INFORMATION
    assert made.channel is Channel.PHONE
    assert made.priority is Priority.URGENT
    assert (made.received_date, made.event_date, made.book_line) == (date(2026, 8, 1), None, 14)
    assert (made.resident, made.confidential, made.rt, made.rw, made.note) == (False, True, "007", "002", "")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"statement": 7}, "statement"),
        ({"statement": ["a"]}, "statement"),
        ({"statement": "x" * 1_000_000}, "statement"),
        ({"statement": " \x00 "}, "statement"),
        ({"title": "x" * 1_000_000}, "title"),
        ({"reporter_name": "x" * 1_000_000}, "reporter_name"),
        ({"reporter_name": "-"}, "reporter_name"),
        ({"reporter_phone": "1" * 1_000_000}, "reporter_phone"),
        ({"reporter_nik": "1" * 1_000_000}, "reporter_nik"),
        ({"received_date": "2062-08-03"}, "received_date"),
        ({"received_date": "1962-08-03"}, "received_date"),
        ({"received_date": "03/08/2026"}, "received_date"),
        ({"received_date": None}, "received_date"),
        ({"received_date": 20260803}, "received_date"),
        ({"received_date": "2026-02-30"}, "received_date"),
        ({"event_date": "2062-08-03"}, "event_date"),
        ({"event_date": "2026-08-04"}, "event_date"),
        ({"classification": "keluhan keras"}, "classification"),
        ({"channel": ""}, "channel"),
        ({"priority": "besok"}, "priority"),
        ({"anonymous": "ya"}, "anonymous"),
        ({"anonymous": 1}, "anonymous"),
        ({"confidential": "false"}, "confidential"),
        ({"resident": None}, "resident"),
        ({"book_line": "14"}, "book_line"),
        ({"book_line": True}, "book_line"),
        ({"book_line": 0}, "book_line"),
        ({"book_line": 10**30}, "book_line"),
        ({"book_line": 1.5}, "book_line"),
        ({"category": "TIDAK_ADA"}, "category"),
        ({"agency": "TIDAK_ADA"}, "agency"),
        ({"location_office": "31.71.01.1001"}, "location_office"),
        ({"rt": "0"}, "rt"),
        ({"reporter_sex": "X"}, "reporter_sex"),
        ({"status": "resolved"}, "status"),
        ({"reference": "0403A-26-00001-0"}, "reference"),
        ({"warnings": []}, "warnings"),
        ({"id": "1"}, "id"),
        ({"": "1"}, ""),
        ({"x" * 1_000: "1"}, "x" * 1_000),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_bad_input_is_refused_in_a_sentence_for_its_field(desk: Desk, values: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        intake.add_all(desk, [{"reporter_name": "Siti", "statement": "Lampu padam."} | values])
    assert set(caught.value.fields) == {field}
    sentence = caught.value.fields[field]
    assert sentence.endswith((".", "?"))
    assert len(sentence) < 300
    assert count(desk) == 0
    assert said(desk) == []


@pytest.mark.parametrize("value", [None, 1, "text", [], [1]])
def test_an_item_that_is_no_object(desk: Desk, value: Any) -> None:
    with pytest.raises(FieldErrors, match="objek JSON"):
        intake.add_all(desk, [value])


def test_a_nik_in_the_telephones_place_is_moved_with_a_word_about_it(desk: Desk) -> None:
    (made,) = intake.add_all(desk, [{"reporter_name": "Siti", "statement": "Lampu padam.", "reporter_phone": NIK}])
    assert (made.reporter_phone, made.reporter_nik) == ("", NIK)
    assert "NIK tertulis di kolom HP; dipindahkan ke kolom NIK." in made.warnings


def test_null_bytes_and_direction_marks_are_taken_out_with_a_word_about_it(desk: Desk) -> None:
    (made,) = intake.add_all(desk, [{"reporter_name": "Si\u202eti\u200f", "statement": "Lam\x00pu \ud800 padam."}])
    assert (made.reporter_name, made.statement) == ("Siti", "Lampu padam.")
    assert len([warning for warning in made.warnings if "dibuang" in warning]) == 2
    told = said(desk)[0].set
    assert (told["reporter_name"], told["statement"]) == ("Siti", "Lampu padam.")


def test_the_officer_is_remembered_and_cleaned(desk: Desk) -> None:
    assert current_officer(desk).name == "Petugas"
    set_officer(desk, "  Nor\x00   Hayati \u202e", "Kasi Pelayanan")
    assert (current_officer(desk).name, current_officer(desk).role) == ("Nor Hayati", "Kasi Pelayanan")
    register(desk)
    assert said(desk)[0].actor == "Nor Hayati"
    for empty in ("", "  ", "\x00", "x" * 101):
        with pytest.raises(InputError):
            set_officer(desk, empty)
    assert current_officer(desk).name == "Nor Hayati"
