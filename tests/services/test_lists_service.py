"""Looking at complaints: identities stay hidden until somebody asks for them, and that somebody is written down."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.errors import InputError
from kelurahan_client.services import attachments, handling, intake, lists
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import imports, outbox, reveals, settings, tables
from kelurahan_client.store.imports import Conflict
from sync.protocol import Result, ResultKind
from tests.desk_making import FakeClock, register

NIK = "6371034508900001"
PHONE = "081251234567"


def test_the_story_names_who_registered_and_who_added_a_file(desk: Desk, tmp_path: Path) -> None:
    set_officer(desk, "Rahmah")
    made = register(desk)
    set_officer(desk, "Yusuf")
    photo = tmp_path / "foto.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    attachments.attach(desk, made.id, photo)
    told = [(entry.kind, entry.actor, entry.text) for entry in lists.detail(desk, made.id).timeline]
    assert told == [("attachment", "Yusuf", "foto.png"), ("registered", "Rahmah", "")]
    with desk.store.write() as transaction:  # as it stands after the exchange has pruned what it knew
        transaction.connection.execute(delete(tables.outbox))
    assert lists.detail(desk, made.id).timeline[-1].actor == "Rahmah"


def looks(desk: Desk, made: Complaint) -> list[tuple[str, str]]:
    with desk.store.read() as transaction:
        return [(actor, reason) for actor, _, reason in reveals.of_complaint(transaction, made.id)]


def test_nik_and_phone_are_masked_wherever_complaints_are_shown(desk: Desk) -> None:
    made = register(desk, reporter_nik=NIK)
    for shown in (lists.detail(desk, made.id).complaint, lists.full(desk, ListFilter())[0], lists.masked(made)):
        assert shown.reporter_nik == "637103••••••••01"
        assert shown.reporter_phone == "0812••••4567"
        assert shown.reporter_name == "Siti Aminah"
    for row in lists.page(desk, [1]):
        assert NIK not in str(row)
        assert PHONE not in str(row)
    assert looks(desk, made) == []


def test_a_look_at_an_identity_is_written_down_before_it_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = register(desk, reporter_nik=NIK)
    set_officer(desk, "Rahmah")
    shown = lists.reveal(desk, made.id, "  menghubungi\x00  pelapor ")
    assert (shown.reporter_nik, shown.reporter_phone) == (NIK, PHONE)
    lists.reveal(desk, made.id, "x" * 1_000)
    assert looks(desk, made) == [("Rahmah", "x" * 300), ("Rahmah", "menghubungi pelapor")]

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reveals, "add", no_room)
    with pytest.raises(OSError, match="No space"):
        lists.reveal(desk, made.id, "menghubungi pelapor")


@pytest.mark.parametrize("reason", ["", "  ", "ok", "\x00\x00\x00\x00"])
def test_no_look_without_a_reason(desk: Desk, reason: str) -> None:
    made = register(desk)
    with pytest.raises(InputError, match="alasan"):
        lists.reveal(desk, made.id, reason)
    assert looks(desk, made) == []


def test_the_story_is_told_newest_first_down_to_the_receipt(desk: Desk, clock: FakeClock) -> None:
    made = register(desk, category="PJU", agency="DISHUB")
    clock.move(minutes=1)
    handling.follow_up(desk, made.id, "Sudah ditinjau.")
    clock.move(minutes=1)
    handling.transition(desk, made.id, Status.VERIFIED)
    handling.edit(desk, made.id, {"location": "Muka Langgar"})  # in the same minute: the later one is above
    found = lists.detail(desk, made.id)
    assert [entry.kind for entry in found.timeline] == ["edit", "status", "follow_up", "registered"]
    assert found.timeline[-1].at == made.recorded_at
    assert not any(entry.acknowledged for entry in found.timeline)
    assert {step.to for step in found.steps} >= {Status.REFERRED, Status.IN_PROGRESS}
    assert found.agency_name == desk.reference.agencies["DISHUB"].name
    assert found.category_name == desk.reference.categories["PJU"].name


def test_an_agency_that_only_the_book_names(desk: Desk) -> None:
    made = register(desk, agency_written="Kantor Pos")
    assert lists.detail(desk, made.id).agency_name == "Kantor Pos"


def test_a_list_may_be_cut_anywhere(desk: Desk) -> None:
    intake.add_all(desk, [{"reporter_name": "Siti", "statement": "Banjir."}] * 7)
    everything = lists.full(desk, ListFilter())
    assert [one.reference[9:14] for one in everything] == [f"{n:05d}" for n in range(7, 0, -1)]
    for limit in (0, 1, 6, 7, 99):
        assert lists.full(desk, ListFilter(), limit) == everything[:limit]


def test_whom_nobody_has_asked_is_found_until_both_questions_are_answered(desk: Desk) -> None:
    wanted = ListFilter(unasked=True)
    made = register(desk, anonymous=None, confidential=None)
    half = register(desk, title="Drainase", confidential=None)
    register(desk, title="Lampu mati")
    assert {one.id for one in lists.full(desk, wanted)} == {made.id, half.id}
    assert [one.id for one in lists.full(desk, ListFilter(search="drainase", unasked=True))] == [half.id]
    handling.edit(desk, made.id, {"anonymous": True})
    handling.edit(desk, half.id, {"confidential": False})
    assert [one.id for one in lists.full(desk, wanted)] == [made.id]


def test_an_empty_desk_has_an_empty_first_page(desk: Desk) -> None:
    found = lists.home(desk)
    assert (found.counts.total, found.counts.next_verification, found.due) == (0, None, ())
    assert len(found.days) == 30
    assert found.state == lists.DeskState(0, 0, 0, None, None)


def test_the_first_page_says_what_is_due_today_and_what_is_late(desk: Desk, clock: FakeClock) -> None:
    late = register(desk)
    clock.move(days=1)
    soon = register(desk, received_date=desk.today())
    ended = register(desk)
    handling.transition(desk, ended.id, Status.ARCHIVED, "Pengaduan ganda.")
    clock.move(days=3)  # Friday 7 August
    found = lists.home(desk)
    assert (found.counts.late, found.counts.due_soon, found.counts.unverified) == (1, 1, 2)
    assert [row.reference for row in found.due] == [late.reference, soon.reference]
    assert found.soon == found.today + timedelta(days=4)  # over a weekend
    assert found.days[-4:][0] == (found.today - timedelta(days=3), 1, 0)


def test_the_thirty_days_count_what_was_resolved(desk: Desk, clock: FakeClock) -> None:
    made = register(desk)
    clock.move(days=2)
    for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        handling.transition(desk, made.id, to, "Lampu diganti.")
    assert lists.home(desk).days[-3:] == ((made.received_date, 1, 0), (desk.today() - timedelta(days=1), 0, 0), (
        desk.today(), 0, 1,
    ))  # fmt: skip
    handling.transition(desk, made.id, Status.IN_PROGRESS, "Padam lagi.")
    assert lists.home(desk).days[-1] == (desk.today(), 0, 0)


def test_the_outbox_is_shown_with_what_became_of_each(desk: Desk, clock: FakeClock) -> None:
    made = [register(desk, statement=f"Lampu {n} padam.") for n in range(3)]
    clock.move(minutes=1)
    with desk.store.write() as transaction:
        epoch = outbox.tail(transaction).epoch
        answers = [
            Result(n=1, result=ResultKind.REJECTED, id=made[0].id, number=202, reason="Judul terlalu panjang."),
            Result(n=2, result=ResultKind.APPLIED, id=made[1].id, rev=1),
        ]
        outbox.mark_tried(transaction, epoch, 3, "2026-08-03T02:33:11Z")
        outbox.answer(transaction, epoch, answers, "2026-08-03T02:33:12Z")
    (rejected,) = lists.outbox_items(desk, "rejected")
    (waiting,) = lists.outbox_items(desk)
    (answered,) = lists.outbox_items(desk, "answered")
    assert (rejected.reference, rejected.result, rejected.reason) == (
        made[0].reference, "rejected", "Judul terlalu panjang.",
    )  # fmt: skip
    assert (waiting.n, waiting.reference, waiting.result, waiting.answered_at) == (3, made[2].reference, "", None)
    assert waiting.tried_at == clock.at
    assert (answered.n, answered.result) == (2, "applied")
    assert lists.detail(desk, made[0].id).problems == ("Judul terlalu panjang.",)
    assert (lists.state(desk).unsent, lists.state(desk).rejected) == (1, 1)
    assert lists.outbox_items(desk, "waiting", limit=0) == []


def test_a_complaint_counts_once_however_many_changes_wait(desk: Desk) -> None:
    made, other = register(desk), register(desk, statement="Lampu kedua padam.")
    handling.transition(desk, made.id, Status.VERIFIED)
    handling.follow_up(desk, made.id, "Sudah dilihat.")
    assert lists.state(desk).unsent == lists.home(desk).counts.unsent == 2
    assert [(item.complaint_id, item.op, item.changes) for item in lists.outbox_complaints(desk)] == [
        (made.id, "create", 3),
        (other.id, "create", 1),
    ]
    assert len(lists.outbox_items(desk)) == 4


def test_conflicts_wait_with_the_complaint_that_they_are_about(desk: Desk) -> None:
    made = register(desk)
    body = {"complaint": made.id, "field": "location", "base": "", "sides": [], "state": "open"}
    with desk.store.write() as transaction:
        imports.put_conflict(transaction, Conflict("c1", made.id, "location", body, open=True))
        imports.put_conflict(transaction, Conflict("c2", made.id, "title", body, open=False))
        imports.put_conflict(transaction, Conflict("c3", "not here yet", "title", body, open=True))
    (view,) = lists.conflicts(desk)
    assert (view.conflict.id, view.reference, view.title) == ("c1", made.reference, made.title)
    assert [item.id for item in lists.detail(desk, made.id).conflicts] == ["c1"]


def test_the_state_tells_how_the_last_exchange_went(desk: Desk) -> None:
    failure = {"at": "2026-08-03T02:32:11Z", "since": "2026-08-01T00:00:00Z", "code": "LK-3001"}
    with desk.store.write() as transaction:
        settings.put(transaction, settings.LAST_FAILURE, failure)
        settings.put(transaction, settings.LAST_EXCHANGE, {"at": "2026-07-31T09:00:00Z", "sent": 4, "received": 1})
    found = lists.state(desk)
    assert found.last_failure == failure
    assert found.last_exchange == {"at": "2026-07-31T09:00:00Z", "sent": 4, "received": 1}
