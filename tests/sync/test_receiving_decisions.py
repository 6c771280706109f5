"""Decisions in a reply: what waits stays on top, what is closed is told in the story, and revisions do not lie."""

from typing import Any

import pytest

from kelurahan_client.domain.complaint import Complaint, SyncState
from kelurahan_client.domain.fields import LOCAL, flat
from kelurahan_client.services import deciding, handling, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import complaints, holdings, imports, outbox, settings
from sync import receiving
from sync.protocol import Change, Result, ResultKind
from tests.desk_making import register

AT = "2026-08-03T03:00:00Z"
CONFLICT = "0198a000-0000-7000-8000-0000000000c1"


def apply(desk: Desk, *items: Result | Change) -> None:
    touched = receiving.Touched()
    with desk.store.write() as transaction:
        epoch = outbox.tail(transaction).epoch
        receiving.apply_results(transaction, epoch, [item for item in items if isinstance(item, Result)], AT, touched)
        receiving.apply_changes(transaction, [item for item in items if isinstance(item, Change)], touched)
        receiving.settle(transaction, touched)


def body_of(complaint: Complaint, **changes: Any) -> dict[str, Any]:
    """The complaint as the centre has it."""
    values = {name: value for name, value in flat(complaint).items() if name not in LOCAL | {"id"}}
    return values | {"server_received_at": AT} | changes


def conflict(complaint: Complaint, rev: int = 1, **changes: Any) -> Change:
    sides = [{"id": "s1", "value": "Satu"}, {"id": "s2", "value": "Dua"}]
    body = {"complaint": complaint.id, "field": "title", "base": "", "sides": sides, "state": "open"}
    return Change(type="conflict", id=CONFLICT, rev=rev, body=body | changes)


def decision(**changes: Any) -> dict[str, Any]:
    said = {"value": "Dua", "was": "Satu", "reason": "Ditelepon.", "actor": "Rahmah", "stands": True}
    return said | {"device_time": "2026-08-03T02:50:00Z", "server_time": AT} | changes


@pytest.fixture
def made(desk: Desk) -> Complaint:
    """A complaint that the centre has, with an open conflict about its title."""
    complaint = register(desk, title="Satu")
    apply(desk, Result(n=1, result=ResultKind.APPLIED, id=complaint.id, rev=1, received_at=AT), conflict(complaint))
    return complaint


def shown(desk: Desk, made: Complaint) -> Complaint:
    return handling.find(desk, made.reference)


def test_what_is_decided_here_stands_on_top_until_it_is_answered(desk: Desk, made: Complaint) -> None:
    assert shown(desk, made).sync_state is SyncState.CONFLICT
    deciding.take_side(desk, CONFLICT, "s2")
    apply(desk, Change(type="complaint", id=made.id, rev=2, body=body_of(made, title="Satu", note="Dari loket B")))
    assert (shown(desk, made).title, shown(desk, made).note) == ("Dua", "Dari loket B")
    assert shown(desk, made).sync_state is SyncState.PENDING
    apply(desk, Result(n=2, result=ResultKind.APPLIED, id=CONFLICT, rev=3))
    assert lists.detail(desk, made.id).conflicts == ()
    assert shown(desk, made).sync_state is SyncState.ACKNOWLEDGED


def test_what_stays_open_shows_what_stands_and_asks_again(desk: Desk, made: Complaint) -> None:
    deciding.take_side(desk, CONFLICT, "s2")
    apply(
        desk,
        Result(n=2, result=ResultKind.CONFLICT, id=CONFLICT, rev=2, reason="Ada usulan lain."),
        Change(type="complaint", id=made.id, rev=2, body=body_of(made, title="Satu")),
        conflict(made, rev=2, decisions=[decision(stands=False)]),
    )
    assert (shown(desk, made).title, shown(desk, made).sync_state) == ("Satu", SyncState.CONFLICT)
    (open_,) = lists.detail(desk, made.id).conflicts
    assert not open_.decided
    assert [entry.kind for entry in lists.detail(desk, made.id).timeline] == ["registered"]


def test_a_decision_of_somebody_else_is_told_once(desk: Desk, made: Complaint) -> None:
    closed = conflict(made, rev=2, state="resolved", decisions=[decision()])
    for _ in range(2):
        apply(desk, closed)
    assert lists.state(desk).conflicts == 0
    (told,) = [entry for entry in lists.detail(desk, made.id).timeline if entry.kind == "edit"]
    assert (told.text, told.actor, told.fields) == ("Ditelepon.", "Rahmah", {"title": ("Satu", "Dua")})


@pytest.mark.parametrize("time", ["", "kemarin", "0001-01-01T00:00:00+14:00"])
def test_an_unreadable_time_of_a_decision_stops_nothing(desk: Desk, made: Complaint, time: str) -> None:
    apply(desk, conflict(made, rev=2, state="resolved", decisions=[decision(device_time=time)]))
    (told,) = [entry for entry in lists.detail(desk, made.id).timeline if entry.kind == "edit"]
    assert told.at.isoformat() == "2026-08-03T03:00:00+00:00"


def test_a_decision_about_a_field_of_a_newer_program_is_told_without_its_values(desk: Desk, made: Complaint) -> None:
    said = decision(value={"height": 2}, was=None)
    apply(desk, conflict(made, rev=2, field="drone", state="resolved", decisions=[said]))
    (told,) = [entry for entry in lists.detail(desk, made.id).timeline if entry.kind == "edit"]
    assert (told.text, told.fields) == ("Ditelepon.", {})


@pytest.mark.parametrize("kind", [ResultKind.MERGED, ResultKind.CONFLICT])
def test_a_revision_comes_with_its_content(desk: Desk, made: Complaint, kind: ResultKind) -> None:
    """The answer may come a page before the record; between the two the desk does not have that revision."""
    handling.edit(desk, made.id, {"note": "Ditelepon"})
    apply(desk, Result(n=2, result=kind, id=made.id, rev=7))
    assert shown(desk, made).rev == 1
    apply(desk, Change(type="complaint", id=made.id, rev=7, body=body_of(made, note="Ditelepon", location="Muka pos")))
    assert shown(desk, made).rev == 7


def test_what_is_held_is_what_the_centre_gave_or_signed_for(desk: Desk, made: Complaint) -> None:
    register(desk)  # not sent yet
    note = handling.follow_up(desk, made.id, "Ditelepon.")
    apply(desk, conflict(made, rev=4), Change(type="agency", id="agency/DLH", rev=3, body={"code": "DLH"}))

    def held() -> set[tuple[str, int]]:
        with desk.store.read() as transaction:
            return {(one.id, one.rev) for one in holdings.held(transaction)}

    assert held() == {(made.id, 1), (CONFLICT, 4), ("agency/DLH", 3)}
    apply(desk, Result(n=3, result=ResultKind.APPLIED, id=note.id, rev=1))
    assert held() == {(made.id, 1), (CONFLICT, 4), ("agency/DLH", 3), (note.id, 0)}
    apply(desk, Change(type="agency", id="agency/DLH", gone=True), Change(type="complaint", id=made.id, gone=True))
    assert held() == set()
    with desk.store.read() as transaction:
        assert settings.reference_items(transaction) == []
        assert complaints.get(transaction, made.id) is not None
        assert imports.get_conflict(transaction, CONFLICT) is not None
