"""Looking at conflicts: what waits, what was decided today, whose each value is, and what stays masked."""

import pytest

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services import conflicts, deciding, handling, taking_back
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.store import imports, outbox, reveals
from kelurahan_client.store.imports import Conflict
from sync.protocol import Result, ResultKind
from tests.desk_making import FakeClock, register
from tests.services.test_deciding_service import CONFLICT, add_conflict, contested

OFFICE = "63.71.04.1003"


def close(desk: Desk, complaint_id: str, id_: str, server_time: str) -> None:
    said = {"value": "Dua", "was": "Satu", "reason": "Ditelepon.", "actor": "Rahmah", "stands": True}
    times = {"device_time": server_time, "server_time": server_time}
    body = {"base": "", "sides": [], "state": "resolved", "decisions": [said | times]}
    with desk.store.write() as transaction:
        imports.put_conflict(transaction, Conflict(id_, complaint_id, "title", body, open=False, rev=2))


def test_the_worklist_has_what_waits_and_what_was_decided_today(desk: Desk) -> None:
    made = contested(desk, "title", "Satu", "Dua", title="Satu")
    with desk.store.write() as transaction:
        add_conflict(transaction, "other", made.id, "location", "", "Muka pos")
    close(desk, made.id, "today", "2026-08-02T16:30:00Z")  # half past midnight here
    close(desk, made.id, "yesterday", "2026-08-02T15:30:00Z")
    work = conflicts.worklist(desk)
    assert [line.conflict_id for line in work.open] == [CONFLICT, "other"]
    assert [line.conflict_id for line in work.decided] == ["today"]
    set_officer(desk, "Norhasanah")
    deciding.take_side(desk, CONFLICT, "s2", "Ditelepon.")
    work = conflicts.worklist(desk)
    assert [line.conflict_id for line in work.open] == ["other"]
    assert [line.conflict_id for line in work.decided] == [CONFLICT, "today"]
    waiting = work.decided[0].decision
    assert waiting is not None
    assert (waiting.actor, waiting.reason, waiting.waits) == ("Norhasanah", "Ditelepon.", True)
    taking_back.take_back(desk, CONFLICT)
    assert [line.conflict_id for line in conflicts.worklist(desk).open] == [CONFLICT, "other"]


def test_a_deleted_complaint_waits_for_nobody(desk: Desk) -> None:
    with desk.store.write() as transaction:
        add_conflict(transaction, CONFLICT, "tidak ada", "title", "Satu", "Dua")
    assert conflicts.worklist(desk).open == ()
    with pytest.raises(NotFound):
        conflicts.case(desk, CONFLICT)


def test_own_sides_come_first_then_what_stands(desk: Desk) -> None:
    made = contested(desk, "title", "Satu", "Dua", "Tiga", title="Satu")
    with desk.store.write() as transaction:
        sides = [
            {"id": "x", "value": "Lain", "office": OFFICE, "desk": "C"},
            {"id": "there", "value": "Satu", "office": OFFICE, "desk": "B", "server_time": "2026-07-31T05:40:00Z"},
            {"id": "here", "value": "Dua", "office": OFFICE, "desk": "A", "device_time": "bukan jam"},
        ]
        body = {"base": "", "sides": sides, "state": "open"}
        imports.put_conflict(transaction, Conflict(CONFLICT, made.id, "title", body, open=True, rev=2))
    case = conflicts.case(desk, CONFLICT)
    assert [(side.id, side.here, side.stands) for side in case.sides] == [
        ("here", True, False),
        ("there", False, True),
        ("x", False, False),
    ]
    assert case.sides[0].at is None
    assert case.sides[1].at is not None
    (line,) = conflicts.worklist(desk).open
    assert line.contender is not None
    assert (line.contender.id, line.contender.value) == ("there", None)


def test_where_the_value_before_came_from(desk: Desk, clock: FakeClock) -> None:
    made = contested(desk, "title", "Dua", "Tiga", base="Satu", title="Nol")
    clock.move(days=1)
    set_officer(desk, "Rahmah")
    handling.edit(desk, made.id, {"title": "Satu"})
    origin = conflicts.case(desk, CONFLICT).origin
    assert origin is not None
    assert (origin.actor, origin.at) == ("Rahmah", clock())
    other = contested(desk, "location", "Muka pos", "Muka pasar", base="")
    origin = conflicts.case(desk, CONFLICT).origin
    assert origin is not None
    assert (origin.actor, origin.desk, origin.at) == ("", "A", other.recorded_at)


def test_what_tells_who_somebody_is_stays_masked_until_a_reason_is_given(desk: Desk) -> None:
    made = contested(desk, "reporter_phone", "081251144471", "081251144472", base="081251144470")
    case = conflicts.case(desk, CONFLICT)
    assert case.hidden
    assert "5114447" not in repr(case)
    with pytest.raises(InputError):
        conflicts.reveal(desk, CONFLICT, " ")
    with desk.store.read() as transaction:
        assert reveals.of_complaint(transaction, made.id) == []
    clear = conflicts.reveal(desk, CONFLICT, "menghubungi pelapor")
    assert (clear.hidden, clear.base) == (False, "081251144470")
    with desk.store.read() as transaction:
        assert [reason for _, _, reason in reveals.of_complaint(transaction, made.id)] == ["menghubungi pelapor"]


def test_the_name_of_somebody_anonymous_is_masked_too(desk: Desk) -> None:
    contested(desk, "reporter_name", "Siti", "Sitti", base="", anonymous=True)
    case = conflicts.case(desk, CONFLICT)
    assert [case.base, *(side.value for side in case.sides)] == ["", conflicts.HIDDEN, conflicts.HIDDEN]
    contested(desk, "reporter_name", "Siti", "Sitti", base="", anonymous=False)
    assert not conflicts.case(desk, CONFLICT).hidden


def test_a_status_offers_what_may_be_decided(desk: Desk) -> None:
    contested(desk, "status", "archived", "out_of_jurisdiction", base="received")
    offered = conflicts.case(desk, CONFLICT).statuses
    assert {Status.ARCHIVED, Status.OUT_OF_JURISDICTION, Status.VERIFIED} <= {*offered}
    assert Status.RESOLVED not in offered


def test_what_needed_nobody_is_counted_once_a_complaint(desk: Desk) -> None:
    made = register(desk, title="Satu")
    handling.follow_up(desk, made.id, "Dilihat.")
    hidden = register(desk, title="Peka", confidential=True)
    with desk.store.write() as transaction:
        end = outbox.tail(transaction)
        results = [Result(n=n, id="x", result=ResultKind.MERGED) for n in range(1, end.n + 1)]
        outbox.answer(transaction, end.epoch, results, utc_text(desk.now()))
    merged = conflicts.worklist(desk).merged
    assert {(line.complaint_id, line.title) for line in merged} == {(made.id, "Satu"), (hidden.id, "")}
