"""Taking back a decision that the centre has not answered: the question is open again, the chain only grows."""

import pytest

from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services import deciding, handling, lists, taking_back
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import imports, outbox
from kelurahan_client.store.imports import Conflict
from sync import receiving
from sync.protocol import Op, Result, ResultKind
from sync.receiving import Touched
from tests.services.test_deciding_service import CONFLICT, contested, how_much_said, said


def answer(desk: Desk, kind: ResultKind, *, only: int | None = None) -> None:
    """The centre answers what waits, or one of it."""
    with desk.store.write() as transaction:
        end = outbox.tail(transaction)
        numbers = [one.n for one in outbox.waiting(transaction, end.epoch, after=0, limit=100)]
        results = [Result(n=n, id="x", result=kind) for n in numbers if only in (None, n)]
        receiving.apply_results(transaction, end.epoch, results, utc_text(desk.now()), Touched())


def undecided(desk: Desk) -> list[str]:
    return [view.conflict.id for view in lists.conflicts(desk) if not view.conflict.decided]


def test_it_is_open_again_with_what_stood(desk: Desk) -> None:
    made = contested(desk, "title", "Satu", "Dua", title="Satu")
    deciding.take_side(desk, CONFLICT, "s2", "Ditelepon.")
    before = how_much_said(desk)
    found = taking_back.take_back(desk, CONFLICT)
    assert (found.title, found.sync_state) == ("Satu", SyncState.CONFLICT)
    assert undecided(desk) == [CONFLICT]
    assert lists.state(desk).conflicts == 1
    assert how_much_said(desk) == before + 1
    told = said(desk)
    assert (told.op, told.id, told.was) == (Op.RESOLVE, CONFLICT, {"title": "Dua"})
    assert told.set == {
        "complaint": made.id,
        "field": "title",
        "value": "Satu",
        "sides": ["s1", "s2"],
        "reason": "",
        "takes_back": True,
    }


def test_it_can_be_decided_again_and_taken_back_again(desk: Desk) -> None:
    contested(desk, "title", "Satu", "Dua", title="Satu")
    deciding.take_side(desk, CONFLICT, "s2")
    taking_back.take_back(desk, CONFLICT)
    assert deciding.write_value(desk, CONFLICT, "Tiga", "Begitu.").title == "Tiga"
    assert undecided(desk) == []
    assert taking_back.take_back(desk, CONFLICT).title == "Satu"
    assert undecided(desk) == [CONFLICT]


def test_nothing_is_taken_back_twice_or_after_the_answer(desk: Desk) -> None:
    contested(desk, "title", "Satu", "Dua", title="Satu")
    with pytest.raises(InputError, match="tidak dapat diurungkan"):
        taking_back.take_back(desk, CONFLICT)
    deciding.take_side(desk, CONFLICT, "s2")
    taking_back.take_back(desk, CONFLICT)
    before = how_much_said(desk)
    with pytest.raises(InputError, match="tidak dapat diurungkan"):
        taking_back.take_back(desk, CONFLICT)
    deciding.take_side(desk, CONFLICT, "s2")
    answer(desk, ResultKind.APPLIED)
    with pytest.raises(InputError, match="sudah dijawab"):
        taking_back.take_back(desk, CONFLICT)
    assert how_much_said(desk) == before + 1
    with pytest.raises(NotFound):
        taking_back.take_back(desk, "tidak ada")


def test_what_was_changed_after_the_decision_stays(desk: Desk) -> None:
    made = contested(desk, "title", "Satu", "Dua", title="Satu")
    deciding.take_side(desk, CONFLICT, "s2")
    handling.edit(desk, made.id, {"title": "Dua, lebih jelas"})
    with pytest.raises(InputError, match="diubah lagi"):
        taking_back.take_back(desk, CONFLICT)
    assert handling.find(desk, made.reference).title == "Dua, lebih jelas"


def test_a_status_goes_back_by_a_step_with_its_due_date(desk: Desk) -> None:
    made = contested(desk, "status", "received", "verified", base="received")
    decided = deciding.take_side(desk, CONFLICT, "2", "Berkasnya ada.")
    found = taking_back.take_back(desk, CONFLICT)
    assert (found.status, found.due_date) == (Status.RECEIVED, made.due_date)
    assert decided.due_date != made.due_date
    told = said(desk)
    steps = [entry for entry in lists.detail(desk, made.id).timeline if entry.kind == "status"]
    assert [(step.status_from, step.status_to) for step in steps] == [
        (Status.VERIFIED, Status.RECEIVED),
        (Status.RECEIVED, Status.VERIFIED),
    ]
    assert (told.set["step"], told.set["reason"]) == (steps[0].id, steps[0].text)
    assert told.was == {"status": "verified", "due_date": str(decided.due_date)}


def test_a_field_of_a_newer_program_goes_back_too(desk: Desk) -> None:
    contested(desk, "drone", {"height": 1}, {"height": 2})
    deciding.take_side(desk, CONFLICT, "2")
    taking_back.take_back(desk, CONFLICT)
    assert said(desk).set["value"] is None
    assert undecided(desk) == [CONFLICT]


def test_an_answer_to_the_decision_that_comes_later_does_not_close_it(desk: Desk) -> None:
    made = contested(desk, "title", "Satu", "Dua", title="Satu")
    deciding.take_side(desk, CONFLICT, "s2")
    number = how_much_said(desk)
    taking_back.take_back(desk, CONFLICT)
    answer(desk, ResultKind.APPLIED, only=number)
    assert undecided(desk) == [CONFLICT]
    with desk.store.write() as transaction:  # and so says the record that comes with it
        body = {"field": "title", "sides": [], "state": "resolved"}
        imports.put_conflict(transaction, Conflict(CONFLICT, made.id, "title", body, open=False, rev=2))
    assert undecided(desk) == [CONFLICT]
    answer(desk, ResultKind.MERGED)  # somebody had gone on from the decision
    assert undecided(desk) == []


def test_a_side_that_came_meanwhile_is_looked_at_first(desk: Desk) -> None:
    contested(desk, "title", "Satu", "Dua", title="Satu")
    before = how_much_said(desk)
    with pytest.raises(InputError, match="baru datang"):
        deciding.take_side(desk, CONFLICT, "s1", seen=["s1"])
    with pytest.raises(InputError, match="baru datang"):
        deciding.write_value(desk, CONFLICT, "Tiga", "Begitu.", seen=["s2"])
    assert how_much_said(desk) == before
    deciding.take_side(desk, CONFLICT, "s1", seen=["s1", "s2"])
