"""Applying a reply: the centre's record with this desk's unanswered words on top, and nothing it sent is dropped."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from kelurahan_client.domain.complaint import Complaint, Status, SyncState
from kelurahan_client.domain.fields import LOCAL, flat
from kelurahan_client.errors import ExchangeError
from kelurahan_client.services import doctor, handling, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import aside, complaints, holdings, imports, outbox, settings
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.holdings import Holding
from sync import receiving
from sync.protocol import SCHEMA, UNCHANGING, Change, Result, ResultKind
from tests.desk_making import FakeClock, register

AT = "2026-08-03T03:00:00Z"
OTHER = "0198a000-0000-7000-8000-0000000000ff"


def apply(desk: Desk, *items: Result | Change) -> receiving.Touched:
    touched = receiving.Touched()
    with desk.store.write() as transaction:
        epoch = outbox.tail(transaction).epoch
        receiving.apply_results(transaction, epoch, [item for item in items if isinstance(item, Result)], AT, touched)
        receiving.apply_changes(transaction, [item for item in items if isinstance(item, Change)], touched)
        receiving.settle(transaction, touched)
    return touched


def stored(desk: Desk, id_: str) -> Stored:
    with desk.store.read() as transaction:
        found = complaints.get(transaction, id_)
    assert found is not None
    return found


def body_of(complaint: Complaint, **changes: Any) -> dict[str, Any]:
    """The complaint as the centre has it."""
    values = {name: value for name, value in flat(complaint).items() if name not in LOCAL | {"id"}}
    return values | {"server_received_at": AT} | changes


def a_body(**changes: Any) -> dict[str, Any]:
    """A complaint of the office's other desk."""
    return {
        "reference": "0403B-26-00001-2",
        "office": "63.71.04.1003",
        "desk": "B",
        "recorded_at": "2026-08-02T01:00:00Z",
        "received_date": "2026-08-02",
        "reporter_name": "Rusdiansyah",
        "statement": "Sampah menumpuk di Jalan Mawardi.",
        "title": "Sampah menumpuk",
        "server_received_at": "2026-08-02T02:00:00Z",
    } | changes


def a_step(id_: str, to: str, at: str, *, start: str = "in_progress", complaint: str = OTHER) -> Change:
    body = {"complaint": complaint, "from": start, "to": to, "note": "Catatan.", "actor": "Budi", "device_time": at}
    return Change(type="status_step", id=id_, rev=1, body=body | {"received_at": at})


def change(complaint_id: str, rev: int, body: dict[str, Any]) -> Change:
    return Change(type="complaint", id=complaint_id, rev=rev, body=body)


def test_an_applied_create_is_acknowledged_with_its_receipt(desk: Desk) -> None:
    made = register(desk)
    touched = apply(desk, Result(n=1, result=ResultKind.APPLIED, id=made.id, rev=5, received_at=AT))
    now = handling.find(desk, made.reference)
    assert (now.rev, now.sync_state) == (5, SyncState.ACKNOWLEDGED)
    assert now.server_received_at == datetime(2026, 8, 3, 3, tzinfo=UTC)
    assert touched.complaints == {made.id}
    assert lists.detail(desk, made.id).timeline[0].acknowledged


def test_the_first_receipt_stays_and_a_revision_never_goes_back(desk: Desk) -> None:
    made = register(desk)
    handling.edit(desk, made.id, {"location": "Muka Langgar"})
    apply(desk, Result(n=1, result=ResultKind.APPLIED, id=made.id, rev=9, received_at=AT))
    apply(desk, Result(n=2, result=ResultKind.APPLIED, id=made.id, rev=4, received_at="2026-08-04T03:00:00Z"))
    now = handling.find(desk, made.reference)
    assert now.rev == 9
    assert now.server_received_at == datetime(2026, 8, 3, 3, tzinfo=UTC)


def test_what_is_done_meanwhile_waits_on(desk: Desk) -> None:
    made = register(desk)
    follow = handling.follow_up(desk, made.id, "Sudah ditinjau.")
    apply(desk, Result(n=1, result=ResultKind.APPLIED, id=made.id, rev=5, received_at=AT))
    assert handling.find(desk, made.reference).sync_state is SyncState.PENDING
    assert not lists.detail(desk, made.id).timeline[0].acknowledged
    apply(desk, Result(n=2, result=ResultKind.APPLIED, id=follow.id, rev=1))
    assert handling.find(desk, made.reference).sync_state is SyncState.ACKNOWLEDGED
    assert lists.detail(desk, made.id).timeline[0].acknowledged


def test_a_step_is_acknowledged_by_the_answer_to_its_transition(desk: Desk) -> None:
    made = register(desk)
    handling.transition(desk, made.id, Status.VERIFIED)
    handling.edit(desk, made.id, {"location": "Muka Langgar"})
    apply(
        desk,
        Result(n=1, result=ResultKind.APPLIED, id=made.id, rev=5),
        Result(n=2, result=ResultKind.APPLIED, id=made.id, rev=6),
    )
    kinds = {entry.kind: entry.acknowledged for entry in lists.detail(desk, made.id).timeline}
    assert kinds == {"edit": False, "status": True, "registered": True}
    apply(desk, Result(n=3, result=ResultKind.MERGED, id=made.id, rev=7))
    assert all(entry.acknowledged for entry in lists.detail(desk, made.id).timeline)


def test_a_rejected_entry_stays_in_sight_with_its_reason(desk: Desk) -> None:
    made = register(desk)
    handling.follow_up(desk, made.id, "Sudah ditinjau.")
    apply(
        desk,
        Result(n=1, result=ResultKind.REJECTED, id=made.id, number=202, reason="Judul terlalu panjang."),
        Result(n=2, result=ResultKind.REJECTED, id=made.id, number=207, reason="Menunggu pengaduannya."),
    )
    now = handling.find(desk, made.reference)
    assert (now.rev, now.sync_state) == (0, SyncState.REJECTED)
    assert lists.detail(desk, made.id).problems == ("Judul terlalu panjang.", "Menunggu pengaduannya.")
    assert not lists.detail(desk, made.id).timeline[0].acknowledged


def refused(n: int, complaint: Complaint, number: int = 207) -> Result:
    return Result(n=n, result=ResultKind.REJECTED, id=complaint.id, number=number, reason="Ditahan.")


def test_what_a_person_of_the_city_lets_go_is_no_longer_rejected(desk: Desk) -> None:
    made = register(desk)
    handling.edit(desk, made.id, {"title": "Sudah diperbaiki"})
    note = handling.follow_up(desk, made.id, "Sudah ditinjau.")
    apply(desk, refused(1, made, 202), refused(2, made), refused(3, made))
    now = handling.find(desk, made.reference)
    assert now.sync_state is SyncState.REJECTED
    said = {"complaint": made.id, "text": note.text, "actor": "", "device_time": AT, "received_at": AT}
    apply(desk, change(made.id, 2, body_of(now)), Change(type="follow_up", id=note.id, rev=1, body=said))
    now = handling.find(desk, made.reference)
    assert (now.rev, now.sync_state, now.title) == (2, SyncState.ACKNOWLEDGED, "Sudah diperbaiki")
    assert lists.detail(desk, made.id).problems == ()
    assert all(entry.acknowledged for entry in lists.detail(desk, made.id).timeline)
    assert (lists.state(desk).rejected, lists.outbox_items(desk, "rejected")) == (0, [])
    assert {item.reason for item in lists.outbox_items(desk, "answered")} == {
        "Diterima setelah diperiksa petugas kota."
    }


def test_what_is_still_held_stays_rejected_beside_what_was_let_go(desk: Desk) -> None:
    made = register(desk)
    handling.edit(desk, made.id, {"title": "Masih ditahan"})
    handling.follow_up(desk, made.id, "Belum ada di pusat.")
    apply(desk, refused(1, made, 202), refused(2, made), refused(3, made))
    apply(desk, change(made.id, 1, body_of(made)))
    assert handling.find(desk, made.reference).sync_state is SyncState.REJECTED
    assert [item.op for item in lists.outbox_items(desk, "rejected")] == ["append", "patch"]


def test_a_refused_value_that_the_desk_has_written_over_since_is_let_go_with_its_complaint(desk: Desk) -> None:
    made = register(desk)
    handling.edit(desk, made.id, {"title": "Dua"})
    apply(desk, refused(1, made, 202), refused(2, made))
    handling.edit(desk, made.id, {"title": "Tiga"})
    apply(
        desk,
        Result(n=3, result=ResultKind.MERGED, id=made.id, rev=3),
        change(made.id, 3, body_of(made, title="Tiga")),
    )
    now = handling.find(desk, made.reference)
    assert (now.title, now.sync_state) == ("Tiga", SyncState.ACKNOWLEDGED)


def test_the_same_answer_twice_changes_nothing(desk: Desk) -> None:
    made = register(desk)
    answer = Result(n=1, result=ResultKind.APPLIED, id=made.id, rev=5, received_at=AT)
    apply(desk, answer)
    before = stored(desk, made.id)
    apply(desk, answer, replace_result(answer))
    assert stored(desk, made.id) == before


def replace_result(answer: Result) -> Result:
    return Result(n=answer.n, result=answer.result, id=answer.id, rev=answer.rev, replayed=True, received_at=AT)


def test_an_answer_to_what_was_never_sent_changes_nothing(desk: Desk) -> None:
    made = register(desk)
    assert apply(desk, Result(n=44, result=ResultKind.APPLIED, id=made.id, rev=5)).complaints == set()
    assert handling.find(desk, made.reference) == made


def test_a_complaint_of_another_desk_arrives_whole(desk: Desk) -> None:
    touched = apply(desk, change(OTHER, 8, a_body(anonymous=True, warnings=["Periksa."], event_date="2026-08-01")))
    found = handling.find(desk, "0403B-26-00001-2")
    assert (found.id, found.rev, found.sync_state) == (OTHER, 8, SyncState.ACKNOWLEDGED)
    assert (found.anonymous, found.warnings, found.event_date) == (True, ("Periksa.",), date(2026, 8, 1))
    assert (found.resident, found.status, found.server_received_at) == (
        True,
        Status.RECEIVED,
        datetime(2026, 8, 2, 2, tzinfo=UTC),
    )
    assert touched.kinds == {"complaint"}
    assert touched.received == 1
    assert len(lists.keys(desk, ListFilter(search="mawardi"))) == 1
    assert lists.detail(desk, OTHER).timeline[-1].acknowledged


def test_the_order_of_records_in_a_reply_and_of_pages_does_not_matter(desk: Desk) -> None:
    items = [
        change(OTHER, 8, a_body(status="resolved")),
        Change(type="follow_up", id="f1", body={"complaint": OTHER, "text": "Dijawab.", "actor": "Budi",
                                                 "device_time": "2026-08-02T03:00:00Z"}),
        a_step("s1", "resolved", "2026-08-02T20:00:00Z"),
        Change(type="conflict", id="c1", body={"complaint": OTHER, "field": "title", "base": "", "sides": []}),
    ]  # fmt: skip
    seen = set()
    for number, order in enumerate(itertools.permutations(items)):
        with desk.store.write() as transaction:
            for table in (complaints.complaint, complaints.entry, imports.conflict):
                transaction.connection.execute(table.delete())
            transaction.connection.exec_driver_sql("DELETE FROM complaint_text")
        if number % 2:
            apply(desk, *order)
        else:
            for item in order:  # a page each
                apply(desk, item)
        found = lists.detail(desk, OTHER)
        assert [entry.id for entry in found.timeline] == ["s1", "f1", OTHER]
        assert [item.id for item in found.conflicts] == ["c1"]
        seen.add((found.complaint.sync_state, stored(desk, OTHER).resolved_on))
    assert seen == {(SyncState.CONFLICT, date(2026, 8, 3))}  # the day at the counter, not that of Greenwich


def test_what_this_program_does_not_know_is_kept(desk: Desk) -> None:
    apply(
        desk,
        change(OTHER, 8, a_body(drone_picture="sha-1", tags=["air"])),
        Change(type="drone_flight", id="d1", body={"at": 7}),
    )
    assert stored(desk, OTHER).extra == {"drone_picture": "sha-1", "tags": ["air"]}
    with desk.store.read() as transaction:
        assert aside.count(transaction) == 1
        assert settings.reference_items(transaction) == []
    assert any("1 data" in problem for problem in doctor.examine(desk, None).problems)
    handling.edit(desk, OTHER, {"location": "Muka Langgar"})
    assert stored(desk, OTHER).extra == {"drone_picture": "sha-1", "tags": ["air"]}


UNREADABLE = [
    change(OTHER, 8, a_body(channel="telepati")),
    change(OTHER, 8, a_body(received_date=7)),
    change(OTHER, 8, {"statement": "tanpa nomor"}),
    a_step("s1", "a_status_of_later", AT),
    Change(type="status_step", id="s1", body={"complaint": OTHER}),
    Change(type="follow_up", id="f1", body={"complaint": OTHER, "text": "tanpa waktu"}),
    Change(type="attachment", id="a1", rev=3, body={"complaint": OTHER, "name": "foto"}),
    Change(type="conflict", id="c1", rev=3, body={"complaint": OTHER, "field": "title", "decisions": [{"stands": 1}]}),
]
each_unreadable = pytest.mark.parametrize("item", UNREADABLE, ids=lambda item: f"{item.type}")


@each_unreadable
def test_what_only_a_newer_program_reads_is_kept_aside_and_the_rest_goes_on(desk: Desk, item: Change) -> None:
    made = register(desk)
    touched = receiving.Touched()
    later = change(made.id, 5, body_of(made, title="Lampu gang"))
    with desk.store.write() as transaction:
        receiving.apply_changes(transaction, [item, later], touched, SCHEMA + 1)
    assert handling.find(desk, made.reference).title == "Lampu gang"
    with desk.store.read() as transaction:
        held = [one for one in holdings.held(transaction) if one.id == item.id]
        assert held == [Holding(item.type, item.id, 0 if item.type in UNCHANGING else item.rev)]
    with desk.store.write() as transaction:
        assert aside.take(transaction) == [item]


def test_what_was_kept_aside_makes_room_for_what_can_be_read(desk: Desk) -> None:
    unread = change(OTHER, 8, a_body(channel="telepati"))
    with desk.store.write() as transaction:
        receiving.apply_changes(transaction, [unread], receiving.Touched(), SCHEMA + 1)
        receiving.apply_changes(transaction, [replace_rev(unread, 9)], receiving.Touched(), SCHEMA + 1)
        assert aside.count(transaction) == 1
    apply(desk, change(OTHER, 10, a_body()))
    with desk.store.read() as transaction:
        assert aside.count(transaction) == 0
    assert stored(desk, OTHER).complaint.rev == 10
    with desk.store.write() as transaction:
        receiving.apply_changes(transaction, [replace_rev(unread, 11)], receiving.Touched(), SCHEMA + 1)
    assert stored(desk, OTHER).complaint.rev == 10  # and the comparison says 11, which it has
    apply(desk, Change(type="complaint", id=OTHER, rev=12, gone=True))
    with desk.store.read() as transaction:
        assert aside.count(transaction) == 0


def replace_rev(item: Change, rev: int) -> Change:
    return msgspec.structs.replace(item, rev=rev)


@each_unreadable
def test_what_this_program_cannot_read_is_neither_skipped_nor_a_crash(desk: Desk, item: Change) -> None:
    made = register(desk)
    with pytest.raises(ExchangeError, match="Perbarui") as caught:
        apply(desk, Result(n=1, result=ResultKind.APPLIED, id=made.id, rev=5), item)
    assert caught.value.code == "LK-3005"
    assert handling.find(desk, made.reference) == made  # the whole reply waits


def test_agencies_and_categories_come_as_the_city_has_them(desk: Desk) -> None:
    apply(desk, Change(type="agency", id="DLH", body={"name": "Dinas Lingkungan"}))
    apply(desk, Change(type="agency", id="DLH", body={"name": "Dinas Lingkungan Hidup dan Kebersihan"}))
    with desk.store.read() as transaction:
        assert settings.reference_items(transaction) == [
            ("agency", "DLH", {"name": "Dinas Lingkungan Hidup dan Kebersihan"})
        ]


def acknowledged(desk: Desk, **changes: Any) -> Complaint:
    made = register(desk, **changes)
    apply(desk, Result(n=1, result=ResultKind.APPLIED, id=made.id, rev=5, received_at=AT))
    return handling.find(desk, made.reference)


def test_a_change_of_somebody_else_is_shown_and_searched(desk: Desk) -> None:
    made = acknowledged(desk, location="Gang Mawar")
    apply(desk, change(made.id, 6, body_of(made, location="Depan Balai Kota", agency="DISHUB")))
    now = handling.find(desk, made.reference)
    assert now == replace(made, location="Depan Balai Kota", agency="DISHUB", rev=6)
    assert len(lists.keys(desk, ListFilter(search="balai kota"))) == 1


def test_this_desks_unanswered_words_stay_on_top_of_the_centres(desk: Desk) -> None:
    made = acknowledged(desk, location="Gang Mawar", note="")
    handling.edit(desk, made.id, {"title": "Lampu gang"})
    handling.edit(desk, made.id, {"title": "Lampu gang padam", "note": "Menelepon lagi."})
    handling.transition(desk, made.id, Status.VERIFIED)
    centre = body_of(made, title="Lampu jalan", location="Depan Balai Kota", reporter_name="Siti A.")
    apply(desk, change(made.id, 6, centre))
    now = handling.find(desk, made.reference)
    assert (now.title, now.note, now.status) == ("Lampu gang padam", "Menelepon lagi.", Status.VERIFIED)
    assert (now.location, now.reporter_name) == ("Depan Balai Kota", "Siti A.")
    assert now.due_date == date(2026, 8, 24)  # goes with the step
    assert (now.rev, now.sync_state) == (6, SyncState.PENDING)
    apply(
        desk,
        *(Result(n=n, result=ResultKind.APPLIED, id=made.id, rev=7) for n in (2, 3, 4)),
        change(made.id, 7, centre | {"title": "Lampu jalan", "note": "Menelepon lagi.", "status": "verified",
                                     "due_date": "2026-08-24"}),
    )  # fmt: skip
    now = handling.find(desk, made.reference)
    assert (now.title, now.sync_state) == ("Lampu jalan", SyncState.ACKNOWLEDGED)


def test_a_field_that_the_centre_emptied_is_emptied(desk: Desk) -> None:
    made = acknowledged(desk, location="Gang Mawar", event_date=date(2026, 8, 1), resident=False)
    body = body_of(made)
    for name in ("location", "event_date", "resident", "due_date"):
        del body[name]
    apply(desk, change(made.id, 6, body))
    assert handling.find(desk, made.reference) == replace(
        made, location="", event_date=None, resident=True, due_date=None, rev=6
    )


def test_what_left_the_scope_goes_and_the_work_on_it_is_sent_all_the_same(desk: Desk) -> None:
    made = acknowledged(desk)
    handling.follow_up(desk, made.id, "Sudah ditinjau.")
    apply(desk, Change(type="complaint", id=made.id, rev=6, gone=True))
    with desk.store.read() as transaction:
        assert len(outbox.unanswered_of(transaction, made.id)) == 1
    apply(desk, Result(n=2, result=ResultKind.APPLIED, id=made.id, rev=1))
    assert lists.keys(desk, ListFilter()).tolist() == []
    assert lists.keys(desk, ListFilter(search="lampu")).tolist() == []
    apply(desk, change(made.id, 7, body_of(made)))  # and it may come back
    assert handling.find(desk, made.reference).rev == 7
    assert len(lists.keys(desk, ListFilter(search="lampu"))) == 1


def test_what_was_never_here_need_not_go(desk: Desk) -> None:
    apply(desk, *(Change(type=kind, id="x", gone=True) for kind in ("complaint", "follow_up", "status_step")))
    apply(desk, Change(type="conflict", id="x", gone=True), Change(type="notice", id="x", gone=True))
    assert lists.keys(desk, ListFilter()).tolist() == []


@pytest.mark.parametrize(
    "end",
    [
        lambda body: Change(type="conflict", id="c1", body=body | {"state": "resolved"}),
        lambda _: Change(type="conflict", id="c1", gone=True),
    ],
    ids=["resolved", "gone"],
)
def test_a_conflict_opens_grows_and_ends(desk: Desk, end: Any) -> None:
    made = acknowledged(desk)
    body = {"complaint": made.id, "field": "title", "base": "", "sides": [{"id": "1", "value": "a"}], "state": "open"}
    apply(desk, Change(type="conflict", id="c1", body=body))
    assert handling.find(desk, made.reference).sync_state is SyncState.CONFLICT
    apply(desk, Change(type="conflict", id="c1", body=body | {"sides": [{"id": "1"}, {"id": "2"}, {"id": "3"}]}))
    (view,) = lists.conflicts(desk)
    assert len(view.conflict.body["sides"]) == 3
    apply(desk, end(body))
    assert lists.conflicts(desk) == []
    assert handling.find(desk, made.reference).sync_state is SyncState.ACKNOWLEDGED


def test_a_notice_joins_the_story(desk: Desk) -> None:
    made = acknowledged(desk)
    body = {"complaint": made.id, "text": "Kota menandai pengaduan ini.", "received_at": AT}
    apply(desk, Change(type="notice", id="n1", body=body))
    entry = lists.detail(desk, made.id).timeline[0]
    assert (entry.kind, entry.text, entry.acknowledged) == ("notice", "Kota menandai pengaduan ini.", True)


def test_this_desks_own_entry_coming_back_is_not_doubled(desk: Desk) -> None:
    made = acknowledged(desk)
    follow = handling.follow_up(desk, made.id, "Sudah ditinjau.")
    body = {"complaint": made.id, "text": "Sudah ditinjau.", "device_time": AT}
    apply(desk, Change(type="follow_up", id=follow.id, body=body))
    entries = [entry for entry in lists.detail(desk, made.id).timeline if entry.kind == "follow_up"]
    assert [(entry.id, entry.acknowledged) for entry in entries] == [(follow.id, True)]


def test_what_another_desk_resolved_may_be_opened_again_here(desk: Desk, clock: FakeClock) -> None:
    apply(
        desk,
        change(OTHER, 9, a_body(status="resolved")),
        a_step("s1", "resolved", "2026-07-20T03:00:00Z"),
        a_step("s2", "in_progress", "2026-07-21T03:00:00Z", start="resolved"),
        a_step("s3", "resolved", "2026-07-30T03:00:00Z"),
    )
    assert stored(desk, OTHER).resolved_on == date(2026, 7, 30)
    assert lists.home(desk).days[-5] == (date(2026, 7, 30), 0, 1)
    assert handling.transition(desk, OTHER, Status.IN_PROGRESS, "Menumpuk lagi.").status is Status.IN_PROGRESS
    assert stored(desk, OTHER).resolved_on is None


def test_a_resolution_by_somebody_else_of_a_complaint_that_is_here(desk: Desk) -> None:
    made = acknowledged(desk)
    apply(
        desk,
        change(made.id, 6, body_of(made, status="closed", due_date=None)),
        a_step("s1", "resolved", "2026-08-04T03:00:00Z", complaint=made.id),
        a_step("s2", "closed", "2026-08-05T03:00:00Z", start="resolved", complaint=made.id),
    )
    assert stored(desk, made.id).resolved_on == date(2026, 8, 5)
    reopened = body_of(made, status="in_progress")
    apply(desk, change(made.id, 7, reopened), a_step("s3", "in_progress", AT, start="closed", complaint=made.id))
    assert stored(desk, made.id).resolved_on is None
