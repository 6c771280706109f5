"""Deciding a contested field at the desk: what is written, what is told, and what is refused."""

from typing import Any

import msgspec
import pytest

from kelurahan_client.domain.complaint import Complaint, Status, SyncState
from kelurahan_client.errors import FieldErrors, InputError, NotFound
from kelurahan_client.services import deciding, handling, lists
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.store import complaints, imports, outbox
from kelurahan_client.store.imports import Conflict
from sync.protocol import Mutation, Op
from tests.desk_making import register

CONFLICT = "0198a000-0000-7000-8000-0000000000c1"


def contested(desk: Desk, field: str, *values: Any, base: Any = "", **fields: Any) -> Complaint:
    """A complaint that the centre has, whose field has these sides; the first stands."""
    made = register(desk, **fields)
    with desk.store.write() as transaction:
        complaints.set_revisions(transaction, {made.id: (3, "")})
        complaints.set_sync_states(transaction, {made.id: SyncState.CONFLICT})
        add_conflict(transaction, CONFLICT, made.id, field, *values, base=base)
    return made


def add_conflict(transaction: Any, id_: str, complaint_id: str, field: str, *values: Any, base: Any = "") -> None:
    sides = [{"id": f"s{number}", "value": value, "desk": "B"} for number, value in enumerate(values, start=1)]
    body = {"complaint": complaint_id, "field": field, "base": base, "sides": sides, "state": "open"}
    imports.put_conflict(transaction, Conflict(id_, complaint_id, field, body, open=True, rev=1))


def said(desk: Desk) -> Mutation:
    with desk.store.read() as transaction:
        end = outbox.tail(transaction)
        return msgspec.json.decode(outbox.by_numbers(transaction, end.epoch, end.n, end.n)[end.n].line, type=Mutation)


def how_much_said(desk: Desk) -> int:
    with desk.store.read() as transaction:
        return outbox.tail(transaction).n


def test_a_side_is_taken_by_its_id_or_its_number(desk: Desk) -> None:
    for side in ("s2", "2"):
        made = contested(desk, "title", "Satu", "Dua", title="Satu")
        set_officer(desk, "Rahmah")
        found = deciding.take_side(desk, CONFLICT, side, " Sudah  ditelepon. ")
        assert (found.title, found.sync_state) == ("Dua", SyncState.PENDING)
        told = said(desk)
        assert (told.op, told.type, told.id, told.actor) == (Op.RESOLVE, "conflict", CONFLICT, "Rahmah")
        assert told.set == {
            "complaint": made.id,
            "field": "title",
            "value": "Dua",
            "side": "s2",
            "sides": ["s1", "s2"],
            "reason": told.set["reason"],
        }
        assert told.set["reason"].startswith("Sudah")
        assert told.was == {"title": "Satu"}


def test_the_standing_side_changes_nothing_but_is_told(desk: Desk) -> None:
    made = contested(desk, "title", "Satu", "Dua", title="Satu")
    before = lists.detail(desk, made.id).complaint
    found = deciding.take_side(desk, CONFLICT, "s1")
    assert found.title == before.title
    assert said(desk).set["value"] == "Satu"
    (waiting,) = lists.detail(desk, made.id).conflicts
    assert waiting.decided
    assert lists.state(desk).conflicts == 0


def test_a_written_value_is_checked_like_an_edit(desk: Desk) -> None:
    contested(desk, "reporter_phone", "081251144471", "081251144472", reporter_phone="081251144471")
    before = how_much_said(desk)
    odd: list[str] = []
    with pytest.raises(FieldErrors):
        deciding.write_value(desk, CONFLICT, "8" * 400, "Ditelepon.", odd.append)
    with pytest.raises(InputError, match="alasan"):
        deciding.write_value(desk, CONFLICT, "081251144473", "  ")
    with pytest.raises(InputError, match="terlalu panjang"):
        deciding.write_value(desk, CONFLICT, "081251144473", "x" * 5_001)
    assert how_much_said(desk) == before
    found = deciding.write_value(desk, CONFLICT, "0812 5114 4473", "Ditelepon.")
    assert said(desk).set["value"] == found.reporter_phone
    assert "side" not in said(desk).set
    assert odd == []
    contested(desk, "reporter_phone", "081251144471", "081251144472", reporter_phone="081251144471")
    deciding.write_value(desk, CONFLICT, "dua nol", "Ditelepon.", odd.append)
    assert odd


def test_a_written_value_that_is_a_side_names_it(desk: Desk) -> None:
    contested(desk, "title", "Satu", "Dua", title="Satu")
    deciding.write_value(desk, CONFLICT, "Dua", "Begitu.")
    assert said(desk).set["side"] == "s2"


def test_a_flag_is_written_in_words(desk: Desk) -> None:
    contested(desk, "resident", True, False, base=True)
    assert deciding.write_value(desk, CONFLICT, "false", "Warga pendatang.").resident is False
    assert said(desk).set["value"] is False


def test_what_is_decided_waits_and_is_not_decided_twice(desk: Desk) -> None:
    contested(desk, "title", "Satu", "Dua", title="Satu")
    deciding.take_side(desk, CONFLICT, "s2")
    before = how_much_said(desk)
    with pytest.raises(InputError, match="menunggu dikirim"):
        deciding.take_side(desk, CONFLICT, "s1")
    with pytest.raises(InputError, match="menunggu dikirim"):
        deciding.write_value(desk, CONFLICT, "Tiga", "Begitu.")
    assert how_much_said(desk) == before


def test_a_closed_or_unknown_conflict_is_refused(desk: Desk) -> None:
    contested(desk, "title", "Satu", "Dua", title="Satu")
    with desk.store.write() as transaction:
        imports.close_conflict(transaction, CONFLICT)
    with pytest.raises(InputError, match="sudah diputuskan"):
        deciding.take_side(desk, CONFLICT, "s1")
    with pytest.raises(NotFound):
        deciding.take_side(desk, "tidak ada", "s1")


def test_a_side_that_is_not_there_is_refused(desk: Desk) -> None:
    contested(desk, "title", "Satu", "Dua", title="Satu")
    for side in ("s3", "3", "0", "-1", ""):
        with pytest.raises(NotFound, match="Usulan"):
            deciding.take_side(desk, CONFLICT, side)


def test_a_side_that_may_not_stand_is_refused(desk: Desk) -> None:
    contested(desk, "agency", "PUPR", "BUKAN-SKPD", agency="PUPR")
    with pytest.raises(FieldErrors):
        deciding.take_side(desk, CONFLICT, "s2")
    contested(desk, "priority", "biasa", "segera")
    with pytest.raises(FieldErrors, match="tidak dapat dibaca"):
        deciding.take_side(desk, CONFLICT, "s2")


def test_another_conflict_of_the_complaint_stays_in_sight(desk: Desk) -> None:
    made = contested(desk, "title", "Satu", "Dua", title="Satu")
    with desk.store.write() as transaction:
        add_conflict(transaction, "other", made.id, "location", "", "Muka pos")
    assert deciding.take_side(desk, CONFLICT, "s2").sync_state is SyncState.CONFLICT
    assert deciding.take_side(desk, "other", "2").sync_state is SyncState.PENDING


def test_a_status_is_decided_by_a_step_with_its_due_date(desk: Desk) -> None:
    made = contested(desk, "status", "received", "verified", base="received")
    found = deciding.take_side(desk, CONFLICT, "2", "Berkasnya ada.")
    assert found.status is Status.VERIFIED
    told = said(desk)
    assert told.was == {"status": "received", "due_date": str(made.due_date)}
    (step,) = [entry for entry in lists.detail(desk, made.id).timeline if entry.kind == "status"]
    assert told.set["step"] == step.id
    assert (step.status_from, step.status_to, step.text, step.acknowledged) == (
        Status.RECEIVED,
        Status.VERIFIED,
        "Berkasnya ada.",
        False,
    )
    assert (found.due_date != made.due_date) == ("due_date" in told.set)


def test_a_new_status_must_follow_from_what_was_said(desk: Desk) -> None:
    contested(desk, "status", "archived", "out_of_jurisdiction", base="received")
    with pytest.raises(FieldErrors, match="Yang dapat diputuskan"):
        deciding.write_value(desk, CONFLICT, "resolved", "Begitu.")
    assert deciding.write_value(desk, CONFLICT, "verified", "Ternyata wewenang kota.").status is Status.VERIFIED


def test_a_due_date_is_written_as_a_date(desk: Desk) -> None:
    contested(desk, "due_date", "2026-08-10", "2026-08-12")
    for wrong in ("besok", "", "31/2"):  # each with its own sentence
        with pytest.raises(FieldErrors, match=r"Tulis|Cocokkan"):
            deciding.write_value(desk, CONFLICT, wrong, "Begitu.")
    found = deciding.write_value(desk, CONFLICT, "2026-08-14", "Disepakati.")
    assert str(found.due_date) == said(desk).set["value"] == "2026-08-14"


def test_a_due_date_may_be_written_as_people_write_it(desk: Desk) -> None:
    contested(desk, "due_date", "2026-08-10", "2026-08-12")
    assert str(deciding.write_value(desk, CONFLICT, "14 Agustus", "Disepakati.").due_date) == "2026-08-14"


def test_a_field_of_a_newer_program_is_chosen_but_not_written(desk: Desk) -> None:
    made = contested(desk, "drone", {"height": 1}, {"height": 2})
    with pytest.raises(FieldErrors, match="belum dikenal"):
        deciding.write_value(desk, CONFLICT, "3", "Begitu.")
    deciding.take_side(desk, CONFLICT, "2")
    assert said(desk).set["value"] == {"height": 2}
    with desk.store.read() as transaction:
        stored = complaints.get(transaction, made.id)
    assert stored is not None
    assert stored.extra == {"drone": {"height": 2}}


def test_row_and_outbox_are_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = contested(desk, "status", "received", "verified", base="received")
    before = how_much_said(desk)
    monkeypatch.setattr(complaints, "change", lambda *_: (_ for _ in ()).throw(RuntimeError("in the middle")))
    with pytest.raises(RuntimeError):
        deciding.take_side(desk, CONFLICT, "2", "Begitu.")
    monkeypatch.undo()
    assert how_much_said(desk) == before
    assert not [entry for entry in lists.detail(desk, made.id).timeline if entry.kind == "status"]
    assert handling.find(desk, made.reference).status is Status.RECEIVED


def test_identities_are_masked_for_the_command_line(desk: Desk) -> None:
    contested(desk, "reporter_phone", "081251144471", "081251144472", base="081251144470")
    with desk.store.read() as transaction:
        conflict = imports.get_conflict(transaction, CONFLICT)
    assert conflict is not None
    shown = deciding.as_json(conflict)
    assert "5114447" not in str(shown)
    assert [side["number"] for side in shown["sides"]] == [1, 2]
    assert shown["id"] == CONFLICT
