"""What is done with a complaint afterwards: only what changed is told, with what stood there before."""

from datetime import date
from typing import Any

import msgspec
import pytest

from kelurahan_client.domain.complaint import Complaint, Status, SyncState
from kelurahan_client.errors import FieldErrors, IllegalStep, InputError, NotFound
from kelurahan_client.services import handling, lists
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.store import complaints, outbox
from sync.protocol import Mutation, Op
from tests.desk_making import FakeClock, register

NIK = "6371034508900001"


def last_said(desk: Desk) -> Mutation:
    with desk.store.read() as transaction:
        end = outbox.tail(transaction)
        return msgspec.json.decode(outbox.by_numbers(transaction, end.epoch, end.n, end.n)[end.n].line, type=Mutation)


def how_many_said(desk: Desk) -> int:
    with desk.store.read() as transaction:
        return outbox.tail(transaction).n


def acknowledge(desk: Desk, made: Complaint, rev: int = 3) -> None:
    """As an exchange would leave it."""
    with desk.store.write() as transaction:
        complaints.set_revisions(transaction, {made.id: (rev, "")})
        complaints.set_sync_states(transaction, {made.id: SyncState.ACKNOWLEDGED})


def test_a_number_is_found_however_it_is_typed(desk: Desk) -> None:
    made = register(desk)
    for typed in (made.reference, made.reference.lower(), made.reference.replace("-", " "), f" {made.reference} "):
        assert handling.find(desk, typed).id == made.id
    with pytest.raises(InputError, match="huruf periksanya"):
        handling.find(desk, made.reference[:-1] + "Z")
    with pytest.raises(NotFound, match="0403A-26-00017-K"):
        handling.find(desk, "0403A-26-00017-K")
    for nonsense in ("", "x" * 1_000_000, "\x00", "\ud800"):
        with pytest.raises(InputError):
            handling.find(desk, nonsense)


def test_an_edit_tells_only_what_changed_and_what_it_was(desk: Desk) -> None:
    made = register(desk, location="Gang Mawar")
    acknowledge(desk, made)
    set_officer(desk, "Rahmah")
    found = handling.edit(
        desk, made.id, {"location": "Muka Langgar", "reporter_name": "Siti Aminah", "agency": "DISHUB"}
    )
    assert (found.location, found.agency, found.reporter_name) == ("Muka Langgar", "DISHUB", "Siti Aminah")
    assert found.sync_state is SyncState.PENDING
    told = last_said(desk)
    assert (told.op, told.id, told.base_rev, told.actor) == (Op.PATCH, made.id, 3, "Rahmah")
    assert told.set == {"location": "Muka Langgar", "agency": "DISHUB"}
    assert told.was == {"location": "Gang Mawar", "agency": ""}
    entry = lists.detail(desk, made.id).timeline[0]
    assert (entry.kind, entry.actor, entry.acknowledged) == ("edit", "Rahmah", False)
    assert entry.fields == {"location": ("Gang Mawar", "Muka Langgar"), "agency": ("", "DISHUB")}


def test_the_same_value_again_changes_nothing(desk: Desk) -> None:
    made = register(desk)
    acknowledge(desk, made)
    assert handling.edit(desk, made.id, {"reporter_name": " Siti  Aminah"}).sync_state is SyncState.ACKNOWLEDGED
    assert how_many_said(desk) == 1
    assert [entry.kind for entry in lists.detail(desk, made.id).timeline] == ["registered"]


@pytest.mark.parametrize(
    "name",
    (
        "id reference office desk received_date channel recorded_at agency_written book_number book_line warnings "
        "status due_date rev sync_state server_received_at colour"
    ).split(),
)
def test_what_is_fixed_or_unknown_is_refused(desk: Desk, name: str) -> None:
    made = register(desk)
    with pytest.raises(FieldErrors) as caught:
        handling.edit(desk, made.id, {name: "x", "location": "Muka Langgar"})
    assert set(caught.value.fields) == {name}
    assert handling.find(desk, made.reference) == made
    assert how_many_said(desk) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": ""}, "statement"),
        ({"statement": "x" * 1_000_000}, "statement"),
        ({"event_date": "2062-01-01"}, "event_date"),
        ({"event_date": "kemarin"}, "event_date"),
        ({"agency": "TIDAK_ADA"}, "agency"),
        ({"anonymous": "ya"}, "anonymous"),
        ({"rt": "0"}, "rt"),
        ({"reporter_name": "Anonim"}, "reporter_name"),
        ({"reporter_name": ""}, "reporter_name"),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_a_bad_value_is_refused_and_nothing_is_half_written(desk: Desk, changes: dict[str, Any], field: str) -> None:
    made = register(desk)
    with pytest.raises(FieldErrors) as caught:
        handling.edit(desk, made.id, changes | {"location": "Muka Langgar"})
    assert set(caught.value.fields) == {field}
    assert handling.find(desk, made.reference) == made
    assert how_many_said(desk) == 1


def test_an_old_fault_elsewhere_does_not_bar_an_edit(desk: Desk) -> None:
    made = register(desk)
    with desk.store.write() as transaction:
        stored = complaints.get(transaction, made.id)
        assert stored is not None
        complaints.change(transaction, stored, {"category": "OF_A_NEWER_CENTRE", "rt": "12/7"})
    found = handling.edit(desk, made.id, {"location": "Muka Langgar"})
    assert (found.category, found.rt, found.location) == ("OF_A_NEWER_CENTRE", "12/7", "Muka Langgar")
    assert last_said(desk).set == {"location": "Muka Langgar"}


def test_rt_and_rw_written_together_both_arrive(desk: Desk) -> None:
    made = register(desk)
    assert handling.edit(desk, made.id, {"rt": "12/5"}).rw == "005"
    assert last_said(desk).set == {"rt": "012", "rw": "005"}
    with pytest.raises(FieldErrors, match="dua kali"):  # another RW than the one that stands there
        handling.edit(desk, made.id, {"rt": "12/6"})
    found = handling.edit(desk, made.id, {"rt": "7", "rw": "6"})
    assert (found.rt, found.rw) == ("007", "006")


def test_anonim_written_as_the_name_marks_the_reporter(desk: Desk) -> None:
    made = register(desk, anonymous=None)
    found = handling.edit(desk, made.id, {"reporter_name": "Anonim"})
    assert (found.reporter_name, found.anonymous) == ("", True)
    assert last_said(desk).set == {"reporter_name": "", "anonymous": True}
    assert last_said(desk).was == {"reporter_name": "Siti Aminah", "anonymous": None}


def test_a_nik_typed_as_the_telephone_is_moved_with_a_word_about_it(desk: Desk) -> None:
    made = register(desk)
    heard: list[str] = []
    found = handling.edit(desk, made.id, {"reporter_phone": NIK}, heard.append)
    assert (found.reporter_phone, found.reporter_nik) == ("", NIK)
    assert heard == ["NIK tertulis di kolom HP; dipindahkan ke kolom NIK."]
    assert last_said(desk).was == {"reporter_phone": "081251234567", "reporter_nik": ""}
    handling.edit(desk, made.id, {"reporter_nik": "123"}, heard.append)
    assert "16 angka" in heard[-1]
    said_before = len(heard)
    handling.edit(desk, made.id, {"location": "Muka Langgar"}, heard.append)
    assert len(heard) == said_before  # what was odd before is not said again


def test_another_classification_has_another_deadline(desk: Desk) -> None:
    made = register(desk)
    verified = handling.transition(desk, made.id, Status.VERIFIED)
    assert verified.due_date == date(2026, 8, 24)  # 14 working days, with 17 August free
    found = handling.edit(desk, made.id, {"classification": "permintaan informasi"})
    assert found.due_date == date(2026, 8, 10)
    told = last_said(desk)
    assert told.set == {"classification": "permintaan_informasi", "due_date": "2026-08-10"}
    assert told.was == {"classification": "pengaduan", "due_date": "2026-08-24"}


def test_a_complaint_about_officials_has_its_longer_limit(desk: Desk) -> None:
    made = handling.transition(desk, register(desk, category="PJU").id, Status.VERIFIED)
    assert made.due_date == date(2026, 8, 24)
    found = handling.edit(desk, made.id, {"category": "PUNGLI"})
    assert found.due_date == date(2026, 10, 28)  # 60 working days, with 17 and 25 August free
    told = last_said(desk)
    assert told.set == {"category": "PUNGLI", "due_date": "2026-10-28"}
    assert handling.edit(desk, made.id, {"category": "PJU"}).due_date == made.due_date
    handling.edit(desk, made.id, {"category": "JALAN_RUSAK"})
    assert last_said(desk).set == {"category": "JALAN_RUSAK"}


def test_no_change_at_all_and_nobody_there(desk: Desk) -> None:
    made = register(desk)
    with pytest.raises(InputError):
        handling.edit(desk, made.id, {})
    for work in (
        lambda: handling.edit(desk, "nobody", {"location": "x"}),
        lambda: handling.follow_up(desk, "nobody", "x"),
        lambda: handling.transition(desk, "nobody", Status.VERIFIED),
        lambda: lists.detail(desk, "nobody"),
        lambda: lists.reveal(desk, "nobody", "menghubungi pelapor"),
    ):
        with pytest.raises(NotFound):
            work()


def test_a_follow_up_is_added_and_told(desk: Desk) -> None:
    made = register(desk)
    acknowledge(desk, made)
    entry = handling.follow_up(desk, made.id, "  Sudah ditinjau\u202e.\r\nMenunggu alat.\x00 ")
    assert entry.text == "Sudah ditinjau.\nMenunggu alat."
    told = last_said(desk)
    assert (told.op, told.type, told.id, told.base_rev) == (Op.APPEND, "follow_up", entry.id, 3)
    assert told.set == {"complaint": made.id, "text": entry.text}
    found = lists.detail(desk, made.id)
    assert found.timeline[0] == entry
    assert found.complaint.sync_state is SyncState.PENDING


@pytest.mark.parametrize("text", ["", "   ", "\x00\u202e", "x" * 1_000_000])
def test_an_empty_or_endless_follow_up_is_refused(desk: Desk, text: str) -> None:
    made = register(desk)
    with pytest.raises(InputError) as caught:
        handling.follow_up(desk, made.id, text)
    assert len(str(caught.value)) < 300
    assert how_many_said(desk) == 1


def test_a_step_is_told_with_what_goes_with_it(desk: Desk, clock: FakeClock) -> None:
    made = register(desk, category="PJU")
    clock.move(minutes=5)
    found = handling.transition(desk, made.id, Status.VERIFIED, "Sudah dicek.")
    assert found.status is Status.VERIFIED
    told = last_said(desk)
    step = lists.detail(desk, made.id).timeline[0]
    assert (told.op, told.id) == (Op.TRANSITION, made.id)
    assert told.set == {"status": "verified", "due_date": "2026-08-24", "step": step.id, "note": "Sudah dicek."}
    assert told.was == {"status": "received", "due_date": "2026-08-06"}
    assert (step.kind, step.text, step.at) == ("status", "Sudah dicek.", clock.at)
    assert (step.status_from, step.status_to) == (Status.RECEIVED, Status.VERIFIED)


def test_a_referral_needs_an_agency_that_exists(desk: Desk) -> None:
    made = register(desk)
    handling.transition(desk, made.id, Status.VERIFIED)
    with pytest.raises(FieldErrors, match="Pilih SKPD"):
        handling.transition(desk, made.id, Status.REFERRED)
    with pytest.raises(FieldErrors, match="tidak dikenal"):
        handling.transition(desk, made.id, Status.REFERRED, agency="Dinas Sihir")
    assert how_many_said(desk) == 2
    found = handling.transition(desk, made.id, Status.REFERRED, agency="Dinas Perhubungan")
    assert (found.status, found.agency) == (Status.REFERRED, "DISHUB")
    assert last_said(desk).set["agency"] == "DISHUB"
    assert last_said(desk).was == {"status": "verified", "agency": ""}


def test_a_referral_takes_the_agency_that_was_chosen_before(desk: Desk) -> None:
    made = register(desk, agency="PUPR")
    handling.transition(desk, made.id, Status.VERIFIED)
    assert handling.transition(desk, made.id, Status.REFERRED).agency == "PUPR"
    assert "agency" not in last_said(desk).set


def test_the_kecamatan_is_that_of_the_place(desk: Desk) -> None:
    made = register(desk)
    handling.transition(desk, made.id, Status.VERIFIED)
    assert handling.transition(desk, made.id, Status.REFERRED, agency="Kecamatan").agency == "KEC_UTARA"


def test_an_agency_without_a_referral_is_not_passed_over_in_silence(desk: Desk) -> None:
    made = register(desk)
    with pytest.raises(FieldErrors, match="disposisi"):
        handling.transition(desk, made.id, Status.VERIFIED, agency="DLH")
    assert how_many_said(desk) == 1


@pytest.mark.parametrize("to", [Status.ON_HOLD, Status.OUT_OF_JURISDICTION, Status.ARCHIVED])
def test_a_step_that_needs_a_reason(desk: Desk, to: Status) -> None:
    made = register(desk)
    for empty in ("", "  ", "\x00"):
        with pytest.raises(IllegalStep, match="perlu alasan"):
            handling.transition(desk, made.id, to, empty)
    with pytest.raises(InputError, match="terlalu panjang"):
        handling.transition(desk, made.id, to, "x" * 1_000_000)
    found = handling.transition(desk, made.id, to, "Pengaduan ganda.")
    assert found.due_date == (date(2026, 8, 24) if to is Status.ON_HOLD else None)


def test_an_illegal_step_changes_nothing(desk: Desk) -> None:
    made = register(desk)
    for to in (Status.RECEIVED, Status.REFERRED, Status.RESOLVED, Status.CLOSED, Status.IN_PROGRESS):
        with pytest.raises(IllegalStep, match="tidak bisa"):
            handling.transition(desk, made.id, to, "Alasan.")
    assert handling.find(desk, made.reference) == made
    assert how_many_said(desk) == 1


def resolved(desk: Desk) -> Complaint:
    made = register(desk)
    for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        handling.transition(desk, made.id, to, "Lampu diganti.")
    return handling.find(desk, made.reference)


def test_what_is_resolved_may_be_opened_again_for_ten_working_days(desk: Desk, clock: FakeClock) -> None:
    made = resolved(desk)
    assert made.due_date is None
    clock.move(days=15)  # Tuesday 18 August: the tenth working day, since the 17th is free
    with pytest.raises(IllegalStep, match="perlu alasan"):
        handling.transition(desk, made.id, Status.IN_PROGRESS)
    again = handling.transition(desk, made.id, Status.IN_PROGRESS, "Padam lagi.")
    assert again.due_date == date(2026, 8, 24)


def test_after_that_it_may_not(desk: Desk, clock: FakeClock) -> None:
    made = resolved(desk)
    clock.move(days=16)
    with pytest.raises(IllegalStep, match="18 Agustus 2026"):
        handling.transition(desk, made.id, Status.IN_PROGRESS, "Padam lagi.")


def test_closing_counts_the_days_anew(desk: Desk, clock: FakeClock) -> None:
    made = resolved(desk)
    clock.move(days=10)
    handling.transition(desk, made.id, Status.CLOSED, "Pelapor puas.")
    clock.move(days=10)
    assert handling.transition(desk, made.id, Status.IN_PROGRESS, "Padam lagi.").status is Status.IN_PROGRESS


def test_a_conflict_or_a_rejection_stays_in_sight(desk: Desk) -> None:
    made = register(desk)
    for state in (SyncState.CONFLICT, SyncState.REJECTED):
        with desk.store.write() as transaction:
            complaints.set_sync_states(transaction, {made.id: state})
        handling.follow_up(desk, made.id, "Sudah ditinjau.")
        assert handling.find(desk, made.reference).sync_state is state


@pytest.mark.parametrize(
    ("typed", "status"),
    [("verified", Status.VERIFIED), ("IN_PROGRESS", Status.IN_PROGRESS), ("in progress", Status.IN_PROGRESS)],
)
def test_a_status_is_read_as_code_or_word(typed: str, status: Status) -> None:
    assert handling.read_status(typed) is status


@pytest.mark.parametrize("typed", ["", "selesaikan semuanya", "x" * 1_000_000, "\x00"])
def test_an_unknown_status_is_answered_with_those_there_are(typed: str) -> None:
    with pytest.raises(InputError, match="out_of_jurisdiction") as caught:
        handling.read_status(typed)
    assert len(str(caught.value)) < 300
